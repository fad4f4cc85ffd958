// Layouts of workbooks: plan-grids, registers and flat tables, as a small JSON file an administrator edits.
// What every key means stands in templates/grids/README.md; workbook.h turns a layout and data into XLSX.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "roadmap/mark.h"

namespace vekha::documents {

enum class GridKind { plan, order_register, list };
enum class PeriodUnit { month, quarter, week };
// automatic: school when the plan begins in August or September and ends before a later September.
enum class YearKind { automatic, calendar, school };
enum class Orientation { portrait, landscape };
enum class Paper { a4, a3 };
enum class Alignment { left, center, right };
enum class ColumnKind { text, number, date, periods, undated, marks };
enum class LineStyle { title, subtitle, plain, right };

using roadmap::MarkState;
inline constexpr size_t mark_state_count = 8;

std::optional<PeriodUnit> period_unit_from(std::string_view word);

// One column; `periods` stands for as many as the unit makes.
struct GridColumn {
  std::string heading;
  std::string field;  // a path into the row, lists become lines; «@index» numbers the rows; or
  std::string text;   // Mustache over the row; never struck through
  std::string when;   // path in the data: the column is left out where it is false; empty: always there
  double width = 10;  // Units: characters, as in Excel
  Alignment align = Alignment::left;
  ColumnKind kind = ColumnKind::text;
};

// A line above or below the table, over its whole width; one that comes out empty is left out.
struct GridLine {
  std::string text;  // Mustache
  LineStyle style = LineStyle::plain;
};

struct SignatureLine {
  std::string left;   // Mustache: post
  std::string right;  // Mustache: name
};

struct StateLook {
  std::string sign;
  std::string name;              // for the legend
  std::optional<uint32_t> fill;  // 0xRRGGBB
  bool bold = false;
};

struct GridPeriods {
  PeriodUnit unit = PeriodUnit::month;
  YearKind year = YearKind::automatic;
  std::string period = "roadmap.period";    // path to {"start","end"} or null
  std::string occurrences = "occurrences";  // path in an item
  std::string undated = "undated";          // path in an item
  std::string otherwise = "deadline";       // path in an item: the words for one with neither
  std::string state = "state";              // path in an item: its state when it has no dates
  double month_width = 4.6;
  double quarter_width = 9;
  double week_width = 6;

  double width() const {
    return unit == PeriodUnit::month ? month_width : unit == PeriodUnit::quarter ? quarter_width : week_width;
  }
};

// The table of who has how much to do, on a sheet behind each of the plan's.
struct GridWorkload {
  std::string field;  // path in an item to the list of names
  std::string sheet;  // Mustache: name of the sheet
  std::vector<GridLine> head;
};

struct GridPage {
  Orientation orientation = Orientation::landscape;
  Paper paper = Paper::a4;
  double left = 20, right = 10, top = 15, bottom = 15;  // Units: millimetres
  std::string footer = "Страница &P из &N";             // &P and &N as in Excel
};

struct GridLayout {
  GridKind kind = GridKind::list;
  std::string sheet = "Лист";  // Mustache: name of the sheet
  std::string font = "Times New Roman";
  double font_size = 10;
  GridPage page;
  std::string cover_sheet;  // empty: no cover
  std::vector<GridLine> cover;
  std::vector<GridLine> head;
  std::string groups;         // path to the list of groups; empty: one list of rows without headings
  std::string group_heading;  // Mustache over the group; no row where it comes out empty
  std::string rows;           // path to the rows, in a group where there are groups
  std::vector<GridColumn> columns;
  bool number_row = false;  // a row 1, 2, 3 … under the headings
  bool filter = false;      // autofilter
  int frozen_columns = 0;
  std::string strike_when;  // path in a row: struck through where it is true
  std::optional<GridPeriods> periods;
  std::array<StateLook, mark_state_count> states;  // by MarkState
  std::vector<MarkState> state_order;              // as the file lists them, for the legend
  std::string totals;                              // label of the row of sums; empty: none
  std::optional<GridWorkload> workload;
  std::string legend;  // heading of the legend; empty: none
  std::vector<GridLine> foot;
  std::vector<SignatureLine> signature;
};

struct GridLayoutReading {
  GridLayout layout;
  std::vector<Diagnostic> diagnostics;  // empty for a layout without faults
};

// Reads a layout and reports all its faults, each with its key.
// Errors: unreadable, where `json` is not JSON.
GridLayoutReading read_layout(std::string_view json, const std::string& file);

}  // namespace vekha::documents
