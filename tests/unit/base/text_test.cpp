#include <doctest/doctest.h>

#include "base/hash.h"
#include "base/text.h"

using namespace vekha;

TEST_CASE("white space is folded to single blanks, no-break spaces included") {
  CHECK(fold_space("  а\t б\n\xC2\xA0в ") == "а б в");
  CHECK(trim("\xC2\xA0 да \n") == "да");
}

TEST_CASE("case is changed letter by letter in Cyrillic too") {
  CHECK(to_upper("приказ ё") == "ПРИКАЗ Ё");
  CHECK(capitalize("ответственный") == "Ответственный");
  CHECK(uncapitalize("План") == "план");
}

TEST_CASE("a position counts characters, not bytes") {
  const std::string text = "аб\nвг";
  CHECK(position_at(text, 7).line == 2);
  CHECK(position_at(text, 7).column == 2);
}

TEST_CASE("the nearest known word is offered, a far one is not") {
  CHECK(nearest("organisation", {"organization", "order"}) == "organization");
  CHECK(nearest("xyz", {"organization"}).empty());
}

TEST_CASE("invalid UTF-8 is found at its byte") {
  CHECK(find_invalid_utf8("ok") == std::string_view::npos);
  CHECK(find_invalid_utf8("а\xFF") == 2);
}

TEST_CASE("names sort by the Russian alphabet") {
  CHECK(collate("Ёлкина", "Жукова") < 0);
  CHECK(collate("Ёлкина", "Деева") > 0);
}

TEST_CASE("SHA-256 is the standard one") {
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
