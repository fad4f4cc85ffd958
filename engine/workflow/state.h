// How the state of an instance is written as a value and read back.
#pragma once

#include "workflow/instance.h"

namespace vekha::workflow {

Stage stage_from(const Value& value);
Value to_value(const Stage& stage);  // null for none

}  // namespace vekha::workflow
