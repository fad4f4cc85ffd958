#include <fmt/format.h>

#include "base/text.h"
#include "russian/names.h"
#include "russian/posts.h"
#include "templating/formatter_table.h"

namespace vekha::templating {
namespace {

using Arguments = std::span<const Value>;
using Faults = std::vector<Diagnostic>;
using russian::Case;
using russian::Gender;
using russian::NameForm;

void doubt(Faults& faults, std::string code, std::string message, std::string hint) {
  faults.push_back({Severity::warning, std::move(code), {}, std::move(message), std::move(hint)});
}

Gender gender_of(const Value& person) {
  const std::string& gender = person.at("gender").text();
  if (gender == "female") return Gender::female;
  if (gender == "male") return Gender::male;
  return Gender::unknown;
}

Value post_in_case(const std::string& post, Case target, Faults& faults) {
  if (trim(post).empty()) return post;
  russian::Declined declined = russian::decline_post(post, target);
  if (!declined.certain)
    doubt(faults, "post-uncertain", fmt::format("Неизвестно, как склонять должность «{}».", post),
          fmt::format("Напечатано «{}»: проверьте и поправьте в документе.", declined.text));
  return std::move(declined.text);
}

// A person again, with the name in the case; `$case` marks it, so that it can be printed and is not declined twice.
Value person_in_case(const Value& person, Case target, Faults& faults) {
  const std::string& name = person.at("name").text();
  if (!person.at("$case").is_null()) {
    faults.push_back({Severity::error,
                      "case-twice",
                      {},
                      fmt::format("Имя «{}» уже стоит в падеже.", name),
                      "Оставьте в теге один падеж."});
    return {};
  }
  Map declined = person.map();
  declined.set("$case", static_cast<int>(target));
  if (target == Case::nominative || trim(name).empty()) return declined;
  const std::optional<russian::PersonName> parsed = russian::parse_name(name);
  const russian::DeclinedName result =
      parsed ? russian::decline(*parsed, target, gender_of(person)) : russian::DeclinedName{{}, false};
  if (parsed) declined.set("name", russian::format(result.name, NameForm::full));
  if (!result.certain)
    doubt(faults, "name-uncertain", fmt::format("Неизвестно, как склонять имя «{}».", name),
          fmt::format("Напечатано «{}»: проверьте и поправьте в документе{}.", declined.find("name")->text(),
                      gender_of(person) == Gender::unknown ? ", укажите пол человека" : ""));
  return declined;
}

template <Case target>
Value in_case(const Value& value, Arguments, Faults& faults) {
  return value.is<Map>() ? person_in_case(value, target, faults) : post_in_case(value.text(), target, faults);
}

template <NameForm form>
Value in_form(const Value& value, Arguments, Faults& faults) {
  const std::string& name = value.is<Map>() ? value.at("name").text() : value.text();
  if (trim(name).empty()) return name;
  const std::optional<russian::PersonName> parsed = russian::parse_name(name);
  if (parsed) return russian::format(*parsed, form);
  doubt(faults, "name-uncertain", fmt::format("«{}» не похоже на фамилию, имя и отчество.", name),
        "Напечатано как есть: проверьте и поправьте в документе.");
  return name;
}

template <Case target>
Formatter case_row(std::string_view name) {
  return {.name = name,
          .takes = person_kind | text_kind,
          .gives = person_kind | text_kind,
          .parameters = {},
          .apply = in_case<target>};
}

template <NameForm form>
Formatter form_row(std::string_view name) {
  return {.name = name, .takes = person_kind | text_kind, .parameters = {}, .apply = in_form<form>};
}

}  // namespace

std::vector<Formatter> person_formatters() {
  return {case_row<Case::nominative>("именительный"),
          case_row<Case::genitive>("родительный"),
          case_row<Case::dative>("дательный"),
          case_row<Case::accusative>("винительный"),
          case_row<Case::instrumental>("творительный"),
          case_row<Case::prepositional>("предложный"),
          form_row<NameForm::surname_initials>("фамилия"),
          form_row<NameForm::initials_surname>("инициалы"),
          form_row<NameForm::full>("полностью")};
}

}  // namespace vekha::templating
