#include "ingest/xlsx_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "ingest/grid.h"
#include "ingest/xlsx_numbers.h"
#include "opc/relationships.h"
#include "xml/xml.h"

namespace vekha::ingest {
namespace {

int number_of(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (!is_digit(static_cast<unsigned char>(c)) || value > 100'000'000) return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

struct Address {
  int row = 0, column = 0;  // from 1; 0 for what is no address
};

Address address_of(std::string_view text) {
  Address address;
  size_t at = 0;
  while (at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && at < 4)
    address.column = address.column * 26 + (text[at++] - 'A' + 1);
  address.row = number_of(text.substr(at));
  return address;
}

std::string column_letters(int column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

struct Merge {
  int column = 0, columns = 1, rows = 1;
};

struct Style {
  int format = 0;
  bool bold = false;
};

// A cell that holds something, or begins a merged one.
struct Stored {
  int column = 0;
  Cell cell;
};

class XlsxReader {
 public:
  XlsxReader(const opc::Package& package, const std::string& file, Doubts& doubts)
      : package_(package), file_(file), counter_(file), doubts_(doubts) {}

  Sheet read() {
    std::string workbook = "xl/workbook.xml";
    for (const opc::Relationship& one : opc::relationships_of(package_, ""))
      if (one.kind() == "officeDocument") workbook = one.target;
    const xml::Document book = parse(workbook);
    if (book.root().child("workbookPr").attribute("date1904") == "1" ||
        book.root().child("workbookPr").attribute("date1904") == "true")
      dates_ = DateSystem::from_1904;
    std::map<std::string, std::string, std::less<>> parts;
    for (const opc::Relationship& one : opc::relationships_of(package_, workbook)) {
      if (one.mode == opc::TargetMode::external) continue;
      parts[one.id] = one.target;
      if (one.kind() == "sharedStrings") read_strings(one.target);
      if (one.kind() == "styles") read_styles(one.target);
    }
    for (const xml::Node& sheet : book.root().child("sheets").children("sheet")) {
      const std::string name(sheet.attribute("name"));
      const auto part = parts.find(sheet.attribute("r:id"));
      if (part == parts.end()) continue;
      if (sheet.attribute("state") == "hidden" || sheet.attribute("state") == "veryHidden") {
        Where where;
        where.place = fmt::format("лист «{}»", name);
        doubts_.note("sheet-hidden", where, fmt::format("Лист «{}» скрыт; он не прочитан.", name),
                     "Покажите лист в Excel, если план на нём.");
        continue;
      }
      read_sheet(part->second, name);
    }
    return std::move(sheet_);
  }

 private:
  xml::Document parse(const std::string& name) const {
    const opc::Part* part = package_.find(name);
    if (!part)
      throw Error(ErrorCode::unreadable,
                  fmt::format("В книге «{}» нет части «{}». Откройте и сохраните её в Excel ещё раз.", file_, name),
                  file_);
    return xml::Document::parse(package_.content(*part), file_);
  }

  // The text of a string with its runs, without the reading aids of Japanese.
  static std::string text_of(const xml::Node& node) {
    std::string text;
    for (xml::Node child = node.first_child(); child; child = child.next()) {
      const std::string_view name = child.local_name();
      if (name == "t") text += child.text();
      if (name == "r") text += child.child("t").text();
    }
    return replace_all(std::move(text), "_x000D_", "");
  }

  void read_strings(const std::string& part) {
    const xml::Document strings = parse(part);
    for (xml::Node one = strings.root().first_child(); one; one = one.next())
      if (one.local_name() == "si") strings_.push_back(text_of(one));
  }

  void read_styles(const std::string& part) {
    const xml::Document styles = parse(part);
    for (const xml::Node& format : styles.root().child("numFmts").children("numFmt"))
      codes_[number_of(format.attribute("numFmtId"))] = format.attribute("formatCode");
    std::vector<bool> bold;
    for (const xml::Node& font : styles.root().child("fonts").children("font")) {
      const xml::Node mark = font.child("b");
      bold.push_back(mark && mark.attribute("val") != "0" && mark.attribute("val") != "false");
    }
    for (const xml::Node& style : styles.root().child("cellXfs").children("xf")) {
      const size_t font = static_cast<size_t>(number_of(style.attribute("fontId")));
      styles_.push_back({number_of(style.attribute("numFmtId")), font < bold.size() && bold[font]});
    }
  }

  // ---- one sheet ----

  void read_sheet(const std::string& part, const std::string& name) {
    const xml::Document document = parse(part);
    std::map<int, std::vector<Merge>> merges;
    for (const xml::Node& merge : document.root().child("mergeCells").children("mergeCell")) {
      const std::string_view range = merge.attribute("ref");
      const size_t colon = range.find(':');
      if (colon == std::string_view::npos) continue;
      const Address first = address_of(range.substr(0, colon)), last = address_of(range.substr(colon + 1));
      if (first.row < 1 || first.column < 1 || last.row < first.row || last.column < first.column) continue;
      counter_.add();
      merges[first.row].push_back(
          {first.column, std::min(last.column - first.column + 1, most_columns), last.row - first.row + 1});
    }
    GridBuilder grid(counter_);
    int number = 0, hidden = 0;
    Where first_hidden;
    for (xml::Node row = document.root().child("sheetData").first_child(); row; row = row.next()) {
      if (row.local_name() != "row") continue;
      number = row.has_attribute("r") ? number_of(row.attribute("r")) : number + 1;
      std::vector<Stored> stored = cells_of(row, number, name);
      Where where;
      where.place = fmt::format("лист «{}», строка {}", name, number);
      const bool off = row.attribute("hidden") == "1" || row.attribute("hidden") == "true";
      if (off && !stored.empty() && hidden++ == 0) first_hidden = where;
      const auto merged = merges.find(number);
      place(grid, std::move(where), std::move(stored), merged == merges.end() ? std::vector<Merge>{} : merged->second);
    }
    if (hidden > 0)
      doubts_.warn("rows-hidden", first_hidden,
                   fmt::format("На листе «{}» скрыты строки ({}); они прочитаны вместе с остальными.", name, hidden),
                   "Покажите их в Excel и проверьте, не лишние ли они.");
    add_spreadsheet(sheet_, grid.take());
  }

  std::vector<Stored> cells_of(const xml::Node& row, int number, const std::string& sheet) {
    std::vector<Stored> out;
    out.reserve(16);
    const std::string place = fmt::format("лист «{}», ячейка ", sheet);
    int column = 0;
    for (xml::Node node = row.first_child(); node; node = node.next()) {
      if (node.local_name() != "c") continue;
      const int named = address_of(node.attribute("r")).column;
      column = named > 0 ? named : column + 1;
      Stored stored;
      stored.column = column;
      const size_t style = static_cast<size_t>(number_of(node.attribute("s")));
      const std::string value = value_of(node, style);
      for (const std::string_view part : split(value, '\n')) {
        std::string line = fold_space(part);
        if (!line.empty()) stored.cell.lines.push_back({std::move(line), LineKind::text});
      }
      if (stored.cell.empty()) continue;
      if (column > most_columns)
        throw Error(
            ErrorCode::unreadable,
            fmt::format("На листе «{}» файла «{}» больше {} граф: таких планов не бывает. Проверьте, тот ли это "
                        "файл.",
                        sheet, file_, most_columns),
            file_);
      stored.cell.bold = style < styles_.size() && styles_[style].bold;
      stored.cell.where.place = place + column_letters(column) + std::to_string(number);
      out.push_back(std::move(stored));
    }
    const auto by_column = [](const Stored& a, const Stored& b) { return a.column < b.column; };
    if (!std::is_sorted(out.begin(), out.end(), by_column)) std::stable_sort(out.begin(), out.end(), by_column);
    return out;
  }

  std::string value_of(const xml::Node& cell, size_t style) const {
    const std::string_view type = cell.attribute("t");
    if (type == "inlineStr") return text_of(cell.child("is"));
    const std::string value = cell.child("v").text();
    if (type == "s") {
      const size_t index = static_cast<size_t>(number_of(value));
      return !value.empty() && index < strings_.size() ? strings_[index] : std::string();
    }
    if (type == "b") return value == "1" ? "да" : "нет";
    if (type == "e") return {};  // «#ЗНАЧ!» says nothing
    if (type == "str" || value.empty()) return value;
    if (type == "d") return value;
    const int format = style < styles_.size() ? styles_[style].format : 0;
    const auto code = codes_.find(format);
    return shown_number(value, format, code == codes_.end() ? std::string_view() : std::string_view(code->second),
                        dates_);
  }

  // Fills the gaps between the stored cells with empty ones.
  void place(GridBuilder& grid, Where where, std::vector<Stored> stored, std::vector<Merge> merges) {
    grid.begin_row(std::move(where));
    std::sort(merges.begin(), merges.end(), [](const Merge& a, const Merge& b) { return a.column < b.column; });
    auto next = stored.begin();
    auto merge = merges.begin();
    while (next != stored.end() || merge != merges.end()) {
      const int column = grid.next_column() + 1;
      while (next != stored.end() && next->column < column)
        ++next;  // hidden under a merged cell
      while (merge != merges.end() && merge->column < column)
        ++merge;
      if (next == stored.end() && merge == merges.end()) break;
      Cell cell;
      if (next != stored.end() && next->column == column) cell = std::move((next++)->cell);
      int rows = 1;
      if (merge != merges.end() && merge->column == column) {
        cell.span = merge->columns;
        rows = merge->rows;
        ++merge;
      }
      if (column > most_columns) break;
      grid.add(std::move(cell), rows);
    }
    grid.end_row();
  }

  const opc::Package& package_;
  const std::string& file_;
  Counter counter_;
  Doubts& doubts_;
  Sheet sheet_;
  DateSystem dates_ = DateSystem::from_1900;
  std::vector<std::string> strings_;
  std::map<int, std::string> codes_;
  std::vector<Style> styles_;
};

}  // namespace

bool is_xlsx(const opc::Package& package) { return package.find("xl/workbook.xml") != nullptr; }

Sheet read_xlsx(const opc::Package& package, const std::string& file, Doubts& doubts) {
  return XlsxReader(package, file, doubts).read();
}

}  // namespace vekha::ingest
