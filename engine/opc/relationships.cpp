#include "opc/relationships.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "xml/xml.h"

namespace vekha::opc {
namespace {

std::string lower(std::string_view text) { return to_lower(text); }

// A target as the name of a part: relative to the folder of its source, or from the root. Empty when it leads outside.
std::string resolve(std::string_view source, std::string_view target) {
  std::vector<std::string> segments;
  if (!target.starts_with('/')) {
    for (const std::string_view segment : split(source, '/'))
      segments.emplace_back(segment);
    segments.pop_back();
  }
  for (const std::string_view segment : split(target, '/')) {
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      segments.emplace_back(segment);
    } else if (segments.empty()) {
      return {};
    } else {
      segments.pop_back();
    }
  }
  return join(segments, "/");
}

}  // namespace

std::string relationships_name(std::string_view part) {
  const size_t slash = part.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? std::string_view() : part.substr(0, slash + 1);
  return fmt::format("{}_rels/{}.rels", folder, part.substr(folder.size()));
}

std::string_view Relationship::kind() const { return std::string_view(type).substr(type.rfind('/') + 1); }

std::vector<Relationship> relationships_of(const Package& package, std::string_view part) {
  std::vector<Relationship> all;
  const std::string name = relationships_name(part);
  const Part* const found = package.find(name);
  if (!found) return all;
  const xml::Document document = xml::Document::parse(package.content(*found), package.file() + ": " + name);
  for (const xml::Node& one : document.root().children("Relationship")) {
    Relationship relationship{std::string(one.attribute("Id")), std::string(one.attribute("Type")),
                              std::string(one.attribute("Target")),
                              one.attribute("TargetMode") == "External" ? TargetMode::external : TargetMode::internal};
    if (relationship.mode == TargetMode::internal) {
      relationship.target = resolve(part, relationship.target);
      if (relationship.target.empty())
        throw Error(ErrorCode::unreadable,
                    fmt::format("Файл «{}» не читается: связь в части «{}» ведёт наружу. Так устроены файлы, которые "
                                "должны навредить: не открывайте его.",
                                package.file(), name),
                    package.file());
    }
    all.push_back(std::move(relationship));
  }
  return all;
}

ContentTypes ContentTypes::of(const Package& package) {
  const char* const name = "[Content_Types].xml";
  const Part* const part = package.find(name);
  if (!part)
    throw Error(
        ErrorCode::unreadable,
        fmt::format("Файл «{}» не читается: это архив, но не документ Word или Excel. Проверьте, тот ли это файл.",
                    package.file()),
        package.file());
  ContentTypes types;
  const xml::Document document = xml::Document::parse(package.content(*part), package.file() + ": " + name);
  for (const xml::Node& one : document.root().children()) {
    if (one.local_name() == "Override") {
      std::string_view target = one.attribute("PartName");
      if (target.starts_with('/')) target.remove_prefix(1);
      types.by_part_.emplace_back(lower(target), one.attribute("ContentType"));
    } else if (one.local_name() == "Default") {
      types.by_extension_.emplace_back(lower(one.attribute("Extension")), one.attribute("ContentType"));
    }
  }
  return types;
}

std::string_view ContentTypes::type_of(std::string_view part) const {
  const std::string name = lower(part);
  for (const auto& [known, type] : by_part_)
    if (known == name) return type;
  const std::string extension = name.substr(name.rfind('.') + 1);
  for (const auto& [known, type] : by_extension_)
    if (known == extension) return type;
  return {};
}

}  // namespace vekha::opc
