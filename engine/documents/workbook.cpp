#include "documents/workbook.h"

#include <algorithm>

#include "base/text.h"
#include "documents/workbook_file.h"
#include "documents/workbook_plan.h"
#include "documents/workbook_rows.h"
#include "documents/workbook_table.h"

namespace vekha::documents {
namespace {

// «14-а» is lettered where there is a «14» too; the «к» of «31-к» and the «ОД» of «18-ОД» are parts of an index.
bool is_lettered(const std::string& number, const List& entries) {
  std::u32string base = to_u32(number);
  if (base.size() < 2 || !is_letter(base.back())) return false;
  base.pop_back();
  if (base.back() == U'-') base.pop_back();
  const std::string whole = to_utf8(base);
  return !whole.empty() && std::any_of(entries.begin(), entries.end(),
                                       [&](const Value& entry) { return cell_text(entry.at("number")) == whole; });
}

// What the certifying sentence of a register counts.
Value register_summary(const GridLayout& layout, const Value& data) {
  const List& entries = find_field(layout.rows, {Value(), data}, "rows").list();
  int lettered = 0;
  int annulled = 0;
  for (const Value& entry : entries) {
    lettered += is_lettered(cell_text(entry.at("number")), entries) ? 1 : 0;
    annulled += entry.at("annulled").truth() ? 1 : 0;
  }
  std::vector<std::string> gaps;
  for (const Value& gap : data.at("register").at("gaps").list())
    gaps.push_back(cell_text(gap));
  Map summary;
  summary.set("count", static_cast<long>(entries.size()));
  summary.set("first", entries.empty() ? Value() : entries.front().at("number"));
  summary.set("last", entries.empty() ? Value() : entries.back().at("number"));
  const std::string first = cell_text(*summary.find("first")), last = cell_text(*summary.find("last"));
  summary.set("numbers", first == last ? "№ " + first : fmt::format("с № {} по № {}", first, last));
  summary.set("lettered", lettered);
  summary.set("annulled", annulled);
  summary.set("gaps", join(gaps, ", "));
  return summary;
}

void write_list(WorkbookFile& file, const GridLayout& layout, const Value& data, const Value& slim) {
  const GridScope scope{Value(), slim};
  std::vector<TableColumn> columns;
  for (const GridColumn& column : layout.columns)
    if (is_shown(column, slim)) columns.push_back({&column, nullptr, column.width});
  WorkbookTable table(file, layout, render(layout.sheet, scope, "sheet"), std::move(columns));
  if (!layout.head.empty()) {
    table.lines(layout.head, scope, "head");
    table.gap();
  }
  const int head = table.headings({});
  CellStyle group_style = table.cell_style();
  group_style.bold = true;
  group_style.align = Alignment::center;
  group_style.vertical = VerticalAlignment::center;
  group_style.fill = group_fill;
  size_t group_number = 0;
  int number = 0;
  for_each_group(layout, data, slim, [&](const std::string& heading, const List& rows) {
    ++group_number;
    if (!heading.empty() && !rows.empty()) table.write({table.wide(heading, group_style)});
    for (const Value& row : rows) {
      const std::string place = row_place(group_number, row);
      ++number;
      std::vector<Cell> cells;
      for (int i = 0; i < table.width(); ++i)
        cells.push_back(row_cell(i, *table.columns()[static_cast<size_t>(i)].source, layout, {row, slim}, number, place,
                                 table.cell_style()));
      table.write(cells);
    }
  });
  if (number == 0) table.write({table.wide("Записей нет", table.cell_style())});
  if (layout.filter) file.filter(head, 0, table.row() - 1, table.width() - 1);
  if (!layout.foot.empty()) {
    table.gap();
    table.lines(layout.foot, scope, "foot");
  }
  table.signature(layout.signature, scope);
  table.finish();
}

void write_cover(WorkbookFile& file, const GridLayout& layout, const Value& slim) {
  static const GridColumn column;
  GridPage page = layout.page;
  page.footer.clear();
  GridLayout cover;
  cover.page = page;
  cover.font_size = layout.font_size + 4;
  const bool wide = page.orientation == Orientation::landscape;
  WorkbookTable table(file, cover, layout.cover_sheet, {{&column, nullptr, wide ? 130.0 : 85.0}});
  for (int i = 0; i < (wide ? 6 : 12); ++i)
    table.gap();
  for (const GridLine& line : layout.cover) {
    table.lines({line}, {Value(), slim}, "cover");
    table.gap();
  }
}

}  // namespace

std::string write_workbook(const GridLayout& layout, const Value& data) {
  Value slim = without_rows(layout, data);
  if (layout.kind == GridKind::order_register && slim.is<Map>())
    slim.get_if<Map>()->set("summary", register_summary(layout, data));
  WorkbookFile::Properties properties;
  if (!layout.head.empty()) properties.title = fold_space(render(layout.head.front().text, {Value(), slim}, "head"));
  properties.company = data.at("organization").at("short").text();
  WorkbookFile file(layout.font, properties);
  if (!layout.cover_sheet.empty()) write_cover(file, layout, slim);
  if (layout.kind == GridKind::plan)
    write_plan(file, layout, data, slim);
  else
    write_list(file, layout, data, slim);
  return file.finish();
}

}  // namespace vekha::documents
