// The words, numbers and dates of a deadline phrase.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vekha::russian {

enum class TokenKind { word, number, date, dash, slash, comma, dot, open, close, other };

struct Token {
  TokenKind kind = TokenKind::other;
  std::string text;  // words: lower case, «ё» as «е», Latin lookalikes as Cyrillic, no abbreviations
  int number = 0;    // number: its value; Roman numerals are numbers too
  int digits = 0;    // number: how many digits, 0 for a Roman one
  int day = 0, month = 0, year = 0;  // date: 0 for what is not written
  size_t begin = 0, end = 0;         // bytes of the phrase
};

// «май2021» is a word and a number; «10.03.21» a date; «1-го» a number; «уч.» the word «учебный». Marks of footnotes
// are left out.
std::vector<Token> deadline_tokens(std::string_view phrase);

}  // namespace vekha::russian
