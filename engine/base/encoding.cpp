#include "base/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "base/text.h"

namespace vekha {
namespace {

std::string converted(std::string_view bytes, const char* encoding) {
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), encoding);
  std::string out;
  text.toUTF8String(out);
  return out;
}

// Two-byte letters of UTF-8: Russian text in another encoding has next to none.
size_t utf8_letters(std::string_view bytes) {
  size_t found = 0;
  for (size_t i = 0; i + 1 < bytes.size(); ++i) {
    const unsigned char lead = static_cast<unsigned char>(bytes[i]);
    const unsigned char next = static_cast<unsigned char>(bytes[i + 1]);
    if ((lead == 0xD0 || lead == 0xD1) && next >= 0x80 && next <= 0xBF) ++found;
  }
  return found;
}

// Whether every second byte is that of a Cyrillic or Latin letter's upper half.
bool looks_like_utf16(std::string_view bytes, size_t high) {
  if (bytes.size() < 8 || bytes.size() % 2 != 0) return false;
  const size_t looked_at = std::min<size_t>(bytes.size(), 4000);
  size_t halves = 0;
  for (size_t i = high; i < looked_at; i += 2)
    if (bytes[i] == '\0' || bytes[i] == '\x04') ++halves;
  return halves * 2 * 10 >= looked_at * 9;
}

// How Russian a text looks: small letters speak for it, capitals inside words and signs of frames against it.
long likelihood(std::string_view text) {
  long score = 0;
  char32_t before = 0;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (c >= U'а' && c <= U'я')
      score += 2;
    else if (is_letter(c) && c > 0x7F)
      score += is_letter(before) && !is_upper(before) ? -4 : 1;
    else if (c > 0x7F && c != U'«' && c != U'»' && c != U'–' && c != U'—' && c != U'№' && c != 0xA0 && c != U'…')
      score -= 4;
    before = c;
  }
  return score;
}

}  // namespace

std::optional<std::string> decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE")) return converted(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return converted(bytes.substr(2), "UTF-16BE");
  if (looks_like_utf16(bytes, 1)) return converted(bytes, "UTF-16LE");
  if (looks_like_utf16(bytes, 0)) return converted(bytes, "UTF-16BE");
  if (find_invalid_utf8(bytes) == std::string_view::npos) return std::string(bytes);
  if (utf8_letters(bytes) > 1) return std::nullopt;
  std::optional<std::string> best;
  long most = 0;
  for (const char* encoding : {"windows-1251", "KOI8-R", "IBM866"}) {
    std::string text = converted(bytes, encoding);
    const long score = likelihood(text);
    if (score <= most) continue;
    most = score;
    best = std::move(text);
  }
  return best;
}

std::optional<std::string> decode_text(std::string_view bytes, const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(encoding.c_str(), &status);
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_close(converter);
  return converted(bytes, encoding.c_str());
}

}  // namespace vekha
