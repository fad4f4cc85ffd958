// Templates put together at random (the same ones every time): whatever is not refused must give a document that Word
// opens.
#include <doctest/doctest.h>

#include <random>

#include "base/error.h"
#include "base/json.h"
#include "word_fixture.h"
#include "xml/xml.h"

using namespace vekha;
using namespace vekha::word_fixture;

namespace {

class RandomTemplate {
 public:
  explicit RandomTemplate(unsigned seed) : random_(seed) {}

  std::string blocks(int depth) {
    std::string out;
    for (unsigned i = 0; i < 1 + below(4); ++i) {
      switch (depth > 2 ? 0 : below(4)) {
        case 0: out += paragraph(text()); break;
        case 1: out += section(blocks(depth + 1), true); break;
        case 2: out += random_table(depth); break;
        default: out += paragraph(text() + section(text(), false) + text()); break;
      }
    }
    return out;
  }

 private:
  unsigned below(unsigned bound) { return static_cast<unsigned>(random_() % bound); }
  std::string name() { return std::vector<std::string>{"list", "none", "yes", "no", "map"}[below(5)]; }
  std::string text() { return std::vector<std::string>{"", "а", "{{x}}", "{{! б }}", "в {{x}} г"}[below(5)]; }

  std::string section(const std::string& inside, bool paragraphs) {
    const std::string x = name();
    const std::string open = (below(4) ? "{{#" : "{{^") + x + "}}";
    const std::string close = "{{/" + x + "}}";
    if (!paragraphs) return open + inside + close;
    return paragraph(open + (below(3) ? "" : text())) + inside + paragraph((below(3) ? "" : text()) + close);
  }

  std::string random_table(int depth) {
    std::string rows;
    for (unsigned i = 0; i < 1 + below(3); ++i) {
      std::vector<std::string> cells = {blocks(depth + 1), paragraph(text()), blocks(depth + 1)};
      for (std::string& cell : cells)
        if (!cell.ends_with("</w:p>")) cell += p("");
      const std::string x = name();
      switch (below(3)) {
        case 0:
          cells.front() = paragraph("{{#" + x + "}}" + text()) + cells.front();
          cells.back() += paragraph("{{/" + x + "}}");
          rows += row(cells);
          break;
        case 1: rows += row({paragraph("{{#" + x + "}}")}) + row(cells) + row({paragraph("{{/" + x + "}}")}); break;
        default: rows += row(cells); break;
      }
    }
    return table(rows) + (below(2) ? p("") : p("после"));
  }

  // A paragraph whose text is cut into runs anywhere between its characters.
  std::string paragraph(const std::string& content) {
    std::string out = "<w:p>";
    std::string piece;
    const auto flush = [&] {
      if (!piece.empty()) out += "<w:r><w:t xml:space=\"preserve\">" + piece + "</w:t></w:r>";
      piece.clear();
    };
    for (const char c : content) {
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && below(5) == 0) flush();
      piece += c;
    }
    flush();
    return out + "</w:p>";
  }

  std::mt19937 random_;
};

void check_structure(xml::Node node) {
  std::string_view before;
  std::string_view last;
  bool has_row = false;
  for (const xml::Node& child : node.children()) {
    CHECK_FALSE((child.name() == "w:tbl" && before == "w:tbl"));
    before = last = child.name();
    has_row = has_row || child.name() == "w:tr";
    check_structure(child);
  }
  if (node.name() == "w:tc") CHECK(last == "w:p");
  if (node.name() == "w:tbl") CHECK(has_row);
  if (node.name() == "w:tr") CHECK(last == "w:tc");
}

}  // namespace

TEST_CASE("a document is whole whatever the template") {
  const Value data =
      parse_json(R"({"x":"1","list":[{"y":1},{"y":2},{"y":3}],"none":[],"yes":true,"no":false,"map":{"y":1}})");
  int made = 0;
  for (unsigned seed = 0; seed < 1500; ++seed) {
    const std::string body = RandomTemplate(seed).blocks(0);
    CAPTURE(seed);
    const documents::Template compiled = documents::Template::compile(word_file(body), "шаблон.docx");
    const documents::Filled filled_file = documents::fill(compiled, data, opc::Compression::fast);
    if (filled_file.bytes.empty()) {
      CHECK(has_errors(filled_file.diagnostics));
      continue;
    }
    ++made;
    const std::string document = part_of(filled_file.bytes, "word/document.xml");
    check_structure(xml::Document::parse(document).root());
    CHECK(document.find("{{") == std::string::npos);
    if (seed % 25 == 0) made_documents().push_back(document);
  }
  MESSAGE("made: " << made);
  CHECK(made > 700);
}
