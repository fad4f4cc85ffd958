#include "roadmap/schedule.h"

#include <array>

#include "roadmap/reading.h"
#include "roadmap/schedule_reading.h"

namespace vekha::roadmap {
namespace {

// In the order of ScheduleKind.
constexpr std::array<const char*, 9> kind_words = {"month",       "range",      "year",     "recurring", "on-demand",
                                                   "by-schedule", "continuous", "relative", "unknown"};
// In the order of OpenSide.
constexpr std::array<const char*, 4> open_words = {"", "start", "end", "both"};

Value day(const std::optional<Date>& date) { return date ? Value(to_iso(*date)) : Value(); }

Value texts(const std::vector<std::string>& all) {
  List list;
  for (const std::string& text : all)
    list.emplace_back(text);
  return list;
}

}  // namespace

const char* to_string(ScheduleKind kind) { return kind_words[static_cast<size_t>(kind)]; }

std::optional<ScheduleKind> schedule_kind_from(std::string_view word) {
  for (size_t i = 0; i < kind_words.size(); ++i)
    if (word == kind_words[i]) return static_cast<ScheduleKind>(i);
  return std::nullopt;
}

Value to_value(const Schedule& schedule) {
  List occurrences;
  for (const Occurrence& occurrence : schedule.occurrences)
    occurrences.emplace_back(Map{{"start", to_iso(occurrence.start)}, {"end", to_iso(occurrence.end)}});
  const auto or_null = [](const std::string& text) { return text.empty() ? Value() : Value(text); };
  return Map{{"text", schedule.text},
             {"kind", to_string(schedule.kind)},
             {"start", day(schedule.start)},
             {"end", day(schedule.end)},
             {"open", or_null(open_words[static_cast<size_t>(schedule.open)])},
             {"occurrences", std::move(occurrences)},
             {"recurrence", or_null(schedule.recurrence)},
             {"from", or_null(schedule.from)},
             {"length", or_null(schedule.length)},
             {"then", or_null(schedule.then)},
             {"uncertain", schedule.uncertain},
             {"readings", texts(schedule.readings)}};
}

Schedule read_schedule(const Reading& reading) {
  Schedule schedule;
  schedule.text = reading.text("text");
  const std::string kind = reading.text("kind");
  const std::optional<ScheduleKind> known = kind.empty() ? ScheduleKind::unknown : schedule_kind_from(kind);
  if (!known) reading.fail("kind", "вид срока, например «month»");
  schedule.kind = *known;
  schedule.start = reading.date("start");
  schedule.end = reading.date("end");
  const std::string open = reading.text("open");
  size_t side = 0;
  while (side < open_words.size() && open != open_words[side])
    ++side;
  if (side == open_words.size()) reading.fail("open", "«start», «end», «both» или null");
  schedule.open = static_cast<OpenSide>(side);
  for (const Reading& entry : reading.maps("occurrences")) {
    const std::optional<Date> start = entry.date("start"), end = entry.date("end");
    if (!start) entry.fail("start", "день вида 2022-12-09");
    if (!end) entry.fail("end", "день вида 2022-12-09");
    schedule.occurrences.push_back({*start, *end});
  }
  schedule.recurrence = reading.text("recurrence");
  schedule.from = reading.text("from");
  schedule.length = reading.text("length");
  schedule.then = reading.text("then");
  schedule.uncertain = reading.truth("uncertain");
  schedule.readings = reading.texts("readings");
  return schedule;
}

Schedule schedule_from_value(const Value& value) { return read_schedule(Reading(value, "deadline")); }

}  // namespace vekha::roadmap
