#include "feel/evaluator.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "feel/builtins.h"

namespace vekha::feel {
namespace {

constexpr int max_depth = 1500;  // of nodes within nodes, calls of functions included

struct Deeper {
  explicit Deeper(int& depth) : depth_(depth) {
    if (++depth_ > max_depth) throw Evaluator::Exhausted{};
  }
  ~Deeper() { --depth_; }
  int& depth_;
};

// Source: DMN 1.4, 10.3.2.9. Of lists the elements are looked at too.
bool conforms(const Value& value, std::string_view type) {
  const size_t open = type.find('<');
  const std::string_view base = type.substr(0, open);
  if (base == "Any" || base == "any") return !value.is_null();
  if (base == "number") return value.is<Decimal>();
  if (base == "string") return value.is<std::string>();
  if (base == "boolean") return value.is<bool>();
  if (base == "date") return value.is<Date>();
  if (base == "time") return value.is<TimeOfDay>();
  if (base == "date and time") return value.is<LocalTime>();
  if (base == "days and time duration") return value.is<SecondsDuration>();
  if (base == "years and months duration") return value.is<MonthsDuration>();
  if (base == "function") return Evaluator::is_function(value);
  const std::string_view inner =
      open == std::string_view::npos ? "Any" : type.substr(open + 1, type.rfind('>') - open - 1);
  if (base == "range") {
    const auto range = range_from(value);
    return range && conforms(range->low, inner);
  }
  if (base == "list")
    return value.is<List>() &&
           (open == std::string_view::npos || std::all_of(value.list().begin(), value.list().end(),
                                                          [&](const Value& entry) { return conforms(entry, inner); }));
  if (base == "context") return value.is<Map>() && !Evaluator::is_function(value);
  return false;
}

}  // namespace

Value Evaluator::null_because(const Node& node, std::string message) {
  if (!fault_) fault_ = Fault{std::move(message), node.line, node.column};
  return {};
}

void Evaluator::charge(size_t steps) {
  steps_ += steps;
  if (steps_ > static_cast<size_t>(environment_.max_steps)) throw Exhausted{};
}

Value Evaluator::copy(const Value& value) {
  charge(weigh(value));
  return value;
}

const Value* Evaluator::look_up(std::string_view name) const {
  for (const Frame* frame = frame_; frame; frame = frame->outer) {
    if (frame->value && frame->name == name) return frame->value;
    if (frame->map)
      if (const Value* found = frame->map->find(name)) return found;
  }
  return scope_.find(name);
}

const Value* Evaluator::refer(const Node& node) {
  charge(1);
  if (node.kind == Kind::name) return look_up(node.text);
  if (node.kind != Kind::path) return nullptr;
  const Value* base = refer(*node.children[0]);
  const Map* map = base ? base->get_if<Map>() : nullptr;
  return map ? map->find(node.text) : nullptr;
}

Value Evaluator::evaluate(const Node& node) {
  charge(1);
  const Deeper deeper(depth_);
  switch (node.kind) {
    case Kind::literal: return node.value;
    case Kind::name:
      if (const Value* found = look_up(node.text)) return copy(*found);
      return null_because(node, fmt::format("Имя «{}» здесь не известно.", node.text));
    case Kind::path: return path(node);
    case Kind::filter: return filter(node);
    case Kind::unary_minus: {
      const Value value = evaluate(*node.children[0]);
      if (const Decimal* number = value.get_if<Decimal>()) return -*number;
      return multiply(value, Value(-1));
    }
    case Kind::add:
    case Kind::subtract:
    case Kind::multiply:
    case Kind::divide:
    case Kind::power: return arithmetic(node);
    case Kind::equal:
    case Kind::not_equal:
    case Kind::less:
    case Kind::less_equal:
    case Kind::greater:
    case Kind::greater_equal: return comparison(node);
    case Kind::conjunction: return logic(node, true);
    case Kind::disjunction: return logic(node, false);
    case Kind::between: {
      const Value value = evaluate(*node.children[0]);
      const auto low = compare(value, evaluate(*node.children[1]));
      const auto high = compare(value, evaluate(*node.children[2]));
      if (!low || !high) return null_because(node, "Значение нельзя сравнить с границами «between».");
      return *low >= 0 && *high <= 0;
    }
    case Kind::in: return membership(node);
    case Kind::if_then_else: return evaluate(*node.children[evaluate(*node.children[0]).truth() ? 1 : 2]);
    case Kind::for_each:
    case Kind::some:
    case Kind::every: return iterate(node);
    case Kind::context: return context(node);
    case Kind::list: {
      List list;
      for (const NodePtr& child : node.children)
        list.push_back(evaluate(*child));
      return list;
    }
    case Kind::call: return call_builtin(*this, node);
    case Kind::invoke: return invoke(node);
    case Kind::range:
      return to_value(
          Range{evaluate(*node.children[0]), evaluate(*node.children[1]), node.closed_low, node.closed_high});
    case Kind::function: return close(node);
    case Kind::test: return null_because(node, "Сравнение без левой части стоит только после «in».");
    case Kind::instance_of: return conforms(evaluate(*node.children[0]), node.text);
  }
  return {};
}

Value Evaluator::member(const Node& node, const Value& value) {
  if (const Map* map = value.get_if<Map>()) {
    if (const Value* found = map->find(node.text)) return copy(*found);
    return null_because(node, fmt::format("В контексте нет ключа «{}».", node.text));
  }
  if (const List* list = value.get_if<List>()) {
    List members;
    for (const Value& entry : *list)
      members.push_back(member(node, entry));
    charge(members.size());
    return members;
  }
  if (const auto part = part_of(as_temporal(value), node.text)) return *part;
  return null_because(node, fmt::format("У значения ({}) нет части «{}».", kind_name(value), node.text));
}

Value Evaluator::path(const Node& node) {
  if (const Value* found = refer(node)) return copy(*found);
  if (const Value* base = refer(*node.children[0])) return member(node, *base);
  return member(node, evaluate(*node.children[0]));
}

Value Evaluator::filter(const Node& node) {
  const Value base = evaluate(*node.children[0]);
  if (base.is_null()) return {};
  const List single = base.is<List>() ? List{} : List{base};
  const List& list = base.is<List>() ? base.list() : single;
  const Node& condition = *node.children[1];
  const auto at_index = [&](const Decimal& index) -> Value {
    const int64_t i = index.to_integer().value_or(0), size = static_cast<int64_t>(list.size());
    if (i > 0 && i <= size) return list[static_cast<size_t>(i - 1)];
    if (i < 0 && -i <= size) return list[static_cast<size_t>(size + i)];
    return {};
  };
  List kept;
  for (const Value& entry : list) {
    const Frame item{frame_, "item", &entry, entry.get_if<Map>()};
    frame_ = &item;
    const Value verdict = evaluate(condition);
    frame_ = item.outer;
    if (const Decimal* index = verdict.get_if<Decimal>()) return at_index(*index);
    if (verdict.truth()) kept.push_back(entry);
  }
  if (list.empty() && (condition.kind == Kind::literal || condition.kind == Kind::unary_minus)) return {};
  return kept;
}

Value Evaluator::arithmetic(const Node& node) {
  const Value a = evaluate(*node.children[0]), b = evaluate(*node.children[1]);
  Value result;
  const char* sign = "+";
  switch (node.kind) {
    case Kind::add: result = add(a, b); break;
    case Kind::subtract: result = subtract(a, b), sign = "-"; break;
    case Kind::multiply: result = multiply(a, b), sign = "*"; break;
    case Kind::divide: result = divide(a, b), sign = "/"; break;
    default: result = power(a, b), sign = "**"; break;
  }
  charge(weigh(result));
  if (!result.is_null()) return result;
  if (node.kind == Kind::divide && b.is<Decimal>() && b.get_if<Decimal>()->is_zero())
    return null_because(node, "Деление на ноль.");
  return null_because(
      node, fmt::format("Действие «{}» не подходит для значений ({}, {}).", sign, kind_name(a), kind_name(b)));
}

Value Evaluator::comparison(const Node& node) {
  const Value a = evaluate(*node.children[0]), b = evaluate(*node.children[1]);
  if (node.kind == Kind::equal || node.kind == Kind::not_equal) {
    const auto same = equal(a, b);
    if (!same) return null_because(node, fmt::format("Значения ({}, {}) нельзя сравнить.", kind_name(a), kind_name(b)));
    return *same == (node.kind == Kind::equal);
  }
  const auto order = compare(a, b);
  if (!order) return null_because(node, fmt::format("Значения ({}, {}) нельзя сравнить.", kind_name(a), kind_name(b)));
  switch (node.kind) {
    case Kind::less: return *order < 0;
    case Kind::less_equal: return *order <= 0;
    case Kind::greater: return *order > 0;
    default: return *order >= 0;
  }
}

// Three values: what is not neutral decides, else null where any side is neither true nor false.
Value Evaluator::logic(const Node& node, bool neutral) {
  const Value a = evaluate(*node.children[0]);
  if (a.is<bool>() && a.truth() != neutral) return !neutral;
  const Value b = evaluate(*node.children[1]);
  if (b.is<bool>() && b.truth() != neutral) return !neutral;
  if (!a.is<bool>() || !b.is<bool>()) return {};
  return neutral;
}

Value Evaluator::contained(const Node& node, const Value& range, const Value& value) {
  const Range bounds = *range_from(range);
  const auto low = compare(value, bounds.low), high = compare(value, bounds.high);
  if (!low || !high) return null_because(node, "Значение нельзя сравнить с границами промежутка.");
  return (bounds.closed_low ? *low >= 0 : *low > 0) && (bounds.closed_high ? *high <= 0 : *high < 0);
}

Value Evaluator::passes(const Node& test, const Value& value) {
  if (test.kind == Kind::test) {
    const Value right = evaluate(*test.children[0]);
    if (test.text == "=" || test.text == "==" || test.text == "!=") {
      const auto same = equal(value, right);
      return same ? Value(*same == (test.text != "!=")) : Value();
    }
    const auto order = compare(value, right);
    if (!order) return {};
    if (test.text == "<") return *order < 0;
    if (test.text == "<=") return *order <= 0;
    if (test.text == ">") return *order > 0;
    return *order >= 0;
  }
  if (test.kind == Kind::list) {  // a list of values or ranges
    for (const NodePtr& child : test.children)
      if (passes(*child, value).truth()) return true;
    return false;
  }
  const Value other = evaluate(test);
  if (range_from(other) && !range_from(value)) return contained(test, other, value);
  if (other.is<bool>() && !value.is<bool>()) return other;  // an expression over «?» says itself whether it fits
  if (equal(value, other).value_or(false)) return true;
  for (const Value& entry : other.list()) {
    if (equal(value, entry).value_or(false)) return true;
    if (range_from(entry) && contained(test, entry, value).truth()) return true;
  }
  return false;
}

Value Evaluator::membership(const Node& node) {
  const Value value = evaluate(*node.children[0]);
  bool known = true;
  for (size_t i = 1; i < node.children.size(); ++i) {
    const Value verdict = passes(*node.children[i], value);
    if (verdict.truth()) return true;
    known = known && verdict.is<bool>();
  }
  return known ? Value(false) : Value();
}

Value Evaluator::iterate(const Node& node) {
  List results;
  Value verdict = node.kind == Kind::every;
  const bool going_on = turn(node, 0, results, verdict);
  if (node.kind != Kind::for_each) return verdict;
  return going_on ? Value(std::move(results)) : Value();
}

// The turns of the iterator number `depth` and of those inside it; false when there is nothing more to find out.
bool Evaluator::turn(const Node& node, size_t depth, List& results, Value& verdict) {
  if (depth == node.names.size()) {
    const Node& body = *node.children.back();
    if (node.kind == Kind::for_each) {
      if (node.text.empty()) {
        results.push_back(evaluate(body));
        return true;
      }
      const Value partial = results;
      charge(weigh(partial));
      const Frame frame{frame_, "partial", &partial, nullptr};
      frame_ = &frame;
      results.push_back(evaluate(body));
      frame_ = frame.outer;
      return true;
    }
    const Value value = evaluate(body);
    if (node.kind == Kind::some ? value.truth() : (value.is<bool>() && !value.truth())) {
      verdict = node.kind == Kind::some;
      return false;
    }
    if (!value.is<bool>()) verdict = Value();
    return true;
  }
  const Node& source = *node.children[depth];
  const auto with = [&](const Value& value) {
    const Frame frame{frame_, node.names[depth], &value, nullptr};
    frame_ = &frame;
    const bool going_on = turn(node, depth + 1, results, verdict);
    frame_ = frame.outer;
    return going_on;
  };
  if (source.kind == Kind::range)
    return each_between(source, evaluate(*source.children[0]), evaluate(*source.children[1]), verdict, with);
  const Value list = evaluate(source);
  if (list.is_null()) {
    verdict = Value();
    return false;
  }
  if (const auto range = range_from(list)) return each_between(source, range->low, range->high, verdict, with);
  if (!list.is<List>()) return with(list);
  for (const Value& entry : list.list())
    if (!with(entry)) return false;
  return true;
}

// Upwards or downwards, whole numbers or days.
template <class Function>
bool Evaluator::each_between(const Node& source, const Value& from, const Value& to, Value& verdict,
                             Function function) {
  const Value low = as_temporal(from), high = as_temporal(to);
  const auto order = compare(low, high);
  const Value one = low.is<Date>() ? Value(SecondsDuration{86400}) : Value(1);
  if (!order || !(low.is<Decimal>() || low.is<Date>())) {
    null_because(source, "Границы промежутка – не числа и не даты.");
    verdict = Value();
    return false;
  }
  for (Value at = low;; at = *order <= 0 ? add(at, one) : subtract(at, one)) {
    charge(1);
    const auto left = compare(at, high);
    if (!left || (*order <= 0 ? *left > 0 : *left < 0)) return true;
    if (!function(at)) return false;
  }
}

Value Evaluator::context(const Node& node) {
  Map map;
  const Frame frame{frame_, {}, nullptr, &map};
  frame_ = &frame;
  for (size_t i = 0; i < node.names.size(); ++i)
    map.set(node.names[i], named(node.names[i], evaluate(*node.children[i])));
  frame_ = frame.outer;
  return map;
}

namespace {

// No key of a context begins with a zero byte.
const std::string function_key("\0function", 9);

}  // namespace

bool Evaluator::is_function(const Value& value) {
  return value.is<Map>() && value.map().size() == 1 && value.map().contains(function_key);
}

Evaluator::Closure* Evaluator::closure_of(const Value& function) {
  if (!is_function(function)) return nullptr;
  const size_t index = static_cast<size_t>(function.at(function_key).integer());
  return index < closures_.size() ? &closures_[index] : nullptr;
}

Value Evaluator::close(const Node& literal) {
  std::vector<const Frame*> frames;
  for (const Frame* frame = frame_; frame; frame = frame->outer)
    frames.push_back(frame);
  Closure closure{&literal, {}, {}};
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
    if ((*frame)->value) closure.seen.set(std::string((*frame)->name), copy(*(*frame)->value));
    if ((*frame)->map)
      for (const auto& [key, value] : *(*frame)->map)
        closure.seen.set(key, copy(value));
  }
  closures_.push_back(std::move(closure));
  return Map{{function_key, closures_.size() - 1}};
}

Value Evaluator::named(const std::string& name, Value value) {
  if (Closure* closure = closure_of(value); closure && closure->own_name.empty()) closure->own_name = name;
  return value;
}

Value Evaluator::invoke(const Node& node) {
  const Value function = evaluate(*node.children[0]);
  const Closure* closure = closure_of(function);
  if (!closure) return null_because(node, "Здесь вызывается то, что не функция.");
  const std::vector<std::string>& parameters = closure->literal->names;
  const size_t given = node.children.size() - 1;
  if (given > parameters.size())
    return null_because(node, fmt::format("Функция берёт аргументов: {}, а дано {}.", parameters.size(), given));
  std::vector<Value> arguments(parameters.size());
  for (size_t i = 0; i < given; ++i) {
    size_t at = i;
    if (!node.names.empty()) {
      const auto found = std::find(parameters.begin(), parameters.end(), node.names[i]);
      if (found == parameters.end())
        return null_because(node, fmt::format("У функции нет аргумента «{}».", node.names[i]));
      at = static_cast<size_t>(found - parameters.begin());
    }
    arguments[at] = evaluate(*node.children[i + 1]);
  }
  return call_function(node, function, arguments);
}

Value Evaluator::call_function(const Node& call, const Value& function, const std::vector<Value>& arguments) {
  static const Value null;
  const Closure* closure = closure_of(function);
  if (!closure) return null_because(call, "Здесь вызывается то, что не функция.");
  const std::vector<std::string>& parameters = closure->literal->names;
  const Frame* const caller = frame_;
  const Frame seen{nullptr, closure->own_name, closure->own_name.empty() ? nullptr : &function, &closure->seen};
  frame_ = &seen;
  std::vector<Frame> frames(parameters.size());
  for (size_t i = 0; i < frames.size(); ++i) {
    frames[i] = {frame_, parameters[i], i < arguments.size() ? &arguments[i] : &null, nullptr};
    frame_ = &frames[i];
  }
  Value result = evaluate(*closure->literal->children[0]);
  frame_ = caller;
  return result;
}

Value Evaluator::without_functions(Value value) const {
  if (closures_.empty() || is_function(value)) return closures_.empty() ? value : Value();
  if (value.is<List>()) {
    List list;
    for (const Value& entry : value.list())
      list.push_back(without_functions(entry));
    return list;
  }
  if (!value.is<Map>()) return value;
  Map map;
  for (const auto& [key, entry] : value.map())
    map.set(key, without_functions(entry));
  return map;
}

std::optional<Range> range_from(const Value& value) {
  const Map* map = value.get_if<Map>();
  if (!map || map->size() != 4) return std::nullopt;
  const Value *low = map->find("start"), *high = map->find("end"), *low_in = map->find("start included"),
              *high_in = map->find("end included");
  if (!low || !high || !low_in || !high_in || !low_in->is<bool>() || !high_in->is<bool>()) return std::nullopt;
  return Range{*low, *high, low_in->truth(), high_in->truth()};
}

Value to_value(const Range& range) {
  return Map{{"start", range.low},
             {"end", range.high},
             {"start included", range.closed_low},
             {"end included", range.closed_high}};
}

Result Expression::evaluate(const Scope& scope, const Environment& environment) const {
  if (!root_) return {};
  Evaluator evaluator(scope, environment);
  try {
    Value value = evaluator.without_functions(evaluator.evaluate(*root_));
    if (!value.is_null() || root_->kind == Kind::literal) return {std::move(value), std::nullopt, evaluator.steps()};
    return {Value(), std::move(evaluator.fault()), evaluator.steps()};
  } catch (const Evaluator::Exhausted&) {
    return {Value(), Fault{"Выражение вычисляется слишком долго и остановлено.", 1, 1}, evaluator.steps()};
  }
}

}  // namespace vekha::feel
