#include "ingest/kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/encoding.h"
#include "base/error.h"
#include "base/text.h"
#include "convert/office.h"
#include "convert/pdf.h"
#include "ingest/cell_lines_reader.h"
#include "ingest/csv_reader.h"
#include "ingest/docx_reader.h"
#include "ingest/html_reader.h"
#include "ingest/odf_reader.h"
#include "ingest/text_reader.h"
#include "ingest/xlsx_reader.h"
#include "opc/package.h"

namespace vekha::ingest {
namespace {

constexpr size_t largest_text = 16u << 20;    // a plan typed out has some hundred kilobytes
constexpr uint64_t largest_part = 64u << 20;  // unpacked
constexpr std::string_view kinds_read =
    "Читаются DOCX, XLSX, ODT, ODS, DOC, XLS, RTF, HTML, CSV, текст и с оговоркой PDF.";

[[noreturn]] void refuse(const std::string& file, const std::string& what, const std::string& hint) {
  throw Error(ErrorCode::unreadable, fmt::format("Файл «{}» {} {}", file, what, hint), file);
}

bool has_suffix(const std::string& file, std::string_view suffix) { return to_lower(file).ends_with(suffix); }

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && std::string_view("\t\n\v\f\r").find(c) == std::string_view::npos;
}

Sheet read_package(std::string bytes, const std::string& file, Doubts& doubts) {
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
  if (is_xlsx(package)) return read_xlsx(package, file, doubts);
  if (package.find("xl/workbook.bin"))
    refuse(file, "– двоичная книга Excel (XLSB), такие не читаются.", "Сохраните план в XLSX.");
  if (is_odf(package)) return read_odf(package, file, doubts);
  refuse(file, "– архив ZIP, а не документ.", "Распакуйте его и дайте файл плана. " + std::string(kinds_read));
}

// The names of streams in a compound file stand in UTF-16.
bool has_stream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) {
    wide += c;
    wide += '\0';
  }
  return bytes.find(wide) != std::string_view::npos;
}

// A file of old Word or Excel, or a new one behind a password: all are compound files.
Sheet read_compound(const std::string& bytes, const std::string& file, Doubts& doubts) {
  if (has_stream(bytes, "EncryptedPackage"))
    refuse(file, "закрыт паролем.", "Снимите пароль (Файл – Сведения – Защита) и сохраните его ещё раз.");
  const bool word = has_stream(bytes, "WordDocument");
  if (!word && !has_stream(bytes, "Workbook") && !has_stream(bytes, "Book"))
    refuse(file, "– не документ Word или Excel.", "Проверьте, тот ли это файл. " + std::string(kinds_read));
  const char* to = word ? "docx" : "xlsx";
  return read_package(convert::convert_with_office(bytes, word ? "doc" : "xls", to, file), file, doubts);
}

// The words of a PDF; which of them stood in one cell is not known.
Sheet read_pdf(const std::string& bytes, const std::string& file) {
  const std::string text = convert::text_of_pdf(bytes, file);
  Sheet sheet;
  sheet.cells_lost = true;
  Counter counter(file);
  Paragraph paragraph;
  int page = 1, line = 0;
  const auto flush = [&] {
    if (!paragraph.lines.empty()) sheet.blocks.emplace_back(std::exchange(paragraph, Paragraph{}));
  };
  for (const std::string_view one : split_lines(text)) {
    ++line;
    if (one.starts_with("\f")) {
      flush();
      ++page;
      line = 1;
    }
    std::string folded = fold_space(one);
    if (folded.empty()) {
      flush();
      continue;
    }
    counter.add();
    if (paragraph.lines.empty()) {
      paragraph.where.place = fmt::format("страница {}, строка {}", page, line);
    }
    paragraph.lines.push_back({std::move(folded), LineKind::text});
  }
  flush();
  if (sheet.blocks.empty())
    refuse(file, "– PDF без текста, одни картинки страниц.", "Найдите исходный файл плана или распознайте текст.");
  return sheet;
}

}  // namespace

Sheet read_sheet(std::string bytes, const std::string& file, Doubts& doubts) {
  const auto starts = [&](std::string_view magic) { return std::string_view(bytes).starts_with(magic); };
  if (bytes.empty()) refuse(file, "пуст.", "Проверьте, тот ли это файл.");
  if (starts("PK\x03\x04") || starts("PK\x05\x06")) return read_package(std::move(bytes), file, doubts);
  if (starts("\xD0\xCF\x11\xE0")) return read_compound(bytes, file, doubts);
  if (starts("%PDF")) return read_pdf(bytes, file);
  if (starts("{\\rtf")) return read_package(convert::convert_with_office(bytes, "rtf", "docx", file), file, doubts);
  if (bytes.size() > largest_text)
    refuse(file, fmt::format("– текст больше {} МБ, таких планов не бывает.", largest_text >> 20),
           "Проверьте, тот ли это файл.");
  std::optional<std::string> text;
  if (is_html(bytes) && find_invalid_utf8(bytes) != std::string_view::npos)
    text = decode_text(bytes, html_charset(bytes));
  if (!text) text = decode_text(bytes);
  if (!text || text->find('\0') != std::string::npos) {
    const auto control = std::find_if(bytes.begin(), bytes.end(), is_control);
    if (control != bytes.end())
      refuse(file,
             fmt::format("– не текст и не документ: байт {} не может стоять в тексте.", control - bytes.begin() + 1),
             std::string(kinds_read));
    const TextPosition place = position_at(bytes, find_invalid_utf8(bytes));
    refuse(file, fmt::format("записан в UTF-8 с ошибкой: строка {}, столбец {}.", place.line, place.column),
           "Откройте его в Блокноте, проверьте буквы и сохраните в кодировке UTF-8.");
  }
  if (const auto control = std::find_if(text->begin(), text->end(), is_control); control != text->end())
    refuse(file,
           fmt::format("– не текст и не документ: байт {} не может стоять в тексте.", control - text->begin() + 1),
           std::string(kinds_read));
  if (trim(*text).empty()) refuse(file, "пуст: в нём одни пробелы.", "Проверьте, тот ли это файл.");
  if (is_html(*text)) return read_html(*text, file);
  if (std::optional<Sheet> table = read_csv(*text, file)) return std::move(*table);
  if (std::optional<Sheet> table = read_cell_lines(*text)) return std::move(*table);
  return read_text(*text, file, doubts);
}

}  // namespace vekha::ingest
