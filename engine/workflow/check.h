// What can be seen of a process without running it: ways that lead nowhere, joins that wait for ever, names nobody
// sets.
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "workflow/definition.h"
#include "xml/xml.h"

namespace vekha::workflow {

void check_graph(const Definition& definition, std::vector<Diagnostic>& diagnostics);

// Nodes and flows without a shape, where the file has a diagram at all.
void check_shapes(const xml::Document& document, const Definition& definition, std::vector<Diagnostic>& diagnostics);

// Names an expression reads that nothing sets; only in a process that declares its variables (vekha:variable).
void check_names(const Definition& definition, const Process& process, std::vector<Diagnostic>& diagnostics);

// The nodes a token can come to from `start`, itself included, never passing `without`.
std::vector<bool> reachable(const Process& process, const std::vector<int>& start, int without = -1);

}  // namespace vekha::workflow
