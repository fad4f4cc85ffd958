// Outside programs, each in a temporary folder of its own and with limits on time, memory and what it writes: they
// read files that anybody may have made.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace vekha::convert {

// A folder that goes with everything in it when its owner does.
class TemporaryFolder {
 public:
  // Errors: environment, when no folder can be made.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Command {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path folder;  // where it runs, and its HOME
  std::chrono::seconds time{60};
  uint64_t memory = uint64_t{4} << 30;       // address space
  uint64_t file_size = uint64_t{512} << 20;  // of any file it writes
};

enum class End { finished, timed_out, killed };

struct Outcome {
  End end = End::finished;
  int status = 0;         // exit status, of a program that finished
  std::string complaint;  // the last words of its standard error, at most 2,000 bytes
};

// Runs a program to its end, without input; what it started is killed with it when its time is up. No shell is asked.
// Threads: any number may run programs at once.
// Errors: environment, when the program cannot be started.
Outcome run(const Command& command);

// The whole path of a program in PATH; nullopt where there is none.
std::optional<std::filesystem::path> find_program(const std::string& name);

}  // namespace vekha::convert
