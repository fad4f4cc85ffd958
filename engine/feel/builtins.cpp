#include "feel/builtins.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "base/date.h"
#include "base/duration.h"
#include "base/json.h"
#include "base/text.h"
#include "feel/evaluator.h"
#include "feel/pattern.h"

namespace vekha::feel {
namespace {

using Arguments = std::vector<Value>;

struct Builtin {
  std::string name;
  std::vector<std::string> parameters;
  size_t required;
  bool variadic;
  Value (*run)(Evaluator&, const Arguments&);
};

// A single list argument, or the arguments themselves as one.
List spread(const Arguments& arguments) {
  if (arguments.size() == 1) return arguments[0].is<List>() ? arguments[0].list() : List{arguments[0]};
  return arguments;
}

List as_list(const Value& value) {
  if (value.is_null()) return {};
  return value.is<List>() ? value.list() : List{value};
}

std::optional<int64_t> whole(const Value& value) {
  const Decimal* number = value.get_if<Decimal>();
  return number ? number->to_integer() : std::nullopt;
}

Value from_double(double number) {
  if (!std::isfinite(number)) return {};
  char digits[40];
  std::snprintf(digits, sizeof digits, "%.15e", number);
  const std::optional<Decimal> decimal = Decimal::parse(digits);
  return decimal ? Value(*decimal) : Value();
}

std::optional<std::vector<Decimal>> numbers(const Arguments& arguments) {
  std::vector<Decimal> result;
  for (const Value& value : spread(arguments)) {
    if (!value.is<Decimal>()) return std::nullopt;
    result.push_back(*value.get_if<Decimal>());
  }
  return result;
}

std::string to_text(const Value& value) {
  if (value.is<std::string>()) return value.text();
  if (value.is_null()) return "null";
  if (value.is<List>()) {
    std::vector<std::string> parts;
    for (const Value& entry : value.list())
      parts.push_back(entry.is<std::string>() ? to_json(entry) : to_text(entry));
    return "[" + join(parts, ", ") + "]";
  }
  if (value.is<Map>()) {
    std::vector<std::string> parts;
    for (const auto& [key, entry] : value.map())
      parts.push_back(key + ": " + (entry.is<std::string>() ? to_json(entry) : to_text(entry)));
    return "{" + join(parts, ", ") + "}";
  }
  if (const std::string iso = to_iso(value); !iso.empty()) return iso;
  return to_json(value);
}

// --- conversion

Value make_date_value(Evaluator&, const Arguments& a) {
  if (a.size() == 3) {
    const auto y = whole(a[0]), m = whole(a[1]), d = whole(a[2]);
    if (!y || !m || !d || *y < -9999 || *y > 9999 || *m < 1 || *m > 12 || *d < 1 || *d > 31) return {};
    const Date date = make_date(static_cast<int>(*y), static_cast<int>(*m), static_cast<int>(*d));
    return date.ok() ? Value(date) : Value();
  }
  const Value value = as_temporal(a[0]);
  if (value.is<Date>()) return value;
  if (const LocalTime* time = value.get_if<LocalTime>()) return time->date;
  return {};
}

Value make_time_value(Evaluator&, const Arguments& a) {
  if (a.size() >= 3) {
    const auto h = whole(a[0]), m = whole(a[1]);
    const Decimal* s = a[2].get_if<Decimal>();
    if (!h || !m || !s || *h < 0 || *h > 23 || *m < 0 || *m > 59) return {};
    const auto seconds = s->floor().to_integer();
    if (!seconds || *seconds < 0 || *seconds > 59) return {};
    return TimeOfDay{static_cast<int>(*h * 3600 + *m * 60 + *seconds)};
  }
  const Value value = as_temporal(a[0]);
  if (value.is<TimeOfDay>()) return value;
  if (const LocalTime* time = value.get_if<LocalTime>()) return TimeOfDay{time->seconds};
  if (value.is<Date>()) return TimeOfDay{0};
  return {};
}

Value make_date_and_time(Evaluator&, const Arguments& a) {
  const Value first = as_temporal(a[0]);
  if (a.size() == 2) {
    const Value second = as_temporal(a[1]);
    const TimeOfDay* time = second.get_if<TimeOfDay>();
    if (!time) return {};
    if (const Date* date = first.get_if<Date>()) return LocalTime{*date, time->seconds};
    if (const LocalTime* both = first.get_if<LocalTime>()) return LocalTime{both->date, time->seconds};
    return {};
  }
  if (first.is<LocalTime>()) return first;
  if (const Date* date = first.get_if<Date>()) return LocalTime{*date, 0};
  return {};
}

Value make_number(Evaluator&, const Arguments& a) {
  if (a[0].is<Decimal>()) return a[0];
  std::string text = a[0].text();
  if (a.size() > 1 && !a[1].text().empty()) text = replace_all(text, a[1].text(), "");
  if (a.size() > 2 && !a[2].text().empty()) text = replace_all(text, a[2].text(), ".");
  const std::optional<Decimal> number = Decimal::parse(text);
  return number ? Value(*number) : Value();
}

Value make_duration(Evaluator&, const Arguments& a) {
  if (a[0].is<MonthsDuration>() || a[0].is<SecondsDuration>()) return a[0];
  return parse_duration(a[0].text()).value_or(Value());
}

Value months_between(Evaluator&, const Arguments& a) {
  const auto from = as_temporal(a[0]).date(), to = as_temporal(a[1]).date();
  if (!from || !to) return {};
  int64_t months = (year_of(*to) - year_of(*from)) * 12 + month_of(*to) - month_of(*from);
  if (months > 0 && day_of(*to) < day_of(*from)) --months;
  if (months < 0 && day_of(*to) > day_of(*from)) ++months;
  return MonthsDuration{months};
}

// --- texts

bool both_texts(const Arguments& a) { return a[0].is<std::string>() && a[1].is<std::string>(); }

Value substring(Evaluator&, const Arguments& a) {
  const auto start = whole(a[1]);
  if (!a[0].is<std::string>() || !start || *start == 0) return {};
  const std::u32string text = to_u32(a[0].text());
  const int64_t size = static_cast<int64_t>(text.size());
  const int64_t from = *start > 0 ? *start - 1 : std::max<int64_t>(size + *start, 0);
  if (from >= size) return "";
  int64_t length = size - from;
  if (a.size() > 2 && !a[2].is_null()) {
    const auto wanted = whole(a[2]);
    if (!wanted || *wanted < 0) return {};
    length = std::min(length, *wanted);
  }
  return to_utf8(std::u32string_view(text).substr(static_cast<size_t>(from), static_cast<size_t>(length)));
}

Value split_text(Evaluator& evaluator, const Arguments& a) {
  if (!both_texts(a)) return {};
  const auto parts = split_by_pattern(a[0].text(), a[1].text(), [&](size_t steps) { evaluator.charge(steps); });
  if (!parts) return {};
  List list;
  for (const std::string& part : *parts)
    list.emplace_back(part);
  return list;
}

Value replace_text(Evaluator& evaluator, const Arguments& a) {
  if (!both_texts(a) || !a[2].is<std::string>()) return {};
  const auto result = replace_pattern(a[0].text(), a[1].text(), a[2].text(), a.size() > 3 ? a[3].text() : "",
                                      [&](size_t steps) { evaluator.charge(steps); });
  return result ? Value(*result) : Value();
}

Value matches_text(Evaluator& evaluator, const Arguments& a) {
  if (!both_texts(a)) return {};
  const auto result = matches_pattern(a[0].text(), a[1].text(), a.size() > 2 ? a[2].text() : "",
                                      [&](size_t steps) { evaluator.charge(steps); });
  return result ? Value(*result) : Value();
}

Value string_join(Evaluator&, const Arguments& a) {
  if (!a[0].is<List>()) return {};
  std::vector<std::string> parts;
  for (const Value& entry : a[0].list()) {
    if (entry.is_null()) continue;
    if (!entry.is<std::string>()) return {};
    parts.push_back(entry.text());
  }
  return join(parts, a.size() > 1 ? a[1].text() : "");
}

// --- lists

Value extreme(const Arguments& a, bool greatest) {
  const List list = spread(a);
  const Value* best = nullptr;
  for (const Value& entry : list) {
    const auto order = best ? compare(entry, *best) : compare(entry, entry);
    if (!order) return {};
    if (!best || (greatest ? *order > 0 : *order < 0)) best = &entry;
  }
  return best ? *best : Value();
}

Value all_or_any(const Arguments& a, bool neutral) {
  bool unknown = false;
  for (const Value& entry : spread(a)) {
    if (entry.is<bool>() && entry.truth() != neutral) return !neutral;
    unknown = unknown || !entry.is<bool>();
  }
  return unknown ? Value() : Value(neutral);
}

bool holds(const List& list, const Value& value) {
  return std::any_of(list.begin(), list.end(), [&](const Value& entry) { return equal(entry, value).value_or(false); });
}

List distinct(const List& list, Evaluator& evaluator) {
  List result;
  for (const Value& entry : list) {
    evaluator.charge(result.size());
    if (!holds(result, entry)) result.push_back(entry);
  }
  return result;
}

// The index a position of FEEL (1-based, negative from the end) means; nullopt outside 0 … limit-1.
std::optional<size_t> index_of_position(const Value& position, size_t size, size_t limit) {
  const auto at = whole(position);
  if (!at || *at == 0) return std::nullopt;
  const int64_t index = *at > 0 ? *at - 1 : static_cast<int64_t>(size) + *at;
  if (index < 0 || index >= static_cast<int64_t>(limit)) return std::nullopt;
  return static_cast<size_t>(index);
}

Value sublist(Evaluator&, const Arguments& a) {
  const List list = as_list(a[0]);
  const auto from = index_of_position(a[1], list.size(), list.size());
  if (!from) return {};
  size_t length = list.size() - *from;
  if (a.size() > 2 && !a[2].is_null()) {
    const auto wanted = whole(a[2]);
    if (!wanted || *wanted < 0) return {};
    length = std::min(length, static_cast<size_t>(*wanted));
  }
  const auto first = list.begin() + static_cast<std::ptrdiff_t>(*from);
  return List(first, first + static_cast<std::ptrdiff_t>(length));
}

void flatten_into(const Value& value, List& result) {
  if (!value.is<List>()) {
    result.push_back(value);
    return;
  }
  for (const Value& entry : value.list())
    flatten_into(entry, result);
}

Value median(Evaluator&, const Arguments& a) {
  auto list = numbers(a);
  if (!list || list->empty()) return {};
  std::sort(list->begin(), list->end());
  const size_t middle = list->size() / 2;
  if (list->size() % 2) return (*list)[middle];
  return *Decimal::divide((*list)[middle - 1] + (*list)[middle], Decimal(2));
}

Value mode(Evaluator& evaluator, const Arguments& a) {
  auto list = numbers(a);
  if (!list) return {};
  std::map<Decimal, size_t> counts;
  size_t most = 0;
  for (const Decimal& number : *list)
    most = std::max(most, ++counts[number]);
  evaluator.charge(list->size());
  List result;
  for (const auto& [number, count] : counts)
    if (count == most) result.emplace_back(number);
  return result;
}

Value deviation(Evaluator&, const Arguments& a) {
  const auto list = numbers(a);
  if (!list || list->size() < 2) return {};
  double sum = 0, squares = 0;
  for (const Decimal& number : *list)
    sum += number.to_double();
  const double mean = sum / static_cast<double>(list->size());
  for (const Decimal& number : *list)
    squares += (number.to_double() - mean) * (number.to_double() - mean);
  return from_double(std::sqrt(squares / static_cast<double>(list->size() - 1)));
}

// --- numbers

enum class Rounding { up, down, half_up, half_down, ceiling, floor };

Value rounded(const Arguments& a, Rounding rounding) {
  const Decimal* number = a[0].get_if<Decimal>();
  const auto places = a.size() > 1 ? whole(a[1]) : std::optional<int64_t>(0);
  if (!number || !places || *places < -6111 || *places > 6176) return {};
  const Decimal unit(1, static_cast<int>(-*places));
  const bool negative = number->is_negative();
  const Decimal size = negative ? -*number : *number;
  const Decimal low = *number * Decimal(1, static_cast<int>(*places));
  if (rounding == Rounding::floor) return low.floor() * unit;
  if (rounding == Rounding::ceiling) return -((-low).floor()) * unit;
  const Decimal scaled = size * Decimal(1, static_cast<int>(*places));
  const Decimal base = scaled.floor(), rest = scaled - base, half(5, -1);
  bool away = false;
  switch (rounding) {
    case Rounding::up: away = !rest.is_zero(); break;
    case Rounding::half_up: away = rest >= half; break;
    case Rounding::half_down: away = rest > half; break;
    default: break;
  }
  const Decimal result = (away ? base + Decimal(1) : base) * unit;
  return negative ? -result : result;
}

Value of_double(const Arguments& a, double (*function)(double)) {
  const Decimal* number = a[0].get_if<Decimal>();
  return number ? from_double(function(number->to_double())) : Value();
}

Value modulo(Evaluator&, const Arguments& a) {
  const Decimal *x = a[0].get_if<Decimal>(), *y = a[1].get_if<Decimal>();
  if (!x || !y || y->is_zero()) return {};
  return *x - *y * Decimal::divide(*x, *y)->floor();
}

Value absolute(Evaluator&, const Arguments& a) {
  if (const Decimal* number = a[0].get_if<Decimal>()) return number->is_negative() ? -*number : *number;
  const Value value = as_temporal(a[0]);
  if (const auto* months = value.get_if<MonthsDuration>()) return MonthsDuration{std::abs(months->months)};
  if (const auto* seconds = value.get_if<SecondsDuration>()) return SecondsDuration{std::abs(seconds->seconds)};
  return {};
}

// --- dates

Value day_of_year(const Date& date) { return days_between(make_date(year_of(date), 1, 1), date) + 1; }

Value week_of_year(const Date& date) {
  // ISO: the week belongs to the year of its Thursday.
  const Date thursday = add_days(date, 4 - weekday_of(date));
  return days_between(make_date(year_of(thursday), 1, 1), thursday) / 7 + 1;
}

template <class Function>
Value of_date(const Arguments& a, Function function) {
  const Value value = as_temporal(a[0]);
  if (const Date* date = value.get_if<Date>()) return function(*date);
  if (const LocalTime* time = value.get_if<LocalTime>()) return function(time->date);
  return {};
}

Value weekday_name(const Date& date) {
  static constexpr const char* names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  return names[weekday_of(date) - 1];
}

Value month_name(const Date& date) {
  static constexpr const char* names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};
  return names[month_of(date) - 1];
}

// --- contexts

Value get_value(Evaluator&, const Arguments& a) {
  if (a[1].is<List>()) {
    const Value* at = &a[0];
    for (const Value& key : a[1].list())
      at = &at->at(key.text());
    return *at;
  }
  return a[0].at(a[1].text());
}

Value get_entries(Evaluator&, const Arguments& a) {
  if (!a[0].is<Map>()) return {};
  List list;
  for (const auto& [key, value] : a[0].map())
    list.push_back(Map{{"key", key}, {"value", value}});
  return list;
}

Value context_put(Evaluator&, const Arguments& a) {
  if (!a[0].is<Map>() || !a[1].is<std::string>()) return {};
  Map map = a[0].map();
  map.set(a[1].text(), a[2]);
  return map;
}

Value context_merge(Evaluator&, const Arguments& a) {
  Map map;
  for (const Value& entry : spread(a)) {
    if (!entry.is<Map>()) return {};
    for (const auto& [key, value] : entry.map())
      map.set(key, value);
  }
  return map;
}

Value context_of(Evaluator&, const Arguments& a) {
  Map map;
  for (const Value& entry : as_list(a[0])) {
    if (!entry.at("key").is<std::string>()) return {};
    map.set(entry.at("key").text(), entry.at("value"));
  }
  return map;
}

#define VEKHA_FUNCTION [](Evaluator & evaluator [[maybe_unused]], const Arguments& a [[maybe_unused]]) -> Value

// Optional parameters carry «?», a last one that takes any number «…».
std::vector<Builtin> make_table() {
  std::vector<Builtin> table;
  const auto row = [&](std::string name, std::string_view parameters, Value (*run)(Evaluator&, const Arguments&)) {
    Builtin builtin{std::move(name), {}, 0, false, run};
    for (const std::string_view part : split(parameters, ',')) {
      std::string parameter(trim(part));
      if (parameter.empty()) continue;
      if (parameter.ends_with("…")) {
        builtin.variadic = true;
        parameter.resize(parameter.size() - std::string_view("…").size());
      }
      if (parameter.ends_with("?"))
        parameter.pop_back();
      else
        ++builtin.required;
      builtin.parameters.push_back(std::move(parameter));
    }
    table.push_back(std::move(builtin));
  };
  row("date", "from,month?,day?", make_date_value);
  row("time", "from,minute?,second?,offset?", make_time_value);
  row("date and time", "from,time?", make_date_and_time);
  row("number", "from,grouping separator?,decimal separator?", make_number);
  row(
      "string", "from", VEKHA_FUNCTION { return a[0].is_null() ? Value() : Value(to_text(a[0])); });
  row("duration", "from", make_duration);
  row("years and months duration", "from,to", months_between);
  row(
      "not", "negand", VEKHA_FUNCTION { return a[0].is<bool>() ? Value(!a[0].truth()) : Value(); });

  row("substring", "string,start position,length?", substring);
  row(
      "string length", "string",
      VEKHA_FUNCTION { return a[0].is<std::string>() ? Value(count_chars(a[0].text())) : Value(); });
  row(
      "upper case", "string",
      VEKHA_FUNCTION { return a[0].is<std::string>() ? Value(to_upper(a[0].text())) : Value(); });
  row(
      "lower case", "string",
      VEKHA_FUNCTION { return a[0].is<std::string>() ? Value(to_lower(a[0].text())) : Value(); });
  row(
      "trim", "string", VEKHA_FUNCTION { return a[0].is<std::string>() ? Value(trim(a[0].text())) : Value(); });
  row(
      "substring before", "string,match", VEKHA_FUNCTION {
        if (!both_texts(a)) return {};
        const size_t at = a[0].text().find(a[1].text());
        return at == std::string::npos ? "" : a[0].text().substr(0, at);
      });
  row(
      "substring after", "string,match", VEKHA_FUNCTION {
        if (!both_texts(a)) return {};
        const size_t at = a[0].text().find(a[1].text());
        return at == std::string::npos ? "" : a[0].text().substr(at + a[1].text().size());
      });
  row(
      "contains", "string,match",
      VEKHA_FUNCTION { return both_texts(a) ? Value(a[0].text().find(a[1].text()) != std::string::npos) : Value(); });
  row(
      "starts with", "string,match",
      VEKHA_FUNCTION { return both_texts(a) ? Value(a[0].text().starts_with(a[1].text())) : Value(); });
  row(
      "ends with", "string,match",
      VEKHA_FUNCTION { return both_texts(a) ? Value(a[0].text().ends_with(a[1].text())) : Value(); });
  row("matches", "input,pattern,flags?", matches_text);
  row("replace", "input,pattern,replacement,flags?", replace_text);
  row("split", "string,delimiter", split_text);
  row("string join", "list,delimiter?", string_join);

  row(
      "list contains", "list,element",
      VEKHA_FUNCTION { return a[0].is<List>() ? Value(holds(a[0].list(), a[1])) : Value(); });
  row(
      "count", "list", VEKHA_FUNCTION { return as_list(a[0]).size(); });
  row(
      "is empty", "list", VEKHA_FUNCTION { return as_list(a[0]).empty(); });
  row(
      "min", "list…", VEKHA_FUNCTION { return extreme(a, false); });
  row(
      "max", "list…", VEKHA_FUNCTION { return extreme(a, true); });
  row(
      "sum", "list…", VEKHA_FUNCTION {
        const auto list = numbers(a);
        if (!list || list->empty()) return {};
        Decimal sum;
        for (const Decimal& number : *list)
          sum = sum + number;
        return sum;
      });
  row(
      "product", "list…", VEKHA_FUNCTION {
        const auto list = numbers(a);
        if (!list || list->empty()) return {};
        Decimal product(1);
        for (const Decimal& number : *list)
          product = product * number;
        return product;
      });
  row(
      "mean", "list…", VEKHA_FUNCTION {
        const auto list = numbers(a);
        if (!list || list->empty()) return {};
        Decimal sum;
        for (const Decimal& number : *list)
          sum = sum + number;
        return *Decimal::divide(sum, Decimal(static_cast<int64_t>(list->size())));
      });
  row("median", "list…", median);
  row("mode", "list…", mode);
  row("stddev", "list…", deviation);
  row(
      "all", "list…", VEKHA_FUNCTION { return all_or_any(a, true); });
  row(
      "any", "list…", VEKHA_FUNCTION { return all_or_any(a, false); });
  row(
      "and", "list…", VEKHA_FUNCTION { return all_or_any(a, true); });
  row(
      "or", "list…", VEKHA_FUNCTION { return all_or_any(a, false); });
  row("sublist", "list,start position,length?", sublist);
  row(
      "append", "list,item…", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        list.insert(list.end(), a.begin() + 1, a.end());
        return list;
      });
  row(
      "concatenate", "list…", VEKHA_FUNCTION {
        List list;
        for (const Value& part : a) {
          const List entries = as_list(part);
          list.insert(list.end(), entries.begin(), entries.end());
        }
        return list;
      });
  row(
      "insert before", "list,position,new item", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        const auto at = index_of_position(a[1], list.size(), list.size() + 1);
        if (!at) return {};
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(*at), a[2]);
        return list;
      });
  row(
      "remove", "list,position", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        const auto at = index_of_position(a[1], list.size(), list.size());
        if (!at) return {};
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(*at));
        return list;
      });
  row(
      "list replace", "list,position,new item", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        const auto at = index_of_position(a[1], list.size(), list.size());
        if (!at) return {};
        list[*at] = a[2];
        return list;
      });
  row(
      "reverse", "list", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        std::reverse(list.begin(), list.end());
        return list;
      });
  row(
      "index of", "list,match", VEKHA_FUNCTION {
        List result;
        const List list = as_list(a[0]);
        for (size_t i = 0; i < list.size(); ++i)
          if (equal(list[i], a[1]).value_or(false)) result.emplace_back(i + 1);
        return result;
      });
  row(
      "union", "list…", VEKHA_FUNCTION {
        List list;
        for (const Value& part : a) {
          const List entries = as_list(part);
          list.insert(list.end(), entries.begin(), entries.end());
        }
        return distinct(list, evaluator);
      });
  row(
      "distinct values", "list", VEKHA_FUNCTION { return distinct(as_list(a[0]), evaluator); });
  row(
      "flatten", "list", VEKHA_FUNCTION {
        List list;
        flatten_into(a[0], list);
        return list;
      });
  row("sort", "list,precedes?", nullptr);  // its second argument is a function: see call_builtin

  row(
      "decimal", "n,scale", VEKHA_FUNCTION {
        const auto places = whole(a[1]);
        if (!a[0].is<Decimal>() || !places || *places < -6111 || *places > 6176) return {};
        return a[0].get_if<Decimal>()->rounded(static_cast<int>(*places));
      });
  row(
      "floor", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::floor); });
  row(
      "ceiling", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::ceiling); });
  row(
      "round up", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::up); });
  row(
      "round down", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::down); });
  row(
      "round half up", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::half_up); });
  row(
      "round half down", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::half_down); });
  row("abs", "n", absolute);
  row("modulo", "dividend,divisor", modulo);
  row(
      "sqrt", "number", VEKHA_FUNCTION { return of_double(a, std::sqrt); });
  row(
      "log", "number", VEKHA_FUNCTION { return of_double(a, std::log); });
  row(
      "exp", "number", VEKHA_FUNCTION { return of_double(a, std::exp); });
  row(
      "odd", "number", VEKHA_FUNCTION { return whole(a[0]) ? Value(*whole(a[0]) % 2 != 0) : Value(); });
  row(
      "even", "number", VEKHA_FUNCTION { return whole(a[0]) ? Value(*whole(a[0]) % 2 == 0) : Value(); });

  row(
      "now", "", VEKHA_FUNCTION { return evaluator.environment().now; });
  row(
      "today", "", VEKHA_FUNCTION { return evaluator.environment().now.date; });
  row(
      "day of year", "date", VEKHA_FUNCTION { return of_date(a, day_of_year); });
  row(
      "day of week", "date", VEKHA_FUNCTION { return of_date(a, weekday_name); });
  row(
      "month of year", "date", VEKHA_FUNCTION { return of_date(a, month_name); });
  row(
      "week of year", "date", VEKHA_FUNCTION { return of_date(a, week_of_year); });
  row(
      "last day of month", "date", VEKHA_FUNCTION {
        return of_date(a, [](const Date& date) -> Value {
          return make_date(year_of(date), month_of(date), last_day_of_month(year_of(date), month_of(date)));
        });
      });
  row(
      "is", "value1,value2", VEKHA_FUNCTION { return a[0] == a[1]; });

  row("get value", "context,key", get_value);
  row(
      "get or else", "value,default", VEKHA_FUNCTION { return a[0].is_null() ? a[1] : a[0]; });
  row(
      "is defined", "value", VEKHA_FUNCTION { return !a[0].is_null(); });
  row("get entries", "context", get_entries);
  row("context put", "context,key,value", context_put);
  row("context merge", "contexts…", context_merge);
  row("context", "entries", context_of);
  return table;
}

const std::vector<Builtin>& table() {
  static const std::vector<Builtin> rows = make_table();
  return rows;
}

Value sort_list(Evaluator& evaluator, const Node& call) {
  List list = as_list(evaluator.evaluate(*call.children[0]));
  const Node* precedes = call.children.size() > 1 ? call.children[1].get() : nullptr;
  if (precedes && precedes->kind != Kind::function)
    return evaluator.null_because(*precedes, "Второй аргумент «sort» – функция двух элементов: function(a, b) a < b.");
  // A merge sort of our own: std::sort may run off the list when the function contradicts itself.
  const auto before = [&](const Value& a, const Value& b) {
    evaluator.charge(1);
    if (precedes) return evaluator.call_function(*precedes, {a, b}).truth();
    const auto order = compare(a, b);
    return order && *order < 0;
  };
  const std::function<void(size_t, size_t)> sort_part = [&](size_t from, size_t to) {
    if (to - from < 2) return;
    const size_t middle = from + (to - from) / 2;
    sort_part(from, middle);
    sort_part(middle, to);
    List merged;
    size_t i = from, j = middle;
    while (i < middle || j < to)
      merged.push_back(j >= to || (i < middle && !before(list[j], list[i])) ? list[i++] : list[j++]);
    std::move(merged.begin(), merged.end(), list.begin() + static_cast<std::ptrdiff_t>(from));
  };
  sort_part(0, list.size());
  return list;
}

}  // namespace

Value parse_temporal(std::string_view text) {
  if (const auto date = parse_date(text)) return *date;
  if (const auto duration = parse_duration(text)) return *duration;
  // A zone or an offset is behind the time.
  const size_t clock = text.find('T');
  std::string_view local = text.substr(0, text.find('@'));
  if (!local.empty() && local.back() == 'Z') local.remove_suffix(1);
  if (const size_t sign = local.find_last_of("+-"); sign != std::string_view::npos && local.find(':') < sign)
    local = local.substr(0, sign);
  if (const size_t dot = local.find('.'); dot != std::string_view::npos && local.find(':') < dot)
    local = local.substr(0, dot);
  if (clock != std::string_view::npos && clock > 0) {
    const auto time = parse_local_time(local);
    return time ? Value(*time) : Value();
  }
  if (clock == 0) local.remove_prefix(1);
  if (local.find(':') != 2) return {};
  const auto time = parse_local_time("2000-01-01T" + std::string(local));
  return time ? Value(TimeOfDay{time->seconds}) : Value();
}

int find_builtin(std::string_view name) {
  static const std::map<std::string, int, std::less<>> index = [] {
    std::map<std::string, int, std::less<>> result;
    for (size_t i = 0; i < table().size(); ++i)
      result.emplace(table()[i].name, static_cast<int>(i));
    return result;
  }();
  const auto found = index.find(name);
  return found == index.end() ? -1 : found->second;
}

const std::vector<std::string>& builtin_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> result;
    for (const Builtin& builtin : table())
      result.push_back(builtin.name);
    return result;
  }();
  return names;
}

std::string check_arguments(const Node& call) {
  const Builtin& builtin = table()[static_cast<size_t>(call.builtin)];
  for (const std::string& name : call.names) {
    // date, time and date and time have second forms with names of their own.
    static const std::vector<std::string> others = {"year", "hour", "date"};
    if (std::find(builtin.parameters.begin(), builtin.parameters.end(), name) == builtin.parameters.end() &&
        std::find(others.begin(), others.end(), name) == others.end())
      return fmt::format("У функции «{}» нет аргумента «{}».", builtin.name, name);
  }
  const size_t given = call.children.size();
  if (given < builtin.required)
    return fmt::format("Функции «{}» не хватает аргументов: дано {}, нужно не меньше {}.", builtin.name, given,
                       builtin.required);
  if (!builtin.variadic && given > builtin.parameters.size())
    return fmt::format("Функции «{}» дано слишком много аргументов: {}, а берёт она не больше {}.", builtin.name, given,
                       builtin.parameters.size());
  return {};
}

Value call_builtin(Evaluator& evaluator, const Node& call) {
  const Builtin& builtin = table()[static_cast<size_t>(call.builtin)];
  if (!builtin.run) return sort_list(evaluator, call);
  Arguments arguments;
  if (call.names.empty()) {
    for (const NodePtr& child : call.children)
      arguments.push_back(evaluator.evaluate(*child));
  } else {
    arguments.resize(std::max(builtin.required, call.names.size()));
    for (size_t i = 0; i < call.names.size(); ++i) {
      const auto found = std::find(builtin.parameters.begin(), builtin.parameters.end(), call.names[i]);
      const size_t at = found == builtin.parameters.end() ? 0 : static_cast<size_t>(found - builtin.parameters.begin());
      if (at >= arguments.size()) arguments.resize(at + 1);
      arguments[at] = evaluator.evaluate(*call.children[i]);
    }
  }
  Value result = builtin.run(evaluator, arguments);
  evaluator.charge(weigh(result));
  if (result.is_null())
    return evaluator.null_because(call, fmt::format("Функция «{}» не подходит для этих значений.", builtin.name));
  return result;
}

}  // namespace vekha::feel
