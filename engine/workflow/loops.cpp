// Repeated activities: multi-instance and the standard loop.
#include <fmt/format.h>

#include <algorithm>

#include "workflow/machine.h"

namespace vekha::workflow {
namespace {

constexpr size_t max_turns = 10'000;

// A collection of the loop as its turns see it.
List elements_of(const Value& value) {
  if (value.is<List>()) return value.list();
  return value.is_null() ? List{} : List{value};
}

}  // namespace

int Machine::number_of_turns(int scope, const Node& node, List& items) {
  const Loop& loop = *node.loop;
  size_t total = 0;
  if (loop.collection) {
    feel::Result result = evaluate(*loop.collection, scope);
    if (result.value.is_null())
      fail(fmt::format("«{}» повторяется по списку «{}», а его нет{}", node.name, loop.collection->text(),
                       result.fault ? ": " + result.fault->message : "."));
    items = elements_of(plain(std::move(result.value)));
    total = items.size();
  } else if (loop.cardinality) {
    const feel::Result result = evaluate(*loop.cardinality, scope);
    const int64_t count = result.value.integer(-1);
    if (count < 0)
      fail(fmt::format("«{}» повторяется «{}» раз, а это не целое число{}", node.name, loop.cardinality->text(),
                       result.fault ? ": " + result.fault->message : "."));
    total = static_cast<size_t>(count);
  }
  if (total > max_turns) fail(fmt::format("«{}» повторяется больше {} раз.", node.name, max_turns));
  return static_cast<int>(total);
}

void Machine::enter_loop(int scope, const Node& node, Map data) {
  const Loop& loop = *node.loop;
  const int body = instance_.next_execution;
  List items;
  const int total = number_of_turns(scope, node, items);
  data.set("total", total);
  if (loop.sequential && loop.collection) data.set("items", items);
  emit(EventKind::entered, std::move(data));
  if (!arm(body, node)) return;
  int first_turns = loop.sequential ? std::min(total, 1) : total;
  if (loop.standard) first_turns = !loop.test_before || loop_goes_on(body, node, 0) ? 1 : 0;
  if (first_turns == 0) agenda_.push_back(body);
  for (int turn = 0; turn < first_turns; ++turn)
    enter_turn(body, node, turn, loop.collection ? &items[static_cast<size_t>(turn)] : nullptr);
}

// Source: BPMN 2.0.2, 13.3.6: the condition is looked at before each turn or after it, loopMaximum always.
bool Machine::loop_goes_on(int body, const Node& node, int completed) {
  const Loop& loop = *node.loop;
  if (loop.maximum >= 0 && completed >= loop.maximum) return false;
  if (!loop.condition) return true;
  const Map numbers{{"loopCounter", completed}};
  return evaluate(*loop.condition, body, &numbers).value.truth();
}

void Machine::enter_turn(int body, const Node& node, int turn, const Value* item) {
  Map variables{{"loopCounter", turn + 1}};
  for (const auto& [name, value] : own_variables(body, node))
    variables.set(name, value);
  if (!node.loop->output_item.empty()) variables.set(node.loop->output_item, nullptr);
  if (item && !node.loop->item.empty()) variables.set(node.loop->item, *item);
  const int at = instance_.next_execution;
  Map data = entry(at, body, node);
  data.set("turn", turn);
  data.set("variables", std::move(variables));
  emit(EventKind::entered, std::move(data));
  agenda_.push_back(at);
}

void Machine::complete_turn(int at, const Node& node) {
  const Execution& execution = *instance_.find(at);
  const int body = execution.parent, turn = execution.turn;
  const Loop& loop = *node.loop;
  if (!loop.output_collection.empty() && !loop.output_item.empty()) {
    const Value* value = execution.variables.find(loop.output_item);
    emit(EventKind::collected, Map{{"at", body}, {"turn", turn}, {"value", value ? *value : Value()}});
  }
  Map data = departure(at, node);
  data.set("turn", turn);
  if (is_compensable(execution, node)) data.set("compensable", true);
  emit(EventKind::left, std::move(data));
  check_conditions();  // they may stop the whole before its next turn
  if (!is_alive(body)) return;
  const Execution& whole = *instance_.find(body);
  const bool enough = loop.completion && [&] {
    const Map numbers{{"numberOfCompletedInstances",
                       loop.sequential
                           ? turn + 1
                           : whole.total - static_cast<int>(std::count_if(
                                               instance_.executions.begin(), instance_.executions.end(),
                                               [&](const Execution& entry) { return entry.parent == body; }))}};
    return evaluate(*loop.completion, body, &numbers).value.truth();
  }();
  std::vector<int> others;
  for (const Execution& entry : instance_.executions)
    if (entry.parent == body) others.push_back(entry.id);
  if (loop.standard) {
    if (loop_goes_on(body, node, turn + 1))
      enter_turn(body, node, turn + 1, nullptr);
    else
      complete(body);
  } else if (enough) {
    for (const int other : others)
      cancel(other);
    complete(body);
  } else if (loop.sequential && turn + 1 < whole.total) {
    const size_t next = static_cast<size_t>(turn) + 1;
    const Value item = next < whole.items.size() ? whole.items[next] : Value();
    enter_turn(body, node, turn + 1, loop.collection ? &item : nullptr);
  } else if (others.empty()) {
    complete(body);
  }
}

}  // namespace vekha::workflow
