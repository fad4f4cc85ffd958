// The wall clock of an organisation.
#pragma once

#include <string>

#include "base/date.h"

namespace vekha {

// What a clock on the wall shows at `instant` in `zone` («Europe/Moscow»).
// Errors: usage, when the zone is not known.
LocalTime to_local(Instant instant, const std::string& zone);

// The instant at which a wall clock in `zone` shows `time`; in a gap or a fold of daylight saving the later one.
Instant to_instant(const LocalTime& time, const std::string& zone);

}  // namespace vekha
