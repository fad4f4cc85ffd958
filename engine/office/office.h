// The organisation behind the papers: people, posts, roles, substitutions, letterhead, register. Values, no I/O.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/value.h"

namespace vekha::office {

struct Person {
  std::string id;            // short and stable, «ivanova»
  std::string name;          // «Иванова Анна Сергеевна»
  std::string gender;        // «female», «male», or empty where nobody has said
  std::string post;          // nominative, «методист»
  std::string organization;  // short name where it is another one than ours
  std::string phone;
  std::vector<std::string> roles;  // the names of lanes

  bool holds(std::string_view role) const;
  bool operator==(const Person&) const = default;
};

// Who acts for whom, when, by which order.
struct Substitution {
  std::string absent;  // Person::id
  std::string deputy;
  Date from{};
  Date to{};
  std::string basis;   // «приказ от 02.12.2022 № 16-к»
  std::string reason;  // «отпуск»

  bool operator==(const Substitution&) const = default;
};

struct Register {
  std::string name;
  std::string case_index;  // «01-06»
  int first_number = 1;
  std::string number_format = "{n}";  // «01-05/{n}», «{n}-ОД»

  bool operator==(const Register&) const = default;
};

struct Office {
  std::string time_zone = "Europe/Moscow";
  Map organization;  // name, short, founder, place, … as templates read them
  Map letterhead;    // order_word, ordering_verb, date_style, …
  Register orders;
  std::vector<Person> people;
  std::vector<Substitution> substitutions;
  List mailing;
  List grounds;
  std::string goal;

  const Person* find(std::string_view id) const;
  // Everybody who holds the role, in the order of the file.
  std::vector<const Person*> holders(std::string_view role) const;
  // The one substitution by which `deputy` acts for `absent` on `day`; nullptr when there is none.
  const Substitution* substitution(std::string_view absent, std::string_view deputy, Date day) const;
  // Who acts for `absent` on `day`; nullptr when nobody does.
  const Person* deputy_of(std::string_view absent, Date day) const;
};

// People who answer to `words`: an id, a surname, «Иванова А.С.», «А.С. Иванова» or a full name, case ignored.
std::vector<const Person*> find_people(const Office& office, std::string_view words);

// Reads an office.json. Errors: faulty, naming the key and what it should be.
Office office_from_value(const Value& value, const std::string& file = {});
Value to_value(const Office& office);
// {id, name, gender, post, organization, phone} as templates read a person; missing texts are null.
Value to_value(const Person& person);

}  // namespace vekha::office
