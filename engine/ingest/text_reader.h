// Plain text: tables with a TAB between cells, or with one cell a line behind a TAB, among paragraphs.
#pragma once

#include <string>
#include <string_view>

#include "ingest/doubts.h"
#include "ingest/sheet.h"

namespace vekha::ingest {

// `text` is UTF-8.
Sheet read_text(std::string_view text, const std::string& file, Doubts& doubts);

}  // namespace vekha::ingest
