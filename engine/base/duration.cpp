#include "base/duration.h"

#include <fmt/format.h>

namespace vekha {

std::optional<Value> parse_duration(std::string_view iso) {
  size_t at = 0;
  const bool negative = !iso.empty() && iso[0] == '-';
  if (negative) ++at;
  if (at >= iso.size() || iso[at] != 'P') return std::nullopt;
  ++at;
  int64_t months = 0, seconds = 0;
  bool time_part = false, any = false, has_months = false, has_seconds = false;
  while (at < iso.size()) {
    if (iso[at] == 'T' && !time_part) {
      time_part = true;
      ++at;
      continue;
    }
    int64_t number = 0;
    const size_t first = at;
    for (; at < iso.size() && iso[at] >= '0' && iso[at] <= '9'; ++at) {
      number = number * 10 + (iso[at] - '0');
      if (number > 1'000'000'000'000) return std::nullopt;
    }
    if (at == first || at >= iso.size()) return std::nullopt;
    const char unit = iso[at++];
    any = true;
    if (!time_part && unit == 'Y')
      months += number * 12, has_months = true;
    else if (!time_part && unit == 'M')
      months += number, has_months = true;
    else if (!time_part && unit == 'W')
      seconds += number * 7 * 86400, has_seconds = true;
    else if (!time_part && unit == 'D')
      seconds += number * 86400, has_seconds = true;
    else if (time_part && unit == 'H')
      seconds += number * 3600, has_seconds = true;
    else if (time_part && unit == 'M')
      seconds += number * 60, has_seconds = true;
    else if (time_part && unit == 'S')
      seconds += number, has_seconds = true;
    else
      return std::nullopt;
  }
  if (!any || iso.back() == 'T' || (has_months && has_seconds)) return std::nullopt;
  if (has_months) return Value(MonthsDuration{negative ? -months : months});
  return Value(SecondsDuration{negative ? -seconds : seconds});
}

namespace {

std::string to_iso_seconds(int64_t seconds) {
  if (seconds == 0) return "PT0S";
  std::string text = seconds < 0 ? "-P" : "P";
  const int64_t left = seconds < 0 ? -seconds : seconds;
  if (left >= 86400) text += fmt::format("{}D", left / 86400);
  if (left % 86400) {
    text += "T";
    if (left % 86400 >= 3600) text += fmt::format("{}H", left % 86400 / 3600);
    if (left % 3600 >= 60) text += fmt::format("{}M", left % 3600 / 60);
    if (left % 60) text += fmt::format("{}S", left % 60);
  }
  return text;
}

std::string to_iso_months(int64_t months) {
  if (months == 0) return "P0M";
  std::string text = months < 0 ? "-P" : "P";
  const int64_t left = months < 0 ? -months : months;
  if (left >= 12) text += fmt::format("{}Y", left / 12);
  if (left % 12) text += fmt::format("{}M", left % 12);
  return text;
}

}  // namespace

std::string to_iso(const Value& value) {
  if (const Date* date = value.get_if<Date>()) return to_iso(*date);
  if (const LocalTime* time = value.get_if<LocalTime>()) return to_iso(*time);
  if (const TimeOfDay* time = value.get_if<TimeOfDay>())
    return fmt::format("{:02}:{:02}:{:02}", time->seconds / 3600, time->seconds / 60 % 60, time->seconds % 60);
  if (const MonthsDuration* duration = value.get_if<MonthsDuration>()) return to_iso_months(duration->months);
  if (const SecondsDuration* duration = value.get_if<SecondsDuration>()) return to_iso_seconds(duration->seconds);
  return {};
}

}  // namespace vekha
