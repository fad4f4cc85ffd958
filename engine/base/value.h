// The one value type of JSON, template data, process variables and FEEL.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"

namespace vekha {

class Value;
using List = std::vector<Value>;

// Keys in the order in which they were first set, each once: the same input is written as the same bytes.
class Map {
 public:
  using Entry = std::pair<std::string, Value>;

  // Out of line, here and in Value: every file of the engine copies values, and none should compile that anew.
  Map();
  Map(std::initializer_list<Entry> entries);
  Map(const Map& other);
  Map(Map&& other) noexcept;
  Map& operator=(const Map& other);
  Map& operator=(Map&& other) noexcept;
  ~Map();

  // nullptr where the key is not there.
  const Value* find(std::string_view key) const;
  Value* find(std::string_view key);
  // Replaces the value of a known key, else appends.
  void set(std::string key, Value value);
  // The value of `key`, appended as null where it was not there.
  Value& operator[](std::string_view key);
  bool erase(std::string_view key);
  bool contains(std::string_view key) const { return find(key) != nullptr; }

  size_t size() const;
  bool empty() const;
  std::vector<Entry>::const_iterator begin() const;
  std::vector<Entry>::const_iterator end() const;

  bool operator==(const Map& other) const;  // order of keys does not matter

 private:
  std::vector<Entry> entries_;
};

// A time of day; whether it is local or has an offset does not concern us.
struct TimeOfDay {
  int seconds = 0;
  bool operator==(const TimeOfDay&) const = default;
  auto operator<=>(const TimeOfDay&) const = default;
};

// FEEL has two kinds of duration which do not mix: years and months, days and seconds.
struct MonthsDuration {
  int64_t months = 0;
  bool operator==(const MonthsDuration&) const = default;
  auto operator<=>(const MonthsDuration&) const = default;
};
struct SecondsDuration {
  int64_t seconds = 0;
  bool operator==(const SecondsDuration&) const = default;
  auto operator<=>(const SecondsDuration&) const = default;
};

class Value {
 public:
  using Storage = std::variant<std::monostate, bool, Decimal, std::string, Date, TimeOfDay, LocalTime, MonthsDuration,
                               SecondsDuration, List, Map>;

  Value() noexcept;  // null
  Value(std::nullptr_t) noexcept;
  Value(bool truth);
  Value(int number);
  Value(unsigned number);
  Value(long number);
  Value(long long number);
  Value(unsigned long number);
  Value(Decimal number);
  Value(std::string text);
  Value(std::string_view text);
  Value(const char* text);
  Value(Date date);
  Value(LocalTime time);
  Value(TimeOfDay time);
  Value(MonthsDuration duration);
  Value(SecondsDuration duration);
  Value(List list);
  Value(Map map);
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  template <class T>
  bool is() const {
    return std::holds_alternative<T>(storage_);
  }
  template <class T>
  const T* get_if() const {
    return std::get_if<T>(&storage_);
  }
  template <class T>
  T* get_if() {
    return std::get_if<T>(&storage_);
  }

  bool is_null() const { return is<std::monostate>(); }
  const Storage& storage() const { return storage_; }

  // The member of a map; null where this is no map or has no such key. Of a value that is about to go, these four give
  // copies: `for (… : f().list())` is safe.
  const Value& at(std::string_view key) const&;
  Value at(std::string_view key) && { return std::as_const(*this).at(key); }
  // The text of a text value, else an empty one.
  const std::string& text() const&;
  std::string text() && { return std::as_const(*this).text(); }
  // The entries of a list, else none.
  const List& list() const&;
  List list() && { return std::as_const(*this).list(); }
  const Map& map() const&;
  Map map() && { return std::as_const(*this).map(); }
  bool truth() const {
    const bool* b = get_if<bool>();
    return b && *b;
  }
  int64_t integer(int64_t otherwise = 0) const;
  // A date value, or a text that spells one as ISO.
  std::optional<Date> date() const;

  bool operator==(const Value& other) const;

 private:
  Storage storage_;
};

// Here, where Value is complete: clang asks for that.
inline size_t Map::size() const { return entries_.size(); }
inline bool Map::empty() const { return entries_.empty(); }

// Russian words for the kind of a value («текст», «список»), for messages.
const char* kind_name(const Value& value);

}  // namespace vekha
