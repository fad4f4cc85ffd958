// Pictures, QR codes, links, checkboxes, charts and lists: what a document gets besides text.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "opc/package.h"
#include "word_fixture.h"

using namespace vekha;
using namespace vekha::word_fixture;
using documents::fill;
using documents::Template;

namespace {

// A red dot of 2 by 1.
constexpr const char* dot =
    "data:image/"
    "png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4z8AAAAMBAQCc479ZAAAAAElFTkSuQmCC";

std::string picture(const std::string& description) {
  return "<w:p><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"1000\" "
         "cy=\"1000\"/><wp:docPr id=\"1\" name=\"Рисунок\" descr=\"" +
         description +
         "\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData "
         "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic "
         "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"0\" "
         "name=\"а\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rId9\"/><a:stretch><a:fillRect/>"
         "</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"1000\" cy=\"1000\"/>"
         "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
         "</wp:inline></w:drawing></w:r></w:p>";
}

std::string made(const std::string& body, const std::string& json, const std::vector<Extra>& extras = {}) {
  const documents::Filled result = fill(Template::compile(word_file(body, extras), "шаблон.docx"), parse_json(json));
  CHECK(said(result.diagnostics) == "");
  return result.bytes;
}

size_t count_of(const std::string& text, const std::string& what) {
  size_t count = 0;
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size())
    ++count;
  return count;
}

}  // namespace

TEST_CASE("a picture of data takes the place of one whose description is a tag, in its frame and proportions") {
  const std::string bytes = made(picture("{{logo}}"), fmt::format(R"({{"logo":"{}"}})", dot));
  const std::string xml = part_of(bytes, "word/document.xml");
  CHECK(xml.find("<wp:extent cx=\"1000\" cy=\"500\"/>") != std::string::npos);
  CHECK(xml.find("<a:blip r:embed=\"rVk1\"/>") != std::string::npos);
  CHECK(xml.find("<a:ext cx=\"1000\" cy=\"500\"/>") != std::string::npos);
  CHECK(xml.find("descr=\"\"") != std::string::npos);
  CHECK(part_of(bytes, "word/_rels/document.xml.rels").find("Target=\"/word/media/vekha1.png\"") != std::string::npos);
  CHECK(part_of(bytes, "[Content_Types].xml").find("PartName=\"/word/media/vekha1.png\" ContentType=\"image/png\"") !=
        std::string::npos);
  CHECK(part_of(bytes, "word/media/vekha1.png").substr(1, 3) == "PNG");
}

TEST_CASE("each turn has its picture, the same picture is kept once, null leaves the place empty") {
  const std::string bytes = made(
      p("{{#items}}") + picture("{{x}}") + p("{{/items}}"),
      fmt::format(R"({{"items":[{{"x":"{0}"}},{{"x":{{"image":"{0}","description":"точка"}}}},{{"x":null}}]}})", dot));
  const std::string xml = part_of(bytes, "word/document.xml");
  CHECK(count_of(xml, "<w:drawing>") == 2);
  CHECK(count_of(xml, "descr=\"точка\"") == 1);
  CHECK(xml.find("id=\"2\"") != std::string::npos);
  CHECK(xml.find("id=\"3\"") != std::string::npos);
  const opc::Package package = opc::Package::read(bytes, "готовый.docx");
  CHECK(package.find("word/media/vekha1.png") != nullptr);
  CHECK(package.find("word/media/vekha2.png") == nullptr);
}

TEST_CASE("a QR code is drawn where the placeholder stands") {
  const std::string bytes = made(picture("{{site | qr}}"), R"({"site":"https://example.org/а"})");
  CHECK(part_of(bytes, "word/media/vekha1.png").substr(1, 3) == "PNG");
  CHECK(part_of(bytes, "word/document.xml").find("descr=\"https://example.org/а\"") != std::string::npos);
}

TEST_CASE("what is no picture is told, and so is a code that would not fit") {
  const auto faults = [](const std::string& tag, const Value& data) {
    return said(fill(Template::compile(word_file(picture(tag)), "шаблон.docx"), data).diagnostics);
  };
  CHECK(faults("{{x}}", Map{{"x", "собака"}}) ==
        "picture (абзац 1): Тег «{{x}}»: Значение – не рисунок. Рисунок (PNG, JPEG, GIF или BMP) передаётся в данных "
        "текстом base64, например «data:image/png;base64,iVBORw0…».\n");
  CHECK(faults("{{x | qr}}", Map{{"x", std::string(5000, 'a')}}) ==
        "picture (абзац 1): Тег «{{x | qr}}»: Текст слишком длинный для QR-кода. Сократите его: помещается около 1000 "
        "русских букв.\n");
}

TEST_CASE("a description with more than a tag stays a description") {
  CHECK(part_of(made(picture("Герб: {{name}}"), R"({"name":"«а» & \"б\""})"), "word/document.xml")
            .find("descr=\"Герб: «а» &amp; &quot;б&quot;\"") != std::string::npos);
}

TEST_CASE("the address of a link is filled, each turn with its own") {
  const std::string link = "<w:p><w:hyperlink r:id=\"rId10\"><w:r><w:t>{{name}}</w:t></w:r></w:hyperlink></w:p>";
  const std::string body = p("{{#items}}") + link + p("{{/items}}");
  const std::string bytes = made(body, R"({"items":[{"url":"a.ru/б \"?x=1&y","name":"1"},{"url":"b.ru","name":"2"}]})",
                                 {{"https://%7B%7Burl%7D%7D", "hyperlink", ""}});
  const std::string relations = part_of(bytes, "word/_rels/document.xml.rels");
  CHECK(relations.find("Target=\"https://a.ru/б%20%22?x=1&amp;y\" TargetMode=\"External\"") != std::string::npos);
  CHECK(relations.find("Target=\"https://b.ru\"") != std::string::npos);
  CHECK(part_of(bytes, "word/document.xml").find("r:id=\"rVk2\"") != std::string::npos);
  const documents::Filled bad = fill(Template::compile(word_file(link, {{"{{url}}", "hyperlink", ""}}), "шаблон.docx"),
                                     parse_json(R"j({"url":"javascript:alert(1)","name":""})j"));
  CHECK(said(bad.diagnostics) ==
        "link-address (абзац 1): Тег «{{url}}»: «javascript:alert(1)» – не адрес ссылки. Адрес начинается с https://, "
        "http://, mailto:, tel: или ftp://.\n");
}

TEST_CASE("a checkbox whose name is a tag is set from data") {
  const std::string box =
      "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"{{done}}\"/><w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState "
      "w14:val=\"2612\" w14:font=\"MS Gothic\"/><w14:uncheckedState w14:val=\"2610\" w14:font=\"MS "
      "Gothic\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt></w:p>";
  const std::string yes = filled(box, R"({"done":true})");
  CHECK(yes.find("<w14:checked w14:val=\"1\"/>") != std::string::npos);
  CHECK(yes.find("<w:t>☒</w:t>") != std::string::npos);
  CHECK(yes.find("{{") == std::string::npos);
  const std::string no = filled(box, R"({"done":null})");
  CHECK(no.find("<w14:checked w14:val=\"0\"/>") != std::string::npos);
  CHECK(no.find("<w:t>☐</w:t>") != std::string::npos);
  CHECK(filled_text(p("{{a | флажок}}{{b | флажок}}"), R"({"a":true,"b":false})") == "☒☐\n");
}

TEST_CASE("a chart whose description is a tag gets its data and a workbook with them") {
  const std::string chart =
      "<?xml version=\"1.0\"?><c:chartSpace "
      "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart>"
      "<c:plotArea><c:barChart><c:ser><c:idx val=\"0\"/><c:order val=\"0\"/><c:spPr/><c:cat/><c:val/></c:ser>"
      "</c:barChart></c:plotArea></c:chart></c:chartSpace>";
  const std::string body =
      "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"1\" cy=\"1\"/><wp:docPr id=\"1\" name=\"а\" "
      "descr=\"{{load}}\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData "
      "uri=\"u\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId10\"/>"
      "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
  const std::vector<Extra> extras = {{"word/charts/chart1.xml", "chart", chart}};
  const std::string bytes = made(
      body,
      R"({"load":{"title":"Нагрузка","categories":["янв","фев"],"series":[{"name":"А","values":[1,2.5]},{"name":"Б","values":[null,3]}]}})",
      extras);
  const opc::Package package = opc::Package::read(bytes, "готовый.docx");
  std::string xml, workbook;
  for (const opc::Part& part : package.parts()) {
    if (part.name.starts_with("word/charts/vekha")) xml = package.content(part);
    if (part.name.starts_with("word/embeddings/vekha")) workbook = package.content(part);
  }
  CHECK(count_of(xml, "<c:ser>") == 2);
  CHECK(xml.find("<c:f>'Данные'!$C$2:$C$3</c:f>") != std::string::npos);
  CHECK(xml.find("<c:pt idx=\"1\"><c:v>2.5</c:v></c:pt>") != std::string::npos);
  CHECK(xml.find("<c:externalData xmlns:r=") != std::string::npos);
  CHECK(part_of(workbook, "xl/worksheets/sheet1.xml").find("<c r=\"C3\"><v>3</v></c>") != std::string::npos);
  CHECK(
      said(fill(Template::compile(word_file(body, extras), "шаблон.docx"), parse_json(R"({"load":5})")).diagnostics) ==
      "chart (абзац 1): Тег «{{load}}»: Значение – не данные диаграммы: нужны списки «categories» и «series». Данные "
      "диаграммы: {\"categories\": [названия], \"series\": [{\"name\": название, \"values\": [числа или null]}]}.\n");
}

TEST_CASE("the word «заново» lets the lists within a section begin anew each turn") {
  const std::string numbering =
      "<w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/></w:lvl></w:abstractNum><w:num "
      "w:numId=\"4\"><w:abstractNumId w:val=\"3\"/></w:num>";
  const std::string styles =
      "<w:style w:type=\"paragraph\" w:styleId=\"пункт\"><w:name w:val=\"Пункт\"/><w:pPr><w:numPr><w:numId "
      "w:val=\"4\"/></w:numPr></w:pPr></w:style>";
  const std::string item =
      "<w:p><w:pPr><w:pStyle w:val=\"пункт\"/></w:pPr><w:r><w:t>{{#lines}}{{.}}{{/lines}}</w:t></w:r></w:p>";
  const std::string bytes = made(
      p("{{#sections заново}}") + item + item + p("{{/sections}}"), R"({"sections":[{"lines":["а"]},{"lines":["б"]}]})",
      {{"word/numbering.xml", "numbering", numbering}, {"word/styles.xml", "styles", styles}});
  const std::string xml = part_of(bytes, "word/document.xml");
  const std::string own = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{}\"/></w:numPr>";
  CHECK(count_of(xml, fmt::format(fmt::runtime(own), 5)) == 2);
  CHECK(count_of(xml, fmt::format(fmt::runtime(own), 6)) == 2);
  const std::string lists = part_of(bytes, "word/numbering.xml");
  CHECK(lists.find("<w:num w:numId=\"6\"><w:abstractNumId w:val=\"3\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride "
                   "w:val=\"1\"/></w:lvlOverride>") != std::string::npos);
}
