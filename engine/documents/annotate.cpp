#include "documents/annotate.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "documents/word_tags.h"
#include "opc/package.h"
#include "opc/relationships.h"
#include "xml/xml.h"

namespace vekha::documents {
namespace {

using xml::Node;

constexpr const char* word_space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* comments_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
constexpr const char* author = "Веха";

// «таблица 1, строка 2, повтор 3» without its turns; of a text box, where Word allows no comments, the paragraph in
// which it is anchored.
std::string paragraph_of(const std::string& place) {
  return place.substr(0, std::min(place.find(", повтор "), place.find(", надпись")));
}

void append_comment(Node comments, int64_t id, const std::string& text) {
  Node comment = comments.append_element("w:comment");
  comment.set_attribute("w:id", std::to_string(id));
  comment.set_attribute("w:author", author);
  comment.set_attribute("w:initials", "В");
  Node run = comment.append_element("w:p").append_element("w:r");
  Node t = run.append_element("w:t");
  t.set_attribute("xml:space", "preserve");
  t.append_text(text);
}

void append_reference(Node paragraph, int64_t id) {
  const std::string number = std::to_string(id);
  const Node properties = paragraph.child("w:pPr");
  Node start = properties ? paragraph.insert_element_after("w:commentRangeStart", properties)
                          : paragraph.prepend_element("w:commentRangeStart");
  start.set_attribute("w:id", number);
  paragraph.append_element("w:commentRangeEnd").set_attribute("w:id", number);
  paragraph.append_element("w:r").append_element("w:commentReference").set_attribute("w:id", number);
}

}  // namespace

std::string annotated(const std::string& bytes, const std::string& file_name,
                      const std::vector<Diagnostic>& diagnostics) {
  const opc::Package package = opc::Package::read(bytes, file_name);
  std::string main, comments_part;
  for (const opc::Relationship& one : opc::relationships_of(package, {}))
    if (one.kind() == "officeDocument") main = one.target;
  for (const opc::Relationship& one : opc::relationships_of(package, main))
    if (one.kind() == "comments") comments_part = one.target;
  const auto read = [&](const std::string& name) {
    return xml::Document::parse(package.content(*package.find(name)), file_name + ": " + name);
  };
  std::map<std::string, xml::Document> changed;
  xml::Document& document = changed.emplace(main, read(main)).first->second;
  PartTags places;
  find_places(document.root(), places);
  std::map<std::string, Node> by_place;
  Node first;
  for (const TextUnit& unit : places.units) {
    by_place.emplace(unit.place, unit.node);
    if (!first) first = unit.node;
  }
  const bool fresh = comments_part.empty();
  if (fresh) {
    comments_part = "word/comments.xml";
    while (package.find(comments_part))
      comments_part.insert(comments_part.size() - 4, "1");
    xml::Document made;
    made.append_root("w:comments").set_attribute("xmlns:w", word_space);
    changed.emplace(comments_part, std::move(made));
  } else {
    changed.emplace(comments_part, read(comments_part));
  }
  Node comments = changed.at(comments_part).root();
  int64_t highest = -1;
  for (const Node& one : comments.children("w:comment")) {
    int64_t id = 0;
    const std::string_view digits = one.attribute("w:id");
    std::from_chars(digits.data(), digits.data() + digits.size(), id);
    highest = std::max(highest, id);
  }
  for (const Diagnostic& one : diagnostics) {
    const auto found = by_place.find(paragraph_of(one.where.place));
    const Node at = found == by_place.end() ? first : found->second;
    if (!at) continue;
    std::string text = one.message + (one.hint.empty() ? "" : " " + one.hint);
    if (found == by_place.end() && !one.where.place.empty()) text = fmt::format("({}) {}", one.where.place, text);
    append_comment(comments, ++highest, text);
    append_reference(at, highest);
  }
  if (fresh) {
    const std::string name = opc::relationships_name(main);
    xml::Document relations = package.find(name) ? read(name) : xml::Document();
    if (!relations.root())
      relations.append_root("Relationships")
          .set_attribute("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships");
    Node made = relations.root().append_element("Relationship");
    made.set_attribute("Id", "rVkComments");
    made.set_attribute("Type", comments_type);
    made.set_attribute("Target", "/" + comments_part);
    changed.emplace(name, std::move(relations));
    xml::Document types = read("[Content_Types].xml");
    Node type = types.root().append_element("Override");
    type.set_attribute("PartName", "/" + comments_part);
    type.set_attribute("ContentType", "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml");
    changed.emplace("[Content_Types].xml", std::move(types));
  }
  opc::PackageWriter writer;
  for (const opc::Part& part : package.parts()) {
    const auto found = changed.find(part.name);
    if (found == changed.end())
      writer.copy(package, part);
    else
      writer.add(part.name, found->second.to_string());
  }
  for (const auto& [name, content] : changed)
    if (!package.find(name)) writer.add(name, content.to_string());
  return writer.finish();
}

}  // namespace vekha::documents
