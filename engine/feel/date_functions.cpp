// Functions of dates.
#include "base/date.h"
#include "feel/builtin_table.h"
#include "feel/evaluator.h"

namespace vekha::feel {
namespace {

Value day_of_year(const Date& date) { return days_between(make_date(year_of(date), 1, 1), date) + 1; }

Value week_of_year(const Date& date) {
  // ISO: the week belongs to the year of its Thursday.
  const Date thursday = add_days(date, 4 - weekday_of(date));
  return days_between(make_date(year_of(thursday), 1, 1), thursday) / 7 + 1;
}

template <class Function>
Value of_date(const Arguments& a, Function function) {
  const Value value = as_temporal(a[0]);
  if (const Date* date = value.get_if<Date>()) return function(*date);
  if (const LocalTime* time = value.get_if<LocalTime>()) return function(time->date);
  return {};
}

Value weekday_name(const Date& date) {
  static constexpr const char* names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  return names[weekday_of(date) - 1];
}

Value month_name(const Date& date) {
  static constexpr const char* names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};
  return names[month_of(date) - 1];
}

}  // namespace

void add_date_functions(Table& table) {
  table.add(
      "now", "", VEKHA_FUNCTION { return evaluator.environment().now; });
  table.add(
      "today", "", VEKHA_FUNCTION { return evaluator.environment().now.date; });
  table.add(
      "day of year", "date", VEKHA_FUNCTION { return of_date(a, day_of_year); });
  table.add(
      "day of week", "date", VEKHA_FUNCTION { return of_date(a, weekday_name); });
  table.add(
      "month of year", "date", VEKHA_FUNCTION { return of_date(a, month_name); });
  table.add(
      "week of year", "date", VEKHA_FUNCTION { return of_date(a, week_of_year); });
  table.add(
      "last day of month", "date", VEKHA_FUNCTION {
        return of_date(a, [](const Date& date) -> Value {
          return make_date(year_of(date), month_of(date), last_day_of_month(year_of(date), month_of(date)));
        });
      });
}

}  // namespace vekha::feel
