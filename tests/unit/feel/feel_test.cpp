#include <doctest/doctest.h>

#include "evaluate.h"

using namespace vekha;

namespace {
std::string fault_of(std::string_view text) {
  const feel::Compiled compiled = feel::compile(text);
  if (!compiled.fault) return "none";
  return std::to_string(compiled.fault->line) + ":" + std::to_string(compiled.fault->column) + " " +
         compiled.fault->message;
}

std::string why_null(std::string_view text, const Map& names = {}) {
  const feel::Compiled compiled = feel::compile(text);
  REQUIRE(compiled.expression);
  const feel::Result result = compiled.expression->evaluate(feel::MapScope(names), {});
  CHECK(result.value.is_null());
  return result.fault ? result.fault->message : "";
}
}  // namespace

TEST_CASE("literals are numbers, texts, truth, null, lists and contexts") {
  CHECK(value_of("12.50") == "12.5");
  CHECK(value_of(".5") == "0.5");
  CHECK(value_of("\"план \\\"А\\\"\"") == R"("план \"А\"")");
  CHECK(value_of("[1, true, null]") == "[1,true,null]");
  CHECK(value_of("{ a: 1, \"б в\": a + 1 }") == R"({"a":1,"б в":2})");
  CHECK(value_of("@\"2023-03-25\"") == "\"2023-03-25\"");
}

TEST_CASE("arithmetic follows the usual precedence and is exact") {
  CHECK(value_of("1 + 2 * 3 - 4 / 2") == "5");
  CHECK(value_of("(1 + 2) * 3") == "9");
  CHECK(value_of("2 ** 3 ** 1") == "8");
  CHECK(value_of("-2 ** 2") == "4");
  CHECK(value_of("0.1 + 0.2 = 0.3") == "true");
  CHECK(value_of("\"a\" + \"б\"") == "\"aб\"");
}

TEST_CASE("names may hold blanks and Cyrillic letters") {
  const Map names{{"дата приказа", "2022-12-09"}, {"item", Map{{"title", "Семинар"}}}, {"x 1", 7}};
  CHECK(value_of("дата   приказа", names) == "\"2022-12-09\"");
  CHECK(value_of("item.title", names) == "\"Семинар\"");
  CHECK(value_of("x 1 + 1", names) == "8");
}

TEST_CASE("a known name with an operator in it is read as one name") {
  const auto compiled = feel::compile("план-график + 1", {"план-график"});
  REQUIRE(compiled.expression);
  CHECK(compiled.expression->names() == std::vector<std::string>{"план-график"});
  const Map names{{"план-график", 2}};
  CHECK(compiled.expression->evaluate(feel::MapScope(names), {}).value == Value(3));
}

TEST_CASE("and, or and not know three values") {
  CHECK(value_of("true and null") == "null");
  CHECK(value_of("false and null") == "false");
  CHECK(value_of("true or null") == "true");
  CHECK(value_of("false or null") == "null");
  CHECK(value_of("not(null)") == "null");
  CHECK(value_of("not(1 = 2)") == "true");
}

TEST_CASE("comparison of different kinds is null, with null it is not") {
  CHECK(value_of("1 = \"1\"") == "null");
  CHECK(value_of("1 = null") == "false");
  CHECK(value_of("null = null") == "true");
  CHECK(value_of("1 != 2") == "true");
  CHECK(value_of("\"а\" < \"б\"") == "true");
  CHECK(value_of("1 < \"2\"") == "null");
}

TEST_CASE("in and between take ranges, lists and tests") {
  CHECK(value_of("5 in [1..5]") == "true");
  CHECK(value_of("5 in [1..5)") == "false");
  CHECK(value_of("5 in [1..5[") == "false");
  CHECK(value_of("1 in (1..5]") == "false");
  CHECK(value_of("1 in ]1..5]") == "false");
  CHECK(value_of("3 in (1, 2, 3)") == "true");
  CHECK(value_of("3 in [1, 2]") == "false");
  CHECK(value_of("3 in (> 5, < 4)") == "true");
  CHECK(value_of("3 in >= 3") == "true");
  CHECK(value_of("\"а\" in list", {{"list", List{"а", "б"}}}) == "true");
  CHECK(value_of("2 between 1 and 3 and true") == "true");
}

TEST_CASE("if, for, some and every work over lists and ranges") {
  CHECK(value_of("if 1 > 2 then \"да\" else \"нет\"") == "\"нет\"");
  CHECK(value_of("if null then 1 else 2") == "2");
  CHECK(value_of("for x in [1, 2], y in [10, 20] return x + y") == "[11,21,12,22]");
  CHECK(value_of("for i in 3..1 return i * i") == "[9,4,1]");
  CHECK(value_of("for i in 1..5 return if i <= 2 then 1 else partial[-1] + partial[-2]") == "[1,1,2,3,5]");
  CHECK(value_of("some x in [1, 5] satisfies x > 4") == "true");
  CHECK(value_of("every x in [] satisfies false") == "true");
}

TEST_CASE("a filter keeps what fits and finds by index") {
  const Map names{{"items", List{Map{{"n", 1}, {"who", "а"}}, Map{{"n", 2}, {"who", "б"}}}}};
  CHECK(value_of("items[n > 1].who", names) == "[\"б\"]");
  CHECK(value_of("items[item.n = 1][1].who", names) == "\"а\"");
  CHECK(value_of("items[-1].n", names) == "2");
  CHECK(value_of("items[3]", names) == "null");
  CHECK(value_of("count(items[n = 7])", names) == "0");
}

TEST_CASE("dates, times and durations are added and compared") {
  CHECK(value_of("date(\"2023-01-31\") + duration(\"P1M\")") == "\"2023-02-28\"");
  CHECK(value_of("date(\"2023-03-01\") - duration(\"P1D\")") == "\"2023-02-28\"");
  CHECK(value_of("date(\"2023-03-25\") - date(\"2023-03-20\")") == "\"P5D\"");
  CHECK(value_of("date and time(\"2023-03-25T10:00:00\") + duration(\"PT90M\")") == "\"2023-03-25T11:30:00\"");
  CHECK(value_of("duration(\"PT1H\") * 36") == "\"P1DT12H\"");
  CHECK(value_of("duration(\"P1Y\") / duration(\"P6M\")") == "2");
  CHECK(value_of("date(\"2023-03-25\").month") == "3");
  CHECK(value_of("today() = date(2023, 3, 25) and now().hour = 9") == "true");
}

TEST_CASE("a text that spells a date is compared and counted with as one") {
  const Map names{{"due", "2023-03-20"}};
  CHECK(value_of("due < today()", names) == "true");
  CHECK(value_of("due + duration(\"P7D\")", names) == "\"2023-03-27\"");
  CHECK(value_of("due.year", names) == "2023");
  CHECK(value_of("\"2023\" + \"-03\"") == "\"2023-03\"");
}

TEST_CASE("instance of tells kinds apart") {
  CHECK(value_of("1 instance of number") == "true");
  CHECK(value_of("\"1\" instance of number") == "false");
  CHECK(value_of("[1] instance of list<number>") == "true");
  CHECK(value_of("today() instance of date") == "true");
}

TEST_CASE("expressions of older modelers are accepted") {
  const Map names{{"a", 1}, {"b", false}};
  CHECK(value_of("${a == 1 && !b}", names) == "true");
  CHECK(value_of("${a == 2 || b}", names) == "false");
  CHECK(value_of("${outcome == 'return'}", {{"outcome", "return"}}) == "true");
  CHECK(value_of("= a + 1", names) == "2");
}

TEST_CASE("a fault in an expression is told with its place") {
  CHECK(fault_of("1 +") == "1:4 Здесь ожидается значение, а выражение кончилось.");
  CHECK(fault_of("a = 1 b") == "1:7 Здесь ожидается конец выражения, а стоит «b».");
  CHECK(fault_of("(1\n + 2") == "2:5 Здесь ожидается «)», а выражение кончилось.");
  CHECK(fault_of("\"открыт") == "1:1 Текст в кавычках не закрыт: допишите кавычку.");
  CHECK(fault_of("cuont(list)") == "1:1 Функция «cuont» не известна; может быть, «count»?");
  CHECK(fault_of("substring(\"а\")") == "1:1 Функции «substring» не хватает аргументов: дано 1, нужно не меньше 2.");
  CHECK(fault_of("{ a: 1, a: 2 }") == "1:9 Ключ «a» стоит дважды.");
  CHECK(fault_of("a # b") == "1:3 Знак «#» здесь не понятен.");
  CHECK(fault_of("") == "1:1 Выражение пустое.");
  CHECK(fault_of("if a then b") == "1:12 Здесь ожидается слово «else», а выражение кончилось.");
  CHECK(fault_of("@\"вчера\"") == "1:1 «вчера» – не дата, не время и не длительность.");
}

TEST_CASE("why a value is null is said") {
  CHECK(why_null("сумма + 1") == "Имя «сумма» здесь не известно.");
  CHECK(why_null("1 + \"а\"") == "Действие «+» не подходит для значений (число, текст).");
  CHECK(why_null("1 / 0") == "Деление на ноль.");
  CHECK(why_null("a.b", {{"a", Map{}}}) == "В контексте нет ключа «b».");
}

TEST_CASE("no expression takes unbounded time, memory or depth") {
  CHECK(fault_of(std::string(300, '(') + "1" + std::string(300, ')')).find("Выражение вложено глубже 200 уровней.") !=
        std::string::npos);
  std::string chain = "1";
  for (int i = 0; i < 20000; ++i)
    chain += "+1";
  CHECK(fault_of(chain).find("Выражение слишком длинное: разбейте его на части.") != std::string::npos);
  CHECK(fault_of(std::string(70000, ' ')) == "1:1 Выражение длиннее 64 килобайт.");
  CHECK(why_null("for i in 1..100000000 return i") == "Выражение вычисляется слишком долго и остановлено.");
  CHECK(why_null("for i in 1..60 return partial") == "Выражение вычисляется слишком долго и остановлено.");
  CHECK(why_null("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+$\")") ==
        "Выражение вычисляется слишком долго и остановлено.");
}

TEST_CASE("an expression knows which names it reads") {
  const auto compiled = feel::compile("for x in список return x + шаг.длина + (if план then 1 else 2)");
  REQUIRE(compiled.expression);
  CHECK(compiled.expression->names() == std::vector<std::string>{"список", "шаг", "план"});
  CHECK(feel::compile("{ n: n + 1, m: n }").expression->context_keys() == std::vector<std::string>{"n", "m"});
}
