// An XLSX file written row by row from the top: the one place that meets libxlsxwriter. The same calls give the same
// bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "documents/grid.h"

namespace vekha::documents {

// Excel's limit. Units: points.
inline constexpr double highest_row = 409;

enum class VerticalAlignment { top, center, bottom };
enum class Borders { none, all, bottom };

struct CellStyle {
  double size = 10;
  bool bold = false;
  bool italic = false;
  bool strike = false;
  Alignment align = Alignment::left;
  VerticalAlignment vertical = VerticalAlignment::top;
  Borders borders = Borders::none;
  std::optional<uint32_t> fill;  // 0xRRGGBB
  std::string number_format;     // Excel's, empty: general

  auto operator<=>(const CellStyle&) const = default;
};

// A formula with its value, for programs that show a file before they count.
struct Formula {
  std::string text;  // «=COUNTA(C7:C20)»
  double result = 0;
};

using CellContent = std::variant<std::monostate, std::string, Decimal, Date, Formula>;

// A cell, or several as one: from `first` to `last` column, over `rows` rows from the row it is written with.
struct Cell {
  int first = 0;
  int last = 0;
  CellContent content;
  CellStyle style;
  int rows = 1;
};

// «C7»; both count from 0.
std::string cell_name(int row, int column);

class WorkbookFile {
 public:
  struct Properties {
    std::string title;
    std::string author;
    std::string company;
  };

  // `font` is that of all cells and of column widths. Errors: environment, when the temporary file cannot be made.
  WorkbookFile(const std::string& font, const Properties& properties);
  ~WorkbookFile();
  WorkbookFile(const WorkbookFile&) = delete;
  WorkbookFile& operator=(const WorkbookFile&) = delete;

  // Begins the next sheet. A name that Excel would not take is changed until it does. Units: `widths` in characters.
  void begin_sheet(const std::string& name, const GridPage& page, const std::vector<double>& widths);
  // The next row to be written, from 0.
  int row() const;
  // Writes the next row, at most `highest_row` high; rows under a cell of several rows leave its columns out. A text
  // stays a text whatever it begins with; one longer than Excel's 32,767 characters ends with a note in brackets.
  // Limit: numbers are written with 16 digits, of which programs show 15: 78.6 stands as 78.59999999999999.
  // Errors: refused, beyond Excel's 1,048,576 rows.
  void write_row(const std::vector<Cell>& cells, double height);
  // Rows above and columns before stay in sight.
  void freeze(int row, int column);
  // Rows printed on top of every page.
  void repeat_rows(int first, int last);
  // Printed on at most so many pages below each other; without it, as many as it takes at the width of one page.
  void fit_pages(int pages);
  void filter(int first_row, int first_column, int last_row, int last_column);

  // Closes the file and gives its bytes. Errors: environment, when there is no room for it.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vekha::documents
