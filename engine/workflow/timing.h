// ISO 8601 as timers have it: durations that mix months with days, and repetitions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/value.h"

namespace vekha::workflow {

// «P1M10DT2H»: first whole months of the calendar, then seconds.
struct Span {
  int64_t months = 0;
  int64_t seconds = 0;
};
std::optional<Span> parse_span(std::string_view text);

// A month after 31 January is the last of February.
Instant plus(Instant from, const Span& span);

// «R4/PT1H», «R/2022-12-09T10:00:00Z/P1D».
struct Cycle {
  int repeats = -1;   // -1 = without end
  std::string every;  // a span
  std::string start;  // empty = one span from now
};
std::optional<Cycle> parse_cycle(std::string_view text);

// «2022-12-09T10:00:00Z» and «…+03:00» say which instant they mean; other times are those of a clock on the wall.
std::optional<Instant> parse_due(const std::string& text, const std::string& zone);

}  // namespace vekha::workflow
