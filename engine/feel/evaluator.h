// Walks the syntax tree. A step is counted for every node and for every element copied, so that no expression can
// take unbounded time or memory.
#pragma once

#include <compare>
#include <deque>
#include <optional>
#include <string>

#include "feel/feel.h"
#include "feel/syntax.h"

namespace vekha::feel {

class Evaluator {
 public:
  Evaluator(const Scope& scope, const Environment& environment) : scope_(scope), environment_(environment) {}

  Value evaluate(const Node& node);
  // Null where the value is no function.
  Value call_function(const Node& call, const Value& function, const std::vector<Value>& arguments);
  static bool is_function(const Value& value);

  // Notes why something is null; the first cause is kept.
  Value null_because(const Node& node, std::string message);
  // Counts steps; throws Exhausted when there were too many.
  void charge(size_t steps);
  size_t steps() const { return steps_; }
  const Environment& environment() const { return environment_; }
  std::optional<Fault>& fault() { return fault_; }

  // Functions do not outlive the evaluation: what leaves it has null in their place.
  Value without_functions(Value value) const;

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
  // A function literal with what it can see where it stands.
  struct Closure {
    const Node* literal;
    Map seen;
    std::string own_name;  // the key of a context it is the entry of: it may call itself
  };
  Value close(const Node& literal);
  Value named(const std::string& name, Value value);
  Value invoke(const Node& node);
  Closure* closure_of(const Value& function);

  Value path(const Node& node);
  Value member(const Node& node, const Value& value);
  Value filter(const Node& node);
  Value arithmetic(const Node& node);
  Value comparison(const Node& node);
  Value logic(const Node& node, bool neutral);
  Value membership(const Node& node);
  Value passes(const Node& test, const Value& value);
  Value contained(const Node& node, const Value& range, const Value& value);
  Value iterate(const Node& node);
  bool turn(const Node& node, size_t depth, List& results, Value& verdict);
  template <class Function>
  bool each_between(const Node& source, const Value& low, const Value& high, Value& verdict, Function function);
  Value context(const Node& node);

  const Scope& scope_;
  const Environment& environment_;
  const Frame* frame_ = nullptr;
  size_t steps_ = 0;
  int depth_ = 0;
  std::deque<Closure> closures_;
  std::optional<Fault> fault_;
};

// «[1..5]» as a value: a context with the keys start, end, «start included», «end included», so that it can be kept.
struct Range {
  Value low;
  Value high;
  bool closed_low = true;
  bool closed_high = true;
};
std::optional<Range> range_from(const Value& value);
Value to_value(const Range& range);

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
