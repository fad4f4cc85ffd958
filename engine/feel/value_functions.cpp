// Conversions, and functions of contexts.
#include "base/duration.h"
#include "base/json.h"
#include "base/text.h"
#include "feel/builtin_table.h"
#include "feel/builtins.h"
#include "feel/evaluator.h"

namespace vekha::feel {
namespace {

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

Value context_put(Evaluator& evaluator, const Arguments& a) {
  if (!a[0].is<Map>()) return {};
  Map map = a[0].map();
  if (const List* keys = a[1].get_if<List>(); keys && !keys->empty()) {  // a way into contexts within contexts
    constexpr size_t max_way = 64;
    if (keys->size() > max_way) return {};
    const std::string& first = keys->front().text();
    const Value* inner = map.find(first);
    if (keys->size() == 1) return context_put(evaluator, {a[0], first, a[2]});
    const Value changed = context_put(
        evaluator, {inner && inner->is<Map>() ? *inner : Value(Map{}), List(keys->begin() + 1, keys->end()), a[2]});
    if (changed.is_null()) return {};
    map.set(first, changed);
    return map;
  }
  if (!a[1].is<std::string>()) return {};
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

void add_value_functions(Table& table) {
  table.add("date", "from,month?,day?", make_date_value);
  table.add("time", "from,minute?,second?,offset?", make_time_value);
  table.add("date and time", "from,time?", make_date_and_time);
  table.add("number", "from,grouping separator?,decimal separator?", make_number);
  table.add(
      "string", "from", VEKHA_FUNCTION { return a[0].is_null() ? Value() : Value(to_text(a[0])); });
  table.add("duration", "from", make_duration);
  table.add("years and months duration", "from,to", months_between);
  table.add(
      "not", "negand", VEKHA_FUNCTION { return a[0].is<bool>() ? Value(!a[0].truth()) : Value(); });
  table.add(
      "is", "value1,value2", VEKHA_FUNCTION { return a[0] == a[1]; });
  table.add("get value", "context,key", get_value);
  table.add(
      "get or else", "value,default", VEKHA_FUNCTION { return a[0].is_null() ? a[1] : a[0]; });
  table.add(
      "is defined", "value", VEKHA_FUNCTION { return !a[0].is_null(); });
  table.add("get entries", "context", get_entries);
  table.add("context put", "context,key,value", context_put);
  table.add("context merge", "contexts…", context_merge);
  table.add("context", "entries", context_of);
}

}  // namespace vekha::feel
