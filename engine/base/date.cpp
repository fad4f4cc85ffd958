#include "base/date.h"

#include <fmt/format.h>

namespace vekha {
namespace {

// Reads exactly `count` digits at `at`; -1 where they are not there.
int digits(std::string_view text, size_t at, size_t count) {
  if (at + count > text.size()) return -1;
  int number = 0;
  for (size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

// «hh:mm» or «hh:mm:ss» (a fraction is dropped); `used` says how much was read. -1 where it is none.
int time_of_day(std::string_view text, size_t& used) {
  const int hour = digits(text, 0, 2), minute = digits(text, 3, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[2] != ':') return -1;
  used = 5;
  int second = 0;
  if (text.size() > 5 && text[5] == ':') {
    second = digits(text, 6, 2);
    if (second < 0 || second > 59) return -1;
    used = 8;
    if (text.size() > 8 && text[8] == '.') {
      used = 9;
      while (used < text.size() && text[used] >= '0' && text[used] <= '9')
        ++used;
    }
  }
  return hour * 3600 + minute * 60 + second;
}

}  // namespace

Date add_days(Date date, int days) { return Date{std::chrono::sys_days{date} + std::chrono::days{days}}; }

int days_between(Date from, Date to) {
  return static_cast<int>((std::chrono::sys_days{to} - std::chrono::sys_days{from}).count());
}

int last_day_of_month(int year, int month) {
  using namespace std::chrono;
  return static_cast<int>(static_cast<unsigned>(year_month_day_last{
      std::chrono::year{year}, month_day_last{std::chrono::month{static_cast<unsigned>(
                                   month)}}}.day()));
}

int weekday_of(Date date) { return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{date}}.iso_encoding()); }

std::optional<Date> parse_date(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const int year = digits(iso, 0, 4), month = digits(iso, 5, 2), day = digits(iso, 8, 2);
  if (year < 1 || month < 1 || day < 1) return std::nullopt;
  const Date date = make_date(year, month, day);
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<LocalTime> parse_local_time(std::string_view iso) {
  const auto date = parse_date(iso.substr(0, 10));
  if (!date || iso.size() < 16 || iso[10] != 'T') return std::nullopt;
  size_t used = 0;
  const int seconds = time_of_day(iso.substr(11), used);
  if (seconds < 0 || 11 + used != iso.size()) return std::nullopt;
  return LocalTime{*date, seconds};
}

std::optional<Instant> parse_instant(std::string_view iso) {
  const auto date = parse_date(iso.substr(0, 10));
  if (!date) return std::nullopt;
  const Instant midnight = std::chrono::sys_days{*date};
  if (iso.size() == 10) return midnight;
  if (iso.size() < 17 || iso[10] != 'T') return std::nullopt;
  size_t used = 0;
  const int seconds = time_of_day(iso.substr(11), used);
  if (seconds < 0) return std::nullopt;
  const std::string_view zone = iso.substr(11 + used);
  int offset = 0;
  if (zone != "Z") {
    const int hours = digits(zone, 1, 2), minutes = digits(zone, 4, 2);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || hours < 0 || hours > 14 || minutes < 0 ||
        minutes > 59)
      return std::nullopt;
    offset = (hours * 60 + minutes) * 60 * (zone[0] == '-' ? -1 : 1);
  }
  return midnight + std::chrono::seconds{seconds - offset};
}

std::optional<Period> parse_period(std::string_view text) {
  const size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto start = parse_date(text.substr(0, dots)), end = parse_date(text.substr(dots + 2));
  if (!start || !end || *end < *start) return std::nullopt;
  return Period{*start, *end};
}

std::string to_iso(Date date) { return fmt::format("{:04}-{:02}-{:02}", year_of(date), month_of(date), day_of(date)); }

std::string to_iso(const LocalTime& time) {
  return fmt::format("{}T{:02}:{:02}:{:02}", to_iso(time.date), time.seconds / 3600, time.seconds / 60 % 60,
                     time.seconds % 60);
}

std::string to_iso(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  return to_iso(LocalTime{Date{day}, static_cast<int>((instant - day).count())}) + "Z";
}

}  // namespace vekha
