// Reads the words of a deadline («Апрель 2021, далее ежегодно в апреле») into a roadmap::Schedule.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "roadmap/schedule.h"

namespace vekha::russian {

// One четверть. Quarter dates are not national: an organisation sets them every year.
struct SchoolQuarter {
  int start_month = 0, start_day = 0;
  int end_month = 0, end_day = 0;
};

// What a reader of the plan knows besides the words of the cell.
struct DeadlineContext {
  std::optional<Period> plan;      // the plan's period
  std::optional<Date> plan_start;  // where only the first day of the plan is known
  std::optional<int> year;         // from a band row («2021 год») above the item
  // I and II lie in the year in which the school year begins, III and IV in the next.
  std::array<SchoolQuarter, 4> school_quarters = {{{9, 1, 10, 28}, {11, 7, 12, 30}, {1, 9, 3, 24}, {4, 3, 5, 31}}};
};

// Reads one phrase. What a careful reader would ask about is `uncertain` with its readings, what is not understood is
// of kind `unknown`; nothing is guessed. Occurrences follow the plan's period; without one only spelled-out dates have
// them. Limit: a phrase of over 500 bytes is not read and comes back unknown.
roadmap::Schedule read_deadline(std::string_view phrase, const DeadlineContext& context = {});

// What a person should look at in a deadline just read: nothing written, not understood, several readings, outside the
// plan, a plan period needed. The places are left empty.
std::vector<Diagnostic> deadline_doubts(const roadmap::Schedule& schedule, const DeadlineContext& context = {});

}  // namespace vekha::russian
