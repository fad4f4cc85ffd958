#include "workflow/instance.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "workflow/state.h"

namespace vekha::workflow {
namespace {

int number(const Value& value, int otherwise = -1) { return static_cast<int>(value.integer(otherwise)); }

const Value& get(const Event& event, std::string_view key) {
  static const Value null;
  const Value* value = event.data.find(key);
  return value ? *value : null;
}

// Removes what hangs on an execution: timers, subscriptions, calls; its open task goes to the closed ones.
void release(Instance& instance, int at, Instant time) {
  std::erase_if(instance.timers, [&](const Timer& timer) { return timer.at == at; });
  std::erase_if(instance.subscriptions, [&](const Subscription& subscription) { return subscription.at == at; });
  std::erase_if(instance.conditions, [&](const Condition& condition) { return condition.at == at; });
  std::erase_if(instance.calls, [&](const WaitingCall& call) { return call.at == at; });
  for (const Task& task : instance.tasks)
    if (task.at == at) instance.closed_tasks.push_back({task.id, task.node, task.name, {}, {}, {}, {}, time, false});
  std::erase_if(instance.tasks, [&](const Task& task) { return task.at == at; });
}

void remove(Instance& instance, int at, Instant time) {
  // Children are always younger than their scope.
  std::vector<int> gone = {at};
  for (const Execution& execution : instance.executions)
    if (std::find(gone.begin(), gone.end(), execution.parent) != gone.end()) gone.push_back(execution.id);
  for (const int id : gone)
    release(instance, id, time);
  std::erase_if(instance.executions, [&](const Execution& execution) {
    return std::find(gone.begin(), gone.end(), execution.id) != gone.end();
  });
}

[[noreturn]] void damaged(const Event& event) {
  throw Error(ErrorCode::internal,
              fmt::format("История экземпляра «{}» повреждена: событие «{}» не подходит к его состоянию.",
                          event.instance, to_string(event.kind)));
}

Execution& execution_of(Instance& instance, const Event& event, std::string_view key = "at") {
  Execution* execution = instance.find(number(get(event, key)));
  if (!execution) damaged(event);
  return *execution;
}

Task& task_of(Instance& instance, const Event& event) {
  const std::string& id = get(event, "task").text();
  for (Task& task : instance.tasks)
    if (task.id == id) return task;
  damaged(event);
}

void start(Instance& instance, const Event& event) {
  if (!instance.executions.empty()) damaged(event);
  instance.id = event.instance;
  instance.process = get(event, "process").text();
  instance.name = get(event, "name").text();
  instance.definition = get(event, "definition").text();
  instance.root = get(event, "root").text();
  if (const Value& caller = get(event, "caller"); !caller.is_null())
    instance.caller = Caller{caller.at("instance").text(), number(caller.at("at"))};
  instance.inherited_stage = stage_from(get(event, "stage"));
  instance.lane = get(event, "lane").text();
  instance.starter = event.actor;
  instance.started = event.time;
  Execution root;
  root.has_variables = true;
  root.variables = get(event, "variables").map();
  instance.executions.push_back(std::move(root));
}

void enter(Instance& instance, const Event& event) {
  if (!instance.find(number(get(event, "scope")))) damaged(event);
  Execution execution;
  execution.id = number(get(event, "at"));
  if (execution.id != instance.next_execution) damaged(event);
  instance.next_execution = execution.id + 1;
  execution.parent = number(get(event, "scope"));
  execution.node = get(event, "node").text();
  execution.flow = get(event, "flow").text();
  execution.turn = number(get(event, "turn"));
  if (const Value& total = get(event, "total"); !total.is_null()) {
    execution.body = true;
    execution.total = number(total);
    execution.items = get(event, "items").list();
    execution.results.resize(static_cast<size_t>(execution.total));
  }
  if (const Value& variables = get(event, "variables"); variables.is<Map>()) {
    execution.has_variables = true;
    execution.variables = variables.map();
  }
  if (const Value& undoes = get(event, "undoes"); !undoes.is_null()) {
    execution.undoes = number(undoes);
    Execution* owner = instance.find(execution.undoes);
    if (!owner || owner->undone.empty()) damaged(event);
    Completed completed = std::move(owner->undone.front());
    owner->undone.erase(owner->undone.begin());
    if (get(event, "restored").truth()) {
      execution.done = std::move(completed.done);
      for (Completed& inner : execution.done)
        inner.scope = execution.id;
    }
  }
  instance.executions.push_back(std::move(execution));
}

// What has been done can be undone as long as its scope lives. The turns of a repeated activity come to the scope of
// the whole when that is done.
void keep_for_compensation(Instance& instance, const Execution& execution) {
  Execution* scope = instance.find(execution.parent);
  if (!scope) return;
  if (execution.body) {
    for (Completed turn : execution.done) {
      turn.scope = scope->id;
      scope->done.push_back(std::move(turn));
    }
  } else {
    scope->done.push_back({execution.id, scope->id, execution.node, execution.variables, execution.done});
  }
}

void begin_compensation(Instance& instance, const Event& event) {
  const int at = execution_of(instance, event).id;
  for (const Value& id : get(event, "undone").list()) {
    bool found = false;
    for (Execution& scope : instance.executions) {
      const auto entry = std::find_if(scope.done.begin(), scope.done.end(),
                                      [&](const Completed& completed) { return completed.id == number(id); });
      if (entry == scope.done.end()) continue;
      instance.find(at)->undone.push_back(*entry);
      scope.done.erase(entry);
      found = true;
      break;
    }
    if (!found) damaged(event);
  }
}

void complete_task(Instance& instance, const Event& event) {
  const Task& task = task_of(instance, event);
  const Value& by = get(event, "by");
  instance.closed_tasks.push_back({task.id, task.node, task.name, get(event, "outcome").text(),
                                   get(event, "label").text(), by.at("id").text(), by.at("name").text(), event.time,
                                   true});
  std::erase_if(instance.tasks, [&](const Task& open) { return open.id == instance.closed_tasks.back().id; });
}

Instant instant(const Value& value) { return parse_instant(value.text()).value_or(Instant{}); }

template <class T>
void erase_waiting(std::vector<T>& list, const Event& event) {
  const int at = number(get(event, "at"));
  const std::string& node = get(event, "node").text();
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const T& entry) { return entry.at == at && entry.node == node; });
  if (found == list.end()) damaged(event);
  list.erase(found);
}

// Histories of older releases do not say of a message that it began the instance.
bool waits_at(const Instance& instance, const Event& event) {
  return std::any_of(instance.subscriptions.begin(), instance.subscriptions.end(), [&](const Subscription& entry) {
    return entry.at == number(get(event, "at")) && entry.node == get(event, "node").text();
  });
}

}  // namespace

const Execution* Instance::find(int execution) const {
  const auto found = std::lower_bound(executions.begin(), executions.end(), execution,
                                      [](const Execution& entry, int wanted) { return entry.id < wanted; });
  return found != executions.end() && found->id == execution ? &*found : nullptr;
}

Execution* Instance::find(int execution) { return const_cast<Execution*>(std::as_const(*this).find(execution)); }

const Task* Instance::find_task(std::string_view task_id) const {
  for (const Task& task : tasks)
    if (task.id == task_id) return &task;
  return nullptr;
}

const Map& Instance::variables() const {
  static const Map none;
  return executions.empty() ? none : executions[0].variables;
}

Map Instance::visible_variables(int execution) const {
  std::vector<const Execution*> chain;
  for (const Execution* at = find(execution); at; at = find(at->parent))
    chain.push_back(at);
  Map result;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it)
    for (const auto& [key, value] : (*it)->variables)
      result.set(key, value);
  return result;
}

void apply(Instance& instance, const Event& event) {
  switch (event.kind) {
    case EventKind::instance_started: start(instance, event); break;
    case EventKind::instance_ended: {
      const auto status = status_from(get(event, "status").text());
      if (!status || instance.executions.empty()) damaged(event);
      instance.status = *status;
      instance.reason = get(event, "reason").text();
      instance.ended = event.time;
      // The variables of the process stay, for its caller and for reading.
      while (instance.executions.size() > 1)
        remove(instance, instance.executions.back().id, event.time);
      release(instance, 0, event.time);
      break;
    }
    case EventKind::entered: enter(instance, event); break;
    case EventKind::left:
      if (get(event, "compensable").truth()) keep_for_compensation(instance, Execution(execution_of(instance, event)));
      [[fallthrough]];
    case EventKind::cancelled:
      execution_of(instance, event);
      remove(instance, number(get(event, "at")), event.time);
      break;
    case EventKind::variables_set: {
      Execution& scope = execution_of(instance, event, "scope");
      scope.has_variables = true;
      for (const auto& [name, value] : get(event, "values").map())
        scope.variables.set(name, value);
      break;
    }
    case EventKind::collected: {
      Execution& body = execution_of(instance, event);
      const size_t turn = static_cast<size_t>(number(get(event, "turn")));
      if (turn >= body.results.size()) damaged(event);
      body.results[turn] = get(event, "value");
      break;
    }
    case EventKind::task_created: {
      execution_of(instance, event);
      instance.tasks.push_back(task_from(Value(event.data)));
      instance.tasks.back().created = event.time;
      ++instance.next_task;
      break;
    }
    case EventKind::task_claimed: task_of(instance, event).claimed_by = get(event, "by").text(); break;
    case EventKind::task_reassigned: {
      Task& task = task_of(instance, event);
      task.assignees.clear();
      task.claimed_by.clear();
      for (const Value& person : get(event, "assignees").list())
        task.assignees.push_back(person.text());
      break;
    }
    case EventKind::task_completed: complete_task(instance, event); break;
    case EventKind::timer_set:
      instance.timers.push_back({number(get(event, "at")), get(event, "node").text(), instant(get(event, "due")),
                                 get(event, "every").text(), number(get(event, "repeats"), 0)});
      break;
    case EventKind::timer_fired:
      if (!get(event, "starts").truth()) erase_waiting(instance.timers, event);
      break;
    case EventKind::message_awaited:
      instance.subscriptions.push_back({number(get(event, "at")), get(event, "node").text(),
                                        get(event, "message").text(), get(event, "key").text()});
      break;
    case EventKind::signal_awaited:
      instance.subscriptions.push_back(
          {number(get(event, "at")), get(event, "node").text(), signal_channel(get(event, "signal").text()), {}});
      break;
    case EventKind::condition_awaited:
      instance.conditions.push_back({number(get(event, "at")), get(event, "node").text(), get(event, "holds").truth()});
      break;
    case EventKind::condition_changed:
    case EventKind::condition_met: {
      if (event.kind == EventKind::condition_met && !get(event, "awaited").truth()) break;
      if (event.kind == EventKind::condition_met && !get(event, "stays").truth()) {
        erase_waiting(instance.conditions, event);
        break;
      }
      for (Condition& condition : instance.conditions)
        if (condition.at == number(get(event, "at")) && condition.node == get(event, "node").text())
          condition.holds = event.kind == EventKind::condition_met || get(event, "holds").truth();
      break;
    }
    case EventKind::compensation_begun: begin_compensation(instance, event); break;
    case EventKind::disarmed: {
      const int at = number(get(event, "at"));
      for (const Value& node : get(event, "nodes").list()) {
        const auto gone = [&](const auto& entry) { return entry.at == at && entry.node == node.text(); };
        std::erase_if(instance.timers, gone);
        std::erase_if(instance.subscriptions, gone);
        std::erase_if(instance.conditions, gone);
      }
      break;
    }
    case EventKind::signal_received:
    case EventKind::message_received: {
      // What began an instance was no subscription, and a boundary event that interrupts nothing goes on listening.
      if (!get(event, "stays").truth() && !get(event, "starts").truth() &&
          (number(get(event, "at")) > 0 || waits_at(instance, event)))
        erase_waiting(instance.subscriptions, event);
      break;
    }
    case EventKind::call_started:
      instance.calls.push_back({number(get(event, "at")), get(event, "instance").text()});
      break;
    case EventKind::call_returned: {
      const std::string& child = get(event, "instance").text();
      if (std::erase_if(instance.calls, [&](const WaitingCall& call) { return call.instance == child; }) == 0)
        damaged(event);
      break;
    }
    case EventKind::message_thrown:
    case EventKind::signal_thrown:
    case EventKind::error_thrown:
    case EventKind::escalation_thrown:
    case EventKind::service_done:
    case EventKind::document_wanted: break;
  }
}

Instance replay(const std::vector<Event>& events) {
  Instance instance;
  for (const Event& event : events)
    apply(instance, event);
  return instance;
}

Stage stage_of(const Process& process, const Instance& instance, int execution) {
  for (const Execution* at = instance.find(execution); at; at = instance.find(at->parent)) {
    if (at->parent != 0) continue;
    const Node* node = process.find(at->node);
    if (!node || node->kind != NodeKind::sub_process) break;
    for (const Stage& stage : process.stages())
      if (stage.name == node->name) return stage;
  }
  return instance.inherited_stage;
}

Stage current_stage(const Process& process, const Instance& instance) {
  for (const Execution& execution : instance.executions)
    if (execution.parent == 0)
      if (const Node* node = process.find(execution.node); node && node->kind == NodeKind::sub_process)
        return stage_of(process, instance, execution.id);
  return instance.inherited_stage;
}

std::string signal_channel(std::string_view signal) { return " " + std::string(signal); }

std::string instance_of_task(std::string_view task_id) { return std::string(task_id.substr(0, task_id.rfind('.'))); }

}  // namespace vekha::workflow
