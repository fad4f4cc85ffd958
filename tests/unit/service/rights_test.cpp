#include "service/rights.h"

#include <doctest/doctest.h>

#include "message_of.h"
#include "sample.h"

using namespace vekha;
using namespace vekha::service;

namespace {

const Date in_leave = make_date(2022, 12, 7), after_leave = make_date(2022, 12, 20);

auto asked(const char* person, const char* role, std::vector<std::string> assignees, Date day) {
  static const office::Office office = sample_office();
  return may_act(office, *office.find(person), "Согласовать проект", role, assignees, day);
}

}  // namespace

TEST_CASE("who holds the role may do its task, nobody else may") {
  CHECK(std::holds_alternative<workflow::Actor>(asked("belova", "начальник отдела", {}, after_leave)));
  const auto refused = asked("orlova", "начальник отдела", {}, after_leave);
  REQUIRE(std::holds_alternative<workflow::Rejection>(refused));
  CHECK(std::get<workflow::Rejection>(refused).message ==
        "Задача «Согласовать проект» – не ваша. Её выполняет Белова\xC2\xA0"
        "А.С.");
}

TEST_CASE("a deputy may act while the other is away, and both names stand in the actor") {
  const auto allowed = asked("orlova", "начальник отдела", {}, in_leave);
  REQUIRE(std::holds_alternative<workflow::Actor>(allowed));
  const workflow::Actor& actor = std::get<workflow::Actor>(allowed);
  CHECK(actor.id == "orlova");
  CHECK(actor.details.find("acting_for")->text() == "Белова Анна Сергеевна");
  CHECK(actor.details.find("acting_for_post")->text() == "начальник отдела");
  CHECK(actor.details.find("basis")->text() == "приказ от 02.12.2022 № 16-к");
}

TEST_CASE("a task given to people is theirs alone, whoever holds the role") {
  CHECK(std::holds_alternative<workflow::Actor>(asked("orlova", "методист", {"orlova"}, after_leave)));
  CHECK(std::holds_alternative<workflow::Rejection>(asked("sokol", "делопроизводитель", {"orlova"}, after_leave)));
}

TEST_CASE("a role that nobody holds is told so") {
  const auto refused = asked("orlova", "юрист", {}, after_leave);
  CHECK(std::get<workflow::Rejection>(refused).message ==
        "Задачу «Согласовать проект» некому выполнить: в организации никто не назначен на роль «юрист». Назначьте её в "
        "сведениях об организации.");
}

TEST_CASE("a person is found by surname, and an unknown one is told with the nearest") {
  const office::Office office = sample_office();
  CHECK(person_named(office, "Орлова").id == "orlova");
  CHECK(message_of([&] { person_named(office, "Орлов"); }) ==
        "Сотрудника «Орлов» в организации нет. Может быть, Орлова?");
  CHECK(message_of([&] { person_named(office, "Кто-то Совсем Иной"); }) ==
        "Сотрудника «Кто-то Совсем Иной» в организации нет. Известны: Громов, Белова, Орлова, Сокол.");
}
