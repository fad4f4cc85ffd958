#include "convert/office.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "convert/process.h"

namespace vekha::convert {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t largest_result = uint64_t{64} << 20;

}  // namespace

bool has_office() { return find_program("soffice").has_value(); }

std::string convert_with_office(const std::string& bytes, const std::string& from, const std::string& to,
                                const std::string& file) {
  const std::optional<fs::path> office = find_program("soffice");
  if (!office)
    throw Error(
        ErrorCode::environment,
        fmt::format("Для файла «{}» нужен LibreOffice, а он не установлен. Установите LibreOffice или сохраните "
                    "файл в DOCX или XLSX.",
                    file),
        file);
  const TemporaryFolder folder;
  const fs::path source = folder.path() / ("source." + from);
  const fs::path results = folder.path() / "result";
  fs::create_directory(results);
  write_file(source, bytes);
  Command command;
  command.program = *office;
  command.folder = folder.path();
  command.arguments = {"-env:UserInstallation=file://" + (folder.path() / "profile").string(),
                       "--headless",
                       "--norestore",
                       "--nolockcheck",
                       "--nodefault",
                       "--convert-to",
                       to,
                       "--outdir",
                       results.string(),
                       source.string()};
  const Outcome outcome = run(command);
  const fs::path result = results / ("source." + to.substr(0, to.find(':')));
  if (outcome.end == End::timed_out)
    throw Error(ErrorCode::unreadable,
                fmt::format("LibreOffice не прочитал файл «{}» за {} с. Откройте файл сами и сохраните его в DOCX или "
                            "XLSX.",
                            file, command.time.count()),
                file);
  if (outcome.end == End::killed || !fs::exists(result))
    throw Error(ErrorCode::unreadable,
                fmt::format("LibreOffice не смог прочитать файл «{}»: он повреждён или закрыт паролем. Откройте файл "
                            "сами и сохраните его в DOCX или XLSX.",
                            file),
                file);
  return read_file(result, largest_result);
}

}  // namespace vekha::convert
