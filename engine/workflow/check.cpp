#include "workflow/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace vekha::workflow {
namespace {

void warn(std::vector<Diagnostic>& diagnostics, std::string code, const Where& where, std::string message,
          std::string hint) {
  diagnostics.push_back({Severity::warning, std::move(code), where, std::move(message), std::move(hint)});
}

void refuse(std::vector<Diagnostic>& diagnostics, std::string code, const Where& where, std::string message,
            std::string hint) {
  diagnostics.push_back({Severity::error, std::move(code), where, std::move(message), std::move(hint)});
}

// Where the tokens of each scope begin: start events, or where there is none whatever nothing leads to.
std::vector<int> starts_of(const Process& process) {
  std::set<int> scopes_with_start;
  for (const Node& node : process.nodes)
    if (node.kind == NodeKind::start_event) scopes_with_start.insert(node.scope);
  std::vector<int> starts;
  for (size_t i = 0; i < process.nodes.size(); ++i) {
    const Node& node = process.nodes[i];
    const bool implicit = !scopes_with_start.contains(node.scope) && node.begins_implicitly();
    if (node.kind == NodeKind::start_event || implicit || node.instantiate || node.event_sub_process)
      starts.push_back(static_cast<int>(i));
  }
  return starts;
}

void check_ends(const Process& process, std::vector<Diagnostic>& diagnostics) {
  std::set<int> scopes_with_end;
  for (const Node& node : process.nodes)
    if (node.kind == NodeKind::end_event) scopes_with_end.insert(node.scope);
  for (const Node& node : process.nodes) {
    if (node.kind == NodeKind::end_event && !node.outgoing.empty())
      refuse(diagnostics, "end-goes-on", node.where,
             fmt::format("Из конечного события «{}» выходит стрелка.", node.name), "Уберите стрелку.");
    if (node.kind == NodeKind::start_event && !node.incoming.empty())
      refuse(diagnostics, "start-entered", node.where,
             fmt::format("В начальное событие «{}» входит стрелка.", node.name), "Уберите стрелку.");
    if (node.kind == NodeKind::boundary_event && !node.incoming.empty())
      refuse(diagnostics, "boundary-entered", node.where,
             fmt::format("В граничное событие «{}» входит стрелка.", node.name), "Уберите стрелку.");
    const bool aside = node.event_sub_process || node.for_compensation ||
                       (node.kind == NodeKind::boundary_event && node.trigger == Trigger::compensation);
    if (node.outgoing.empty() && node.kind != NodeKind::end_event && !aside &&
        (scopes_with_end.contains(node.scope) || node.is_gateway()))
      warn(diagnostics, "dead-end", node.where,
           fmt::format("Из элемента «{}» никуда нельзя пройти: стрелки из него нет.", node.name),
           "Проведите стрелку дальше или к конечному событию.");
    if (node.instantiate && !node.incoming.empty())
      refuse(diagnostics, "instantiate", node.where,
             fmt::format("«{}» начинает процесс, а в него входит стрелка.", node.name),
             "Уберите стрелку или отметку instantiate.");
    if (node.kind == NodeKind::event_based_gateway) {
      for (const int flow : node.outgoing) {
        const Node& target = process.nodes[static_cast<size_t>(process.flows[static_cast<size_t>(flow)].target)];
        if (node.instantiate && target.trigger != Trigger::message && target.trigger != Trigger::signal)
          refuse(
              diagnostics, "instantiate", target.where,
              fmt::format("Шлюз «{}» начинает процесс, а за ним стоит «{}»: начинать могут только сообщения и сигналы.",
                          node.name, target.name),
              "Оставьте за шлюзом события с сообщением или сигналом.");
        if ((target.kind != NodeKind::intermediate_catch_event || target.trigger == Trigger::link) &&
            target.kind != NodeKind::receive_task)
          refuse(diagnostics, "event-gateway-target", target.where,
                 fmt::format("За шлюзом по событиям «{}» стоит «{}», а нужно событие-ожидание или задача-получение.",
                             node.name, target.name),
                 "Поставьте за шлюзом событие-ожидание.");
      }
    }
    if (node.kind == NodeKind::exclusive_gateway && node.outgoing.size() > 1)
      for (const int flow : node.outgoing)
        if (flow != node.default_flow && !process.flows[static_cast<size_t>(flow)].condition)
          warn(diagnostics, "no-condition", process.flows[static_cast<size_t>(flow)].where,
               fmt::format("Поток «{}» из шлюза «{}» – без условия: он всегда открыт.",
                           process.flows[static_cast<size_t>(flow)].id, node.name),
               "Задайте условие или отметьте поток как поток по умолчанию.");
  }
}

// A parallel join hangs when one of its flows gets no token: a choice upstream sends the only one by another flow.
// Limit: not looked at in processes so large that it would take minutes.
void check_joins(const Process& process, const std::vector<int>& starts, std::vector<Diagnostic>& diagnostics) {
  const auto count = [&](auto wanted) {
    return static_cast<double>(std::count_if(process.nodes.begin(), process.nodes.end(), wanted));
  };
  const double joins = count([](const Node& node) { return node.kind == NodeKind::parallel_gateway; });
  const double choices = count([](const Node& node) { return node.kind == NodeKind::exclusive_gateway; });
  if (joins * choices * static_cast<double>(process.nodes.size()) > 1e8) return;
  for (size_t j = 0; j < process.nodes.size(); ++j) {
    const Node& join = process.nodes[j];
    if (join.kind != NodeKind::parallel_gateway || join.incoming.size() < 2) continue;
    const int join_index = static_cast<int>(j);
    bool told = false;
    for (size_t x = 0; x < process.nodes.size() && !told; ++x) {
      const Node& choice = process.nodes[x];
      const bool chooses = choice.kind == NodeKind::exclusive_gateway || choice.kind == NodeKind::event_based_gateway;
      if (!chooses || choice.outgoing.size() < 2 || choice.scope != join.scope) continue;
      const std::vector<bool> otherwise = reachable(process, starts, static_cast<int>(x));
      for (const int branch : choice.outgoing) {
        const int first = process.flows[static_cast<size_t>(branch)].target;
        // What a token on this branch may pass before it comes to the join or back to the choice.
        std::vector<bool> passed =
            first == join_index ? std::vector<bool>(process.nodes.size()) : reachable(process, {first}, join_index);
        const auto brings = [&](int flow) {
          return flow == branch || passed[static_cast<size_t>(process.flows[static_cast<size_t>(flow)].source)];
        };
        if (passed[x]) continue;  // it may come back and choose again
        const bool comes = std::any_of(join.incoming.begin(), join.incoming.end(), brings);
        const bool lacks = std::any_of(join.incoming.begin(), join.incoming.end(), [&](int flow) {
          return !brings(flow) && !otherwise[static_cast<size_t>(process.flows[static_cast<size_t>(flow)].source)];
        });
        if (!comes || !lacks) continue;
        warn(diagnostics, "join-deadlock", join.where,
             fmt::format("Параллельный шлюз «{}» может ждать вечно: «{}» пускает только по одной из стрелок, которые в "
                         "нём сходятся.",
                         join.name, choice.name),
             "Сведите эти стрелки шлюзом «или».");
        told = true;
        break;
      }
    }
  }
}

}  // namespace

std::vector<bool> reachable(const Process& process, const std::vector<int>& start, int without) {
  std::vector<bool> seen(process.nodes.size());
  std::vector<int> agenda;
  const auto come = [&](int node) {
    if (node < 0 || node == without || seen[static_cast<size_t>(node)]) return;
    seen[static_cast<size_t>(node)] = true;
    agenda.push_back(node);
  };
  for (const int node : start)
    come(node);
  while (!agenda.empty()) {
    const Node& node = process.nodes[static_cast<size_t>(agenda.back())];
    agenda.pop_back();
    for (const int flow : node.outgoing)
      come(process.flows[static_cast<size_t>(flow)].target);
    for (const int event : node.boundary)
      come(event);
    come(node.handler);
  }
  return seen;
}

void check_graph(const Definition& definition, std::vector<Diagnostic>& diagnostics) {
  for (const Process& process : definition.processes) {
    if (process.nodes.empty()) {
      if (process.executable)
        refuse(diagnostics, "empty-process", process.where, fmt::format("Процесс «{}» пуст.", process.name),
               "Нарисуйте его или уберите из файла.");
      continue;
    }
    const std::vector<int> starts = starts_of(process);
    if (starts.empty())
      refuse(diagnostics, "no-start", process.where, fmt::format("У процесса «{}» нет начала.", process.name),
             "Добавьте начальное событие.");
    const std::vector<bool> seen = reachable(process, starts);
    for (size_t i = 0; i < process.nodes.size(); ++i)
      if (!seen[i])
        warn(diagnostics, "unreachable", process.nodes[i].where,
             fmt::format("До элемента «{}» нельзя дойти от начала процесса.", process.nodes[i].name),
             "Проведите к нему стрелку или уберите его.");
    check_ends(process, diagnostics);
    check_joins(process, starts, diagnostics);
    check_names(definition, process, diagnostics);
  }
}

void check_shapes(const xml::Document& document, const Definition& definition, std::vector<Diagnostic>& diagnostics) {
  std::set<std::string, std::less<>> drawn;
  for (const char* kind : {"BPMNShape", "BPMNEdge"})
    for (const xml::Node shape : document.root().descendants(kind))
      drawn.insert(std::string(shape.attribute("bpmnElement")));
  if (drawn.empty()) return;
  const auto need = [&](const std::string& id, const std::string& name, const Where& where, const char* what) {
    if (!drawn.contains(id))
      warn(diagnostics, "no-shape", where, fmt::format("{} «{}» нет на схеме.", what, name),
           "Нарисуйте его в редакторе BPMN, иначе его никто не увидит.");
  };
  for (const Process& process : definition.processes) {
    for (const Node& node : process.nodes)
      need(node.id, node.name, node.where, "Элемента");
    for (const Flow& flow : process.flows)
      if (flow.drawn) need(flow.id, flow.name.empty() ? flow.id : flow.name, flow.where, "Потока");
  }
}

void check_names(const Definition& definition, const Process& process, std::vector<Diagnostic>& diagnostics) {
  if (process.variables.empty()) return;
  std::set<std::string> known = {"instance",
                                 "actor",
                                 "outcome",
                                 "outcome_label",
                                 "moment",
                                 "created",
                                 "reason",
                                 "loopCounter",
                                 "numberOfInstances",
                                 "numberOfActiveInstances",
                                 "numberOfCompletedInstances",
                                 "numberOfTerminatedInstances"};
  for (const auto* declarations : {&process.variables, &process.facts})
    for (const Declaration& declaration : *declarations)
      known.insert(declaration.name);
  known.insert(process.local_variables.begin(), process.local_variables.end());
  for (const Node& node : process.nodes) {
    known.insert(node.local_variables.begin(), node.local_variables.end());
    for (const Mapping& output : node.outputs)
      known.insert(output.name);
    for (const Field& field : node.fields)
      known.insert(field.name);
    if (node.loop) known.insert({node.loop->item, node.loop->output_collection, node.loop->output_item});
    for (const DataMove& move : node.data_inputs)
      known.insert(move.own);
    for (const DataMove& move : node.data_outputs)
      known.insert(move.own);
    if (node.decision)
      for (const DecisionTable::Output& output : node.decision->outputs)
        known.insert(output.name);
    if (node.script)
      for (const std::string& key : node.script->context_keys())
        known.insert(key);
  }
  int told = 0;
  const auto look = [&](const std::optional<feel::Expression>& expression, const Where& where,
                        const std::string& owner) {
    if (!expression) return;
    for (const std::string& name : expression->names()) {
      if (known.contains(name)) continue;
      const std::string near = ++told < 20 ? nearest(name, {known.begin(), known.end()}) : std::string();
      refuse(diagnostics, "unknown-name", where,
             fmt::format("Выражение «{}» у «{}» читает имя «{}», а его никто не задаёт.",
                         fold_space(expression->text()), owner, name),
             near.empty() ? "Объявите его в vekha:variable или исправьте имя."
                          : fmt::format("Может быть, «{}»? Иначе объявите его в vekha:variable.", near));
    }
  };
  for (const Flow& flow : process.flows)
    look(flow.condition, flow.where, flow.name.empty() ? flow.id : flow.name);
  for (const Node& node : process.nodes) {
    // Outputs of calls, messages and services read what those bring, which is not known here.
    const bool foreign =
        node.kind == NodeKind::call_activity || node.kind == NodeKind::service_task || node.message >= 0;
    for (const Mapping& input : node.inputs)
      look(input.value.expression, node.where, node.name);
    if (!foreign)
      for (const Mapping& output : node.outputs)
        look(output.value.expression, node.where, node.name);
    for (const Outcome& outcome : node.outcomes) {
      look(outcome.condition, node.where, node.name);
      look(outcome.refusal.expression, node.where, node.name);
    }
    for (const Field& field : node.fields)
      look(field.value.expression, node.where, node.name);
    for (const auto* expression :
         {&node.assignment.variable, &node.due.expression, &node.title.expression, &node.script, &node.time_date,
          &node.time_duration, &node.time_cycle, &node.working_days, &node.condition, &node.message_key})
      look(*expression, node.where, node.name);
    if (node.message >= 0 && !node.message_key && node.kind != NodeKind::start_event)
      look(definition.messages[static_cast<size_t>(node.message)].key, node.where, node.name);
    if (node.loop) {
      look(node.loop->collection, node.where, node.name);
      look(node.loop->cardinality, node.where, node.name);
      look(node.loop->completion, node.where, node.name);
      look(node.loop->condition, node.where, node.name);
    }
    for (const DocumentOutput& document : node.documents) {
      look(document.file.expression, document.where, document.name);
      look(document.file_name.expression, document.where, document.name);
      look(document.condition, document.where, document.name);
    }
  }
}

}  // namespace vekha::workflow
