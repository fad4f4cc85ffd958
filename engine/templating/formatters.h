// The formatters of the tag language: what stands behind a bar. Each declares what it takes and gives, so that a
// template can be checked before there is data. A formatter never guesses: what it cannot do surely is a warning.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"

namespace vekha::templating {

// Sets of kinds of values, as bits.
using Kinds = unsigned;
inline constexpr Kinds text_kind = 1;
inline constexpr Kinds number_kind = 2;
inline constexpr Kinds date_kind = 4;
inline constexpr Kinds person_kind = 8;  // a map with a `name`
inline constexpr Kinds any_kind = 31;

enum class Need { required, optional };

struct Parameter {
  std::string_view name;  // Russian, for messages
  Kinds takes = text_kind;
  Need need = Need::required;
};

struct Formatter {
  std::string_view name;
  Kinds takes = any_kind;
  Kinds gives = text_kind;
  std::vector<Parameter> parameters;
  // Faults of the value are appended: errors where there is no result, warnings where it is not sure; the place is for
  // the caller to add. `value` is never null unless `takes_null`.
  Value (*apply)(const Value& value, std::span<const Value> arguments, std::vector<Diagnostic>& faults) = nullptr;
  bool takes_null = false;  // others pass a null on
};

// nullptr where there is none of that name.
const Formatter* find_formatter(std::string_view name);
// All names, for «может быть, …?» and for reference.
const std::vector<std::string>& formatter_names();

// Words for a set of kinds, in the accusative: «дату», «число или текст».
std::string describe(Kinds kinds);
// The kinds a value of data can be taken for: a text may be a date too.
Kinds kinds_of(const Value& value);

}  // namespace vekha::templating
