#include "workflow/timing.h"

#include <cstdlib>

#include "base/duration.h"
#include "base/time_zone.h"

namespace vekha::workflow {
namespace {

bool has_offset(const std::string& text) {
  const size_t clock = text.find('T');
  return clock != std::string::npos && (text.back() == 'Z' || text.find_first_of("+-", clock) != std::string::npos);
}

}  // namespace

// Limit: 5,000 years, so that no sum leaves the calendar. Parts of a second are a whole one.
std::optional<Span> parse_span(std::string_view written) {
  constexpr int64_t max_months = 60'000, max_seconds = 160'000'000'000;
  if (written.size() > 60) return std::nullopt;
  std::string text(written);
  if (const size_t point = text.find_first_of(".,"); point != std::string::npos && text.ends_with("S")) {
    if (text.find_first_not_of("0123456789", point + 1) + 1 != text.size()) return std::nullopt;
    const size_t digits = text.find_last_not_of("0123456789", point - 1) + 1;
    if (digits >= point || point - digits > 12) return std::nullopt;
    const bool rest = text.find_first_not_of("0.,", point) + 1 != text.size();
    const int64_t seconds = std::stoll(text.substr(digits, point - digits)) + (rest ? 1 : 0);
    text = text.substr(0, digits) + std::to_string(seconds) + "S";
  }
  const auto one = [](std::string_view part) -> std::optional<Span> {
    const std::optional<Value> duration = parse_duration(part);
    if (!duration) return std::nullopt;
    Span span;
    if (const auto* months = duration->get_if<MonthsDuration>())
      span.months = months->months;
    else
      span.seconds = duration->get_if<SecondsDuration>()->seconds;
    const bool fits = std::abs(span.months) <= max_months && std::abs(span.seconds) <= max_seconds;
    return fits ? std::optional(span) : std::nullopt;
  };
  if (const auto span = one(text)) return span;
  // Behind the years and months of the day part stands the rest.
  const size_t cut = text.substr(0, text.find('T')).find_last_of("YM");
  if (cut == std::string::npos) return std::nullopt;
  const auto first = one(text.substr(0, cut + 1));
  const bool negative = text.starts_with("-");
  const auto rest = one((negative ? "-P" : "P") + text.substr(cut + 1));
  if (!first || !rest) return std::nullopt;
  return Span{first->months, rest->seconds};
}

Instant plus(Instant from, const Span& span) {
  const auto day = std::chrono::floor<std::chrono::days>(from);
  Date date = Date{day} + std::chrono::months{span.months};
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return std::chrono::sys_days{date} + (from - day) + std::chrono::seconds{span.seconds};
}

std::optional<Cycle> parse_cycle(std::string_view text) {
  const size_t slash = text.find('/');
  if (!text.starts_with("R") || slash == std::string_view::npos) return std::nullopt;
  Cycle cycle;
  if (slash > 1) {
    cycle.repeats = 0;
    for (const char digit : text.substr(1, slash - 1)) {
      if (digit < '0' || digit > '9' || cycle.repeats > 1'000'000) return std::nullopt;
      cycle.repeats = cycle.repeats * 10 + (digit - '0');
    }
  }
  cycle.every = text.substr(slash + 1);
  if (const size_t second = cycle.every.find('/'); second != std::string::npos) {
    cycle.start = cycle.every.substr(0, second);
    cycle.every.erase(0, second + 1);
  }
  const std::optional<Span> every = parse_span(cycle.every);
  if (!every || every->months < 0 || every->seconds < 0 || every->months + every->seconds == 0) return std::nullopt;
  return cycle;
}

std::optional<Instant> parse_due(const std::string& text, const std::string& zone) {
  if (has_offset(text))
    if (const auto instant = parse_instant(text)) return *instant;
  const std::optional<Date> date = parse_date(text);
  const std::optional<LocalTime> time = date ? LocalTime{*date, 0} : parse_local_time(text);
  if (!time) return std::nullopt;
  return to_instant(*time, zone);
}

}  // namespace vekha::workflow
