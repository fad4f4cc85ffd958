// What each BPMN element does when a token comes to it, and when what it waits for happens.
#include <fmt/format.h>

#include <algorithm>

#include "workflow/machine.h"
#include "workflow/state.h"

namespace vekha::workflow {
void Machine::visit(int at) {
  const Execution& execution = *instance_.find(at);
  const Node& node = node_of(execution);
  if (execution.body) {  // only one without turns comes here
    complete(at);
    return;
  }
  switch (node.kind) {
    case NodeKind::exclusive_gateway:
    case NodeKind::boundary_event:
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
        if (!await(at, node_at(flow_at(flow).target)) || !is_alive(at)) return;
      return;
    case NodeKind::intermediate_throw_event: visit_throw(at, node); return;
    case NodeKind::intermediate_catch_event:
      if (node.trigger == Trigger::link)
        leave(at);
      else
        await(at, node);
      return;
    case NodeKind::end_event: visit_end(at, node); return;
    default: visit_task(at, node);
  }
}

void Machine::visit_throw(int at, const Node& node) {
  switch (node.trigger) {
    case Trigger::message: throw_message(at, node); break;
    case Trigger::signal: throw_signal(at, node); break;
    case Trigger::escalation: throw_escalation(at, node); break;
    case Trigger::compensation: compensate(at, node); return;
    default: break;
  }
  if (is_alive(at)) leave(at);
}

void Machine::visit_end(int at, const Node& node) {
  const int scope = instance_.find(at)->parent;
  switch (node.trigger) {
    case Trigger::message: throw_message(at, node); break;
    case Trigger::signal: throw_signal(at, node); break;
    case Trigger::escalation: throw_escalation(at, node); break;
    case Trigger::compensation: compensate(at, node); return;
    case Trigger::error: {
      Map data = departure(at, node);
      data.set("code", node.code);
      emit(EventKind::error_thrown, std::move(data));
      if (!throw_error(at, node.code))
        fail(fmt::format("Ошибку «{}», с которой закончилось «{}», никто не ловит.", node.code, node.name));
      return;
    }
    default: break;
  }
  if (!is_alive(at)) return;
  leave_by(at, {});
  if (node.trigger != Trigger::terminate || !is_alive(scope)) return;
  const bool anything = std::any_of(instance_.executions.begin(), instance_.executions.end(),
                                    [&](const Execution& other) { return other.parent == scope; });
  if (!anything) return;
  cancel_inside(scope);
  if (scope == 0)
    end(Status::terminated, {});
  else
    complete(scope);
}

void Machine::visit_task(int at, const Node& node) {
  if (instance_.find(at)->turn < 0 && !arm(at, node)) return;
  switch (node.kind) {
    case NodeKind::user_task: open_task(at, node); return;
    case NodeKind::receive_task: await(at, node); return;
    case NodeKind::sub_process: {
      const int index = index_of(node);
      if (!arm_scope(at, index)) enter_starts(at, index);
      return;
    }
    case NodeKind::call_activity: call_process(at, node); return;
    case NodeKind::script_task: {
      const feel::Result result = evaluate(*node.script, at);
      if (!result.value.is<Map>())
        fail(fmt::format("Сценарий «{}» не дал контекста{}", node.name,
                         result.fault ? ": " + result.fault->message : "."));
      assign(at, result.value.map());
      break;
    }
    case NodeKind::business_rule_task:
      if (node.decision)
        decide_by_table(at, node);
      else if (!call_service(at, node))
        return;
      break;
    case NodeKind::service_task:
      if (!call_service(at, node)) return;
      break;
    case NodeKind::send_task: throw_message(at, node); break;
    default: break;  // a plain or a manual task: nothing the engine could do or see
  }
  complete(at);
}

void Machine::decide_by_table(int at, const Node& node) {
  const auto answer = decide(*node.decision, [&](const feel::Expression& expression, const Map* local) {
    return evaluate(expression, at, local);
  });
  if (const std::string* complaint = std::get_if<std::string>(&answer))
    fail(fmt::format("Таблица решений «{}»: {}", node.name, *complaint));
  const Map& outputs = std::get<Map>(answer);
  assign(at, node.outputs.empty() ? outputs : mapped(node.outputs, at, &outputs));
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
  outgoing.lane = node.lane.empty() ? instance_.lane : node.lane;
  emit(EventKind::call_started,
       Map{{"at", at}, {"node", node.id}, {"process", node.called_process}, {"instance", outgoing.instance}});
  work_.outgoing.push_back(std::move(outgoing));
}

void Machine::take_back(int at, const std::string& child, const Map& variables) {
  const Execution* execution = instance_.find(at);
  if (!execution || instance_.status != Status::active) return;  // interrupted meanwhile
  end_wait();
  const Node& node = node_of(*execution);
  const Map outputs = node.outputs.empty() ? variables : mapped(node.outputs, at, &variables);
  emit(EventKind::call_returned, Map{{"at", at}, {"node", node.id}, {"instance", child}, {"outputs", outputs}});
  assign(at, outputs);
  complete(at);
  run();
}

// false where the service answered with an error that an event catches.
bool Machine::call_service(int at, const Node& node) {
  if (node.service.empty()) return true;
  const Map inputs = mapped(node.inputs, at, nullptr);
  std::variant<Map, Rejection> answer = work_.services.call(node.service, inputs, instance_, work_.occasion);
  if (Rejection* rejection = std::get_if<Rejection>(&answer)) {
    if (!rejection->code.empty() && throw_error(at, rejection->code)) return false;
    if (rejection->code.empty()) rejection->code = "service";
    throw Refused{std::move(*rejection)};
  }
  const Map outputs = plain(std::get<Map>(answer)).map();
  emit(EventKind::service_done,
       Map{{"at", at}, {"node", node.id}, {"service", node.service}, {"inputs", inputs}, {"outputs", outputs}});
  assign(at, node.outputs.empty() ? outputs : mapped(node.outputs, at, &outputs));
  return true;
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
