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

TEST_CASE("a damaged text and bytes that are none are refused with their place") {
  CHECK(refusal("План\n\xCF\xEB\xE0\xED\n") ==
        "Файл «план.txt» записан в UTF-8 с ошибкой: строка 2, столбец 1. Откройте его в Блокноте, проверьте буквы и "
        "сохраните в кодировке UTF-8.");
  CHECK(refusal(std::string("\x7F"
                            "ELF\0\1",
                            6)) ==
        "Файл «план.txt» – не текст и не документ: байт 5 не может стоять в тексте. Читаются DOCX, XLSX, ODT, ODS, "
        "DOC, XLS, RTF, HTML, CSV, текст и с оговоркой PDF.");
}

TEST_CASE("a DOCX that is cut off says so") {
  opc::PackageWriter writer;
  writer.add("word/document.xml", "<w:document/>");
  const std::string whole = writer.finish();
  CHECK(refusal(whole.substr(0, whole.size() / 2), "план.docx") ==
        "Файл «план.docx» прочитать нельзя: файл DOCX обрывается, конец его потерян. Скопируйте или получите файл ещё "
        "раз.");
}

TEST_CASE("kinds that are not read are named, with what to do") {
  opc::PackageWriter archive;
  archive.add("readme.txt", "привет");
  CHECK(refusal(archive.finish(), "план.zip") ==
        "Файл «план.zip» – архив ZIP, а не документ. Распакуйте его и дайте файл плана. Читаются DOCX, XLSX, ODT, ODS, "
        "DOC, XLS, RTF, HTML, CSV, текст и с оговоркой PDF.");
  opc::PackageWriter binary;
  binary.add("xl/workbook.bin", "x");
  CHECK(refusal(binary.finish(), "план.xlsb") ==
        "Файл «план.xlsb» – двоичная книга Excel (XLSB), такие не читаются. Сохраните план в XLSX.");
  CHECK(refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") ==
        "Файл «план.txt» – не документ Word или Excel. Проверьте, тот ли это файл. Читаются DOCX, XLSX, ODT, ODS, DOC, "
        "XLS, RTF, HTML, CSV, текст и с оговоркой PDF.");
}

TEST_CASE("files behind a password are refused") {
  std::string name;
  for (const char c : std::string("EncryptedPackage"))
    name += std::string(1, c) + '\0';
  CHECK(refusal("\xD0\xCF\x11\xE0" + name, "план.docx") ==
        "Файл «план.docx» закрыт паролем. Снимите пароль (Файл – Сведения – Защита) и сохраните его ещё раз.");
  opc::PackageWriter open;
  open.add("META-INF/manifest.xml", "<manifest:encryption-data/>");
  open.add("content.xml", "<office/>");
  CHECK(refusal(open.finish(), "план.odt") ==
        "Документ «план.odt» закрыт паролем. Снимите пароль и сохраните его ещё раз.");
}

TEST_CASE("hostile files are refused in bounded time and memory") {
  std::string deep = "<html><body>";
  for (int i = 0; i < 100'000; ++i)
    deep += "<div>";
  CHECK(refusal(deep, "план.html") ==
        "Страница «план.html» вложена глубже 500 уровней: такие не читаются. Сохраните план в DOCX.");
  opc::PackageWriter book;
  book.add("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"План\" r:id=\"r1\"/></sheets></workbook>");
  book.add("xl/_rels/workbook.xml.rels",
           "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"sheet.xml\"/></Relationships>");
  book.add("xl/sheet.xml",
           "<worksheet><sheetData><row r=\"1\"><c r=\"XFD1\" "
           "t=\"inlineStr\"><is><t>Сроки</t></is></c></row></sheetData></worksheet>");
  CHECK(refusal(book.finish(), "план.xlsx") ==
        "На листе «План» файла «план.xlsx» больше 1000 граф: таких планов не бывает. Проверьте, тот ли это файл.");
  opc::PackageWriter bomb;
  bomb.add("word/document.xml", std::string(200u << 20, ' '));
  CHECK(refusal(bomb.finish(), "план.docx") ==
        "Файл «план.docx» не читается: часть «word/document.xml» больше 64 МБ. Так устроены файлы, которые должны "
        "навредить: не открывайте его.");
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
