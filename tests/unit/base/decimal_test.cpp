#include <doctest/doctest.h>

#include "base/decimal.h"

using vekha::Decimal;

namespace {
Decimal number(const char* text) { return *Decimal::parse(text); }
}  // namespace

TEST_CASE("decimal arithmetic is exact where binary is not") {
  CHECK((number("0.1") + number("0.2")).to_text() == "0.3");
  CHECK((number("1.10") * number("3")).to_text() == "3.3");
  CHECK((number("5") - number("7.25")).to_text() == "-2.25");
}

TEST_CASE("division is rounded half to even at 34 digits") {
  CHECK(Decimal::divide(number("1"), number("3"))->to_text() == "0.3333333333333333333333333333333333");
  CHECK(Decimal::divide(number("2"), number("3"))->to_text() == "0.6666666666666666666666666666666667");
  CHECK(Decimal::divide(number("11"), number("14"))->rounded(3).to_text() == "0.786");
  CHECK_FALSE(Decimal::divide(number("1"), number("0")));
}

TEST_CASE("decimals compare by size, not by spelling") {
  CHECK(number("2.50") == number("2.5"));
  CHECK(number("1e3") == number("1000"));
  CHECK(number("-3") < number("-2.999"));
  CHECK(number("10") > number("9.99"));
}

TEST_CASE("floor goes down, rounding goes to the even neighbour") {
  CHECK(number("-1.5").floor() == number("-2"));
  CHECK(number("2.5").rounded(0) == number("2"));
  CHECK(number("3.5").rounded(0) == number("4"));
  CHECK(number("-0.05").rounded(1) == number("0"));
}

TEST_CASE("what is no number is not read as one") {
  for (const char* text : {"", "-", ".", "1,5", "1e", "12a", "--1"})
    CHECK_FALSE(Decimal::parse(text));
}
