#include "convert/pdf.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "convert/process.h"

namespace vekha::convert {

std::string text_of_pdf(const std::string& bytes, const std::string& file) {
  const auto program = find_program("pdftotext");
  if (!program)
    throw Error(ErrorCode::environment,
                fmt::format("Для файла «{}» нужна программа pdftotext (пакет poppler-utils), а она не установлена. "
                            "Установите её или сохраните план в DOCX.",
                            file),
                file);
  const TemporaryFolder folder;
  write_file(folder.path() / "source.pdf", bytes);
  Command command;
  command.program = *program;
  command.folder = folder.path();
  command.time = std::chrono::seconds(30);
  command.file_size = uint64_t{16} << 20;
  command.arguments = {"-layout", "-enc", "UTF-8", "source.pdf", "text.txt"};
  const Outcome outcome = run(command);
  if (outcome.end != End::finished)
    throw Error(ErrorCode::unreadable,
                fmt::format("Документ PDF «{}» слишком велик или запутан, текст из него не взять. Сохраните план в "
                            "DOCX.",
                            file),
                file);
  if (outcome.status != 0 && outcome.complaint.find("ncorrect password") != std::string::npos)
    throw Error(ErrorCode::unreadable,
                fmt::format("Документ PDF «{}» закрыт паролем. Снимите пароль или сохраните план в DOCX.", file), file);
  if (outcome.status != 0)
    throw Error(ErrorCode::unreadable,
                fmt::format("Документ PDF «{}» повреждён, прочитать его нельзя. Получите файл ещё раз.", file), file);
  return read_file(folder.path() / "text.txt", uintmax_t{16} << 20);
}

}  // namespace vekha::convert
