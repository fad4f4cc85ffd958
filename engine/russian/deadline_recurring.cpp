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
  ask_about_frequency(phrase, unit);
  if (!phrase.weekdays.empty()) {
    weekdays(phrase);
    return;
  }
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

void DeadlineComposer::ask_about_frequency(const Phrase& phrase, Unit unit) {
  if (phrase.due_day && (unit == Unit::quarter || unit == Unit::half) && !phrase.due_day->following &&
      !phrase.due_day->last_month)
    ask({"Число месяца, следующего за отчётным периодом.", "Число последнего месяца отчётного периода."});
  if (unit == Unit::school_year && context_.plan && !calendar_.plan_is_school_year())
    ask({"Один раз в каждом учебном году, который план застаёт.", "Один раз в каждом году плана."});
  if (phrase.whole == Whole::school_year && context_.plan && !calendar_.plan_is_school_year())
    ask({"Круглый год.", "Только с сентября по май, пока идут уроки."});
  if (unit == Unit::half && calendar_.plan_is_school_year())
    ask({"По полугодиям календарного года.", "По полугодиям учебного года."});
  for (const Stretch& stretch : phrase.stretches) {
    if (stretch.before && !stretch.to->day) ask_whether_inclusive();
    if (stretch.vague) ask_which_part();
    // «ежегодно, август 2021»
    if (unit == Unit::year && phrase.frequency && !stretch.only_years() && !stretch.without_year() &&
        (windows_.empty() || year_of(windows_.front().start) != year_of(windows_.back().end)))
      ask({"Каждый год плана.", "Каждый год, начиная с названного."});
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
        if (!once.from) once.from = Moment{.month = 1, .day = 1};
        if (!once.to) once.to = Moment{.month = 12, .day = 31};
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
      const auto inside = overlap(period, window);
      if (!inside || is_excepted(phrase, period)) continue;
      for (const Period& part : named_parts(phrase, *inside)) {
        const Date end = due(phrase, part, period);
        out_.occurrences.push_back({phrase.due_day && phrase.due_day->exact ? end : part.start, end});
      }
    }
  }
}

Date DeadlineComposer::due(const Phrase& phrase, const Period& part, const Period& period) const {
  if (!phrase.due_day) return part.end;
  int year = year_of(period.end), month = month_of(period.end);
  const bool long_period = days_between(period.start, period.end) > 31;
  if (phrase.due_day->following || (long_period && !phrase.due_day->last_month)) {
    year += month == 12 ? 1 : 0;
    month = month % 12 + 1;
  }
  const Date day = make_date(year, month, std::min(phrase.due_day->day, last_day_of_month(year, month)));
  return std::max(day, part.start);
}

std::vector<Period> DeadlineComposer::named_parts(const Phrase& phrase, const Period& period) const {
  if (phrase.dated() == 0) return {period};
  std::vector<Period> parts;
  for (const Stretch& stretch : phrase.stretches) {
    if (stretch.only_years()) continue;
    for (int year = year_of(period.start) - 1; year <= year_of(period.end); ++year)
      if (const auto named = calendar_.place(stretch, year))
        if (const auto part = overlap(*named, period);
            part && std::find(parts.begin(), parts.end(), *part) == parts.end())
          parts.push_back(*part);
  }
  return parts;
}

bool DeadlineComposer::is_excepted(const Phrase& phrase, const Period& period) const {
  for (const Stretch& stretch : phrase.except)
    for (int year = year_of(period.start) - 1; year <= year_of(period.end); ++year)
      if (const auto named = calendar_.place(stretch, year); named && overlap(*named, period)) return true;
  return false;
}

void DeadlineComposer::weekdays(const Phrase& phrase) {
  const NthWeekday& wanted = phrase.weekdays.front();
  const auto counts = [&](Date day) {
    return !named_parts(phrase, {day, day}).empty() && !is_excepted(phrase, {day, day});
  };
  for (const Period& window : windows_) {
    if (days_between(window.start, window.end) > most_days) return;
    if (wanted.nth == 0) {
      for (Date day = window.start; day <= window.end; day = add_days(day, 1))
        if (std::any_of(phrase.weekdays.begin(), phrase.weekdays.end(),
                        [&](const NthWeekday& one) { return one.weekday == weekday_of(day); }) &&
            counts(day))
          add({day, day});
      continue;
    }
    for (const Period& month : calendar_.periods(window, Unit::month)) {
      for (const NthWeekday& one : phrase.weekdays) {
        const Date day = nth_weekday(month, one);
        if (overlap({day, day}, window) && overlap({day, day}, month) && counts(day)) add({day, day});
      }
    }
  }
  finish_recurring(wanted.nth == 0 ? "weekly" : "monthly");
}

bool DeadlineComposer::following_years(const Phrase& phrase) {
  bool found = false;
  for (const Stretch& stretch : phrase.stretches) {
    if (!stretch.following_year) continue;
    found = true;
    for (const Period& window : windows_)
      for (const Period& year : calendar_.periods(window, Unit::year))
        if (const auto part = overlap(year, window))
          add({part->start, calendar_.bounds(*stretch.to, year_of(year.start) + 1).end});
    if (stretch.before) ask_whether_inclusive();
  }
  return found;
}

void DeadlineComposer::one_weekday(const Phrase& phrase) {
  plain(phrase);
  const NthWeekday& wanted = phrase.weekdays.front();
  for (Occurrence& occurrence : out_.occurrences) {
    const Date day = nth_weekday({occurrence.start, occurrence.end}, wanted);
    if (day > occurrence.end || days_between(occurrence.start, occurrence.end) > 31)
      ask({"Такого дня в названном месяце нет.", "День недели каждого названного месяца."});
    else
      occurrence = {day, day};
  }
  out_.kind = ScheduleKind::range;
  if (out_.occurrences.empty()) return;
  out_.start = out_.occurrences.front().start;
  out_.end = out_.occurrences.back().end;
}

}  // namespace vekha::russian
