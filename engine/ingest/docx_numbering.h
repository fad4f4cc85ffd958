// The automatic numbers of Word lists: «1.2.» stands in no text, only in word/numbering.xml and in counting.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "opc/package.h"
#include "xml/xml.h"

namespace vekha::ingest {

class DocxNumbering {
 public:
  // Errors: unreadable, for broken XML.
  explicit DocxNumbering(const opc::Package& package);

  struct Label {
    std::string text;     // «1.2.», empty where the paragraph has no number
    bool bullet = false;  // a list entry with a bullet
  };
  // What stands before a paragraph with these properties; counts it. Call in document order.
  Label next(const xml::Node& paragraph_properties);

 private:
  struct Level {
    std::string format = "decimal";
    std::string text;
    int start = 1;
  };
  struct List {
    std::vector<Level> levels;
    std::vector<int> counters;
  };

  std::string formatted(const List& list, size_t level) const;

  std::map<std::string, List, std::less<>> abstract_;            // by w:abstractNumId
  std::map<std::string, std::string, std::less<>> abstract_of_;  // w:numId → w:abstractNumId
};

}  // namespace vekha::ingest
