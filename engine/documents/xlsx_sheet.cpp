#include "documents/xlsx_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "documents/word_sections.h"

namespace vekha::documents {
namespace {

using templating::TagKind;
using xml::Node;

constexpr size_t max_nesting = 50;
constexpr size_t max_faults = 500;

uint32_t number(std::string_view digits) {
  uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool is_section(TagKind kind) { return kind == TagKind::section || kind == TagKind::inverted; }

class SheetReader {
 public:
  SheetReader(FormSheet& sheet, const std::string& file, const std::vector<SharedText>& shared,
              std::vector<Diagnostic>& diagnostics)
      : sheet_(sheet), file_(file), shared_(shared), diagnostics_(diagnostics) {}

  void read(std::string_view xml) {
    xml::Document document = xml::Document::parse(xml, file_ + ": " + sheet_.part);
    Node data = document.root().child("sheetData");
    uint32_t row_number = 0;
    for (const Node& row : data.children("row")) {
      row_number = row.has_attribute("r") ? number(row.attribute("r")) : row_number + 1;
      read_row(row, row_number);
    }
    data.remove_children();
    for (const Node& line : document.root().child("headerFooter").children()) {
      SharedText text;
      text.plain = line.text();
      if (text.plain.find("{{") == std::string::npos) continue;
      text.text.runs.push_back({{}, {{text.plain, SIZE_MAX, SIZE_MAX}}});
      sheet_.page_lines.emplace_back(line.name(), tagged_text(text, fmt::format("лист «{}», колонтитул", sheet_.name),
                                                              file_, sheet_.page_tags, diagnostics_));
    }
    for (const FormTag& tag : sheet_.page_tags)
      if (tag.tag.kind != TagKind::value && diagnostics_.size() < max_faults)
        diagnostics_.push_back(
            {Severity::error,
             "tag-not-here",
             {file_, 0, 0, tag.place},
             fmt::format("Тег «{}» стоит в колонтитуле: там бывают только значения.", tag.tag.source),
             "Поставьте разделы в ячейки."});
    sheet_.frame = document.to_string();
    sheet_.has_tags = !sheet_.tags.empty() || !sheet_.page_tags.empty();
    pair();
    decide();
    build_tree();
    mark_inside();
  }

 private:
  void read_row(Node node, uint32_t row_number) {
    FormRow row;
    row.number = row_number;
    const bool custom = node.attribute("customHeight") == "1" || node.attribute("customHeight") == "true";
    for (const auto& [name, value] : node.attributes()) {
      if (name == "r" || name == "spans" || name == "ht" || name == "customHeight") continue;
      row.attributes += fmt::format(" {}=\"{}\"", name, xml::escape_attribute(value));
    }
    if (custom) {
      const std::string_view height = node.attribute("ht");
      std::from_chars(height.data(), height.data() + height.size(), row.height);
    }
    uint32_t column = 0;
    for (const Node& cell : node.children("c")) {
      const std::optional<CellRange> place = parse_range(cell.attribute("r"));
      column = place ? place->first_column : column + 1;
      row.cells.push_back(read_cell(cell, row_number, column));
    }
    sheet_.rows.push_back(std::move(row));
  }

  FormCell read_cell(Node node, uint32_t row, uint32_t column) {
    FormCell cell;
    cell.column = column;
    cell.style = node.attribute("s");
    cell.kind = node.attribute("t");
    if (const Node formula = node.child("f")) read_formula(cell, formula, row);
    const Node value = node.child("v");
    if (value) cell.value = xml::escape_text(value.text());
    if (!cell.formula.empty()) return cell;
    std::string place;
    if (cell.kind == "s" && value) {
      const size_t index = number(value.text());
      if (index < shared_.size() && shared_[index].has_tags) add_text(cell, shared_[index], row);
    } else if (cell.kind == "inlineStr") {
      const SharedText text = read_text(node.child("is"));
      cell.value = node.child("is").to_string();
      if (text.has_tags) add_text(cell, text, row);
    }
    return cell;
  }

  void add_text(FormCell& cell, const SharedText& text, uint32_t row) {
    const size_t before = sheet_.tags.size();
    cell.text = sheet_.texts.size();
    std::string name;
    append_column(name, cell.column);
    sheet_.texts.push_back(tagged_text(text, fmt::format("лист «{}», ячейка {}{}", sheet_.name, name, row), file_,
                                       sheet_.tags, diagnostics_));
    for (size_t i = before; i < sheet_.tags.size(); ++i) {
      sheet_.tags[i].row = row;
      sheet_.tags[i].column = cell.column;
      sheet_.tags[i].cell_text = cell.text;
    }
  }

  void read_formula(FormCell& cell, Node formula, uint32_t row) {
    sheet_.has_formulas = true;
    const std::string kind(formula.attribute("t"));
    cell.formula = formula.text();
    if (kind == "shared") {
      const std::string id(formula.attribute("si"));
      if (!cell.formula.empty()) {
        shared_formulas_[id] = {cell.formula, row, cell.column};
      } else if (const auto found = shared_formulas_.find(id); found != shared_formulas_.end()) {
        cell.formula = moved_formula(found->second.formula, static_cast<int64_t>(row) - found->second.row,
                                     static_cast<int64_t>(cell.column) - found->second.column);
      }
      return;
    }
    for (const auto& [name, value] : formula.attributes())
      if (name != "ca" && name != "xml:space")
        cell.formula_attributes += fmt::format(" {}=\"{}\"", name, xml::escape_attribute(value));
  }

  void fault(size_t tag, std::string code, std::string message, std::string hint) {
    if (diagnostics_.size() < max_faults)
      diagnostics_.push_back({Severity::error,
                              std::move(code),
                              {file_, 0, 0, sheet_.tags[tag].place},
                              std::move(message),
                              std::move(hint)});
  }

  void give_up(size_t open, std::string code, std::string message, std::string hint) {
    fault(open, std::move(code), std::move(message), std::move(hint));
    sheet_.tags[sheet_.tags[open].partner].partner = SIZE_MAX;
    sheet_.tags[open].partner = SIZE_MAX;
  }

  void pair() {
    std::vector<size_t> open;
    for (size_t i = 0; i < sheet_.tags.size(); ++i) {
      const templating::Tag& tag = sheet_.tags[i].tag;
      if (is_section(tag.kind)) {
        open.push_back(i);
        if (open.size() > max_nesting)
          return fault(i, "section-nesting",
                       fmt::format("Раздел «{}» вложен глубже {} уровней.", tag.source, max_nesting),
                       "Упростите шаблон.");
      } else if (tag.kind == TagKind::close) {
        const auto match = std::find_if(open.rbegin(), open.rend(), [&](size_t one) {
          return sheet_.tags[one].tag.expression.name == tag.expression.name;
        });
        if (match == open.rend()) {
          fault(i, "section-unopened", fmt::format("Раздел «{}» закрыт, но не открыт.", tag.source),
                fmt::format("Поставьте «{{{{#{}}}}}» там, где он начинается, или уберите тег.",
                            tag.expression.name.text));
          continue;
        }
        const size_t found = *match;
        while (open.back() != found) {
          fault(i, "section-crossing",
                fmt::format("Тег «{}» стоит там, где ещё открыт раздел «{}» ({}).", tag.source,
                            sheet_.tags[open.back()].tag.source, sheet_.tags[open.back()].place),
                fmt::format("Сначала закройте «{}».", sheet_.tags[open.back()].tag.source));
          open.pop_back();
        }
        sheet_.tags[found].partner = i;
        sheet_.tags[i].partner = found;
        open.pop_back();
      } else if (tag.kind == TagKind::partial) {
        fault(i, "partial-unsupported", fmt::format("Вставка «{}» в таблицах не заполняется.", tag.source),
              "Поставьте её текст прямо в шаблон.");
      }
    }
    for (const size_t i : open)
      fault(i, "section-unclosed", fmt::format("Раздел «{}» не закрыт.", sheet_.tags[i].tag.source),
            fmt::format("Поставьте «{{{{/{}}}}}» там, где он кончается.", sheet_.tags[i].tag.expression.name.text));
  }

  void decide() {
    for (size_t i = 0; i < sheet_.tags.size(); ++i) {
      FormTag& tag = sheet_.tags[i];
      if (!is_section(tag.tag.kind) || tag.partner == SIZE_MAX) continue;
      std::string word = tag.tag.word;
      const bool sheets = word == "лист" || word == "листы";
      if (sheets) word.clear();
      templating::Tag others = tag.tag;
      others.word = word;
      const SectionWords words = words_of(others);
      if (!words.unknown.empty() || words.restart) {
        give_up(i, "section-word", fmt::format("Слово «{}» в теге «{}» неизвестно.", tag.tag.word, tag.tag.source),
                "После имени раздела может стоять одно из слов «строка», «столбец» и «лист».");
        continue;
      }
      TagRole role = TagRole::rows;
      if (sheets)
        role = TagRole::sheet;
      else if (words.column)
        role = TagRole::columns;
      else if (!words.row && tag.cell_text == sheet_.tags[tag.partner].cell_text)
        role = TagRole::inside;
      if (role == TagRole::sheet) {
        if (sheet_.sheet_section != SIZE_MAX) {
          give_up(i, "section-crossing", fmt::format("Лист уже повторяет другой раздел, а не «{}».", tag.tag.source),
                  "Один лист повторяет один раздел.");
          continue;
        }
        sheet_.sheet_section = i;
      }
      tag.role = sheet_.tags[tag.partner].role = role;
      if (role == TagRole::columns) add_columns(i);
    }
  }

  void add_columns(size_t open) {
    const FormTag& first = sheet_.tags[open];
    const FormTag& last = sheet_.tags[first.partner];
    FormColumns columns{open, first.column, last.column, first.row, last.row, sheet_.column_groups.size()};
    for (size_t i = 0; i < sheet_.column_groups.size(); ++i) {
      const FormColumns& known = sheet_.columns[sheet_.column_groups[i]];
      if (known.first == columns.first && known.last == columns.last)
        columns.group = i;
      else if (known.first <= columns.last && columns.first <= known.last)
        return give_up(open, "section-crossing",
                       fmt::format("Раздел «{}» повторяет часть столбцов другого раздела.", first.tag.source),
                       "Один столбец повторяет один раздел; в других строках он стоит в том же столбце.");
    }
    if (columns.last < columns.first)
      return give_up(open, "section-crossing", fmt::format("Раздел «{}» закрыт левее, чем открыт.", first.tag.source),
                     "Поставьте конец раздела в тот же столбец или правее.");
    if (columns.group == sheet_.column_groups.size()) sheet_.column_groups.push_back(sheet_.columns.size());
    sheet_.columns.push_back(columns);
  }

  // Whether a row holds nothing but ends of sections that repeat other rows.
  bool is_boundary(const FormRow& row) const {
    bool any = false;
    for (const FormCell& cell : row.cells) {
      if (!cell.formula.empty()) return false;
      if (cell.text == SIZE_MAX) {
        if (!cell.value.empty()) return false;
        continue;
      }
      for (const TextRun& run : sheet_.texts[cell.text].runs)
        for (const TextPiece& piece : run.pieces) {
          if (piece.tag == SIZE_MAX) {
            if (!trim(piece.literal).empty()) return false;
            continue;
          }
          const FormTag& tag = sheet_.tags[piece.tag];
          if (tag.tag.kind == TagKind::comment || tag.tag.kind == TagKind::delimiters) continue;
          if (tag.role == TagRole::sheet) {
            any = true;
            continue;
          }
          if (tag.role != TagRole::rows || sheet_.tags[tag.partner].row == row.number) return false;
          any = true;
        }
    }
    return any;
  }

  void build_tree() {
    std::map<uint32_t, bool> boundary;
    for (FormRow& row : sheet_.rows) {
      row.boundary = is_boundary(row);
      if (row.boundary) boundary[row.number] = true;
    }
    std::vector<size_t> around;
    for (size_t i = 0; i < sheet_.tags.size(); ++i) {
      const FormTag& tag = sheet_.tags[i];
      if (tag.role != TagRole::rows || !is_section(tag.tag.kind) || tag.partner == SIZE_MAX) continue;
      FormSection section{i, tag.row, sheet_.tags[tag.partner].row, 0, {}};
      if (boundary.count(section.first) > 0) ++section.first;
      if (boundary.count(section.last) > 0) --section.last;
      if (section.first > section.last) continue;  // nothing to repeat
      while (!around.empty() && sheet_.sections[around.back()].last < section.first)
        around.pop_back();
      if (!around.empty()) {
        const FormSection& outer = sheet_.sections[around.back()];
        if (section.last > outer.last ||
            sheet_.tags[outer.tag].partner < i) {  // the outer one is closed before this one opens
          give_up(i, "section-crossing",
                  fmt::format("Раздел «{}» захватывает строки раздела «{}» не целиком.", tag.tag.source,
                              sheet_.tags[outer.tag].tag.source),
                  "Поставьте теги разделов в разные строки.");
          continue;
        }
        section.parent = around.back();
      }
      sheet_.sections.push_back(section);
      around.push_back(sheet_.sections.size() - 1);
      sheet_.sections[section.parent].children.push_back(sheet_.sections.size() - 1);
    }
  }

  // Sections within one cell: from each end to the other.
  void mark_inside() {
    for (CellText& text : sheet_.texts) {
      for (TextRun& run : text.runs)
        for (TextPiece& piece : run.pieces)
          if (piece.tag != SIZE_MAX && sheet_.tags[piece.tag].role == TagRole::inside) piece.jump = 0;
    }
  }

  struct SharedFormula {
    std::string formula;
    uint32_t row, column;
  };

  FormSheet& sheet_;
  const std::string& file_;
  const std::vector<SharedText>& shared_;
  std::vector<Diagnostic>& diagnostics_;
  std::map<std::string, SharedFormula> shared_formulas_;
};

}  // namespace

SharedText read_text(Node node) {
  SharedText text;
  text.xml = node.to_string();
  const auto add = [&](const std::string& properties, const std::string& content) {
    text.plain += content;
    text.text.runs.push_back({properties, {{content, SIZE_MAX, SIZE_MAX}}});
  };
  for (const Node& child : node.children()) {
    if (child.local_name() == "t") {
      add({}, child.text());
    } else if (child.local_name() == "r") {
      text.text.rich = true;
      add(child.child("rPr") ? child.child("rPr").to_string() : std::string(), child.child("t").text());
    }
  }
  text.has_tags = text.plain.find("{{") != std::string::npos || text.plain.find("<%") != std::string::npos;
  return text;
}

CellText tagged_text(const SharedText& text, const std::string& place, const std::string& file,
                     std::vector<FormTag>& tags, std::vector<Diagnostic>& diagnostics) {
  CellText result;
  result.rich = text.text.rich;
  templating::Delimiters delimiters;
  std::vector<templating::Fault> faults;
  const std::vector<templating::Tag> found = templating::scan(text.plain, delimiters, faults);
  for (templating::Fault& fault : faults) {
    fault.diagnostic.where = {file, 0, 0, place};
    if (diagnostics.size() < max_faults) diagnostics.push_back(std::move(fault.diagnostic));
  }
  const size_t first = tags.size();
  for (const templating::Tag& tag : found) {
    FormTag placed;
    placed.tag = tag;
    placed.place = place;
    tags.push_back(std::move(placed));
  }
  size_t begin = 0;
  for (const TextRun& run : text.text.runs) {
    TextRun cut{run.properties, {}};
    const std::string& literal = run.pieces[0].literal;
    const size_t end = begin + literal.size();
    size_t at = begin;
    for (size_t i = 0; i < found.size(); ++i) {
      if (found[i].end <= begin || found[i].begin >= end) continue;
      if (found[i].begin > at)
        cut.pieces.push_back({xml::escape_text(text.plain.substr(at, found[i].begin - at)), SIZE_MAX, SIZE_MAX});
      if (found[i].begin >= begin) cut.pieces.push_back({{}, first + i, SIZE_MAX});
      at = std::min(found[i].end, end);
    }
    if (at < end) cut.pieces.push_back({xml::escape_text(text.plain.substr(at, end - at)), SIZE_MAX, SIZE_MAX});
    if (!cut.pieces.empty()) result.runs.push_back(std::move(cut));
    begin = end;
  }
  // A cell of one value, whatever sections open and close beside it, keeps the kind of the value.
  size_t values = 0;
  bool text_beside = false;
  for (const TextRun& run : result.runs)
    for (const TextPiece& piece : run.pieces) {
      if (piece.tag == SIZE_MAX) {
        text_beside = text_beside || !trim(piece.literal).empty();
      } else if (tags[piece.tag].tag.kind == TagKind::value) {
        ++values;
        result.only_tag = piece.tag;
      }
    }
  if (values != 1 || text_beside) result.only_tag = SIZE_MAX;
  return result;
}

FormSheet read_sheet(std::string_view xml, const std::string& part, const std::string& name, const std::string& file,
                     const std::vector<SharedText>& shared, std::vector<Diagnostic>& diagnostics) {
  FormSheet sheet;
  sheet.part = part;
  sheet.name = name;
  SheetReader(sheet, file, shared, diagnostics).read(xml);
  return sheet;
}

}  // namespace vekha::documents
