// JSON in and out; no other place reads or writes it.
#pragma once

#include <string>
#include <string_view>

#include "base/value.h"

namespace vekha {

enum class JsonStyle { compact, indented };

// Reads one JSON value. Numbers stay exact; dates stay texts (JSON has none).
// Errors: unreadable, with line and column, for anything that is not one JSON value, deeper than 200 levels,
// or not UTF-8; `file` names the place in the message.
Value parse_json(std::string_view text, const std::string& file = {});

// Dates, times and durations are written as ISO 8601 texts. The same value gives the same bytes.
std::string to_json(const Value& value, JsonStyle style = JsonStyle::compact);

}  // namespace vekha
