// The lists of a Word template: which list a paragraph belongs to by itself or by its style, and where lists begin.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "opc/package.h"
#include "xml/xml.h"

namespace vekha::documents {

struct Numbering {
  size_t part = 0;  // numbering.xml, its index in the package
  int64_t highest = 0;
  std::map<int64_t, std::string> abstract_of;                  // by w:numId
  std::map<std::string, std::array<int64_t, 9>> first_number;  // by abstract number and level
  // The list and level a paragraph style puts its paragraphs in; list 0 takes them out of one.
  struct OfStyle {
    int64_t list = 0;
    std::string level;
  };
  std::map<std::string, OfStyle> of_style;

  int64_t start_of(int64_t list, int level) const;
  // The list of a paragraph, 0 for none.
  int64_t list_of(xml::Node paragraph) const;

  // Of the parts numbering.xml and styles.xml of `main`. Errors: unreadable.
  static Numbering read(const opc::Package& package, const std::string& main);
};

}  // namespace vekha::documents
