#include "service/resources.h"

#include <cstdlib>
#include <vector>

#include "base/error.h"

namespace vekha::service {

namespace fs = std::filesystem;

Resources find_resources() {
  std::vector<fs::path> homes;
  if (const char* home = std::getenv("VEKHA_HOME")) homes.emplace_back(home);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    homes.push_back(program.parent_path().parent_path());
    homes.push_back(program.parent_path().parent_path() / "share" / "vekha");
  }
  for (const fs::path& home : homes)
    if (fs::is_directory(home / "templates", error) && fs::is_directory(home / "workflows", error))
      return {home / "templates", home / "workflows"};
  throw Error(
      ErrorCode::environment,
      "Не найдены папки templates и workflows. Запустите программу оттуда, где она собрана, или укажите папку с "
      "ними в переменной VEKHA_HOME.");
}

}  // namespace vekha::service
