// Functions of lists.
#include <algorithm>

#include "feel/builtin_table.h"
#include "feel/evaluator.h"

namespace vekha::feel {
namespace {

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

}  // namespace

// A single list argument, or the arguments themselves as one.
List spread(const Arguments& arguments) {
  if (arguments.size() == 1) return arguments[0].is<List>() ? arguments[0].list() : List{arguments[0]};
  return arguments;
}

List as_list(const Value& value) {
  if (value.is_null()) return {};
  return value.is<List>() ? value.list() : List{value};
}

void add_list_functions(Table& table) {
  table.add(
      "list contains", "list,element",
      VEKHA_FUNCTION { return a[0].is<List>() ? Value(holds(a[0].list(), a[1])) : Value(); });
  table.add(
      "count", "list", VEKHA_FUNCTION { return as_list(a[0]).size(); });
  table.add(
      "is empty", "list", VEKHA_FUNCTION { return as_list(a[0]).empty(); });
  table.add(
      "min", "list…", VEKHA_FUNCTION { return extreme(a, false); });
  table.add(
      "max", "list…", VEKHA_FUNCTION { return extreme(a, true); });
  table.add(
      "all", "list…", VEKHA_FUNCTION { return all_or_any(a, true); });
  table.add(
      "any", "list…", VEKHA_FUNCTION { return all_or_any(a, false); });
  table.add(
      "and", "list…", VEKHA_FUNCTION { return all_or_any(a, true); });
  table.add(
      "or", "list…", VEKHA_FUNCTION { return all_or_any(a, false); });
  table.add("sublist", "list,start position,length?", sublist);
  table.add(
      "append", "list,item…", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        list.insert(list.end(), a.begin() + 1, a.end());
        return list;
      });
  table.add(
      "concatenate", "list…", VEKHA_FUNCTION {
        List list;
        for (const Value& part : a) {
          const List entries = as_list(part);
          list.insert(list.end(), entries.begin(), entries.end());
        }
        return list;
      });
  table.add(
      "insert before", "list,position,new item", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        const auto at = index_of_position(a[1], list.size(), list.size() + 1);
        if (!at) return {};
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(*at), a[2]);
        return list;
      });
  table.add(
      "remove", "list,position", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        const auto at = index_of_position(a[1], list.size(), list.size());
        if (!at) return {};
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(*at));
        return list;
      });
  table.add(
      "list replace", "list,position,new item", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        const auto at = index_of_position(a[1], list.size(), list.size());
        if (!at) return {};
        list[*at] = a[2];
        return list;
      });
  table.add(
      "reverse", "list", VEKHA_FUNCTION {
        List list = as_list(a[0]);
        std::reverse(list.begin(), list.end());
        return list;
      });
  table.add(
      "index of", "list,match", VEKHA_FUNCTION {
        List result;
        const List list = as_list(a[0]);
        for (size_t i = 0; i < list.size(); ++i)
          if (equal(list[i], a[1]).value_or(false)) result.emplace_back(i + 1);
        return result;
      });
  table.add(
      "union", "list…", VEKHA_FUNCTION {
        List list;
        for (const Value& part : a) {
          const List entries = as_list(part);
          list.insert(list.end(), entries.begin(), entries.end());
        }
        return distinct(list, evaluator);
      });
  table.add(
      "distinct values", "list", VEKHA_FUNCTION { return distinct(as_list(a[0]), evaluator); });
  table.add(
      "flatten", "list", VEKHA_FUNCTION {
        List list;
        flatten_into(a[0], list);
        return list;
      });
  table.add("sort", "list,precedes?", nullptr);  // its second argument is a function: see call_builtin
}

}  // namespace vekha::feel
