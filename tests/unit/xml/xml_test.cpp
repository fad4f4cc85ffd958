#include <doctest/doctest.h>

#include "base/error.h"
#include "xml/xml.h"

using namespace vekha;
using xml::Document;

namespace {
std::string message_of(std::string_view source) {
  try {
    Document::parse(source, "файл.xml");
  } catch (const Error& error) {
    return error.message();
  }
  return {};
}
}  // namespace

TEST_CASE("what was read is written as it was, white space included") {
  const std::string body = R"(<a x="1 &amp; 2"> <b/> текст &lt;!<c> </c></a>)";
  CHECK(Document::parse(body).root().to_string() == body);
}

TEST_CASE("an element knows its line and column") {
  const Document document = Document::parse("<a>\n  <б:в/>\n</a>", "план.xml");
  const Where where = document.where(document.root().child("в"));
  CHECK(where.line == 2);
  CHECK(where.column == 3);
  CHECK(where.file == "план.xml");
}

TEST_CASE("children are found by local name or by the name as written") {
  const Document document = Document::parse("<a><w:p>1</w:p><m:p>2</m:p></a>");
  CHECK(document.root().children("p").size() == 2);
  CHECK(document.root().child("m:p").text() == "2");
  CHECK(document.root().descendants("w:p").size() == 1);
  CHECK_FALSE(document.root().child("q").child("r"));
}

TEST_CASE("a fault in XML is told in one sentence with its place") {
  CHECK(message_of("<a>\n<b></a>") == "Это не XML: закрывающий тег не подходит к открывающему (строка 2, столбец 6).");
  CHECK(message_of("") == "Это не XML: в файле нет ни одного элемента (строка 1, столбец 1).");
  CHECK(message_of("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>") ==
        "Это не XML: объявления DOCTYPE в таких файлах не допускаются (строка 1, столбец 1).");
}

TEST_CASE("nesting beyond all reason is refused") {
  std::string deep;
  for (int i = 0; i < 5000; ++i)
    deep += "<a>";
  for (int i = 0; i < 5000; ++i)
    deep += "</a>";
  CHECK(message_of(deep) == "Это не XML: вложенность глубже 2000 уровней (строка 1, столбец 1).");
}

TEST_CASE("a moved node keeps its handle") {
  Document document = Document::parse("<a><b>1</b><c/><d/></a>");
  xml::Node root = document.root();
  const xml::Node b = root.child("b");
  root.child("c").append_moved(b);
  CHECK(root.to_string() == "<a><c><b>1</b></c><d/></a>");
  root.insert_moved_after(b, root.child("d"));
  CHECK(root.to_string() == "<a><c/><d/><b>1</b></a>");
  root.insert_moved_before(b, root.child("c"));
  CHECK(root.to_string() == "<a><b>1</b><c/><d/></a>");
  CHECK(b.parent() == root);
}

TEST_CASE("escaping leaves no markup and no character XML cannot hold") {
  CHECK(xml::escape_text("a<b>&\x01\"") == "a&lt;b&gt;&amp;\"");
  CHECK(xml::escape_attribute("«\"»\n") == "«&quot;»&#10;");
}
