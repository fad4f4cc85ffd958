// What a section repeats, by where it opens and closes.
#include <doctest/doctest.h>

#include "word_fixture.h"

using namespace vekha::word_fixture;

namespace {

const char* const people =
    R"({"items":[{"n":1,"name":"Первый"},{"n":2,"name":"Второй"}],"none":[],"yes":true,"no":false})";

std::string count_of(const std::string& text, const std::string& what) {
  size_t count = 0;
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size())
    ++count;
  return std::to_string(count);
}

}  // namespace

TEST_CASE("in one paragraph a section repeats text") {
  CHECK(filled_text(p("Список: {{#items}}{{n}} {{name}}{{^@last}}, {{/@last}}{{/items}}."), people) ==
        "Список: 1 Первый, 2 Второй.\n");
}

TEST_CASE("text cut into runs is repeated with its runs") {
  CHECK(filled("<w:p><w:r><w:t>а "
               "{{#items}}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{{n}}</w:t></w:r><w:r><w:t>;{{/items}} б"
               "</w:t></w:r></w:p>",
               people) ==
        "<w:p><w:r><w:t xml:space=\"preserve\">а </w:t></w:r>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">1</w:t></w:r><w:r><w:t "
        "xml:space=\"preserve\">;</w:t></w:r>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">2</w:t></w:r><w:r><w:t "
        "xml:space=\"preserve\">;</w:t></w:r>"
        "<w:r><w:t xml:space=\"preserve\"> б</w:t></w:r></w:p>");
}

TEST_CASE("text may be repeated across a hyperlink, which is cut in two") {
  CHECK(filled_text(
            "<w:p><w:r><w:t>{{#items}}{{n}}</w:t></w:r><w:hyperlink r:id=\"rId9\"><w:r><w:t>в{{/items}}г</w:t></w:r>"
            "</w:hyperlink></w:p>",
            people) == "1в2вг\n");
}

TEST_CASE("in cells of one row a section repeats the row") {
  CHECK(filled_text(table(row({"№", "Имя"}) + row({"{{#items}}{{n}}", "{{name}}{{/items}}"})) + p("конец"), people) ==
        "[№|Имя]\n[1|Первый]\n[2|Второй]\nконец\n");
}

TEST_CASE("tag rows around other rows disappear and repeat what is between") {
  CHECK(filled_text(table(row({"{{#items}}", ""}) + row({"{{n}}", "а"}) + row({"{{name}}", "б"}) +
                          row({"", "{{/items}}"}) + row({"итог", ""})),
                    people) == "[1|а]\n[Первый|б]\n[2|а]\n[Второй|б]\n[итог|]\n\n");
}

TEST_CASE("rows with other text repeat too") {
  CHECK(filled_text(table(row({"{{#items}}{{n}}"}) + row({"{{name}}{{/items}}"})) + p(""), people) ==
        "[1]\n[Первый]\n[2]\n[Второй]\n\n");
}

TEST_CASE("an empty row whose section opens and closes in it stays a row") {
  CHECK(filled_text(table(row({"{{#items}}", "", "{{/items}}"})) + p("конец"), people) == "[||]\n[||]\nконец\n");
}

TEST_CASE("rows nest in rows") {
  CHECK(
      filled_text(
          table(row({"{{#sections}}", ""}) + row({"{{title}}", ""}) + row({"{{#items}}{{n}}", "{{name}}{{/items}}"}) +
                row({"{{/sections}}", ""})) +
              p(""),
          R"({"sections":[{"title":"I","items":[{"n":1,"name":"а"},{"n":2,"name":"б"}]},{"title":"II","items":[]}]})") ==
      "[I|]\n[1|а]\n[2|б]\n[II|]\n\n");
}

TEST_CASE("the word «строка» repeats the row though the section stands in one cell") {
  CHECK(filled_text(table(row({"{{#items строка}}{{n}}{{/items}}", "а"})) + p(""), people) == "[1|а]\n[2|а]\n\n");
}

TEST_CASE("between paragraphs a section repeats paragraphs and tables, and its own paragraphs disappear") {
  CHECK(filled_text(p("{{#items}}") + p("{{n}}.") + table(row({"{{name}}"})) + p("") + p("{{/items}}") + p("конец"),
                    people) == "1.\n[Первый]\n\n2.\n[Второй]\n\nконец\n");
}

TEST_CASE("paragraphs that hold more than the tag are repeated") {
  CHECK(filled_text(p("{{#items}}{{n}}") + p("{{name}}{{/items}}"), people) == "1\nПервый\n2\nВторой\n");
}

TEST_CASE("closing and opening may share a paragraph") {
  CHECK(filled_text(p("{{#yes}}") + p("да") + p("{{/yes}}{{^yes}}") + p("нет") + p("{{/yes}}"), people) == "да\n");
  CHECK(filled_text(p("{{#no}}") + p("да") + p("{{/no}}{{^no}}") + p("нет") + p("{{/no}}"), people) == "нет\n");
}

TEST_CASE("lines of a list become paragraphs of a cell") {
  const std::string cell = p("{{#lines}}") + p("{{.}}") + p("{{/lines}}");
  CHECK(filled_text(table(row({cell, "б"})) + p(""), R"({"lines":["раз","два"]})") == "[раз~два|б]\n\n");
}

TEST_CASE("a cell left without a paragraph gets an empty one in the style of the cell") {
  const std::string styled = "<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>{{.}}</w:t></w:r></w:p>";
  CHECK(filled(table(row({p("{{#none}}") + styled + p("{{/none}}")})) + p("конец"), people) ==
        table("<w:tr><w:tc><w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr></w:p></w:tc></w:tr>") + p("конец"));
  CHECK(
      filled(table(row({"{{#items}}", "{{n}}", "{{/items}}"})) + p("конец"), people).find("<w:tc><w:p></w:p></w:tc>") !=
      std::string::npos);
}

TEST_CASE("a cell that ends with a table gets a paragraph behind it") {
  const std::string cell = p("{{#items}}") + table(row({"{{n}}"})) + p("{{/items}}");
  const std::string xml = filled(table(row({cell})) + p(""), people);
  CHECK(xml.find("</w:tbl></w:tc>") == std::string::npos);
  CHECK(xml.find("</w:tbl><w:tbl>") == std::string::npos);
}

TEST_CASE("tables that would touch are kept apart by the paragraph that stood between them") {
  const std::string tag = "<w:p><w:pPr><w:spacing w:after=\"0\"/></w:pPr><w:r><w:t>{{#yes}}</w:t></w:r></w:p>";
  const std::string xml = filled(table(row({"1"})) + tag + table(row({"2"})) + p("{{/yes}}") + p("конец"), people);
  CHECK(xml ==
        table(row({"1"})) + "<w:p><w:pPr><w:spacing w:after=\"0\"/></w:pPr></w:p>" + table(row({"2"})) + p("конец"));
  CHECK(count_of(filled(p("{{#items}}") + table(row({"{{n}}"})) + p("{{/items}}") + p("конец"), people),
                 "</w:tbl><w:p></w:p><w:tbl>") == "1");
}

TEST_CASE("a body that ends with a table gets a paragraph") {
  CHECK(filled(p("{{#yes}}") + table(row({"1"})) + p("{{/yes}}"), people) == table(row({"1"})) + "<w:p></w:p>");
  CHECK(filled(p("{{#no}}") + p("1") + p("{{/no}}"), people) == "<w:p></w:p>");
}

TEST_CASE("a table without rows is left out") {
  CHECK(filled(p("а") + table(row({"{{#none}}", "{{/none}}"})) + p("б"), people) == p("а") + p("б"));
  CHECK(filled_text(p("а") + table(row({"№"}) + row({"{{#none}}{{n}}", "{{/none}}"})) + p("б"), people) ==
        "а\n[№]\nб\n");
}

TEST_CASE("a page section's properties survive in a paragraph that goes") {
  const std::string end =
      "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"1\" w:h=\"2\"/></w:sectPr></w:pPr><w:r><w:t>{{/items}}</w:t></w:r></w:p>";
  CHECK(filled(p("{{#items}}") + p("{{n}}") + end + p("конец"), people) ==
        p("1") + p("2") + "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"1\" w:h=\"2\"/></w:sectPr></w:pPr></w:p>" + p("конец"));
}

TEST_CASE("a paragraph with a page break or a picture besides its tag stays") {
  const std::string broken = "<w:p><w:r><w:t>{{#no}}</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r></w:p>";
  CHECK(filled(p("а") + broken + p("{{/no}}") + p("б"), people) == p("а") + p("б"));
  const std::string kept = "<w:p><w:r><w:t>{{#yes}}</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r></w:p>";
  CHECK(filled(kept + p("{{/yes}}") + p("б"), people).find("<w:br w:type=\"page\"/>") != std::string::npos);
}

TEST_CASE("a section over a map or a text makes it the context, zero counts as true") {
  CHECK(
      filled_text(p("{{#who}}{{name}}{{/who}}{{#text}}[{{.}}]{{/text}}{{#zero}}({{.}}){{/zero}}{{^zero}}нет{{/zero}}"),
                  R"({"who":{"name":"Анна"},"text":"да","zero":0})") == "Анна[да](0)\n");
}

TEST_CASE("bookmarks stand once however often what holds them is repeated") {
  const std::string marked =
      "<w:p><w:bookmarkStart w:id=\"7\" w:name=\"b\"/><w:r><w:t>{{n}}</w:t></w:r><w:bookmarkEnd w:id=\"7\"/></w:p>";
  const std::string xml = filled(p("{{#items}}") + marked + p("{{/items}}"), people);
  CHECK(count_of(xml, "<w:bookmarkStart") == "1");
  CHECK(count_of(xml, "<w:bookmarkEnd") == "1");
  CHECK(count_of(xml, "<w:p>") == "2");
}

TEST_CASE("bookmarks of a paragraph that disappears stay") {
  const std::string tag = "<w:p><w:bookmarkStart w:id=\"7\" w:name=\"b\"/><w:r><w:t>{{#yes}}</w:t></w:r></w:p>";
  const std::string xml =
      filled(tag + p("а") + "<w:p><w:r><w:t>{{/yes}}</w:t></w:r><w:bookmarkEnd w:id=\"7\"/></w:p>", people);
  CHECK(xml == "<w:bookmarkStart w:id=\"7\" w:name=\"b\"/>" + p("а") + "<w:bookmarkEnd w:id=\"7\"/>");
}

TEST_CASE("drawings that are repeated get numbers of their own, paragraphs lose theirs") {
  const std::string drawing =
      "<w:p w14:paraId=\"00000001\"><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" "
      "distR=\"0\"><wp:extent "
      "cx=\"1\" cy=\"1\"/><wp:docPr id=\"5\" name=\"{{n}}\"/></wp:inline></w:drawing></w:r></w:p>";
  const std::string xml = filled(p("{{#items}}") + drawing + p("{{/items}}") + p("а"), people);
  CHECK(xml.find("id=\"6\"") != std::string::npos);
  CHECK(xml.find("id=\"7\"") != std::string::npos);
  CHECK(xml.find("paraId") == std::string::npos);
  made_documents().pop_back();  // a drawing without a picture is good enough here, not for the schema
}
