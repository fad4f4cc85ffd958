// A doubt or fault found in a file somebody gave us: a value, reported all at once and each with its place.
#pragma once

#include <string>
#include <vector>

#include "base/value.h"

namespace vekha {

// A place in a file. `line` and `column` count from 1 (columns in characters), 0 where the file has no lines;
// `place` says it in Russian words where that is clearer («таблица 1, строка 4, графа 2»).
struct Where {
  std::string file;
  int line = 0;
  int column = 0;
  std::string place;

  bool operator==(const Where&) const = default;
};

enum class Severity { error, warning, note };  // errors refuse, warnings and notes do not

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;  // stable kebab-case English word, for machines
  Where where;
  std::string message;  // a whole Russian sentence
  std::string hint;     // what to do, a whole Russian sentence; may be empty

  bool operator==(const Diagnostic&) const = default;
};

const char* to_string(Severity severity);

bool has_errors(const std::vector<Diagnostic>& diagnostics);

// «файл:строка:столбец (место)», leaving out what is not known.
std::string to_text(const Where& where);

// One diagnostic as lines for a terminal: place, «ошибка»/«сомнение»/«замечание», message, hint.
std::string to_text(const Diagnostic& diagnostic);

// {"severity","code","where":{"file","line","column","place"},"message","hint"}; empty parts left out.
Value to_value(const Where& where);
Value to_value(const Diagnostic& diagnostic);
Value to_value(const std::vector<Diagnostic>& diagnostics);

}  // namespace vekha
