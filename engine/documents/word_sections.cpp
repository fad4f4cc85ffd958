#include "documents/word_sections.h"

#include "documents/word_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace vekha::documents {
namespace {

using templating::TagKind;
using xml::Node;

constexpr size_t max_nesting = 50;

bool is_section(TagKind kind) { return kind == TagKind::section || kind == TagKind::inverted; }

// From the root down to the node itself.
std::vector<Node> path_to(Node node) {
  std::vector<Node> path;
  for (; node; node = node.parent())
    path.push_back(node);
  std::reverse(path.begin(), path.end());
  return path;
}

// Where two nodes part: their lowest common ancestor, and the child of it on the way to each (none where the node is
// the ancestor itself).
struct Fork {
  Node common, first, second;
};
Fork fork_of(Node a, Node b) {
  const std::vector<Node> to_a = path_to(a);
  const std::vector<Node> to_b = path_to(b);
  size_t depth = 0;
  while (depth < to_a.size() && depth < to_b.size() && to_a[depth] == to_b[depth])
    ++depth;
  return {to_a[depth - 1], depth < to_a.size() ? to_a[depth] : Node(), depth < to_b.size() ? to_b[depth] : Node()};
}

Node enclosing(Node node, std::string_view name) {
  while (node && node.name() != name)
    node = node.parent();
  return node;
}

class Placer {
 public:
  explicit Placer(PartTags& part) : part_(part), anchors_(part.tags.size()) {}

  void run() {
    pair();
    for (size_t i = 0; i < part_.tags.size(); ++i)
      if (is_section(part_.tags[i].tag.kind) && part_.tags[i].partner != no_index) take_off_controls(i);
    for (size_t i = 0; i < part_.tags.size(); ++i)
      if (is_section(part_.tags[i].tag.kind) && part_.tags[i].partner != no_index) decide(i);
    for (size_t i = 0; i < part_.tags.size(); ++i)
      if (anchors_[i]) hoist(i);
    for (const size_t i : column_ends_) {
      Node mark = take_out(i);
      remove_hollow(mark.parent(), mark);
      mark.parent().remove_child(mark);
    }
    for (const TextUnit& unit : part_.units)
      if (unit.only_boundaries() && unit.node.name() == "w:p") make_ghost(unit.node);
    for (const Node& row : empty_rows_)
      row.parent().remove_child(row);
    place_columns(part_, columns_);
  }

 private:
  PlacedTag& tag(size_t i) { return part_.tags[i]; }
  Node paragraph(size_t i) { return part_.units[tag(i).unit].node; }
  void fault(size_t i, std::string code, std::string message, std::string hint) {
    part_.report(tag(i).unit, std::move(code), std::move(message), std::move(hint));
  }

  // A section about which a fault has been told is no section any more: it would only be told about again.
  void give_up(size_t open, std::string code, std::string message, std::string hint) {
    fault(open, std::move(code), std::move(message), std::move(hint));
    tag(tag(open).partner).partner = no_index;
    tag(open).partner = no_index;
  }

  void pair() {
    std::vector<size_t> open;
    for (size_t i = 0; i < part_.tags.size(); ++i) {
      const templating::Tag& here = tag(i).tag;
      if (is_section(here.kind)) {
        open.push_back(i);
        if (open.size() > max_nesting)
          return fault(i, "section-nesting",
                       fmt::format("Раздел «{}» вложен глубже {} уровней.", here.source, max_nesting),
                       "Упростите шаблон.");
      } else if (here.kind == TagKind::close) {
        const auto match = std::find_if(open.rbegin(), open.rend(), [&](size_t one) {
          return tag(one).tag.expression.name == here.expression.name;
        });
        if (match == open.rend()) {
          fault(i, "section-unopened", fmt::format("Раздел «{}» закрыт, но не открыт.", here.source),
                fmt::format("Поставьте «{{{{#{}}}}}» там, где он начинается, или уберите тег.",
                            here.expression.name.text));
          continue;
        }
        while (open.back() != *match) {
          fault(i, "section-crossing",
                fmt::format("Тег «{}» стоит там, где ещё открыт раздел «{}» ({}).", here.source,
                            tag(open.back()).tag.source, part_.units[tag(open.back()).unit].place),
                fmt::format("Сначала закройте «{}».", tag(open.back()).tag.source));
          open.pop_back();
        }
        tag(*match).partner = i;
        tag(i).partner = *match;
        open.pop_back();
      }
    }
    for (const size_t i : open)
      fault(i, "section-unclosed", fmt::format("Раздел «{}» не закрыт.", tag(i).tag.source),
            fmt::format("Поставьте «{{{{/{}}}}}» там, где он кончается.", tag(i).tag.expression.name.text));
  }

  // A control that holds one end of a section only would be opened here and closed there.
  void take_off_controls(size_t open) {
    const size_t close = tag(open).partner;
    for (const auto& [end, other] : {std::pair{open, close}, std::pair{close, open}}) {
      const std::vector<Node> around = path_to(tag(other).holder);
      for (Node node = tag(end).holder; node;) {
        const Node above = node.parent();
        const bool control = node.name() == "w:sdt" || node.name() == "w:customXml" || node.name() == "w:smartTag" ||
                             node.name() == "w:fldSimple";
        if (control && std::find(around.begin(), around.end(), node) == around.end()) take_off(node);
        node = above;
      }
    }
  }

  static void take_off(Node control) {
    Node content = control.child("w:sdtContent");
    if (!content) content = control;
    Node parent = control.parent();
    for (const Node& child : content.children())
      if (!is_properties(child)) parent.insert_moved_before(child, control);
    parent.remove_child(control);
  }

  // Decides what a section repeats, and notes the element before or behind which each of its ends is to stand.
  void decide(size_t open) {
    const size_t close = tag(open).partner;
    const SectionWords words = words_of(tag(open).tag);
    if (!words.unknown.empty())
      return give_up(open, "section-word",
                     fmt::format("Слово «{}» в теге «{}» неизвестно.", words.unknown, tag(open).tag.source),
                     "После имени раздела могут стоять слова «строка», «столбец» и «заново».");
    if (words.column) {
      const Node first = enclosing(paragraph(open), "w:tc");
      const Node last = enclosing(paragraph(close), "w:tc");
      const auto table_of = [](Node cell) { return enclosing(cell, "w:tbl"); };
      if (first && last && table_of(first) == table_of(last)) {
        columns_.push_back({open, table_of(first), first, last});
        anchors_[open] = anchors_[close] = Node();
        column_ends_.push_back(open);
        column_ends_.push_back(close);
        return;
      }
      return give_up(open, "section-crossing",
                     fmt::format("Раздел «{}» повторяет столбцы, но открыт и закрыт не в ячейках одной таблицы.",
                                 tag(open).tag.source),
                     "Поставьте оба тега в ячейки одной таблицы.");
    }
    if (words.row) {
      const Node first = row_child(paragraph(open));
      const Node last = row_child(paragraph(close));
      if (first && last && first.parent() == last.parent()) return anchor(open, first, last);
      return give_up(open, "section-crossing",
                     fmt::format("Раздел «{}» повторяет строки, но открыт и закрыт не в строках одной таблицы.",
                                 tag(open).tag.source),
                     "Поставьте оба тега в строки одной таблицы.");
    }
    if (tag(open).unit == tag(close).unit) return split_text(open, close);
    const Fork fork = fork_of(paragraph(open), paragraph(close));
    const std::string_view common = fork.common.name();
    if (common == "w:tr") return anchor(open, fork.common, fork.common);
    const auto is_row = [](Node node) { return node.name() == "w:tr"; };
    if (common == "w:tbl" || (is_row(fork.first) && is_row(fork.second))) return anchor(open, fork.first, fork.second);
    if (fork.first == paragraph(open) && fork.second == paragraph(close) && fork.first.name() == "w:p")
      return anchor(open, fork.first, fork.second);
    give_up(open, "section-crossing",
            fmt::format("Раздел «{}» открыт здесь, а «{}» стоит в другой таблице, ячейке или надписи ({}).",
                        tag(open).tag.source, tag(close).tag.source, part_.units[tag(close).unit].place),
            "Поставьте оба тега рядом: в один абзац, в соседние абзацы или в строки одной таблицы.");
  }

  // The row around a node, with the content control around the row where there is one.
  static Node row_child(Node node) {
    Node row = enclosing(node, "w:tr");
    while (row && row.parent().name() == "w:sdtContent")
      row = row.parent().parent();
    return row;
  }

  void anchor(size_t open, Node first, Node last) {
    anchors_[open] = first;
    anchors_[tag(open).partner] = last;
  }

  // Both ends in one paragraph. In one w:t the text itself is repeated; else runs are cut so that whole ones are.
  void split_text(size_t open, size_t close) {
    const Node first = tag(open).holder;
    const Node last = tag(close).holder;
    if (first == last) return;
    const Node common = fork_of(first, last).common;
    if (part_.units[tag(open).unit].only_boundaries() && !holds_section_break(paragraph(open)))
      return;  // it goes with its paragraph
    if (isolate(open, common) && isolate(close, common)) return;
    give_up(open, "section-crossing",
            fmt::format("Раздел «{}» начинается внутри поля или элемента управления, а кончается снаружи.",
                        tag(open).tag.source),
            "Поставьте оба тега внутри или оба снаружи.");
  }

  static bool can_split(Node node) {
    static constexpr std::array<std::string_view, 8> names = {"w:r",        "w:hyperlink", "w:ins", "w:moveTo",
                                                              "w:smartTag", "w:customXml", "w:dir", "w:bdo"};
    return std::find(names.begin(), names.end(), node.name()) != names.end();
  }

  static bool is_properties(Node node) {
    return node.name() == "w:rPr" || node.name() == "w:smartTagPr" || node.name() == "w:customXmlPr";
  }

  static bool is_hollow(Node node) {
    const std::vector<Node> children = node.children();
    return std::all_of(children.begin(), children.end(),
                       [](const Node& child) { return is_properties(child) || !child.is_element(); });
  }

  // Makes the mark of a tag an element that stands directly in `top`, cutting in two what is on the way.
  bool isolate(size_t i, Node top) {
    for (Node node = tag(i).holder.parent(); node != top; node = node.parent())
      if (!can_split(node)) return false;
    Node mark = take_out(i);
    while (mark.parent() != top) {
      Node left = mark.parent();
      Node around = left.parent();
      Node right = around.insert_element_after(left.name(), left);
      for (const auto& [name, value] : left.attributes())
        right.set_attribute(name, value);
      for (const Node& child : left.children())
        if (is_properties(child)) right.append_copy(child);
      for (Node next = mark.next(); next; next = mark.next())
        right.append_moved(next);
      around.insert_moved_after(mark, left);
      if (is_hollow(left)) around.remove_child(left);
      if (is_hollow(right)) around.remove_child(right);
    }
    return true;
  }

  // Takes the mark of a tag out of its text into an element beside it; what stood behind it becomes a text of its own.
  Node take_out(size_t i) {
    Node holder = tag(i).holder;
    Node run = holder.parent();
    const std::string text = holder.text();
    const std::string mark = mark_text(i);
    const size_t at = text.find(mark);
    Node element = run.insert_element_after(mark_element, holder);
    element.set_attribute(mark_number, std::to_string(i));
    const std::string tail = text.substr(at + mark.size());
    if (!tail.empty()) {
      Node behind = run.insert_element_after(holder.name(), element);
      behind.set_attribute("xml:space", "preserve");
      behind.set_text(tail);
      for (size_t later = i + 1; later < part_.tags.size() && tag(later).unit == tag(i).unit; ++later)
        if (tag(later).holder == holder) tag(later).holder = behind;
    }
    if (at == 0)
      run.remove_child(holder);
    else
      holder.set_text(text.substr(0, at));
    return element;
  }

  // Moves the mark of a section's end before or behind the element that the section repeats.
  void hoist(size_t i) {
    const Node anchor = anchors_[i];
    const Node paragraph_of_tag = paragraph(i);
    Node mark = take_out(i);
    remove_hollow(mark.parent(), mark);
    const bool is_open = is_section(tag(i).tag.kind);
    bool before = is_open;
    if (anchor == paragraph_of_tag && part_.units[tag(i).unit].only_boundaries())
      before = holds_section_break(anchor) ? !is_open : true;
    else if (anchor.name() == "w:tr" && is_empty_row(anchor, i))
      before = true;
    Node parent = anchor.parent();
    if (before) {
      parent.insert_moved_before(mark, anchor);
      return;
    }
    Node last = anchor;
    while (last.next() && last.next().name() == mark_element)
      last = last.next();
    parent.insert_moved_after(mark, last);
  }

  // Puts the mark aside to the root while the run it stood in goes, if nothing else was in it.
  static void remove_hollow(Node run, Node mark) {
    std::vector<Node> children = run.children();
    std::erase(children, mark);
    if (!std::all_of(children.begin(), children.end(),
                     [](const Node& child) { return is_properties(child) || !child.is_element(); }))
      return;
    Node around = run.parent();
    around.insert_moved_after(mark, run);
    around.remove_child(run);
  }

  static bool holds_section_break(Node paragraph) {
    return static_cast<bool>(paragraph.child("w:pPr").child("w:sectPr"));
  }

  // Whether nothing stands in the row of a tag but ends of sections that repeat other rows.
  bool is_empty_row(Node row, size_t i) {
    if (std::find(empty_rows_.begin(), empty_rows_.end(), row) != empty_rows_.end()) return true;
    if (std::find(full_rows_.begin(), full_rows_.end(), row) != full_rows_.end()) return false;
    bool empty = row.descendants("w:tbl").empty() && row.descendants("w:drawing").empty();
    const auto in_row = [&](size_t unit) { return enclosing(part_.units[unit].node, "w:tr") == row; };
    const auto is_boundary = [&](size_t unit) { return part_.units[unit].blank && !part_.units[unit].has_values; };
    // Without a table in it, the units of a row follow each other.
    size_t first = tag(i).unit;
    while (empty && first > 0 && in_row(first - 1))
      empty = is_boundary(--first);
    size_t last = tag(i).unit;
    for (; empty && last < part_.units.size() && in_row(last); ++last)
      empty = is_boundary(last);
    size_t one = i;
    while (one > 0 && tag(one - 1).unit >= first)
      --one;
    for (; empty && one < part_.tags.size() && tag(one).unit < last; ++one)
      if (tag(one).partner != no_index) empty = anchors_[one] && !in_row(tag(tag(one).partner).unit);
    (empty ? empty_rows_ : full_rows_).push_back(row);
    return empty;
  }

  // Takes a paragraph out; its properties stay for a paragraph that may have to stand there after all.
  static void make_ghost(Node paragraph) {
    if (holds_section_break(paragraph)) return;
    Node parent = paragraph.parent();
    Node ghost = parent.insert_element_before(ghost_element, paragraph);
    if (const Node properties = paragraph.child("w:pPr")) {
      Node kept = ghost.append_copy(properties);
      for (const char* name : {"w:numPr", "w:framePr", "w:pageBreakBefore"})
        if (const Node child = kept.child(name)) kept.remove_child(child);
    }
    for (const char* name : {"w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd"})
      for (const Node& one : paragraph.descendants(name))
        parent.insert_moved_before(one, ghost);
    parent.remove_child(paragraph);
  }

  PartTags& part_;
  std::vector<Node> anchors_;  // by tag: what its mark is to stand before or behind
  std::vector<Node> empty_rows_;
  std::vector<Node> full_rows_;
  std::vector<ColumnSection> columns_;
  std::vector<size_t> column_ends_;  // their tags
};

}  // namespace

SectionWords words_of(const templating::Tag& tag) {
  SectionWords words;
  for (const std::string_view word : split(tag.word, ' ')) {
    if (word == "строка" || word == "строки")
      words.row = true;
    else if (word == "столбец" || word == "столбцы")
      words.column = true;
    else if (word == "заново")
      words.restart = true;
    else if (!word.empty())
      words.unknown = word;
  }
  return words;
}

void place_sections(PartTags& part) { Placer(part).run(); }

}  // namespace vekha::documents
