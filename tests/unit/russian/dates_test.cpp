#include <doctest/doctest.h>

#include "russian/dates.h"

using namespace vekha;
using namespace vekha::russian;

namespace {

Period span(const char* text) { return parse_period(text).value(); }

}  // namespace

TEST_CASE("a date in words does not break before the month and before the abbreviation of the year") {
  CHECK(date_in_words(make_date(2022, 12, 9)) == "9\xC2\xA0декабря 2022\xC2\xA0г.");
  CHECK(date_in_words(make_date(2023, 5, 1)) == "1\xC2\xA0мая 2023\xC2\xA0г.");
}

TEST_CASE("a date in digits has two digits for day and month") {
  CHECK(date_in_digits(make_date(2022, 12, 9)) == "09.12.2022");
  CHECK(date_in_digits(make_date(2023, 1, 31)) == "31.01.2023");
}

TEST_CASE("months decline") {
  CHECK(month_name(3) == "март");
  CHECK(month_name(5, Case::genitive) == "мая");
  CHECK(month_name(8, Case::prepositional) == "августе");
  CHECK(month_name(1, Case::instrumental) == "январём");
  CHECK(month_name(6, Case::dative) == "июню");
  CHECK(month_name(12, Case::accusative) == "декабрь");
}

TEST_CASE("a period has its shortest name") {
  CHECK(period_in_words(span("2023-01-01..2023-12-31")) == "2023 год");
  CHECK(period_in_words(span("2020-01-01..2022-12-31")) == "2020–2022 годы");
  CHECK(period_in_words(span("2023-01-01..2023-03-31")) == "январь – март 2023 года");
  CHECK(period_in_words(span("2024-02-01..2024-02-29")) == "февраль 2024 года");
  CHECK(period_in_words(span("2022-09-01..2023-05-31")) == "сентябрь 2022 года – май 2023 года");
  CHECK(period_in_words(span("2023-03-01..2023-04-15")) == "с 1\xC2\xA0марта по 15\xC2\xA0апреля 2023\xC2\xA0г.");
  CHECK(period_in_words(span("2022-12-26..2023-01-09")) ==
        "с 26\xC2\xA0декабря 2022\xC2\xA0г. по 9\xC2\xA0января 2023\xC2\xA0г.");
  CHECK(period_in_words(span("2022-12-09..2022-12-09")) == "9\xC2\xA0декабря 2022\xC2\xA0г.");
}

TEST_CASE("a title says for which period it is") {
  CHECK(period_of_title(span("2023-01-01..2023-12-31")) == "на 2023 год");
  CHECK(period_of_title(span("2020-01-01..2022-12-31")) == "на 2020–2022 годы");
  CHECK(period_of_title(span("2023-01-01..2023-03-31")) == "на январь – март 2023 года");
  CHECK(period_of_title(span("2022-12-09..2022-12-09")) == "на 9\xC2\xA0декабря 2022\xC2\xA0г.");
  CHECK(period_of_title(span("2023-03-01..2023-04-15")) == "с 1\xC2\xA0марта по 15\xC2\xA0апреля 2023\xC2\xA0г.");
}
