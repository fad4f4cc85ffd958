// Walks the syntax tree. A step is counted for every node and for every element copied, so that no expression can
// take unbounded time or memory.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "feel/feel.h"
#include "feel/syntax.h"

namespace vekha::feel {

class Evaluator {
 public:
  Evaluator(const Scope& scope, const Environment& environment) : scope_(scope), environment_(environment) {}

  Value evaluate(const Node& node);
  // Calls a function literal.
  Value call_function(const Node& function, const std::vector<Value>& arguments);

  // Notes why something is null; the first cause is kept.
  Value null_because(const Node& node, std::string message);
  // Counts steps; throws Exhausted when there were too many.
  void charge(size_t steps);
  size_t steps() const { return steps_; }
  const Environment& environment() const { return environment_; }
  std::optional<Fault>& fault() { return fault_; }

  struct Exhausted {};

 private:
  struct Frame {
    const Frame* outer;
    std::string_view name;
    const Value* value = nullptr;
    const Map* map = nullptr;  // the keys of a list's element inside a filter
  };
  const Value* look_up(std::string_view name) const;
  // Where a name or a path of names can be read in place, without a copy; nullptr otherwise.
  const Value* refer(const Node& node);
  Value copy(const Value& value);

  Value path(const Node& node);
  Value member(const Node& node, const Value& value);
  Value filter(const Node& node);
  Value arithmetic(const Node& node);
  Value comparison(const Node& node);
  Value logic(const Node& node, bool neutral);
  Value membership(const Node& node);
  Value passes(const Node& test, const Value& value);
  Value within(const Node& range, const Value& value);
  Value iterate(const Node& node);
  bool turn(const Node& node, size_t depth, List& results, Value& verdict);
  Value context(const Node& node);

  const Scope& scope_;
  const Environment& environment_;
  const Frame* frame_ = nullptr;
  size_t steps_ = 0;
  std::optional<Fault> fault_;
};

// nullopt where the two cannot be compared. A text that spells a date is compared with a date as one: variables
// that went through JSON are texts.
std::optional<std::strong_ordering> compare(const Value& a, const Value& b);
std::optional<bool> equal(const Value& a, const Value& b);
// null where the operands do not fit.
Value add(const Value& a, const Value& b);
Value subtract(const Value& a, const Value& b);
Value multiply(const Value& a, const Value& b);
Value divide(const Value& a, const Value& b);
Value power(const Value& a, const Value& b);
// The number of values in it, itself included.
size_t weigh(const Value& value);
// A text that spells a date, time or duration as that, anything else unchanged.
Value as_temporal(const Value& value);
// A year, month, hour … of a date, time or duration; nullopt where it has no such part.
std::optional<Value> part_of(const Value& value, std::string_view name);

}  // namespace vekha::feel
