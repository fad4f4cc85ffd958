#include "ingest/kinds.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "ingest/docx_reader.h"
#include "ingest/text_reader.h"
#include "opc/package.h"

namespace vekha::ingest {
namespace {

constexpr size_t largest_text = 16u << 20;    // a plan typed out has some hundred kilobytes
constexpr uint64_t largest_part = 64u << 20;  // unpacked
constexpr std::string_view kinds_read = "Читаются DOCX и текст в UTF-8.";

[[noreturn]] void refuse(const std::string& file, const std::string& what, const std::string& hint) {
  throw Error(ErrorCode::unreadable, fmt::format("Файл «{}» {} {}", file, what, hint), file);
}

bool has_suffix(const std::string& file, std::string_view suffix) { return to_lower(file).ends_with(suffix); }

Sheet read_package(std::string bytes, const std::string& file) {
  // A package whose directory at the end is missing was cut off on its way.
  const std::string_view tail = std::string_view(bytes).substr(bytes.size() > 66'000 ? bytes.size() - 66'000 : 0);
  if (tail.find("PK\x05\x06") == std::string_view::npos) {
    const char* kind = has_suffix(file, ".docx") ? "DOCX" : has_suffix(file, ".xlsx") ? "XLSX" : "ZIP";
    throw Error(ErrorCode::unreadable,
                fmt::format("Файл «{0}» прочитать нельзя: файл {1} обрывается, конец его потерян. Скопируйте или "
                            "получите файл ещё раз.",
                            file, kind),
                file);
  }
  opc::Limits limits;
  limits.part_size = largest_part;
  const opc::Package package = opc::Package::read(std::move(bytes), file, limits);
  if (is_docx(package)) return read_docx(package, file);
  if (package.find("xl/workbook.xml"))
    refuse(file, "– книга Excel (XLSX), она пока не читается.", "Сохраните план в DOCX или в текст UTF-8.");
  if (package.find("content.xml"))
    refuse(file, "– документ OpenDocument, он пока не читается.", "Сохраните план в DOCX.");
  refuse(file, "– архив ZIP, а не документ.", "Распакуйте его и дайте файл плана. " + std::string(kinds_read));
}

}  // namespace

Sheet read_sheet(std::string bytes, const std::string& file, Doubts& doubts) {
  std::string_view text = bytes;
  const auto starts = [&](std::string_view magic) { return text.starts_with(magic); };
  if (text.empty()) refuse(file, "пуст.", "Проверьте, тот ли это файл.");
  if (starts("PK\x03\x04") || starts("PK\x05\x06")) return read_package(std::move(bytes), file);
  if (starts("\xD0\xCF\x11\xE0"))
    refuse(file, "– документ старого Word или Excel либо закрыт паролем.",
           "Снимите пароль и сохраните план в DOCX. " + std::string(kinds_read));
  if (starts("%PDF")) refuse(file, "– документ PDF, он пока не читается.", "Сохраните план в DOCX или в текст UTF-8.");
  if (starts("{\\rtf")) refuse(file, "– документ RTF, он не читается.", "Сохраните план в DOCX.");
  if (text.size() > largest_text)
    refuse(file, fmt::format("– текст больше {} МБ, таких планов не бывает.", largest_text >> 20),
           "Проверьте, тот ли это файл.");
  if (starts("\xFF\xFE") || starts("\xFE\xFF")) refuse(file, "записан в UTF-16.", "Сохраните текст в кодировке UTF-8.");
  if (starts("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string head = to_lower(trim(text.substr(0, 500)));
  if (head.starts_with("<!doctype html") || head.starts_with("<html"))
    refuse(file, "– страница HTML, она пока не читается.", "Сохраните план в DOCX или в текст UTF-8.");
  if (trim(text).empty()) refuse(file, "пуст: в нём одни пробелы.", "Проверьте, тот ли это файл.");
  const auto control = std::find_if(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && std::string_view("\t\n\v\f\r").find(c) == std::string_view::npos;
  });
  if (control != text.end())
    refuse(file, fmt::format("– не текст и не документ: байт {} не может стоять в тексте.", control - text.begin() + 1),
           std::string(kinds_read));
  if (const size_t bad = find_invalid_utf8(text); bad != std::string_view::npos) {
    const TextPosition place = position_at(text, bad);
    refuse(file, fmt::format("записан не в UTF-8: строка {}, столбец {}.", place.line, place.column),
           "Сохраните текст в кодировке UTF-8 (в Блокноте «Сохранить как», кодировка UTF-8).");
  }
  return read_text(text, file, doubts);
}

}  // namespace vekha::ingest
