#include "documents/workbook_rows.h"

#include "base/text.h"
#include "documents/workbook_table.h"

namespace vekha::documents {

std::string row_place(size_t group, const Value& row) {
  const std::string number = cell_text(row.at("number"));
  return number.empty() ? fmt::format("раздел {}", group) : fmt::format("раздел {}, строка «{}»", group, number);
}

bool is_shown(const GridColumn& column, const Value& data) {
  if (column.when.empty()) return true;
  const Value& value = find_field(column.when, {Value(), data}, column.heading);
  const auto* truth = value.get_if<bool>();
  return truth ? *truth : !value.is_null() && !cell_text(value).empty();
}

Cell row_cell(int position, const GridColumn& column, const GridLayout& layout, const GridScope& scope, int number,
              const std::string& place, CellStyle style) {
  style.align = column.align;
  if (column.kind == ColumnKind::date) style.number_format = "dd.mm.yyyy";
  const std::string where = fmt::format("{}, графа «{}»", place, column.heading);
  if (!column.text.empty()) {
    std::string text(trim(render(column.text, scope, where)));
    return {position, position, text.empty() ? CellContent{} : CellContent{std::move(text)}, style};
  }
  if (!layout.strike_when.empty()) style.strike = find_field(layout.strike_when, scope, where).truth();
  if (column.field == "@index") return {position, position, Decimal(number), style};
  return {position, position, cell_content(find_field(column.field, scope, where), column.kind), style};
}

Value without_rows(const GridLayout& layout, const Value& data) {
  Value slim = data;
  const std::string& path = layout.groups.empty() ? layout.rows : layout.groups;
  Value* at = &slim;
  for (const std::string_view part : split(path, '.')) {
    Map* map = at->get_if<Map>();
    Value* next = map ? map->find(part) : nullptr;
    if (!next) return slim;
    at = next;
  }
  *at = List{};
  return slim;
}

}  // namespace vekha::documents
