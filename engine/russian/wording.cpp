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

std::string quoted(std::string_view text) {
  std::string inner = replace_all(replace_all(std::string(text), "«", "„"), "»", "“");
  while (inner.find("““") != std::string::npos)
    inner = replace_all(std::move(inner), "““", "“");
  return "«" + inner + "»";
}

namespace {

// What belongs to the word after it. Places and paragraphs; «г.» after a year belongs to the year.
constexpr std::string_view leading_words[] = {"№", "г.", "ст.", "пос.", "с.", "дер.", "п.", "пп.", "ул.", "им."};
// What a heading begins with.
constexpr std::string_view heading_words[] = {"О", "Об"};

bool ends_with_digit(std::string_view word) { return !word.empty() && word.back() >= '0' && word.back() <= '9'; }

bool begins_name_or_number(std::string_view word) {
  size_t at = 0;
  const char32_t c = word.empty() ? 0 : next_char(word, at);
  return is_digit(c) || (is_letter(c) && to_lower(word.substr(0, at)) != word.substr(0, at));
}

bool binds(std::string_view before, std::string_view word, std::string_view after) {
  if (ends_with_digit(word)) {
    for (const std::string_view year : {"г.", "гг.", "год"})
      if (after.starts_with(year)) return true;
    return false;
  }
  while (!word.empty() && (word.front() == '(' || word.starts_with("«")))
    word.remove_prefix(word.front() == '(' ? 1 : 2);
  if (std::find(std::begin(heading_words), std::end(heading_words), word) != std::end(heading_words)) return true;
  if (std::find(std::begin(leading_words), std::end(leading_words), word) == std::end(leading_words)) return false;
  return begins_name_or_number(after) && !(word == "г." && ends_with_digit(before));
}

}  // namespace

std::string bound(std::string_view text) {
  std::string out;
  std::string_view before, word;
  for (size_t start = 0;;) {
    const size_t blank = std::min(text.find(' ', start), text.size());
    const std::string_view next = text.substr(start, blank - start);
    if (start > 0) out += binds(before, word, next) ? std::string_view(no_break_space) : std::string_view(" ");
    out += next;
    if (blank == text.size()) return out;
    before = word;
    word = next;
    start = blank + 1;
  }
}

}  // namespace vekha::russian
