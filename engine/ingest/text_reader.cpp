#include "ingest/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "ingest/headings.h"
#include "ingest/markup.h"

namespace vekha::ingest {
namespace {

enum class Layout { tabbed, cell_a_line };

bool is_blank(std::string_view line) { return trim(line).empty(); }

// «- », «· », «1. »: begins a paragraph of its own.
bool begins_entry(std::string_view line) {
  const std::string_view text = trim(line);
  if (text.empty()) return false;
  size_t at = 0;
  const char32_t first = next_char(text, at);
  const bool bullet =
      first == U'-' || first == U'–' || first == U'—' || first == U'·' || first == U'•' || first == U'*';
  if (bullet && at < text.size() && text[at] == ' ') return true;
  size_t digits = 0;
  while (digits < text.size() && is_digit(static_cast<unsigned char>(text[digits])))
    ++digits;
  return digits > 0 && digits <= 2 && digits + 1 < text.size() && (text[digits] == '.' || text[digits] == ')') &&
         text[digits + 1] == ' ';
}

bool starts_lower(std::string_view line) {
  const std::string_view text = trim(line);
  if (text.empty()) return false;
  size_t at = 0;
  const char32_t first = next_char(text, at);
  return is_letter(first) && !is_upper(first);
}

// «---», «:--:»: what Markdown draws under the head of a table.
bool is_rule(const Row& row) {
  size_t rules = 0;
  for (const Cell& cell : row.cells) {
    const std::string text = cell.text();
    if (text.empty()) continue;
    if (text.size() < 3 || text.find_first_not_of("-:") != std::string::npos) return false;
    ++rules;
  }
  return rules > 0;
}

Layout layout_of(const std::vector<std::string_view>& lines) {
  size_t single = 0, tabbed = 0;
  for (const std::string_view line : lines) {
    if (line.find('\t') == std::string_view::npos) continue;
    ++tabbed;
    if (line[0] == '\t' && line.find('\t', 1) == std::string_view::npos) ++single;
  }
  return tabbed >= 4 && single * 10 >= tabbed * 9 ? Layout::cell_a_line : Layout::tabbed;
}

class TextReader {
 public:
  TextReader(std::string_view text, const std::string& file, Doubts& doubts)
      : lines_(split_lines(text)), file_(file), counter_(file), doubts_(doubts) {}

  Sheet read() {
    if (layout_of(lines_) == Layout::tabbed)
      read_tabbed();
    else
      read_cell_a_line();
    flush_paragraph();
    return std::move(sheet_);
  }

 private:
  Where where(size_t line, size_t byte = 0) const {
    Where place;
    place.line = static_cast<int>(line) + 1;
    const std::string_view text = lines_[line];
    while (byte < text.size() && text[byte] == ' ')
      ++byte;
    place.column = static_cast<int>(count_chars(text.substr(0, byte))) + 1;
    return place;
  }

  Cell cell_of(std::string_view raw, size_t line, size_t byte) {
    counter_.add();
    Cell cell;
    Marked marked = without_markup(raw);
    cell.lines = std::move(marked.lines);
    cell.bold = marked.bold;
    cell.where = where(line, byte);
    return cell;
  }

  Table& table() {
    flush_paragraph();
    if (sheet_.blocks.empty() || !std::holds_alternative<Table>(sheet_.blocks.back()))
      sheet_.blocks.emplace_back(Table{});
    return std::get<Table>(sheet_.blocks.back());
  }

  // ---- paragraphs ----

  void add_text(size_t line) {
    const std::string_view text = lines_[line];
    if (begins_entry(text) || trim(text).substr(0, 1) == "#") flush_paragraph();
    if (paragraph_.empty()) paragraph_line_ = line;
    if (!paragraph_.empty()) paragraph_ += '\n';
    paragraph_ += text;
  }

  void flush_paragraph() {
    if (paragraph_.empty()) return;
    counter_.add();
    Marked marked = without_markup(paragraph_);
    paragraph_.clear();
    if (marked.lines.empty()) return;
    Paragraph paragraph;
    paragraph.lines = std::move(marked.lines);
    paragraph.heading = marked.bold;
    if (begins_entry(paragraph.lines.front().text)) paragraph.lines.front().kind = LineKind::list_item;
    paragraph.where = where(paragraph_line_);
    sheet_.blocks.emplace_back(std::move(paragraph));
  }

  // ---- a TAB between cells ----

  void read_tabbed() {
    bool after_row = false;
    for (size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = lines_[i];
      if (line.find('\t') != std::string_view::npos) {
        add_row(i);
        after_row = true;
      } else if (is_blank(line)) {
        flush_paragraph();
        after_row = false;
      } else if (after_row && starts_lower(line)) {
        // The last cell went on in a line of its own.
        for (Line& more : without_markup(line).lines)
          table().rows.back().cells.back().lines.push_back(std::move(more));
      } else {
        after_row = false;
        add_text(i);
      }
    }
  }

  void add_row(size_t line) {
    Row row;
    row.where = where(line);
    int column = 1;
    for (const std::string_view field : split(lines_[line], '\t')) {
      row.cells.push_back(cell_of(field, line, 0));
      // The column is counted on from cell to cell: a row of very many cells must not be counted from its start.
      size_t blanks = 0;
      while (blanks < field.size() && field[blanks] == ' ')
        ++blanks;
      row.cells.back().where.column = column + static_cast<int>(blanks);
      column += static_cast<int>(count_chars(field)) + 1;
    }
    if (row.filled() == 0) return;
    if (is_rule(row)) {
      doubts_.note("markdown-rule", row.where,
                   "Среди строк таблицы стоит черта из дефисов, след разметки Markdown; она пропущена.");
      return;
    }
    table().rows.push_back(std::move(row));
  }

  // ---- one cell a line ----

  void read_cell_a_line() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = lines_[i];
      if (is_blank(line) && line.find('\t') == std::string_view::npos) {
        flush_paragraph();
        end_group();
      } else if (line[0] == '\t') {
        flush_paragraph();
        group_.push_back(cell_of(line.substr(1), i, 1));
      } else if (!group_.empty()) {
        for (Line& more : without_markup(line).lines)
          group_.back().lines.push_back(std::move(more));
      } else {
        end_row();
        add_text(i);
      }
    }
    end_group();
    end_row();
  }

  // Cells between two blank lines: mostly a row, sometimes a part of one.
  void end_group() {
    std::vector<Cell> group = std::exchange(group_, {});
    if (group.empty()) return;
    if (columns_ == 0) {
      Row row{group, group.front().where};
      if (is_plan_head(row)) columns_ = group.size();
      push(std::move(group));
      return;
    }
    if (!row_.empty()) {
      const bool begins = group.front().empty() || is_item_number(group.front().text());
      if (row_.size() + group.size() <= columns_ && !begins) {
        doubts_.note("blank-line-in-row", group.front().where,
                     "Внутри строки таблицы стоит пустая строка; половины строки соединены.");
        std::move(group.begin(), group.end(), std::back_inserter(row_));
        if (row_.size() == columns_) end_row();
        return;
      }
      end_row();
    }
    const bool band = group.front().empty() && group.size() <= 2;
    if (group.size() < columns_ && !band) {
      row_ = std::move(group);
      return;
    }
    while (group.size() > columns_) {
      std::vector<Cell> first(std::make_move_iterator(group.begin()),
                              std::make_move_iterator(group.begin() + static_cast<long>(columns_)));
      group.erase(group.begin(), group.begin() + static_cast<long>(columns_));
      push(std::move(first));
    }
    push(std::move(group));
  }

  void end_row() {
    if (!row_.empty()) push(std::exchange(row_, {}));
  }

  void push(std::vector<Cell> cells) {
    Row row;
    row.where = cells.front().where;
    row.cells = std::move(cells);
    if (row.filled() > 0) table().rows.push_back(std::move(row));
  }

  std::vector<std::string_view> lines_;
  const std::string& file_;
  Counter counter_;
  Doubts& doubts_;
  Sheet sheet_;
  std::string paragraph_;
  size_t paragraph_line_ = 0;
  std::vector<Cell> group_, row_;
  size_t columns_ = 0;  // of the plan's table, once its head is met
};

}  // namespace

Sheet read_text(std::string_view text, const std::string& file, Doubts& doubts) {
  return TextReader(text, file, doubts).read();
}

}  // namespace vekha::ingest
