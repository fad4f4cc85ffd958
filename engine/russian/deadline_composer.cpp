#include "russian/deadline_composer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace vekha::russian {

using roadmap::Occurrence;
using roadmap::OpenSide;
using roadmap::Schedule;
using roadmap::ScheduleKind;

namespace {

std::string words_of(Date day) {
  constexpr const char* names[] = {"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                                   "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
  return fmt::format("{} {} {} г.", day_of(day), names[month_of(day) - 1], year_of(day));
}

std::string words_of(const Period& period) {
  return fmt::format("С {} по {}", words_of(period.start), words_of(period.end));
}

// A winter with one year beside it may be the one that begins or the one that ends in it.
bool is_winter(const Stretch& stretch) {
  return (stretch.from && (stretch.from->season == 1 || stretch.from->holidays == 1)) ||
         (stretch.to && (stretch.to->season == 1 || stretch.to->holidays == 1));
}

}  // namespace

Schedule DeadlineComposer::compose(const Phrase& phrase) {
  find_windows(phrase);
  if (!phrase.doubts.empty()) ask(phrase.doubts);
  const bool nth = !phrase.weekdays.empty() && phrase.weekdays.front().nth != 0 && !phrase.weekdays.front().monthly &&
                   !phrase.frequency;
  if (nth && phrase.dated() > 0) {
    one_weekday(phrase);
  } else if (nth) {
    out_.kind = ScheduleKind::recurring;
    ask({"Этот день каждого месяца.", "Один раз, месяц надо уточнить."});
  } else if (following_years(phrase)) {
    finish_recurring("yearly");
  } else if (phrase.frequency || !phrase.weekdays.empty() || (phrase.due_day && phrase.due_day->following)) {
    recurring(phrase);
  } else if (phrase.due_day) {
    ask({"Число названо без месяца: один раз, месяц надо уточнить.", "Это число каждого месяца плана."});
  } else if (phrase.by_schedule) {
    bounded(phrase, ScheduleKind::by_schedule);
  } else if (phrase.on_demand) {
    bounded(phrase, ScheduleKind::on_demand);
  } else if (phrase.relative && phrase.dated() > 0) {
    plain(phrase);
    ask({"В названный срок.", "После события, даже если оно позже названного срока."});
  } else if (phrase.relative) {
    out_.kind = ScheduleKind::relative;
    if (phrase.from.empty())
      ask({"Не сказано, с какого дня считать: со дня издания приказа.",
           "Не сказано, с какого дня считать: с начала работ по пункту."});
  } else if (years_ != nullptr && phrase.dated() > 0 && !phrase.years_apart()) {
    ask({"Названные месяцы в каждом из названных лет.", "Названные месяцы одного года и весь другой год."});
    out_.kind = ScheduleKind::range;
  } else if (years_ != nullptr && phrase.dated() > 0) {
    // «2021–2022 гг., март»: March of each of the years.
    if (windows_.size() == 1 && year_of(windows_[0].start) == year_of(windows_[0].end)) {
      plain(phrase);
    } else {
      each_year(phrase);
      finish_recurring("yearly");
    }
  } else if (phrase.continuous) {
    bounded(phrase, ScheduleKind::continuous);
    if (phrase.dated() == 0)
      mark_windows();
    else if (out_.start && out_.end)
      mark({*out_.start, *out_.end});
    if (phrase.dated() > 0 && out_.open == OpenSide::none && out_.start && out_.end &&
        days_between(*out_.start, *out_.end) <= 31)
      ask({"Постоянно в названные дни.", "К названному сроку, а после него постоянно."});
  } else if (phrase.regular) {
    bounded(phrase, ScheduleKind::continuous);
    ask({"Постоянно, отметка за каждый год.", "Несколько раз, как часто, надо уточнить."});
  } else {
    plain(phrase);
  }
  if (phrase.by_schedule || phrase.relative || phrase.on_demand) out_.from = phrase.from;
  out_.length = phrase.length;
  if (phrase.later) continue_with(phrase);
  return std::move(out_);
}

void DeadlineComposer::ask(std::vector<std::string> readings) {
  out_.uncertain = true;
  for (std::string& reading : readings)
    out_.readings.push_back(std::move(reading));
}

void DeadlineComposer::ask_whether_inclusive() {
  ask({"До первого дня названного месяца или года, сам он не входит.",
       "По последний день названного месяца или года включительно."});
}

void DeadlineComposer::ask_which_part() {
  ask({"Весь названный месяц или год.", "Только названная его часть, дни надо уточнить."});
}

void DeadlineComposer::find_windows(const Phrase& phrase) {
  for (const Stretch& stretch : phrase.stretches) {
    if (!stretch.only_years()) continue;
    years_ = &stretch;
    if (const auto period = calendar_.place(stretch, 0)) windows_.push_back(calendar_.clipped(*period));
  }
  std::sort(windows_.begin(), windows_.end(), [](const Period& a, const Period& b) { return a.start < b.start; });
  if (windows_.empty() && context_.year) windows_.push_back(calendar_.clipped(year_period(*context_.year)));
  if (windows_.empty() && context_.plan) windows_.push_back(*context_.plan);
}

void DeadlineComposer::bounded(const Phrase& phrase, ScheduleKind kind) {
  out_.kind = kind;
  if (phrase.stretches.size() == 1) {
    if (!phrase.stretches.front().from) out_.open = OpenSide::start;
    if (!phrase.stretches.front().to) out_.open = OpenSide::end;
  }
  if (phrase.dated() > 0) {
    for (const Stretch& stretch : phrase.stretches) {
      if (stretch.only_years()) continue;
      const std::optional<Period> period = resolve(stretch);
      if (!period) continue;
      out_.start = out_.start ? std::min(*out_.start, period->start) : period->start;
      out_.end = out_.end ? std::max(*out_.end, period->end) : period->end;
    }
  } else if (!windows_.empty()) {
    out_.start = windows_.front().start;
    out_.end = windows_.back().end;
  } else {
    out_.start = context_.plan_start;
  }
}

void DeadlineComposer::mark_windows() {
  for (const Period& window : windows_)
    mark(window);
}

void DeadlineComposer::mark(const Period& period) {
  if (days_between(period.start, period.end) <= 366) {
    out_.occurrences.push_back({period.start, period.end});
    return;
  }
  for (int year = year_of(period.start); year <= year_of(period.end); ++year)
    if (const auto part = overlap(period, year_period(year))) out_.occurrences.push_back({part->start, part->end});
}

void DeadlineComposer::plain(const Phrase& phrase) {
  if (phrase.whole != Whole::none && phrase.stretches.empty()) {
    whole(phrase);
    return;
  }
  std::vector<Period> placed;
  for (const Stretch& stretch : phrase.stretches) {
    if (stretch.only_years() && phrase.dated() > 0) continue;
    if (const auto period = resolve(stretch)) placed.push_back(*period);
  }
  out_.kind = kind_of(phrase);
  if (placed.empty()) return;
  std::sort(placed.begin(), placed.end(), [](const Period& a, const Period& b) { return a.start < b.start; });
  out_.start = placed.front().start;
  out_.end = placed.front().end;
  for (const Period& period : placed)
    out_.end = std::max(*out_.end, period.end);
  // «апрель 2021 (15 апреля)»
  for (size_t i = 1; i < placed.size(); ++i)
    if (phrase.stretches.front().from && overlap(placed[i - 1], placed[i]))
      ask({"Один срок, названный дважды, точнее и общее.", "Два срока, один внутри другого."});
  const Stretch& only = phrase.stretches.front();
  // What is due by a day is due once, however long before it one may begin.
  if (phrase.stretches.size() == 1 && !only.from)
    out_.occurrences.push_back({*out_.start, *out_.end});
  else
    for (const Period& period : placed)
      mark(period);
  if (phrase.stretches.size() == 1 && !only.from) {
    out_.open = OpenSide::start;
    if (!context_.plan) lose_start();
  }
  if (phrase.stretches.size() == 1 && !only.to) {
    out_.open = OpenSide::end;
    if (!context_.plan) lose_end();
  }
}

void DeadlineComposer::lose_start() {
  out_.start = context_.plan_start;
  out_.occurrences.clear();
  if (out_.start && *out_.start <= *out_.end) out_.occurrences.push_back({*out_.start, *out_.end});
}

void DeadlineComposer::lose_end() {
  out_.end.reset();
  out_.occurrences.clear();
}

ScheduleKind DeadlineComposer::kind_of(const Phrase& phrase) const {
  std::vector<const Stretch*> counted;
  for (const Stretch& stretch : phrase.stretches)
    if (!stretch.only_years() || phrase.dated() == 0) counted.push_back(&stretch);
  if (counted.size() != 1) return ScheduleKind::range;
  const Stretch& only = *counted.front();
  if (!only.from || !only.to || !(*only.from == *only.to)) return ScheduleKind::range;
  if (only.from->only_year()) return only.from->school_year ? ScheduleKind::range : ScheduleKind::year;
  return only.from->month && !only.from->day && !only.from->decade && !only.from->month_half ? ScheduleKind::month
                                                                                             : ScheduleKind::range;
}

std::optional<Period> DeadlineComposer::resolve(const Stretch& stretch) {
  if (stretch.vague) ask_which_part();
  if (stretch.before && stretch.to && !stretch.to->day) ask_whether_inclusive();
  if (!stretch.without_year()) {
    const auto period = calendar_.place(stretch, stretch.from && stretch.from->year ? stretch.from->year : 0);
    if (!period) {
      ask({"Конец срока раньше начала: концы переставлены.", "Конец срока раньше начала: год назван неверно."});
      return std::nullopt;
    }
    school_or_calendar(stretch, *period);
    if (stretch.wrapped && context_.plan && period->start < context_.plan->start)
      ask({words_of(*period) + ": начало годом раньше.", "Месяцы переставлены, или год назван неверно."});
    if (is_winter(stretch) && stretch.to && !stretch.to->school_year)
      ask({words_of(*period) + ".", "Зима, которая началась годом раньше."});
    return stretch.only_years() ? calendar_.clipped(*period) : *period;
  }
  return resolve_without_year(stretch);
}

std::optional<Period> DeadlineComposer::resolve_without_year(const Stretch& words) {
  Stretch stretch = words;
  // In a plan of one school year the halves are the school's.
  if (calendar_.plan_is_school_year() && !context_.year)
    for (std::optional<Moment>* side : {&stretch.from, &stretch.to})
      if (*side && (*side)->half != 0 && (*side)->month == 0) (*side)->school_year = true;
  if (years_ != nullptr && !windows_.empty()) return calendar_.place(stretch, year_of(windows_.front().start));
  if (context_.year && !is_winter(stretch)) return calendar_.place(stretch, *context_.year);
  std::vector<Period> possible;
  if (context_.plan)
    for (int year = year_of(context_.plan->start) - 1; year <= year_of(context_.plan->end); ++year)
      if (const auto period = calendar_.place(stretch, year); period && inside_plan(stretch, *period))
        possible.push_back(*period);
  // «до 1 сентября» in a plan that begins that day.
  if (possible.size() == 1 && !stretch.from && possible.front().end == context_.plan->start)
    if (const auto next = calendar_.place(stretch, year_of(context_.plan->end))) possible.push_back(*next);
  if (possible.size() == 1) return possible.front();
  std::vector<std::string> readings;
  for (const Period& period : possible)
    readings.push_back(words_of(period) + " (год не назван).");
  if (possible.size() > 1) readings.push_back("Каждый год плана.");
  if (possible.empty() && context_.plan)
    readings = {"Год не назван, и в период плана этот срок не попадает.", "Месяц или день назван ошибочно."};
  if (possible.empty() && !context_.plan)
    readings = {"Год не назван, а период плана не известен: один раз, год надо уточнить.", "Каждый год плана."};
  ask(std::move(readings));
  return std::nullopt;
}

bool DeadlineComposer::inside_plan(const Stretch& stretch, const Period& period) const {
  if (!stretch.from) return context_.plan->contains(period.end);
  if (!stretch.to) return context_.plan->contains(period.start);
  return overlap(period, *context_.plan).has_value();
}

void DeadlineComposer::school_or_calendar(const Stretch& stretch, const Period& period) {
  if (!stretch.only_years() || stretch.years_word || !stretch.from || !stretch.to) return;
  if (stretch.from->school_year || stretch.to->year != stretch.from->year + 1) return;
  if (context_.plan && calendar_.clipped(period) == *context_.plan && context_.plan->start == period.start &&
      context_.plan->end == period.end)
    return;
  ask({words_of(calendar_.clipped(period)) + ": два календарных года.",
       words_of(school_year_period(stretch.from->year)) + ": один учебный год."});
}

void DeadlineComposer::whole(const Phrase& phrase) {
  out_.kind = phrase.whole == Whole::year ? ScheduleKind::year : ScheduleKind::range;
  std::vector<Period> possible;
  if (phrase.whole == Whole::period) {
    bounded(phrase, ScheduleKind::range);
    mark_windows();
    return;
  }
  if (phrase.whole == Whole::year && context_.year) {
    possible.push_back(year_period(*context_.year));
  } else if (context_.plan) {
    for (int year = year_of(context_.plan->start) - 1; year <= year_of(context_.plan->end); ++year) {
      const Period period = phrase.whole == Whole::year ? year_period(year) : school_year_period(year);
      if (overlap(period, *context_.plan)) possible.push_back(period);
    }
  }
  // A plan for a school year calls that «год» too, but «до конца года» may mean December.
  if (phrase.whole == Whole::year && possible.size() == 2 && context_.plan && !phrase.until_end &&
      days_between(context_.plan->start, context_.plan->end) <= 366)
    possible = {*context_.plan};
  if (possible.size() == 1) {
    const Period period = calendar_.clipped(possible.front());
    out_.start = period.start;
    out_.end = period.end;
    out_.occurrences.push_back({period.start, period.end});
    if (phrase.until_end) {
      out_.open = OpenSide::start;
      out_.kind = ScheduleKind::range;
      if (context_.plan) out_.start = out_.occurrences.front().start = std::min(context_.plan->start, period.end);
    }
    return;
  }
  std::vector<std::string> readings;
  if (possible.size() > 1) readings.push_back("В каждом году плана.");
  for (const Period& period : possible)
    readings.push_back(words_of(calendar_.clipped(period)) + " (год не назван).");
  if (possible.empty()) {
    out_.start = context_.plan_start;
    return;
  }
  ask(std::move(readings));
}

void DeadlineComposer::continue_with(const Phrase& phrase) {
  out_.then = phrase.then;
  Phrase later = *phrase.later;
  if (later.frequency && later.frequency->unit == Unit::year && later.dated() == 0)
    later.stretches.insert(later.stretches.end(), phrase.stretches.begin(), phrase.stretches.end());
  if (!later.frequency && later.weekdays.empty() && later.stretches.empty()) return;
  later.later.reset();
  for (Stretch& stretch : later.stretches)
    if (later.frequency) {
      if (stretch.from) stretch.from->year = 0;
      if (stretch.to) stretch.to->year = 0;
    }
  if (!out_.end) return;
  DeadlineContext rest = context_;
  rest.year.reset();
  const Date after = add_days(*out_.end, 1);
  if (rest.plan) {
    if (rest.plan->end < after) return;
    rest.plan->start = after;
  }
  const Schedule more = DeadlineComposer(rest).compose(later);
  if (more.uncertain) ask(more.readings);
  if (!more.occurrences.empty() && more.occurrences.front().start < *out_.start) {
    ask({"Продолжение названо раньше начала: переставлены части срока.",
         "Продолжение названо раньше начала: год назван неверно."});
    return;
  }
  if (!more.recurrence.empty()) {
    out_.kind = ScheduleKind::recurring;
    out_.recurrence = more.recurrence;
  }
  for (const Occurrence& occurrence : more.occurrences)
    out_.occurrences.push_back(occurrence);
  if (!out_.occurrences.empty()) out_.end = out_.occurrences.back().end;
}

}  // namespace vekha::russian
