// Tables typed out with a sign between the cells: CSV, TSV, Markdown, cells closed by a bar.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/sheet.h"

namespace vekha::ingest {

// The table, where one of «;», «,», «|» or the TAB parts a row into the head of a plan; nullopt for other texts. Quoted
// cells may hold the sign, line ends and doubled quotes. `text` is UTF-8. Errors: unreadable, for too many cells.
std::optional<Sheet> read_csv(std::string_view text, const std::string& file);

}  // namespace vekha::ingest
