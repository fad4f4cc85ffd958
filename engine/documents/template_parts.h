// What a compiled template is made of; for the files of this room only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "documents/numbering.h"
#include "documents/program.h"
#include "opc/package.h"

namespace vekha::documents {

// A part that is not copied as it lies in the package.
struct CompiledPart {
  size_t index = 0;  // in the package
  Program program;
  opc::KnownText known;  // the program's literals, ready to be packed
};

struct TemplateParts {
  opc::Package package;
  std::vector<CompiledPart> compiled;     // in the order of the package
  std::map<size_t, std::string> changed;  // parts the same in all documents, but not as in the template
  std::vector<Diagnostic> diagnostics;
  uint32_t first_free_id = 1;  // for drawings
  size_t once_slots = 0;
  size_t merge_slots = 0;
  std::vector<ListSlot> lists;
  Numbering numbering;
};

}  // namespace vekha::documents
