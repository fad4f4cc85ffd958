// FEEL, the expression language of conditions, mappings and scripts. An expression is compiled once, when the process
// is loaded, and evaluated often; it can read only what its Scope shows it: no files, no clock, no host objects.
// Source: DMN 1.4, chapter 10.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/value.h"

namespace vekha::feel {

// What is wrong with an expression: a whole Russian sentence and the place within the expression's own text.
struct Fault {
  std::string message;
  int line = 1;
  int column = 1;
};

// Where names are looked up.
class Scope {
 public:
  virtual ~Scope() = default;
  // nullptr where the name is not known; what it points to stays valid during the evaluation.
  virtual const Value* find(std::string_view name) const = 0;
};

// The names of one map.
class MapScope final : public Scope {
 public:
  explicit MapScope(const Map& map) : map_(map) {}
  const Value* find(std::string_view name) const override { return map_.find(name); }

 private:
  const Map& map_;
};

struct Environment {
  LocalTime now{};            // what now() and today() say
  int max_steps = 1'000'000;  // an expression that takes more is stopped
};

struct Result {
  Value value;
  // Why the value is null, where an unknown name, a wrong kind of operand or a limit made it so: the first cause.
  std::optional<Fault> fault;
  size_t steps = 0;  // what it took
};

struct Node;  // of the syntax tree, known to the .cpp files only

class Expression {
 public:
  Expression() = default;  // evaluates to null

  const std::string& text() const { return text_; }
  bool empty() const { return root_ == nullptr; }
  // The names it reads from its scope, each once, in the order of the text.
  const std::vector<std::string>& names() const { return names_; }
  // The keys of the outermost context literal, in order; none for any other expression.
  std::vector<std::string> context_keys() const;

  // As FEEL wants it, a fault inside makes null and goes on.
  Result evaluate(const Scope& scope, const Environment& environment) const;

 private:
  friend struct Compiler;
  std::string text_;
  std::vector<std::string> names_;
  std::shared_ptr<const Node> root_;
};

struct Compiled {
  std::optional<Expression> expression;
  std::optional<Fault> fault;  // set where `expression` is not
};

// Compiles an expression; a leading «=» and the `${…}` of older modelers (with `==`, `&&`, `||`, `!`) are accepted.
// `known_names` are names that hold characters FEEL would read as operators («план-график»); all others need no list.
// Limit: 64 KB of text, 200 levels.
Compiled compile(std::string_view text, const std::vector<std::string>& known_names = {});

// Compiles the tests of a decision table's cell: «< 18», «[18..65]», «"а", "б"», «not(1, 2)», or an expression over
// «?». What is tested is the name «?» in the scope; the answer is true or false. A cell «-» fits any value: see
// is_any_test.
Compiled compile_tests(std::string_view text, const std::vector<std::string>& known_names = {});
bool is_any_test(std::string_view text);

}  // namespace vekha::feel
