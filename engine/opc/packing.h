// The compression of packages for whoever makes parts that are compressed themselves (pictures).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vekha::opc {

uint32_t crc32(std::string_view bytes);
// In the format of zlib. Source: RFC 1950.
std::string zlib_packed(std::string_view bytes);

}  // namespace vekha::opc
