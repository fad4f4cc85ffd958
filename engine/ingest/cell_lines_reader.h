// Text copied out of a table in such a way that every cell has become a line, and nothing tells rows apart.
#pragma once

#include <optional>
#include <string_view>

#include "ingest/sheet.h"

namespace vekha::ingest {

// The table, where some lines in a row are the head of a plan that begins with the number, and the lines behind it fall
// into rows as long, each beginning with the next number; nullopt for every other text: nothing is guessed.
std::optional<Sheet> read_cell_lines(std::string_view text);

}  // namespace vekha::ingest
