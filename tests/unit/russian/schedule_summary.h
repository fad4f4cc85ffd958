// A schedule in one line, for tables of phrases.
#pragma once

#include <fmt/format.h>

#include <string>

#include "roadmap/schedule.h"

namespace vekha::russian {

// «recurring 2021-04-01..2022-04-30 x2 yearly then ежегодно в апреле»
inline std::string summary(const roadmap::Schedule& schedule) {
  std::string out = to_string(schedule.kind);
  if (schedule.start || schedule.end)
    out += fmt::format(" {}..{}", schedule.start ? to_iso(*schedule.start) : "",
                       schedule.end ? to_iso(*schedule.end) : "");
  if (schedule.open == roadmap::OpenSide::start) out += " open-start";
  if (schedule.open == roadmap::OpenSide::end) out += " open-end";
  out += fmt::format(" x{}", schedule.occurrences.size());
  for (const std::string& part : {schedule.recurrence, schedule.from.empty() ? "" : "from " + schedule.from,
                                  schedule.length, schedule.then.empty() ? "" : "then " + schedule.then})
    if (!part.empty()) out += " " + part;
  if (schedule.uncertain) out += fmt::format(" uncertain {}", schedule.readings.size());
  return out;
}

}  // namespace vekha::russian
