// What a part of a template is compiled into: a flat list of instructions, run in one pass that only appends to a text.
// No tree of the document is built when a template is filled.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"
#include "templating/scope.h"
#include "templating/tag.h"

namespace vekha::documents {

enum class Code : uint8_t {
  literal,        // a: offset, b: length in `literals`
  run_value,      // a: tag; within w:t, where a line end becomes w:br and a tab w:tab
  plain_value,    // a: tag; within any other element
  open,           // a: tag, b: its close
  inverted,       // a: tag, b: its close
  close,          // a: its open
  once,           // a: slot, b: where to go on when this has been printed in this document already
  fresh_id,       // a number that no drawing has yet
  table_begin,    // a table all of whose rows may be missing …
  table_end,      // … is taken back when they are
  before_table,   // two tables that would touch are kept apart by a paragraph; a, b: its properties
  end_container,  // a cell, a body, a text box ends with a paragraph; a, b: its properties
};

struct Instruction {
  Code code;
  uint32_t a = 0;
  uint32_t b = 0;
};

struct PlacedExpression {
  templating::Expression expression;
  std::string source;  // the tag as written
  std::string place;   // «таблица 1, строка 4, графа 2»
};

struct Program {
  std::string literals;
  std::vector<Instruction> code;
  std::vector<PlacedExpression> tags;
};

// What the parts of one document share while it is filled.
class Filling {
 public:
  // `first_id`: the first free number for drawings; `slots`: how many things may be printed once only.
  Filling(const Value& data, const std::string& file, uint32_t first_id, size_t slots);

  // Appends what the program prints. Faults go to `diagnostics`, each tag's fault once.
  // Errors: refused, when the document grows beyond 512 MB or takes over 20,000,000 turns of sections.
  void run(const Program& program, std::string& out);

  std::vector<Diagnostic> diagnostics;

 private:
  // An open section. `value` keeps what a formatter made of the section's value while the contexts point to it.
  struct Frame {
    Value value;
    const List* list = nullptr;
    size_t index = 0;
    bool pushed = false;
  };

  const Value* evaluate(const Program& program, uint32_t tag, Value& storage);
  // Whether the section is entered.
  bool enter(const Program& program, size_t at);
  // Whether the section is turned once more.
  bool turn();
  void count_turn();
  void report(const Program& program, uint32_t tag, std::vector<Diagnostic>& faults);
  void check_size(const std::string& out) const;

  std::string file_;
  templating::Scope scope_;
  std::deque<Frame> frames_;  // frames stay where they are: contexts point into them
  std::vector<size_t> tables_;
  std::vector<bool> printed_;
  uint32_t next_id_;
  size_t printed_bytes_ = 0;
  size_t turns_ = 0;
};

// Text made safe for w:t: markup escaped, line ends as w:br, tabs as w:tab, what XML cannot hold left out.
void append_run_text(std::string& out, std::string_view text);
// The same for elements that hold nothing but text; line ends and tabs are blanks.
void append_plain_text(std::string& out, std::string_view text);

}  // namespace vekha::documents
