// Any bytes as the main part of a Word template: compiled, checked against data, filled and, when filled, read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "documents/template.h"
#include "xml/xml.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace vekha;
  static const Value values =
      Map{{"x", "а\n\nб<&"},
          {"n", 5},
          {"yes", true},
          {"date", "2022-12-09"},
          {"person", Map{{"name", "Иванова Анна Сергеевна"}, {"gender", "female"}}},
          {"items", List{Map{{"x", 1}, {"list", List{1, 2}}}, Map{{"x", "а"}, {"list", List{3}}}}},
          {"none", List{}},
          {"$optional", List{"maybe"}}};
  const std::string_view relations = "<Relationships xmlns=\"r\">";
  opc::PackageWriter writer(opc::Compression::fast);
  writer.add("[Content_Types].xml",
             "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/"
             "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>");
  writer.add("_rels/.rels", std::string(relations) +
                                "<Relationship Id=\"a\" Type=\"x/officeDocument\" "
                                "Target=\"word/document.xml\"/></Relationships>");
  writer.add("word/document.xml", std::string_view(reinterpret_cast<const char*>(data), size));
  writer.add("word/_rels/document.xml.rels",
             std::string(relations) +
                 "<Relationship Id=\"rId1\" Type=\"x/hyperlink\" Target=\"https://{{x}}\" "
                 "TargetMode=\"External\"/></Relationships>");
  try {
    const auto compiled = documents::Template::compile(writer.finish(), "шаблон.docx");
    documents::fields(compiled);
    documents::check_data(compiled, values);
    const documents::Filled filled = documents::fill(compiled, values);
    if (filled.bytes.empty()) return 0;
    const opc::Package package = opc::Package::read(filled.bytes, "готовый.docx");
    xml::Document::parse(package.content(*package.find("word/document.xml")));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::internal) std::abort();
  }
  return 0;
}
