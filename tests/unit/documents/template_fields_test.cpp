#include <doctest/doctest.h>

#include "base/json.h"
#include "documents/template.h"
#include "word_fixture.h"

using namespace vekha;
using namespace vekha::word_fixture;

namespace {

Value fields_of(const std::string& body) {
  return documents::fields(documents::Template::compile(word_file(body), "шаблон.docx"));
}

}  // namespace

TEST_CASE("fields come as a JSON Schema, in the order of the template") {
  CHECK(to_json(fields_of(p("{{document.number}} {{document.date | словесно}} {{n | число}}"))) ==
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{)"
        R"("document":{"anyOf":[{"type":"object","properties":{"number":{"anyOf":[{"type":"string"},{"type":"number"},)"
        R"({"type":"null"}]},"date":{"anyOf":[{"type":"string","format":"date"},{"type":"null"}]}},)"
        R"("required":["number","date"]},{"type":"null"}]},)"
        R"("n":{"anyOf":[{"type":"number"},{"type":"null"}]}},"required":["document","n"]})");
}

TEST_CASE("names within a section are fields of its elements, unless they are used outside too") {
  const Value schema = fields_of(p("{{year}}{{#items}}{{name}} {{year}}{{/items}}"));
  const Value& items = schema.at("properties").at("items").at("anyOf").list()[0];
  CHECK(items.at("type").text() == "array");
  CHECK(items.at("items").at("anyOf").list()[0].at("required") == parse_json(R"(["name"])"));
  CHECK(schema.at("required") == parse_json(R"(["year","items"])"));
}

TEST_CASE("a person is an object with a name") {
  const Value schema = fields_of(p("{{signer | дательный | фамилия}}"));
  CHECK(schema.at("properties").at("signer").at("anyOf").list()[0].at("required") == parse_json(R"(["name"])"));
}

TEST_CASE("an inverted section alone is a flag, a list or a text") {
  CHECK(to_json(fields_of(p("{{^draft}}нет{{/draft}}")).at("properties").at("draft")) ==
        R"({"anyOf":[{"type":"array"},{"type":"boolean"},{"type":"string"},{"type":"null"}]})");
}
