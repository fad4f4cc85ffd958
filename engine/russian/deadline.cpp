#include "russian/deadline.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "russian/deadline_grammar.h"

namespace vekha::russian {
namespace {

using roadmap::Occurrence;
using roadmap::OpenSide;
using roadmap::Schedule;
using roadmap::ScheduleKind;

constexpr size_t longest_phrase = 500;
constexpr int most_days = 20'000;  // of a plan whose days or weeks are counted: no plan is that long

Date first_of(int year, int month) { return make_date(year, month, 1); }
Date last_of(int year, int month) { return make_date(year, month, last_day_of_month(year, month)); }
Period year_period(int year) { return {first_of(year, 1), last_of(year, 12)}; }
Period school_year_period(int year) { return {first_of(year, 9), last_of(year + 1, 8)}; }

std::optional<Period> overlap(const Period& a, const Period& b) {
  const Period both{std::max(a.start, b.start), std::min(a.end, b.end)};
  if (both.end < both.start) return std::nullopt;
  return both;
}

std::string words_of(Date day) {
  constexpr const char* names[] = {"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                                   "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
  return fmt::format("{} {} {} г.", day_of(day), names[month_of(day) - 1], year_of(day));
}

std::string words_of(const Period& period) {
  return fmt::format("С {} по {}", words_of(period.start), words_of(period.end));
}

// Gives the parts of a phrase their dates.
class Composer {
 public:
  explicit Composer(const DeadlineContext& context) : context_(context) {}

  Schedule compose(const Phrase& phrase) {
    find_windows(phrase);
    if (phrase.frequency || phrase.weekday || (phrase.due_day && phrase.due_day->following)) {
      recurring(phrase);
    } else if (phrase.due_day) {
      ask({"Число названо без месяца: один раз, месяц надо уточнить.", "Это число каждого месяца плана."});
    } else if (phrase.by_schedule) {
      bounded(ScheduleKind::by_schedule);
    } else if (phrase.on_demand) {
      bounded(ScheduleKind::on_demand);
    } else if (phrase.relative) {
      out_.kind = ScheduleKind::relative;
      if (phrase.from.empty())
        ask({"Не сказано, с какого дня считать: со дня издания приказа.",
             "Не сказано, с какого дня считать: с начала работ по пункту."});
    } else if (years_ != nullptr && dated(phrase) > 0 && !years_apart(phrase)) {
      ask({"Названные месяцы в каждом из названных лет.", "Названные месяцы одного года и весь другой год."});
      out_.kind = ScheduleKind::range;
    } else if (years_ != nullptr && dated(phrase) > 0) {
      // «2021–2022 гг., март»: March of each of the years.
      if (windows_.size() == 1 && year_of(windows_[0].start) == year_of(windows_[0].end)) {
        plain(phrase);
      } else {
        each_year(phrase);
        finish_recurring("yearly");
      }
    } else if (phrase.continuous) {
      bounded(ScheduleKind::continuous);
      mark_windows();
    } else if (phrase.regular) {
      bounded(ScheduleKind::continuous);
      ask({"Постоянно, отметка за каждый год.", "Несколько раз, как часто, надо уточнить."});
    } else {
      plain(phrase);
    }
    if (phrase.by_schedule || phrase.relative || phrase.on_demand) out_.from = phrase.from;
    out_.length = phrase.length;
    if (phrase.later) continue_with(phrase);
    return std::move(out_);
  }

 private:
  void ask(std::vector<std::string> readings) {
    out_.uncertain = true;
    for (std::string& reading : readings)
      out_.readings.push_back(std::move(reading));
  }

  // Months without years beside years without months.
  static bool years_apart(const Phrase& phrase) {
    return std::all_of(phrase.stretches.begin(), phrase.stretches.end(),
                       [](const Stretch& stretch) { return stretch.only_years() || stretch.without_year(); });
  }

  static int dated(const Phrase& phrase) {
    return static_cast<int>(std::count_if(phrase.stretches.begin(), phrase.stretches.end(),
                                          [](const Stretch& stretch) { return !stretch.only_years(); }));
  }

  // ---- the calendar ----

  Period bounds(const Moment& moment, int year) const {
    if (moment.day) return {make_date(year, moment.month, moment.day), make_date(year, moment.month, moment.day)};
    if (moment.month) return {first_of(year, moment.month), last_of(year, moment.month)};
    if (moment.quarter) return {first_of(year, moment.quarter * 3 - 2), last_of(year, moment.quarter * 3)};
    if (moment.half && moment.school_year)
      return moment.half == 1 ? Period{first_of(year, 9), last_of(year, 12)}
                              : Period{first_of(year + 1, 1), last_of(year + 1, 5)};
    if (moment.half) return {first_of(year, moment.half * 6 - 5), last_of(year, moment.half * 6)};
    if (moment.school_quarter) {
      const bool next = moment.school_year && moment.school_quarter > 2;
      return quarter_of(moment.school_quarter, next ? year + 1 : year);
    }
    return moment.school_year ? school_year_period(year) : year_period(year);
  }

  Period quarter_of(int number, int calendar_year) const {
    const SchoolQuarter& quarter = context_.school_quarters[static_cast<size_t>(number - 1)];
    return {make_date(calendar_year, quarter.start_month, quarter.start_day),
            make_date(calendar_year, quarter.end_month, quarter.end_day)};
  }

  // A stretch in `year` where its moments name none; «ноябрь–март» runs into the next.
  std::optional<Period> place(const Stretch& stretch, int year) const {
    std::optional<Date> start, end;
    if (stretch.from) start = bounds(*stretch.from, stretch.from->year ? stretch.from->year : year).start;
    if (stretch.to) {
      const Period last = bounds(*stretch.to, stretch.to->year ? stretch.to->year : year);
      end = last.end;
      // The stricter reading of «до мая».
      if (stretch.before && !stretch.to->day) end = add_days(last.start, -1);
      if (start && *end < *start && !stretch.to->year) {
        end = bounds(*stretch.to, year + 1).end;
        if (stretch.before && !stretch.to->day) end = add_days(bounds(*stretch.to, year + 1).start, -1);
      }
    }
    if (!start) start = context_.plan ? std::min(context_.plan->start, *end) : *end;
    if (!end) end = context_.plan ? std::max(context_.plan->end, *start) : *start;
    if (!start->ok() || !end->ok() || *end < *start) return std::nullopt;
    return Period{*start, *end};
  }

  // A bare year is cut to the plan; what lies wholly outside is kept.
  Period clipped(const Period& period) const {
    if (!context_.plan) return period;
    return overlap(period, *context_.plan).value_or(period);
  }

  // ---- within what everything else happens ----

  void find_windows(const Phrase& phrase) {
    for (const Stretch& stretch : phrase.stretches) {
      if (!stretch.only_years()) continue;
      years_ = &stretch;
      if (const auto period = place(stretch, 0)) windows_.push_back(clipped(*period));
    }
    std::sort(windows_.begin(), windows_.end(), [](const Period& a, const Period& b) { return a.start < b.start; });
    if (windows_.empty() && context_.year) windows_.push_back(clipped(year_period(*context_.year)));
    if (windows_.empty() && context_.plan) windows_.push_back(*context_.plan);
  }

  void bounded(ScheduleKind kind) {
    out_.kind = kind;
    if (!windows_.empty()) {
      out_.start = windows_.front().start;
      out_.end = windows_.back().end;
    } else {
      out_.start = context_.plan_start;
    }
  }

  // A span of over a year is reported on year by year.
  void mark_windows() {
    for (const Period& window : windows_)
      mark(window);
  }
  void mark(const Period& period) {
    if (days_between(period.start, period.end) <= 366) {
      out_.occurrences.push_back({period.start, period.end});
      return;
    }
    for (int year = year_of(period.start); year <= year_of(period.end); ++year)
      if (const auto part = overlap(period, year_period(year))) out_.occurrences.push_back({part->start, part->end});
  }

  // ---- what recurs ----

  void recurring(const Phrase& phrase) {
    const Unit unit = phrase.frequency ? phrase.frequency->unit : Unit::month;
    if (phrase.weekday) {
      weekdays(phrase, *phrase.weekday);
      return;
    }
    if (phrase.due_day && (unit == Unit::quarter || unit == Unit::half) && !phrase.due_day->following)
      ask({"Число месяца, следующего за отчётным периодом.", "Число последнего месяца отчётного периода."});
    switch (unit) {
      case Unit::year:
        if (dated(phrase) > 0 || (phrase.due_day && phrase.due_day->following))
          each_year(phrase);
        else
          each_period(phrase, unit);
        break;
      default: each_period(phrase, unit);
    }
    finish_recurring(word_of(unit));
    const Frequency frequency = phrase.frequency.value_or(Frequency{});
    if (frequency.times > 1 && unit == Unit::year && frequency.times == 2 && dated(phrase) == 0) {
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

  static const char* word_of(Unit unit) {
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

  void finish_recurring(const char* recurrence) {
    out_.kind = ScheduleKind::recurring;
    out_.recurrence = recurrence;
    if (!out_.occurrences.empty()) {
      out_.start = out_.occurrences.front().start;
      out_.end = out_.occurrences.back().end;
    } else if (!context_.plan) {
      out_.start = context_.plan_start;
    }
  }

  // The named months or days of every year; those that the plan has not begun or has ended are left out.
  void each_year(const Phrase& phrase) {
    for (const Period& window : windows_)
      for (int year = year_of(window.start) - 1; year <= year_of(window.end); ++year)
        for (const Stretch& stretch : phrase.stretches) {
          if (stretch.only_years()) continue;
          Stretch once = stretch;
          if (once.from) once.from->year = 0;
          if (once.to) once.to->year = 0;
          if (!once.from) once.from = Moment{0, false, 0, 0, 0, 1, 1};
          if (!once.to) once.to = Moment{0, false, 0, 0, 0, 12, 31};
          const auto period = place(once, year);
          if (!period) continue;
          if (const auto part = overlap(*period, window)) add(*part);
        }
  }

  void add(const Period& period) {
    const Occurrence occurrence{period.start, period.end};
    if (std::find(out_.occurrences.begin(), out_.occurrences.end(), occurrence) == out_.occurrences.end())
      out_.occurrences.push_back(occurrence);
  }

  void each_period(const Phrase& phrase, Unit unit) {
    for (const Period& window : windows_) {
      if (days_between(window.start, window.end) > most_days) return;
      for (const Period& period : periods(window, unit)) {
        if (!in_named_months(phrase, period)) continue;
        const auto part = overlap(period, window);
        if (!part) continue;
        out_.occurrences.push_back({part->start, due(phrase, *part, period)});
      }
    }
  }

  // «до 10 числа»: of the period's own month, or of the month that follows the period.
  Date due(const Phrase& phrase, const Period& part, const Period& period) const {
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

  // «ежемесячно с сентября по май»
  bool in_named_months(const Phrase& phrase, const Period& period) const {
    if (dated(phrase) == 0) return true;
    for (const Stretch& stretch : phrase.stretches) {
      if (stretch.only_years()) continue;
      for (int year = year_of(period.start) - 1; year <= year_of(period.end); ++year)
        if (const auto named = place(stretch, year); named && overlap(*named, period)) return true;
    }
    return false;
  }

  std::vector<Period> periods(const Period& window, Unit unit) const {
    std::vector<Period> all;
    const int first = year_of(window.start), last = year_of(window.end);
    switch (unit) {
      case Unit::year:
        for (int year = first; year <= last; ++year)
          all.push_back(year_period(year));
        break;
      case Unit::school_year:
        for (int year = first - 1; year <= last; ++year)
          all.push_back(school_year_period(year));
        break;
      case Unit::half:
      case Unit::quarter:
      case Unit::month: {
        const int length = unit == Unit::half ? 6 : unit == Unit::quarter ? 3 : 1;
        for (int year = first; year <= last; ++year)
          for (int month = 1; month <= 12; month += length)
            all.push_back({first_of(year, month), last_of(year, month + length - 1)});
        break;
      }
      case Unit::school_quarter:
        for (int year = first; year <= last; ++year)
          for (const int number : {3, 4, 1, 2})
            all.push_back(quarter_of(number, year));
        break;
      case Unit::week:
        for (Date day = add_days(window.start, 1 - weekday_of(window.start)); day <= window.end; day = add_days(day, 7))
          all.push_back({day, add_days(day, 6)});
        break;
      case Unit::day:
        for (Date day = window.start; day <= window.end; day = add_days(day, 1))
          all.push_back({day, day});
        break;
    }
    return all;
  }

  void weekdays(const Phrase& phrase, const NthWeekday& wanted) {
    for (const Period& window : windows_) {
      if (days_between(window.start, window.end) > most_days) return;
      if (wanted.nth == 0) {
        for (Date day = window.start; day <= window.end; day = add_days(day, 1))
          if (weekday_of(day) == wanted.weekday && in_named_months(phrase, {day, day})) add({day, day});
        continue;
      }
      for (const Period& month : periods(window, Unit::month)) {
        const Date day = nth_weekday(month, wanted);
        if (overlap({day, day}, window) && in_named_months(phrase, {day, day})) add({day, day});
      }
    }
    finish_recurring(wanted.nth == 0 ? "weekly" : "monthly");
  }

  static Date nth_weekday(const Period& month, const NthWeekday& wanted) {
    if (wanted.nth < 0) {
      const int back = (weekday_of(month.end) - wanted.weekday + 7) % 7;
      return add_days(month.end, -back);
    }
    const int forward = (wanted.weekday - weekday_of(month.start) + 7) % 7;
    return add_days(month.start, forward + 7 * (wanted.nth - 1));
  }

  // ---- what happens once ----

  void plain(const Phrase& phrase) {
    if (phrase.whole != Whole::none && phrase.stretches.empty()) {
      whole(phrase);
      return;
    }
    std::vector<Period> placed;
    for (const Stretch& stretch : phrase.stretches) {
      if (stretch.only_years() && dated(phrase) > 0) continue;
      if (const auto period = resolve(stretch)) placed.push_back(*period);
    }
    out_.kind = kind_of(phrase);
    if (placed.empty()) return;
    std::sort(placed.begin(), placed.end(), [](const Period& a, const Period& b) { return a.start < b.start; });
    out_.start = placed.front().start;
    out_.end = placed.front().end;
    for (const Period& period : placed)
      out_.end = std::max(*out_.end, period.end);
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

  void lose_start() {
    out_.start = context_.plan_start;
    out_.occurrences.clear();
    if (out_.start && *out_.start <= *out_.end) out_.occurrences.push_back({*out_.start, *out_.end});
  }
  void lose_end() {
    out_.end.reset();
    out_.occurrences.clear();
  }

  ScheduleKind kind_of(const Phrase& phrase) const {
    std::vector<const Stretch*> counted;
    for (const Stretch& stretch : phrase.stretches)
      if (!stretch.only_years() || dated(phrase) == 0) counted.push_back(&stretch);
    if (counted.size() != 1) return ScheduleKind::range;
    const Stretch& only = *counted.front();
    if (!only.from || !only.to || !(*only.from == *only.to)) return ScheduleKind::range;
    if (only.from->only_year()) return only.from->school_year ? ScheduleKind::range : ScheduleKind::year;
    return only.from->month && !only.from->day ? ScheduleKind::month : ScheduleKind::range;
  }

  std::optional<Period> resolve(const Stretch& stretch) {
    if (stretch.vague) ask({"Весь названный месяц или год.", "Только названная его часть, дни надо уточнить."});
    if (stretch.before && stretch.to && !stretch.to->day)
      ask({"До первого дня названного месяца или года, сам он не входит.",
           "По последний день названного месяца или года включительно."});
    if (!stretch.without_year()) {
      const auto period = place(stretch, stretch.from && stretch.from->year ? stretch.from->year : 0);
      if (!period) {
        ask({"Конец срока раньше начала: концы переставлены.", "Конец срока раньше начала: год назван неверно."});
        return std::nullopt;
      }
      school_or_calendar(stretch, *period);
      return stretch.only_years() ? clipped(*period) : *period;
    }
    if (years_ != nullptr && !windows_.empty()) return place(stretch, year_of(windows_.front().start));
    if (context_.year) return place(stretch, *context_.year);
    std::vector<Period> possible;
    if (context_.plan)
      for (int year = year_of(context_.plan->start) - 1; year <= year_of(context_.plan->end); ++year)
        if (const auto period = place(stretch, year); period && inside_plan(stretch, *period))
          possible.push_back(*period);
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

  // The due day of an open stretch, the whole of a closed one.
  bool inside_plan(const Stretch& stretch, const Period& period) const {
    if (!stretch.from) return context_.plan->contains(period.end);
    if (!stretch.to) return context_.plan->contains(period.start);
    return overlap(period, *context_.plan).has_value();
  }

  // «2020-2021» may be two calendar years or one school year, unless it is the plan itself or says «гг.».
  void school_or_calendar(const Stretch& stretch, const Period& period) {
    if (!stretch.only_years() || stretch.years_word || !stretch.from || !stretch.to) return;
    if (stretch.from->school_year || stretch.to->year != stretch.from->year + 1) return;
    if (context_.plan && clipped(period) == *context_.plan && context_.plan->start == period.start &&
        context_.plan->end == period.end)
      return;
    ask({words_of(clipped(period)) + ": два календарных года.",
         words_of(school_year_period(stretch.from->year)) + ": один учебный год."});
  }

  void whole(const Phrase& phrase) {
    out_.kind = phrase.whole == Whole::year ? ScheduleKind::year : ScheduleKind::range;
    std::vector<Period> possible;
    if (phrase.whole == Whole::period) {
      bounded(ScheduleKind::range);
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
    // A plan for a school year calls that «год» too.
    if (phrase.whole == Whole::year && possible.size() == 2 && context_.plan &&
        days_between(context_.plan->start, context_.plan->end) <= 366)
      possible = {*context_.plan};
    if (possible.size() == 1) {
      const Period period = clipped(possible.front());
      out_.start = period.start;
      out_.end = period.end;
      out_.occurrences.push_back({period.start, period.end});
      if (phrase.until_end) {
        out_.open = OpenSide::start;
        out_.kind = ScheduleKind::range;
      }
      return;
    }
    std::vector<std::string> readings;
    if (possible.size() > 1) readings.push_back("В каждом году плана.");
    for (const Period& period : possible)
      readings.push_back(words_of(clipped(period)) + " (год не назван).");
    if (possible.empty()) {
      out_.start = context_.plan_start;
      return;
    }
    ask(std::move(readings));
  }

  // ---- «далее» ----

  void continue_with(const Phrase& phrase) {
    out_.then = phrase.then;
    Phrase later = *phrase.later;
    if (later.frequency && later.frequency->unit == Unit::year && dated(later) == 0)
      later.stretches.insert(later.stretches.end(), phrase.stretches.begin(), phrase.stretches.end());
    if (!later.frequency && !later.weekday && later.stretches.empty()) return;
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
    const Schedule more = Composer(rest).compose(later);
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

  const DeadlineContext& context_;
  Schedule out_;
  std::vector<Period> windows_;
  const Stretch* years_ = nullptr;
};

}  // namespace

Schedule read_deadline(std::string_view phrase, const DeadlineContext& context) {
  Schedule out;
  std::string text = fold_space(phrase);
  if (text.size() <= longest_phrase)
    if (const std::optional<Phrase> parsed = parse_deadline(text)) out = Composer(context).compose(*parsed);
  out.text = std::move(text);
  return out;
}

std::vector<Diagnostic> deadline_doubts(const Schedule& schedule, const DeadlineContext& context) {
  std::vector<Diagnostic> out;
  const auto warn = [&](const char* code, std::string message, std::string hint) {
    out.push_back({Severity::warning, code, {}, std::move(message), std::move(hint)});
  };
  if (schedule.text.empty()) {
    warn("deadline-empty", "Срок не указан.", "Впишите срок или возьмите весь период плана.");
    return out;
  }
  if (schedule.uncertain)
    warn("deadline-uncertain",
         fmt::format("Срок «{}» можно понять по-разному: {}", schedule.text, join(schedule.readings, " ")),
         "Уточните срок у составителя.");
  else if (schedule.kind == ScheduleKind::unknown)
    warn("deadline-unknown", fmt::format("Срок «{}» не понят.", schedule.text),
         "Запишите срок датой, месяцем, годом или частотой, например «март 2024» или «1 раз в квартал».");
  else if (!context.plan && schedule.occurrences.empty() && schedule.kind != ScheduleKind::relative &&
           schedule.kind != ScheduleKind::on_demand && schedule.kind != ScheduleKind::by_schedule)
    warn("deadline-needs-period",
         fmt::format("Срок «{}» зависит от периода плана, а период не известен.", schedule.text),
         "Назовите период плана, например --period 2024-01-01..2024-12-31.");
  if (context.plan && schedule.start && schedule.end && !overlap(Period{*schedule.start, *schedule.end}, *context.plan))
    warn("deadline-outside-plan",
         fmt::format("Срок «{}» лежит вне периода плана ({} – {}).", schedule.text, to_iso(context.plan->start),
                     to_iso(context.plan->end)),
         "Проверьте год в сроке и период плана.");
  return out;
}

}  // namespace vekha::russian
