// What all kinds of tables share: groups and rows of the data, and a row's cell for a column of the layout.
#pragma once

#include <fmt/core.h>

#include <string>

#include "base/value.h"
#include "documents/grid.h"
#include "documents/grid_text.h"
#include "documents/workbook_file.h"

namespace vekha::documents {

// Section rows: light enough for a black-and-white printer.
inline constexpr uint32_t group_fill = 0xE7E6E6;

// «раздел 2, строка «1.10»» for messages.
std::string row_place(size_t group, const Value& row);

// Whether the layout's column is wanted for this data.
bool is_shown(const GridColumn& column, const Value& data);

// The cell of column `position` for a row; `number` is the row's own, from 1.
Cell row_cell(int position, const GridColumn& column, const GridLayout& layout, const GridScope& scope, int number,
              const std::string& place, CellStyle style);

// The model without the list of groups or rows, so that a row's texts are rendered over something small.
Value without_rows(const GridLayout& layout, const Value& data);

// Calls `each(heading, rows)` for every group in order; once with an empty heading where there are no groups.
template <class Each>
void for_each_group(const GridLayout& layout, const Value& data, const Value& slim, Each each) {
  if (layout.groups.empty()) {
    each(std::string(), find_field(layout.rows, {Value(), data}, "rows").list());
    return;
  }
  size_t number = 0;
  for (const Value& group : find_field(layout.groups, {Value(), data}, "groups.list").list()) {
    const std::string place = fmt::format("раздел {}", ++number);
    Map heading = group.map();
    heading.erase(layout.rows);
    each(render(layout.group_heading, {Value(std::move(heading)), slim}, place),
         find_field(layout.rows, {group, slim}, place).list());
  }
}

}  // namespace vekha::documents
