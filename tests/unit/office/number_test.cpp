#include <doctest/doctest.h>

#include "office/number.h"

using namespace vekha::office;

namespace {

Register rule(const char* format, int first = 1) {
  Register orders;
  orders.number_format = format;
  orders.first_number = first;
  return orders;
}

}  // namespace

TEST_CASE("a number is written by the rule of the register") {
  CHECK(format_number(rule("{n}"), 18) == "18");
  CHECK(format_number(rule("01-05/{n}"), 18) == "01-05/18");
  CHECK(format_number(rule("{n}-ОД"), 18) == "18-ОД");
}

TEST_CASE("the running number is read back") {
  CHECK(number_of(rule("{n}"), "18") == 18);
  CHECK(number_of(rule("{n}"), " № 18 ") == 18);
  CHECK(number_of(rule("01-05/{n}"), "01-05/18") == 18);
  CHECK(number_of(rule("01-05/{n}"), "01–05 / 18") == 18);
  CHECK(number_of(rule("{n}-ОД"), "18-од") == 18);
}

TEST_CASE("a number with a letter keeps its letter") {
  CHECK(read_number(rule("{n}"), "14-а") == RunningNumber{14, "а"});
  CHECK(read_number(rule("{n}"), "14А") == RunningNumber{14, "а"});
  CHECK(read_number(rule("{n}"), "14/а") == RunningNumber{14, "а"});
  CHECK(read_number(rule("{n}-ОД"), "14-а-ОД") == RunningNumber{14, "а"});
  CHECK(read_number(rule("{n}-ОД"), "14-ОД-а") == RunningNumber{14, "а"});
  CHECK(read_number(rule("01-05/{n}"), "01-05/14-б") == RunningNumber{14, "б"});
  CHECK(number_of(rule("{n}"), "14-а") == 14);
}

TEST_CASE("a number that does not follow the rule is not read") {
  for (const char* text : {"", "ОД", "18-ОД", "01-05/18", "0", "1234567890", "18-", "18 а б", "-18", "б/н"})
    CHECK_MESSAGE(!number_of(rule("{n}"), text), text);
  CHECK(!number_of(rule("01-05/{n}"), "01-06/18"));
  CHECK(!number_of(rule("{n}-ОД"), "18"));
  CHECK(!number_of(rule("без места"), "18"));
}

TEST_CASE("the next number follows the highest one, foreign numbers aside") {
  CHECK(next_number(rule("{n}", 58), {}) == 58);
  CHECK(next_number(rule("{n}", 58), {"58", "61", "60-а", "01-05/99"}) == 62);
  CHECK(next_number(rule("{n}", 58), {"3"}) == 58);
}

TEST_CASE("gaps are told from the first number of the register on") {
  CHECK(missing_numbers(rule("{n}", 58), {"58", "61", "60-а"}) == std::vector<NumberSpan>{{59, 60}});
  CHECK(missing_numbers(rule("{n}"), {"3", "1000000"}) == std::vector<NumberSpan>{{1, 2}, {4, 999'999}});
  CHECK(missing_numbers(rule("{n}"), {}).empty());
  CHECK(missing_numbers(rule("{n}"), {"1", "2", "2"}).empty());
}

TEST_CASE("a number given twice is told, its letter makes it another one") {
  CHECK(repeated_numbers(rule("{n}"), {"18", "№ 18", "18-а", "18-А", "б/н", "Б/Н", "19"}) ==
        std::vector<std::string>{"№ 18", "18-А", "Б/Н"});
  CHECK(repeated_numbers(rule("{n}"), {"1", "2"}).empty());
}
