// The deadline of an item inside a larger JSON document.
#pragma once

#include "roadmap/reading.h"
#include "roadmap/schedule.h"

namespace vekha::roadmap {

// Errors: unreadable, naming the path of the first member of the wrong kind.
Schedule read_schedule(const Reading& reading);

}  // namespace vekha::roadmap
