// UTF-8 text: letters, white space, positions. Everything here takes and gives UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vekha {

// U+00A0 in UTF-8.
inline constexpr const char* no_break_space = "\xC2\xA0";

// Where a byte stands, counted from 1; columns in characters.
struct TextPosition {
  int line = 1;
  int column = 1;
};
TextPosition position_at(std::string_view text, size_t byte);

// The first byte that is not UTF-8, or npos.
size_t find_invalid_utf8(std::string_view text);

// The code point at `at`, which moves past it; U+FFFD (one byte further) where the bytes are no UTF-8.
char32_t next_char(std::string_view text, size_t& at);
void append_char(std::string& text, char32_t c);
std::u32string to_u32(std::string_view text);
std::string to_utf8(std::u32string_view text);
size_t count_chars(std::string_view text);

// Upper and lower case of every letter, by Unicode's simple mapping.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
// Only the first letter changed.
std::string capitalize(std::string_view text);
std::string uncapitalize(std::string_view text);
bool is_letter(char32_t c);
bool is_upper(char32_t c);
bool is_digit(char32_t c);  // 0-9 only
// Blanks, tabs, line ends, U+00A0 and the other white space of Unicode, zero-width ones included.
bool is_space(char32_t c);

// Without white space at both ends.
std::string_view trim(std::string_view text);
// Every run of white space as one blank, none at the ends.
std::string fold_space(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
// At «\n» or «\r\n»; a last line without an end counts, nothing after a last line end does not.
std::vector<std::string_view> split_lines(std::string_view text);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

// Negative, 0 or positive by the Russian alphabet (ё beside е, case ignored first).
int collate(std::string_view a, std::string_view b);

// The candidate nearest to `word` by edit distance, or empty when none is near: for «может быть, …?».
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace vekha
