// The tables of a case and how an older case is brought up to them.
#pragma once

namespace vekha::store {

// The layout this program writes; kept in SQLite's user_version.
inline constexpr int schema_version = 1;
// Kept in SQLite's application_id, so that a foreign database is not taken for a case: «Vkha».
inline constexpr int application_id = 0x566B6861;

// The statements that make an empty case, separated by «;».
extern const char* const schema;

}  // namespace vekha::store
