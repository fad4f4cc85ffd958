// How the parts of a package hang together: relationships («this part needs that one, as its header») and the content
// types of parts. Source: ISO/IEC 29500-2, clauses 6.5 and 7.2.3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opc/package.h"

namespace vekha::opc {

enum class TargetMode { internal, external };

struct Relationship {
  std::string id;
  std::string type;    // the whole URI
  std::string target;  // name of the part («word/header1.xml»), or the address outside
  TargetMode mode = TargetMode::internal;

  // The last word of the type («header»), the same for transitional and strict files.
  std::string_view kind() const;
};

// «word/document.xml» -> «word/_rels/document.xml.rels»; of the package «_rels/.rels».
std::string relationships_name(std::string_view part);

// Of a part, or with an empty name of the package itself; none where it has none.
// Errors: unreadable, for broken XML and targets outside the package.
std::vector<Relationship> relationships_of(const Package& package, std::string_view part);

// The content type of a part by «[Content_Types].xml»; empty where nothing is said.
// Errors: unreadable, without that part or with broken XML.
class ContentTypes {
 public:
  static ContentTypes of(const Package& package);
  std::string_view type_of(std::string_view part) const;

 private:
  std::vector<std::pair<std::string, std::string>> by_part_;       // lower case
  std::vector<std::pair<std::string, std::string>> by_extension_;  // lower case
};

}  // namespace vekha::opc
