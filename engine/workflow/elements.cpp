// What each BPMN element does when a token comes to it, and when what it waits for happens.
#include <fmt/format.h>

#include <algorithm>

#include "base/duration.h"
#include "base/time_zone.h"
#include "workflow/machine.h"
#include "workflow/state.h"

namespace vekha::workflow {
namespace {

// «2022-12-09T10:00:00Z» and «…+03:00» say which instant they mean; other times are those of a clock on the wall.
bool has_offset(const std::string& text) {
  const size_t clock = text.find('T');
  return clock != std::string::npos && (text.back() == 'Z' || text.find_first_of("+-", clock) != std::string::npos);
}

struct Cycle {
  int repeats = -1;  // -1 = without end
  std::string every;
  std::string start;
};

// «R4/PT1H», «R/2022-12-09T10:00:00Z/P1D».
std::optional<Cycle> parse_cycle(const std::string& text) {
  if (!text.starts_with("R")) return std::nullopt;
  const size_t slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  Cycle cycle;
  if (slash > 1) {
    cycle.repeats = 0;
    for (size_t i = 1; i < slash; ++i) {
      if (text[i] < '0' || text[i] > '9' || cycle.repeats > 1'000'000) return std::nullopt;
      cycle.repeats = cycle.repeats * 10 + (text[i] - '0');
    }
  }
  cycle.every = text.substr(slash + 1);
  if (const size_t second = cycle.every.find('/'); second != std::string::npos) {
    cycle.start = cycle.every.substr(0, second);
    cycle.every.erase(0, second + 1);
  }
  if (!parse_duration(cycle.every)) return std::nullopt;
  return cycle;
}

// Months are those of the calendar: a month after 31 January is the last of February.
Instant plus(Instant from, const Value& duration) {
  if (const auto* seconds = duration.get_if<SecondsDuration>()) return from + std::chrono::seconds{seconds->seconds};
  const auto* months = duration.get_if<MonthsDuration>();
  if (!months) return from;
  const auto day = std::chrono::floor<std::chrono::days>(from);
  Date date = Date{day} + std::chrono::months{months->months};
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return std::chrono::sys_days{date} + (from - day);
}

}  // namespace

void Machine::visit(int at) {
  const Execution& execution = *instance_.find(at);
  const Node& node = node_of(execution);
  if (execution.body) {  // only one without turns comes here
    complete(at);
    return;
  }
  switch (node.kind) {
    case NodeKind::exclusive_gateway:
    case NodeKind::start_event: leave(at); return;
    case NodeKind::parallel_gateway:
      if (node.incoming.size() > 1)
        merge_parallel(at, node);
      else
        leave(at);
      return;
    case NodeKind::inclusive_gateway:
      if (node.incoming.size() < 2) leave(at);
      return;
    case NodeKind::event_based_gateway:
      for (const int flow : node.outgoing)
        await(at, node_at(flow_at(flow).target));
      return;
    case NodeKind::intermediate_throw_event:
      if (node.trigger == Trigger::message) throw_message(at, node);
      leave(at);
      return;
    case NodeKind::intermediate_catch_event: await(at, node); return;
    case NodeKind::boundary_event: leave(at); return;
    case NodeKind::end_event: {
      if (node.trigger == Trigger::message) throw_message(at, node);
      const int scope = execution.parent;
      leave_by(at, {});
      if (node.trigger != Trigger::terminate) return;
      std::vector<int> others;
      for (const Execution& other : instance_.executions)
        if (other.parent == scope) others.push_back(other.id);
      if (others.empty()) return;
      for (const int other : others)
        cancel(other);
      if (scope == 0)
        end(Status::terminated, {});
      else
        complete(scope);
      return;
    }
    default: visit_task(at, node);
  }
}

void Machine::visit_task(int at, const Node& node) {
  const bool waits = node.kind == NodeKind::user_task || node.kind == NodeKind::receive_task ||
                     node.kind == NodeKind::sub_process || node.kind == NodeKind::call_activity;
  if (waits && instance_.find(at)->turn < 0) arm(at, node);
  switch (node.kind) {
    case NodeKind::user_task: open_task(at, node); return;
    case NodeKind::receive_task: await(at, node); return;
    case NodeKind::sub_process: enter_starts(at, index_of(node)); return;
    case NodeKind::call_activity: call_process(at, node); return;
    case NodeKind::script_task: {
      const feel::Result result = evaluate(*node.script, at);
      if (!result.value.is<Map>())
        fail(fmt::format("Сценарий «{}» не дал контекста{}", node.name,
                         result.fault ? ": " + result.fault->message : "."));
      assign(at, result.value.map());
      break;
    }
    case NodeKind::service_task: call_service(at, node); break;
    case NodeKind::send_task: throw_message(at, node); break;
    default: break;  // a plain or a manual task: nothing the engine could do or see
  }
  complete(at);
}

// Begins to listen to the boundary events of an activity.
void Machine::arm(int at, const Node& node) {
  for (const int event : node.boundary)
    await(at, node_at(event));
}

void Machine::await(int at, const Node& event) {
  if (event.trigger == Trigger::timer) {
    set_timer(at, event);
  } else if (event.message >= 0) {
    emit(EventKind::message_awaited, Map{{"at", at},
                                         {"node", event.id},
                                         {"message", definition_->messages[static_cast<size_t>(event.message)].name},
                                         {"key", key_of(event, at)}});
  }
}

std::string Machine::key_of(const Node& node, int at) {
  const Message& message = definition_->messages[static_cast<size_t>(node.message)];
  const std::optional<feel::Expression>& key = node.message_key ? node.message_key : message.key;
  if (!key) return {};
  const feel::Result result = evaluate(*key, at);
  std::string text = key_text(result.value);
  if (text.empty())
    fail(fmt::format("Ключ сообщения «{}» у «{}» пуст: выражение «{}»{}", message.name, node.name, key->text(),
                     result.fault ? ". " + result.fault->message : " не дало значения."));
  return text;
}

Instant Machine::due_of(const Value& value, const Node& event) const {
  const std::string text = key_text(value);
  if (has_offset(text))
    if (const auto instant = parse_instant(text)) return *instant;
  const std::optional<Date> date = parse_date(text);
  const std::optional<LocalTime> time = date ? LocalTime{*date, 0} : parse_local_time(text);
  if (!time) fail(fmt::format("Время таймера «{}» не читается: «{}».", event.name, text));
  return to_instant(*time, work_.occasion.zone);
}

void Machine::set_timer(int at, const Node& event) {
  // A term that is known to be none: the boundary event never comes.
  if (event.time_date && event.kind == NodeKind::boundary_event) {
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
  } else if (event.time_duration) {
    const Value value = need(*event.time_duration);
    const std::optional<Value> duration = parse_duration(value.text());
    if (!duration) fail(fmt::format("Длительность таймера «{}» не читается: «{}».", event.name, key_text(value)));
    data.set("due", to_iso(plus(work_.occasion.now, *duration)));
  } else {
    const std::string text = key_text(need(*event.time_cycle));
    const std::optional<Cycle> cycle = parse_cycle(text);
    if (!cycle || cycle->repeats == 0) fail(fmt::format("Повтор таймера «{}» не читается: «{}».", event.name, text));
    data.set("due", to_iso(cycle->start.empty() ? plus(work_.occasion.now, *parse_duration(cycle->every))
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
  emit(EventKind::timer_fired, Map{{"at", fired.at}, {"node", fired.node}, {"due", to_iso(fired.due)}});
  if (!fired.every.empty() && fired.repeats != 0 && node->kind == NodeKind::boundary_event && !node->interrupting) {
    const std::optional<Value> duration = parse_duration(fired.every);
    emit(EventKind::timer_set, Map{{"at", fired.at},
                                   {"node", fired.node},
                                   {"due", to_iso(plus(fired.due, duration.value_or(Value())))},
                                   {"every", fired.every},
                                   {"repeats", fired.repeats < 0 ? -1 : fired.repeats - 1}});
  }
  trigger(fired.at, *node, {});
  run();
}

void Machine::receive(const Subscription& subscription, const Map& payload, const std::string& from) {
  const Subscription heard = subscription;
  const Node* node = process_->find(heard.node);
  if (!node) fail(fmt::format("В процессе «{}» нет события «{}».", process_->name, heard.node));
  const bool stays = node->kind == NodeKind::boundary_event && !node->interrupting;
  Map data{{"at", heard.at},   {"node", heard.node},        {"message", heard.message},
           {"key", heard.key}, {"payload", plain(payload)}, {"from", from}};
  if (stays) data.set("stays", true);
  emit(EventKind::message_received, std::move(data));
  trigger(heard.at, *node, payload);
  run();
}

// What an execution, its boundary or the gateway before it waited for has happened.
void Machine::trigger(int at, const Node& event, const Map& payload) {
  const auto take = [&](int where) {
    if (event.outputs.empty())
      assign(where, payload);
    else
      assign(where, mapped(event.outputs, where, &payload));
  };
  const Execution& host = *instance_.find(at);
  const Node& host_node = node_of(host);
  const int scope = host.parent;
  if (event.kind != NodeKind::boundary_event && host_node.kind != NodeKind::event_based_gateway) {
    take(at);
    complete(at);
    return;
  }
  int here = instance_.next_execution;
  std::string flow;
  if (event.kind == NodeKind::boundary_event) {
    if (event.interrupting) cancel(at);
  } else {
    const auto way = std::find_if(host_node.outgoing.begin(), host_node.outgoing.end(),
                                  [&](int index) { return flow_at(index).target == index_of(event); });
    flow = flow_at(*way).id;
    emit(EventKind::left, Map{{"at", at},
                              {"node", host_node.id},
                              {"type", element_name(host_node.kind)},
                              {"name", host_node.name},
                              {"flows", List{flow}}});
  }
  Map data{
      {"at", here}, {"scope", scope}, {"node", event.id}, {"type", element_name(event.kind)}, {"name", event.name}};
  if (!flow.empty()) data.set("flow", flow);
  emit(EventKind::entered, std::move(data));
  take(here);
  if (event.is_activity())
    complete(here);
  else
    leave(here);
}

void Machine::throw_message(int at, const Node& node) {
  if (node.message < 0) return;
  Outgoing outgoing;
  outgoing.from = instance_.id;
  outgoing.message = definition_->messages[static_cast<size_t>(node.message)].name;
  outgoing.key = key_of(node, at);
  outgoing.data = mapped(node.inputs, at, nullptr);
  outgoing.stage = stage_at(at);
  emit(EventKind::message_thrown, Map{{"at", at},
                                      {"node", node.id},
                                      {"message", outgoing.message},
                                      {"key", outgoing.key},
                                      {"payload", outgoing.data}});
  work_.outgoing.push_back(std::move(outgoing));
}

void Machine::call_process(int at, const Node& node) {
  if (!work_.library.find(node.called_process))
    fail(fmt::format("«{}» вызывает процесс «{}», которого нет.", node.name, node.called_process));
  Outgoing outgoing;
  outgoing.kind = Outgoing::Kind::call;
  outgoing.instance = work_.instances.new_id(node.called_process);
  outgoing.from = instance_.id;
  outgoing.at = at;
  outgoing.process = node.called_process;
  outgoing.root = instance_.root;
  outgoing.data = node.inputs.empty() ? instance_.visible_variables(at) : mapped(node.inputs, at, nullptr);
  outgoing.stage = stage_at(at);
  emit(EventKind::call_started,
       Map{{"at", at}, {"node", node.id}, {"process", node.called_process}, {"instance", outgoing.instance}});
  work_.outgoing.push_back(std::move(outgoing));
}

void Machine::take_back(int at, const std::string& child, const Map& variables) {
  const Execution* execution = instance_.find(at);
  if (!execution || instance_.status != Status::active) return;  // interrupted meanwhile
  const Node& node = node_of(*execution);
  const Map outputs = node.outputs.empty() ? variables : mapped(node.outputs, at, &variables);
  emit(EventKind::call_returned, Map{{"at", at}, {"node", node.id}, {"instance", child}, {"outputs", outputs}});
  assign(at, outputs);
  complete(at);
  run();
}

void Machine::call_service(int at, const Node& node) {
  if (node.service.empty()) return;
  const Map inputs = mapped(node.inputs, at, nullptr);
  std::variant<Map, Rejection> answer = work_.services.call(node.service, inputs, instance_, work_.occasion);
  if (Rejection* rejection = std::get_if<Rejection>(&answer)) {
    if (rejection->code.empty()) rejection->code = "service";
    throw Refused{std::move(*rejection)};
  }
  const Map outputs = plain(std::get<Map>(answer)).map();
  emit(EventKind::service_done,
       Map{{"at", at}, {"node", node.id}, {"service", node.service}, {"inputs", inputs}, {"outputs", outputs}});
  assign(at, node.outputs.empty() ? outputs : mapped(node.outputs, at, &outputs));
}

void Machine::want_documents(int at, const Node& node, const std::string& task) {
  for (const DocumentOutput& output : node.documents) {
    if (output.condition && !evaluate(*output.condition, at).value.truth()) continue;
    WantedDocument document;
    document.instance = instance_.id;
    document.process = instance_.process;
    document.node = node.id;
    document.task = task;
    document.data_object = output.data_object;
    document.name = output.name;
    document.template_file = text_of(output.file, at);
    document.file_name = text_of(output.file_name, at);
    document.kind = output.kind;
    document.stage = stage_at(at);
    document.time = work_.occasion.now;
    document.variables = instance_.visible_variables(at);
    document.event = work_.events.size();
    if (document.template_file.empty()) continue;  // the caller named no template: this kind of document has none
    Map data{{"at", at},
             {"node", node.id},
             {"document", output.data_object},
             {"name", output.name},
             {"template", document.template_file},
             {"file_name", document.file_name},
             {"kind", output.kind},
             {"stage", to_value(document.stage)}};
    if (!task.empty()) data.set("task", task);
    emit(EventKind::document_wanted, std::move(data));
    work_.documents.push_back(std::move(document));
  }
}

}  // namespace vekha::workflow
