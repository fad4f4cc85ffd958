// The half of DeadlineComposer that is about what recurs.
#include <fmt/format.h>

#include <algorithm>

#include "russian/deadline_composer.h"

namespace vekha::russian {

using roadmap::Occurrence;
using roadmap::ScheduleKind;

namespace {

constexpr int most_days = 20'000;  // of a plan whose days or weeks are counted: no plan is that long

const char* word_of(Unit unit) {
  switch (unit) {
    case Unit::year: return "yearly";
    case Unit::school_year: return "yearly";
    case Unit::half: return "half-yearly";
    case Unit::quarter: return "quarterly";
    case Unit::school_quarter: return "school-quarter";
    case Unit::month: return "monthly";
    case Unit::week: return "weekly";
    case Unit::day: return "daily";
  }
  return "yearly";
}

}  // namespace

void DeadlineComposer::recurring(const Phrase& phrase) {
  const Unit unit = phrase.frequency ? phrase.frequency->unit : Unit::month;
  if (phrase.weekday) {
    weekdays(phrase, *phrase.weekday);
    return;
  }
  if (phrase.due_day && (unit == Unit::quarter || unit == Unit::half) && !phrase.due_day->following)
    ask({"Число месяца, следующего за отчётным периодом.", "Число последнего месяца отчётного периода."});
  switch (unit) {
    case Unit::year:
      if (phrase.dated() > 0 || (phrase.due_day && phrase.due_day->following))
        each_year(phrase);
      else
        each_period(phrase, unit);
      break;
    default: each_period(phrase, unit);
  }
  finish_recurring(word_of(unit));
  const Frequency frequency = phrase.frequency.value_or(Frequency{});
  if (frequency.times > 1 && unit == Unit::year && frequency.times == 2 && phrase.dated() == 0) {
    out_.occurrences.clear();
    each_period(phrase, Unit::half);
    finish_recurring(word_of(Unit::half));
    ask({"По одному разу в каждом полугодии.", "Два раза в год в любые месяцы."});
  } else if (frequency.times > 1 && static_cast<size_t>(frequency.times) != phrase.stretches.size()) {
    ask({fmt::format("Число раз за период: {}; дни надо назначить.", frequency.times),
         "Одна отметка за период, когда сделаны все разы."});
  }
  if (frequency.every > 1) {
    out_.occurrences.clear();
    ask({"Первый срок в первом таком периоде плана.", "Первый срок в последнем таком периоде плана."});
  }
}

void DeadlineComposer::finish_recurring(const char* recurrence) {
  out_.kind = ScheduleKind::recurring;
  out_.recurrence = recurrence;
  if (!out_.occurrences.empty()) {
    out_.start = out_.occurrences.front().start;
    out_.end = out_.occurrences.back().end;
  } else if (!context_.plan) {
    out_.start = context_.plan_start;
  }
}

void DeadlineComposer::each_year(const Phrase& phrase) {
  for (const Period& window : windows_)
    for (int year = year_of(window.start) - 1; year <= year_of(window.end); ++year)
      for (const Stretch& stretch : phrase.stretches) {
        if (stretch.only_years()) continue;
        Stretch once = stretch;
        if (once.from) once.from->year = 0;
        if (once.to) once.to->year = 0;
        if (!once.from) once.from = Moment{0, false, 0, 0, 0, 1, 1};
        if (!once.to) once.to = Moment{0, false, 0, 0, 0, 12, 31};
        const auto period = calendar_.place(once, year);
        if (!period) continue;
        if (const auto part = overlap(*period, window)) add(*part);
      }
}

void DeadlineComposer::add(const Period& period) {
  const Occurrence occurrence{period.start, period.end};
  if (std::find(out_.occurrences.begin(), out_.occurrences.end(), occurrence) == out_.occurrences.end())
    out_.occurrences.push_back(occurrence);
}

void DeadlineComposer::each_period(const Phrase& phrase, Unit unit) {
  for (const Period& window : windows_) {
    if (days_between(window.start, window.end) > most_days) return;
    for (const Period& period : calendar_.periods(window, unit)) {
      if (!in_named_months(phrase, period)) continue;
      const auto part = overlap(period, window);
      if (!part) continue;
      out_.occurrences.push_back({part->start, due(phrase, *part, period)});
    }
  }
}

Date DeadlineComposer::due(const Phrase& phrase, const Period& part, const Period& period) const {
  if (!phrase.due_day) return part.end;
  int year = year_of(period.end), month = month_of(period.end);
  const bool long_period = days_between(period.start, period.end) > 31;
  if (phrase.due_day->following || long_period) {
    year += month == 12 ? 1 : 0;
    month = month % 12 + 1;
  }
  const Date day = make_date(year, month, std::min(phrase.due_day->day, last_day_of_month(year, month)));
  return std::max(day, part.start);
}

bool DeadlineComposer::in_named_months(const Phrase& phrase, const Period& period) const {
  if (phrase.dated() == 0) return true;
  for (const Stretch& stretch : phrase.stretches) {
    if (stretch.only_years()) continue;
    for (int year = year_of(period.start) - 1; year <= year_of(period.end); ++year)
      if (const auto named = calendar_.place(stretch, year); named && overlap(*named, period)) return true;
  }
  return false;
}

void DeadlineComposer::weekdays(const Phrase& phrase, const NthWeekday& wanted) {
  for (const Period& window : windows_) {
    if (days_between(window.start, window.end) > most_days) return;
    if (wanted.nth == 0) {
      for (Date day = window.start; day <= window.end; day = add_days(day, 1))
        if (weekday_of(day) == wanted.weekday && in_named_months(phrase, {day, day})) add({day, day});
      continue;
    }
    for (const Period& month : calendar_.periods(window, Unit::month)) {
      const Date day = nth_weekday(month, wanted);
      if (overlap({day, day}, window) && in_named_months(phrase, {day, day})) add({day, day});
    }
  }
  finish_recurring(wanted.nth == 0 ? "weekly" : "monthly");
}

}  // namespace vekha::russian
