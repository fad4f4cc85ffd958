// Workbooks from layouts: a layout says what a table looks like, the data what stands in it.
#pragma once

#include <string>

#include "base/value.h"
#include "documents/grid.h"

namespace vekha::documents {

// The bytes of an XLSX; the same layout and data give the same bytes. `data` is the model of templates/README.md with
// what templates/grids/README.md adds.
// Errors: faulty, when the data lacks what the layout asks for, each with its place; refused, when it does not fit a
// workbook; environment, when there is no room for the file. Call it with a layout that has no faults.
std::string write_workbook(const GridLayout& layout, const Value& data);

}  // namespace vekha::documents
