#include "cli/terminal.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>

#include "base/file.h"
#include "base/json.h"

namespace vekha::cli {

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
    case ErrorCode::unreadable: return 2;
    case ErrorCode::environment: return 3;
    case ErrorCode::not_found:
    case ErrorCode::refused:
    case ErrorCode::conflict:
    case ErrorCode::faulty:
    case ErrorCode::internal: return 1;
  }
  return 1;
}

void print_text(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw_system_error("Не удалось вывести ответ", "stdout", errno);
}

void print_json(const Value& value) { print_text(to_json(value, JsonStyle::indented) + "\n"); }

void tell(const std::string& sentence) { fmt::print(stderr, "{}\n", sentence); }

void tell(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& one : diagnostics)
    tell(to_text(one));
}

int report(const Error& error, Output output) {
  if (output == Output::json)
    print_json(Map{{"error", Map{{"code", to_string(error.code())},
                                 {"message", error.message()},
                                 {"where", error.where().empty() ? Value() : Value(error.where())}}}});
  else
    tell("Ошибка: " + error.message());
  return exit_status(error.code());
}

}  // namespace vekha::cli
