#include <doctest/doctest.h>

#include "office/office.h"

using namespace vekha;
using namespace vekha::office;

namespace {

Person person(const char* id, const char* name, std::vector<std::string> roles = {}) {
  Person made;
  made.id = id;
  made.name = name;
  made.roles = std::move(roles);
  return made;
}

Office small_office() {
  Office office;
  office.people = {person("tikhaya", "Тихая Алёна Олеговна", {"методист", "делопроизводитель"}),
                   person("kravets", "Кравец Илья Львович", {"начальник отдела"}),
                   person("kravets2", "Кравец Инна Марковна", {"методист"}),
                   person("gasanov", "Гасанов Вагиф Расул оглы")};
  office.substitutions = {
      {"kravets", "tikhaya", make_date(2023, 7, 3), make_date(2023, 7, 28), "приказ от 30.06.2023 № 9-к", "отпуск"}};
  return office;
}

std::string found(std::string_view words) {
  const Office office = small_office();
  std::string ids;
  for (const Person* one : find_people(office, words))
    ids += (ids.empty() ? "" : " ") + one->id;
  return ids;
}

}  // namespace

TEST_CASE("people answer to an id, a surname, initials in both orders and the full name") {
  CHECK(found("tikhaya") == "tikhaya");
  CHECK(found("Тихая") == "tikhaya");
  CHECK(found("тихая а.о.") == "tikhaya");
  CHECK(found("А.О. Тихая") == "tikhaya");
  CHECK(found("А. О.\xC2\xA0Тихая") == "tikhaya");
  CHECK(found("А.О.Тихая") == "tikhaya");
  CHECK(found("Тихая Алена Олеговна") == "tikhaya");
  CHECK(found("Алёна Олеговна Тихая") == "tikhaya");
  CHECK(found("Тихая Алёна") == "tikhaya");
  CHECK(found("Гасанов Вагиф Расул оглы") == "gasanov");
  CHECK(found("Гасанов В.Р.") == "gasanov");
}

TEST_CASE("namesakes are all found, and told apart by what is said more") {
  CHECK(found("Кравец") == "kravets kravets2");
  CHECK(found("Кравец И.") == "kravets kravets2");
  CHECK(found("Кравец И.М.") == "kravets2");
}

TEST_CASE("words of others find nobody") {
  for (const char* words : {"", " ", ".", "Т", "Тих", "Тихая Б.О.", "А.О.", "Алёна", "Тихая А.О. Р.", "методист"})
    CHECK_MESSAGE(found(words).empty(), words);
}

TEST_CASE("holders of a role come in the order of the file") {
  const Office office = small_office();
  REQUIRE(office.holders("методист").size() == 2);
  CHECK(office.holders("методист")[1]->id == "kravets2");
  CHECK(office.holders("Методист").size() == 2);
  CHECK(office.holders("руководитель").empty());
}

TEST_CASE("a substitution holds on its days only, the last one included") {
  const Office office = small_office();
  CHECK(office.substitution("kravets", "tikhaya", make_date(2023, 7, 2)) == nullptr);
  REQUIRE(office.substitution("kravets", "tikhaya", make_date(2023, 7, 3)) != nullptr);
  CHECK(office.substitution("kravets", "tikhaya", make_date(2023, 7, 28))->reason == "отпуск");
  CHECK(office.substitution("kravets", "gasanov", make_date(2023, 7, 3)) == nullptr);
  REQUIRE(office.deputy_of("kravets", make_date(2023, 7, 28)) != nullptr);
  CHECK(office.deputy_of("kravets", make_date(2023, 7, 28))->id == "tikhaya");
  CHECK(office.deputy_of("kravets", make_date(2023, 7, 29)) == nullptr);
  CHECK(office.deputy_of("tikhaya", make_date(2023, 7, 3)) == nullptr);
}
