// `vekha process run`: processes run in memory on a clock that only the steps move, from 2000-01-01T00:00Z.
#pragma once

#include <string>

#include "workflow/decide.h"

namespace vekha::workflow {

// Starts `process` (empty: every executable process with a none start event) with `variables`, does the steps, and
// answers {"status","trace","tasks","variables","skipped","diagnostics","error"}.
// Errors: usage, for a process that is not there and for steps that are no list of known steps.
Value run_steps(const Library& library, const std::string& process, const Map& variables, const List& steps);

// The same for the text of a file; a file that is refused gives the status «refused» and its diagnostics.
Value run_file(std::string_view xml, const std::string& file_name, const std::string& process, const Map& variables,
               const List& steps);

// `vekha process check`: {"diagnostics": […]} of one file.
Value check_file(std::string_view xml, const std::string& file_name);

}  // namespace vekha::workflow
