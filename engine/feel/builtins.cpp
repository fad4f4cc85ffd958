#include "feel/builtins.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "base/text.h"
#include "feel/builtin_table.h"
#include "feel/evaluator.h"

namespace vekha::feel {
namespace {

const std::vector<Builtin>& rows() {
  static const Table table = [] {
    Table result;
    add_value_functions(result);
    add_text_functions(result);
    add_list_functions(result);
    add_number_functions(result);
    add_date_functions(result);
    add_range_functions(result);
    return result;
  }();
  return table.rows();
}

Value sort_list(Evaluator& evaluator, const Node& call) {
  List list = as_list(evaluator.evaluate(*call.children[0]));
  const Node* written = call.children.size() > 1 ? call.children[1].get() : nullptr;
  const Value precedes = written ? evaluator.evaluate(*written) : Value();
  if (written && !Evaluator::is_function(precedes))
    return evaluator.null_because(*written, "Второй аргумент «sort» – функция двух элементов: function(a, b) a < b.");
  // A merge sort of our own: std::sort may run off the list when the function contradicts itself.
  const auto before = [&](const Value& a, const Value& b) {
    evaluator.charge(1);
    if (written) return evaluator.call_function(call, precedes, {a, b}).truth();
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

void Table::add(std::string name, std::string_view parameters, Function run) {
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
  rows_.push_back(std::move(builtin));
}

int find_builtin(std::string_view name) {
  static const std::map<std::string, int, std::less<>> index = [] {
    std::map<std::string, int, std::less<>> result;
    for (size_t i = 0; i < rows().size(); ++i)
      result.emplace(rows()[i].name, static_cast<int>(i));
    return result;
  }();
  const auto found = index.find(name);
  return found == index.end() ? -1 : found->second;
}

const std::vector<std::string>& builtin_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> result;
    for (const Builtin& builtin : rows())
      result.push_back(builtin.name);
    return result;
  }();
  return names;
}

std::string check_arguments(const Node& call) {
  const Builtin& builtin = rows()[static_cast<size_t>(call.builtin)];
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
  const Builtin& builtin = rows()[static_cast<size_t>(call.builtin)];
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
