#include "russian/names.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "russian/name_rules.h"

namespace vekha::russian {
namespace {

bool starts_with_capital(std::string_view word) {
  size_t at = 0;
  return !word.empty() && is_upper(next_char(word, at));
}

// «А.», «Дж.»: also one letter whose full stop was forgotten.
bool is_initial(std::string_view word) {
  if (!starts_with_capital(word)) return false;
  const size_t letters = count_chars(word);
  return word.ends_with('.') ? letters >= 2 && letters <= 4 : letters == 1;
}

// «Расул оглы», «Али кызы».
bool is_patronymic_particle(std::string_view word) {
  static const std::vector<std::string> particles = {"оглы", "кызы", "кизи", "гызы", "кзы",
                                                     "улы",  "уулу", "углы", "угли"};
  return std::find(particles.begin(), particles.end(), to_lower(word)) != particles.end();
}

// Endings that surnames hardly have: only they may turn «Анна Сергеевна Иванова» round.
bool is_surely_patronymic(std::string_view word) {
  const std::string lower = to_lower(word);
  for (const char* ending : {"вна", "чна", "шна", "вич", "льич", "мич", "кич", "тьич"})
    if (lower.ends_with(ending)) return true;
  return false;
}

// Words and initials: «Иванова А.С.» gives three.
std::vector<std::string> split_name(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (is_space(c)) {
      finish();
    } else if (c == U'.') {
      // A full stop alone belongs to the initial before it: «А .С.».
      if (word.empty() && !words.empty() && count_chars(words.back()) == 1) {
        words.back() += '.';
      } else {
        word += '.';
        finish();
      }
    } else {
      append_char(word, c);
    }
  }
  finish();
  return words;
}

bool is_word_of_name(std::string_view word) {
  bool letters = false;
  for (size_t at = 0; at < word.size();) {
    const char32_t c = next_char(word, at);
    if (is_letter(c))
      letters = true;
    else if (c != U'-' && c != U'.' && c != U'\'' && c != U'\u2019')
      return false;
  }
  return letters && !word.starts_with('-') && !word.ends_with('-');
}

std::string with_stop(std::string initial) {
  if (!initial.ends_with('.')) initial += '.';
  return initial;
}

std::string initial_of(const std::string& word) {
  if (word.empty() || word.ends_with('.')) return word;
  size_t at = 0;
  next_char(word, at);
  return word.substr(0, at) + ".";
}

std::optional<PersonName> read_with_initials(const std::vector<std::string>& words) {
  const auto initials = static_cast<size_t>(std::count_if(words.begin(), words.end(), is_initial));
  if (initials > 2 || words.size() - initials != 1) return std::nullopt;
  const bool surname_last = is_initial(words.front());
  const std::string& surname = surname_last ? words.back() : words.front();
  if (is_initial(surname) || surname.ends_with('.')) return std::nullopt;
  PersonName name{.surname = surname, .first = {}, .patronymic = {}};
  const size_t at = surname_last ? 0 : 1;
  name.first = with_stop(words[at]);
  if (initials == 2) name.patronymic = with_stop(words[at + 1]);
  return name;
}

std::optional<std::string> decline_part(NamePart part, const std::string& word, Case target, Gender gender) {
  if (word.empty() || word.ends_with('.') || target == Case::nominative) return word;
  if (part == NamePart::patronymic) {
    const size_t space = word.rfind(' ');
    if (space != std::string::npos && is_patronymic_particle(std::string_view(word).substr(space + 1))) return word;
  }
  if (gender != Gender::unknown) return decline_by_rules(part, word, target, gender);
  const auto female = decline_by_rules(part, word, target, Gender::female);
  return female == decline_by_rules(part, word, target, Gender::male) ? female : std::nullopt;
}

}  // namespace

std::optional<PersonName> parse_name(std::string_view text) {
  constexpr size_t longest = 400;  // bytes; no name is longer
  if (text.size() > longest) return std::nullopt;
  const std::vector<std::string> words = split_name(text);
  if (words.empty() || words.size() > 6 || !std::all_of(words.begin(), words.end(), is_word_of_name) ||
      !starts_with_capital(words.front()))
    return std::nullopt;
  if (std::any_of(words.begin(), words.end(), is_initial)) return read_with_initials(words);
  if (std::any_of(words.begin(), words.end(), [](const auto& word) { return word.ends_with('.'); }))
    return std::nullopt;

  PersonName name;
  size_t size = words.size();
  if (size > 3 && is_patronymic_particle(words.back())) {
    name.patronymic = words[size - 2] + " " + words[size - 1];
    name.first = words[size - 3];
    size -= 3;
  } else if (size == 3 && is_surely_patronymic(words[1]) && !is_surely_patronymic(words[2])) {
    name = {.surname = words[2], .first = words[0], .patronymic = words[1]};
    size = 0;
  } else if (size >= 3) {
    name.patronymic = words[size - 1];
    name.first = words[size - 2];
    size -= 2;
  } else if (size == 2) {
    name.first = words[1];
    size = 1;
  }
  for (size_t i = 0; i < size; ++i)
    name.surname += (i > 0 ? " " : "") + words[i];
  // «Иванова и другие», «Центр развития» are no names.
  if (!starts_with_capital(name.surname) || (!name.first.empty() && !starts_with_capital(name.first)) ||
      (!name.patronymic.empty() && !starts_with_capital(name.patronymic)))
    return std::nullopt;
  return name;
}

Gender gender_of(const PersonName& name) {
  if (!name.patronymic.ends_with('.')) {
    const Gender gender = gender_by_rules(NamePart::patronymic, name.patronymic);
    if (gender != Gender::unknown) return gender;
  }
  if (name.first.empty() || name.first.ends_with('.')) return Gender::unknown;
  return gender_by_rules(NamePart::first, name.first);
}

DeclinedName decline(const PersonName& name, Case target, Gender gender) {
  if (gender == Gender::unknown) gender = gender_of(name);
  DeclinedName result{.name = name};
  const auto put = [&](NamePart part, std::string& word) {
    auto declined = decline_part(part, word, target, gender);
    if (declined)
      word = std::move(*declined);
    else
      result.certain = false;
  };
  put(NamePart::surname, result.name.surname);
  put(NamePart::first, result.name.first);
  put(NamePart::patronymic, result.name.patronymic);
  return result;
}

std::string format(const PersonName& name, NameForm form, InitialsSpacing spacing) {
  if (name.first.empty()) return name.surname;
  if (form == NameForm::full && !name.first.ends_with('.'))
    return name.surname + " " + name.first + (name.patronymic.empty() ? "" : " " + name.patronymic);
  std::string initials = initial_of(name.first);
  if (!name.patronymic.empty())
    initials += (spacing == InitialsSpacing::spaced ? no_break_space : "") + initial_of(name.patronymic);
  return form == NameForm::initials_surname ? initials + no_break_space + name.surname
                                            : name.surname + no_break_space + initials;
}

Declined name_in_case(std::string_view text, Case target, Gender gender, NameForm form, InitialsSpacing spacing) {
  const auto name = parse_name(text);
  if (!name) return {std::string(text), false};
  const DeclinedName declined = decline(*name, target, gender);
  return {format(declined.name, form, spacing), declined.certain};
}

}  // namespace vekha::russian
