#include "ingest/grid.h"

#include <algorithm>
#include <utility>

#include "ingest/headings.h"

namespace vekha::ingest {
namespace {

int width_of(const Row& row) {
  int width = 0;
  for (const Cell& cell : row.cells)
    width += cell.span;
  return width;
}

// The first and the last column that hold anything; {0, -1} for none.
std::pair<int, int> filled_columns(const Row& row) {
  int first = 0, last = -1, column = 0;
  for (const Cell& cell : row.cells) {
    if (!cell.empty()) {
      if (last < 0) first = column;
      last = std::max(last, column + cell.span - 1);
    }
    column += cell.span;
  }
  return {first, last};
}

// Cuts a row to the columns `first` to `last`.
void crop(Row& row, int first, int last) {
  std::vector<Cell> cells;
  int column = 0;
  for (Cell& cell : row.cells) {
    const int begin = std::max(column, first), end = std::min(column + cell.span - 1, last);
    column += cell.span;
    if (begin > end) continue;
    cell.span = end - begin + 1;
    cells.push_back(std::move(cell));
  }
  for (int missing = last - std::max(column - 1, first - 1); missing > 0; --missing)
    cells.emplace_back();
  row.cells = std::move(cells);
}

void add_paragraph(Sheet& sheet, const Row& row) {
  const auto filled = std::find_if(row.cells.begin(), row.cells.end(), [](const Cell& cell) { return !cell.empty(); });
  Paragraph paragraph;
  paragraph.lines = filled->lines;
  paragraph.heading = filled->bold;
  paragraph.where = filled->where;
  sheet.blocks.emplace_back(std::move(paragraph));
}

}  // namespace

void GridBuilder::begin_row(Where where) {
  rows_.emplace_back().where = std::move(where);
  column_ = 0;
}

// Cells of rows above that reach into the place where the next cell would stand.
void GridBuilder::cover() {
  for (const Reach& reach : reaches_) {
    if (reach.column != column_ || reach.rows == 0) continue;
    counter_.add();
    Cell below;
    below.span = reach.span;
    below.merged_down = true;
    below.where = rows_.back().where;
    rows_.back().cells.push_back(std::move(below));
    column_ += reach.span;
  }
}

int GridBuilder::next_column() {
  cover();
  return column_;
}

void GridBuilder::add(Cell cell, int rows_down) {
  cover();
  counter_.add();
  cell.span = std::clamp(cell.span, 1, most_columns);
  if (rows_down > 1) coming_.push_back({column_, cell.span, rows_down});
  column_ += cell.span;
  rows_.back().cells.push_back(std::move(cell));
}

void GridBuilder::end_row() {
  cover();
  for (Reach& reach : reaches_)
    if (reach.rows > 0) --reach.rows;
  for (Reach& reach : coming_)
    --reach.rows;
  std::move(coming_.begin(), coming_.end(), std::back_inserter(reaches_));
  coming_.clear();
  reaches_.erase(std::remove_if(reaches_.begin(), reaches_.end(), [](const Reach& reach) { return reach.rows <= 0; }),
                 reaches_.end());
  std::sort(reaches_.begin(), reaches_.end(), [](const Reach& a, const Reach& b) { return a.column < b.column; });
}

void add_spreadsheet(Sheet& sheet, std::vector<Row> rows) {
  int first = most_columns, last = -1;
  for (const Row& row : rows) {
    const auto [begin, end] = filled_columns(row);
    if (end < 0) continue;
    // A title that is merged over more columns than the table has makes it no wider.
    if (row.filled() > 1) last = std::max(last, end);
    first = std::min(first, begin);
  }
  if (last < 0)
    for (const Row& row : rows)
      last = std::max(last, width_of(row) - 1);
  bool in_plan = false;
  bool in_table = false;
  for (Row& row : rows) {
    if (row.filled() == 0) {
      in_table = in_table && in_plan;
      continue;
    }
    crop(row, first, last);
    if (row.filled() == 0) continue;
    const bool head = is_plan_head(row);
    if (row.filled() == 1 && !in_plan) {
      add_paragraph(sheet, row);
      in_table = false;
      continue;
    }
    if (!in_table || (head && !in_plan)) sheet.blocks.emplace_back(Table{});
    in_table = true;
    in_plan = in_plan || head;
    std::get<Table>(sheet.blocks.back()).rows.push_back(std::move(row));
  }
}

}  // namespace vekha::ingest
