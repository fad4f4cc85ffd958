// Holds every Word document that the tests before this one have made against the schema of ISO/IEC 29500
// (transitional). Test programs run their files in the order of names, so this one comes behind those that make
// documents.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "word_fixture.h"
#include "xml/xml.h"

using namespace vekha;
using namespace vekha::word_fixture;
namespace fs = std::filesystem;

namespace {

// As a reader without Microsoft's extensions sees it: the fallback of alternatives, and nothing of other namespaces.
void reduce(xml::Node node) {
  for (const auto& [name, value] : node.attributes())
    if (name == "mc:Ignorable" || name.starts_with("w14:") || name.starts_with("w15:") || name.starts_with("wp14:"))
      node.remove_attribute(std::string(name));
  for (const xml::Node& child : node.children()) {
    if (!child.is_element()) continue;
    reduce(child);
    if (child.name() == "mc:AlternateContent") {
      for (const xml::Node& one : child.child("mc:Fallback").children())
        node.insert_moved_before(one, child);
      node.remove_child(child);
    } else if (child.name().starts_with("w14:") || child.name().starts_with("w15:")) {
      node.remove_child(child);
    }
  }
}

}  // namespace

TEST_CASE("every document that was made is valid against the schema") {
  const fs::path schema = fs::path(VEKHA_SOURCE_DIR) / "../shared/schemas/ooxml/wml.xsd";
  if (!fs::exists(schema) || std::system("xmllint --version >/dev/null 2>&1") != 0) {
    MESSAGE("skipped: shared/schemas/ooxml or xmllint is not there");
    return;
  }
  const fs::path folder = fs::temp_directory_path() / fmt::format("vekha-documents-{}", ::getpid());
  size_t count = 0;
  for (const std::string& source : made_documents()) {
    const xml::Document document = xml::Document::parse(source);
    reduce(document.root());
    write_file(folder / fmt::format("{:03}.xml", ++count), document.to_string());
  }
  if (count == 0) return;
  (void)std::system(
      fmt::format("cd '{0}' && xmllint --noout --schema '{1}' *.xml 2>&1 | grep -v validates > report.txt",
                  folder.string(), fs::absolute(schema).lexically_normal().string())
          .c_str());
  CHECK(read_file(folder / "report.txt") == "");
  fs::remove_all(folder);
}
