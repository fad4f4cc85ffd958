#include "documents/annotate.h"

#include <doctest/doctest.h>

#include "word_fixture.h"

using namespace vekha;
using namespace vekha::word_fixture;

TEST_CASE("a copy of the template has a comment at every fault") {
  const std::string source =
      word_file(p("а") + table(row({"1", "{{}}"})) + p("{{#x}}"), {{"word/header1.xml", "header", p("{{}}")}});
  const std::string copy =
      documents::annotated(source, "шаблон.docx", documents::Template::compile(source, "шаблон.docx").diagnostics());
  const std::string xml = part_of(copy, "word/document.xml");
  CHECK(xml.find("<w:tc><w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t xml:space=\"preserve\">{{}}</w:t></w:r>"
                 "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p></w:tc>") !=
        std::string::npos);
  const std::string comments = part_of(copy, "word/comments.xml");
  CHECK(comments.find("В теге «{{}}» нет имени. Впишите имя поля или уберите тег.") != std::string::npos);
  CHECK(comments.find("(верхний колонтитул 1, абзац 1) В теге «{{}}» нет имени.") != std::string::npos);
  CHECK(comments.find("Раздел «{{#x}}» не закрыт.") != std::string::npos);
  CHECK(part_of(copy, "[Content_Types].xml").find("/word/comments.xml") != std::string::npos);
  made_documents().push_back(xml);
}

TEST_CASE("comments that stand in the template already stay") {
  const std::string source = word_file(
      p("{{}}"),
      {{"word/comments.xml", "comments", "<w:comment w:id=\"4\" w:author=\"а\">" + p("было") + "</w:comment>"}});
  const std::string comments = part_of(
      documents::annotated(source, "шаблон.docx", documents::Template::compile(source, "шаблон.docx").diagnostics()),
      "word/comments.xml");
  CHECK(comments.find("было") != std::string::npos);
  CHECK(comments.find("<w:comment w:id=\"5\" w:author=\"Веха\"") != std::string::npos);
}
