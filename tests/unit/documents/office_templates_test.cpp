// The templates of the house, each filled with each of its samples.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "documents/template.h"
#include "word_fixture.h"
#include "xml/xml.h"

using namespace vekha;
using namespace vekha::word_fixture;
namespace fs = std::filesystem;

TEST_CASE("every template is without faults, and its samples fill it without a doubt") {
  const fs::path root = VEKHA_SOURCE_DIR;
  std::set<fs::path> templates;
  for (const fs::directory_entry& file : fs::directory_iterator(root / "templates"))
    if (file.path().extension() == ".docx") templates.insert(file.path());
  REQUIRE_FALSE(templates.empty());
  for (const fs::path& file : templates) {
    const std::string name = file.stem().string();
    CAPTURE(name);
    const documents::Template compiled = documents::Template::compile(read_file(file), file.filename().string());
    CHECK(said(compiled.diagnostics()) == "");
    int samples = 0;
    for (const fs::directory_entry& sample : fs::directory_iterator(root / "tests/data/documents")) {
      if (!sample.path().stem().string().starts_with(name)) continue;
      ++samples;
      CAPTURE(sample.path().filename().string());
      const documents::Filled filled = documents::fill(compiled, parse_json(read_file(sample.path())));
      CHECK(said(filled.diagnostics) == "");
      REQUIRE_FALSE(filled.bytes.empty());
      const std::string document = part_of(filled.bytes, "word/document.xml");
      CHECK(document.find("{{") == std::string::npos);
      xml::Document::parse(document);
      made_documents().push_back(document);
    }
    CHECK(samples > 0);
  }
}
