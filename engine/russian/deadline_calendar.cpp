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
  if (moment.decade) {
    const Date last =
        moment.decade == 3 ? last_of(year, moment.month) : make_date(year, moment.month, moment.decade * 10);
    return {make_date(year, moment.month, moment.decade * 10 - 9), last};
  }
  if (moment.month_half == 1) return {first_of(year, moment.month), make_date(year, moment.month, 15)};
  if (moment.month_half == 2) return {make_date(year, moment.month, 16), last_of(year, moment.month)};
  if (moment.season) return season_of(moment, year);
  if (moment.holidays) return holidays_of(moment, year);
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

Period DeadlineCalendar::season_of(const Moment& moment, int year) {
  const bool next = moment.school_year && (moment.season == 2 || moment.season == 3);
  if (next) ++year;
  switch (moment.season) {
    case 1: return {first_of(year, 12), last_of(year + 1, 2)};
    case 2: return {first_of(year, 3), last_of(year, 5)};
    case 3: return {first_of(year, 6), last_of(year, 8)};
    default: return {first_of(year, 9), last_of(year, 11)};
  }
}

// What lies between two quarters of the school's own table.
Period DeadlineCalendar::holidays_of(const Moment& moment, int year) const {
  const bool next = moment.school_year && (moment.holidays == 2 || moment.holidays == 3);
  if (next) ++year;
  switch (moment.holidays) {
    case 1: return {add_days(quarter_of(2, year).end, 1), add_days(quarter_of(3, year + 1).start, -1)};
    case 2: return {add_days(quarter_of(3, year).end, 1), add_days(quarter_of(4, year).start, -1)};
    case 3: return {add_days(quarter_of(4, year).end, 1), last_of(year, 8)};
    default: return {add_days(quarter_of(1, year).end, 1), add_days(quarter_of(2, year).start, -1)};
  }
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
    if (start && *end < *start && !stretch.to->year && !stretch.from->year) {
      end = bounds(*stretch.to, year + 1).end;
      if (stretch.before && !stretch.to->day) end = add_days(bounds(*stretch.to, year + 1).start, -1);
    }
  }
  if (!start) start = context_.plan ? std::min(context_.plan->start, *end) : *end;
  if (!end) end = context_.plan ? std::max(context_.plan->end, *start) : *start;
  if (!start->ok() || !end->ok() || *end < *start) return std::nullopt;
  return Period{*start, *end};
}

bool DeadlineCalendar::plan_is_school_year() const {
  if (!context_.plan) return false;
  const Date start = context_.plan->start, end = context_.plan->end;
  return (month_of(start) == 8 || month_of(start) == 9) && year_of(end) == year_of(start) + 1 && month_of(end) >= 5 &&
         month_of(end) <= 8;
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
