// Compiles one part of a Word template. Phase 3: the tree with its marks is written out as a flat program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "documents/program.h"

namespace vekha::documents {

enum class PartKind { word, properties };

// What all parts of a template share while they are compiled.
struct CompilerState {
  std::string file;
  std::vector<Diagnostic> diagnostics;
  uint32_t highest_drawing_id = 0;
  size_t once_slots = 0;
};

struct CompiledProgram {
  Program program;
  bool has_tags = false;  // without them the part is copied as it lies in the package
};

// `title` names the part in places, empty for the main text. Faults go to `state.diagnostics`.
// Errors: unreadable, for broken XML.
CompiledProgram compile_part(std::string_view source, PartKind kind, const std::string& name, const std::string& title,
                             CompilerState& state);

}  // namespace vekha::documents
