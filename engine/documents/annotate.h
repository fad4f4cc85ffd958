// A copy of a Word template with a comment of Word's own at every fault, for whoever mends it there.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace vekha::documents {

// Faults that stand where Word allows no comment (headers, notes, properties) are told at the first paragraph, with
// their place. Errors: unreadable, for what is no Word file.
std::string annotated(const std::string& bytes, const std::string& file_name,
                      const std::vector<Diagnostic>& diagnostics);

}  // namespace vekha::documents
