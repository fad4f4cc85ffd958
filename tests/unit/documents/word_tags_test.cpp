// Tags as Word really writes them: cut into runs by spelling, revisions, bookmarks and its own whims.
#include <doctest/doctest.h>

#include "word_fixture.h"

using namespace vekha::word_fixture;

namespace {
const std::string t = "<w:t xml:space=\"preserve\">";
}

TEST_CASE("a value takes the place of its tag and nothing else changes") {
  CHECK(
      filled("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>№ {{n}} от</w:t></w:r></w:p>",
             R"({"n":"18"})") ==
      "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr>" + t + "№ 18 от</w:t></w:r></w:p>");
}

TEST_CASE("a tag cut into runs takes the format of its first character") {
  CHECK(filled("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>от {{do</w:t></w:r><w:proofErr w:type=\"spellStart\"/>"
               "<w:r w:rsidR=\"00A1\"><w:rPr><w:i/></w:rPr><w:t>c.da</w:t></w:r><w:proofErr w:type=\"spellEnd\"/>"
               "<w:r><w:t>te}} г.</w:t></w:r></w:p>",
               R"({"doc":{"date":"9"}})") ==
        "<w:p><w:r><w:rPr><w:b/></w:rPr>" + t + "от 9</w:t></w:r><w:r>" + t + " г.</w:t></w:r></w:p>");
}

TEST_CASE("the two braces may stand in two runs, even each in its own") {
  CHECK(filled("<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{</w:t></w:r><w:r><w:t>x</w:t></w:r><w:r><w:t>}</w:t></w:r><w:r>"
               "<w:t>}</w:t></w:r></w:p>",
               R"({"x":"1"})") == "<w:p><w:r>" + t + "1</w:t></w:r></w:p>");
}

TEST_CASE("bookmarks, comment ranges, smart tags and insertions may stand within a tag") {
  CHECK(filled(
            "<w:p><w:r><w:t>{{do</w:t></w:r><w:bookmarkStart w:id=\"1\" w:name=\"b\"/><w:smartTag w:element=\"e\"><w:r>"
            "<w:t>c.</w:t></w:r></w:smartTag><w:bookmarkEnd w:id=\"1\"/><w:ins w:id=\"2\" w:author=\"a\"><w:r><w:t>n}}"
            "</w:t></w:r></w:ins></w:p>",
            R"({"doc":{"n":"1"}})") ==
        "<w:p><w:r>" + t +
            "1</w:t></w:r><w:bookmarkStart w:id=\"1\" w:name=\"b\"/><w:smartTag w:element=\"e\"/>"
            "<w:bookmarkEnd w:id=\"1\"/><w:ins w:id=\"2\" w:author=\"a\"/></w:p>");
}

TEST_CASE("a rendered page break, a tab or a line end within a tag is no part of it") {
  CHECK(filled_text(
            "<w:p><w:r><w:t>{{x</w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t xml:space=\"preserve\"> |</w:t><w:tab/>"
            "<w:t>или(“нет</w:t><w:noBreakHyphen/><w:t>нет”)</w:t><w:br/><w:t>}}</w:t></w:r></w:p>",
            R"({"x":null})") == "нет-нет\n");
}

TEST_CASE("several tags may share runs") {
  CHECK(
      filled_text("<w:p><w:r><w:t>{{a}}{{b</w:t></w:r><w:r><w:t>}}-{{c}}{</w:t></w:r><w:r><w:t>{d}}!</w:t></w:r></w:p>",
                  R"({"a":1,"b":2,"c":3,"d":4})") == "12-34!\n");
}

TEST_CASE("no-break spaces and curly quotes within a tag do not matter") {
  CHECK(filled_text(p("{{\u00A0x\u00A0|\u00A0или(“нет данных”)}}"), R"({"x":""})") == "нет данных\n");
}

TEST_CASE("deleted text of a revision holds no tags") {
  CHECK(
      filled(
          "<w:p><w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>{{old}}</w:delText></w:r></w:del><w:r><w:t>{{x}}</w:t>"
          "</w:r></w:p>",
          R"({"x":1})")
          .find("{{old}}") != std::string::npos);
}

TEST_CASE("line ends of a value become breaks, tabs become tabs") {
  CHECK(filled(p("{{x}}"), R"({"x":"а\nб\r\nв\tг"})") ==
        "<w:p><w:r>" + t + "а</w:t><w:br/>" + t + "б</w:t><w:br/>" + t + "в</w:t><w:tab/>" + t + "г</w:t></w:r></w:p>");
}

TEST_CASE("data never becomes markup or a tag") {
  CHECK(filled(p("{{x}}{{{x}}}{{&amp;x}}"), R"({"x":"<w:b/>&{{y}}"})") ==
        "<w:p><w:r>" + t + "&lt;w:b/&gt;&amp;{{y}}&lt;w:b/&gt;&amp;{{y}}&lt;w:b/&gt;&amp;{{y}}</w:t></w:r></w:p>");
}

TEST_CASE("what XML cannot hold is left out") {
  CHECK(filled(p("{{x}}"), R"({"x":"а\u0001\u000b\ufffe\uffffб\ufffd"})") ==
        "<w:p><w:r>" + t + "аб\uFFFD</w:t></w:r></w:p>");
}

TEST_CASE("characters that stand for tags inside of the engine are taken out of a template") {
  CHECK(filled_text(p("а&#1;0&#2;{{x}}"), R"({"x":1})") == "а01\n");
}

TEST_CASE("revision numbers of the editor are left out") {
  CHECK(filled("<w:p w:rsidR=\"00AB\" w:rsidRDefault=\"00CD\"><w:r w:rsidRPr=\"00EF\"><w:t>{{x}}</w:t></w:r></w:p>",
               R"({"x":1})") == "<w:p><w:r>" + t + "1</w:t></w:r></w:p>");
}

TEST_CASE("delimiters change for the rest of a part") {
  CHECK(filled_text(p("{{=&lt;% %&gt;=}}") + p("&lt;%x%&gt; {{x}}") + p("&lt;%={{ }}=%&gt;{{x}}"), R"({"x":1})") ==
        "1 {{x}}\n1\n");
}

TEST_CASE("a comment prints nothing, alone in its paragraph it takes the paragraph along") {
  CHECK(filled_text(p("{{! заметка }}") + p("а{{! б }}в"), "{}") == "ав\n");
}

TEST_CASE("tags in a hyperlink, a field's result, a content control and a text box are filled") {
  CHECK(
      filled_text(
          "<w:p><w:hyperlink r:id=\"rId1\"><w:r><w:t>{{x}}</w:t></w:r></w:hyperlink><w:fldSimple w:instr=\"DATE\"><w:r>"
          "<w:t>{{x}}</w:t></w:r></w:fldSimple><w:sdt><w:sdtContent><w:r><w:t>{{x}}</w:t></w:r></w:sdtContent>"
          "</w:sdt></w:p>",
          R"({"x":1})") == "111\n");
  CHECK(filled("<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + p("{{x}}") +
                   "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
               R"({"x":1})")
            .find(p("1")) != std::string::npos);
}
