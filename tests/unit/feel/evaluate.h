// Compiles and evaluates one expression, for tests.
#pragma once

#include <string>

#include "base/json.h"
#include "feel/feel.h"

namespace vekha {

// The value as JSON; «fault: …» where the expression does not compile.
inline std::string value_of(std::string_view text, const Map& names = {}) {
  const feel::Compiled compiled = feel::compile(text);
  if (compiled.fault) return "fault: " + compiled.fault->message;
  const feel::Environment environment{.now = {make_date(2023, 3, 25), 9 * 3600}};
  return to_json(compiled.expression->evaluate(feel::MapScope(names), environment).value);
}

}  // namespace vekha
