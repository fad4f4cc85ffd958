// Fragments: Word files put into a template where `{{>name}}` stands, with their styles, lists, pictures and links.
// What was put in is compiled like the rest: tags in a fragment see the data of the place it stands in.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "documents/template.h"
#include "documents/word_compiler.h"

namespace vekha::documents {

struct Joined {
  std::string bytes;                                        // the template with its fragments; empty where it has none
  std::map<std::string, std::string, std::less<>> missing;  // fragments that are not in, and why
};

// A paragraph of the tag alone becomes the blocks of the fragment; within a paragraph, the fragment must be one
// paragraph too. Headers, notes and the page of a fragment stay behind.
Joined join_partials(const opc::Package& package, const std::vector<PartSource>& parts, const PartialSource& source);

}  // namespace vekha::documents
