#include "ingest/odf_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "ingest/grid.h"
#include "xml/xml.h"

namespace vekha::ingest {
namespace {

constexpr int deepest = 200;
constexpr int most_repeated = 10'000;  // rows and cells that are all the same

int count_of(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (!is_digit(static_cast<unsigned char>(c))) return 1;
    value = std::min(value * 10 + (c - '0'), 10'000'000);
  }
  return std::max(value, 1);
}

struct Style {
  std::string parent;
  int bold = -1;  // -1 not said
};

struct Level {
  bool bullet = false;
  std::string prefix, suffix;
  int shown = 1;  // how many levels
  int start = 1;
};

struct Text {
  std::string text;  // «\n» for line breaks
  bool words = false, plain_words = false;
};

class OdfReader {
 public:
  OdfReader(const opc::Package& package, const std::string& file, Doubts& doubts)
      : package_(package), file_(file), counter_(file), doubts_(doubts) {}

  Sheet read() {
    if (const opc::Part* manifest = package_.find("META-INF/manifest.xml"))
      if (package_.content(*manifest).find("encryption-data") != std::string::npos)
        throw Error(ErrorCode::unreadable,
                    fmt::format("Документ «{}» закрыт паролем. Снимите пароль и сохраните его ещё раз.", file_), file_);
    if (const opc::Part* styles = package_.find("styles.xml")) {
      const xml::Document document = xml::Document::parse(package_.content(*styles), file_);
      read_styles(document.root().child("office:styles"));
      read_styles(document.root().child("office:automatic-styles"));
    }
    const xml::Document document = xml::Document::parse(package_.content(*package_.find("content.xml")), file_);
    read_styles(document.root().child("office:automatic-styles"));
    const xml::Node body = document.root().child("office:body");
    if (const xml::Node text = body.child("office:text")) blocks(text, 0);
    if (const xml::Node book = body.child("office:spreadsheet"))
      for (const xml::Node& table : book.children("table:table"))
        spreadsheet(table);
    return std::move(sheet_);
  }

 private:
  void read_styles(const xml::Node& parent) {
    for (xml::Node node = parent.first_child(); node; node = node.next()) {
      const std::string name(node.attribute("style:name"));
      if (node.name() == "style:style") {
        Style& style = styles_[name];
        style.parent = node.attribute("style:parent-style-name");
        const std::string_view weight = node.child("style:text-properties").attribute("fo:font-weight");
        if (!weight.empty()) style.bold = weight == "normal" ? 0 : 1;
        if (node.child("style:table-properties").attribute("table:display") == "false") hidden_.push_back(name);
      } else if (node.name() == "text:list-style") {
        std::vector<Level>& levels = lists_[name];
        for (xml::Node one = node.first_child(); one; one = one.next()) {
          if (!one.is_element()) continue;
          Level level;
          const bool number = one.name() == "text:list-level-style-number";
          level.bullet = !number;
          level.prefix = one.attribute("style:num-prefix");
          level.suffix = one.attribute("style:num-suffix");
          if (number && one.attribute("style:num-format").empty()) level.shown = 0;
          if (level.shown > 0) level.shown = std::min(count_of(one.attribute("text:display-levels")), 10);
          level.start = count_of(one.attribute("text:start-value"));
          levels.push_back(std::move(level));
        }
      }
    }
  }

  bool is_bold(std::string_view name, bool otherwise) const {
    for (int hops = 0; hops < 20 && !name.empty(); ++hops) {
      const auto found = styles_.find(name);
      if (found == styles_.end()) break;
      if (found->second.bold >= 0) return found->second.bold == 1;
      name = found->second.parent;
    }
    return otherwise;
  }

  // ---- text ----

  void text_of(const xml::Node& parent, bool bold, Text& out, int depth) {
    if (depth > deepest) return;
    for (xml::Node child = parent.first_child(); child; child = child.next()) {
      if (child.kind() == NodeKind::text || child.kind() == NodeKind::cdata) {
        out.text += child.value();
        if (trim(child.value()).empty()) continue;
        out.words = true;
        if (!bold) out.plain_words = true;
        continue;
      }
      const std::string_view name = child.name();
      if (name == "text:s") {
        out.text.append(static_cast<size_t>(std::min(count_of(child.attribute("text:c")), 100)), ' ');
      } else if (name == "text:tab") {
        out.text += ' ';
      } else if (name == "text:line-break") {
        out.text += '\n';
      } else if (name == "text:note" || name == "office:annotation" || name == "draw:frame" ||
                 name == "text:tracked-changes" || name == "text:ruby-text") {
        if (name == "draw:frame")
          for (const xml::Node& box : child.children("draw:text-box"))
            text_of(box, bold, out, depth + 1);
      } else if (child.is_element()) {
        const std::string_view style = child.attribute("text:style-name");
        text_of(child, style.empty() ? bold : is_bold(style, bold), out, depth + 1);
        if (name == "text:p" || name == "text:h") out.text += '\n';
      }
    }
  }

  using NodeKind = xml::NodeKind;

  // The lines of a paragraph; ODF folds white space as XML does.
  std::vector<Line> lines_of(const xml::Node& node, const std::string& label, LineKind kind, Text& all) {
    const bool heading = node.name() == "text:h";
    text_of(node, is_bold(node.attribute("text:style-name"), heading), all, 0);
    std::vector<Line> lines;
    const std::string whole = label.empty() ? all.text : label + " " + all.text;
    for (const std::string_view part : split(whole, '\n')) {
      std::string line = fold_space(part);
      if (line.empty()) continue;
      lines.push_back({std::move(line), kind});
      kind = LineKind::text;
    }
    return lines;
  }

  // Calls `take(node, label, kind)` for every paragraph below, those of lists with their number in front.
  template <typename Take>
  void paragraphs(const xml::Node& list, const std::string& style, int level, const Take& take) {
    if (level > 10) return;
    std::string name(list.attribute("text:style-name"));
    if (name.empty()) name = style;
    const auto levels = lists_.find(name);
    std::vector<int>& counters = counters_[name];
    counters.resize(12);
    const size_t at = static_cast<size_t>(level);
    const bool goes_on =
        list.attribute("text:continue-numbering") == "true" || !list.attribute("text:continue-list").empty();
    const bool known = levels != lists_.end() && at < levels->second.size();
    if (level > 0 || !goes_on) counters[at] = known ? levels->second[at].start - 1 : 0;
    for (xml::Node item = list.first_child(); item; item = item.next()) {
      if (item.name() != "text:list-item" && item.name() != "text:list-header") continue;
      bool numbered = item.name() == "text:list-item";
      if (item.has_attribute("text:start-value")) counters[at] = count_of(item.attribute("text:start-value")) - 1;
      for (xml::Node child = item.first_child(); child; child = child.next()) {
        if (child.name() == "text:list") {
          paragraphs(child, name, level + 1, take);
        } else if (child.name() == "text:p" || child.name() == "text:h") {
          std::string label;
          LineKind kind = LineKind::text;
          if (numbered) {
            ++counters[at];
            if (known && levels->second[at].bullet) kind = LineKind::list_item;
            if (known && !levels->second[at].bullet) label = label_of(levels->second, counters, at);
            numbered = false;
          }
          take(child, label, kind);
        }
      }
    }
  }

  static std::string label_of(const std::vector<Level>& levels, const std::vector<int>& counters, size_t at) {
    const Level& level = levels[at];
    if (level.shown == 0) return {};
    std::string numbers;
    const size_t first = at + 1 >= static_cast<size_t>(level.shown) ? at + 1 - static_cast<size_t>(level.shown) : 0;
    for (size_t i = first; i <= at; ++i) {
      if (!numbers.empty()) numbers += '.';
      numbers += std::to_string(counters[i]);
    }
    return level.prefix + numbers + level.suffix;
  }

  void blocks(const xml::Node& parent, int depth) {
    if (depth > deepest) return;
    for (xml::Node child = parent.first_child(); child; child = child.next()) {
      const std::string_view name = child.name();
      if (name == "text:p" || name == "text:h") {
        paragraph(child, {}, LineKind::text);
      } else if (name == "text:list") {
        paragraphs(child, {}, 0, [&](const xml::Node& node, const std::string& label, LineKind kind) {
          paragraph(node, label, kind);
        });
      } else if (name == "table:table") {
        table(child);
      } else if (name == "text:section" || name == "text:index-body" || name == "text:table-of-content") {
        blocks(child, depth + 1);
      }
    }
  }

  void paragraph(const xml::Node& node, const std::string& label, LineKind kind) {
    counter_.add();
    ++paragraphs_;
    Text text;
    Paragraph out;
    out.lines = lines_of(node, label, kind, text);
    if (out.lines.empty()) return;
    out.heading = (text.words && !text.plain_words) || node.name() == "text:h";
    out.where.place = fmt::format("абзац {}", paragraphs_);
    sheet_.blocks.emplace_back(std::move(out));
  }

  // ---- tables ----

  void table(const xml::Node& node) {
    ++tables_;
    GridBuilder grid(counter_);
    int number = 0;
    rows(node, fmt::format("таблица {}", tables_), grid, number, 0);
    std::vector<Row> all = grid.take();
    if (!all.empty()) sheet_.blocks.emplace_back(Table{std::move(all)});
  }

  void spreadsheet(const xml::Node& node) {
    const std::string name(node.attribute("table:name"));
    const std::string place = fmt::format("лист «{}»", name);
    if (std::find(hidden_.begin(), hidden_.end(), node.attribute("table:style-name")) != hidden_.end()) {
      Where where;
      where.place = place;
      doubts_.note("sheet-hidden", where, fmt::format("Лист «{}» скрыт; он не прочитан.", name),
                   "Покажите лист, если план на нём.");
      return;
    }
    GridBuilder grid(counter_);
    int number = 0;
    rows(node, place, grid, number, 0);
    add_spreadsheet(sheet_, grid.take());
  }

  void rows(const xml::Node& parent, const std::string& place, GridBuilder& grid, int& number, int depth) {
    if (depth > deepest) return;
    for (xml::Node child = parent.first_child(); child; child = child.next()) {
      const std::string_view name = child.name();
      if (name == "table:table-header-rows" || name == "table:table-rows" || name == "table:table-row-group") {
        rows(child, place, grid, number, depth + 1);
      } else if (name == "table:table-row") {
        const int repeated = count_of(child.attribute("table:number-rows-repeated"));
        const bool blank = child.text().find_first_not_of(" \n\r\t") == std::string::npos;
        // A spreadsheet ends with a million empty rows.
        const int times = blank ? 1 : std::min(repeated, most_repeated);
        for (int i = 0; i < times; ++i)
          row(child, fmt::format("{}, строка {}", place, number + i + 1), grid);
        number += repeated;
      }
    }
  }

  void row(const xml::Node& node, const std::string& place, GridBuilder& grid) {
    Where where;
    where.place = place;
    grid.begin_row(where);
    int column = 0;
    int pending = 0;  // empty cells that only count when another one follows
    for (xml::Node child = node.first_child(); child; child = child.next()) {
      const int repeated = count_of(child.attribute("table:number-columns-repeated"));
      if (child.name() == "table:covered-table-cell") {
        column += repeated;
        continue;
      }
      if (child.name() != "table:table-cell") continue;
      Cell cell = cell_of(child);
      const int down = count_of(child.attribute("table:number-rows-spanned"));
      if (cell.empty() && cell.span == 1 && down == 1) {
        pending += repeated;
        column += repeated;
        continue;
      }
      if (column + repeated > most_columns)
        throw Error(ErrorCode::unreadable,
                    fmt::format("В таблице файла «{}» больше {} граф: таких планов не бывает. Проверьте, тот ли это "
                                "файл.",
                                file_, most_columns),
                    file_);
      for (; pending > 0; --pending)
        grid.add(Cell{});
      for (int i = 0; i < repeated; ++i) {
        cell.where = where;
        cell.where.place = fmt::format("{}, графа {}", place, ++column);
        grid.add(cell, down);
      }
      pending = 0;
    }
    for (pending = std::min(pending, most_columns - grid.next_column()); pending > 0 && pending < 60; --pending)
      grid.add(Cell{});
    grid.end_row();
  }

  Cell cell_of(const xml::Node& node) {
    Cell cell;
    cell.span = std::min(count_of(node.attribute("table:number-columns-spanned")), most_columns);
    Text all;
    cell_lines(node, cell.lines, all, 0);
    cell.bold = all.words && !all.plain_words;
    return cell;
  }

  void cell_lines(const xml::Node& node, std::vector<Line>& out, Text& all, int depth) {
    if (depth > deepest) return;
    const auto take = [&](const xml::Node& paragraph, const std::string& label, LineKind kind) {
      Text text;
      std::vector<Line> lines = lines_of(paragraph, label, kind, text);
      std::move(lines.begin(), lines.end(), std::back_inserter(out));
      all.words = all.words || text.words;
      all.plain_words = all.plain_words || text.plain_words;
    };
    for (xml::Node child = node.first_child(); child; child = child.next()) {
      const std::string_view name = child.name();
      if (name == "text:p" || name == "text:h")
        take(child, {}, LineKind::text);
      else if (name == "text:list")
        paragraphs(child, {}, 0, take);
      else if (name == "table:table" || name == "table:table-row" || name == "table:table-cell" ||
               name == "table:table-header-rows" || name == "table:table-rows" || name == "text:section")
        cell_lines(child, out, all, depth + 1);
    }
  }

  const opc::Package& package_;
  const std::string& file_;
  Counter counter_;
  Doubts& doubts_;
  Sheet sheet_;
  std::map<std::string, Style, std::less<>> styles_;
  std::map<std::string, std::vector<Level>, std::less<>> lists_;
  std::map<std::string, std::vector<int>, std::less<>> counters_;
  std::vector<std::string> hidden_;  // styles of hidden sheets
  int paragraphs_ = 0, tables_ = 0;
};

}  // namespace

bool is_odf(const opc::Package& package) { return package.find("content.xml") != nullptr; }

Sheet read_odf(const opc::Package& package, const std::string& file, Doubts& doubts) {
  return OdfReader(package, file, doubts).read();
}

}  // namespace vekha::ingest
