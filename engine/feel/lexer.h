// An expression's text as tokens with their places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "feel/feel.h"

namespace vekha::feel {

enum class TokenKind { end, name, keyword, number, text, at_text, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;  // a name with its blanks folded; the symbol or keyword; the contents of a text
  Decimal number;
  size_t offset = 0;
  size_t end = 0;
};

struct Tokens {
  std::vector<Token> tokens;  // ends with one of kind `end`
  std::optional<Fault> fault;
};

enum class Dialect { feel, older };  // older: `${…}`, with texts in single quotes too

Tokens tokenize(std::string_view text, Dialect dialect, const std::vector<std::string>& known_names);

}  // namespace vekha::feel
