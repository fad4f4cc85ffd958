#include "documents/word_compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/error.h"
#include "documents/word_sections.h"
#include "documents/word_tags.h"
#include "xml/xml.h"

namespace vekha::documents {
namespace {

using templating::TagKind;
using xml::Node;
using xml::NodeKind;

// They hold paragraphs and tables, and must end with a paragraph.
constexpr std::array<std::string_view, 8> containers = {"w:body",     "w:tc",      "w:hdr",     "w:ftr",
                                                        "w:footnote", "w:endnote", "w:comment", "w:txbxContent"};
// What may stand once only in a document, whatever is repeated around it: others refer to it by its name or number.
constexpr std::array<std::string_view, 9> unique_elements = {
    "w:bookmarkStart",      "w:bookmarkEnd",      "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference",
    "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart",  "w:moveToRangeEnd"};
// Numbers of paragraphs that Word gives anew when they are missing.
constexpr std::array<std::string_view, 5> paragraph_ids = {"w14:paraId", "w14:textId", "wp14:anchorId", "wp14:editId",
                                                           "o:spid"};
// Tracked changes: each has a number of its own.
constexpr std::array<std::string_view, 13> changes = {
    "w:ins",          "w:del",        "w:moveFrom",    "w:moveTo",       "w:rPrChange", "w:pPrChange",
    "w:tcPrChange",   "w:trPrChange", "w:tblPrChange", "w:sectPrChange", "w:cellIns",   "w:numberingChange",
    "w:tblGridChange"};

// Whether a value goes through the formatter that merges equal cells downwards.
bool merges_down(const templating::Expression& expression) {
  return std::any_of(expression.calls.begin(), expression.calls.end(),
                     [](const templating::Call& call) { return call.name == "объединить"; });
}

Node enclosing(Node node, std::string_view name) {
  while (node && node.name() != name)
    node = node.parent();
  return node;
}

// Puts an element into properties behind the last of `before` that is there.
Node insert_ordered(Node properties, std::string_view name, std::initializer_list<const char*> before) {
  Node after;
  for (const Node& child : properties.children())
    for (const char* one : before)
      if (child.name() == one) after = child;
  return after ? properties.insert_element_after(name, after) : properties.prepend_element(name);
}

class Writer {
 public:
  Writer(PartTags& part, CompilerState& state) : part_(part), state_(state) {
    for (const PlacedTag& placed : part.tags) {
      program_.tags.push_back(
          {placed.tag.expression, placed.tag.source, part.units[placed.unit].place, new_paragraph(placed)});
      if (!merges_down(placed.tag.expression)) continue;
      if (const Node cell = enclosing(placed.holder, "w:tc")) {
        merged_cells_.push_back(cell);
        merged_tables_.push_back(enclosing(cell, "w:tbl"));
      }
    }
    for (const PlacedExpression& extra : part.extras)
      program_.tags.push_back(extra);
    for (const PlacedChoice& one : part.choices)
      program_.choices.push_back(one.choice);
    for (std::vector<Piece> pieces : part.links) {
      for (Piece& piece : pieces)
        if (piece.tag != UINT32_MAX) piece.tag = extra_tag(piece.tag);
      program_.links.push_back(std::move(pieces));
    }
    program_.cells = part.cells;
    for (const PlacedColumns& one : part.columns)
      program_.tables.push_back(one.columns);
  }

  Program write(Node root) {
    text("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    element(root);
    flush();
    while (!open_.empty())
      crossing(open_.back().tag, part_.tags[open_.back().tag].partner);
    return std::move(program_);
  }

 private:
  // A section whose close has not come yet, and the element in which it opened.
  struct Open {
    size_t tag;
    uint32_t at;
    Node inside;
    uint32_t restart = 0;                    // the instruction with which lists begin anew, 0 for none
    std::map<int64_t, uint32_t> lists = {};  // and its lists: their slots
  };

  uint32_t extra_tag(size_t extra) const { return static_cast<uint32_t>(part_.tags.size() + extra); }

  // What ends the paragraph of a tag and begins another like it, empty where the tag stands in more than a plain run.
  static std::string new_paragraph(const PlacedTag& placed) {
    const Node run = placed.holder.parent();
    const Node paragraph = run.parent();
    if (placed.holder.name() != "w:t" || run.name() != "w:r" || paragraph.name() != "w:p") return {};
    const Node properties = paragraph.child("w:pPr");
    if (properties.child("w:sectPr")) return {};
    return "</w:t></w:r></w:p><w:p>" + (properties ? properties.to_string() : std::string()) + "<w:r>" +
           (run.child("w:rPr") ? run.child("w:rPr").to_string() : std::string()) + "<w:t xml:space=\"preserve\">";
  }

  void text(std::string_view what) { program_.literals += what; }

  // Ends the literal being written.
  void flush() {
    const auto end = static_cast<uint32_t>(program_.literals.size());
    if (end > begin_) program_.code.push_back({Code::literal, begin_, end - begin_});
    begin_ = end;
  }

  uint32_t emit(Code code, uint32_t a = 0, uint32_t b = 0) {
    flush();
    program_.code.push_back({code, a, b});
    return static_cast<uint32_t>(program_.code.size() - 1);
  }

  // Keeps a text aside from the literal being written, for instructions that name it.
  std::pair<uint32_t, uint32_t> aside(const std::string& what) {
    flush();
    const auto offset = static_cast<uint32_t>(program_.literals.size());
    program_.literals += what;
    begin_ = static_cast<uint32_t>(program_.literals.size());
    return {offset, static_cast<uint32_t>(what.size())};
  }

  void children(Node node) {
    for (Node child = node.first_child(); child; child = child.next())
      any(child);
  }

  void any(Node node) {
    switch (node.kind()) {
      case NodeKind::text:
      case NodeKind::cdata: marked_text(node); break;
      case NodeKind::element:
        if (node.name() == order_element)
          order(node);
        else if (node.name() == mark_element)
          mark(number(node.attribute(mark_number)), node.parent(), Code::plain_value);
        else
          element(node);
        break;
      default: break;  // comments and the like do not concern a reader
    }
  }

  static size_t number(std::string_view digits) {
    size_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }

  void marked_text(Node node) {
    const Node holder = node.parent();
    const Code code = holder.name() == "w:t" ? Code::run_value : Code::plain_value;
    std::string_view value = node.value();
    for (;;) {
      const size_t begin = value.find_first_of(std::string_view("\x01\x04"));
      xml::append_escaped(program_.literals, value.substr(0, begin));
      if (begin == std::string_view::npos) return;
      const size_t end = value.find(value[begin] == mark_begin ? mark_end : fact_end, begin);
      if (value[begin] == mark_begin)
        mark(number(value.substr(begin + 1, end - begin - 1)), holder, code);
      else
        fact(value.substr(begin + 1, end - begin - 1));
      value.remove_prefix(end + 1);
    }
  }

  void marked_attribute(std::string_view value) {
    for (;;) {
      const size_t begin = value.find(fact_begin);
      text(xml::escape_attribute(value.substr(0, begin)));
      if (begin == std::string_view::npos) return;
      const size_t end = value.find(fact_end, begin);
      fact(value.substr(begin + 1, end - begin - 1));
      value.remove_prefix(end + 1);
    }
  }

  void fact(std::string_view what) {
    const auto index = static_cast<uint32_t>(number(what.substr(1)));
    switch (static_cast<Fact>(what[0])) {
      case Fact::extra: emit(Code::attribute, extra_tag(index)); break;
      case Fact::link: emit(Code::link, index); break;
      case Fact::choice: emit(Code::choose, extra_tag(part_.choices[index].extra), index); break;
      case Fact::shown: emit(Code::picture_fact, index); break;
      case Fact::list: emit(Code::list_number, index); break;
      case Fact::width: emit(Code::cell_width, index); break;
      case Fact::span: emit(Code::cell_span, index); break;
    }
  }

  void order(Node node) {
    const std::string_view kind = node.attribute(order_kind);
    const size_t index = number(node.attribute(mark_number));
    if (kind == "grid") {
      emit(Code::grid);
    } else if (kind == "count") {
      if (part_.tags[index].partner != no_index)
        emit(Code::expect_count, static_cast<uint32_t>(index),
             static_cast<uint32_t>(number(node.attribute(order_group))));
    } else if (kind == "end") {
      flush();
      program_.code[objects_.back()].b = static_cast<uint32_t>(program_.code.size());
      objects_.pop_back();
    } else {
      const PlacedFrame& frame = part_.frames[index];
      if (kind == "picture") {
        program_.pictures.push_back({extra_tag(frame.extra), frame.width, frame.height});
        objects_.push_back(emit(Code::picture, static_cast<uint32_t>(program_.pictures.size() - 1)));
      } else {
        program_.charts.push_back({extra_tag(frame.extra), frame.chart});
        objects_.push_back(emit(Code::chart, static_cast<uint32_t>(program_.charts.size() - 1)));
      }
    }
  }

  void mark(size_t tag, Node inside, Code value_code) {
    const PlacedTag& placed = part_.tags[tag];
    const auto index = static_cast<uint32_t>(tag);
    switch (placed.tag.kind) {
      case TagKind::value: emit(value_code, index); break;
      case TagKind::section:
      case TagKind::inverted:
        if (placed.partner == no_index) break;  // told already
        open_.push_back({tag, emit(placed.tag.kind == TagKind::section ? Code::open : Code::inverted, index), inside});
        if (words_of(placed.tag).restart && placed.tag.kind == TagKind::section)
          open_.back().restart = emit(Code::restart_lists, static_cast<uint32_t>(state_.lists.size()));
        break;
      case TagKind::close:
        if (placed.partner == no_index) break;
        if (open_.empty() || open_.back().tag != placed.partner || open_.back().inside != inside) {
          crossing(placed.partner, tag);
          break;
        }
        if (open_.back().restart > 0)
          program_.code[open_.back().restart].b =
              static_cast<uint32_t>(state_.lists.size()) - program_.code[open_.back().restart].a;
        program_.code[open_.back().at].b = emit(Code::close, open_.back().at);
        open_.pop_back();
        break;
      default: break;
    }
  }

  void crossing(size_t open, size_t close) {
    std::erase_if(open_, [&](const Open& one) { return one.tag == open; });
    part_.report(part_.tags[open].unit, "section-crossing",
                 fmt::format("Раздел «{}» и его конец «{}» захватывают часть другого раздела или ячейки.",
                             part_.tags[open].tag.source, part_.tags[close].tag.source),
                 "Поставьте оба тега в отдельные абзацы или в строки одной таблицы.");
  }

  void element(Node node) {
    const std::string_view name = node.name();
    if (name == ghost_element) return;
    if (name == "w:id" && node.parent().name() == "w:sdtPr" && !open_.empty()) return;  // Word gives it anew
    if (is_one_of(name, unique_elements) && !open_.empty()) {
      const uint32_t once = emit(Code::once, static_cast<uint32_t>(state_.once_slots++));
      plain_element(node);
      flush();
      program_.code[once].b = static_cast<uint32_t>(program_.code.size());
      return;
    }
    if (name == "w:tbl") return table(node);
    if (name == "w:tr" && is_one_of_nodes(enclosing(node, "w:tbl"), merged_tables_)) emit(Code::row);
    if (name == "w:tc" && is_one_of_nodes(node, merged_cells_)) return merged_cell(node);
    if (name == "w:p") restart_list(node);
    plain_element(node);
  }

  static bool is_one_of_nodes(Node node, const std::vector<Node>& nodes) {
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
  }

  void table(Node node) {
    size_t columns = 0;
    while (columns < part_.columns.size() && part_.columns[columns].table != node)
      ++columns;
    const bool has_columns = columns < part_.columns.size();
    if (has_columns) emit(Code::columns, static_cast<uint32_t>(columns));
    if (is_one_of_nodes(node, merged_tables_)) emit(Code::rows_begin);
    if (all_rows_may_be_missing(node)) {
      emit(Code::table_begin);
      start(node);
      children(node);
      emit(Code::table_end);
    } else {
      plain_element(node);
    }
    if (has_columns) emit(Code::columns_end);
  }

  // A cell that continues the one above when it says the same: printed, compared, taken back.
  void merged_cell(Node node) {
    Node properties = node.child("w:tcPr");
    if (!properties) properties = node.prepend_element("w:tcPr");
    Node merge = properties.child("w:vMerge");
    if (!merge) merge = insert_ordered(properties, "w:vMerge", {"w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge"});
    merge.set_attribute("w:val", "restart");
    const auto slot = static_cast<uint32_t>(state_.merge_slots++);
    emit(Code::merge_begin, slot);
    plain_element(node);
    const uint32_t end = emit(Code::merge_end, slot);
    merge.remove_attribute("w:val");
    start(node);
    plain_element(properties);
    const Node paragraph = node.child("w:p").child("w:pPr");
    text("<w:p>" + (paragraph ? written_properties(paragraph) : std::string()) + "</w:p></w:tc>");
    flush();
    program_.code[end].b = static_cast<uint32_t>(program_.code.size());
  }

  // A paragraph of a list that begins anew gets the number of the list that runs.
  void restart_list(Node paragraph) {
    const auto open = std::find_if(open_.rbegin(), open_.rend(), [](const Open& one) { return one.restart > 0; });
    if (open == open_.rend()) return;
    const int64_t list = state_.numbering.list_of(paragraph);
    if (list <= 0 || !state_.numbering.abstract_of.count(list)) return;
    const auto [slot, added] = open->lists.emplace(list, static_cast<uint32_t>(state_.lists.size()));
    if (added) state_.lists.push_back({list});
    Node properties = paragraph.child("w:pPr");
    if (!properties) properties = paragraph.prepend_element("w:pPr");
    Node number_properties = properties.child("w:numPr");
    if (!number_properties)
      number_properties =
          insert_ordered(properties, "w:numPr",
                         {"w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl"});
    Node of_list = number_properties.child("w:numId");
    if (!of_list) {
      const auto style = state_.numbering.of_style.find(std::string(properties.child("w:pStyle").attribute("w:val")));
      if (!number_properties.child("w:ilvl")) {
        const bool known = style != state_.numbering.of_style.end() && !style->second.level.empty();
        number_properties.prepend_element("w:ilvl").set_attribute("w:val", known ? style->second.level : "0");
      }
      of_list = insert_ordered(number_properties, "w:numId", {"w:ilvl"});
    }
    of_list.set_attribute("w:val", fact_text(Fact::list, slot->second));
  }

  void plain_element(Node node) {
    if (!node.first_child() && node.name() != "w:p" && !is_one_of(node.name(), containers)) {
      start(node, "/>");
      return;
    }
    start(node);
    if (is_one_of(node.name(), containers))
      container(node);
    else if (node.name() == "w:sdtContent")
      blocks(node);
    else
      children(node);
    text("</");
    text(node.name());
    text(">");
  }

  void start(Node node, std::string_view end = ">") {
    text("<");
    text(node.name());
    const bool is_shape = node.name().starts_with("v:") && node.name() != "v:shapetype";
    const bool is_drawing = node.name() == "wp:docPr";
    const bool is_change = is_one_of(node.name(), changes);
    for (const auto& [name, value] : node.attributes()) {
      if (!open_.empty() && is_one_of(name, paragraph_ids)) continue;
      text(" ");
      text(name);
      text("=\"");
      const bool numbered = (is_drawing && name == "id") || (is_change && name == "w:id");
      if (numbered) state_.highest_id = std::max(state_.highest_id, static_cast<uint32_t>(number(value)));
      if (!open_.empty() && (numbered || (is_shape && name == "id"))) {
        if (!numbered) text("vekha");
        emit(Code::fresh_id);
      } else {
        marked_attribute(value);
      }
      text("\"");
    }
    text(end);
  }

  bool all_rows_may_be_missing(Node table) const {
    int depth = 0;
    for (const Node& child : table.children()) {
      if (child.name() == order_element) continue;
      if (child.name() == mark_element)
        depth += part_.tags[number(child.attribute(mark_number))].tag.kind == TagKind::close ? -1 : 1;
      else if ((child.name() == "w:tr" || child.name() == "w:sdt") && depth == 0)
        return false;
    }
    return true;
  }

  // What stands between paragraphs: kept apart tables, and whether the last thing is surely a paragraph.
  struct Blocks {
    bool surely_paragraph = false;
    std::string properties;  // of the paragraph that would have to stand in: of the nearest one taken out
  };

  Blocks blocks(Node node, Node until = {}) {
    Blocks result;
    const size_t depth = open_.size();
    bool after_boundary = false;
    for (Node child = node.first_child(); child && child != until; child = child.next()) {
      const std::string_view name = child.name();
      if (name == mark_element) {
        after_boundary = true;
      } else if (name == ghost_element) {
        after_boundary = true;
        const Node properties = child.child("w:pPr");
        result.properties = properties ? written_properties(properties) : std::string();
      } else if (name == "w:p") {
        if (open_.size() == depth) result.surely_paragraph = true;
        after_boundary = false;
      } else if (name == "w:tbl") {
        if (after_boundary) {
          const auto [offset, size] = aside(result.properties);
          emit(Code::before_table, offset, size);
        }
        result.surely_paragraph = false;
        after_boundary = false;
      } else if (name == "w:sdt") {
        if (open_.size() == depth) result.surely_paragraph = true;
        after_boundary = false;
      }
      any(child);
    }
    return result;
  }

  void container(Node node) {
    const Node last = node.last_child();
    const Node section = node.name() == "w:body" && last.name() == "w:sectPr" ? last : Node();
    Blocks result = blocks(node, section);
    if (!result.surely_paragraph) {
      if (result.properties.empty())
        if (const Node properties = node.child("w:p").child("w:pPr"))
          result.properties = written_properties(properties);
      const auto [offset, size] = aside(result.properties);
      emit(Code::end_container, offset, size);
    }
    if (section) element(section);
  }

  static std::string written_properties(Node properties) {
    if (properties.child("w:sectPr") || properties.child("w:numPr")) return {};
    std::string written = properties.to_string();
    return written.find(fact_begin) == std::string::npos ? written : std::string();
  }

  PartTags& part_;
  CompilerState& state_;
  Program program_;
  uint32_t begin_ = 0;  // of the literal being written
  std::vector<Open> open_;
  std::vector<uint32_t> objects_;  // pictures and charts that have begun
  std::vector<Node> merged_cells_;
  std::vector<Node> merged_tables_;
};

// Bookmarks and ranges of comments whose ends stand in different turns: what begins would not end. The end that stands
// in a section moves out of it; where that cannot be, a bookmark marks the place where it began, and a range goes.
class Ranges {
 public:
  explicit Ranges(const PartTags& part) : part_(part) {}

  void mend(Node root) {
    walk(root);
    for (const auto& [begin, end] : torn_)
      mend(begin, end);
    for (const Node& one : gone_)
      one.parent().remove_child(one);
  }

 private:
  struct Begun {
    Node node;
    std::vector<size_t> sections;
  };

  void walk(Node node) {
    for (Node child = node.first_child(); child;) {
      const Node next = child.next();
      if (child.kind() == NodeKind::text) {
        const std::string_view value = child.value();
        for (size_t at = 0; (at = value.find(mark_begin, at)) != std::string_view::npos; ++at)
          mark(value.substr(at + 1), {});
      } else if (child.name() == mark_element) {
        mark(child.attribute(mark_number), child);
      } else if (child.is_element()) {
        range(child);
        walk(child);
      }
      child = next;
    }
  }

  void mark(std::string_view digits, Node node) {
    size_t tag = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), tag);
    const PlacedTag& placed = part_.tags[tag];
    if (placed.partner == no_index) return;
    marks_[tag] = node;
    if (placed.tag.kind == TagKind::close)
      std::erase(sections_, placed.partner);
    else
      sections_.push_back(tag);
  }

  void range(Node node) {
    const std::string_view name = node.name();
    const bool bookmark = name.starts_with("w:bookmark");
    if (!bookmark && !name.starts_with("w:commentRange")) return;
    const std::string key = (bookmark ? "b" : "c") + std::string(node.attribute("w:id"));
    if (name.ends_with("Start")) {
      begun_[key] = {node, sections_};
      return;
    }
    const auto begun = begun_.find(key);
    if (begun != begun_.end() && begun->second.sections != sections_)
      torn_.emplace_back(begun->second, Begun{node, sections_});
  }

  void mend(const Begun& begin, const Begun& end) {
    size_t common = 0;
    while (common < begin.sections.size() && common < end.sections.size() &&
           begin.sections[common] == end.sections[common])
      ++common;
    Node before, behind;
    if (common < begin.sections.size()) before = marks_[begin.sections[common]];
    if (common < end.sections.size()) behind = marks_[part_.tags[end.sections[common]].partner];
    if ((before || common == begin.sections.size()) && (behind || common == end.sections.size())) {
      if (before) before.parent().insert_moved_before(begin.node, before);
      if (behind) behind.parent().insert_moved_after(end.node, behind);
      return;
    }
    if (begin.node.name() == "w:bookmarkStart")
      begin.node.parent().insert_copy_after(end.node, begin.node);
    else
      gone_.push_back(begin.node);
    gone_.push_back(end.node);
  }

  const PartTags& part_;
  std::vector<size_t> sections_;
  std::map<std::string, Begun> begun_;
  std::vector<std::pair<Begun, Begun>> torn_;
  std::map<size_t, Node> marks_;  // of sections, where they are elements
  std::vector<Node> gone_;
};

// The numbers in use in a part that stays as it is.
void note_ids(Node root, CompilerState& state) {
  for (const Node& drawing : root.descendants("wp:docPr")) {
    uint32_t id = 0;
    const std::string_view digits = drawing.attribute("id");
    std::from_chars(digits.data(), digits.data() + digits.size(), id);
    state.highest_id = std::max(state.highest_id, id);
  }
}

}  // namespace

CompiledProgram compile_part(std::string_view content, const PartSource& source, CompilerState& state) {
  const xml::Document document = xml::Document::parse(content, state.file + ": " + source.name);
  // The standard lets a file call the namespace of Word anything; every program that writes such files calls it «w».
  if (source.kind == PartKind::word && !document.root().name().starts_with("w:"))
    throw Error(
        ErrorCode::unreadable,
        fmt::format("Файл «{}» записан необычной программой (часть «{}»). Откройте его в Word и сохраните заново.",
                    state.file, source.name),
        state.file);
  PartTags part;
  part.file = state.file;
  part.title = source.title;
  part.addresses = source.addresses;
  part.charts = source.charts;
  part.missing_partials = state.missing_partials;
  clean(document.root());
  if (source.kind == PartKind::word)
    find_tags(document.root(), part);
  else
    find_plain_tags(document.root(), part);
  place_sections(part);
  CompiledProgram compiled;
  compiled.has_tags = !part.tags.empty() || !part.extras.empty() || part.has_fragments;
  if (compiled.has_tags) {
    Ranges(part).mend(document.root());
    compiled.program = Writer(part, state).write(document.root());
  } else {
    note_ids(document.root(), state);
  }
  std::move(part.diagnostics.begin(), part.diagnostics.end(), std::back_inserter(state.diagnostics));
  return compiled;
}

}  // namespace vekha::documents
