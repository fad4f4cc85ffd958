// Strict look-up of names in the data of a template, through the contexts that sections open.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"
#include "templating/tag.h"

namespace vekha::templating {

// The stack of contexts. Threads: one scope, one thread; the data may be shared.
class Scope {
 public:
  // `data` must outlive the scope.
  explicit Scope(const Value& data);

  void push(const Value& value) { frames_.push_back({&value, 0, 0}); }
  // A turn of a list; `index` counts from 1.
  void push(const Value& value, size_t index, size_t count) { frames_.push_back({&value, index, count}); }
  // The innermost context once more, for sections that open none.
  void push_same() { frames_.push_back(Frame(frames_.back())); }
  void pop() { frames_.pop_back(); }
  size_t depth() const { return frames_.size(); }

  // The value of a name. A name below null is null; an optional name (`"$optional"` of any context) that is not there
  // is null. nullptr where the name is unknown. `storage` keeps values that are not in the data (`@index`).
  const Value* find(const Name& name, Value& storage) const;

  // Evaluates a name and its formatters; the result lies in the data or in `storage`. Faults are appended without a
  // place; with an error among them the result is nullptr.
  const Value* evaluate(const Expression& expression, Value& storage, std::vector<Diagnostic>& faults) const;

  // Tells an unknown name, with the nearest name that is known here.
  Diagnostic unknown(const Name& name) const;
  // «3» for the third turn, «2, 3» for the third within the second; empty outside of lists.
  std::string turns() const;

 private:
  struct Frame {
    const Value* value;
    size_t index;
    size_t count;
  };
  bool is_optional(const Name& name) const;

  std::vector<Frame> frames_;
};

// False are null, `false`, an empty text and an empty list; the number 0 is a value.
bool is_true(const Value& value);

// A value as text: numbers as plain digits, dates as «09.12.2022», true and false as «да» and «нет», null as nothing.
// A person that a formatter has put into a case is its name. Errors: a fault is appended for lists and other maps.
std::string to_text(const Value& value, std::vector<Diagnostic>& faults);

}  // namespace vekha::templating
