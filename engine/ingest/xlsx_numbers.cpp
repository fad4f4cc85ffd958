#include "ingest/xlsx_numbers.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/date.h"
#include "base/text.h"

namespace vekha::ingest {
namespace {

struct DateParts {
  bool day = false, month = false, year = false;
  bool any() const { return day || month || year; }
};

// Which parts of a date a format code shows; minutes are no months.
DateParts parts_of(std::string_view code) {
  DateParts parts;
  bool time = false;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;  // of several sections the first is for dates
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      i = std::min(code.find(']', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == 'd' || c == 'D') {
      parts.day = true;
    } else if (c == 'm' || c == 'M') {
      parts.month = true;
    } else if (c == 'y' || c == 'Y') {
      parts.year = true;
    } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
      time = true;
    }
  }
  if (time && !parts.day && !parts.year) return {};
  return parts;
}

DateParts parts_of(int id, std::string_view code) {
  switch (id) {
    case 14:
    case 15:
    case 22: return {true, true, true};
    case 16: return {true, true, false};
    case 17: return {false, true, true};
    default: return id >= 164 || !code.empty() ? parts_of(code) : DateParts{};
  }
}

std::string shown_date(Date day, const DateParts& parts) {
  constexpr const char* months[] = {"январь", "февраль", "март",     "апрель",  "май",    "июнь",
                                    "июль",   "август",  "сентябрь", "октябрь", "ноябрь", "декабрь"};
  const char* month = months[month_of(day) - 1];
  if (parts.day && parts.year) return fmt::format("{:02}.{:02}.{:04}", day_of(day), month_of(day), year_of(day));
  if (parts.day && parts.month) return fmt::format("{:02}.{:02}", day_of(day), month_of(day));
  if (parts.month && parts.year) return fmt::format("{} {}", month, year_of(day));
  if (parts.month) return month;
  if (parts.year) return std::to_string(year_of(day));
  return std::to_string(day_of(day));
}

// The decimals that «0.00» fixes; -1 where the format fixes none.
int decimals_of(int id, std::string_view code) {
  if (id == 1) return 0;
  if (id == 2) return 2;
  const std::string_view first = code.substr(0, code.find(';'));
  if (first.empty() || first.find_first_not_of("0.#") != std::string_view::npos) return -1;
  const size_t dot = first.find('.');
  if (dot == std::string_view::npos) return first.find('0') == std::string_view::npos ? -1 : 0;
  const std::string_view behind = first.substr(dot + 1);
  return behind.find('#') == std::string_view::npos ? static_cast<int>(behind.size()) : -1;
}

}  // namespace

std::string shown_number(std::string_view value, int format_id, std::string_view format_code, DateSystem dates) {
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(number)) return std::string(value);
  if (const DateParts parts = parts_of(format_id, format_code); parts.any() && number >= 1 && number < 2'958'466) {
    const Date origin = dates == DateSystem::from_1904 ? make_date(1904, 1, 1) : make_date(1899, 12, 30);
    return shown_date(add_days(origin, static_cast<int>(number)), parts);
  }
  if (const int decimals = decimals_of(format_id, format_code); decimals >= 0 && decimals <= 10)
    return fmt::format("{:.{}f}", number, decimals);
  if (number == std::floor(number) && std::fabs(number) < 1e15) return fmt::format("{:.0f}", number);
  return fmt::format("{:.15g}", number);
}

}  // namespace vekha::ingest
