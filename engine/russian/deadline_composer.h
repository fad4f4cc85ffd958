// Gives the parts of a deadline phrase their dates.
#pragma once

#include <string>
#include <vector>

#include "roadmap/schedule.h"
#include "russian/deadline_calendar.h"

namespace vekha::russian {

class DeadlineComposer {
 public:
  // Keeps a reference to `context`.
  explicit DeadlineComposer(const DeadlineContext& context) : context_(context), calendar_(context) {}

  // Once: a composer composes one phrase.
  roadmap::Schedule compose(const Phrase& phrase);

 private:
  void ask(std::vector<std::string> readings);
  void ask_whether_inclusive();
  void ask_which_part();

  // ---- within what everything else happens ----

  void find_windows(const Phrase& phrase);
  // Between the named stretches, or over the plan.
  void bounded(const Phrase& phrase, roadmap::ScheduleKind kind);
  // A span of over a year is reported on year by year.
  void mark_windows();
  void mark(const Period& period);

  // ---- what recurs ----

  void recurring(const Phrase& phrase);
  void ask_about_frequency(const Phrase& phrase, Unit unit);
  void finish_recurring(const char* recurrence);
  // The named months or days of every year; those that the plan has not begun or has ended are left out.
  void each_year(const Phrase& phrase);
  void add(const Period& period);
  void each_period(const Phrase& phrase, Unit unit);
  // «до 10 числа»: of the period's own month, or of the month that follows the period.
  Date due(const Phrase& phrase, const Period& part, const Period& period) const;
  // What of a period lies in the named months: «ежемесячно с сентября по май»; all of it where none are named.
  std::vector<Period> named_parts(const Phrase& phrase, const Period& period) const;
  bool is_excepted(const Phrase& phrase, const Period& period) const;
  void weekdays(const Phrase& phrase);
  // «до 15 января года, следующего за отчётным»: false where the phrase says nothing like that.
  bool following_years(const Phrase& phrase);
  // «первый понедельник сентября»: once.
  void one_weekday(const Phrase& phrase);

  // ---- what happens once ----

  void plain(const Phrase& phrase);
  void lose_start();
  void lose_end();
  roadmap::ScheduleKind kind_of(const Phrase& phrase) const;
  std::optional<Period> resolve(const Stretch& stretch);
  std::optional<Period> resolve_without_year(const Stretch& stretch);
  // The due day of an open stretch, the whole of a closed one.
  bool inside_plan(const Stretch& stretch, const Period& period) const;
  // «2020-2021» may be two calendar years or one school year, unless it is the plan itself or says «гг.».
  void school_or_calendar(const Stretch& stretch, const Period& period);
  void whole(const Phrase& phrase);
  void continue_with(const Phrase& phrase);

  const DeadlineContext& context_;
  DeadlineCalendar calendar_;
  roadmap::Schedule out_;
  std::vector<Period> windows_;
  const Stretch* years_ = nullptr;
};

}  // namespace vekha::russian
