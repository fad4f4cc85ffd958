#include <doctest/doctest.h>

#include "evaluate.h"

using namespace vekha;

TEST_CASE("functions of texts count characters, not bytes") {
  CHECK(value_of("string length(\"план\")") == "4");
  CHECK(value_of("substring(\"дорога\", 3)") == "\"рога\"");
  CHECK(value_of("substring(\"дорога\", -3, 2)") == "\"ог\"");
  CHECK(value_of("upper case(\"приказ\")") == "\"ПРИКАЗ\"");
  CHECK(value_of("substring before(\"01-05/18\", \"/\")") == "\"01-05\"");
  CHECK(value_of("substring after(\"01-05/18\", \"/\")") == "\"18\"");
  CHECK(value_of(
            "contains(\"приказ\", \"каз\") and starts with(\"приказ\", \"при\") and ends with(\"приказ\", \"каз\")") ==
        "true");
  CHECK(value_of("string join([\"а\", \"б\"], \", \")") == "\"а, б\"");
  CHECK(value_of("split(\"а; б;в\", \";\\\\s*\")") == R"(["а","б","в"])");
  CHECK(value_of("replace(\"№ 18 и № 19\", \"№ (\\\\d+)\", \"[$1]\")") == "\"[18] и [19]\"");
  CHECK(value_of("matches(\"14-а\", \"^\\\\d+-[а-я]$\")") == "true");
  CHECK(value_of("matches(\"ПЛАН\", \"план\", \"i\")") == "true");
  CHECK(value_of("matches(\"ab\", \"^(a|ab)$\")") == "true");
}

TEST_CASE("functions of lists") {
  CHECK(value_of("count([1, 2, 3])") == "3");
  CHECK(value_of("sum([1, 2.5])") == "3.5");
  CHECK(value_of("min(3, 1, 2)") == "1");
  CHECK(value_of("max([\"а\", \"б\"])") == "\"б\"");
  CHECK(value_of("mean([1, 2])") == "1.5");
  CHECK(value_of("median([8, 2, 5, 3, 4])") == "4");
  CHECK(value_of("mode([6, 3, 9, 6, 6])") == "[6]");
  CHECK(value_of("all([true, false])") == "false");
  CHECK(value_of("any([false, true])") == "true");
  CHECK(value_of("append([1], 2, 3)") == "[1,2,3]");
  CHECK(value_of("append(null, 1)") == "[1]");
  CHECK(value_of("concatenate([1], [2, 3])") == "[1,2,3]");
  CHECK(value_of("insert before([1, 3], 2, 2)") == "[1,2,3]");
  CHECK(value_of("remove([1, 2, 3], 2)") == "[1,3]");
  CHECK(value_of("list replace([1, 2], -1, 9)") == "[1,9]");
  CHECK(value_of("reverse([1, 2])") == "[2,1]");
  CHECK(value_of("index of([1, 2, 1], 1)") == "[1,3]");
  CHECK(value_of("union([1, 2], [2, 3])") == "[1,2,3]");
  CHECK(value_of("distinct values([1, 2, 1])") == "[1,2]");
  CHECK(value_of("flatten([1, [2, [3]]])") == "[1,2,3]");
  CHECK(value_of("sublist([1, 2, 3], 2, 1)") == "[2]");
  CHECK(value_of("sublist([1, 2, 3], -2)") == "[2,3]");
  CHECK(value_of("list contains([1, null], null)") == "true");
  CHECK(value_of("sort([3, 1, 2])") == "[1,2,3]");
  CHECK(value_of("sort([3, 1, 2], function(a, b) a > b)") == "[3,2,1]");
}

TEST_CASE("functions of numbers") {
  CHECK(value_of("decimal(2.5, 0)") == "2");
  CHECK(value_of("round half up(2.5, 0)") == "3");
  CHECK(value_of("round half down(2.5, 0)") == "2");
  CHECK(value_of("round up(-1.1)") == "-2");
  CHECK(value_of("round down(-1.9)") == "-1");
  CHECK(value_of("floor(-1.5)") == "-2");
  CHECK(value_of("ceiling(1.2)") == "2");
  CHECK(value_of("abs(-3)") == "3");
  CHECK(value_of("modulo(-12, 5)") == "3");
  CHECK(value_of("sqrt(16)") == "4");
  CHECK(value_of("odd(3) and even(2)") == "true");
  CHECK(value_of("number(\"1 500,5\", \" \", \",\")") == "1500.5");
  CHECK(value_of("string(1.50)") == "\"1.5\"");
}

TEST_CASE("functions of dates") {
  CHECK(value_of("date(2023, 2, 29)") == "null");
  CHECK(value_of("date(from: \"2023-02-28\")") == "\"2023-02-28\"");
  CHECK(value_of("years and months duration(date(\"2022-12-09\"), date(\"2024-01-08\"))") == "\"P1Y\"");
  CHECK(value_of("day of week(date(\"2023-03-25\"))") == "\"Saturday\"");
  CHECK(value_of("day of year(date(\"2023-12-31\"))") == "365");
  CHECK(value_of("month of year(date(\"2023-03-25\"))") == "\"March\"");
  CHECK(value_of("week of year(date(\"2021-01-01\"))") == "53");
  CHECK(value_of("last day of month(date(\"2024-02-01\"))") == "\"2024-02-29\"");
  CHECK(value_of("time(\"10:30:00Z\")") == "\"10:30:00\"");
  CHECK(value_of("date and time(date(\"2023-03-25\"), time(\"10:30:00\"))") == "\"2023-03-25T10:30:00\"");
}

TEST_CASE("functions of contexts") {
  CHECK(value_of("get value({a: 1}, \"a\")") == "1");
  CHECK(value_of("get entries({a: 1})") == R"([{"key":"a","value":1}])");
  CHECK(value_of("context put({a: 1}, \"b\", 2)") == R"({"a":1,"b":2})");
  CHECK(value_of("context merge([{a: 1}, {a: 2, b: 3}])") == R"({"a":2,"b":3})");
  CHECK(value_of("get or else(null, 1)") == "1");
}
