// A place among the tokens of a deadline phrase, and what stands there.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "russian/deadline_tokens.h"

namespace vekha::russian {

// `ahead` looks that many tokens on; behind the last one there are no words and no numbers.
struct Cursor {
  std::string_view phrase;
  std::vector<Token> tokens;
  size_t at = 0;

  bool has(size_t ahead = 0) const { return at + ahead < tokens.size(); }
  TokenKind kind(size_t ahead = 0) const { return has(ahead) ? tokens[at + ahead].kind : TokenKind::other; }
  // Empty where no word stands.
  std::string_view word(size_t ahead = 0) const;
  bool is(std::string_view text, size_t ahead = 0) const { return word(ahead) == text; }
  bool is_one_of(std::initializer_list<std::string_view> texts, size_t ahead = 0) const;
  bool stem(std::string_view stem, size_t ahead = 0) const;
  // 0 where no number stands.
  int number(size_t ahead = 0) const { return kind(ahead) == TokenKind::number ? tokens[at + ahead].number : 0; }
  bool is_four_digit_year(size_t ahead = 0) const;
  // Moves on where it stands here.
  bool skip(std::string_view text);
  void skip_dot();
  // The words from one token to another as they stand in the phrase.
  std::string printed(size_t first, size_t last) const;
};

}  // namespace vekha::russian
