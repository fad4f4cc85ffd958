// A sheet being filled from the top: lines over the whole width, headings, rows whose height fits their texts.
#pragma once

#include <string>
#include <vector>

#include "documents/grid.h"
#include "documents/grid_periods.h"
#include "documents/grid_text.h"
#include "documents/workbook_file.h"

namespace vekha::documents {

// A column of the sheet: one of the layout, or one of time that a «periods» column has become.
struct TableColumn {
  const GridColumn* source = nullptr;
  const TimeColumn* time = nullptr;
  double width = 10;
};

class WorkbookTable {
 public:
  // Begins the sheet. `layout` and `file` outlive the table.
  WorkbookTable(WorkbookFile& file, const GridLayout& layout, const std::string& name,
                std::vector<TableColumn> columns);

  const std::vector<TableColumn>& columns() const { return columns_; }
  int width() const { return static_cast<int>(columns_.size()); }
  int row() const { return file_.row(); }

  // The style of a cell of the table.
  CellStyle cell_style() const;
  // A cell over the whole width or a part of it.
  Cell wide(std::string text, const CellStyle& style) const { return {0, width() - 1, std::move(text), style}; }

  // The column up to which a cell must reach from `first` to hold the text in one line; width() where none is enough.
  int last_column_for(int first, const std::string& text, const CellStyle& style) const;

  // Writes a row as high as its texts need; one higher than Excel allows becomes several with merged cells or, in a
  // table with filters, gets smaller letters.
  void write(std::vector<Cell> cells);
  void gap();
  // Lines that come out empty are left out.
  void lines(const std::vector<GridLine>& lines, const GridScope& scope, const std::string& place);
  // The heading rows (those of time columns stand under `over`) and, where the layout wants it, the row of numbers;
  // they stay in sight and on top of each printed page. Gives the row of the lowest headings.
  int headings(const std::string& over);
  void signature(const std::vector<SignatureLine>& lines, const GridScope& scope);
  // Ends the sheet: where only a little, such as the signature, would go to a last page of its own, all pages are
  // printed a little smaller instead. (Page breaks set by hand do not hold: Excel drops them when it fits the width.)
  void finish();

 private:
  void write_row(const std::vector<Cell>& cells, double height);
  double text_space(const Cell& cell) const;
  double needed_height(const Cell& cell) const;
  double needed_height(const std::vector<Cell>& cells) const;
  // The last column of a part that begins at `first` and takes about `share` of the width.
  int part_end(int first, double share) const;

  WorkbookFile& file_;
  const GridLayout& layout_;
  std::vector<TableColumn> columns_;
  // What a page holds and how far the last one is filled, by our reckoning. Units: points before scaling.
  double page_room_ = 0;
  double page_filled_ = 0;
  double repeated_ = 0;  // height of the rows on top of each page
  int pages_ = 1;
};

// The value of a row's field as a cell of its column's kind.
CellContent cell_content(const Value& value, ColumnKind kind);

}  // namespace vekha::documents
