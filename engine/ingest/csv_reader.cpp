#include "ingest/csv_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "ingest/grid.h"
#include "ingest/headings.h"
#include "ingest/markup.h"

namespace vekha::ingest {
namespace {

class CsvReader {
 public:
  CsvReader(std::string_view text, char sign, const std::string& file)
      : text_(text), sign_(sign), file_(file), counter_(file) {}

  std::vector<Row> rows() {
    std::vector<Row> all;
    while (at_ < text_.size()) {
      Row row = this->row();
      if (sign_ == '|' && is_rule(row)) continue;
      all.push_back(std::move(row));
    }
    return all;
  }

 private:
  Where where() const {
    Where place;
    place.line = line_;
    place.column = static_cast<int>(count_chars(text_.substr(line_start_, at_ - line_start_))) + 1;
    return place;
  }

  Row row() {
    Row row;
    row.where = where();
    while (true) {
      row.cells.push_back(cell());
      if (at_ < text_.size() && text_[at_] == sign_) {
        ++at_;
        continue;
      }
      break;
    }
    end_line();
    return row;
  }

  void end_line() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
    line_start_ = at_;
  }

  Cell cell() {
    counter_.add();
    Cell cell;
    while (at_ < text_.size() && text_[at_] == ' ')
      ++at_;
    cell.where = where();
    std::string raw;
    if (sign_ != '|' && at_ < text_.size() && text_[at_] == '"' && closes()) {
      raw = quoted();
    }
    while (at_ < text_.size() && text_[at_] != sign_ && text_[at_] != '\n' && text_[at_] != '\r')
      raw += text_[at_++];
    Marked marked = without_markup(raw);
    cell.lines = std::move(marked.lines);
    cell.bold = marked.bold;
    return cell;
  }

  // Whether the quote that stands here has its other half.
  bool closes() const {
    for (size_t at = at_ + 1; at < text_.size(); ++at) {
      if (text_[at] != '"') continue;
      if (at + 1 < text_.size() && text_[at + 1] == '"') {
        ++at;
        continue;
      }
      size_t after = at + 1;
      while (after < text_.size() && text_[after] == ' ')
        ++after;
      return after == text_.size() || text_[after] == sign_ || text_[after] == '\n' || text_[after] == '\r';
    }
    return false;
  }

  std::string quoted() {
    std::string out;
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') {
        if (at_ >= text_.size() || text_[at_] != '"') break;
        ++at_;
      }
      if (c == '\n') {
        ++line_;
        line_start_ = at_;
      }
      out += c;
    }
    return out;
  }

  // «|---|:--:|»
  static bool is_rule(const Row& row) {
    size_t rules = 0;
    for (const Cell& cell : row.cells) {
      if (cell.empty()) continue;
      if (cell.text().find_first_not_of("-: ") != std::string::npos) return false;
      ++rules;
    }
    return rules > 1;
  }

  std::string_view text_;
  char sign_;
  const std::string& file_;
  Counter counter_;
  size_t at_ = 0, line_start_ = 0;
  int line_ = 1;
};

// Whether any line could be the head of a plan with this sign: cheap, so that other texts are not parsed four times.
bool may_part(std::string_view text, char sign) {
  for (const std::string_view line : split_lines(text)) {
    if (std::count(line.begin(), line.end(), sign) < 2) continue;
    const std::string lower = to_lower(line.substr(0, 2000));
    if (lower.find("мероприят") != std::string::npos || lower.find("наименован") != std::string::npos ||
        lower.find("содержание") != std::string::npos || lower.find("деятельност") != std::string::npos ||
        lower.find("действи") != std::string::npos || lower.find("направлен") != std::string::npos)
      return true;
  }
  return false;
}

// Whether TABs part a line into the head of a plan: then other signs are part of the text.
bool has_tabbed_head(std::string_view text) {
  for (const std::string_view line : split_lines(text)) {
    if (std::count(line.begin(), line.end(), '\t') < 2) continue;
    Row row;
    for (const std::string_view cell : split(line, '\t'))
      row.cells.emplace_back().lines.push_back({fold_space(cell), LineKind::text});
    for (Cell& cell : row.cells)
      if (cell.text().empty()) cell.lines.clear();
    if (is_plan_head(row)) return true;
  }
  return false;
}

// A head, and below it mostly rows as wide: a sentence with commas has none.
bool holds_plan(const std::vector<Row>& rows) {
  const auto head = std::find_if(rows.begin(), rows.end(), [](const Row& row) { return is_plan_head(row); });
  if (head == rows.end()) return false;
  size_t fitting = 0, others = 0;
  for (auto row = head + 1; row != rows.end(); ++row)
    if (row->filled() > 0) ++(row->cells.size() == head->cells.size() ? fitting : others);
  return fitting > others;
}

}  // namespace

std::optional<Sheet> read_csv(std::string_view text, const std::string& file) {
  const bool tabbed = text.find('\t') != std::string_view::npos && has_tabbed_head(text);
  for (const char sign : {';', '|', ',', '\t'}) {
    if (tabbed && sign != '\t') continue;
    if (sign == '\t' && text.find("\t\"") == std::string_view::npos) continue;  // plain TABs are the text reader's
    if (!may_part(text, sign)) continue;
    std::vector<Row> rows = CsvReader(text, sign, file).rows();
    if (!holds_plan(rows)) continue;
    Sheet sheet;
    add_spreadsheet(sheet, std::move(rows));
    return sheet;
  }
  return std::nullopt;
}

}  // namespace vekha::ingest
