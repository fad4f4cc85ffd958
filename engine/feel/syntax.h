// The syntax tree of an expression, shared by the parser and the evaluator; nobody outside this room sees it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "feel/feel.h"

namespace vekha::feel {

enum class Kind {
  literal,  // value
  name,     // text
  path,     // children[0] . text
  filter,   // children[0] [ children[1] ]
  unary_minus,
  add,
  subtract,
  multiply,
  divide,
  power,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  conjunction,
  disjunction,
  between,  // children: value, low, high
  in,       // children: value, tests…
  test,     // an operator without its left side, inside `in`: text is the operator, children[0] the right side
  range,    // children: low, high; closed_low, closed_high
  if_then_else,
  for_each,  // names; children: one iterator (list or range) a name, then the result; text is «partial» where that is
             // read
  some,
  every,    // names; children: one list a name, then the condition
  context,  // names; children
  list,
  call,         // text; children; names for named arguments
  invoke,       // children: a function, then its arguments; names for named arguments
  function,     // names are its parameters; children[0] the body
  instance_of,  // children[0], text is the type: «list<number>»
};

struct Node {
  Kind kind = Kind::literal;
  std::string text;
  Value value;
  std::vector<std::string> names;
  std::vector<std::unique_ptr<Node>> children;
  bool closed_low = true;
  bool closed_high = true;
  int builtin = -1;  // call: index into the table of functions
  int height = 1;    // levels below and including this
  int line = 1;
  int column = 1;
};

using NodePtr = std::unique_ptr<Node>;

}  // namespace vekha::feel
