// Who answers for an item: a cell of people, posts and organisations with every separator that offices use.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sheet.h"
#include "roadmap/roadmap.h"

namespace vekha::ingest {

// Separators: line end, «;», «,» before another party, «, - », « / », a blank before a capital post or organisation.
// A comma or dash between a person and a post joins them. Limit: a cell of over 20,000 bytes gives none.
std::vector<roadmap::Party> parties_of(const std::vector<Line>& lines);

// A person's name with initials on either side of the surname.
struct FoundPerson {
  size_t begin = 0, end = 0;  // bytes of the text
  std::string name;           // as printed
};
std::optional<FoundPerson> find_person(std::string_view text);

}  // namespace vekha::ingest
