#include "base/value.h"

#include <algorithm>

namespace vekha {

Map::Map(std::initializer_list<Entry> entries) {
  for (const Entry& entry : entries)
    set(entry.first, entry.second);
}

const Value* Map::find(std::string_view key) const {
  for (const Entry& entry : entries_)
    if (entry.first == key) return &entry.second;
  return nullptr;
}

Value* Map::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

void Map::set(std::string key, Value value) {
  if (Value* known = find(key))
    *known = std::move(value);
  else
    entries_.emplace_back(std::move(key), std::move(value));
}

Value& Map::operator[](std::string_view key) {
  if (Value* known = find(key)) return *known;
  return entries_.emplace_back(std::string(key), Value()).second;
}

bool Map::erase(std::string_view key) {
  return std::erase_if(entries_, [&](const Entry& entry) { return entry.first == key; }) > 0;
}

std::vector<Map::Entry>::const_iterator Map::begin() const { return entries_.begin(); }
std::vector<Map::Entry>::const_iterator Map::end() const { return entries_.end(); }

bool Map::operator==(const Map& other) const {
  return size() == other.size() && std::all_of(begin(), end(), [&](const Entry& entry) {
           const Value* same = other.find(entry.first);
           return same && *same == entry.second;
         });
}

const Value& Value::at(std::string_view key) const& {
  static const Value null;
  const Map* map = get_if<Map>();
  const Value* found = map ? map->find(key) : nullptr;
  return found ? *found : null;
}

const std::string& Value::text() const& {
  static const std::string empty;
  const std::string* text = get_if<std::string>();
  return text ? *text : empty;
}

const List& Value::list() const& {
  static const List empty;
  const List* list = get_if<List>();
  return list ? *list : empty;
}

const Map& Value::map() const& {
  static const Map empty;
  const Map* map = get_if<Map>();
  return map ? *map : empty;
}

int64_t Value::integer(int64_t otherwise) const {
  const Decimal* number = get_if<Decimal>();
  return number ? number->to_integer().value_or(otherwise) : otherwise;
}

std::optional<Date> Value::date() const {
  if (const Date* date = get_if<Date>()) return *date;
  if (const LocalTime* time = get_if<LocalTime>()) return time->date;
  return parse_date(text());
}

const char* kind_name(const Value& value) {
  static constexpr const char* names[] = {"пустое значение", "да/нет",       "число",        "текст",        "дата",
                                          "время",           "дата и время", "длительность", "длительность", "список",
                                          "набор полей"};
  return names[value.storage().index()];
}

}  // namespace vekha
