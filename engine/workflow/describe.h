// `vekha process check --text`: a process as numbered Russian sentences, for somebody who does not read BPMN.
#pragma once

#include <string>

#include "workflow/definition.h"

namespace vekha::workflow {

// All processes of the file, each with its roles and its steps in the order in which one comes to them.
std::string describe(const Definition& definition);

}  // namespace vekha::workflow
