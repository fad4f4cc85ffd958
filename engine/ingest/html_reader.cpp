#include "ingest/html_reader.h"

#include <fmt/format.h>
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "ingest/grid.h"

namespace vekha::ingest {
namespace {

constexpr int deepest = 500;

// How deep elements are nested at most, by their tags alone: those that need no closing tag are not counted.
int depth_of(std::string_view text) {
  constexpr std::array<std::string_view, 24> open = {
      "p",    "li",    "td",    "th",    "tr",  "br", "hr", "img",    "meta",  "link",  "col",   "base",
      "area", "input", "embed", "param", "wbr", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup"};
  int depth = 0, most = 0;
  for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    size_t begin = at + 1;
    const bool closing = begin < text.size() && text[begin] == '/';
    if (closing) ++begin;
    size_t end = begin;
    while (end < text.size() && end - begin < 12 && is_letter(static_cast<unsigned char>(text[end])))
      ++end;
    const std::string name = to_lower(text.substr(begin, end - begin));
    if (name.empty() || std::find(open.begin(), open.end(), name) != open.end()) continue;
    depth = std::max(0, depth + (closing ? -1 : 1));
    most = std::max(most, depth);
  }
  return most;
}

std::string_view attribute(const GumboNode& node, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&node.v.element.attributes, name);
  return found ? std::string_view(found->value) : std::string_view();
}

bool is_element(const GumboNode& node) { return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE; }
bool is_tag(const GumboNode& node, std::initializer_list<GumboTag> tags) {
  return is_element(node) && std::find(tags.begin(), tags.end(), node.v.element.tag) != tags.end();
}

std::vector<const GumboNode*> children(const GumboNode& node) {
  std::vector<const GumboNode*> out;
  if (!is_element(node)) return out;
  const GumboVector& list = node.v.element.children;
  for (unsigned i = 0; i < list.length; ++i)
    out.push_back(static_cast<const GumboNode*>(list.data[i]));
  return out;
}

bool is_hidden(const GumboNode& node) {
  if (is_tag(node, {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_HEAD, GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT,
                    GUMBO_TAG_TEXTAREA, GUMBO_TAG_SELECT, GUMBO_TAG_DEL}))
    return true;
  std::string style = to_lower(attribute(node, "style"));
  style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
  return style.find("display:none") != std::string::npos || gumbo_get_attribute(&node.v.element.attributes, "hidden");
}

bool is_heading(const GumboNode& node) {
  return is_tag(node, {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6});
}

// What begins and ends a line of its own.
bool is_block(const GumboNode& node) {
  return is_heading(node) ||
         is_tag(node, {GUMBO_TAG_P,      GUMBO_TAG_DIV,    GUMBO_TAG_LI,         GUMBO_TAG_UL,      GUMBO_TAG_OL,
                       GUMBO_TAG_TABLE,  GUMBO_TAG_TR,     GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE,
                       GUMBO_TAG_CENTER, GUMBO_TAG_DL,     GUMBO_TAG_DT,         GUMBO_TAG_DD,      GUMBO_TAG_PRE,
                       GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_MAIN,       GUMBO_TAG_FORM,    GUMBO_TAG_TD,
                       GUMBO_TAG_TH,     GUMBO_TAG_CAPTION});
}

// Collects the text below an element as lines.
class LineWriter {
 public:
  void node(const GumboNode& node, bool bold, LineKind kind) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA) {
      put(node.v.text.text, bold);
      return;
    }
    if (!is_element(node) || is_hidden(node)) return;
    if (is_tag(node, {GUMBO_TAG_BR})) {
      end_line();
      return;
    }
    if (is_block(node)) end_line();
    const bool bolder = bold || is_heading(node) || is_tag(node, {GUMBO_TAG_B, GUMBO_TAG_STRONG, GUMBO_TAG_TH});
    if (is_tag(node, {GUMBO_TAG_LI})) kind_ = LineKind::list_item;
    for (const GumboNode* child : children(node))
      this->node(*child, bolder, kind);
    if (is_block(node)) end_line();
  }

  void end_line() {
    std::string text = fold_space(line_);
    line_.clear();
    if (text.empty()) return;
    lines.push_back({std::move(text), kind_});
    kind_ = LineKind::text;
  }

  std::vector<Line> lines;
  bool words = false, plain_words = false;

 private:
  void put(std::string_view text, bool bold) {
    line_ += text;
    if (trim(text).empty()) return;
    words = true;
    if (!bold) plain_words = true;
  }

  std::string line_;
  LineKind kind_ = LineKind::text;
};

class HtmlReader {
 public:
  explicit HtmlReader(const std::string& file) : file_(file), counter_(file) {}

  Sheet read(const GumboNode& root) {
    blocks(root);
    flush();
    return std::move(sheet_);
  }

 private:
  Where place(const GumboNode& node, std::string words) const {
    Where where;
    if (is_element(node)) {
      where.line = static_cast<int>(node.v.element.start_pos.line);
      where.column = static_cast<int>(node.v.element.start_pos.column);
    }
    where.place = std::move(words);
    return where;
  }

  static bool has_blocks(const GumboNode& node) {
    const std::vector<const GumboNode*> all = children(node);
    return std::any_of(all.begin(), all.end(),
                       [](const GumboNode* child) { return is_block(*child) || has_blocks(*child); });
  }

  void blocks(const GumboNode& node) {
    for (const GumboNode* child : children(node)) {
      if (is_element(*child) && is_hidden(*child)) continue;
      if (is_tag(*child, {GUMBO_TAG_TABLE})) {
        flush();
        if (is_layout(*child))
          blocks(*child);
        else
          table(*child);
      } else if (is_element(*child) && has_blocks(*child)) {
        flush();
        blocks(*child);
        flush();
      } else if (is_block(*child)) {
        flush();
        LineWriter text;
        text.node(*child, false, LineKind::text);
        text.end_line();
        paragraph(std::move(text), *child);
      } else {
        loose_.node(*child, false, LineKind::text);
        if (is_tag(*child, {GUMBO_TAG_BR})) flush();
      }
    }
  }

  // Text that stands in no paragraph.
  void flush() {
    loose_.end_line();
    if (!loose_.lines.empty()) paragraph(std::move(loose_), GumboNode{});
    loose_ = LineWriter();
  }

  void paragraph(LineWriter text, const GumboNode& node) {
    if (text.lines.empty()) return;
    counter_.add();
    Paragraph out;
    out.heading = text.words && !text.plain_words;
    out.lines = std::move(text.lines);
    out.where = place(node, fmt::format("абзац {}", ++paragraphs_));
    sheet_.blocks.emplace_back(std::move(out));
  }

  // A table that only holds another one in place.
  static bool is_layout(const GumboNode& table) {
    std::vector<const GumboNode*> rows;
    rows_of(table, rows);
    bool nested = false;
    for (const GumboNode* row : rows) {
      const std::vector<const GumboNode*> cells = cells_of(*row);
      if (cells.size() > 1) return false;
      for (const GumboNode* cell : cells)
        nested = nested || holds_table(*cell);
    }
    return nested;
  }
  static bool holds_table(const GumboNode& node) {
    for (const GumboNode* child : children(node))
      if (is_tag(*child, {GUMBO_TAG_TABLE}) || holds_table(*child)) return true;
    return false;
  }

  static void rows_of(const GumboNode& table, std::vector<const GumboNode*>& out) {
    for (const GumboNode* child : children(table)) {
      if (is_tag(*child, {GUMBO_TAG_TR})) out.push_back(child);
      if (is_tag(*child, {GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT})) rows_of(*child, out);
    }
  }
  static std::vector<const GumboNode*> cells_of(const GumboNode& row) {
    std::vector<const GumboNode*> out;
    for (const GumboNode* child : children(row))
      if (is_tag(*child, {GUMBO_TAG_TD, GUMBO_TAG_TH}) && !is_hidden(*child)) out.push_back(child);
    return out;
  }

  static int count_of(std::string_view text) {
    int value = 0;
    for (const char c : trim(text)) {
      if (!is_digit(static_cast<unsigned char>(c))) break;
      value = std::min(value * 10 + (c - '0'), 100'000);
    }
    return std::max(value, 1);
  }

  void table(const GumboNode& node) {
    ++tables_;
    std::vector<const GumboNode*> rows;
    rows_of(node, rows);
    GridBuilder grid(counter_);
    int number = 0;
    for (const GumboNode* row : rows) {
      if (is_hidden(*row)) continue;
      ++number;
      grid.begin_row(place(*row, fmt::format("таблица {}, строка {}", tables_, number)));
      int column = 0;
      for (const GumboNode* one : cells_of(*row)) {
        LineWriter text;
        for (const GumboNode* child : children(*one))
          text.node(*child, is_tag(*one, {GUMBO_TAG_TH}), LineKind::text);
        text.end_line();
        Cell cell;
        cell.bold = text.words && !text.plain_words;
        cell.lines = std::move(text.lines);
        cell.span = count_of(attribute(*one, "colspan"));
        cell.where = place(*one, fmt::format("таблица {}, строка {}, графа {}", tables_, number, ++column));
        grid.add(std::move(cell), std::min(count_of(attribute(*one, "rowspan")), 10'000));
      }
      grid.end_row();
    }
    std::vector<Row> all = grid.take();
    if (!all.empty()) sheet_.blocks.emplace_back(Table{std::move(all)});
  }

  const std::string& file_;
  Counter counter_;
  Sheet sheet_;
  LineWriter loose_;
  int paragraphs_ = 0, tables_ = 0;
};

}  // namespace

bool is_html(std::string_view text) {
  const std::string head = to_lower(trim(text.substr(0, 1000)));
  for (const char* begin : {"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style"})
    if (head.starts_with(begin)) return true;
  return head.starts_with("<!--") && head.find("<html") != std::string::npos;
}

std::string html_charset(std::string_view bytes) {
  const std::string head = to_lower(bytes.substr(0, 2000));
  size_t at = head.find("charset=");
  if (at == std::string::npos) return {};
  at += 8;
  while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' '))
    ++at;
  const size_t end = head.find_first_of("\"'; >/", at);
  return head.substr(at, end == std::string::npos ? end : end - at);
}

Sheet read_html(std::string_view text, const std::string& file) {
  if (depth_of(text) > deepest)
    throw Error(ErrorCode::unreadable,
                fmt::format("Страница «{}» вложена глубже {} уровней: такие не читаются. Сохраните план в DOCX.", file,
                            deepest),
                file);
  const auto release = [](GumboOutput* output) { gumbo_destroy_output(&kGumboDefaultOptions, output); };
  const std::unique_ptr<GumboOutput, decltype(release)> page(
      gumbo_parse_with_options(&kGumboDefaultOptions, text.data(), text.size()), release);
  return HtmlReader(file).read(*page->root);
}

}  // namespace vekha::ingest
