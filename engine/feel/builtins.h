// The functions of the language, by name; Source: DMN 1.4, 10.3.4.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feel/syntax.h"

namespace vekha::feel {

class Evaluator;

// -1 where there is no such function.
int find_builtin(std::string_view name);
const std::vector<std::string>& builtin_names();
// A Russian sentence about a wrong number of arguments or an unknown named one; empty when all is well.
std::string check_arguments(const Node& call);
Value call_builtin(Evaluator& evaluator, const Node& call);

// A date, time, date-and-time or duration in ISO 8601; null for anything else. An offset or zone behind a time is
// dropped: values here are wall-clock readings.
Value parse_temporal(std::string_view text);

}  // namespace vekha::feel
