#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/file.h"
#include "opc/package.h"
#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

std::string refusal(const std::string& bytes, const std::string& file = "план.txt") {
  try {
    read_roadmap_bytes(bytes, file);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::unreadable);
    CHECK(error.where() == file);
    return error.message();
  }
  return "read without a fault";
}

}  // namespace

TEST_CASE("an empty file is refused") {
  CHECK(refusal("") == "Файл «план.txt» пуст. Проверьте, тот ли это файл.");
  CHECK(refusal(" \n\t\n") == "Файл «план.txt» пуст: в нём одни пробелы. Проверьте, тот ли это файл.");
}

TEST_CASE("a text without a table of activities is refused") {
  CHECK(refusal("Просто письмо.\n\nИмя\tГород\n") ==
        "В файле «план.txt» нет таблицы мероприятий: не найдена строка с заголовками граф «Мероприятия» и «Сроки» или "
        "«Ответственные». Проверьте, план ли это.");
}

TEST_CASE("bytes that are no UTF-8 text are refused with their place") {
  CHECK(refusal("План\n\xCF\xEB\xE0\xED\n") ==
        "Файл «план.txt» записан не в UTF-8: строка 2, столбец 1. Сохраните текст в кодировке UTF-8 (в Блокноте "
        "«Сохранить как», кодировка UTF-8).");
  CHECK(refusal(std::string("\x7F"
                            "ELF\0\1",
                            6)) ==
        "Файл «план.txt» – не текст и не документ: байт 5 не может стоять в тексте. Читаются DOCX и текст в UTF-8.");
  CHECK(refusal("\xFF\xFE\x1F\x04") == "Файл «план.txt» записан в UTF-16. Сохраните текст в кодировке UTF-8.");
}

TEST_CASE("a DOCX that is cut off says so") {
  opc::PackageWriter writer;
  writer.add("word/document.xml", "<w:document/>");
  const std::string whole = writer.finish();
  CHECK(refusal(whole.substr(0, whole.size() / 2), "план.docx") ==
        "Файл «план.docx» прочитать нельзя: файл DOCX обрывается, конец его потерян. Скопируйте или получите файл ещё "
        "раз.");
}

TEST_CASE("kinds that are not read yet are named, with what to do") {
  CHECK(refusal("%PDF-1.7") ==
        "Файл «план.txt» – документ PDF, он пока не читается. Сохраните план в DOCX или в текст UTF-8.");
  CHECK(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") ==
        "Файл «план.txt» – документ старого Word или Excel либо закрыт паролем. Снимите пароль и сохраните план в "
        "DOCX. Читаются DOCX и текст в UTF-8.");
  CHECK(refusal("{\\rtf1}") == "Файл «план.txt» – документ RTF, он не читается. Сохраните план в DOCX.");
  CHECK(refusal("<!DOCTYPE html><html></html>") ==
        "Файл «план.txt» – страница HTML, она пока не читается. Сохраните план в DOCX или в текст UTF-8.");
  opc::PackageWriter book;
  book.add("xl/workbook.xml", "<workbook/>");
  CHECK(refusal(book.finish(), "план.xlsx") ==
        "Файл «план.xlsx» – книга Excel (XLSX), она пока не читается. Сохраните план в DOCX или в текст UTF-8.");
  opc::PackageWriter open;
  open.add("content.xml", "<office/>");
  CHECK(refusal(open.finish(), "план.odt") ==
        "Файл «план.odt» – документ OpenDocument, он пока не читается. Сохраните план в DOCX.");
  opc::PackageWriter archive;
  archive.add("readme.txt", "привет");
  CHECK(refusal(archive.finish(), "план.zip") ==
        "Файл «план.zip» – архив ZIP, а не документ. Распакуйте его и дайте файл плана. Читаются DOCX и текст в "
        "UTF-8.");
}

TEST_CASE("a file larger than the limit is refused before it is read") {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "vekha_ingest_large.txt";
  write_file(path, "План");
  std::filesystem::resize_file(path, 200u << 20);
  std::string message;
  try {
    read_roadmap(path);
  } catch (const Error& error) {
    message = error.message();
  }
  std::filesystem::remove(path);
  CHECK(message == "Файл «" + path.string() + "» больше 64 МБ: такие файлы не читаются. Проверьте, тот ли это файл.");
}

TEST_CASE("a text that no plan could fill is refused") {
  CHECK(refusal(std::string(17u << 20, 'x')) ==
        "Файл «план.txt» – текст больше 16 МБ, таких планов не бывает. Проверьте, тот ли это файл.");
  CHECK(refusal("№" + std::string(1'000'001, '\t') + "x") ==
        "В файле «план.txt» больше 1000000 ячеек и абзацев: таких планов не бывает. Проверьте, тот ли это файл.");
}

TEST_CASE("beyond ten thousand doubts only their number is told") {
  std::string rows;
  for (int i = 0; i < 10'002; ++i)
    rows += "1.\tСлёт\tмай 2024\tДиректор\n";
  const ReadResult result = read_rows(rows);
  CHECK(result.diagnostics.size() == 10'001);
  CHECK(told(result, "doubts-left-out") == "0:0 Сомнений больше 10000; ещё 1 не показаны.");
}

TEST_CASE("a cell of responsible parties beyond all measure is kept as text and told") {
  std::string parties;
  for (int i = 0; i < 2000; ++i)
    parties += "директор школы, ";
  const ReadResult result = read_rows("1.\tСлёт\tмай 2024\t" + parties + "\n");
  CHECK(result.roadmap.sections[0].items[0].responsible.empty());
  CHECK(told(result, "responsible-unclear") == "4:1 В ответственных пункта 1 никто не распознан.");
}

TEST_CASE("a file that is not there is refused") { CHECK_THROWS_AS(read_roadmap("no-such-folder/plan.txt"), Error); }

TEST_CASE("a long plan is read in linear time") {
  std::string rows;
  for (int i = 1; i <= 20'000; ++i)
    rows += std::to_string(i) + ".\tСлёт «Лес» 2024\tмай 2024\tРощина А.Б., методист МБУ «Мост»\n";
  const ReadResult result = read_rows(rows);
  CHECK(result.roadmap.item_count() == 20'000);
  CHECK(result.diagnostics.empty());
}
