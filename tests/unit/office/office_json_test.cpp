#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "office/office.h"

using namespace vekha;
using namespace vekha::office;

namespace {

// A right office; the tests break one thing at a time.
Value sample() {
  return parse_json(R"({
    "organization": {"name": "МКУ «Методический центр»"},
    "register": {"name": "Журнал", "case_index": "01-06", "first_number": 14, "number_format": "01-05/{n}"},
    "people": [
      {"id": "tikhaya", "name": "Тихая Алёна Олеговна", "gender": "female", "post": "методист", "phone": "2-14-36",
       "roles": ["методист"]},
      {"id": "kravets", "name": "Кравец Илья Львович", "gender": null, "post": "директор"}],
    "substitutions": [
      {"absent": "kravets", "deputy": "tikhaya", "from": "2023-07-03", "to": "2023-07-28"}],
    "mailing": ["МБОУ «СОШ № 1»"],
    "grounds": ["на основании плана"],
    "goal": "в целях развития"
  })");
}

Map& map_of(Value& value) { return *value.get_if<Map>(); }
Map& inside(Value& value, const char* key) { return *map_of(value)[key].get_if<Map>(); }
Map& record(Value& value, const char* key, size_t at) {
  return *map_of(value)[key].get_if<List>()->at(at).get_if<Map>();
}

std::string fault_of(const Value& value) {
  try {
    office_from_value(value, "office.json");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::faulty);
    CHECK(error.where() == "office.json");
    return error.message();
  }
  return {};
}

}  // namespace

TEST_CASE("a right office is read whole") {
  const Office office = office_from_value(sample());
  CHECK(office.time_zone == "Europe/Moscow");
  CHECK(office.organization.find("name")->text() == "МКУ «Методический центр»");
  CHECK(office.orders == Register{"Журнал", "01-06", 14, "01-05/{n}"});
  REQUIRE(office.people.size() == 2);
  CHECK(office.people[0] ==
        Person{"tikhaya", "Тихая Алёна Олеговна", "female", "методист", "", "2-14-36", {"методист"}});
  CHECK(office.people[1].gender.empty());
  REQUIRE(office.substitutions.size() == 1);
  CHECK(office.substitutions[0].to == make_date(2023, 7, 28));
  CHECK(office.mailing.size() == 1);
  CHECK(office.grounds.size() == 1);
  CHECK(office.goal == "в целях развития");
}

TEST_CASE("an office written and read again is the same") {
  const Office office = office_from_value(sample());
  CHECK(to_value(office_from_value(to_value(office))) == to_value(office));
}

TEST_CASE("templates get a person with null where nothing is known") {
  const Office office = office_from_value(sample());
  CHECK(to_json(to_value(office.people[1])) ==
        R"({"id":"kravets","name":"Кравец Илья Львович","gender":null,"post":"директор","organization":null,)"
        R"("phone":null})");
}

TEST_CASE("the offices of all examples are read and written back") {
  std::vector<std::filesystem::path> files;
  for (const auto& folder : std::filesystem::directory_iterator(VEKHA_SOURCE_DIR "/examples"))
    if (std::filesystem::exists(folder.path() / "office.json")) files.push_back(folder.path() / "office.json");
  std::sort(files.begin(), files.end());
  REQUIRE(!files.empty());
  for (const auto& file : files) {
    CAPTURE(file);
    const Value value = parse_json(read_file(file), file.string());
    const Office office = office_from_value(value, file.string());
    CHECK(to_value(office) == value);
    CHECK(!office.people.empty());
    for (const Person& one : office.people)
      CHECK(find_people(office, one.name) == std::vector{office.find(one.id)});
  }
}

TEST_CASE("what is no office is refused") {
  CHECK(fault_of(List{}) ==
        "Описание организации – это список, а нужен набор полей с ключами «organization», «register» и «people».");
}

TEST_CASE("missing keys are all named at once") {
  CHECK(fault_of(Map{}) ==
        "Не задан ключ «organization»: нужен набор полей.\n"
        "Не задан ключ «register»: нужен набор полей.\n"
        "Не задан ключ «people»: нужен список людей.");
}

TEST_CASE("the organisation and the register need their names") {
  Value office = sample();
  map_of(office)["organization"] = Map{{"name", " "}};
  map_of(office)["register"] = Map{};
  CHECK(fault_of(office) ==
        "Не задан ключ «name» в «organization»: впишите текст – полное название организации.\n"
        "Не задан ключ «name» в «register»: впишите текст – название журнала регистрации.");
}

TEST_CASE("an unknown key is named with the one probably meant") {
  Value office = sample();
  map_of(office)["poeple"] = List{};
  record(office, "people", 1)["прозвище"] = "Ил";
  CHECK(fault_of(office) ==
        "Ключ «poeple» не известен: исправьте его (может быть, «people»?) или уберите.\n"
        "Ключ «прозвище» в записи 2 списка «people» не известен: исправьте его или уберите.");
}

TEST_CASE("a value of the wrong kind is named with what it should be") {
  Value office = sample();
  map_of(office)["organization"] = "МКУ";
  map_of(office)["mailing"] = "СОШ";
  map_of(office)["goal"] = 5;
  CHECK(fault_of(office) ==
        "Ключ «organization» – это текст, а нужен набор полей.\n"
        "Ключ «mailing» – это текст, а нужен список организаций для рассылки.\n"
        "Ключ «goal» – это число, а нужен текст: цель, например «в целях развития наставничества».");
}

TEST_CASE("an unknown time zone is refused") {
  Value office = sample();
  map_of(office)["time_zone"] = "Москва";
  CHECK(fault_of(office) ==
        "Ключ «time_zone» – «Москва», а такого часового пояса нет: впишите, например, «Europe/Moscow».");
}

TEST_CASE("the first number is a whole number from one") {
  for (const auto& [value, shown] : {std::pair{Value(0), "0"},
                                     {Value(*Decimal::parse("1.5")), "1.5"},
                                     {Value("14"), "это текст"},
                                     {Value(1'000'000'000), "1000000000"}}) {
    Value office = sample();
    inside(office, "register")["first_number"] = value;
    CHECK(fault_of(office) == std::string("Ключ «first_number» в «register» – ") + shown +
                                  ", а нужно целое число от 1 до 999999999: первый свободный номер.");
  }
}

TEST_CASE("the rule of numbers has one place for the number") {
  for (const std::string rule : {"{x}", "{n}/{n}"}) {
    Value office = sample();
    inside(office, "register")["number_format"] = rule;
    CHECK(fault_of(office) == "Ключ «number_format» в «register» – «" + rule +
                                  "», а в нём должно один раз стоять {n} – место порядкового номера, например "
                                  "«01-05/{n}».");
  }
}

TEST_CASE("a person needs id, name and post") {
  Value office = sample();
  map_of(office)["substitutions"] = nullptr;
  map_of(office)["people"] = List{Map{}};
  CHECK(fault_of(office) ==
        "Не задан ключ «id» в записи 1 списка «people»: впишите текст – короткое имя для команд, например «ivanova».\n"
        "Не задан ключ «name» в записи 1 списка «people»: впишите текст – фамилия, имя и отчество.\n"
        "Не задан ключ «post» в записи 1 списка «people»: впишите текст – должность в именительном падеже.");
  map_of(office)["people"] = List{"Тихая"};
  CHECK(fault_of(office) == "В списке «people» запись 1 – это текст, а нужен набор полей: человек.");
}

TEST_CASE("a gender is one of two words or null") {
  Value office = sample();
  record(office, "people", 0)["gender"] = "ж";
  CHECK(fault_of(office) == "Ключ «gender» в записи 1 списка «people» – «ж», а нужно «female», «male» или null.");
}

TEST_CASE("roles and grounds are texts") {
  Value office = sample();
  record(office, "people", 0)["roles"] = List{"методист", 1};
  map_of(office)["grounds"] = List{Map{}};
  CHECK(fault_of(office) ==
        "В ключе «roles» в записи 1 списка «people» строка 2 – это число, а нужен текст: роль.\n"
        "В списке «grounds» строка 1 – это набор полей, а нужен текст: основание плана.");
}

TEST_CASE("ids are unique") {
  Value office = sample();
  record(office, "people", 1)["id"] = "tikhaya";
  map_of(office)["substitutions"] = List{};
  CHECK(fault_of(office) ==
        "Ключ «id» в записи 2 списка «people» – «tikhaya», но такой id уже есть в записи 1: дайте каждому человеку "
        "свой.");
}

TEST_CASE("a substitution names two known people") {
  Value office = sample();
  record(office, "substitutions", 0)["absent"] = "kravetz";
  CHECK(fault_of(office) ==
        "Ключ «absent» в записи 1 списка «substitutions» – «kravetz», а человека с таким id в списке «people» нет: "
        "впишите id из списка (может быть, «kravets»?).");
  record(office, "substitutions", 0)["absent"] = "tikhaya";
  CHECK(fault_of(office) ==
        "Человек «tikhaya» в записи 1 списка «substitutions» замещает сам себя: впишите в «deputy» другого.");
  map_of(office)["substitutions"] = List{1};
  CHECK(fault_of(office) == "В списке «substitutions» запись 1 – это число, а нужен набор полей: замещение.");
}

TEST_CASE("the days of a substitution are real and in order") {
  Value office = sample();
  Map& entry = record(office, "substitutions", 0);
  entry["from"] = "2023-02-30";
  entry["to"] = nullptr;
  CHECK(fault_of(office) ==
        "Ключ «from» в записи 1 списка «substitutions» – «2023-02-30», а нужна дата вида «2022-12-09».\n"
        "Не задан ключ «to» в записи 1 списка «substitutions»: впишите дату вида «2022-12-09».");
  entry["from"] = 2023;
  entry["to"] = "2023-07-28";
  CHECK(fault_of(office) ==
        "Ключ «from» в записи 1 списка «substitutions» – это число, а нужна дата вида «2022-12-09».");
  entry["from"] = "2023-07-29";
  CHECK(fault_of(office) ==
        "Замещение в записи 1 списка «substitutions» кончается раньше, чем начинается: поправьте «from» или «to».");
}

TEST_CASE("who stands on the letterhead is one of the people") {
  Value office = sample();
  map_of(office).set("letterhead", Map{{"signer", "kravets"}, {"clerk", "petrov"}, {"controller", nullptr}});
  CHECK(fault_of(office) ==
        "В «letterhead» под ключом «clerk» указан «petrov», а такого сотрудника в «people» нет: впишите его «id» или "
        "null.");
}
