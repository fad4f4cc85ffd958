#include "russian/wording.h"

#include <algorithm>

#include "base/text.h"

namespace vekha::russian {

std::string spaced_letters(std::string_view text) {
  std::string spaced;
  bool after_letter = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    const bool letter = is_letter(c) || is_digit(c);
    if (letter && after_letter) spaced += no_break_space;
    if (is_space(c))
      spaced += std::string(no_break_space) + " " + no_break_space;
    else
      append_char(spaced, c);
    after_letter = letter;
  }
  return spaced;
}

std::string_view preposition_about(std::string_view words) {
  size_t at = 0;
  while (at < words.size()) {
    const size_t start = at;
    const char32_t c = next_char(words, at);
    if (is_digit(c)) {
      const size_t end = std::min(words.find_first_not_of("0123456789", start), words.size());
      const std::string_view number = words.substr(start, end - start);
      return number == "1" || number == "11" ? "об" : "о";  // «об одном», «об одиннадцати»
    }
    if (!is_letter(c)) continue;
    const std::string letter = to_lower(words.substr(start, at - start));
    for (const char* vowel : {"а", "и", "о", "у", "э"})
      if (letter == vowel) return "об";
    return "о";
  }
  return "о";
}

}  // namespace vekha::russian
