#include "workflow/state.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vekha::workflow {
namespace {

int number(const Value& value, int otherwise = -1) { return static_cast<int>(value.integer(otherwise)); }
Instant instant(const Value& value) { return parse_instant(value.text()).value_or(Instant{}); }

List texts(const std::vector<std::string>& list) { return List(list.begin(), list.end()); }

std::vector<std::string> texts_from(const Value& value) {
  std::vector<std::string> result;
  for (const Value& entry : value.list())
    result.push_back(entry.text());
  return result;
}

// Keys whose value says nothing are left out: an instance is stored after every step.
void put(Map& map, std::string key, const std::string& text) {
  if (!text.empty()) map.set(std::move(key), text);
}

template <class T, class Function>
List each(const std::vector<T>& entries, Function function) {
  List list;
  for (const T& entry : entries)
    list.emplace_back(function(entry));
  return list;
}

List to_list(const std::vector<Completed>& entries) {
  return each(entries, [](const Completed& entry) {
    Map map{{"id", entry.id}, {"scope", entry.scope}, {"node", entry.node}};
    if (!entry.variables.empty()) map.set("variables", entry.variables);
    if (!entry.done.empty()) map.set("done", to_list(entry.done));
    return map;
  });
}

std::vector<Completed> completed_from(const Value& value) {
  std::vector<Completed> entries;
  for (const Value& entry : value.list())
    entries.push_back({number(entry.at("id")), number(entry.at("scope")), entry.at("node").text(),
                       entry.at("variables").map(), completed_from(entry.at("done"))});
  return entries;
}

Map to_map(const Execution& execution) {
  Map map{{"id", execution.id}, {"parent", execution.parent}};
  put(map, "node", execution.node);
  put(map, "flow", execution.flow);
  if (execution.turn >= 0) map.set("turn", execution.turn);
  if (execution.body) {
    map.set("total", execution.total);
    if (!execution.items.empty()) map.set("items", execution.items);
    map.set("results", execution.results);
  }
  if (execution.has_variables) map.set("variables", execution.variables);
  if (!execution.done.empty()) map.set("done", to_list(execution.done));
  if (!execution.undone.empty()) map.set("undone", to_list(execution.undone));
  if (execution.undoes >= 0) map.set("undoes", execution.undoes);
  return map;
}

Execution execution_from(const Value& value) {
  Execution execution;
  execution.id = number(value.at("id"));
  execution.parent = number(value.at("parent"));
  execution.node = value.at("node").text();
  execution.flow = value.at("flow").text();
  execution.turn = number(value.at("turn"));
  execution.body = !value.at("total").is_null();
  execution.total = number(value.at("total"), 0);
  execution.items = value.at("items").list();
  execution.results = value.at("results").list();
  execution.has_variables = value.at("variables").is<Map>();
  execution.variables = value.at("variables").map();
  execution.done = completed_from(value.at("done"));
  execution.undone = completed_from(value.at("undone"));
  execution.undoes = number(value.at("undoes"));
  return execution;
}

Map to_map(const ClosedTask& task) {
  Map map{{"id", task.id}, {"node", task.node}, {"name", task.name}, {"time", to_iso(task.time)}, {"done", task.done}};
  put(map, "outcome", task.outcome);
  put(map, "label", task.label);
  put(map, "by", task.by);
  put(map, "by_name", task.by_name);
  return map;
}

}  // namespace

Stage stage_from(const Value& value) { return {number(value.at("number"), 0), value.at("name").text()}; }

Value to_value(const Stage& stage) {
  if (stage.number == 0) return {};
  return Map{{"number", stage.number}, {"name", stage.name}};
}

Value to_value(const Task& task) {
  Map map{{"at", task.at}, {"task", task.id}, {"node", task.node}, {"name", task.name}, {"role", task.role}};
  map.set("assignees", texts(task.assignees));
  put(map, "claimed_by", task.claimed_by);
  map.set("outcomes", each(task.outcomes, [](const TaskOutcome& outcome) {
            return Map{{"id", outcome.id}, {"label", outcome.label}, {"reason_required", outcome.reason_required}};
          }));
  map.set("fields", each(task.fields, [](const TaskField& field) {
            Map entry{{"name", field.name}, {"label", field.label}, {"type", field.type}, {"required", field.required}};
            if (!field.choices.empty()) entry.set("choices", texts(field.choices));
            entry.set("value", field.value);
            return entry;
          }));
  map.set("created", to_iso(task.created));
  map.set("due", task.due);
  map.set("stage", to_value(task.stage));
  return map;
}

Task task_from(const Value& value) {
  Task task;
  task.id = value.at("task").text();
  task.at = number(value.at("at"));
  task.node = value.at("node").text();
  task.name = value.at("name").text();
  task.role = value.at("role").text();
  task.assignees = texts_from(value.at("assignees"));
  task.claimed_by = value.at("claimed_by").text();
  for (const Value& entry : value.at("outcomes").list())
    task.outcomes.push_back({entry.at("id").text(), entry.at("label").text(), entry.at("reason_required").truth()});
  for (const Value& entry : value.at("fields").list())
    task.fields.push_back({entry.at("name").text(), entry.at("label").text(), entry.at("type").text(),
                           entry.at("required").truth(), texts_from(entry.at("choices")), entry.at("value")});
  task.created = instant(value.at("created"));
  task.due = value.at("due");
  task.stage = stage_from(value.at("stage"));
  return task;
}

Value to_value(const Instance& instance) {
  Map map{{"id", instance.id},
          {"process", instance.process},
          {"name", instance.name},
          {"definition", instance.definition},
          {"root", instance.root},
          {"status", to_string(instance.status)},
          {"started", to_iso(instance.started)}};
  put(map, "starter", instance.starter);
  put(map, "reason", instance.reason);
  if (instance.ended) map.set("ended", to_iso(*instance.ended));
  if (instance.caller) map.set("caller", Map{{"instance", instance.caller->instance}, {"at", instance.caller->at}});
  if (instance.inherited_stage.number) map.set("stage", to_value(instance.inherited_stage));
  put(map, "lane", instance.lane);
  map.set("next_execution", instance.next_execution);
  map.set("next_task", instance.next_task);
  map.set("executions", each(instance.executions, [](const Execution& execution) { return to_map(execution); }));
  map.set("tasks", each(instance.tasks, [](const Task& task) { return to_value(task); }));
  map.set("closed_tasks", each(instance.closed_tasks, [](const ClosedTask& task) { return to_map(task); }));
  map.set("timers", each(instance.timers, [](const Timer& timer) {
            Map entry{{"at", timer.at}, {"node", timer.node}, {"due", to_iso(timer.due)}};
            put(entry, "every", timer.every);
            if (timer.repeats) entry.set("repeats", timer.repeats);
            return entry;
          }));
  map.set("subscriptions", each(instance.subscriptions, [](const Subscription& subscription) {
            Map entry{{"at", subscription.at}, {"node", subscription.node}, {"message", subscription.message}};
            put(entry, "key", subscription.key);
            return entry;
          }));
  if (!instance.conditions.empty())
    map.set("conditions", each(instance.conditions, [](const Condition& condition) {
              return Map{{"at", condition.at}, {"node", condition.node}, {"holds", condition.holds}};
            }));
  map.set("calls", each(instance.calls, [](const WaitingCall& call) {
            return Map{{"at", call.at}, {"instance", call.instance}};
          }));
  return map;
}

Instance instance_from_value(const Value& value) {
  const auto status = status_from(value.at("status").text());
  if (!status || value.at("id").text().empty())
    throw Error(ErrorCode::unreadable, "Состояние экземпляра процесса не читается: нет «id» или «status».");
  Instance instance;
  instance.id = value.at("id").text();
  instance.process = value.at("process").text();
  instance.name = value.at("name").text();
  instance.definition = value.at("definition").text();
  instance.root = value.at("root").text();
  instance.status = *status;
  instance.starter = value.at("starter").text();
  instance.reason = value.at("reason").text();
  instance.started = instant(value.at("started"));
  if (const Value& ended = value.at("ended"); !ended.is_null()) instance.ended = instant(ended);
  if (const Value& caller = value.at("caller"); !caller.is_null())
    instance.caller = Caller{caller.at("instance").text(), number(caller.at("at"))};
  instance.inherited_stage = stage_from(value.at("stage"));
  instance.lane = value.at("lane").text();
  instance.next_execution = number(value.at("next_execution"));
  instance.next_task = number(value.at("next_task"));
  for (const Value& entry : value.at("executions").list())
    instance.executions.push_back(execution_from(entry));
  for (const Value& entry : value.at("tasks").list())
    instance.tasks.push_back(task_from(entry));
  for (const Value& entry : value.at("closed_tasks").list())
    instance.closed_tasks.push_back({entry.at("id").text(), entry.at("node").text(), entry.at("name").text(),
                                     entry.at("outcome").text(), entry.at("label").text(), entry.at("by").text(),
                                     entry.at("by_name").text(), instant(entry.at("time")), entry.at("done").truth()});
  for (const Value& entry : value.at("timers").list())
    instance.timers.push_back({number(entry.at("at")), entry.at("node").text(), instant(entry.at("due")),
                               entry.at("every").text(), number(entry.at("repeats"), 0)});
  for (const Value& entry : value.at("subscriptions").list())
    instance.subscriptions.push_back(
        {number(entry.at("at")), entry.at("node").text(), entry.at("message").text(), entry.at("key").text()});
  for (const Value& entry : value.at("conditions").list())
    instance.conditions.push_back({number(entry.at("at")), entry.at("node").text(), entry.at("holds").truth()});
  for (const Value& entry : value.at("calls").list())
    instance.calls.push_back({number(entry.at("at")), entry.at("instance").text()});
  return instance;
}

Value to_value(const Event& event) {
  return Map{{"kind", to_string(event.kind)},
             {"instance", event.instance},
             {"time", to_iso(event.time)},
             {"actor", event.actor},
             {"data", event.data}};
}

Event event_from_value(const Value& value) {
  const auto kind = event_kind_from(value.at("kind").text());
  const auto time = parse_instant(value.at("time").text());
  if (!kind || !time)
    throw Error(ErrorCode::unreadable, fmt::format("Событие истории не читается: вид «{}», время «{}».",
                                                   value.at("kind").text(), value.at("time").text()));
  return {*kind, value.at("instance").text(), *time, value.at("actor").text(), value.at("data").map()};
}

}  // namespace vekha::workflow
