#include "roadmap/reading.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vekha::roadmap {

Reading::Reading(const Value& value, std::string path) : value_(&value), path_(std::move(path)) {
  if (!value.is<Map>())
    throw Error(ErrorCode::unreadable,
                fmt::format("В JSON дорожной карты «{}» должно быть объектом, а стоит {}.",
                            path_.empty() ? "корень" : path_, kind_name(value)),
                path_);
}

std::string Reading::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

void Reading::fail(std::string_view key, std::string_view expected) const {
  throw Error(ErrorCode::unreadable,
              fmt::format("В JSON дорожной карты ключ «{}» должен содержать {}, а стоит {}.", path_of(key), expected,
                          kind_name(value_->at(key))),
              path_of(key));
}

std::string Reading::text(std::string_view key) const {
  const Value& member = value_->at(key);
  if (member.is_null()) return {};
  if (!member.is<std::string>()) fail(key, "текст");
  return member.text();
}

bool Reading::truth(std::string_view key) const {
  const Value& member = value_->at(key);
  if (member.is_null()) return false;
  if (!member.is<bool>()) fail(key, "true или false");
  return member.truth();
}

std::optional<Date> Reading::date(std::string_view key) const {
  const Value& member = value_->at(key);
  if (member.is_null()) return std::nullopt;
  const std::optional<Date> day = member.date();
  if (!day) fail(key, "день вида 2022-12-09");
  return day;
}

std::optional<Decimal> Reading::decimal(std::string_view key) const {
  const Value& member = value_->at(key);
  if (member.is_null()) return std::nullopt;
  if (!member.is<Decimal>()) fail(key, "число");
  return *member.get_if<Decimal>();
}

std::optional<int> Reading::integer(std::string_view key) const {
  const std::optional<Decimal> number = decimal(key);
  if (!number) return std::nullopt;
  const std::optional<int64_t> whole = number->to_integer();
  if (!whole || *whole < -1'000'000'000 || *whole > 1'000'000'000) fail(key, "целое число");
  return static_cast<int>(*whole);
}

std::vector<std::string> Reading::texts(std::string_view key) const {
  const Value& member = value_->at(key);
  if (member.is_null()) return {};
  if (!member.is<List>()) fail(key, "список");
  std::vector<std::string> out;
  for (const Value& entry : member.list()) {
    if (!entry.is<std::string>()) fail(key, "список текстов");
    out.push_back(entry.text());
  }
  return out;
}

std::vector<Reading> Reading::maps(std::string_view key) const {
  const Value& member = value_->at(key);
  if (member.is_null()) return {};
  if (!member.is<List>()) fail(key, "список");
  std::vector<Reading> out;
  for (const Value& entry : member.list())
    out.emplace_back(entry, fmt::format("{}[{}]", path_of(key), out.size()));
  return out;
}

std::optional<Reading> Reading::map(std::string_view key) const {
  const Value& member = value_->at(key);
  if (member.is_null()) return std::nullopt;
  return Reading(member, path_of(key));
}

}  // namespace vekha::roadmap
