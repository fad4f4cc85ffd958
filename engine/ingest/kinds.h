// Which kind of file some bytes are, told by the bytes themselves.
#pragma once

#include <string>
#include <string_view>

#include "ingest/doubts.h"
#include "ingest/sheet.h"

namespace vekha::ingest {

// Reads bytes of any kind into the neutral form.
// Errors: unreadable, saying what the file is and which kinds are read.
Sheet read_sheet(std::string bytes, const std::string& file, Doubts& doubts);

}  // namespace vekha::ingest
