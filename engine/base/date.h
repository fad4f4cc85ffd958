// Calendar days, instants and periods, with their ISO 8601 spellings. Local time of an organisation: time_zone.h.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vekha {

using Date = std::chrono::year_month_day;
using Instant = std::chrono::sys_seconds;  // UTC

// A wall-clock reading without a zone.
struct LocalTime {
  Date date{};
  int seconds = 0;  // since midnight

  bool operator==(const LocalTime&) const = default;
  auto operator<=>(const LocalTime&) const = default;
};

// Both ends belong to it.
struct Period {
  Date start{};
  Date end{};

  bool contains(Date day) const { return start <= day && day <= end; }
  bool operator==(const Period&) const = default;
};

inline Date make_date(int year, int month, int day) {
  return Date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
              std::chrono::day{static_cast<unsigned>(day)}};
}
inline int year_of(Date date) { return static_cast<int>(date.year()); }
inline int month_of(Date date) { return static_cast<int>(static_cast<unsigned>(date.month())); }
inline int day_of(Date date) { return static_cast<int>(static_cast<unsigned>(date.day())); }

Date add_days(Date date, int days);
int days_between(Date from, Date to);  // to - from
int last_day_of_month(int year, int month);
int weekday_of(Date date);  // 1 Monday … 7 Sunday

// nullopt for anything but a real calendar day written «2022-12-09».
std::optional<Date> parse_date(std::string_view iso);
// «2022-12-09T14:32:00», seconds optional, no zone.
std::optional<LocalTime> parse_local_time(std::string_view iso);
// «2022-12-09T11:32:00Z» or with an offset «+03:00»; a bare day means midnight UTC.
std::optional<Instant> parse_instant(std::string_view iso);
// «2020-01-01..2022-12-31», start not after end.
std::optional<Period> parse_period(std::string_view text);

std::string to_iso(Date date);
std::string to_iso(const LocalTime& time);
std::string to_iso(Instant instant);

}  // namespace vekha
