#include "templating/scope.h"

#include <doctest/doctest.h>

#include "base/json.h"

using namespace vekha;
using namespace vekha::templating;

namespace {

Expression expression(const std::string& inside) {
  std::vector<Fault> faults;
  Tag tag = parse_tag(inside, "{{" + inside + "}}", faults);
  REQUIRE(faults.empty());
  return tag.expression;
}

std::string said(const Diagnostic& diagnostic) { return diagnostic.message + " " + diagnostic.hint; }

}  // namespace

TEST_CASE("the first part of a name is looked for inside out, the others only below it") {
  const Value data = parse_json(R"({"a":{"b":1},"x":"outer","inner":{"a":{"c":2},"x":"inner"}})");
  Scope scope(data);
  scope.push(data.at("inner"));
  Value storage;
  CHECK(scope.find(expression("x").name, storage)->text() == "inner");
  CHECK(scope.find(expression("a.c").name, storage)->integer() == 2);
  CHECK(scope.find(expression("a.b").name, storage) == nullptr);
  scope.pop();
  CHECK(scope.find(expression("a.b").name, storage)->integer() == 1);
}

TEST_CASE("null is known, and so is everything below it") {
  const Value data = parse_json(R"({"a":null})");
  const Scope scope(data);
  Value storage;
  CHECK(scope.find(expression("a").name, storage)->is_null());
  CHECK(scope.find(expression("a.b.c").name, storage)->is_null());
}

TEST_CASE("what $optional lists may be missing") {
  const Value data = parse_json(R"({"$optional":["note","a.b"],"a":{},"list":[{}]})");
  Scope scope(data);
  scope.push(data.at("list").list()[0], 1, 1);
  Value storage;
  CHECK(scope.find(expression("note").name, storage)->is_null());
  CHECK(scope.find(expression("a.b").name, storage)->is_null());
  CHECK(scope.find(expression("a.c").name, storage) == nullptr);
}

TEST_CASE("a turn of a list knows its number and whether it is the first or the last") {
  const Value data = parse_json(R"({"list":["а","б"]})");
  Scope scope(data);
  Value storage;
  CHECK(scope.find(expression("@index").name, storage) == nullptr);
  scope.push(data.at("list").list()[1], 2, 2);
  CHECK(scope.find(expression("@index").name, storage)->integer() == 2);
  CHECK(scope.find(expression("@last").name, storage)->truth());
  CHECK_FALSE(scope.find(expression("@first").name, storage)->truth());
  CHECK(scope.find(expression(".").name, storage)->text() == "б");
  CHECK(scope.turns() == "2");
}

TEST_CASE("an unknown name comes with the nearest known one") {
  const Value data = parse_json(R"({"document":{"number":"1","date":"2022-12-09"},"$optional":[]})");
  const Scope scope(data);
  CHECK(said(scope.unknown(expression("documet.date").name)) ==
        "Имени «documet.date» нет в данных. Может быть, «document»?");
  CHECK(said(scope.unknown(expression("document.dat").name)) ==
        "Имени «document.dat» нет в данных. Может быть, «document.date»?");
  CHECK(said(scope.unknown(expression("совсем_другое").name)) ==
        "Имени «совсем_другое» нет в данных. Исправьте имя в теге или добавьте поле в данные; необязательные поля "
        "перечисляются в данных под именем «$optional».");
  CHECK(said(scope.unknown(expression("@index").name)) ==
        "Имя «@index» имеет смысл только внутри повтора списка. Поставьте тег между {{#список}} и {{/список}}.");
}

TEST_CASE("a value of the wrong kind is told") {
  const Value data = parse_json(R"({"a":"завтра","n":5,"style":7,"p":{"x":1},"d":"2022-12-09"})");
  const Scope scope(data);
  const auto fault = [&](const std::string& inside) {
    std::vector<Diagnostic> faults;
    Value storage;
    const Value* value = scope.evaluate(expression(inside), storage, faults);
    if (value) to_text(*value, faults);
    REQUIRE(faults.size() == 1);
    return said(faults[0]);
  };
  CHECK(fault("a | словесно") ==
        "Форматтер «словесно» ждёт дату, а в «a» текст «завтра». Исправьте данные или форматтер.");
  CHECK(
      fault("n | инициалы") ==
      "Форматтер «инициалы» ждёт человека с полем «name» или текст, а в «n» число 5. Исправьте данные или форматтер.");
  CHECK(fault("d | дата(style)") ==
        "Аргумент «style» форматтера «дата» должен быть другим (текст): сейчас это число 7. Исправьте данные или "
        "аргумент в "
        "скобках.");
  CHECK(fault("d | дата(a)") ==
        "Вида даты «завтра» нет. Есть два вида: «digits» (09.12.2022) и «words» (9 декабря 2022 г.).");
  CHECK(fault("p") ==
        "Значение – набор полей, его нельзя напечатать одним тегом. Назовите поле через точку или поставьте "
        "форматтер, например {{signer | полностью}}.");
}

TEST_CASE("false are null, false, the empty text and the empty list, zero is not") {
  for (const char* json : {"null", "false", "\"\"", "[]"})
    CHECK_FALSE(is_true(parse_json(json)));
  for (const char* json : {"0", "true", "\"0\"", "[null]", "{}"})
    CHECK(is_true(parse_json(json)));
}

TEST_CASE("values print as a reader expects") {
  std::vector<Diagnostic> faults;
  CHECK(to_text(parse_json("1.50"), faults) == "1.5");
  CHECK(to_text(Value(make_date(2022, 12, 9)), faults) == "09.12.2022");
  CHECK(to_text(Value(LocalTime{make_date(2022, 12, 9), 52320}), faults) == "09.12.2022 14:32");
  CHECK(to_text(Value(TimeOfDay{52320}), faults) == "14:32");
  CHECK(to_text(Value(true), faults) == "да");
  CHECK(to_text(Value(), faults) == "");
  CHECK(faults.empty());
}
