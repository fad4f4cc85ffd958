// The plan-grid («план-график»): items by months, quarters or weeks, one sheet a year (a quarter when by weeks).
#pragma once

#include "base/value.h"
#include "documents/grid.h"
#include "documents/workbook_file.h"

namespace vekha::documents {

// Writes all sheets. `data` is the model, `slim` the same without the sections: texts of rows are rendered over it.
// Errors: as of write_workbook.
void write_plan(WorkbookFile& file, const GridLayout& layout, const Value& data, const Value& slim);

}  // namespace vekha::documents
