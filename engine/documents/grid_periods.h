// The columns of time in a plan-grid, and what stands in them: which контрольные сроки of an item touch a column.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/value.h"
#include "documents/grid.h"
#include "documents/grid_text.h"

namespace vekha::documents {

struct TimeColumn {
  std::string label;  // «I», «IV кв.», «09.01–15.01»
  Period period;
};

// One sheet: a year, or a quarter when the unit is a week, for more columns than that do not fit an A4 page.
struct TimeSheet {
  std::string name;   // «2023 год», «2023-2024 уч. год», «2023, I кв.»
  std::string title;  // «2023 год», «2023/2024 учебный год», «I квартал 2023 года»
  Period period;
  std::vector<TimeColumn> columns;  // together they hold every day of `period` once
};

// The sheets of a plan, in order of time. Errors: refused, for a plan of more than 30 years.
std::vector<TimeSheet> time_sheets(Period plan, PeriodUnit unit, YearKind year);

// A контрольный срок as the grid shows it.
struct GridOccurrence {
  Period period;
  std::optional<int> day;  // of the month of `period.end`, where it is known: then only its column is marked
  MarkState state = MarkState::planned;
  std::optional<Date> date;  // when it was done
  std::string mark;          // what is said of it, for a column of marks
};

// Errors: faulty, naming the item in `place`.
std::vector<GridOccurrence> read_occurrences(const Value& list, const std::string& place);

struct GridMark {
  std::string text;                      // empty: nothing is due there
  MarkState state = MarkState::planned;  // the one that decides the colour: the most urgent of the cell
};

// What stands in a column of an item. Every column that a срок touches carries a sign, so a plan «январь – март» is
// seen in three columns; that of its state stands where it was done in time, else where it ends, the others say that it
// was planned. A срок with a day stands only in the column of that day. A planned day stands without its sign («25»),
// any other after it («✓25»).
GridMark mark_of(const std::vector<GridOccurrence>& occurrences, const TimeColumn& column, PeriodUnit unit,
                 const std::array<StateLook, mark_state_count>& states);

// The сроки no sheet has a column for, as words for the column of undated: «до 20.01.2024».
std::string beyond_text(const std::vector<GridOccurrence>& occurrences, const std::vector<TimeSheet>& sheets,
                        size_t sheet, const std::array<StateLook, mark_state_count>& states);

// The day by which it is due.
Date due_day(const GridOccurrence& occurrence);

// Whether a срок falls within the period.
bool touches(const GridOccurrence& occurrence, const Period& period);

}  // namespace vekha::documents
