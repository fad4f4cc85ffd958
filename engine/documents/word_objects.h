// What a paragraph holds besides text: placeholder pictures and charts with a tag in their description, links with a
// tag in their address, checkboxes with a tag in their name. Their tags become facts and orders in the tree.
#pragma once

#include <vector>

#include "documents/word_tags.h"

namespace vekha::documents {

// Of the paragraph of unit `unit`.
void fill_objects(PartTags& part, size_t unit, const std::vector<xml::Node>& drawings,
                  const std::vector<xml::Node>& links, const std::vector<xml::Node>& controls);

}  // namespace vekha::documents
