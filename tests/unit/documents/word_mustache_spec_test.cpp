// The test cases of the Mustache specification through a Word template: each line of a template is a paragraph. They
// stand beside the repository, in shared/mustache-spec.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "word_fixture.h"
#include "xml/xml.h"

using namespace vekha;
using namespace vekha::word_fixture;

namespace {

// Where a Word template does something else, and why.
const std::set<std::string> not_ours = {
    // Text beside a tag that ends in another paragraph belongs to the paragraph: that is repeated or left out whole.
    "sections: Internal Whitespace", "inverted: Internal Whitespace",
    // A tag has to end in its paragraph.
    "comments: Multiline", "comments: Multiline Standalone", "comments: Indented Multiline Standalone"};

std::string paragraphs_of(std::string_view text) {
  std::string body;
  for (const std::string_view line : split_lines(text))
    body += p(xml::escape_text(line));
  return body;
}

std::string lines_of(std::string_view text) {
  std::string out;
  for (const std::string_view line : split_lines(text))
    out += std::string(line) + "\n";
  return out;
}

}  // namespace

TEST_CASE("the text of a Word template follows the Mustache specification; a missing name is an error") {
  const std::filesystem::path folder = std::filesystem::path(VEKHA_SOURCE_DIR) / "../shared/mustache-spec";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: shared/mustache-spec is not there");
    return;
  }
  int followed = 0;
  int missing = 0;
  for (const char* part : {"comments", "delimiters", "interpolation", "inverted", "sections"}) {
    const Value tests = parse_json(read_file(folder / (std::string(part) + ".json"))).at("tests");
    for (const Value& test : tests.list()) {
      const std::string name = fmt::format("{}: {}", part, test.at("name").text());
      const std::string& source = test.at("template").text();
      if (not_ours.count(name) || source.find("{{>") != std::string::npos) continue;
      CAPTURE(name);
      const documents::Template compiled =
          documents::Template::compile(word_file(paragraphs_of(source)), "шаблон.docx");
      const documents::Filled filled_file = documents::fill(compiled, test.at("data"));
      if (!filled_file.diagnostics.empty() && filled_file.diagnostics[0].code == "unknown-name") {
        ++missing;
        continue;
      }
      CHECK(said(filled_file.diagnostics) == "");
      // Nothing is escaped for HTML in Word, and a body is never left without a paragraph.
      std::string expected = lines_of(test.at("expected").text());
      for (const auto& [from, to] : {std::pair{"&quot;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
        expected = replace_all(expected, from, to);
      if (expected.empty()) expected = "\n";
      CHECK(filled_text(paragraphs_of(source), to_json(test.at("data"))) == expected);
      ++followed;
    }
  }
  MESSAGE("followed: " << followed << ", a missing name is an error in: " << missing);
  CHECK(followed > 80);
}
