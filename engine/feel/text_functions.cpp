// Functions of texts.
#include <algorithm>

#include "base/text.h"
#include "feel/builtin_table.h"
#include "feel/evaluator.h"
#include "feel/pattern.h"

namespace vekha::feel {
namespace {

bool both_texts(const Arguments& a) { return a[0].is<std::string>() && a[1].is<std::string>(); }

Value substring(Evaluator&, const Arguments& a) {
  const auto start = whole(a[1]);
  if (!a[0].is<std::string>() || !start || *start == 0) return {};
  const std::u32string text = to_u32(a[0].text());
  const int64_t size = static_cast<int64_t>(text.size());
  const int64_t from = *start > 0 ? *start - 1 : std::max<int64_t>(size + *start, 0);
  if (from >= size) return "";
  int64_t length = size - from;
  if (a.size() > 2 && !a[2].is_null()) {
    const auto wanted = whole(a[2]);
    if (!wanted || *wanted < 0) return {};
    length = std::min(length, *wanted);
  }
  return to_utf8(std::u32string_view(text).substr(static_cast<size_t>(from), static_cast<size_t>(length)));
}

Value split_text(Evaluator& evaluator, const Arguments& a) {
  if (!both_texts(a)) return {};
  const auto parts = split_by_pattern(a[0].text(), a[1].text(), [&](size_t steps) { evaluator.charge(steps); });
  if (!parts) return {};
  List list;
  for (const std::string& part : *parts)
    list.emplace_back(part);
  return list;
}

Value replace_text(Evaluator& evaluator, const Arguments& a) {
  if (!both_texts(a) || !a[2].is<std::string>()) return {};
  const auto result = replace_pattern(a[0].text(), a[1].text(), a[2].text(), a.size() > 3 ? a[3].text() : "",
                                      [&](size_t steps) { evaluator.charge(steps); });
  return result ? Value(*result) : Value();
}

Value matches_text(Evaluator& evaluator, const Arguments& a) {
  if (!both_texts(a)) return {};
  const auto result = matches_pattern(a[0].text(), a[1].text(), a.size() > 2 ? a[2].text() : "",
                                      [&](size_t steps) { evaluator.charge(steps); });
  return result ? Value(*result) : Value();
}

Value string_join(Evaluator&, const Arguments& a) {
  if (!a[0].is<List>()) return {};
  std::vector<std::string> parts;
  for (const Value& entry : a[0].list()) {
    if (entry.is_null()) continue;
    if (!entry.is<std::string>()) return {};
    parts.push_back(entry.text());
  }
  return join(parts, a.size() > 1 ? a[1].text() : "");
}

}  // namespace

void add_text_functions(Table& table) {
  table.add("substring", "string,start position,length?", substring);
  table.add(
      "string length", "string",
      VEKHA_FUNCTION { return a[0].is<std::string>() ? Value(count_chars(a[0].text())) : Value(); });
  table.add(
      "upper case", "string",
      VEKHA_FUNCTION { return a[0].is<std::string>() ? Value(to_upper(a[0].text())) : Value(); });
  table.add(
      "lower case", "string",
      VEKHA_FUNCTION { return a[0].is<std::string>() ? Value(to_lower(a[0].text())) : Value(); });
  table.add(
      "trim", "string", VEKHA_FUNCTION { return a[0].is<std::string>() ? Value(trim(a[0].text())) : Value(); });
  table.add(
      "substring before", "string,match", VEKHA_FUNCTION {
        if (!both_texts(a)) return {};
        const size_t at = a[0].text().find(a[1].text());
        return at == std::string::npos ? "" : a[0].text().substr(0, at);
      });
  table.add(
      "substring after", "string,match", VEKHA_FUNCTION {
        if (!both_texts(a)) return {};
        const size_t at = a[0].text().find(a[1].text());
        return at == std::string::npos ? "" : a[0].text().substr(at + a[1].text().size());
      });
  table.add(
      "contains", "string,match",
      VEKHA_FUNCTION { return both_texts(a) ? Value(a[0].text().find(a[1].text()) != std::string::npos) : Value(); });
  table.add(
      "starts with", "string,match",
      VEKHA_FUNCTION { return both_texts(a) ? Value(a[0].text().starts_with(a[1].text())) : Value(); });
  table.add(
      "ends with", "string,match",
      VEKHA_FUNCTION { return both_texts(a) ? Value(a[0].text().ends_with(a[1].text())) : Value(); });
  table.add("matches", "input,pattern,flags?", matches_text);
  table.add("replace", "input,pattern,replacement,flags?", replace_text);
  table.add("split", "string,delimiter", split_text);
  table.add("string join", "list,delimiter?", string_join);
}

}  // namespace vekha::feel
