#include "documents/filling.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "documents/picture.h"
#include "documents/template_parts.h"

namespace vekha::documents {
namespace {

constexpr size_t max_document = 512u << 20;
constexpr size_t max_turns = 20'000'000;  // sections within sections over long lists would never end
constexpr size_t max_diagnostics = 500;
constexpr const char* turn_word = ", повтор ";

// Bytes that cannot be copied as they are: markup, control characters, and the first bytes of characters that XML may
// not be able to hold.
constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (int c = 0; c < 0x20; ++c)
    special[c] = true;
  for (const char c : {'&', '<', '>', '"'})
    special[static_cast<unsigned char>(c)] = true;
  special[0xED] = true;  // surrogates
  special[0xEF] = true;  // U+FFFE, U+FFFF
  return special;
}
constexpr std::array<bool, 256> special = make_special();

enum class Breaks { elements, blanks };

// The bytes of the line end at `at`; 0 where there is none.
size_t line_end(std::string_view text, size_t at) {
  if (text.substr(at, 2) == "\r\n") return 2;
  return at < text.size() && (text[at] == '\n' || text[at] == '\r') ? 1 : 0;
}

template <Breaks breaks>
void append_text(std::string& out, std::string_view text, std::string_view new_paragraph = {}) {
  size_t copied = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!special[c]) continue;
    size_t skipped = 1;
    std::string_view instead;
    if (c == '"' && breaks == Breaks::elements) continue;
    if (c == 0xED || c == 0xEF) {
      const auto second = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
      const auto third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0u;
      const bool bad = c == 0xED ? second >= 0xA0 : (second == 0xBF && third >= 0xBE);
      if (!bad) continue;
      skipped = std::min<size_t>(3, text.size() - i);
    } else if (c == '&') {
      instead = "&amp;";
    } else if (c == '<') {
      instead = "&lt;";
    } else if (c == '>') {
      instead = "&gt;";
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') skipped = 2;
      instead = breaks == Breaks::elements ? "</w:t><w:br/><w:t xml:space=\"preserve\">" : " ";
      size_t empty = new_paragraph.empty() ? 0 : line_end(text, i + skipped);
      if (empty > 0) instead = new_paragraph;
      for (; empty > 0; empty = line_end(text, i + skipped))
        skipped += empty;
    } else if (c == '"' && breaks == Breaks::blanks) {
      instead = "&quot;";
    } else if (c == '\t') {
      instead = breaks == Breaks::elements ? "</w:t><w:tab/><w:t xml:space=\"preserve\">" : " ";
    }
    out.append(text.substr(copied, i - copied));
    out.append(instead);
    i += skipped - 1;
    copied = i + 1;
  }
  out.append(text.substr(copied));
}

// What has been printed, without the empty elements at its end that are no blocks (bookmarks, ends of comments).
std::string_view without_marks(std::string_view out) {
  while (out.ends_with("/>")) {
    const size_t begin = out.rfind('<');
    if (begin == std::string_view::npos) break;
    const std::string_view element = out.substr(begin);
    if (!element.starts_with("<w:bookmark") && !element.starts_with("<w:comment") && !element.starts_with("<w:move"))
      break;
    out.remove_suffix(element.size());
  }
  return out;
}

bool ends_with_element(std::string_view out, std::initializer_list<std::string_view> closings) {
  out = without_marks(out);
  return std::any_of(closings.begin(), closings.end(), [&](std::string_view one) { return out.ends_with(one); });
}

}  // namespace

void append_run_text(std::string& out, std::string_view text, std::string_view new_paragraph) {
  append_text<Breaks::elements>(out, text, new_paragraph);
}
void append_plain_text(std::string& out, std::string_view text) { append_text<Breaks::blanks>(out, text); }

Filling::Filling(const Value& data, const TemplateParts& parts, Annexes& annexes)
    : parts_(parts),
      annexes_(annexes),
      scope_(data),
      printed_(parts.once_slots, false),
      merges_(parts.merge_slots),
      lists_(parts.lists.size(), 0),
      next_id_(parts.first_free_id) {}

const Value* Filling::evaluate(const Program& program, uint32_t tag, Value& storage) {
  const templating::Expression& expression = program.tags[tag].expression;
  if (expression.calls.empty()) {
    const Value* value = scope_.find(expression.name, storage);
    if (value) return value;
  }
  std::vector<Diagnostic> faults;
  const Value* value = scope_.evaluate(expression, storage, faults);
  if (!faults.empty()) report(program, tag, faults);
  return value;
}

void Filling::report(const Program& program, uint32_t tag, std::vector<Diagnostic>& faults) {
  const PlacedExpression& placed = program.tags[tag];
  for (Diagnostic& fault : faults) {
    fault.message = fmt::format("Тег «{}»: {}", placed.source, fault.message);
    const bool known = std::any_of(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& one) {
      return one.message == fault.message &&
             std::string_view(one.where.place).substr(0, one.where.place.find(turn_word)) == placed.place;
    });
    if (known || diagnostics.size() >= max_diagnostics) continue;
    const std::string turns = scope_.turns();
    fault.where = {parts_.package.file(), 0, 0, placed.place + (turns.empty() ? std::string() : turn_word + turns)};
    diagnostics.push_back(std::move(fault));
  }
}

bool Filling::enter(const Program& program, size_t at) {
  const Instruction& instruction = program.code[at];
  Frame& frame = frames_.emplace_back();
  const Value* value = evaluate(program, instruction.a, frame.value);
  const bool wanted = instruction.code == Code::open;
  if (!value || templating::is_true(*value) != wanted) {
    frames_.pop_back();
    return false;
  }
  if (!wanted || value->is<bool>()) return true;
  frame.pushed = true;
  frame.list = value->get_if<List>();
  if (frame.list)
    scope_.push(frame.list->front(), 1, frame.list->size());
  else
    scope_.push(*value);
  return true;
}

bool Filling::turn() {
  Frame& frame = frames_.back();
  if (frame.pushed) scope_.pop();
  if (frame.list && ++frame.index < frame.list->size()) {
    scope_.push((*frame.list)[frame.index], frame.index + 1, frame.list->size());
    return true;
  }
  frames_.pop_back();
  return false;
}

void Filling::count_turn() {
  if (++turns_ <= max_turns) return;
  throw Error(
      ErrorCode::refused,
      fmt::format("В шаблоне «{}» больше {} повторов. Проверьте, не вложены ли списки сами в себя, или уменьшите "
                  "данные.",
                  parts_.package.file(), max_turns),
      parts_.package.file());
}

void Filling::check_size(size_t size) const {
  if (printed_bytes_ + drained_ + size <= max_document) return;
  throw Error(
      ErrorCode::refused,
      fmt::format("Документ по шаблону «{}» получается больше {} МБ. Уменьшите данные или разделите их на несколько "
                  "документов.",
                  parts_.package.file(), max_document >> 20),
      parts_.package.file());
}

void Filling::report(const Program& program, uint32_t tag, const char* code, std::string message, std::string hint) {
  std::vector<Diagnostic> faults{{Severity::error, code, {}, std::move(message), std::move(hint)}};
  report(program, tag, faults);
}

void Filling::print(const Program& program, const Instruction& instruction, std::string& out) {
  Value storage;
  const Value* value = evaluate(program, instruction.a, storage);
  if (!value || value->is_null()) return;
  const auto append = [&](std::string_view text) {
    if (instruction.code == Code::run_value)
      append_run_text(out, text, program.tags[instruction.a].new_paragraph);
    else
      append_plain_text(out, text);
  };
  if (const std::string* text = value->get_if<std::string>()) return append(*text);
  std::vector<Diagnostic> faults;
  append(templating::to_text(*value, faults));
  if (!faults.empty()) report(program, instruction.a, faults);
}

void Filling::step(const Program& program, size_t& at, Sink& sink) {
  std::string& out = sink.bytes;
  const auto paragraph = [&](const Instruction& instruction) {
    out += "<w:p>";
    out.append(program.literals, instruction.a, instruction.b);
    out += "</w:p>";
  };
  const Instruction& instruction = program.code[at];
  switch (instruction.code) {
    case Code::literal: sink.literal(program.literals, instruction.a, instruction.b); break;
    case Code::run_value:
    case Code::plain_value:
    case Code::attribute: print(program, instruction, out); break;
    case Code::open:
    case Code::inverted:
      if (!enter(program, at)) at = instruction.b;
      break;
    case Code::close:
      check_size(out.size());
      count_turn();
      if (turn()) at = instruction.a;
      break;
    case Code::once:
      if (printed_[instruction.a])
        at = instruction.b - 1;
      else
        printed_[instruction.a] = true;
      break;
    case Code::fresh_id: out += std::to_string(next_id_++); break;
    case Code::table_begin: tables_.push_back(out.size()); break;
    case Code::table_end:
      if (ends_with_element(out, {"</w:tr>", "</w:sdt>"}))
        out += "</w:tbl>";
      else
        sink.cut(tables_.back());
      tables_.pop_back();
      break;
    case Code::before_table:
      if (ends_with_element(out, {"</w:tbl>"})) paragraph(instruction);
      break;
    case Code::end_container:
      if (!ends_with_element(out, {"</w:p>", "</w:sdt>"})) paragraph(instruction);
      break;
    case Code::choose: {
      Value storage;
      const Value* value = evaluate(program, instruction.a, storage);
      const Choice& choice = program.choices[instruction.b];
      out += value && templating::is_true(*value) ? choice.yes : choice.no;
      break;
    }
    case Code::link: print_link(program, instruction.a, out); break;
    case Code::picture:
      if (!show_picture(program, program.pictures[instruction.a])) at = instruction.b - 1;
      break;
    case Code::chart:
      if (!show_chart(program, program.charts[instruction.a])) at = instruction.b - 1;
      break;
    case Code::picture_fact: print_fact(static_cast<PictureFact>(instruction.a), out); break;
    case Code::restart_lists: std::fill_n(lists_.begin() + instruction.a, instruction.b, 0); break;
    case Code::list_number: {
      int64_t& number = lists_[instruction.a];
      if (number == 0) number = annexes_.list_like(parts_.lists[instruction.a].base);
      out += std::to_string(number);
      break;
    }
    case Code::rows_begin: row_ += 2; break;
    case Code::row: ++row_; break;
    case Code::merge_begin:
      merges_[instruction.a].begin = out.size();
      ++open_merges_;
      break;
    case Code::merge_end:
      --open_merges_;
      if (merges(merges_[instruction.a], out))
        sink.cut(merges_[instruction.a].begin);
      else
        at = instruction.b - 1;
      break;
    case Code::columns: begin_columns(program, program.tables[instruction.a]); break;
    case Code::columns_end: columns_.pop_back(); break;
    case Code::grid: print_grid(out); break;
    case Code::cell_width:
    case Code::cell_span: print_cell(program.cells[instruction.a], instruction.code, out); break;
    case Code::expect_count: expect_count(program, instruction.a, instruction.b); break;
  }
}

}  // namespace vekha::documents
