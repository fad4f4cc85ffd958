#include <doctest/doctest.h>

#include <map>

#include "base/json.h"
#include "base/text.h"
#include "word_fixture.h"

using namespace vekha;
using namespace vekha::word_fixture;
using documents::fill;
using documents::Template;

namespace {

using Files = std::map<std::string, std::string>;

Template with_fragments(const std::string& file, const Files& files) {
  return Template::compile(file, "шаблон.docx", [&](const std::string& name) -> std::optional<std::string> {
    const auto found = files.find(name);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string body_of(const std::string& bytes) {
  std::string xml = part_of(bytes, "word/document.xml");
  made_documents().push_back(xml);
  xml.erase(0, xml.find("<w:body>") + 8);
  return xml.substr(0, xml.rfind("<w:sectPr>"));
}

std::string styles(const std::string& id, const std::string& name) {
  return "<w:style w:type=\"paragraph\" w:styleId=\"" + id + "\"><w:name w:val=\"" + name + "\"/></w:style>";
}

}  // namespace

TEST_CASE("a fragment stands where its tag stood, its tags see the data of the place") {
  const Template compiled = with_fragments(
      word_file(p("а") + "<w:p><w:r><w:t>{{&gt;</w:t></w:r><w:r><w:t>шапка}}</w:t></w:r></w:p>" + p("б")),
      {{"шапка", word_file(p("{{name}}") + table(row({"1", "{{place}}"})) + p("в"))}});
  const documents::Filled filled = fill(compiled, parse_json(R"({"name":"Центр","place":"п. Лесной"})"));
  CHECK(said(filled.diagnostics) == "");
  CHECK(body_of(filled.bytes) == p("а") + p("Центр") + table(row({"1", "п. Лесной"})) + p("в") + p("б"));
}

TEST_CASE("a fragment of one paragraph may stand within a paragraph") {
  const Template compiled =
      with_fragments(word_file(p("перед {{&gt;имя}} после")), {{"имя", word_file(p("«{{name}}»"))}});
  CHECK(body_of(fill(compiled, parse_json(R"({"name":"Центр"})")).bytes) ==
        "<w:p><w:r><w:t xml:space=\"preserve\">перед </w:t></w:r><w:r><w:t xml:space=\"preserve\">«Центр»</w:t></w:r>"
        "<w:r><w:t xml:space=\"preserve\"> после</w:t></w:r></w:p>");
}

TEST_CASE("styles, lists and pictures of a fragment come with it under names that are free") {
  const std::string list =
      "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r>"
      "<w:pict r:id=\"rId12\"/></w:r></w:p>";
  const auto numbering = [](const std::string& kind) {
    return "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"" + kind +
           "\"/></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
  };
  const Template compiled =
      with_fragments(word_file(p("{{&gt;x}}"), {{"word/styles.xml", "styles", styles("a", "Текст")},
                                                {"word/numbering.xml", "numbering", numbering("singleLevel")},
                                                {"word/media/1.png", "image", "<?xml первая"}}),
                     {{"x", word_file(list, {{"word/styles.xml", "styles", styles("a", "Шапка")},
                                             {"word/numbering.xml", "numbering", numbering("multilevel")},
                                             {"word/media/1.png", "image", "<?xml вторая"}})}});
  const std::string bytes = fill(compiled, Value(Map{})).bytes;
  const std::string body = body_of(bytes);
  made_documents().pop_back();
  CHECK(body.find("<w:pStyle w:val=\"a1\"/>") != std::string::npos);
  CHECK(body.find("<w:numId w:val=\"2\"/>") != std::string::npos);
  CHECK(part_of(bytes, "word/styles.xml").find("w:styleId=\"a1\"><w:name w:val=\"Шапка\"/>") != std::string::npos);
  CHECK(part_of(bytes, "word/numbering.xml")
            .find("<w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"multilevel\"/></w:abstractNum>"
                  "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\">"
                  "<w:abstractNumId w:val=\"1\"/></w:num>") != std::string::npos);
  CHECK(part_of(bytes, "word/media/1v1.png") == "<?xml вторая");
  CHECK(part_of(bytes, "word/_rels/document.xml.rels").find("Target=\"/word/media/1v1.png\"") != std::string::npos);
}

TEST_CASE("a fragment may hold fragments, but not itself") {
  const Files files = {
      {"a", word_file(p("{{&gt;b}}"))}, {"b", word_file(p("внутри"))}, {"c", word_file(p("{{&gt;c}}"))}};
  CHECK(body_of(fill(with_fragments(word_file(p("{{&gt;a}}")), files), Value(Map{})).bytes) == p("внутри"));
  CHECK(said(with_fragments(word_file(p("{{&gt;c}}")), files).diagnostics()) ==
        "partial-missing (вставка «c», абзац 1): Вставка «{{>c}}» не поставлена: вставки вложены глубже 10. Положите "
        "файл «c.docx» в папку шаблона или в «вставки» рядом с ним и поставьте тег отдельным абзацем.\n");
}

TEST_CASE("faults within a fragment name it; the paragraphs of the template keep their numbers") {
  CHECK(said(with_fragments(word_file(p("{{&gt;a}}") + p("{{}}")), {{"a", word_file(p("1") + p("{{}}"))}})
                 .diagnostics()) ==
        "tag-empty (вставка «a», абзац 2): В теге «{{}}» нет имени. Впишите имя поля или уберите тег.\n"
        "tag-empty (абзац 1): В теге «{{}}» нет имени. Впишите имя поля или уберите тег.\n");
}
