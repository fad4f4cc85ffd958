#include "base/text.h"
#include "templating/formatter_table.h"
#include "templating/scope.h"

namespace vekha::templating {
namespace {

using Arguments = std::span<const Value>;
using Faults = std::vector<Diagnostic>;

// «П Р И К А З»: a no-break space before every letter but the first of a word; signs stay at their letter.
std::string spaced(std::string_view text) {
  std::string out;
  bool inside_word = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    const bool counts = is_letter(c) || is_digit(c);
    if (counts && inside_word) out += no_break_space;
    if (is_space(c)) {
      out += no_break_space;
      out += " ";  // where a line may end
      out += no_break_space;
      inside_word = false;
      continue;
    }
    append_char(out, c);
    inside_word = inside_word || counts;
  }
  return out;
}

}  // namespace

std::vector<Formatter> text_formatters() {
  return {
      {.name = "заглавными",
       .takes = text_kind,
       .parameters = {},
       .apply = [](const Value& value, Arguments, Faults&) -> Value { return to_upper(value.text()); }},
      {.name = "разрядка",
       .takes = text_kind,
       .parameters = {},
       .apply = [](const Value& value, Arguments, Faults&) -> Value { return spaced(value.text()); }},
      {.name = "с_заглавной",
       .takes = text_kind,
       .parameters = {},
       .apply = [](const Value& value, Arguments, Faults&) -> Value { return capitalize(value.text()); }},
      {.name = "со_строчной",
       .takes = text_kind,
       .parameters = {},
       .apply = [](const Value& value, Arguments, Faults&) -> Value { return uncapitalize(value.text()); }},
      // Equal cells of a column that follow each other become one: the work of `documents`.
      {.name = "объединить",
       .takes = any_kind,
       .gives = any_kind,
       .parameters = {},
       .apply = [](const Value& value, Arguments, Faults&) -> Value { return value; },
       .takes_null = true},
      {.name = "флажок",
       .takes = any_kind,
       .parameters = {},
       .apply = [](const Value& value, Arguments, Faults&) -> Value { return is_true(value) ? "☒" : "☐"; },
       .takes_null = true},
      // Drawn by `documents` where a placeholder picture stands.
      {.name = "qr",
       .takes = text_kind,
       .gives = any_kind,
       .parameters = {},
       .apply = [](const Value& value, Arguments, Faults&) -> Value {
         return value.text().empty() ? Value() : Value(Map{{"$qr", value}});
       }},
      {.name = "или",
       .takes = any_kind,
       .gives = any_kind,
       .parameters = {{"замена", any_kind}},
       .apply = [](const Value& value, Arguments arguments, Faults&) -> Value {
         const std::string* text = value.get_if<std::string>();
         return value.is_null() || (text && text->empty()) ? arguments[0] : value;
       },
       .takes_null = true},
  };
}

}  // namespace vekha::templating
