// What the cells of an item say: parts of its title, indicators, completion marks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/sheet.h"
#include "roadmap/roadmap.h"

namespace vekha::ingest {

// List entries inside a cell, without their bullets and the punctuation between them; none where there is no list.
std::vector<std::string> parts_of(const std::vector<Line>& lines);

// Documents that must exist, and numbers with comparison and unit («не менее 200 участников»).
std::vector<roadmap::Indicator> indicators_of(const std::vector<Line>& lines);

// One mark a year where years are named, else one for each word of completion. Where there are as many marks without
// a year as parts, they belong to the parts in turn; otherwise whose they are is not known.
std::vector<roadmap::PrintedMark> marks_of(std::string_view text, size_t parts);

// For every byte of `text` whether it stands inside «…» or (…). Quotes or brackets that do not pair are not counted.
std::vector<bool> enclosed(std::string_view text);

}  // namespace vekha::ingest
