#include <doctest/doctest.h>

#include "opc/package.h"
#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

std::string paragraph(const std::string& text, const std::string& run = "", const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:rPr>" + run + "</w:rPr><w:t>" + text + "</w:t></w:r></w:p>";
}
std::string cell(const std::string& inner, const std::string& properties = "") {
  return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + (inner.starts_with("<") ? inner : paragraph(inner)) + "</w:tc>";
}
std::string row(const std::vector<std::string>& cells) {
  std::string out = "<w:tr>";
  for (const std::string& one : cells)
    out += one.starts_with("<w:tc>") ? one : cell(one);
  return out + "</w:tr>";
}

const std::string head = row({"№", "Мероприятия", "Сроки", "Ответственные"});

ReadResult read_docx_body(const std::string& body, const std::string& numbering = "") {
  opc::PackageWriter writer;
  writer.add("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
  writer.add("_rels/.rels",
             "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
             "Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
             "Target=\"word/document.xml\"/></Relationships>");
  const std::string space = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
  writer.add("word/document.xml", "<w:document" + space + "><w:body>" + body + "</w:body></w:document>");
  if (!numbering.empty()) writer.add("word/numbering.xml", "<w:numbering" + space + ">" + numbering + "</w:numbering>");
  return read_roadmap_bytes(writer.finish(), "план.docx");
}

}  // namespace

TEST_CASE("a Word plan is read with its title, bands over all columns and cells of several paragraphs") {
  const ReadResult result =
      read_docx_body(paragraph("Дорожная карта", "<w:b/>") + paragraph("слётов на 2024 год", "<w:b/>") + "<w:tbl>" +
                     head + row({cell("1. Документы", "<w:gridSpan w:val=\"4\"/>")}) +
                     row({"1.1", "Слёт", "май 2024", cell(paragraph("Директор") + paragraph("Тьюторы"))}) +
                     row({"1.2", "Сбор", "июнь 2024", "Методисты"}) + "</w:tbl>");
  CHECK(result.roadmap.title == "Дорожная карта слётов на 2024 год");
  CHECK(numbers(result) == "1.1, 1.2");
  CHECK(result.roadmap.sections[0].title == "Документы");
  CHECK(result.roadmap.sections[0].items[0].responsible.size() == 2);
  CHECK(result.roadmap.sections[0].items[0].where.place == "таблица 1, строка 3, графа 1");
  CHECK(result.diagnostics.empty());
}

TEST_CASE("a cell merged downwards belongs to every row it covers") {
  const ReadResult result =
      read_docx_body(paragraph("План на 2024 год") + "<w:tbl>" + head +
                     row({"1.", "Слёт", "май 2024", cell("Директор", "<w:vMerge w:val=\"restart\"/>")}) +
                     row({"2.", "Сбор", "май 2024", cell(paragraph(""), "<w:vMerge/>")}) + "</w:tbl>");
  CHECK(result.roadmap.sections[0].items[1].responsible_text == "Директор");
}

TEST_CASE("numbers that Word counts by itself are the numbers of the items") {
  const std::string numbering =
      "<w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
      "<w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
      "<w:lvlText w:val=\"%1.%2.\"/></w:lvl></w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId "
      "w:val=\"7\"/></w:num>";
  const auto counted = [](int level) {
    return cell(paragraph(
        "", "", "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"3\"/></w:numPr>"));
  };
  const ReadResult result = read_docx_body(
      paragraph("План на 2024 год") + "<w:tbl>" + head +
          row({cell(paragraph("Слёты", "", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr>"),
                    "<w:gridSpan w:val=\"4\"/>")}) +
          row({counted(1), "Слёт", "май 2024", "Директор"}) + row({counted(1), "Сбор", "май 2024", "Директор"}) +
          "</w:tbl>",
      numbering);
  CHECK(numbers(result) == "1.1, 1.2");
  CHECK(result.roadmap.sections[0].number == "1");
  CHECK(result.roadmap.sections[0].title == "Слёты");
}

TEST_CASE("deleted and hidden text is left out, inserted text and line breaks are read") {
  const ReadResult result = read_docx_body(
      paragraph("План на 2024 год") + "<w:tbl>" + head +
      row({"1.",
           cell("<w:p><w:del><w:r><w:delText>Старый</w:delText></w:r></w:del><w:ins><w:r><w:t>Новый</w:t></w:r></w:ins>"
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайный</w:t></w:r><w:r><w:t xml:space=\"preserve\"> "
                "слёт</w:t></w:r></w:p>"),
           cell("<w:p><w:r><w:t>2024</w:t><w:br/><w:t>1 раз в квартал</w:t></w:r></w:p>"), "Директор"}) +
      "</w:tbl>");
  CHECK(result.roadmap.sections[0].items[0].title == "Новый слёт");
  CHECK(result.roadmap.sections[0].items[0].deadline.occurrences.size() == 4);
}
