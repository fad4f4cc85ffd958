// One plan in the kinds of files that offices keep plans in.
#include <doctest/doctest.h>

#include "opc/package.h"
#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

// «1.1 Слёт; май 2024; Директор | 1.2 …» of all sections.
std::string items(const ReadResult& result) {
  std::vector<std::string> all;
  for (const roadmap::Section& section : result.roadmap.sections) {
    if (!section.title.empty()) all.push_back("[" + section.title + "]");
    for (const roadmap::Item& item : section.items)
      all.push_back(item.number + " " + item.title + "; " + item.deadline.text + "; " + item.responsible_text);
  }
  return join(all, " | ");
}

const std::string plan = "[Документы] | 1.1 Слёт; май 2024; Директор | 1.2 Сбор; июнь 2024; Директор";

std::string ods(const std::string& rows) {
  opc::PackageWriter writer;
  writer.add("content.xml",
             "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>"
             "<office:spreadsheet><table:table table:name=\"План\">" +
                 rows + "</table:table></office:spreadsheet></office:body></office:document-content>");
  return writer.finish();
}

std::string ods_cell(const std::string& text, const std::string& attributes = "") {
  return "<table:table-cell " + attributes + "><text:p>" + text + "</text:p></table:table-cell>";
}

std::string xlsx(const std::string& sheet, const std::string& styles = "<styleSheet/>") {
  opc::PackageWriter book;
  book.add("xl/workbook.xml",
           "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Тайна\" state=\"hidden\" r:id=\"r9\"/><sheet name=\"План\" "
           "r:id=\"r1\"/></sheets></workbook>");
  book.add("xl/_rels/workbook.xml.rels",
           "<Relationships><Relationship Id=\"r9\" Type=\"x/worksheet\" Target=\"none.xml\"/><Relationship Id=\"r1\" "
           "Type=\"x/worksheet\" Target=\"sheet.xml\"/><Relationship Id=\"r2\" Type=\"x/styles\" "
           "Target=\"styles.xml\"/></Relationships>");
  book.add("xl/styles.xml", styles);
  book.add("xl/sheet.xml", "<worksheet>" + sheet + "</worksheet>");
  return book.finish();
}

std::string xlsx_cell(const std::string& at, const std::string& text) {
  return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

}  // namespace

TEST_CASE("an HTML page is read with cells merged both ways, headings and entities") {
  const ReadResult result = read_roadmap_bytes(
      "<!DOCTYPE html><html><head><title>x</title><style>td{}</style></head><body><h1>План на 2024&nbsp;год</h1>"
      "<table><tr><th>№<th>Мероприятия<th>Сроки<th>Ответственные</tr><tr><td colspan=4><b>Документы</b></td></tr>"
      "<tr><td>1.1<td>Слёт<td>май<br>2024<td rowspan=\"2\">Директор</tr><tr><td>1.2<td>Сбор<td>июнь 2024</tr></table>"
      "<script>alert()</script></body></html>",
      "план.html");
  CHECK(items(result) == plan);
  CHECK(result.roadmap.title == "План на 2024 год");
}

TEST_CASE("a page in windows-1251 is read by the encoding it names") {
  const ReadResult result = read_roadmap_bytes(
      "<html><head><meta charset=\"windows-1251\"></head><body><table><tr><td>\xB9</td><td>"
      "\xCC\xE5\xF0\xEE\xEF\xF0\xE8\xFF\xF2\xE8\xFF</td><td>\xD1\xF0\xEE\xEA\xE8</td></tr><tr><td>1</td><td>"
      "\xD1\xEB\xB8\xF2</td><td>2024</td></tr></table></body></html>",
      "план.html");
  CHECK(items(result) == "1 Слёт; 2024; ");
}

TEST_CASE("CSV is read with any sign between the cells, quotes and line ends inside cells") {
  CHECK(items(read_plan("План на 2024 год;;;\n№;Мероприятия;Сроки;Ответственные\n;Документы;;\n1.1;\"Слёт\";\"май\n"
                        "2024\";Директор\n1.2;Сбор;июнь 2024;Директор\n")) == plan);
  CHECK(items(read_plan("№,Мероприятия,Сроки,Ответственные\n1,\"Слёт \"\"Лес\"\", сбор\",май 2024,Директор\n")) ==
        "1 Слёт \"Лес\", сбор; май 2024; Директор");
  CHECK(items(read_plan("№\tМероприятия\tСроки\tОтветственные\n1\t\"Слёт\nвесенний\"\tмай 2024\tДиректор\n")) ==
        "1 Слёт весенний; май 2024; Директор");
  CHECK(items(read_plan("| № | Мероприятия | Сроки | Ответственные |\n|---|:-:|---|---|\n| 1 | Слёт | май 2024 | "
                        "Директор |\n")) == "1 Слёт; май 2024; Директор");
}

TEST_CASE("text in the encodings of old offices is read as Russian") {
  const std::string head = "№;Мероприятия;Сроки\n";
  // «Слёт весной» in windows-1251 and KOI8-R.
  CHECK(items(read_roadmap_bytes("N;\xCC\xE5\xF0\xEE\xEF\xF0\xE8\xFF\xF2\xE8\xFF;\xD1\xF0\xEE\xEA\xE8\n1;\xD1\xEB\xB8"
                                 "\xF2 \xE2\xE5\xF1\xED\xEE\xE9;2024\n",
                                 "план.csv")) == "1 Слёт весной; 2024; ");
  CHECK(items(read_roadmap_bytes("N;\xED\xC5\xD2\xCF\xD0\xD2\xC9\xD1\xD4\xC9\xD1;\xF3\xD2\xCF\xCB\xC9\n1;\xF3\xCC\xA3"
                                 "\xD4 \xD7\xC5\xD3\xCE\xCF\xCA;2024\n",
                                 "план.csv")) == "1 Слёт весной; 2024; ");
  std::string wide = "\xFF\xFE";
  for (const char32_t c : to_u32(head + "1;Слёт;2024\n")) {
    wide += static_cast<char>(c & 0xFF);
    wide += static_cast<char>(c >> 8);
  }
  CHECK(items(read_roadmap_bytes(wide, "план.csv")) == "1 Слёт; 2024; ");
}

TEST_CASE("an OpenDocument spreadsheet is read with merged cells, repeated ones and a million empty rows") {
  const ReadResult result = read_roadmap_bytes(
      ods("<table:table-row>" + ods_cell("План на 2024 год", "table:number-columns-spanned=\"4\"") +
          "</table:table-row><table:table-row>" + ods_cell("№") + ods_cell("Мероприятия") + ods_cell("Сроки") +
          ods_cell("Ответственные") + "</table:table-row><table:table-row>" +
          ods_cell("Документы", "table:number-columns-spanned=\"4\"") +
          "<table:covered-table-cell table:number-columns-repeated=\"3\"/></table:table-row><table:table-row>" +
          ods_cell("1.1") + ods_cell("Слёт") + ods_cell("май 2024") +
          ods_cell("Директор", "table:number-rows-spanned=\"2\"") + "</table:table-row><table:table-row>" +
          ods_cell("1.2") + ods_cell("Сбор") + ods_cell("июнь 2024") +
          "<table:covered-table-cell/></table:table-row><table:table-row "
          "table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/>"
          "</table:table-row>"),
      "план.ods");
  CHECK(items(result) == plan);
  CHECK(result.roadmap.title == "План на 2024 год");
}

TEST_CASE("a workbook is read with its merged cells, dates as Excel shows them, hidden rows and sheets told") {
  const std::string styles =
      "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"mmmm\\ yyyy\"/></numFmts><fonts><font/></fonts>"
      "<cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"14\" fontId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\"/>"
      "<xf numFmtId=\"2\" fontId=\"0\"/></cellXfs></styleSheet>";
  const ReadResult result = read_roadmap_bytes(
      xlsx("<sheetData><row r=\"1\">" + xlsx_cell("B1", "План на 2024 год") + "</row><row r=\"3\">" +
               xlsx_cell("B3", "№") + xlsx_cell("C3", "Мероприятия") + xlsx_cell("D3", "Сроки") +
               xlsx_cell("E3", "Ответственные") + "</row><row r=\"4\">" + xlsx_cell("B4", "Документы") +
               "</row><row r=\"5\"><c r=\"B5\" s=\"3\"><v>1.1000000000000001</v></c>" + xlsx_cell("C5", "Слёт") +
               "<c r=\"D5\" s=\"2\"><v>45413</v></c>" + xlsx_cell("E5", "Директор") +
               "</row><row r=\"6\" hidden=\"1\"><c r=\"B6\"><v>1.2</v></c>" + xlsx_cell("C6", "Сбор") +
               "<c r=\"D6\" s=\"1\"><v>45458</v></c></row></sheetData><mergeCells><mergeCell ref=\"B1:F1\"/><mergeCell "
               "ref=\"B4:E4\"/><mergeCell ref=\"E5:E6\"/></mergeCells>",
           styles),
      "план.xlsx");
  CHECK(items(result) == "[Документы] | 1.10 Слёт; май 2024; Директор | 1.2 Сбор; 15.06.2024; Директор");
  CHECK(result.roadmap.title == "План на 2024 год");
  CHECK(result.roadmap.sections[0].items[1].where.place == "лист «План», ячейка B6");
  CHECK(told(result, "rows-hidden") == "0:0 На листе «План» скрыты строки (1); они прочитаны вместе с остальными.");
  CHECK(told(result, "sheet-hidden") == "0:0 Лист «Тайна» скрыт; он не прочитан.");
}
