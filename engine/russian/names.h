// Names of people: taken apart, put into any case, written in the forms of an order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "russian/cases.h"

namespace vekha::russian {

struct PersonName {
  std::string surname;     // «Иванова», «Петрова-Водкина»
  std::string first;       // «Анна», or an initial «А.»; may be empty
  std::string patronymic;  // «Сергеевна», «С.», «Расул оглы»; may be empty

  bool operator==(const PersonName&) const = default;
};

// Reads «Иванова Анна Сергеевна», «Анна Сергеевна Иванова», «Иванова А.С.», «А. С. Иванова», «Иванова».
// nullopt for what is no name: words without a capital, digits, initials alone, more than six words.
std::optional<PersonName> parse_name(std::string_view text);

// Gender by the patronymic, else by the first name; unknown where these do not tell. A surname is never asked:
// «Щербина» is a man or a woman.
Gender gender_of(const PersonName& name);

struct DeclinedName {
  PersonName name;
  bool certain = true;
};

// The name in a case. Without `gender`, gender_of; a part that declines differently for men and women stays as it is
// while the gender is unknown, and `certain` is false.
// Limit: a surname of a woman that is a noun too («Малина») may decline in two ways: uncertain as well, where
// data/corrections.json lists it.
// Source: petrovich-rules (data/README.md).
DeclinedName decline(const PersonName& name, Case target, Gender gender = Gender::unknown);

enum class NameForm {
  full,              // «Иванова Анна Сергеевна»
  surname_initials,  // «Иванова А.С.», in lists and before a colon
  initials_surname,  // «А.С. Иванова», in signatures
};
enum class InitialsSpacing { closed, spaced };  // «А.С.», «А. С.»

// The name as it stands in a document: U+00A0 between initials and surname and between initials. Only initials known:
// the full form is surname and initials.
std::string format(const PersonName& name, NameForm form, InitialsSpacing spacing = InitialsSpacing::closed);

// Reads, declines and writes in one go. What is no name comes back as it is, uncertain.
Declined name_in_case(std::string_view text, Case target, Gender gender, NameForm form,
                      InitialsSpacing spacing = InitialsSpacing::closed);

}  // namespace vekha::russian
