#include "word_fixture.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/json.h"
#include "opc/package.h"
#include "xml/xml.h"

namespace vekha::word_fixture {
namespace {

constexpr const char* namespaces =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
    "xmlns:v=\"urn:schemas-microsoft-com:vml\" "
    "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" "
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w14\"";
constexpr const char* section = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr>";
constexpr const char* office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string content_type(FileKind kind) {
  switch (kind) {
    case FileKind::document: return "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    case FileKind::dotx: return "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml";
    case FileKind::docm: return "application/vnd.ms-word.document.macroEnabled.main+xml";
    case FileKind::workbook: return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
  }
  return {};
}

bool is_link(const Extra& extra) { return extra.kind == "hyperlink"; }

std::string root_of(const std::string& kind) {
  if (kind == "header") return "w:hdr";
  if (kind == "footer") return "w:ftr";
  return "w:" + kind;
}

void append_text(xml::Node node, std::string& out) {
  for (const xml::Node& child : node.children()) {
    if (child.name() == "w:t")
      out += child.text();
    else if (child.name() == "w:br")
      out += "/";
    else if (child.name() == "w:tab")
      out += "\t";
    else if (child.name() != "w:pPr")
      append_text(child, out);
  }
}

void append_blocks(xml::Node node, std::string& out) {
  for (const xml::Node& child : node.children()) {
    if (child.name() == "w:p") {
      append_text(child, out);
      out += "\n";
    } else if (child.name() == "w:tbl") {
      append_blocks(child, out);
    } else if (child.name() == "w:tr") {
      out += "[";
      bool first = true;
      for (const xml::Node& cell : child.children("w:tc")) {
        std::string text;
        append_blocks(cell, text);
        if (!text.empty()) text.pop_back();
        for (char& c : text)
          if (c == '\n') c = '~';
        out += (first ? "" : "|") + text;
        first = false;
      }
      out += "]\n";
    } else if (child.is_element()) {
      append_blocks(child, out);
    }
  }
}

}  // namespace

std::string p(std::string_view text) {
  return fmt::format("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", text);
}

std::string table(std::string_view rows) { return fmt::format("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows); }

std::string row(const std::vector<std::string>& cells) {
  std::string out = "<w:tr>";
  for (const std::string& cell : cells)
    out += fmt::format("<w:tc>{}</w:tc>", cell.starts_with('<') ? cell : p(cell));
  return out + "</w:tr>";
}

std::string word_file(std::string_view body, const std::vector<Extra>& extras, FileKind kind) {
  std::string types = fmt::format(
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
      "ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{}\"/></Types>",
      content_type(kind));
  std::string package_relations =
      fmt::format("<Relationship Id=\"rId1\" Type=\"{}officeDocument\" Target=\"word/document.xml\"/>", office);
  std::string relations;
  for (size_t i = 0; i < extras.size(); ++i) {
    const bool of_package = extras[i].kind.ends_with("-properties");
    (of_package ? package_relations : relations) += fmt::format(
        "<Relationship Id=\"rId{}\" Type=\"{}{}\" Target=\"{}{}\"{}/>", i + 10, office, extras[i].kind,
        is_link(extras[i]) ? "" : "/", extras[i].name, is_link(extras[i]) ? " TargetMode=\"External\"" : "");
  }
  const auto relationships = [](const std::string& all) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + all +
           "</Relationships>";
  };
  const bool has_section = body.ends_with("</w:sectPr>");
  opc::PackageWriter writer;
  writer.add("[Content_Types].xml", types);
  writer.add("_rels/.rels", relationships(package_relations));
  writer.add("word/document.xml", fmt::format("<w:document {}><w:body>{}{}</w:body></w:document>", namespaces, body,
                                              has_section ? "" : section));
  writer.add("word/_rels/document.xml.rels", relationships(relations));
  for (const Extra& extra : extras)
    if (!is_link(extra))
      writer.add(extra.name, extra.content.starts_with("<?xml")
                                 ? extra.content
                                 : fmt::format("<{0} {1}>{2}</{0}>", root_of(extra.kind), namespaces, extra.content));
  return writer.finish();
}

std::string part_of(const std::string& bytes, const std::string& name) {
  const opc::Package package = opc::Package::read(bytes, "готовый.docx");
  const opc::Part* part = package.find(name);
  REQUIRE(part != nullptr);
  return package.content(*part);
}

std::vector<std::string>& made_documents() {
  static std::vector<std::string> documents;
  return documents;
}

std::string filled(std::string_view body, std::string_view json) {
  const documents::Template compiled = documents::Template::compile(word_file(body), "шаблон.docx");
  const documents::Filled result = documents::fill(compiled, parse_json(json));
  CHECK(said(result.diagnostics) == "");
  if (result.bytes.empty()) return {};
  std::string xml = part_of(result.bytes, "word/document.xml");
  made_documents().push_back(xml);
  xml.erase(0, xml.find("<w:body>") + 8);
  return xml.substr(0, xml.rfind("<w:sectPr>"));
}

std::string filled_text(std::string_view body, std::string_view json) {
  const std::string xml = fmt::format("<a {}>{}</a>", namespaces, filled(body, json));
  std::string out;
  append_blocks(xml::Document::parse(xml).root(), out);
  return out;
}

std::string said(const std::vector<Diagnostic>& diagnostics) {
  std::string all;
  for (const Diagnostic& one : diagnostics)
    all += fmt::format("{} ({}): {} {}\n", one.code, one.where.place, one.message, one.hint);
  return all;
}

std::string faults_of(std::string_view body) {
  return said(documents::Template::compile(word_file(body), "шаблон.docx").diagnostics());
}

std::string data_faults_of(std::string_view body, std::string_view json) {
  const documents::Template compiled = documents::Template::compile(word_file(body), "шаблон.docx");
  const documents::Filled result = documents::fill(compiled, parse_json(json));
  CHECK(result.bytes.empty() == has_errors(result.diagnostics));
  return said(result.diagnostics);
}

}  // namespace vekha::word_fixture
