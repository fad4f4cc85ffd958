// What is waited for – messages, signals, timers, conditions – and what an event does when it happens.
#include <fmt/format.h>

#include <algorithm>

#include "base/duration.h"
#include "base/time_zone.h"
#include "workflow/machine.h"
#include "workflow/timing.h"

namespace vekha::workflow {
namespace {

// Happens again and again while it listens.
bool goes_on(const Node& event) {
  return !event.interrupting && (event.kind == NodeKind::boundary_event || event.kind == NodeKind::start_event);
}

}  // namespace

const std::vector<int>& Machine::event_sub_processes(int sub_process) const {
  return sub_process < 0 ? process_->event_sub_processes : node_at(sub_process).event_sub_processes;
}

// Begins to listen to the boundary events of an activity; false where one of them has stopped it already. An activity
// that is done at once has no time for anything but a condition that is true from the first.
bool Machine::arm(int at, const Node& node) {
  const bool waits = node.loop || node.kind == NodeKind::user_task || node.kind == NodeKind::receive_task ||
                     node.kind == NodeKind::sub_process || node.kind == NodeKind::call_activity;
  for (const bool conditional : {true, false})
    for (const int index : node.boundary) {
      const Node& event = node_at(index);
      if ((event.trigger == Trigger::conditional) != conditional || !(conditional || waits)) continue;
      if (!await(at, event)) return false;
    }
  return true;
}

// The same for the event sub-processes of a scope; true where one has begun in place of what the scope would do.
bool Machine::arm_scope(int scope, int sub_process) {
  for (const bool conditional : {true, false})
    for (const int index : event_sub_processes(sub_process)) {
      const Node& start = node_at(node_at(index).start);
      if ((start.trigger == Trigger::conditional) == conditional && !await(scope, start)) return true;
    }
  return false;
}

// Errors, escalations and compensations are looked for when they are thrown. False where the event has happened at once
// and there is nothing left to wait for.
bool Machine::await(int at, const Node& event) {
  switch (event.trigger) {
    case Trigger::timer: set_timer(at, event); break;
    case Trigger::conditional: return await_condition(at, event);
    case Trigger::signal:
      emit(EventKind::signal_awaited, Map{{"at", at}, {"node", event.id}, {"signal", event.code}});
      break;
    case Trigger::message:
      emit(
          EventKind::message_awaited,
          Map{{"at", at}, {"node", event.id}, {"message", definition_->name_heard(event)}, {"key", key_of(event, at)}});
      break;
    default: break;
  }
  return true;
}

bool Machine::await_condition(int at, const Node& event) {
  const bool holds = evaluate(*event.condition, at).value.truth();
  const bool stays = goes_on(event);
  if (!holds || stays) emit(EventKind::condition_awaited, Map{{"at", at}, {"node", event.id}, {"holds", holds}});
  if (!holds) return true;
  emit(EventKind::condition_met, Map{{"at", at}, {"node", event.id}, {"stays", stays}, {"awaited", stays}});
  trigger(at, event, {});
  return stays;
}

// An event happens when its condition becomes true; one that interrupts nothing happens again only after it was false.
void Machine::check_conditions() {
  while (conditions_due_ && instance_.status == Status::active) {
    conditions_due_ = false;
    const std::vector<Condition> conditions = instance_.conditions;
    for (const Condition& one : conditions) {
      const auto& open = instance_.conditions;
      if (std::find(open.begin(), open.end(), one) == open.end()) continue;
      const Node* event = process_->find(one.node);
      if (!event || !event->condition) fail(fmt::format("В процессе «{}» нет события «{}».", process_->name, one.node));
      const bool holds = evaluate(*event->condition, one.at).value.truth();
      if (holds == one.holds) continue;
      if (!holds) {
        emit(EventKind::condition_changed, Map{{"at", one.at}, {"node", one.node}, {"holds", false}});
        continue;
      }
      count_step();
      emit(EventKind::condition_met,
           Map{{"at", one.at}, {"node", one.node}, {"stays", goes_on(*event)}, {"awaited", true}});
      trigger(one.at, *event, {});
      if (instance_.status != Status::active) return;
    }
  }
}

Instant Machine::due_of(const Value& value, const Node& event) const {
  const std::string text = key_text(value);
  const std::optional<Instant> due = parse_due(text, work_.occasion.zone);
  if (!due) fail(fmt::format("Время таймера «{}» не читается: «{}».", event.name, text));
  return *due;
}

// The same time of the day, so many working days on.
Instant Machine::after_working_days(const Node& event, int at) {
  const feel::Result result = evaluate(*event.working_days, at);
  const int64_t days = result.value.integer(-1);
  if (days < 0 || days > 10'000)
    fail(fmt::format("Число рабочих дней таймера «{}» не вычислено: «{}».", event.name, event.working_days->text()));
  LocalTime time = to_local(work_.occasion.now, work_.occasion.zone);
  for (int64_t left = days; left > 0;) {
    time.date = add_days(time.date, 1);
    const bool works =
        work_.occasion.calendar ? work_.occasion.calendar->is_working_day(time.date) : weekday_of(time.date) <= 5;
    if (works) --left;
  }
  return to_instant(time, work_.occasion.zone);
}

void Machine::set_timer(int at, const Node& event) {
  // A term that is known to be none: the event beside the ordinary course never comes.
  if (event.time_date && event.kind != NodeKind::intermediate_catch_event) {
    const feel::Result result = evaluate(*event.time_date, at);
    if (result.value.is_null() && !result.fault) return;
  }
  const auto need = [&](const feel::Expression& expression) {
    feel::Result result = evaluate(expression, at);
    if (result.value.is_null())
      fail(fmt::format("Время таймера «{}» не вычислено: «{}»{}", event.name, expression.text(),
                       result.fault ? ". " + result.fault->message : " – пусто."));
    return plain(std::move(result.value));
  };
  Map data{{"at", at}, {"node", event.id}};
  if (event.time_date) {
    data.set("due", to_iso(due_of(need(*event.time_date), event)));
  } else if (event.working_days) {
    data.set("due", to_iso(after_working_days(event, at)));
  } else if (event.time_duration) {
    const Value value = need(*event.time_duration);
    const std::optional<Span> span = parse_span(value.text());
    if (!span) fail(fmt::format("Длительность таймера «{}» не читается: «{}».", event.name, key_text(value)));
    data.set("due", to_iso(plus(work_.occasion.now, *span)));
  } else {
    const std::string text = key_text(need(*event.time_cycle));
    const std::optional<Cycle> cycle = parse_cycle(text);
    if (!cycle || cycle->repeats == 0) fail(fmt::format("Повтор таймера «{}» не читается: «{}».", event.name, text));
    data.set("due", to_iso(cycle->start.empty() ? plus(work_.occasion.now, *parse_span(cycle->every))
                                                : due_of(cycle->start, event)));
    data.set("every", cycle->every);
    data.set("repeats", cycle->repeats < 0 ? -1 : cycle->repeats - 1);
  }
  // What is due already fires now: time does not run backwards.
  if (*parse_instant(data.find("due")->text()) < work_.occasion.now) data.set("due", to_iso(work_.occasion.now));
  emit(EventKind::timer_set, std::move(data));
}

void Machine::fire(const Timer& timer) {
  const Timer fired = timer;  // the event takes it out of the list
  const Node* node = process_->find(fired.node);
  if (!node) fail(fmt::format("В процессе «{}» нет таймера «{}».", process_->name, fired.node));
  end_wait();
  emit(EventKind::timer_fired, Map{{"at", fired.at}, {"node", fired.node}, {"due", to_iso(fired.due)}});
  // «R4/PT1H» on a catching event lets a token pass four times; without a number it is «the next such time».
  const bool passes_again = node->kind == NodeKind::intermediate_catch_event && fired.repeats > 0 &&
                            instance_.find(fired.at)->node == node->id;
  if (!fired.every.empty() && fired.repeats != 0 && (goes_on(*node) || passes_again))
    emit(EventKind::timer_set, Map{{"at", fired.at},
                                   {"node", fired.node},
                                   {"due", to_iso(plus(fired.due, parse_span(fired.every).value_or(Span{})))},
                                   {"every", fired.every},
                                   {"repeats", fired.repeats < 0 ? -1 : fired.repeats - 1}});
  if (passes_again) {
    const int here = instance_.next_execution;
    emit(EventKind::entered, entry(here, instance_.find(fired.at)->parent, *node));
    leave(here);
  } else {
    trigger(fired.at, *node, {});
  }
  run();
}

void Machine::receive(const Subscription& subscription, const Map& payload, const std::string& from) {
  end_wait();
  hear(Subscription(subscription), payload, from);
  run();
}

void Machine::hear(const Subscription& heard, const Map& payload, const std::string& from) {
  const Node* node = process_->find(heard.node);
  if (!node) fail(fmt::format("В процессе «{}» нет события «{}».", process_->name, heard.node));
  const bool message = node->trigger == Trigger::message;
  Map data{{"at", heard.at}, {"node", heard.node}, {message ? "message" : "signal", definition_->name_heard(*node)}};
  if (message) data.set("key", heard.key);
  data.set("payload", plain(payload));
  data.set("from", from);
  if (goes_on(*node)) data.set("stays", true);
  emit(message ? EventKind::message_received : EventKind::signal_received, std::move(data));
  trigger(heard.at, *node, payload);
}

void Machine::take(int at, const Node& event, const Map& payload, const Map& known) {
  if (event.outputs.empty()) {
    assign(at, payload);
    return;
  }
  Map local = known;
  for (const auto& [name, value] : payload)
    local.set(name, value);
  assign(at, mapped(event.outputs, at, &local));
}

// What an execution, its boundary, its scope or the gateway before it waited for has happened. `payload` are variables
// that come with it; `known` can be read by its outputs.
void Machine::trigger(int at, const Node& event, const Map& payload, const Map& known) {
  if (event.kind == NodeKind::start_event) {
    begin_event_sub_process(at, event, payload, known);
    return;
  }
  const Execution& host = *instance_.find(at);
  const Node& host_node = node_of(host);
  const int scope = host.parent;
  if (event.kind != NodeKind::boundary_event && host_node.kind != NodeKind::event_based_gateway) {
    take(at, event, payload, known);
    complete(at);
    return;
  }
  const int here = instance_.next_execution;
  Map data = entry(here, scope, event);
  if (event.kind == NodeKind::boundary_event) {
    if (event.interrupting) cancel(at);
  } else {
    const auto way = std::find_if(host_node.outgoing.begin(), host_node.outgoing.end(),
                                  [&](int index) { return flow_at(index).target == index_of(event); });
    const std::string& flow = flow_at(*way).id;
    Map departing = departure(at, host_node);
    departing.set("flows", List{flow});
    emit(EventKind::left, std::move(departing));
    data.set("flow", flow);
  }
  emit(EventKind::entered, std::move(data));
  take(here, event, payload, known);
  if (event.is_activity())
    complete(here);
  else
    leave(here);
}

// Source: BPMN 2.0.2, 13.5.4. What interrupts its scope stops all inside it, and nothing else begins there afterwards.
void Machine::begin_event_sub_process(int scope, const Node& start, const Map& payload, const Map& known) {
  const Node& handler = node_at(start.scope);
  if (start.interrupting) {
    cancel_inside(scope);
    List starts;
    for (const int index : event_sub_processes(handler.scope)) {
      const std::string& id = node_at(node_at(index).start).id;
      const auto listens = [&](const auto& entries) {
        return std::any_of(entries.begin(), entries.end(),
                           [&](const auto& entry) { return entry.at == scope && entry.node == id; });
      };
      if (listens(instance_.timers) || listens(instance_.subscriptions) || listens(instance_.conditions))
        starts.push_back(id);
    }
    if (!starts.empty()) emit(EventKind::disarmed, Map{{"at", scope}, {"nodes", std::move(starts)}});
  }
  const int at = enter(scope, start.scope);
  agenda_.pop_back();  // it begins here, with this start event
  if (arm_scope(at, start.scope)) return;
  const int here = enter(at, index_of(start));
  take(here, start, payload, known);
}

}  // namespace vekha::workflow
