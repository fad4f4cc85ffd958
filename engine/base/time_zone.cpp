#include "base/time_zone.h"

#include <fmt/format.h>
#include <unicode/timezone.h>

#include <memory>

#include "base/error.h"

namespace vekha {
namespace {

std::unique_ptr<icu::TimeZone> find_zone(const std::string& zone) {
  std::unique_ptr<icu::TimeZone> found{icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone))};
  if (*found == icu::TimeZone::getUnknown())
    throw Error(ErrorCode::usage,
                fmt::format("Часовой пояс «{}» неизвестен. Укажите название вида Europe/Moscow.", zone));
  return found;
}

int offset_seconds(const icu::TimeZone& zone, Instant at, bool local) {
  int32_t raw = 0, daylight = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone.getOffset(static_cast<UDate>(at.time_since_epoch().count()) * 1000.0, local, raw, daylight, status);
  return (raw + daylight) / 1000;
}

}  // namespace

LocalTime to_local(Instant instant, const std::string& zone) {
  const Instant shifted = instant + std::chrono::seconds{offset_seconds(*find_zone(zone), instant, false)};
  const auto day = std::chrono::floor<std::chrono::days>(shifted);
  return {Date{day}, static_cast<int>((shifted - day).count())};
}

Instant to_instant(const LocalTime& time, const std::string& zone) {
  const Instant wall = std::chrono::sys_days{time.date} + std::chrono::seconds{time.seconds};
  return wall - std::chrono::seconds{offset_seconds(*find_zone(zone), wall, true)};
}

}  // namespace vekha
