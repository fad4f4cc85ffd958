// SHA-256, by which documents are kept and history events are chained.
#pragma once

#include <string>
#include <string_view>

namespace vekha {

// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace vekha
