// The table of functions, and what the families of functions share; each family adds its rows itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/value.h"

namespace vekha::feel {

class Evaluator;

using Arguments = std::vector<Value>;
// Gets as many arguments as are required at least; null where they do not fit.
using Function = Value (*)(Evaluator&, const Arguments&);

struct Builtin {
  std::string name;
  std::vector<std::string> parameters;
  size_t required;
  bool variadic;
  Function run;  // nullptr where an argument is a function: see call_builtin
};

class Table {
 public:
  // Optional parameters carry «?», a last one that takes any number «…».
  void add(std::string name, std::string_view parameters, Function run);
  const std::vector<Builtin>& rows() const { return rows_; }

 private:
  std::vector<Builtin> rows_;
};

void add_value_functions(Table& table);
void add_text_functions(Table& table);
void add_list_functions(Table& table);
void add_number_functions(Table& table);
void add_date_functions(Table& table);
void add_range_functions(Table& table);

// A single list argument, or the arguments themselves as one.
List spread(const Arguments& arguments);
// Null is an empty list, another single value a list of one.
List as_list(const Value& value);
std::optional<int64_t> whole(const Value& value);

#define VEKHA_FUNCTION [](Evaluator & evaluator [[maybe_unused]], const Arguments& a [[maybe_unused]]) -> Value

}  // namespace vekha::feel
