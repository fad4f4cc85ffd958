#include <fmt/format.h>

#include "base/text.h"
#include "russian/dates.h"
#include "russian/numerals.h"
#include "templating/formatter_table.h"

namespace vekha::templating {
namespace {

using Arguments = std::span<const Value>;
using Faults = std::vector<Diagnostic>;

Value error(Faults& faults, std::string code, std::string message, std::string hint) {
  faults.push_back({Severity::error, std::move(code), {}, std::move(message), std::move(hint)});
  return {};
}

Value in_words(const Value& value, Arguments, Faults&) { return russian::date_in_words(*value.date()); }
Value in_digits(const Value& value, Arguments, Faults&) { return russian::date_in_digits(*value.date()); }

Value in_style(const Value& value, Arguments arguments, Faults& faults) {
  const std::string& style = arguments[0].text();
  if (style == "words") return in_words(value, {}, faults);
  if (style == "digits") return in_digits(value, {}, faults);
  return error(faults, "date-style", fmt::format("Вида даты «{}» нет.", style),
               "Есть два вида: «digits» (09.12.2022) и «words» (9 декабря 2022 г.).");
}

const Decimal& number_of(const Value& value) { return *value.get_if<Decimal>(); }

Value number_words(const Value& value, Arguments, Faults& faults) {
  const std::optional<int64_t> whole = number_of(value).to_integer();
  const std::optional<std::string> words = whole ? russian::number_in_words(*whole) : std::nullopt;
  if (words) return *words;
  return error(faults, "number-in-words", fmt::format("Число {} нельзя написать прописью.", number_of(value).to_text()),
               "Прописью пишутся целые числа меньше триллиона.");
}

Value counted(const Value& value, Arguments arguments, Faults&) {
  return fmt::format("{}{}{}", russian::number_in_digits(number_of(value)), no_break_space,
                     russian::agree(number_of(value), arguments[0].text(), arguments[1].text(), arguments[2].text()));
}

}  // namespace

std::vector<Formatter> date_formatters() {
  return {{.name = "словесно", .takes = date_kind, .parameters = {}, .apply = in_words},
          {.name = "цифрами", .takes = date_kind, .parameters = {}, .apply = in_digits},
          {.name = "дата", .takes = date_kind, .parameters = {{"вид даты", text_kind}}, .apply = in_style}};
}

std::vector<Formatter> number_formatters() {
  return {{.name = "прописью", .takes = number_kind, .parameters = {}, .apply = number_words},
          {.name = "число",
           .takes = number_kind,
           .parameters = {},
           .apply = [](const Value& value, Arguments, Faults&) -> Value {
             return russian::number_in_digits(number_of(value));
           }},
          {.name = "процент",
           .takes = number_kind,
           .parameters = {},
           .apply = [](const Value& value, Arguments, Faults&) -> Value { return russian::percent(number_of(value)); }},
          {.name = "согласовать",
           .takes = number_kind,
           .parameters = {{"один", text_kind}, {"два", text_kind}, {"пять", text_kind}},
           .apply = counted}};
}

}  // namespace vekha::templating
