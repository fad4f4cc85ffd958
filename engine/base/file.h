// Whole files in and out, with the trouble a disk can make told as an Error.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace vekha {

// Errors: unreadable, when there is no such file, it is a folder, or it is larger than `limit` bytes;
// environment, when it may not be read.
std::string read_file(const std::filesystem::path& path, uintmax_t limit = 256u << 20);

// Writes to a neighbouring temporary file and renames it: a reader sees the old bytes or the new ones, never a part.
// Creates missing folders. Errors: environment (no permission, disk full), the old file stays.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// Errors: environment.
void make_folder(const std::filesystem::path& path);

// Turns the last error number of the system into an environment Error about `path`.
[[noreturn]] void throw_system_error(const std::string& what, const std::filesystem::path& path, int error_number);

}  // namespace vekha
