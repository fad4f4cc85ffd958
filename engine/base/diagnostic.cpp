#include "base/diagnostic.h"

#include <algorithm>

namespace vekha {

const char* to_string(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "error";
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& one) { return one.severity == Severity::error; });
}

std::string to_text(const Where& where) {
  std::string text = where.file;
  if (where.line > 0) {
    text += (text.empty() ? "строка " : ":") + std::to_string(where.line);
    if (where.column > 0) text += ":" + std::to_string(where.column);
  }
  if (!where.place.empty()) text += text.empty() ? where.place : " (" + where.place + ")";
  return text;
}

std::string to_text(const Diagnostic& diagnostic) {
  const char* kind = diagnostic.severity == Severity::error     ? "ошибка"
                     : diagnostic.severity == Severity::warning ? "сомнение"
                                                                : "замечание";
  std::string text = to_text(diagnostic.where);
  if (!text.empty()) text += ": ";
  text += kind;
  text += ": " + diagnostic.message;
  if (!diagnostic.hint.empty()) text += "\n    " + diagnostic.hint;
  return text;
}

Value to_value(const Where& where) {
  Map map;
  if (!where.file.empty()) map.set("file", where.file);
  if (where.line > 0) map.set("line", where.line);
  if (where.column > 0) map.set("column", where.column);
  if (!where.place.empty()) map.set("place", where.place);
  return map;
}

Value to_value(const Diagnostic& diagnostic) {
  Map map;
  map.set("severity", to_string(diagnostic.severity));
  map.set("code", diagnostic.code);
  map.set("where", to_value(diagnostic.where));
  map.set("message", diagnostic.message);
  if (!diagnostic.hint.empty()) map.set("hint", diagnostic.hint);
  return map;
}

Value to_value(const std::vector<Diagnostic>& diagnostics) {
  List list;
  list.reserve(diagnostics.size());
  for (const Diagnostic& one : diagnostics)
    list.push_back(to_value(one));
  return list;
}

}  // namespace vekha
