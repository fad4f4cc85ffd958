#include <doctest/doctest.h>

#include "base/error.h"
#include "base/json.h"

using namespace vekha;

TEST_CASE("JSON comes back as it went in, keys in their order and numbers exact") {
  const std::string text = R"({"б":1.10,"а":[true,null,"строка \"в\" кавычках\n"],"n":12345678901234567890.5})";
  CHECK(to_json(parse_json(text)) ==
        R"({"б":1.1,"а":[true,null,"строка \"в\" кавычках\n"],"n":12345678901234567890.5})");
}

TEST_CASE("a fault in JSON is told with its line and column") {
  try {
    parse_json("{\n  \"a\": 1,\n  \"b\" 2\n}", "данные.json");
    FAIL("read");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::unreadable);
    CHECK(error.message() == "Это не JSON: ошибка в строке 3, столбец 7. Проверьте кавычки, запятые и скобки.");
    CHECK(error.where() == "данные.json:3:7");
  }
}

TEST_CASE("JSON nested beyond all reason is refused, not followed") {
  CHECK_THROWS_AS(parse_json(std::string(100000, '[')), Error);
}

TEST_CASE("dates are written as ISO texts") {
  CHECK(to_json(Map{{"d", make_date(2022, 12, 9)}}, JsonStyle::indented) == "{\n  \"d\": \"2022-12-09\"\n}");
}

TEST_CASE("the members of a value that is about to go stay alive in a loop") {
  const auto made = [] { return Value(Map{{"list", List{"первый", "второй"}}}); };
  std::string all;
  for (const Value& one : made().at("list").list())
    all += one.text();
  CHECK(all == "первыйвторой");
}
