// What hangs on the cells of a sheet and follows them: merged cells, formats by condition, checks of what is typed in,
// links, page breaks, filters, tables, notes, drawings, charts.
#pragma once

#include <map>
#include <string>

#include "documents/xlsx_fill.h"

namespace vekha::documents {

using SheetMaps = std::map<std::string, const SheetMap*>;  // by the sheet's name in the template

// The sheet written out: the frame of the template with the rows, all that hangs on them moved along.
std::string written_sheet(const FilledSheet& filled, const SheetMaps& maps);

// The other parts of a sheet, as they read when its rows have moved.
std::string moved_comments(const std::string& part, const SheetMap& map);
std::string moved_notes_drawing(const std::string& part, const SheetMap& map);  // the boxes of the notes, VML
std::string moved_drawing(const std::string& part, const SheetMap& map);
std::string moved_table(const std::string& part, const SheetMap& map);
std::string moved_chart(const std::string& part, const SheetMaps& maps);

}  // namespace vekha::documents
