#include "documents/word_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace vekha::documents {
namespace {

using xml::Node;

int64_t number(std::string_view digits) {
  int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

struct Cell {
  Node node;    // w:tc
  Node placed;  // the child of the row: the same, or the control around it
  size_t first = 0;
  size_t last = 0;
};
struct Row {
  Node node;
  std::vector<Cell> cells;
};

void gather_cells(Node parent, Node placed, Row& row, size_t& column) {
  for (const Node& child : parent.children()) {
    const Node at = placed ? placed : child;
    if (child.name() == "w:tc") {
      const int64_t span = std::max<int64_t>(1, number(child.child("w:tcPr").child("w:gridSpan").attribute("w:val")));
      row.cells.push_back({child, at, column, column + static_cast<size_t>(std::min<int64_t>(span, 1000)) - 1});
      column = row.cells.back().last + 1;
    } else if (child.name() == "w:sdt" || child.name() == "w:sdtContent" || child.name() == "w:customXml") {
      gather_cells(child, at, row, column);
    }
  }
}

void gather_rows(Node parent, std::vector<Row>& rows) {
  for (const Node& child : parent.children()) {
    if (child.name() == "w:tr") {
      Row row{child, {}};
      const Node before = child.child("w:trPr").child("w:gridBefore");
      size_t column = static_cast<size_t>(std::clamp<int64_t>(number(before.attribute("w:val")), 0, 1000));
      gather_cells(child, {}, row, column);
      rows.push_back(std::move(row));
    } else if (child.name() == "w:sdt" || child.name() == "w:sdtContent" || child.name() == "w:customXml") {
      gather_rows(child, rows);
    }
  }
}

class Columns {
 public:
  Columns(PartTags& part, Node table) : part_(part), table_(table) { gather_rows(table, rows_); }

  void add(const ColumnSection& section) {
    Placed placed{section.open, 0, 0, 0, 0, 0};
    const auto first = find(section.first, placed.first_row);
    const auto last = find(section.last, placed.last_row);
    if (!first || !last || last->last < first->first)
      return fault(section.open, "section-crossing", "Раздел «{}» закрыт левее, чем открыт.",
                   "Поставьте конец раздела в тот же столбец или правее.");
    placed.first = first->first;
    placed.last = last->last;
    for (size_t i = 0; i < groups_.size(); ++i) {
      const Placed& known = sections_[groups_[i]];
      if (known.first == placed.first && known.last == placed.last) placed.group = i + 1;
      if (placed.group == 0 && known.first <= placed.last && placed.first <= known.last)
        return fault(section.open, "section-crossing", "Раздел «{}» повторяет часть столбцов другого раздела.",
                     "Один столбец повторяет один раздел; в других строках он стоит в том же столбце.");
    }
    if (placed.group == 0) {
      groups_.push_back(sections_.size());
      placed.group = groups_.size();
    }
    sections_.push_back(placed);
  }

  void place() {
    if (sections_.empty()) return;
    ColumnTable table;
    Node grid = table_.child("w:tblGrid");
    for (const Node& column : grid.children("w:gridCol"))
      table.widths.push_back(number(column.attribute("w:w")));
    for (const size_t one : groups_)
      table.groups.push_back({static_cast<uint32_t>(sections_[one].open), sections_[one].first, sections_[one].last});
    if (grid && !table.widths.empty()) {
      grid.remove_children();
      grid.append_element(order_element).set_attribute(order_kind, "grid");
    }
    part_.columns.push_back({table_, std::move(table)});
    for (size_t i = 0; i < rows_.size(); ++i)
      place_row(rows_[i], i);
  }

 private:
  struct Placed {
    size_t open;
    size_t first, last;  // columns
    size_t first_row, last_row;
    size_t group;  // from 1
  };

  const Cell* find(Node cell, size_t& row) const {
    for (row = 0; row < rows_.size(); ++row)
      for (const Cell& one : rows_[row].cells)
        if (one.node == cell) return &one;
    return nullptr;
  }

  void fault(size_t open, const char* code, const char* what, const char* hint) {
    PlacedTag& tag = part_.tags[open];
    part_.report(tag.unit, code, fmt::format(fmt::runtime(what), tag.tag.source), hint);
    part_.tags[tag.partner].partner = no_index;
    tag.partner = no_index;
  }

  void place_row(const Row& row, size_t index) {
    std::vector<bool> repeated(row.cells.size(), false);
    for (size_t group = 0; group < groups_.size(); ++group) {
      const Placed& primary = sections_[groups_[group]];
      const Placed* own = &primary;
      for (const Placed& one : sections_)
        if (one.group == group + 1 && index >= one.first_row && index <= one.last_row) own = &one;
      if (index < primary.first_row) continue;  // grows wider
      Node first, last;
      bool whole = true;
      for (size_t i = 0; i < row.cells.size(); ++i) {
        const Cell& cell = row.cells[i];
        if (cell.last < primary.first || cell.first > primary.last) continue;
        whole = whole && cell.first >= primary.first && cell.last <= primary.last;
        if (!first) first = cell.placed;
        last = cell.placed;
      }
      if (!first || !whole) continue;
      for (size_t i = 0; i < row.cells.size(); ++i)
        if (row.cells[i].first >= primary.first && row.cells[i].last <= primary.last) repeated[i] = true;
      Node parent = first.parent();
      if (own != &primary) {
        Node count = parent.insert_element_before(order_element, first);
        count.set_attribute(order_kind, "count");
        count.set_attribute(mark_number, std::to_string(own->open));
        count.set_attribute(order_group, std::to_string(group));
      }
      parent.insert_element_before(mark_element, first).set_attribute(mark_number, std::to_string(own->open));
      parent.insert_element_after(mark_element, last)
          .set_attribute(mark_number, std::to_string(part_.tags[own->open].partner));
    }
    for (size_t i = 0; i < row.cells.size(); ++i)
      measure(row.cells[i], repeated[i]);
  }

  // Width and span of a cell follow its columns.
  void measure(const Cell& cell, bool repeated) {
    Node properties = cell.node.child("w:tcPr");
    if (!properties) properties = Node(cell.node).prepend_element("w:tcPr");
    Node width = properties.child("w:tcW");
    const std::string_view type = width.attribute("w:type");
    part_.cells.push_back({cell.first, cell.last, repeated, number(width.attribute("w:w"))});
    const size_t index = part_.cells.size() - 1;
    if (width && type != "auto" && type != "nil" && width.attribute("w:w").find('%') == std::string_view::npos)
      width.set_attribute("w:w", fact_text(Fact::width, index));
    const bool over_group = std::any_of(groups_.begin(), groups_.end(), [&](size_t one) {
      return cell.first <= sections_[one].last && cell.last >= sections_[one].first;
    });
    if (repeated || !over_group) return;
    Node span = properties.child("w:gridSpan");
    if (!span) span = width ? properties.insert_element_after("w:gridSpan", width) : insert_span(properties);
    span.set_attribute("w:val", fact_text(Fact::span, index));
  }

  static Node insert_span(Node properties) {
    const Node style = properties.child("w:cnfStyle");
    return style ? properties.insert_element_after("w:gridSpan", style) : properties.prepend_element("w:gridSpan");
  }

  PartTags& part_;
  Node table_;
  std::vector<Row> rows_;
  std::vector<Placed> sections_;
  std::vector<size_t> groups_;  // the first section of each set of columns
};

}  // namespace

void place_columns(PartTags& part, const std::vector<ColumnSection>& sections) {
  std::vector<Node> done;
  for (const ColumnSection& section : sections) {
    if (std::find(done.begin(), done.end(), section.table) != done.end()) continue;
    done.push_back(section.table);
    Columns columns(part, section.table);
    for (const ColumnSection& one : sections)
      if (one.table == section.table) columns.add(one);
    columns.place();
  }
}

}  // namespace vekha::documents
