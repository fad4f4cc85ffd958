// ISO 8601 spellings of times and durations held in a Value.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/value.h"

namespace vekha {

// «P1Y2M» gives MonthsDuration, «P3DT4H» or «P2W» SecondsDuration; nullopt for anything else, a mixture included.
std::optional<Value> parse_duration(std::string_view iso);

// A date, time, date-and-time or duration value as ISO 8601; an empty text for other kinds.
std::string to_iso(const Value& value);

}  // namespace vekha
