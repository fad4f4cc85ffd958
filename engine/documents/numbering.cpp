#include "documents/numbering.h"

#include <algorithm>
#include <charconv>

#include "opc/relationships.h"

namespace vekha::documents {
namespace {

int64_t number(std::string_view digits, int64_t otherwise = 0) {
  int64_t value = otherwise;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

int64_t Numbering::start_of(int64_t list, int level) const {
  const auto abstract = abstract_of.find(list);
  if (abstract == abstract_of.end()) return 1;
  const auto first = first_number.find(abstract->second);
  return first == first_number.end() ? 1 : first->second[static_cast<size_t>(level)];
}

int64_t Numbering::list_of(xml::Node paragraph) const {
  const xml::Node properties = paragraph.child("w:pPr");
  if (const xml::Node own = properties.child("w:numPr").child("w:numId")) return number(own.attribute("w:val"));
  const auto style = of_style.find(std::string(properties.child("w:pStyle").attribute("w:val")));
  return style == of_style.end() ? 0 : style->second.list;
}

Numbering Numbering::read(const opc::Package& package, const std::string& main) {
  Numbering numbering;
  struct Style {
    std::string based_on;
    int64_t list = -1;
    std::string level;
  };
  std::map<std::string, Style> styles;
  for (const opc::Relationship& one : opc::relationships_of(package, main)) {
    const opc::Part* part = one.mode == opc::TargetMode::internal ? package.find(one.target) : nullptr;
    if (!part) continue;
    if (one.kind() == "numbering") {
      const xml::Document document = xml::Document::parse(package.content(*part), one.target);
      numbering.part = static_cast<size_t>(part - package.parts().data());
      for (const xml::Node& abstract : document.root().children("w:abstractNum")) {
        auto& first = numbering.first_number[std::string(abstract.attribute("w:abstractNumId"))];
        first.fill(1);
        for (const xml::Node& level : abstract.children("w:lvl")) {
          const int64_t index = number(level.attribute("w:ilvl"));
          if (index >= 0 && index < 9 && level.child("w:start"))
            first[static_cast<size_t>(index)] = number(level.child("w:start").attribute("w:val"), 1);
        }
      }
      for (const xml::Node& list : document.root().children("w:num")) {
        const int64_t id = number(list.attribute("w:numId"));
        numbering.highest = std::max(numbering.highest, id);
        numbering.abstract_of[id] = std::string(list.child("w:abstractNumId").attribute("w:val"));
      }
    } else if (one.kind() == "styles") {
      const xml::Document document = xml::Document::parse(package.content(*part), one.target);
      for (const xml::Node& style : document.root().children("w:style")) {
        Style& known = styles[std::string(style.attribute("w:styleId"))];
        known.based_on = style.child("w:basedOn").attribute("w:val");
        const xml::Node list = style.child("w:pPr").child("w:numPr");
        if (list.child("w:numId")) known.list = number(list.child("w:numId").attribute("w:val"));
        known.level = list.child("w:ilvl").attribute("w:val");
      }
    }
  }
  for (const auto& [id, style] : styles) {
    const Style* at = &style;
    for (int depth = 0; at->list < 0 && depth < 20; ++depth) {
      const auto next = styles.find(at->based_on);
      if (next == styles.end()) break;
      at = &next->second;
    }
    if (at->list > 0) numbering.of_style[id] = {at->list, style.level.empty() ? at->level : style.level};
  }
  return numbering;
}

}  // namespace vekha::documents
