#include <doctest/doctest.h>

#include "base/date.h"
#include "base/duration.h"
#include "base/time_zone.h"

using namespace vekha;

TEST_CASE("a date is read only when it is a real day written as ISO") {
  CHECK(parse_date("2022-12-09") == make_date(2022, 12, 9));
  CHECK(parse_date("2024-02-29").has_value());
  CHECK_FALSE(parse_date("2023-02-29"));
  CHECK_FALSE(parse_date("2022-12-9"));
  CHECK_FALSE(parse_date("09.12.2022"));
}

TEST_CASE("an instant is read with Z or an offset and written in UTC") {
  CHECK(to_iso(*parse_instant("2022-12-05T14:32:00+03:00")) == "2022-12-05T11:32:00Z");
  CHECK(to_iso(*parse_instant("2022-12-05T14:32Z")) == "2022-12-05T14:32:00Z");
  CHECK(to_iso(*parse_instant("2022-12-05")) == "2022-12-05T00:00:00Z");
  CHECK_FALSE(parse_instant("2022-12-05T14:32"));
}

TEST_CASE("a period has its start before its end") {
  CHECK(parse_period("2020-01-01..2022-12-31") == Period{make_date(2020, 1, 1), make_date(2022, 12, 31)});
  CHECK_FALSE(parse_period("2022-01-01..2020-12-31"));
}

TEST_CASE("local time follows the zone of the organisation") {
  const Instant at = *parse_instant("2022-12-05T22:30:00Z");
  CHECK(to_iso(to_local(at, "Europe/Moscow")) == "2022-12-06T01:30:00");
  CHECK(to_iso(to_local(at, "Asia/Yekaterinburg")) == "2022-12-06T03:30:00");
  CHECK(to_instant(to_local(at, "Asia/Yekaterinburg"), "Asia/Yekaterinburg") == at);
}

TEST_CASE("durations keep months apart from seconds") {
  CHECK(parse_duration("P1Y2M") == Value(MonthsDuration{14}));
  CHECK(parse_duration("P3DT4H") == Value(SecondsDuration{3 * 86400 + 4 * 3600}));
  CHECK_FALSE(parse_duration("P1MT5M"));
  CHECK_FALSE(parse_duration("P"));
  CHECK(to_iso(Value(SecondsDuration{90061})) == "P1DT1H1M1S");
}
