// The fields that programs ask for, as a JSON Schema.
#pragma once

#include <vector>

#include "base/value.h"
#include "documents/program.h"

namespace vekha::documents {

Value field_schema(const std::vector<const Program*>& programs);

}  // namespace vekha::documents
