// The test cases of the Mustache specification on plain text. They stand beside the repository, in
// shared/mustache-spec.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "templating/plain_text.h"

using namespace vekha;
using namespace vekha::templating;

namespace {

// Where the specification wants something else than we do, and why.
const std::set<std::string> not_ours = {
    // A partial that calls itself is refused: a template must end whatever the data.
    "partials: Recursion",
    // kainjow does not indent the lines of a partial.
    "partials: Standalone Without Previous Line", "partials: Standalone Without Newline",
    "partials: Standalone Indentation", "partials: Standalone Line Endings"};

// The specification prints nothing for a name that is not there; for us it is an error.
bool is_about_missing_names(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& one : diagnostics)
    if (one.code != "unknown-name" && one.code != "unknown-partial") return false;
  return !diagnostics.empty();
}

}  // namespace

TEST_CASE("plain text follows the Mustache specification; a missing name is an error") {
  const std::filesystem::path folder = std::filesystem::path(VEKHA_SOURCE_DIR) / "../shared/mustache-spec";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: shared/mustache-spec is not there");
    return;
  }
  int followed = 0;
  int missing = 0;
  for (const char* part : {"comments", "delimiters", "interpolation", "inverted", "partials", "sections"}) {
    const Value tests = parse_json(read_file(folder / (std::string(part) + ".json"))).at("tests");
    for (const Value& test : tests.list()) {
      const std::string name = std::string(part) + ": " + test.at("name").text();
      CAPTURE(name);
      Partials partials;
      for (const auto& [key, text] : test.at("partials").map())
        partials.emplace(key, text.text());
      const Rendered rendered = render_text(test.at("template").text(), test.at("data"), Escape::html, partials);
      if (is_about_missing_names(rendered.diagnostics)) {
        ++missing;
      } else if (not_ours.count(name)) {
        CHECK(rendered.text != test.at("expected").text());
      } else {
        for (const Diagnostic& one : rendered.diagnostics)
          CHECK(to_text(one) == "");
        CHECK(rendered.text == test.at("expected").text());
        ++followed;
      }
    }
  }
  MESSAGE("followed: " << followed << ", a missing name is an error in: " << missing);
  CHECK(followed > 80);
}
