#include "office/office.h"

#include <algorithm>

#include "base/text.h"

namespace vekha::office {
namespace {

// For comparing what people type: case, ё and white space do not matter.
std::string fold(std::string_view text) { return replace_all(to_lower(fold_space(text)), "ё", "е"); }

// A word of a name, or the beginning of one («А.», «Дж.»).
struct NameWord {
  std::string text;
  bool initial = false;

  bool fits(const std::string& word) const { return initial ? word.starts_with(text) : word == text; }
};

// «иванова а.с.» gives three words.
std::vector<NameWord> split_name(const std::string& folded) {
  std::vector<NameWord> words;
  NameWord word;
  const auto finish = [&] {
    if (!word.text.empty()) {
      word.initial = word.initial || count_chars(word.text) == 1;
      words.push_back(std::move(word));
    }
    word = {};
  };
  for (const char c : folded) {
    if (c == ' ' || c == '.') {
      word.initial = c == '.';
      finish();
    } else {
      word.text += c;
    }
  }
  finish();
  return words;
}

// Surname, first name, patronymic in their two orders; a patronymic or both may be left out.
bool answers(const std::vector<std::string>& name, const std::vector<NameWord>& words) {
  if (name.empty() || words.empty() || words.size() > name.size()) return false;
  const auto given_names_fit = [&](size_t from) {
    for (size_t i = 0; i + 1 < words.size(); ++i)
      if (!words[from + i].fits(name[i + 1])) return false;
    return true;
  };
  const auto is_surname = [&](const NameWord& word) { return !word.initial && word.text == name[0]; };
  return (is_surname(words.front()) && given_names_fit(1)) || (is_surname(words.back()) && given_names_fit(0));
}

}  // namespace

bool Person::holds(std::string_view role) const {
  return std::any_of(roles.begin(), roles.end(),
                     [&](const std::string& held) { return held == role || fold(held) == fold(role); });
}

const Person* Office::find(std::string_view id) const {
  const auto found = std::find_if(people.begin(), people.end(), [&](const Person& person) { return person.id == id; });
  return found == people.end() ? nullptr : &*found;
}

std::vector<const Person*> Office::holders(std::string_view role) const {
  std::vector<const Person*> found;
  for (const Person& person : people)
    if (person.holds(role)) found.push_back(&person);
  return found;
}

const Substitution* Office::substitution(std::string_view absent, std::string_view deputy, Date day) const {
  for (const Substitution& entry : substitutions)
    if (entry.absent == absent && entry.deputy == deputy && Period{entry.from, entry.to}.contains(day)) return &entry;
  return nullptr;
}

const Person* Office::deputy_of(std::string_view absent, Date day) const {
  for (const Substitution& entry : substitutions)
    if (entry.absent == absent && Period{entry.from, entry.to}.contains(day)) return find(entry.deputy);
  return nullptr;
}

std::vector<const Person*> find_people(const Office& office, std::string_view words) {
  const std::string folded = fold(words);
  const std::vector<NameWord> asked = split_name(folded);
  std::vector<const Person*> found;
  for (const Person& person : office.people) {
    const std::string name = fold(person.name);
    std::vector<std::string> parts;
    for (const std::string_view part : split(name, ' '))
      if (!part.empty()) parts.emplace_back(part);
    if (!folded.empty() && (fold(person.id) == folded || name == folded || answers(parts, asked)))
      found.push_back(&person);
  }
  return found;
}

}  // namespace vekha::office
