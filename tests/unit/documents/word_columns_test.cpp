#include <doctest/doctest.h>

#include "base/text.h"
#include "word_fixture.h"

using namespace vekha;
using namespace vekha::word_fixture;

namespace {

std::string cell(const std::string& text, int width, int span = 1) {
  return "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/>" +
         (span > 1 ? "<w:gridSpan w:val=\"" + std::to_string(span) + "\"/>" : std::string()) + "</w:tcPr>" + p(text) +
         "</w:tc>";
}
std::string tr(const std::string& cells) { return "<w:tr>" + cells + "</w:tr>"; }
std::string grid_table(const std::string& rows) {
  return "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"6000\"/></w:tblGrid>" + rows +
         "</w:tbl>" + p("");
}

constexpr const char* plan =
    R"({"months":["янв","фев","мар"],"items":[{"name":"А","done":[1,null,3]},{"name":"Б","done":[null,2,null]}]})";

}  // namespace

TEST_CASE("the word «столбец» repeats columns; grid and widths follow, the table keeps its width") {
  const std::string body =
      grid_table(tr(cell("Имя", 2000) + cell("{{#months столбец}}{{.}}{{/months}}", 6000)) +
                 tr(cell("{{#items}}{{name}}", 2000) + cell("{{#done столбец}}{{.}}{{/done}}{{/items}}", 6000)));
  CHECK(filled_text(body, plan) == "[Имя|янв|фев|мар]\n[А|1||3]\n[Б||2|]\n\n");
  const std::string xml = filled(body, plan);
  CHECK(xml.find("<w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"2000\"/><w:gridCol "
                 "w:w=\"2000\"/></w:tblGrid>") != std::string::npos);
  CHECK(xml.find("w:w=\"6000\"") == std::string::npos);
}

TEST_CASE("a section of columns over several rows repeats the cells of all of them") {
  CHECK(filled_text(grid_table(tr(cell("Имя", 2000) + cell("{{#months столбец}}{{.}}", 6000)) +
                               tr(cell("№", 2000) + cell("{{@index}}{{/months}}", 6000)) +
                               tr(cell("итог", 2000) + cell("–", 6000))),
                    plan) == "[Имя|янв|фев|мар]\n[№|1|2|3]\n[итог|–|–|–]\n\n");
}

TEST_CASE("cells above the repeated columns and over more of the table grow wider") {
  const std::string xml = filled(grid_table(tr(cell("План", 8000, 2)) + tr(cell("", 2000) + cell("Месяцы", 6000)) +
                                            tr(cell("Имя", 2000) + cell("{{#months столбец}}{{.}}{{/months}}", 6000))),
                                 plan);
  CHECK(xml.find("<w:tcW w:w=\"8000\" w:type=\"dxa\"/><w:gridSpan w:val=\"4\"/>") != std::string::npos);
  CHECK(xml.find("<w:tcW w:w=\"6000\" w:type=\"dxa\"/><w:gridSpan w:val=\"3\"/>") != std::string::npos);
}

TEST_CASE("columns that would be too narrow take from the others") {
  const std::string xml =
      filled("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"7000\"/><w:gridCol w:w=\"1000\"/></w:tblGrid>" +
                 tr(cell("Имя", 7000) + cell("{{#months столбец}}{{.}}{{/months}}", 1000)) + "</w:tbl>" + p(""),
             R"({"months":[1,2,3,4,5]})");
  CHECK(xml.find("<w:gridCol w:w=\"6000\"/><w:gridCol w:w=\"400\"/>") != std::string::npos);
}

TEST_CASE("a row with another number of columns is told") {
  CHECK(
      data_faults_of(
          grid_table(tr(cell("Имя", 2000) + cell("{{#months столбец}}{{.}}{{/months}}", 6000)) +
                     tr(cell("{{#items}}{{name}}", 2000) + cell("{{#done столбец}}{{.}}{{/done}}{{/items}}", 6000))),
          R"({"months":[1,2],"items":[{"name":"А","done":[1]}]})") ==
      "columns-uneven (таблица 1, строка 2, графа 2, повтор 1): Тег «{{#done столбец}}»: Столбцов здесь 1, а в начале "
      "таблицы 2. Дайте каждой строке столько значений, сколько столбцов; пустое место – null.\n");
}

TEST_CASE("equal neighbours of a column are merged downwards") {
  const std::string body = table(row({"{{#items}}{{section | объединить}}", "{{name}}{{/items}}"})) + p("");
  const std::string xml =
      filled(body, R"({"items":[{"section":"I","name":"а"},{"section":"I","name":"б"},{"section":"II","name":"в"}]})");
  CHECK(xml.find("<w:vMerge w:val=\"restart\"/></w:tcPr>" + p("I")) != std::string::npos);
  CHECK(xml.find("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p></w:p></w:tc><w:tc>" + p("б")) != std::string::npos);
  CHECK(xml.find("<w:vMerge w:val=\"restart\"/></w:tcPr>" + p("II")) != std::string::npos);
}

TEST_CASE("cells that say the same are merged though a bookmark stands in the first only") {
  const std::string cell =
      "<w:tc><w:p><w:bookmarkStart w:id=\"1\" w:name=\"a\"/><w:r><w:t>{{#items}}{{section | "
      "объединить}}</w:t></w:r><w:bookmarkEnd w:id=\"1\"/></w:p></w:tc>";
  CHECK(filled(table("<w:tr>" + cell + "<w:tc>" + p("{{/items}}") + "</w:tc></w:tr>") + p(""),
               R"({"items":[{"section":"I"},{"section":"I"}]})")
            .find("<w:vMerge/>") != std::string::npos);
}

TEST_CASE("cells are merged neither over another table nor when they are empty") {
  const std::string body =
      p("{{#tables}}") + table(row({"{{#items}}{{section | объединить}}", "{{/items}}"})) + p("") + p("{{/tables}}");
  const std::string xml = filled(body, R"({"tables":[{"items":[{"section":"I"}]},{"items":[{"section":"I"}]},
      {"items":[{"section":""},{"section":""}]}]})");
  CHECK(xml.find("<w:vMerge/>") == std::string::npos);
}

TEST_CASE("a table tells that its list is empty") {
  const std::string body = table(row({"№", "Имя"}) + row({"{{#items}}{{n}}", "{{name}}{{/items}}"}) +
                                 row({"{{^items строка}}Мероприятий нет{{/items}}", ""})) +
                           p("");
  CHECK(filled_text(body, R"({"items":[]})") == "[№|Имя]\n[Мероприятий нет|]\n\n");
  CHECK(filled_text(body, R"({"items":[{"n":1,"name":"а"}]})") == "[№|Имя]\n[1|а]\n\n");
}

TEST_CASE("a section may open or close in a content control that does not hold all of it") {
  const auto control = [](const std::string& content) {
    return "<w:sdt><w:sdtPr><w:id w:val=\"5\"/></w:sdtPr><w:sdtContent>" + content + "</w:sdtContent></w:sdt>";
  };
  CHECK(filled_text(control(p("{{#items}}")) + p("{{name}}") + control(p("{{/items}}")), plan) == "А\nБ\n");
  CHECK(filled_text(p("{{#items}}") + control(p("{{name}}")) + p("{{/items}}"), plan) == "А\nБ\n");
  CHECK(filled_text("<w:p>" + control("<w:r><w:t>{{#items}}</w:t></w:r>") + "<w:r><w:t>{{name}};</w:t></w:r>" +
                        control("<w:r><w:t>{{/items}}</w:t></w:r>") + "</w:p>",
                    plan) == "А;Б;\n");
  CHECK(filled_text(table(control(row({"{{#items}}{{name}}", "{{/items}}"}))) + p(""), plan) == "[А|]\n[Б|]\n\n");
  CHECK(filled(p("{{#items}}") + control(p("{{name}}")) + p("{{/items}}") + p("б"), plan).find("w:id") ==
        std::string::npos);
}

TEST_CASE("an empty line in a value begins a new paragraph of the same look") {
  const std::string styled =
      "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{{x}}</w:t></w:r></w:p>";
  CHECK(filled(styled, R"({"x":"а\nб\n\nв"})") ==
        "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">а</w:t><w:br/>"
        "<w:t xml:space=\"preserve\">б</w:t></w:r></w:p><w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r><w:rPr><w:b/>"
        "</w:rPr><w:t xml:space=\"preserve\">в</w:t></w:r></w:p>");
}
