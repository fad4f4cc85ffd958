#include "convert/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

namespace vekha::convert {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr size_t longest_complaint = 2000;

void limit(int resource, uint64_t most) {
  const rlimit limits{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  setrlimit(static_cast<__rlimit_resource>(resource), &limits);
}

// Between fork and exec: only calls that are safe in the child of a program with threads.
[[noreturn]] void become(const Command& command, char* const* arguments, char* const* environment,
                         const char* complaint) {
  setpgid(0, 0);
  const int nothing = open("/dev/null", O_RDWR);
  const int errors = open(complaint, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(nothing, 0);
  dup2(nothing, 1);
  dup2(errors, 2);
  limit(RLIMIT_AS, command.memory);
  limit(RLIMIT_FSIZE, command.file_size);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, static_cast<uint64_t>(command.time.count()) + 1);
  if (chdir(command.folder.c_str()) != 0) _exit(127);
  execve(command.program.c_str(), arguments, environment);
  _exit(127);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts)
    out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

std::string last_words(const fs::path& file) {
  std::error_code missing;
  if (fs::file_size(file, missing) == 0 || missing) return {};
  std::string text = read_file(file);
  if (text.size() > longest_complaint) text = text.substr(text.size() - longest_complaint);
  return std::string(trim(text));
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "vekha-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    throw Error(ErrorCode::environment,
                fmt::format("Временную папку в «{}» создать нельзя: {}. Проверьте место на диске и права.",
                            fs::temp_directory_path().string(), std::strerror(errno)));
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // what is left lies in the folder for temporary files
  fs::remove_all(path_, ignored);
}

Outcome run(const Command& command) {
  const std::string complaint = (command.folder / "complaint.txt").string();
  std::vector<std::string> words{command.program.string()};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> variables{"HOME=" + command.folder.string(), "TMPDIR=" + command.folder.string(),
                                     "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"};
  const std::vector<char*> arguments = pointers(words);
  const std::vector<char*> environment = pointers(variables);
  const pid_t child = fork();
  if (child < 0)
    throw Error(ErrorCode::environment,
                fmt::format("Программу «{}» запустить нельзя: {}. Закройте лишние программы и повторите.",
                            command.program.string(), std::strerror(errno)));
  if (child == 0) become(command, arguments.data(), environment.data(), complaint.c_str());
  setpgid(child, child);  // the child does it too: whoever is first

  Outcome outcome;
  const Clock::time_point end = Clock::now() + command.time;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (Clock::now() >= end) {
      outcome.end = End::timed_out;
      kill(-child, SIGKILL);
      waitpid(child, &status, 0);
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  kill(-child, SIGKILL);  // what it left behind
  if (outcome.end == End::finished) {
    if (WIFEXITED(status))
      outcome.status = WEXITSTATUS(status);
    else
      outcome.end = End::killed;
  }
  outcome.complaint = last_words(complaint);
  return outcome;
}

std::optional<fs::path> find_program(const std::string& name) {
  for (const char* folder : {"/usr/local/bin", "/usr/bin", "/bin"}) {
    const fs::path path = fs::path(folder) / name;
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return std::nullopt;
}

}  // namespace vekha::convert
