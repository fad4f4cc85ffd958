// A deadline («срок») as its words and as what they mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/value.h"

namespace vekha::roadmap {

enum class ScheduleKind { month, range, year, recurring, on_demand, by_schedule, continuous, relative, unknown };

// Which side of a span took the plan's bound because the words left it open.
enum class OpenSide { none, start, end, both };

// A контрольный срок: what is marked. `end` is the day by which it is due.
struct Occurrence {
  Date start{};
  Date end{};

  bool operator==(const Occurrence&) const = default;
};

struct Schedule {
  std::string text;  // the words of the file, white space folded
  ScheduleKind kind = ScheduleKind::unknown;
  std::optional<Date> start;
  std::optional<Date> end;
  OpenSide open = OpenSide::none;
  std::vector<Occurrence> occurrences;
  std::string
      recurrence;  // «yearly», «quarterly», «monthly», «weekly», «school-quarter», «half-yearly»; empty when once
  std::string from;    // relative and by-schedule: the event, or whose timetable
  std::string length;  // relative: ISO 8601 duration
  std::string then;    // what follows «далее»
  bool uncertain = false;
  std::vector<std::string> readings;  // Russian sentences, one a possible reading, where a careful reader would ask

  bool operator==(const Schedule&) const = default;
};

const char* to_string(ScheduleKind kind);  // «on-demand»
std::optional<ScheduleKind> schedule_kind_from(std::string_view word);

// The deadline of the JSON of `vekha read` and `vekha deadline`, and back.
Value to_value(const Schedule& schedule);
Schedule schedule_from_value(const Value& value);

}  // namespace vekha::roadmap
