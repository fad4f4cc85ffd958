// One document being filled: runs the programs of its parts over the data.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"
#include "documents/annexes.h"
#include "documents/program.h"
#include "documents/sink.h"
#include "templating/scope.h"

namespace vekha::documents {

// What the parts of one document share while it is filled.
class Filling {
 public:
  // Everything must outlive the filling.
  Filling(const Value& data, const TemplateParts& parts, Annexes& annexes);

  // Appends what the program of part `part` prints. Faults go to `diagnostics`, each tag's fault once. `drain` is
  // called whenever much has been printed that will not be taken back; it may take all but the last `kept_tail` bytes.
  // Errors: refused, when the document grows beyond 512 MB or takes over 20,000,000 turns of sections.
  template <class Drain>
  void run(const Program& program, size_t part, Sink& out, Drain&& drain);
  void run(const Program& program, size_t part, Sink& out) {
    run(program, part, out, [](Sink&) {});
  }

  // As much of what was printed is still looked at: whether it ends with a table, a paragraph or marks.
  static constexpr size_t kept_tail = 4096;

  std::vector<Diagnostic> diagnostics;

 private:
  // An open section. `value` keeps what a formatter made of the section's value while the contexts point to it.
  struct Frame {
    Value value;
    const List* list = nullptr;
    size_t index = 0;
    bool pushed = false;
  };
  struct MergeSlot {
    size_t begin = 0;
    size_t row = 0;
    std::string before;  // what the cell above printed
  };
  struct Columns {
    const ColumnTable* table;
    std::vector<size_t> counts;   // by group
    std::vector<int64_t> widths;  // by column of the template: of each of its turns
    size_t count_of(size_t column) const;
  };
  struct Shown {
    std::string relation;
    int64_t width = 0;
    int64_t height = 0;
    std::string description;
  };

  void step(const Program& program, size_t& at, Sink& out);
  const Value* evaluate(const Program& program, uint32_t tag, Value& storage);
  // Whether the section is entered.
  bool enter(const Program& program, size_t at);
  // Whether the section is turned once more.
  bool turn();
  void count_turn();
  void report(const Program& program, uint32_t tag, std::vector<Diagnostic>& faults);
  void report(const Program& program, uint32_t tag, const char* code, std::string message, std::string hint);
  void check_size(size_t size) const;
  void print(const Program& program, const Instruction& instruction, std::string& out);
  void print_link(const Program& program, uint32_t link, std::string& out);
  bool show_picture(const Program& program, const PictureFrame& frame);
  bool show_chart(const Program& program, const ChartFrame& frame);
  void print_fact(PictureFact fact, std::string& out) const;
  void begin_columns(const Program& program, const ColumnTable& table);
  void print_grid(std::string& out) const;
  void print_cell(const ColumnCell& cell, Code code, std::string& out) const;
  void expect_count(const Program& program, uint32_t tag, uint32_t group);
  // Whether the cell printed since `merge_begin` says the same as the one above it.
  bool merges(MergeSlot& slot, const std::string& out);

  const TemplateParts& parts_;
  Annexes& annexes_;
  templating::Scope scope_;
  std::deque<Frame> frames_;  // frames stay where they are: contexts point into them
  std::vector<size_t> tables_;
  std::vector<bool> printed_;
  std::vector<Shown> shown_;
  std::vector<Columns> columns_;
  std::vector<MergeSlot> merges_;
  std::vector<int64_t> lists_;  // by slot: the number of the list that runs, 0 for none yet
  size_t row_ = 0;
  size_t open_merges_ = 0;
  size_t part_ = 0;
  uint32_t next_id_;
  size_t drained_ = 0;
  size_t printed_bytes_ = 0;
  size_t turns_ = 0;
};

// Text made safe for w:t: markup escaped, line ends as w:br, tabs as w:tab, what XML cannot hold left out. Where
// `new_paragraph` is not empty, an empty line in the text begins a new paragraph with it.
void append_run_text(std::string& out, std::string_view text, std::string_view new_paragraph = {});
// The same for elements that hold nothing but text, and for attributes; line ends and tabs are blanks.
void append_plain_text(std::string& out, std::string_view text);

template <class Drain>
void Filling::run(const Program& program, size_t part, Sink& out, Drain&& drain) {
  constexpr size_t much = 256u << 10;
  part_ = part;
  drained_ = 0;
  merges_.assign(merges_.size(), {});
  for (size_t at = 0; at < program.code.size(); ++at) {
    const Instruction& instruction = program.code[at];
    if (instruction.code == Code::literal) {
      out.literal(program.literals, instruction.a, instruction.b);
      continue;
    }
    step(program, at, out);
    if (instruction.code == Code::close && out.bytes.size() > much && tables_.empty() && open_merges_ == 0) {
      const size_t before = out.bytes.size();
      drain(out);
      drained_ += before - out.bytes.size();
    }
  }
  check_size(out.bytes.size());
  printed_bytes_ += drained_ + out.bytes.size();
  drained_ = 0;
}

}  // namespace vekha::documents
