// What a document gets besides text: pictures, links, charts, columns, cells merged downwards.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "documents/filling.h"
#include "documents/picture.h"
#include "documents/template_parts.h"

namespace vekha::documents {
namespace {

constexpr std::array<std::string_view, 5> link_schemes = {"http://", "https://", "mailto:", "tel:", "ftp://"};

// An address as Word keeps it: no blanks, no quotes.
std::string address_of(std::string_view text) {
  std::string address;
  for (const char c : trim(text)) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' ||
        c == '`' || c == '{' || c == '|' || c == '}')
      address += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      address += c;
  }
  return address;
}

// What is to be read in a cell. Bookmarks, which stand once only, and numbers of drawings do not count.
std::string text_of(std::string_view xml) {
  std::string text;
  bool inside = false;
  for (const char c : xml) {
    if (c == '<') inside = true;
    if (!inside) text += c;
    if (c == '>') inside = false;
  }
  return text;
}

constexpr int64_t narrowest = 400;  // twentieths of a point, 7 mm: what a column of figures needs

}  // namespace

void Filling::print_link(const Program& program, uint32_t link, std::string& out) {
  std::string text;
  uint32_t tag = 0;
  for (const Piece& piece : program.links[link]) {
    text += piece.text;
    if (piece.tag == UINT32_MAX) continue;
    tag = piece.tag;
    Value storage;
    const Value* value = evaluate(program, piece.tag, storage);
    if (!value) return;
    std::vector<Diagnostic> faults;
    text += templating::to_text(*value, faults);
    if (!faults.empty()) report(program, piece.tag, faults);
  }
  const std::string address = address_of(text);
  const bool known = std::any_of(link_schemes.begin(), link_schemes.end(),
                                 [&](std::string_view scheme) { return to_lower(address).starts_with(scheme); });
  if (!known && !address.empty())
    return report(program, tag, "link-address", fmt::format("«{}» – не адрес ссылки.", text),
                  "Адрес начинается с https://, http://, mailto:, tel: или ftp://.");
  out += annexes_.relation(part_, "hyperlink", address.empty() ? "about:blank" : address, opc::TargetMode::external);
}

bool Filling::show_picture(const Program& program, const PictureFrame& frame) {
  Value storage;
  const Value* value = evaluate(program, frame.tag, storage);
  if (!value || value->is_null()) return false;
  if (const std::string* text = value->get_if<std::string>(); text && text->empty()) return false;
  PictureReading reading = read_picture(*value);
  if (!reading.fault.empty()) {
    report(program, frame.tag, "picture", reading.fault, reading.hint);
    return false;
  }
  // The picture keeps its proportions and stays within the frame of the placeholder.
  const Picture& picture = reading.picture;
  Shown shown;
  shown.width = frame.width;
  shown.height = frame.height;
  if (frame.width > 0 && frame.height > 0) {
    const double scale = std::min(static_cast<double>(frame.width) / static_cast<double>(picture.width),
                                  static_cast<double>(frame.height) / static_cast<double>(picture.height));
    shown.width = std::max<int64_t>(1, static_cast<int64_t>(static_cast<double>(picture.width) * scale + 0.5));
    shown.height = std::max<int64_t>(1, static_cast<int64_t>(static_cast<double>(picture.height) * scale + 0.5));
  }
  shown.description = picture.description;
  shown.relation = annexes_.picture(part_, picture);
  shown_.assign(1, std::move(shown));
  return true;
}

bool Filling::show_chart(const Program& program, const ChartFrame& frame) {
  Value storage;
  const Value* value = evaluate(program, frame.tag, storage);
  if (!value || value->is_null()) return false;
  ChartReading reading = read_chart(*value);
  if (!reading.fault.empty()) {
    report(program, frame.tag, "chart", reading.fault, reading.hint);
    return false;
  }
  Shown shown;
  shown.description = reading.data.title;
  shown.relation = annexes_.chart(part_, frame.part, reading.data);
  shown_.assign(1, std::move(shown));
  return true;
}

void Filling::print_fact(PictureFact fact, std::string& out) const {
  if (shown_.empty()) return;
  const Shown& shown = shown_.back();
  switch (fact) {
    case PictureFact::relation: out += shown.relation; break;
    case PictureFact::width: out += std::to_string(shown.width); break;
    case PictureFact::height: out += std::to_string(shown.height); break;
    case PictureFact::description: append_plain_text(out, shown.description); break;
  }
}

bool Filling::merges(MergeSlot& slot, const std::string& out) {
  std::string cell = text_of(std::string_view(out).substr(slot.begin));
  const bool same = row_ == slot.row + 1 && cell == slot.before && !trim(cell).empty();
  slot.row = row_;
  slot.before = std::move(cell);
  return same;
}

size_t Filling::Columns::count_of(size_t column) const {
  for (size_t i = 0; i < table->groups.size(); ++i)
    if (column >= table->groups[i].first && column <= table->groups[i].last) return counts[i];
  return 1;
}

// The table keeps its width: repeated columns share what their one column had. Where that is too narrow, the other
// columns give, down to the same limit.
void Filling::begin_columns(const Program& program, const ColumnTable& table) {
  Columns columns{&table, {}, table.widths};
  for (const ColumnGroup& group : table.groups) {
    Value storage;
    const Value* value = evaluate(program, group.tag, storage);
    const List* list = value ? value->get_if<List>() : nullptr;
    columns.counts.push_back(list ? list->size() : (value && templating::is_true(*value) ? 1 : 0));
  }
  int64_t whole = 0, wanted = 0, fixed = 0;
  for (size_t i = 0; i < columns.widths.size(); ++i) {
    int64_t& width = columns.widths[i];
    whole += width;
    const auto count = static_cast<int64_t>(columns.count_of(i));
    const bool repeated = std::any_of(table.groups.begin(), table.groups.end(),
                                      [&](const ColumnGroup& one) { return i >= one.first && i <= one.last; });
    if (!repeated) {
      fixed += width;
    } else if (count > 0) {
      width = std::max(width / count, std::min(width, narrowest));
      wanted += width * count;
    }
  }
  if (wanted + fixed > whole && fixed > 0) {
    for (size_t i = 0; i < columns.widths.size(); ++i) {
      const bool repeated = std::any_of(table.groups.begin(), table.groups.end(),
                                        [&](const ColumnGroup& one) { return i >= one.first && i <= one.last; });
      int64_t& width = columns.widths[i];
      if (!repeated) width = std::max(width * std::max<int64_t>(whole - wanted, 0) / fixed, std::min(width, narrowest));
    }
  }
  columns_.push_back(std::move(columns));
}

void Filling::print_grid(std::string& out) const {
  const Columns& columns = columns_.back();
  const auto print = [&](size_t i) { out += fmt::format("<w:gridCol w:w=\"{}\"/>", columns.widths[i]); };
  for (size_t i = 0; i < columns.widths.size(); ++i) {
    const auto group = std::find_if(columns.table->groups.begin(), columns.table->groups.end(),
                                    [&](const ColumnGroup& one) { return one.first == i; });
    if (group == columns.table->groups.end()) {
      print(i);
      continue;
    }
    const size_t last = std::min(group->last, columns.widths.size() - 1);
    for (size_t turn = 0; turn < columns.count_of(i); ++turn)
      for (size_t column = i; column <= last; ++column)
        print(column);
    i = last;
  }
}

void Filling::print_cell(const ColumnCell& cell, Code code, std::string& out) const {
  const Columns& columns = columns_.back();
  int64_t width = 0;
  size_t span = 0;
  for (size_t i = cell.first; i <= cell.last; ++i) {
    const size_t count = cell.repeated ? 1 : columns.count_of(i);
    span += count;
    if (i < columns.widths.size()) width += columns.widths[i] * static_cast<int64_t>(count);
  }
  if (code == Code::cell_span) {
    out += std::to_string(std::max<size_t>(span, 1));
    return;
  }
  int64_t before = 0;
  for (size_t i = cell.first; i <= cell.last && i < columns.table->widths.size(); ++i)
    before += columns.table->widths[i];
  // Widths may be counted in something else than the grid (per cent): they change as the grid does.
  out += std::to_string(before > 0 ? cell.width * width / before : cell.width);
}

void Filling::expect_count(const Program& program, uint32_t tag, uint32_t group) {
  Value storage;
  const Value* value = evaluate(program, tag, storage);
  if (!value) return;
  const List* list = value->get_if<List>();
  const size_t count = list ? list->size() : (templating::is_true(*value) ? 1 : 0);
  const size_t expected = columns_.back().counts[group];
  if (count != expected)
    report(program, tag, "columns-uneven", fmt::format("Столбцов здесь {}, а в начале таблицы {}.", count, expected),
           "Дайте каждой строке столько значений, сколько столбцов; пустое место – null.");
}

}  // namespace vekha::documents
