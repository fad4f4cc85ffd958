// HTML tags and Markdown marks that stand inside plain text: layout, not words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/sheet.h"

namespace vekha::ingest {

struct Marked {
  std::vector<Line> lines;
  bool bold = false;  // all of it
};

// Takes the markup off; line ends, paragraphs and list entries begin new lines. What only looks like a tag stays.
Marked without_markup(std::string_view raw);

}  // namespace vekha::ingest
