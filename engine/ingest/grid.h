// Tables whose cells reach over several rows or columns, and whole spreadsheets, as the rows and blocks of a Sheet.
#pragma once

#include <vector>

#include "ingest/sheet.h"

namespace vekha::ingest {

// A table wider than this is no table of a plan.
inline constexpr int most_columns = 1000;

// Puts the cells of a table into rows; a cell that reaches down stands in every row it covers, there `merged_down`.
class GridBuilder {
 public:
  // `counter` outlives the builder.
  explicit GridBuilder(Counter& counter) : counter_(counter) {}

  void begin_row(Where where);
  // Where the next cell will stand, from 0: behind those that reach down.
  int next_column();
  // The next cell of the row, behind those that reach down into it.
  void add(Cell cell, int rows_down = 1);
  void end_row();
  std::vector<Row> take() { return std::move(rows_); }

 private:
  struct Reach {
    int column = 0, span = 1, rows = 0;  // rows still to cover
  };
  void cover();

  Counter& counter_;
  std::vector<Row> rows_;
  std::vector<Reach> reaches_;  // by column
  std::vector<Reach> coming_;   // those that begin in this row
  int column_ = 0;
};

// Adds the rows of one spreadsheet: those with one text above the plan's head are paragraphs, a head begins a table.
// Empty columns at both sides are left out.
void add_spreadsheet(Sheet& sheet, std::vector<Row> rows);

}  // namespace vekha::ingest
