// The records of the ZIP format, for reading and writing alike. Source: PKWARE APPNOTE 6.3.10, section 4.3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vekha::opc {

inline constexpr uint32_t local_header_sign = 0x04034b50;
inline constexpr uint32_t central_header_sign = 0x02014b50;
inline constexpr uint32_t end_sign = 0x06054b50;
inline constexpr uint32_t zip64_end_locator_sign = 0x07064b50;
inline constexpr size_t local_header_size = 30;
inline constexpr size_t central_header_size = 46;
inline constexpr size_t end_size = 22;
inline constexpr size_t zip64_locator_size = 20;

inline constexpr uint16_t flag_encrypted = 1u << 0;
inline constexpr uint16_t flag_strong_encryption = 1u << 6;
inline constexpr uint16_t flag_utf8 = 1u << 11;
inline constexpr uint16_t method_stored = 0;
inline constexpr uint16_t method_deflated = 8;

// 1 January 1980, the first day ZIP knows: what Office itself writes.
inline constexpr uint16_t fixed_date = (0u << 9) | (1u << 5) | 1u;
inline constexpr uint16_t fixed_time = 0;

// Numbers lie with their lowest byte first.
inline uint16_t read16(std::string_view bytes, size_t at) {
  return static_cast<uint16_t>(static_cast<unsigned char>(bytes[at]) |
                               (static_cast<unsigned char>(bytes[at + 1]) << 8));
}
inline uint32_t read32(std::string_view bytes, size_t at) {
  return read16(bytes, at) | (static_cast<uint32_t>(read16(bytes, at + 2)) << 16);
}
inline void write16(std::string& out, uint32_t number) {
  out += static_cast<char>(number & 0xFF);
  out += static_cast<char>((number >> 8) & 0xFF);
}
inline void write32(std::string& out, uint32_t number) {
  write16(out, number & 0xFFFF);
  write16(out, number >> 16);
}

}  // namespace vekha::opc
