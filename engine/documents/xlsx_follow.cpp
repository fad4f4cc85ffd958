#include "documents/xlsx_follow.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace vekha::documents {
namespace {

using xml::Node;

int64_t number(std::string_view digits, int64_t otherwise = 0) {
  int64_t value = otherwise;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// Ranges of a `sqref`; those of a section of one row grow into one.
std::string moved_list(std::string_view list, const SheetMap& map) {
  std::string out;
  for (const std::string_view one : split(list, ' ')) {
    const std::optional<CellRange> range = parse_range(one);
    if (!range) continue;
    std::vector<CellRange> all = map.ranges(*range);
    if (!all.empty() && range->first_row == range->last_row) {
      CellRange whole = all.front();
      bool together = true;
      for (size_t i = 1; i < all.size(); ++i) {
        together = together && all[i].first_row == whole.last_row + 1;
        whole.last_row = std::max(whole.last_row, all[i].last_row);
      }
      if (together) all.assign(1, whole);
    }
    for (const CellRange& each : all)
      out += (out.empty() ? "" : " ") + to_text(each);
  }
  return out;
}

// The first turn of the innermost section around what a list begins with: its formulas are those of that turn.
size_t turn_of(std::string_view list, const SheetMap& map) {
  const std::optional<CellRange> range = parse_range(split(list, ' ').front());
  if (!range) return 0;
  const size_t section = map.section_of(range->first_row, range->last_row);
  for (size_t i = 0; i < map.turns.size(); ++i)
    if (map.turns[i].section == section) return i;
  return 0;
}

class Follower {
 public:
  Follower(const FilledSheet& filled, const SheetMaps& maps) : filled_(filled), map_(filled.map), maps_(maps) {}

  std::string write() {
    xml::Document document = xml::Document::parse(filled_.sheet->frame);
    Node root = document.root();
    for (const auto& [element, text] : filled_.page_lines)
      root.child("headerFooter").child(element).set_text(text);
    for (Node link : root.child("hyperlinks").children())
      if (link.attribute("display").find("{{") != std::string_view::npos) link.remove_attribute("display");
    if (!map_.is_same()) {
      for (const Node& child : root.children())
        follow(root, child);
    } else {
      formulas_below(root, 0);
    }
    std::string xml = document.to_string();
    return put_rows(std::move(xml));
  }

 private:
  void follow(Node root, Node node) {
    const std::string_view name = node.local_name();
    if (name == "dimension") {
      root.remove_child(node);
    } else if (name == "cols") {
      columns(node);
    } else if (name == "mergeCells") {
      merges(root, node);
    } else if (name == "autoFilter") {
      filter(root, node);
    } else if (name == "conditionalFormatting") {
      listed(root, node);
    } else if (name == "dataValidations" || name == "protectedRanges" || name == "ignoredErrors") {
      for (const Node& one : node.children())
        listed(node, one);
      if (!node.first_child())
        root.remove_child(node);
      else if (node.has_attribute("count"))
        node.set_attribute("count", std::to_string(node.children().size()));
    } else if (name == "hyperlinks") {
      links(root, node);
    } else if (name == "rowBreaks" || name == "colBreaks") {
      breaks(root, node, name == "rowBreaks");
    } else if (name == "extLst") {
      extensions(node);
    } else if (name == "sheetViews") {
      views(node);
    }
  }

  void views(Node node) {
    for (Node selection : node.descendants("selection")) {
      selection.remove_attribute("activeCell");
      selection.remove_attribute("sqref");
    }
  }

  void columns(Node node) {
    if (map_.columns.empty()) return;
    // Every column by itself, then as many as there are of it.
    std::vector<std::pair<CellRange, Node>> all;
    const auto add = [&](uint32_t first, uint32_t last, Node like) { all.push_back({{0, 0, first, last}, like}); };
    for (const Node& one : node.children()) {
      auto first = static_cast<uint32_t>(number(one.attribute("min")));
      const auto last = static_cast<uint32_t>(number(one.attribute("max")));
      for (const ColumnRepeat& repeat : map_.columns) {
        if (repeat.last < first || repeat.first > last) continue;
        if (first < repeat.first) add(first, repeat.first - 1, one);
        for (uint32_t column = std::max(first, repeat.first); column <= std::min(last, repeat.last); ++column)
          add(column, column, one);
        first = repeat.last + 1;
      }
      if (first <= last) add(first, last, one);
    }
    std::vector<std::pair<uint32_t, std::pair<uint32_t, Node>>> placed;
    for (const auto& [range, like] : all) {
      const auto repeat = std::find_if(map_.columns.begin(), map_.columns.end(), [&](const ColumnRepeat& each) {
        return range.first_column >= each.first && range.first_column <= each.last;
      });
      if (repeat == map_.columns.end()) {
        const uint32_t first = map_.column(range.first_column).first;
        placed.push_back({first, {std::min(last_column, first + range.last_column - range.first_column), like}});
        continue;
      }
      const uint32_t width = repeat->last - repeat->first + 1;
      const uint32_t base = map_.column(repeat->first).first;
      for (uint32_t turn = 0; turn < repeat->count; ++turn) {
        const uint32_t at = base + turn * width + range.first_column - repeat->first;
        placed.push_back({at, {at, like}});
      }
    }
    std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Node> old = node.children();
    for (const auto& [first, rest] : placed) {
      Node made = node.append_copy(rest.second);
      made.set_attribute("min", std::to_string(first));
      made.set_attribute("max", std::to_string(rest.first));
    }
    for (const Node& one : old)
      node.remove_child(one);
  }

  void merges(Node root, Node node) {
    std::vector<std::string> all;
    for (const Node& one : node.children()) {
      const std::optional<CellRange> range = parse_range(one.attribute("ref"));
      if (!range) continue;
      for (CellRange each : map_.ranges(*range)) {
        const auto repeat = std::find_if(map_.columns.begin(), map_.columns.end(), [&](const ColumnRepeat& columns) {
          return range->first_column >= columns.first && range->last_column <= columns.last;
        });
        const bool copied = repeat != map_.columns.end() && below_columns(*repeat, range->first_row);
        const uint32_t width = copied ? repeat->last - repeat->first + 1 : 0;
        for (uint32_t turn = 0; turn < (copied ? repeat->count : 1); ++turn) {
          if (copied) {
            each.first_column = map_.column(repeat->first).first + turn * width + range->first_column - repeat->first;
            each.last_column = each.first_column + range->last_column - range->first_column;
          }
          if (each.first_row != each.last_row || each.first_column != each.last_column) all.push_back(to_text(each));
        }
      }
    }
    node.remove_children();
    for (const std::string& one : all)
      node.append_element("mergeCell").set_attribute("ref", one);
    node.set_attribute("count", std::to_string(all.size()));
    if (all.empty()) root.remove_child(node);
  }

  // Cells from the row on in which the columns' section begins are repeated, those above stand once.
  bool below_columns(const ColumnRepeat& repeat, uint32_t row) const {
    for (const FormColumns& one : filled_.sheet->columns)
      if (one.first == repeat.first) return row >= one.first_row;
    return false;
  }

  void filter(Node root, Node node) {
    const std::optional<CellRange> range = parse_range(node.attribute("ref"));
    const CellRange moved = range ? map_.range(*range, 0) : CellRange();
    if (moved == CellRange())
      root.remove_child(node);
    else
      node.set_attribute("ref", to_text(moved));
  }

  void listed(Node parent, Node node) {
    if (!node.has_attribute("sqref")) return;
    const std::string before(node.attribute("sqref"));
    const std::string moved = moved_list(before, map_);
    if (moved.empty()) {
      parent.remove_child(node);
      return;
    }
    formulas_below(node, turn_of(before, map_));
    node.set_attribute("sqref", moved);
  }

  void formulas_below(Node node, size_t turn) {
    for (const Node& child : node.children()) {
      if (!child.is_element()) continue;
      const std::string_view name = child.local_name();
      if ((name == "formula" || name == "formula1" || name == "formula2" || name == "f") && !child.text().empty())
        Node(child).set_text(mapped_formula(child.text(), filled_.sheet->name, maps_, {turn, nullptr, 0}));
      else
        formulas_below(child, turn);
    }
  }

  void links(Node root, Node node) {
    std::vector<Node> old = node.children();
    for (const Node& one : old) {
      const std::optional<CellRange> range = parse_range(one.attribute("ref"));
      if (range)
        for (const CellRange& each : map_.ranges(*range)) {
          Node copy = node.insert_copy_before(one, one);
          copy.set_attribute("ref", to_text(each));
          if (copy.has_attribute("location"))
            copy.set_attribute("location",
                               mapped_formula(std::string(copy.attribute("location")), filled_.sheet->name, maps_, {}));
        }
      node.remove_child(one);
    }
    if (!node.first_child()) root.remove_child(node);
  }

  void breaks(Node root, Node node, bool rows) {
    std::vector<Node> old = node.children();
    for (const Node& one : old) {
      const auto at = static_cast<uint32_t>(number(one.attribute("id")));
      std::vector<uint32_t> places;
      if (rows)
        places = map_.all_rows(at);
      else if (const SheetMap::Span span = map_.column(at); span.last > 0)
        places.push_back(span.last);
      for (const uint32_t place : places) {
        // A break behind the last row would only make an empty page.
        if (rows && places.size() > 1 && place >= map_.used_rows) continue;
        Node copy = node.insert_copy_before(one, one);
        copy.set_attribute("id", std::to_string(place));
      }
      node.remove_child(one);
    }
    const std::string count = std::to_string(node.children().size());
    for (const char* name : {"count", "manualBreakCount"})
      if (node.has_attribute(name)) node.set_attribute(name, count);
    if (!node.first_child()) root.remove_child(node);
  }

  // What newer programs keep beside: lists of ranges and formulas as texts of elements.
  void extensions(Node node) {
    for (Node one : node.descendants("sqref")) {
      const std::string before = one.text();
      const std::string moved = moved_list(before, map_);
      const size_t turn = turn_of(before, map_);
      Node around = one.parent();
      formulas_below(around, turn);
      if (moved.empty()) {
        Node parent = around.parent();
        parent.remove_child(around);
        if (!parent.first_child()) parent.parent().remove_child(parent);
      } else {
        one.set_text(moved);
      }
    }
  }

  std::string put_rows(std::string xml) const {
    const std::string_view empty = "<sheetData/>";
    size_t at = xml.find(empty);
    if (at == std::string::npos) return xml;
    std::string out;
    out.reserve(xml.size() + filled_.rows.size() + filled_.holes.size() * 16);
    out.append(xml, 0, at);
    out += "<sheetData>";
    size_t copied = 0;
    for (const FormulaHole& hole : filled_.holes) {
      out.append(filled_.rows, copied, hole.at - copied);
      copied = hole.at;
      attributes(out, hole);
      out += '>';
      xml::append_escaped(out, mapped_formula(hole.cell->formula, filled_.sheet->name, maps_, hole.place));
    }
    out.append(filled_.rows, copied);
    out += "</sheetData>";
    out.append(xml, at + empty.size());
    return out;
  }

  void attributes(std::string& out, const FormulaHole& hole) const {
    std::string text = hole.cell->formula_attributes;
    const size_t ref = text.find(" ref=\"");
    if (ref != std::string::npos) {
      const size_t begin = ref + 6;
      const size_t end = text.find('"', begin);
      if (const auto range = parse_range(std::string_view(text).substr(begin, end - begin)))
        text.replace(begin, end - begin, to_text(map_.range(*range, hole.place.turn)));
    }
    out += text;
  }

  const FilledSheet& filled_;
  const SheetMap& map_;
  const SheetMaps& maps_;
};

// The text of an element as a number, moved along; rows and columns count from 0 there.
int64_t moved_row(int64_t row, const SheetMap& map) {
  const SheetMap::Span span = map.row(static_cast<uint32_t>(row + 1), 0);
  return span.first > 0 ? static_cast<int64_t>(span.first) - 1 : row;
}
int64_t moved_row_end(int64_t row, const SheetMap& map) {
  const SheetMap::Span span = map.row(static_cast<uint32_t>(row + 1), 0);
  return span.last > 0 ? static_cast<int64_t>(span.last) - 1 : row;
}
int64_t moved_column(int64_t column, const SheetMap& map) {
  const SheetMap::Span span = map.column(static_cast<uint32_t>(column + 1));
  return span.first > 0 ? static_cast<int64_t>(span.first) - 1 : column;
}

}  // namespace

std::string written_sheet(const FilledSheet& filled, const SheetMaps& maps) { return Follower(filled, maps).write(); }

std::string moved_comments(const std::string& part, const SheetMap& map) {
  xml::Document document = xml::Document::parse(part);
  Node list = document.root().child("commentList");
  for (const Node& one : list.children()) {
    const std::optional<CellRange> range = parse_range(one.attribute("ref"));
    if (!range) continue;
    for (const CellRange& each : map.ranges(*range)) {
      Node copy = list.insert_copy_before(one, one);
      copy.set_attribute("ref", to_text(each));
      copy.remove_attribute("xr:uid");
    }
    list.remove_child(one);
  }
  return document.to_string();
}

std::string moved_notes_drawing(const std::string& part, const SheetMap& map) {
  xml::Document document = xml::Document::parse(part);
  Node root = document.root();
  int64_t highest = 1024;
  const auto digits_of = [](std::string_view id) { return number(id.substr(std::min(id.size(), id.rfind('s') + 1))); };
  for (const Node& shape : root.children("v:shape"))
    highest = std::max(highest, digits_of(shape.attribute("id")));
  for (const Node& shape : root.children("v:shape")) {
    const Node data = shape.child("x:ClientData");
    if (!data.child("x:Row") || !data.child("x:Column")) continue;
    const auto row = static_cast<uint32_t>(number(data.child("x:Row").text()) + 1);
    const int64_t column = number(data.child("x:Column").text());
    bool first = true;
    for (const uint32_t place : map.all_rows(row)) {
      Node copy = root.insert_copy_before(shape, shape);
      if (!first) copy.set_attribute("id", fmt::format("_x0000_s{}", ++highest));
      first = false;
      Node own = copy.child("x:ClientData");
      const int64_t down = static_cast<int64_t>(place) - static_cast<int64_t>(row);
      const int64_t right = moved_column(column, map) - column;
      own.child("x:Row").set_text(std::to_string(place - 1));
      own.child("x:Column").set_text(std::to_string(column + right));
      if (Node anchor = own.child("x:Anchor")) {
        std::vector<std::string> numbers;
        const std::string text = anchor.text();
        for (const std::string_view one : split(text, ','))
          numbers.emplace_back(trim(one));
        if (numbers.size() == 8) {
          for (const size_t i : {0, 4})
            numbers[i] = std::to_string(std::max<int64_t>(0, number(numbers[i]) + right));
          for (const size_t i : {2, 6})
            numbers[i] = std::to_string(std::max<int64_t>(0, number(numbers[i]) + down));
          anchor.set_text(join(numbers, ", "));
        }
      }
    }
    root.remove_child(shape);
  }
  return document.to_string();
}

std::string moved_drawing(const std::string& part, const SheetMap& map) {
  xml::Document document = xml::Document::parse(part);
  for (const Node& anchor : document.root().children()) {
    if (anchor.attribute("editAs") == "absolute") continue;
    const Node from = anchor.child("from");
    const Node to = anchor.child("to");
    if (!from) continue;
    const int64_t row = number(from.child("row").text());
    const int64_t column = number(from.child("col").text());
    const int64_t down = moved_row(row, map) - row;
    const int64_t right = moved_column(column, map) - column;
    from.child("row").set_text(std::to_string(row + down));
    from.child("col").set_text(std::to_string(column + right));
    if (!to) continue;
    // One that stretches with its cells ends where they end; another keeps its size.
    const int64_t last = number(to.child("row").text());
    const bool stretches = anchor.attribute("editAs").empty() || anchor.attribute("editAs") == "twoCell";
    to.child("row").set_text(std::to_string(stretches ? std::max(moved_row_end(last, map), row + down) : last + down));
    to.child("col").set_text(std::to_string(number(to.child("col").text()) + right));
  }
  return document.to_string();
}

std::string moved_table(const std::string& part, const SheetMap& map) {
  xml::Document document = xml::Document::parse(part);
  Node root = document.root();
  for (Node node : {root, root.child("autoFilter")}) {
    const std::optional<CellRange> range = parse_range(node.attribute("ref"));
    if (!range) continue;
    CellRange moved = map.range(*range, 0);
    // A table has a row below its header, be it empty.
    if (moved.first_row == moved.last_row && range->first_row != range->last_row) ++moved.last_row;
    node.set_attribute("ref", to_text(moved));
  }
  return document.to_string();
}

std::string moved_chart(const std::string& part, const SheetMaps& maps) {
  xml::Document document = xml::Document::parse(part);
  bool changed = false;
  for (Node formula : document.root().descendants("f")) {
    const std::string before = formula.text();
    const std::string after = mapped_formula(before, {}, maps, {});
    if (after == before) continue;
    changed = true;
    formula.set_text(after);
    // The values kept beside it are those of the template; they are read anew from the cells.
    for (Node next = formula.next(); next;) {
      const Node behind = next.next();
      if (next.local_name().ends_with("Cache")) formula.parent().remove_child(next);
      next = behind;
    }
  }
  return changed ? document.to_string() : part;
}

}  // namespace vekha::documents
