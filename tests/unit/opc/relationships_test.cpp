#include "opc/relationships.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace vekha;
using opc::Package;

namespace {

Package package_with(const std::string& relationships) {
  opc::PackageWriter writer;
  writer.add("[Content_Types].xml", R"(<Types><Default Extension="xml" ContentType="application/xml"/>)"
                                    R"(<Override PartName="/word/Document.xml" ContentType="main"/></Types>)");
  writer.add("word/document.xml", "<a/>");
  writer.add("word/_rels/document.xml.rels", "<Relationships>" + relationships + "</Relationships>");
  return Package::read(writer.finish(), "файл.docx");
}

}  // namespace

TEST_CASE("targets of relationships are names of parts") {
  const Package package = package_with(
      R"(<Relationship Id="rId1" Type="http://x/relationships/header" Target="header1.xml"/>)"
      R"(<Relationship Id="rId2" Type="http://x/relationships/image" Target="/media/i.png"/>)"
      R"(<Relationship Id="rId3" Type="http://x/relationships/customXml" Target="../customXml/./item1.xml"/>)"
      R"(<Relationship Id="rId4" Type="http://x/hyperlink" Target="https://a/../b" TargetMode="External"/>)");
  const auto all = opc::relationships_of(package, "word/document.xml");
  REQUIRE(all.size() == 4);
  CHECK(all[0].kind() == "header");
  CHECK(all[0].target == "word/header1.xml");
  CHECK(all[1].target == "media/i.png");
  CHECK(all[2].target == "customXml/item1.xml");
  CHECK(all[3].target == "https://a/../b");
  CHECK(all[3].mode == opc::TargetMode::external);
  CHECK(opc::relationships_of(package, "word/header1.xml").empty());
}

TEST_CASE("a relationship that leads outside is refused") {
  const Package package = package_with(R"(<Relationship Id="rId1" Type="t" Target="../../etc"/>)");
  CHECK_THROWS_WITH_AS(opc::relationships_of(package, "word/document.xml"),
                       "Файл «файл.docx» не читается: связь в части «word/_rels/document.xml.rels» ведёт наружу. Так "
                       "устроены файлы, которые должны навредить: не открывайте его.",
                       Error);
}

TEST_CASE("a content type stands with the part or with its extension") {
  const opc::ContentTypes types = opc::ContentTypes::of(package_with(""));
  CHECK(types.type_of("word/document.xml") == "main");
  CHECK(types.type_of("word/header1.XML") == "application/xml");
  CHECK(types.type_of("media/i.png") == "");
}

TEST_CASE("an archive without content types is no Office file") {
  opc::PackageWriter writer;
  writer.add("a.txt", "1");
  const Package package = Package::read(writer.finish(), "архив.docx");
  CHECK_THROWS_WITH_AS(opc::ContentTypes::of(package),
                       "Файл «архив.docx» не читается: это архив, но не документ Word или Excel. Проверьте, тот ли это "
                       "файл.",
                       Error);
}
