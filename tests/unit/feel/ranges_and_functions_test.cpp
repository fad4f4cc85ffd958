// Ranges and functions as values, kinds of values, how points and ranges lie to each other.
#include <doctest/doctest.h>

#include "evaluate.h"

using namespace vekha;

namespace {

std::string fault_of(std::string_view text) {
  const feel::Compiled compiled = feel::compile(text);
  const feel::Result result = compiled.expression->evaluate(feel::MapScope({}), {});
  return result.fault ? result.fault->message : "";
}

}  // namespace

TEST_CASE("a range is a value: kept, compared, asked for its ends, gone through") {
  CHECK(value_of("[1..5]") == R"({"start":1,"end":5,"start included":true,"end included":true})");
  CHECK(value_of("{ r: (1..5], x: r.start, y: r.start included, z: r.end included }.z") == "true");
  CHECK(value_of("{ r: (1..5], a: 1 in r, b: 5 in r, c: [a, b] }.c") == "[false,true]");
  CHECK(value_of("{ r: [1..3], all: for i in r return i * 2 }.all") == "[2,4,6]");
  CHECK(value_of("[1..5] = [1..5] and [1..5] != [1..5)") == "true");
  CHECK(value_of("3 in [[1..2], [3..4]]") == "true");
  CHECK(value_of("date(\"2023-01-05\") in [date(\"2023-01-01\")..date(\"2023-01-10\")]") == "true");
  CHECK(value_of("\"к\" in [\"а\"..\"я\"]") == "true");
  CHECK(value_of("5 in r", {{"r", Map{{"start", 1}, {"end", 5}, {"start included", true}, {"end included", true}}}}) ==
        "true");
}

TEST_CASE("functions of ranges, with points and with ranges") {
  CHECK(value_of("[before(1, 10), before(10, 1), before(1, [1..10]), before(1, (1..10]), before([1..10], 15)]") ==
        "[true,false,false,true,true]");
  CHECK(value_of(
            "[before([1..10), [10..20]), before([1..10], [10..20]), after([11..20], [1..10]), after(12, [1..10])]") ==
        "[true,false,true,true]");
  CHECK(value_of("[meets([1..5], [5..10]), meets([1..5), [5..10]), met by([5..10], [1..5])]") == "[true,false,true]");
  CHECK(value_of("[overlaps([1..5], [3..8]), overlaps([1..5], [5..8]), overlaps([1..5), [5..8]), overlaps([1..5], "
                 "[6..8])]") == "[true,true,false,false]");
  CHECK(value_of("[overlaps before([1..5], [3..8]), overlaps before([1..5], [6..8]), overlaps before([1..5], [5..8]), "
                 "overlaps before([1..5], [1..5])]") == "[true,false,true,false]");
  CHECK(value_of("[overlaps after([3..8], [1..5]), overlaps after([6..8], [1..5])]") == "[true,false]");
  CHECK(value_of(
            "[finishes(10, [1..10]), finishes(10, [1..10)), finishes([5..10], [1..10]), finished by([1..10], 10)]") ==
        "[true,false,true,true]");
  CHECK(value_of("[includes([1..10], 5), includes([1..10], 12), includes([1..10], [4..6]), includes((1..10], 1)]") ==
        "[true,false,true,false]");
  CHECK(value_of("[during(5, [1..10]), during([4..6], [1..10]), during([0..6], [1..10])]") == "[true,true,false]");
  CHECK(value_of("[starts(1, [1..10]), starts([1..5], [1..10]), starts((1..5], [1..10]), started by([1..10], 1)]") ==
        "[true,true,false,true]");
  CHECK(value_of("[coincides(5, 5), coincides([1..5], [1..5]), coincides([1..5], [1..5))]") == "[true,true,false]");
  CHECK(value_of("before(1, \"а\")") == "null");
}

TEST_CASE("functions can be named, called by position or by name, passed on, and call themselves") {
  CHECK(value_of("{ twice: function(x: number) x * 2, r: twice(21) }.r") == "42");
  CHECK(value_of("{ minus: function(a, b) a - b, r: minus(b: 1, a: 5) }.r") == "4");
  CHECK(value_of("{ fact: function(n) if n < 2 then 1 else n * fact(n - 1), r: fact(5) }.r") == "120");
  CHECK(value_of("{ k: 10, add: function(x) x + k, r: for i in [1, 2] return add(i) }.r") == "[11,12]");
  CHECK(value_of("{ tools: { inc: function(x) x + 1 }, r: tools.inc(1) }.r") == "2");
  CHECK(value_of("(function(x) x + 1)(4)") == "5");
  CHECK(value_of("{ down: function(a, b) a > b, r: sort([1, 3, 2], down) }.r") == "[3,2,1]");
  CHECK(value_of("{ adder: function(k) function(x) x + k, r: adder(3)(4) }.r") == "7");
}

TEST_CASE("a function does not leave its expression, and cannot run away") {
  CHECK(value_of("{ f: function(x) x, n: 1 }") == R"({"f":null,"n":1})");
  CHECK(value_of("function(x) x") == "null");
  CHECK(value_of("{ f: function(n) f(n + 1), r: f(1) }") == "null");
  CHECK(fault_of("{ f: function(n) f(n + 1), r: f(1) }") == "Выражение вычисляется слишком долго и остановлено.");
  CHECK(fault_of("{ f: function(n) n, r: f(1, 2) }.r") == "Функция берёт аргументов: 1, а дано 2.");
  CHECK(fault_of("{ f: function(n) n, r: f(m: 1) }.r") == "У функции нет аргумента «m».");
  CHECK(fault_of("{ f: 5, r: f(1) }.r") == "Здесь вызывается то, что не функция.");
  CHECK(value_of("нет(1)") == "fault: Функция «нет» не известна.");
}

TEST_CASE("kinds of values can be asked for, those of elements too") {
  CHECK(value_of("[1 instance of number, \"a\" instance of string, true instance of boolean, null instance of Any]") ==
        "[true,true,true,false]");
  CHECK(value_of("[[1, 2] instance of list<number>, [1, \"a\"] instance of list<number>, [1] instance of list]") ==
        "[true,false,true]");
  CHECK(value_of("[[1..2] instance of range<number>, {a: 1} instance of context<a: number>, "
                 "(function(x) x) instance of function<Any>->Any]") == "[true,true,true]");
  CHECK(value_of("[@\"P1D\" instance of days and time duration, @\"P1Y\" instance of years and months duration, "
                 "@\"2023-01-01\" instance of date, @\"2023-01-01T10:00:00\" instance of date and time]") ==
        "[true,true,true,true]");
}

TEST_CASE("times and durations are counted with") {
  CHECK(value_of("@\"2023-01-31\" + @\"P1M\"") == "\"2023-02-28\"");
  CHECK(value_of("@\"2023-03-01\" - @\"2023-02-01\"") == "\"P28D\"");
  CHECK(value_of("@\"2023-01-01T10:00:00\" + @\"PT90M\"") == "\"2023-01-01T11:30:00\"");
  CHECK(value_of("@\"10:00:00\" - @\"PT30M\"") == "\"09:30:00\"");
  CHECK(value_of("@\"P1D\" * 3 + @\"PT12H\"") == "\"P3DT12H\"");
  CHECK(value_of("@\"P1Y\" / @\"P6M\"") == "2");
  CHECK(value_of("-@\"P1D\" = @\"-P1D\"") == "true");
  CHECK(value_of("years and months duration(@\"2022-12-22\", @\"2023-03-25\")") == "\"P3M\"");
  CHECK(value_of("@\"P1DT5H\".hours") == "5");
}

TEST_CASE("a context within a context is changed by the way to it") {
  CHECK(value_of("context put({a: 1}, \"b\", 2)") == R"({"a":1,"b":2})");
  CHECK(value_of("context put({a: {b: 1}}, [\"a\", \"c\"], 2)") == R"({"a":{"b":1,"c":2}})");
  CHECK(value_of("context put({}, [\"a\", \"b\"], 2)") == R"({"a":{"b":2}})");
}

TEST_CASE("a fault tells its line and column") {
  const feel::Compiled compiled = feel::compile("{\n  a: 1,\n  b: a +\n}");
  REQUIRE(compiled.fault);
  CHECK(compiled.fault->line == 4);
  CHECK(compiled.fault->column == 1);
  CHECK(compiled.fault->message == "Здесь ожидается значение, а стоит «}».");
}

TEST_CASE("the tests of a cell are compiled for the value «?»") {
  const auto fits = [](std::string_view text, Value value) {
    const feel::Compiled compiled = feel::compile_tests(text);
    if (compiled.fault) return "fault: " + compiled.fault->message;
    const Map names{{"?", std::move(value)}, {"limit", 5}};
    return to_json(compiled.expression->evaluate(feel::MapScope(names), {}).value);
  };
  CHECK(fits("< 18", 17) == "true");
  CHECK(fits("< limit", 7) == "false");
  CHECK(fits("[1..3], 7", 7) == "true");
  CHECK(fits("not([1..3], 7)", 7) == "false");
  CHECK(fits("\"а\", \"б\"", "б") == "true");
  CHECK(fits("? > 3 and ? < 9", 7) == "true");
  CHECK(fits("true", true) == "true");
  CHECK(fits("false", true) == "false");
  CHECK(fits("null", Value()) == "true");
  CHECK(fits("1,", 1) == "fault: Здесь ожидается значение, а выражение кончилось.");
  CHECK(fits("", 1) == "fault: Проверка пустая.");
  CHECK(feel::is_any_test(" - "));
}
