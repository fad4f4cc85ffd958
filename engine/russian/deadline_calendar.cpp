#include "russian/deadline_calendar.h"

#include <algorithm>

namespace vekha::russian {
namespace {

Date first_of(int year, int month) { return make_date(year, month, 1); }
Date last_of(int year, int month) { return make_date(year, month, last_day_of_month(year, month)); }

}  // namespace

Period year_period(int year) { return {first_of(year, 1), last_of(year, 12)}; }
Period school_year_period(int year) { return {first_of(year, 9), last_of(year + 1, 8)}; }

std::optional<Period> overlap(const Period& a, const Period& b) {
  const Period both{std::max(a.start, b.start), std::min(a.end, b.end)};
  if (both.end < both.start) return std::nullopt;
  return both;
}

Date nth_weekday(const Period& month, const NthWeekday& wanted) {
  if (wanted.nth < 0) {
    const int back = (weekday_of(month.end) - wanted.weekday + 7) % 7;
    return add_days(month.end, -back);
  }
  const int forward = (wanted.weekday - weekday_of(month.start) + 7) % 7;
  return add_days(month.start, forward + 7 * (wanted.nth - 1));
}

Period DeadlineCalendar::bounds(const Moment& moment, int year) const {
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

Period DeadlineCalendar::quarter_of(int number, int calendar_year) const {
  const SchoolQuarter& quarter = context_.school_quarters[static_cast<size_t>(number - 1)];
  return {make_date(calendar_year, quarter.start_month, quarter.start_day),
          make_date(calendar_year, quarter.end_month, quarter.end_day)};
}

std::optional<Period> DeadlineCalendar::place(const Stretch& stretch, int year) const {
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

Period DeadlineCalendar::clipped(const Period& period) const {
  if (!context_.plan) return period;
  return overlap(period, *context_.plan).value_or(period);
}

std::vector<Period> DeadlineCalendar::periods(const Period& window, Unit unit) const {
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

}  // namespace vekha::russian
