#include "templating/formatters.h"

#include <map>

#include "base/text.h"
#include "templating/formatter_table.h"

namespace vekha::templating {
namespace {

const std::map<std::string_view, Formatter>& table() {
  static const std::map<std::string_view, Formatter> formatters = [] {
    std::map<std::string_view, Formatter> all;
    for (const auto& rows : {text_formatters(), person_formatters(), date_formatters(), number_formatters()})
      for (const Formatter& formatter : rows)
        all.emplace(formatter.name, formatter);
    return all;
  }();
  return formatters;
}

}  // namespace

const Formatter* find_formatter(std::string_view name) {
  const auto found = table().find(name);
  return found == table().end() ? nullptr : &found->second;
}

const std::vector<std::string>& formatter_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, formatter] : table())
      all.emplace_back(name);
    return all;
  }();
  return names;
}

std::string describe(Kinds kinds) {
  if (kinds == any_kind) return "любое значение";
  std::vector<std::string> words;
  if (kinds & date_kind) words.push_back("дату");
  if (kinds & number_kind) words.push_back("число");
  if (kinds & person_kind) words.push_back("человека с полем «name»");
  if (kinds & text_kind) words.push_back("текст");
  return join(words, " или ");
}

Kinds kinds_of(const Value& value) {
  if (value.is<std::string>()) return text_kind | (value.date() ? date_kind : 0);
  if (value.is<Decimal>()) return number_kind;
  if (value.is<Date>() || value.is<LocalTime>()) return date_kind;
  if (value.is<Map>() && value.at("name").is<std::string>()) return person_kind;
  return any_kind & ~(text_kind | number_kind | date_kind | person_kind);
}

}  // namespace vekha::templating
