#include <doctest/doctest.h>

#include "russian/numerals.h"

using namespace vekha;
using namespace vekha::russian;

TEST_CASE("numbers are spelled in words") {
  CHECK(number_in_words(0) == "ноль");
  CHECK(number_in_words(21) == "двадцать один");
  CHECK(number_in_words(19) == "девятнадцать");
  CHECK(number_in_words(340) == "триста сорок");
  CHECK(number_in_words(1001) == "одна тысяча один");
  CHECK(number_in_words(2'012'000) == "два миллиона двенадцать тысяч");
  CHECK(number_in_words(999'999'999'999) ==
        "девятьсот девяносто девять миллиардов девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч "
        "девятьсот девяносто девять");
  CHECK(number_in_words(-5) == "минус пять");
}

TEST_CASE("one and two agree with the gender of the noun") {
  CHECK(number_in_words(21, Agreement::feminine) == "двадцать одна");
  CHECK(number_in_words(2, Agreement::feminine) == "две");
  CHECK(number_in_words(12, Agreement::feminine) == "двенадцать");
  CHECK(number_in_words(1, Agreement::neuter) == "одно");
  CHECK(number_in_words(2, Agreement::neuter) == "два");
  CHECK(number_in_words(2'002, Agreement::masculine) == "две тысячи два");
}

TEST_CASE("beyond 999 billion there are no words") {
  CHECK(!number_in_words(1'000'000'000'000));
  CHECK(!number_in_words(INT64_MIN));
}

TEST_CASE("a noun agrees with the number before it") {
  const auto items = [](const char* number) { return agree(*Decimal::parse(number), "пункт", "пункта", "пунктов"); };
  for (const char* number : {"1", "21", "101", "-1"})
    CHECK_MESSAGE(items(number) == "пункт", number);
  for (const char* number : {"2", "3", "4", "22", "1.5", "0.1"})
    CHECK_MESSAGE(items(number) == "пункта", number);
  for (const char* number : {"0", "5", "10", "11", "14", "20", "25", "111", "100", "1e30"})
    CHECK_MESSAGE(items(number) == "пунктов", number);
}

TEST_CASE("behind «не менее» the noun is in the genitive") {
  const auto at_least = [](int number) { return agree_in_genitive(number, "участника", "участников"); };
  CHECK(at_least(1) == "участника");
  CHECK(at_least(21) == "участника");
  CHECK(at_least(2) == "участников");
  CHECK(at_least(39) == "участников");
  CHECK(at_least(11) == "участников");
  CHECK(agree_in_genitive(*Decimal::parse("1.5"), "участника", "участников") == "участника");
}

TEST_CASE("numbers have a decimal comma and groups of three") {
  CHECK(number_in_digits(*Decimal::parse("78.6")) == "78,6");
  CHECK(number_in_digits(0) == "0");
  CHECK(number_in_digits(123) == "123");
  CHECK(number_in_digits(1200) ==
        "1\xC2\xA0"
        "200");
  CHECK(number_in_digits(*Decimal::parse("-1234567.1234")) ==
        "-1\xC2\xA0"
        "234\xC2\xA0"
        "567,1234");
}

TEST_CASE("a percent sign stands behind a no-break space") {
  CHECK(percent(*Decimal::parse("78.6")) == "78,6\xC2\xA0%");
  CHECK(percent(100) == "100\xC2\xA0%");
}
