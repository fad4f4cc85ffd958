#include "ingest/cell_lines_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "ingest/headings.h"

namespace vekha::ingest {
namespace {

std::vector<Cell> lines_of(std::string_view text) {
  std::vector<Cell> cells;
  int number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    std::string folded = fold_space(line);
    if (folded.empty()) continue;
    Cell& cell = cells.emplace_back();
    cell.lines.push_back({std::move(folded), LineKind::text});
    cell.where.line = number;
    cell.where.column = 1;
  }
  return cells;
}

Row row_of(const std::vector<Cell>& cells, size_t first, size_t width) {
  Row row;
  row.cells.assign(cells.begin() + static_cast<long>(first), cells.begin() + static_cast<long>(first + width));
  row.where = cells[first].where;
  return row;
}

// The widest head that begins at `first`; 0 for none.
size_t head_width(const std::vector<Cell>& cells, size_t first) {
  if (column_of(cells[first].text()) != Column::number) return 0;
  for (size_t width = std::min<size_t>(7, cells.size() - first); width >= 3; --width)
    if (is_plan_head(row_of(cells, first, width)) &&
        std::none_of(cells.begin() + static_cast<long>(first), cells.begin() + static_cast<long>(first + width),
                     [](const Cell& cell) { return column_of(cell.text()) == Column::other; }))
      return width;
  return 0;
}

// Whether every row begins with the number that follows the one before it.
bool numbers_follow(const std::vector<Cell>& cells, size_t first, size_t width) {
  int expected = 1;
  for (size_t at = first; at < cells.size(); at += width)
    if (item_number(cells[at].text()) != std::to_string(expected++)) return false;
  return cells.size() > first && (cells.size() - first) % width == 0;
}

}  // namespace

std::optional<Sheet> read_cell_lines(std::string_view text) {
  if (text.find('\t') != std::string_view::npos) return std::nullopt;
  const std::vector<Cell> cells = lines_of(text);
  for (size_t head = 0; head + 3 <= cells.size(); ++head) {
    const size_t width = head_width(cells, head);
    if (width == 0) continue;
    if (!numbers_follow(cells, head + width, width)) return std::nullopt;
    Sheet sheet;
    for (size_t i = 0; i < head; ++i)
      sheet.blocks.emplace_back(Paragraph{cells[i].lines, false, cells[i].where});
    Table table;
    for (size_t at = head; at < cells.size(); at += width)
      table.rows.push_back(row_of(cells, at, width));
    sheet.blocks.emplace_back(std::move(table));
    return sheet;
  }
  return std::nullopt;
}

}  // namespace vekha::ingest
