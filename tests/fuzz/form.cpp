// Any bytes as a sheet of an Excel form: compiled, filled and, when filled, read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "documents/form.h"
#include "xml/xml.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace vekha;
  static const Value values =
      Map{{"x", "=а"},
          {"n", 5},
          {"date", "2022-12-09"},
          {"items", List{Map{{"x", 1}, {"list", List{1, 2}}}, Map{{"x", 2}, {"list", List{3, 4}}}}},
          {"none", List{}}};
  const std::string_view relations = "<Relationships xmlns=\"r\">";
  opc::PackageWriter writer(opc::Compression::fast);
  writer.add("[Content_Types].xml",
             "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
             "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
  writer.add("_rels/.rels", std::string(relations) +
                                "<Relationship Id=\"a\" Type=\"x/officeDocument\" "
                                "Target=\"xl/workbook.xml\"/></Relationships>");
  writer.add("xl/workbook.xml",
             "<workbook><sheets><sheet name=\"Лист\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>");
  writer.add("xl/_rels/workbook.xml.rels", std::string(relations) +
                                               "<Relationship Id=\"a\" Type=\"x/worksheet\" "
                                               "Target=\"worksheets/sheet1.xml\"/></Relationships>");
  writer.add("xl/worksheets/sheet1.xml", std::string_view(reinterpret_cast<const char*>(data), size));
  try {
    const auto compiled = documents::Form::compile(writer.finish(), "форма.xlsx");
    documents::fields(compiled);
    const documents::Filled filled = documents::fill(compiled, values);
    if (filled.bytes.empty()) return 0;
    const opc::Package package = opc::Package::read(filled.bytes, "готово.xlsx");
    xml::Document::parse(package.content(*package.find("xl/worksheets/sheet1.xml")));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::internal) std::abort();
  }
  return 0;
}
