#include "documents/annexes.h"

#include <fmt/format.h>

#include <algorithm>

#include "documents/template_parts.h"
#include "xml/xml.h"

namespace vekha::documents {
namespace {

constexpr const char* office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr const char* id_prefix = "rVk";
constexpr const char* content_types = "[Content_Types].xml";

// The element a file calls by the prefix of its root: «x:Relationship» below «x:Relationships».
std::string named_like(xml::Node root, const char* name) {
  const std::string_view full = root.name();
  const size_t colon = full.find(':');
  return colon == std::string_view::npos ? name : std::string(full.substr(0, colon + 1)) + name;
}

}  // namespace

std::string Annexes::relation(size_t part, std::string_view kind, const std::string& target, opc::TargetMode mode) {
  std::vector<opc::Relationship>& all = relations_[part];
  const std::string type = office + std::string(kind);
  for (const opc::Relationship& one : all)
    if (one.target == target && one.type == type) return one.id;
  all.push_back({fmt::format("{}{}", id_prefix, all.size() + 1), type, target, mode});
  return all.back().id;
}

std::string Annexes::free_name(std::string_view stem, std::string_view extension) {
  for (size_t number = added_.size() + 1;; ++number) {
    std::string name = fmt::format("{}{}.{}", stem, number, extension);
    const bool taken = parts_.package.find(name) ||
                       std::any_of(added_.begin(), added_.end(), [&](const Named& one) { return one.name == name; });
    if (!taken) return name;
  }
}

void Annexes::describe(const std::string& name, const std::string& content_type) {
  types_.emplace_back(name, content_type);
}

std::string Annexes::picture(size_t part, const Picture& picture) {
  std::string& name = names_[picture.bytes];
  if (name.empty()) {
    name = free_name("word/media/vekha", picture.extension);
    added_.push_back({name, picture.bytes});
    describe(name, "image/" + picture.extension);
  }
  return relation(part, "image", "/" + name, opc::TargetMode::internal);
}

std::string Annexes::chart(size_t part, const std::string& like, const ChartData& data) {
  const std::string workbook = free_name("word/embeddings/vekha", "xlsx");
  added_.push_back({workbook, chart_workbook(data)});
  describe(workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  const std::string name = free_name("word/charts/vekha", "xml");
  const opc::Part* source = parts_.package.find(like);
  const std::string workbook_id = std::string(id_prefix) + "1";
  added_.push_back({name, chart_xml(parts_.package.content(*source), data, workbook_id)});
  describe(name, "application/vnd.openxmlformats-officedocument.drawingml.chart+xml");
  // Its own workbook; what else the chart of the template needs (colours, styles) both share.
  std::string relations = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
      "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"{}\" "
      "Type=\"{}package\" Target=\"/{}\"/>",
      workbook_id, office, workbook);
  for (const opc::Relationship& one : opc::relationships_of(parts_.package, like))
    if (one.kind() != "package" && one.mode == opc::TargetMode::internal)
      relations += fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"/{}\"/>", xml::escape_attribute(one.id),
                               xml::escape_attribute(one.type), xml::escape_attribute(one.target));
  const size_t slash = name.rfind('/');
  added_.push_back(
      {fmt::format("{}/_rels/{}.rels", name.substr(0, slash), name.substr(slash + 1)), relations + "</Relationships>"});
  return relation(part, "chart", "/" + name, opc::TargetMode::internal);
}

int64_t Annexes::list_like(int64_t base) {
  if (!parts_.numbering.abstract_of.count(base)) return base;
  lists_.push_back(base);
  return parts_.numbering.highest + static_cast<int64_t>(lists_.size());
}

Annexes::Result Annexes::finish() && {
  Result result;
  const opc::Package& package = parts_.package;
  const auto content_of = [&](size_t index) {
    const auto changed = parts_.changed.find(index);
    return changed == parts_.changed.end() ? package.content(package.parts()[index]) : changed->second;
  };
  const auto index_of = [&](const opc::Part* part) { return static_cast<size_t>(part - package.parts().data()); };
  for (const auto& [part, relations] : relations_) {
    const std::string name = opc::relationships_name(package.parts()[part].name);
    const opc::Part* known = package.find(name);
    xml::Document document = known ? xml::Document::parse(content_of(index_of(known))) : xml::Document();
    if (!known) {
      xml::Node root = document.append_root("Relationships");
      root.set_attribute("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships");
    }
    xml::Node root = document.root();
    for (const opc::Relationship& one : relations) {
      xml::Node element = root.append_element(named_like(root, "Relationship"));
      element.set_attribute("Id", one.id);
      element.set_attribute("Type", one.type);
      element.set_attribute("Target", one.target);
      if (one.mode == opc::TargetMode::external) element.set_attribute("TargetMode", "External");
    }
    if (known)
      result.changed[index_of(known)] = document.to_string();
    else
      result.added.push_back({name, document.to_string()});
  }
  if (!types_.empty()) {
    const size_t index = index_of(package.find(content_types));
    xml::Document document = xml::Document::parse(content_of(index));
    xml::Node root = document.root();
    for (const auto& [name, type] : types_) {
      xml::Node element = root.append_element(named_like(root, "Override"));
      element.set_attribute("PartName", "/" + name);
      element.set_attribute("ContentType", type);
    }
    result.changed[index] = document.to_string();
  }
  if (!lists_.empty()) {
    std::string lists;
    for (size_t i = 0; i < lists_.size(); ++i) {
      lists += fmt::format("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{}\"/>",
                           parts_.numbering.highest + static_cast<int64_t>(i) + 1,
                           parts_.numbering.abstract_of.at(lists_[i]));
      for (int level = 0; level < 9; ++level)
        lists += fmt::format("<w:lvlOverride w:ilvl=\"{}\"><w:startOverride w:val=\"{}\"/></w:lvlOverride>", level,
                             parts_.numbering.start_of(lists_[i], level));
      lists += "</w:num>";
    }
    const size_t index = parts_.numbering.part;
    std::string content = content_of(index);
    size_t at = content.rfind("<w:numIdMacAtCleanup");
    if (at == std::string::npos) at = content.rfind("</w:numbering");
    result.changed[index] = content.insert(at, lists);
  }
  for (Named& one : added_)
    result.added.push_back(std::move(one));
  return result;
}

}  // namespace vekha::documents
