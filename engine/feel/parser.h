// From tokens to the syntax tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feel/lexer.h"
#include "feel/syntax.h"

namespace vekha::feel {

// A whole expression, or the tests of a decision table's cell.
enum class What { expression, tests };

struct Parsed {
  NodePtr root;
  std::vector<std::string> names;  // read from the scope, each once, in the order of the text
  std::optional<Fault> fault;      // set where `root` is not
};

// `text` is what the tokens were made of, for the places of faults.
Parsed parse(std::string_view text, std::vector<Token> tokens, Dialect dialect, What what);

}  // namespace vekha::feel
