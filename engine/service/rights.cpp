#include "service/rights.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "russian/names.h"

namespace vekha::service {
namespace {

using office::Office;
using office::Person;

std::string short_name(const Person& person) {
  return russian::name_in_case(person.name, russian::Case::nominative, russian::Gender::unknown,
                               russian::NameForm::surname_initials)
      .text;
}

std::string names_of(const std::vector<const Person*>& people) {
  std::vector<std::string> names;
  for (const Person* person : people)
    names.push_back(short_name(*person));
  return join(names, ", ");
}

}  // namespace

workflow::Actor actor_of(const Person& person) {
  workflow::Actor actor{person.id, person.name, office::to_value(person).map()};
  actor.details.set("acting_for", nullptr);
  actor.details.set("acting_for_post", nullptr);
  actor.details.set("basis", nullptr);
  return actor;
}

std::variant<workflow::Actor, workflow::Rejection> may_act(const Office& office, const Person& person,
                                                           const std::string& task_name, const std::string& role,
                                                           const std::vector<std::string>& assignees, Date today) {
  std::vector<const Person*> owners;
  for (const std::string& id : assignees)
    if (const Person* owner = office.find(id)) owners.push_back(owner);
  if (owners.empty()) owners = office.holders(role);
  if (std::find(owners.begin(), owners.end(), &person) != owners.end()) return actor_of(person);
  for (const Person* owner : owners)
    if (const office::Substitution* substitution = office.substitution(owner->id, person.id, today)) {
      workflow::Actor actor = actor_of(person);
      actor.details.set("acting_for", owner->name);
      actor.details.set("acting_for_post", owner->post);
      actor.details.set("basis", substitution->basis);
      return actor;
    }
  if (owners.empty())
    return workflow::Rejection{
        "not-assignee", fmt::format("Задачу «{}» некому выполнить: в организации никто не назначен на роль «{}». "
                                    "Назначьте её в сведениях об организации.",
                                    task_name, role)};
  return workflow::Rejection{"not-assignee", fmt::format("Задача «{}» – не ваша. Её выполняет {}{}", task_name,
                                                         owners.size() > 1 ? "один из: " : "", names_of(owners))};
}

const Person& person_named(const Office& office, const std::string& words) {
  const std::vector<const Person*> found = office::find_people(office, words);
  if (found.size() == 1) return *found.front();
  if (found.size() > 1)
    throw Error(ErrorCode::not_found, fmt::format("«{}» – это не один сотрудник: {}. Напишите фамилию с инициалами.",
                                                  words, names_of(found)));
  std::vector<std::string> surnames;
  for (const Person& person : office.people)
    surnames.emplace_back(split(person.name, ' ').front());
  const std::string near = nearest(words, surnames);
  throw Error(ErrorCode::not_found,
              near.empty()
                  ? fmt::format("Сотрудника «{}» в организации нет. Известны: {}.", words, join(surnames, ", "))
                  : fmt::format("Сотрудника «{}» в организации нет. Может быть, {}?", words, near));
}

}  // namespace vekha::service
