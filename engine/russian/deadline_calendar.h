// The stretches of a deadline phrase as days: what the plan, its years and the school's quarters make of them.
#pragma once

#include <optional>
#include <vector>

#include "russian/deadline.h"
#include "russian/deadline_grammar.h"

namespace vekha::russian {

Period year_period(int year);
Period school_year_period(int year);  // 1 September of `year` to 31 August of the next
std::optional<Period> overlap(const Period& a, const Period& b);
// «последняя пятница» of a month.
Date nth_weekday(const Period& month, const NthWeekday& wanted);

class DeadlineCalendar {
 public:
  // Keeps a reference to `context`.
  explicit DeadlineCalendar(const DeadlineContext& context) : context_(context) {}

  Period bounds(const Moment& moment, int year) const;
  Period quarter_of(int number, int calendar_year) const;
  // A stretch in `year` where its moments name none; «ноябрь–март» runs into the next. nullopt where the end comes
  // before the start.
  std::optional<Period> place(const Stretch& stretch, int year) const;
  // A bare year is cut to the plan; what lies wholly outside is kept.
  Period clipped(const Period& period) const;
  // The years, quarters, weeks … that `window` touches, whole ones.
  std::vector<Period> periods(const Period& window, Unit unit) const;

  // From August or September to the May, June, July or August after it.
  bool plan_is_school_year() const;

 private:
  static Period season_of(const Moment& moment, int year);
  Period holidays_of(const Moment& moment, int year) const;

  const DeadlineContext& context_;
};

}  // namespace vekha::russian
