// Compiles one part of a Word template. Phase 3: the tree with its marks is written out as a flat program.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "documents/numbering.h"
#include "documents/program.h"

namespace vekha::documents {

enum class PartKind { word, properties };

// A part in which tags are looked for.
struct PartSource {
  std::string name;
  PartKind kind = PartKind::word;
  std::string title;  // in places, empty for the main text
  // What its relationships lead to: addresses with tags, charts; by id.
  std::map<std::string, std::string, std::less<>> addresses;
  std::map<std::string, std::string, std::less<>> charts;
};

// What all parts of a template share while they are compiled.
struct CompilerState {
  std::string file;
  std::vector<Diagnostic> diagnostics;
  uint32_t highest_id = 0;  // of drawings and tracked changes
  size_t once_slots = 0;
  size_t merge_slots = 0;
  std::vector<ListSlot> lists;
  Numbering numbering;
  std::map<std::string, std::string, std::less<>> missing_partials;  // and why
};

struct CompiledProgram {
  Program program;
  bool has_tags = false;  // without them the part is copied as it lies in the package
};

// Faults go to `state.diagnostics`. Errors: unreadable, for broken XML.
CompiledProgram compile_part(std::string_view content, const PartSource& source, CompilerState& state);

}  // namespace vekha::documents
