#include "documents/grid_text.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "templating/plain_text.h"

namespace vekha::documents {
namespace {

bool is_optional(const Value& context, const std::string& path) {
  const List& names = context.at("$optional").list();
  return std::any_of(names.begin(), names.end(),
                     [&](const Value& name) { return name.text() == path || path.starts_with(name.text() + "."); });
}

}  // namespace

std::string render(const std::string& text, const GridScope& scope, const std::string& place) {
  if (text.find("{{") == std::string::npos) return text;
  Map merged = scope.outer.map();
  for (const auto& [key, value] : scope.inner.map())
    merged.set(key, value);
  templating::Rendered rendered = templating::render_text(text, Value(std::move(merged)));
  for (const Diagnostic& diagnostic : rendered.diagnostics)
    if (diagnostic.severity == Severity::error)
      throw Error(
          ErrorCode::faulty,
          diagnostic.hint.empty() ? diagnostic.message : fmt::format("{} {}", diagnostic.message, diagnostic.hint),
          place);
  return std::move(rendered.text);
}

const Value& find_field(const std::string& path, const GridScope& scope, const std::string& place) {
  static const Value null;
  const std::vector<std::string_view> parts = split(path, '.');
  const Value* found = scope.inner.map().find(parts.front());
  if (!found) found = scope.outer.map().find(parts.front());
  for (size_t i = 1; found && i < parts.size(); ++i) {
    if (found->is_null()) return *found;
    found = found->map().find(parts[i]);
  }
  if (found) return *found;
  if (is_optional(scope.inner, path) || is_optional(scope.outer, path)) return null;
  throw Error(ErrorCode::faulty,
              fmt::format("В данных нет поля «{}». Добавьте его или исправьте имя в описании таблицы.", path), place);
}

std::string date_text(Date date) {
  return fmt::format("{:02}.{:02}.{:04}", day_of(date), month_of(date), year_of(date));
}

std::string cell_text(const Value& value) {
  if (const auto* text = value.get_if<std::string>()) return *text;
  if (const auto* number = value.get_if<Decimal>()) return replace_all(number->to_text(), ".", ",");
  if (const auto* date = value.get_if<Date>()) return date_text(*date);
  if (const auto* truth = value.get_if<bool>()) return *truth ? "да" : "нет";
  if (const auto* time = value.get_if<LocalTime>())
    return fmt::format("{} {:02}:{:02}", date_text(time->date), time->seconds / 3600, time->seconds / 60 % 60);
  std::vector<std::string> lines;
  for (const Value& entry : value.list())
    if (std::string line = cell_text(entry); !line.empty()) lines.push_back(std::move(line));
  return join(lines, "\n");
}

}  // namespace vekha::documents
