// Where the rows and columns of a template's sheet have gone: repeated, left out, moved down or to the right.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "documents/xlsx_reference.h"

namespace vekha::documents {

// One turn of a section of rows, and the rows it printed.
struct RowTurn {
  size_t parent = 0;
  size_t section = 0;  // index among the sheet's row sections, from 1; 0 for the sheet itself
  uint32_t first = 1;
  uint32_t last = last_row;
};

struct RowSection {
  uint32_t first = 0, last = 0;  // rows of the template
  size_t parent = 0;             // the section around it, 0 for none
};

// A number of template columns repeated `count` times.
struct ColumnRepeat {
  uint32_t first = 0, last = 0;
  uint32_t count = 1;
};

class SheetMap {
 public:
  std::vector<RowSection> sections{RowSection{}};  // [0] is the sheet
  std::vector<RowTurn> turns{RowTurn{}};           // [0] is the sheet
  std::vector<ColumnRepeat> columns;               // from left to right

  // A row of the template stands at `to` from here on, outside of sections; in order.
  void move(uint32_t from, int64_t by) {
    if (moves_.empty() || moves_.back().second != by) moves_.emplace_back(from, by);
  }
  // A row within a section was printed.
  void printed(uint32_t from, uint32_t to) { printed_[from].push_back(to); }
  void gone(uint32_t row) { gone_[row] = true; }

  struct Span {
    uint32_t first = 0, last = 0;  // 0: not there any more
  };
  // The first and last place of a template row as seen from a turn: of that turn, if it printed the row.
  Span row(uint32_t row, size_t turn) const;
  Span column(uint32_t column) const;
  // All places of a row.
  std::vector<uint32_t> all_rows(uint32_t row) const;
  // The innermost section that holds all these rows.
  size_t section_of(uint32_t first, uint32_t last) const;
  bool is_same() const { return sections.size() == 1 && columns.empty() && gone_.empty(); }
  uint32_t used_rows = 0;  // of the result

  // A range seen from a turn; no rows where all of it is gone.
  CellRange range(const CellRange& range, size_t turn) const;
  // The range once for each turn of the innermost section that holds it.
  std::vector<CellRange> ranges(const CellRange& range) const;

 private:
  std::vector<std::pair<uint32_t, int64_t>> moves_;
  std::map<uint32_t, std::vector<uint32_t>> printed_;
  std::map<uint32_t, bool> gone_;
};

// Where a formula stands in the result: the turn of its row, and the turn of its column where that is repeated.
struct FormulaPlace {
  size_t turn = 0;
  const ColumnRepeat* columns = nullptr;
  uint32_t column_turn = 0;
};

// A formula of the sheet `own` (its name in the template) as it reads in the result. `maps` by sheet name.
std::string mapped_formula(const std::string& formula, const std::string& own,
                           const std::map<std::string, const SheetMap*>& maps, const FormulaPlace& place);

}  // namespace vekha::documents
