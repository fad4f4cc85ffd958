// Undoing what was done: handlers run one after another, the last that was completed first.
// Source: BPMN 2.0.2, 10.7 and 13.5.5.
#include <algorithm>

#include "workflow/machine.h"

namespace vekha::workflow {
namespace {

bool is_compensation(const Node& event) { return event.trigger == Trigger::compensation; }

}  // namespace

// It has a handler of its own, or something inside it has.
bool Machine::is_compensable(const Execution& execution, const Node& node) const {
  if (!node.is_activity() || node.event_sub_process || node.for_compensation || execution.undoes >= 0) return false;
  if (execution.body) return !execution.done.empty();
  const auto handles = [&](int event) { return is_compensation(node_at(event)); };
  if (std::any_of(node.boundary.begin(), node.boundary.end(), handles)) return true;
  if (node.kind != NodeKind::sub_process) return false;
  const auto starts = [&](int index) { return is_compensation(node_at(node_at(index).start)); };
  return !execution.done.empty() ||
         std::any_of(node.event_sub_processes.begin(), node.event_sub_processes.end(), starts);
}

// A token at a throwing event asks for everything in its scope to be undone, or for one activity. Thrown inside an
// event sub-process it means the scope which that belongs to as well.
void Machine::compensate(int at, const Node& node) {
  const int scope = instance_.find(at)->parent;
  List undone;
  const auto add = [&](const Execution& from) {
    for (auto entry = from.done.rbegin(); entry != from.done.rend(); ++entry)
      if (node.compensates < 0 || entry->node == node_at(node.compensates).id) undone.push_back(entry->id);
  };
  for (const Execution* from = instance_.find(scope); from; from = instance_.find(from->parent)) {
    if (!from->body) add(*from);
    const bool in_handler = !from->node.empty() && node_of(*from).event_sub_process;
    if (node.compensates >= 0 ? !undone.empty() : !in_handler) break;
  }
  int owner = at;
  if (!node.waits_for_handlers) {  // the token goes on, one of its own stays with the handlers
    owner = instance_.next_execution;
    emit(EventKind::entered, entry(owner, scope, node));
  }
  Map data = departure(owner, node);
  data.set("undone", std::move(undone));
  emit(EventKind::compensation_begun, std::move(data));
  if (owner != at) leave(at);
  if (is_alive(owner)) undo_next(owner);
}

void Machine::undo_next(int owner) {
  const Execution& execution = *instance_.find(owner);
  if (execution.undone.empty()) {
    undone(owner);
    return;
  }
  const Completed next = execution.undone.front();
  const int scope = instance_.find(next.scope) ? next.scope : execution.parent;
  const Node& node = *process_->find(next.node);
  for (const int index : node.boundary) {
    const Node& event = node_at(index);
    if (!is_compensation(event)) continue;
    const int here = instance_.next_execution;
    emit(EventKind::entered, entry(here, scope, event));
    enter(scope, event.handler, {}, owner);
    emit(EventKind::left, departure(here, event));
    return;
  }
  // The sub-process is entered again as it was left, to undo what was done inside.
  const int again = instance_.next_execution;
  Map data = entry(again, scope, node);
  data.set("variables", next.variables);
  data.set("undoes", owner);
  data.set("restored", true);
  emit(EventKind::entered, std::move(data));
  for (const int index : node.event_sub_processes) {
    const Node& start = node_at(node_at(index).start);
    if (!is_compensation(start)) continue;
    begin_event_sub_process(again, start, {}, {});
    return;
  }
  List inside;
  const std::vector<Completed>& done = instance_.find(again)->done;
  for (auto entry = done.rbegin(); entry != done.rend(); ++entry)
    inside.push_back(entry->id);
  Map begun = departure(again, node);
  begun.set("undone", std::move(inside));
  emit(EventKind::compensation_begun, std::move(begun));
  undo_next(again);
}

// Nothing is left to undo for whoever asked.
void Machine::undone(int owner) {
  const Execution& execution = *instance_.find(owner);
  const Node& node = node_of(execution);
  if (node.throws() && !node.waits_for_handlers) {
    const int scope = execution.parent;
    Map data = departure(owner, node);
    data.set("body", true);
    emit(EventKind::left, std::move(data));
    end_scope_if_done(scope);
  } else if (node.kind == NodeKind::intermediate_throw_event) {
    leave(owner);
  } else {
    leave_by(owner, {});
  }
}

}  // namespace vekha::workflow
