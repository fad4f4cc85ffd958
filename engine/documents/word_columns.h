// Sections that repeat columns of a table. Every row takes part: cells above the section's first row grow wider, cells
// from there on are repeated; a row may bring a list of its own for the same columns.
#pragma once

#include <vector>

#include "documents/word_tags.h"

namespace vekha::documents {

struct ColumnSection {
  size_t open = 0;  // the tag
  xml::Node table;
  xml::Node first;  // the cells in which it opens and closes
  xml::Node last;
};

// Puts marks around the cells that are repeated and facts where widths and spans follow.
void place_columns(PartTags& part, const std::vector<ColumnSection>& sections);

}  // namespace vekha::documents
