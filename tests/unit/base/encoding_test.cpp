#include "base/encoding.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace vekha;

TEST_CASE("Russian text is read in the encodings that offices have used") {
  const std::string text = "Слёт весной";
  CHECK(decode_text(text) == text);
  CHECK(decode_text("\xEF\xBB\xBF" + text) == text);
  CHECK(decode_text("\xD1\xEB\xB8\xF2 \xE2\xE5\xF1\xED\xEE\xE9") == text);  // windows-1251
  CHECK(decode_text("\xF3\xCC\xA3\xD4 \xD7\xC5\xD3\xCE\xCF\xCA") == text);  // KOI8-R
  CHECK(decode_text("\x91\xAB\xF1\xE2 \xA2\xA5\xE1\xAD\xAE\xA9") == text);  // CP866
  std::string little, big;
  for (const char32_t c : to_u32(text)) {
    little += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)};
    big += {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)};
  }
  CHECK(decode_text("\xFF\xFE" + little) == text);
  CHECK(decode_text("\xFE\xFF" + big) == text);
  CHECK(decode_text(little) == text);
  CHECK(decode_text(big) == text);
}

TEST_CASE("damaged UTF-8 is not taken for another encoding") {
  CHECK_FALSE(decode_text("План работы\xCF").has_value());
}

TEST_CASE("a named encoding is used, an unknown one is not guessed") {
  CHECK(decode_text("\xD1\xEB\xB8\xF2", "windows-1251") == "Слёт");
  CHECK_FALSE(decode_text("x", "no-such-encoding").has_value());
}
