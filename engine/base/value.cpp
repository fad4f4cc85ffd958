#include "base/value.h"

#include <algorithm>

namespace vekha {

Map::Map() = default;
Map::Map(const Map& other) = default;
Map::Map(Map&& other) noexcept = default;
Map& Map::operator=(const Map& other) = default;
Map& Map::operator=(Map&& other) noexcept = default;
Map::~Map() = default;

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

Value::Value() noexcept = default;
Value::Value(std::nullptr_t) noexcept {}
Value::Value(bool truth) : storage_(truth) {}
Value::Value(int number) : storage_(Decimal(number)) {}
Value::Value(unsigned number) : storage_(Decimal(static_cast<int64_t>(number))) {}
Value::Value(long number) : storage_(Decimal(static_cast<int64_t>(number))) {}
Value::Value(long long number) : storage_(Decimal(static_cast<int64_t>(number))) {}
Value::Value(unsigned long number) : storage_(Decimal(static_cast<int64_t>(number))) {}
Value::Value(Decimal number) : storage_(number) {}
Value::Value(std::string text) : storage_(std::move(text)) {}
Value::Value(std::string_view text) : storage_(std::string(text)) {}
Value::Value(const char* text) : storage_(std::string(text)) {}
Value::Value(Date date) : storage_(date) {}
Value::Value(LocalTime time) : storage_(time) {}
Value::Value(TimeOfDay time) : storage_(time) {}
Value::Value(MonthsDuration duration) : storage_(duration) {}
Value::Value(SecondsDuration duration) : storage_(duration) {}
Value::Value(List list) : storage_(std::move(list)) {}
Value::Value(Map map) : storage_(std::move(map)) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

bool Value::operator==(const Value& other) const { return storage_ == other.storage_; }

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
