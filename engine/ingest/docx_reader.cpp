#include "ingest/docx_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "ingest/docx_numbering.h"
#include "opc/relationships.h"
#include "xml/xml.h"

namespace vekha::ingest {
namespace {

constexpr int most_spanned = 60;  // columns: no table of a plan is that wide

bool is_off(std::string_view value) { return value == "0" || value == "false" || value == "off" || value == "none"; }

// An on/off property such as <w:b/> or <w:b w:val="0"/>.
bool is_on(const xml::Node& properties, std::string_view name) {
  const xml::Node property = properties.child(name);
  return property && !is_off(property.attribute("w:val"));
}

int number_of(std::string_view text, int otherwise) {
  int value = 0;
  if (text.empty() || text.size() > 6) return otherwise;
  for (const char c : text) {
    if (!is_digit(static_cast<unsigned char>(c))) return otherwise;
    value = value * 10 + (c - '0');
  }
  return value;
}

struct RunText {
  std::string text;  // «\n» for line breaks
  bool words = false, plain_words = false;
};

class DocxReader {
 public:
  DocxReader(const opc::Package& package, const std::string& file)
      : file_(file), counter_(file), numbering_(package), document_(parse(package, file)) {}

  Sheet read() {
    blocks(document_.root().child("w:body"));
    return std::move(sheet_);
  }

 private:
  static std::string main_part(const opc::Package& package) {
    for (const opc::Relationship& relationship : opc::relationships_of(package, ""))
      if (relationship.kind() == "officeDocument") return relationship.target;
    return "word/document.xml";
  }

  static xml::Document parse(const opc::Package& package, const std::string& file) {
    const opc::Part* part = package.find(main_part(package));
    if (!part)
      throw Error(ErrorCode::unreadable,
                  fmt::format("В файле «{}» нет самого документа Word. Откройте и сохраните его в Word ещё раз.", file),
                  file);
    return xml::Document::parse(package.content(*part), file);
  }

  void blocks(const xml::Node& parent) {
    for (const xml::Node& child : parent.children()) {
      const std::string_view name = child.name();
      if (name == "w:p") paragraph(child);
      if (name == "w:tbl") table(child);
      if (name == "w:sdt") blocks(child.child("w:sdtContent"));
      if (name == "w:ins" || name == "w:customXml") blocks(child);
    }
  }

  // ---- text ----

  void runs(const xml::Node& parent, RunText& out) {
    for (const xml::Node& child : parent.children()) {
      const std::string_view name = child.name();
      if (name == "w:r") {
        run(child, out);
      } else if (name == "w:hyperlink" || name == "w:ins" || name == "w:smartTag" || name == "w:fldSimple" ||
                 name == "w:customXml" || name == "w:moveTo" || name == "w:dir" || name == "w:bdo") {
        runs(child, out);
      } else if (name == "w:sdt") {
        runs(child.child("w:sdtContent"), out);
      }
    }
  }

  static void run(const xml::Node& node, RunText& out) {
    const xml::Node properties = node.child("w:rPr");
    if (is_on(properties, "w:vanish")) return;
    const bool bold = is_on(properties, "w:b");
    for (const xml::Node& child : node.children()) {
      const std::string_view name = child.name();
      if (name == "w:t") {
        const std::string text = child.text();
        out.text += text;
        if (trim(text).empty()) continue;
        out.words = true;
        if (!bold) out.plain_words = true;
      } else if (name == "w:tab" || name == "w:ptab") {
        out.text += ' ';
      } else if (name == "w:br" || name == "w:cr") {
        out.text += '\n';
      } else if (name == "w:noBreakHyphen") {
        out.text += '-';
      }
    }
  }

  // The lines of one paragraph, its automatic number in front.
  std::vector<Line> lines_of(const xml::Node& node, RunText& all) {
    runs(node, all);
    LineKind kind = LineKind::text;
    const DocxNumbering::Label label = numbering_.next(node.child("w:pPr"));
    if (label.bullet) kind = LineKind::list_item;
    std::string text = label.text.empty() ? all.text : label.text + " " + all.text;
    std::vector<Line> lines;
    for (const std::string_view part : split(text, '\n')) {
      std::string line = fold_space(part);
      if (line.empty()) continue;
      lines.push_back({std::move(line), kind});
      kind = LineKind::text;
    }
    return lines;
  }

  // ---- paragraphs ----

  void paragraph(const xml::Node& node) {
    counter_.add();
    RunText text;
    Paragraph out;
    out.lines = lines_of(node, text);
    ++paragraphs_;
    if (out.lines.empty()) {
      apart_ = true;
      return;
    }
    const xml::Node properties = node.child("w:pPr");
    const std::string style = to_lower(properties.child("w:pStyle").attribute("w:val"));
    out.heading = (text.words && !text.plain_words) || style.starts_with("heading") || style == "title" ||
                  (!style.empty() && is_digit(static_cast<unsigned char>(style[0])));
    out.where.place = fmt::format("абзац {}", paragraphs_);
    if (!apart_ && continues(out)) {
      Paragraph& last = std::get<Paragraph>(sheet_.blocks.back());
      std::move(out.lines.begin(), out.lines.end(), std::back_inserter(last.lines));
      return;
    }
    apart_ = false;
    sheet_.blocks.emplace_back(std::move(out));
  }

  // A title or a letterhead is often typed as several paragraphs: one that begins small goes on the one above.
  bool continues(const Paragraph& paragraph) const {
    if (sheet_.blocks.empty() || !std::holds_alternative<Paragraph>(sheet_.blocks.back())) return false;
    const Paragraph& last = std::get<Paragraph>(sheet_.blocks.back());
    if (paragraph.lines.front().kind == LineKind::list_item || last.heading != paragraph.heading) return false;
    const std::string& above = last.lines.back().text;
    if (std::string_view(".:;!?").find(above.back()) != std::string_view::npos) return false;
    size_t at = 0;
    const char32_t first = next_char(paragraph.lines.front().text, at);
    return is_letter(first) && !is_upper(first);
  }

  // ---- tables ----

  void table(const xml::Node& node) {
    ++tables_;
    apart_ = true;
    Table out;
    rows(node, out);
    sheet_.blocks.emplace_back(std::move(out));
  }

  void rows(const xml::Node& parent, Table& out) {
    for (const xml::Node& child : parent.children()) {
      if (child.name() == "w:tr") row(child, out);
      if (child.name() == "w:sdt") rows(child.child("w:sdtContent"), out);
      if (child.name() == "w:ins" || child.name() == "w:customXml") rows(child, out);
    }
  }

  void row(const xml::Node& node, Table& out) {
    const xml::Node properties = node.child("w:trPr");
    if (properties.child("w:del")) return;
    Row row;
    const std::string place = fmt::format("таблица {}, строка {}", tables_, out.rows.size() + 1);
    const int skipped = std::min(number_of(properties.child("w:gridBefore").attribute("w:val"), 0), most_spanned);
    for (int i = 0; i < skipped; ++i)
      row.cells.emplace_back();
    cells(node, place, row);
    row.where.place = place;
    out.rows.push_back(std::move(row));
  }

  void cells(const xml::Node& parent, const std::string& place, Row& row) {
    for (const xml::Node& child : parent.children()) {
      if (child.name() == "w:sdt") cells(child.child("w:sdtContent"), place, row);
      if (child.name() != "w:tc") continue;
      const xml::Node properties = child.child("w:tcPr");
      counter_.add();
      Cell cell;
      cell.span = std::clamp(number_of(properties.child("w:gridSpan").attribute("w:val"), 1), 1, most_spanned);
      const xml::Node merge = properties.child("w:vMerge");
      cell.merged_down = merge && merge.attribute("w:val") != "restart";
      RunText all;
      cell_lines(child, cell.lines, all);
      cell.bold = all.words && !all.plain_words;
      cell.where.place = fmt::format("{}, графа {}", place, row.cells.size() + 1);
      row.cells.push_back(std::move(cell));
    }
  }

  // The paragraphs of a cell; those of a table inside it as well.
  void cell_lines(const xml::Node& parent, std::vector<Line>& out, RunText& all) {
    for (const xml::Node& child : parent.children()) {
      if (child.name() == "w:p") {
        RunText text;
        std::vector<Line> lines = lines_of(child, text);
        std::move(lines.begin(), lines.end(), std::back_inserter(out));
        all.words = all.words || text.words;
        all.plain_words = all.plain_words || text.plain_words;
      } else if (child.name() == "w:tbl" || child.name() == "w:tr" || child.name() == "w:tc" ||
                 child.name() == "w:ins" || child.name() == "w:customXml") {
        cell_lines(child, out, all);
      } else if (child.name() == "w:sdt") {
        cell_lines(child.child("w:sdtContent"), out, all);
      }
    }
  }

  const std::string& file_;
  Counter counter_;
  DocxNumbering numbering_;
  xml::Document document_;
  Sheet sheet_;
  int paragraphs_ = 0;
  int tables_ = 0;
  bool apart_ = false;  // an empty paragraph or a table stands above
};

}  // namespace

bool is_docx(const opc::Package& package) { return package.find("word/document.xml") != nullptr; }

Sheet read_docx(const opc::Package& package, const std::string& file) { return DocxReader(package, file).read(); }

}  // namespace vekha::ingest
