// Takes the members of a JSON value apart, and says which one is of the wrong kind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/value.h"

namespace vekha::roadmap {

// One map of a JSON document with its path («sections[2].items[0]»). A member that is missing or null is empty.
// Errors: every accessor throws unreadable for a member of another kind, naming its path.
class Reading {
 public:
  Reading(const Value& value, std::string path);

  std::string text(std::string_view key) const;
  bool truth(std::string_view key) const;
  std::optional<Date> date(std::string_view key) const;
  std::optional<int> integer(std::string_view key) const;
  std::optional<Decimal> decimal(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  // The members of a list, each a map.
  std::vector<Reading> maps(std::string_view key) const;
  // nullopt for a missing or null member.
  std::optional<Reading> map(std::string_view key) const;

  std::string path_of(std::string_view key) const;
  [[noreturn]] void fail(std::string_view key, std::string_view expected) const;

 private:
  const Value* value_;
  std::string path_;
};

}  // namespace vekha::roadmap
