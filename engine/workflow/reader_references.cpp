// What elements of a process refer to, once all of them are read.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "workflow/reader.h"

namespace vekha::workflow {

void Reader::resolve() {
  resolve_flows();
  resolve_references();
  resolve_links();
  resolve_event_sub_processes();
  resolve_compensation();
  for (const Reference& reference : documents_)
    resolve_document(reference);
  for (auto* references : {&defaults_, &attachments_, &references_, &compensations_, &documents_})
    references->clear();
  associations_.clear();
}

void Reader::resolve_flows() {
  Process& process = *process_;
  for (const auto& entry : flow_elements_) {
    const xml::Node element = entry.first;
    Flow flow;
    flow.id = element.attribute("id");
    flow.name = fold_space(element.attribute("name"));
    flow.where = where(element);
    const auto end = [&](std::string_view attribute) {
      const std::string id(element.attribute(attribute));
      const auto found = process.node_index.find(id);
      if (found == process.node_index.end()) {
        if (!refused_ids_.contains(id))
          error("broken-reference", element,
                fmt::format("Поток {} ссылается на элемент «{}», которого нет.", title(element), id),
                "Соедините стрелку заново.");
        return -1;
      }
      return found->second;
    };
    flow.source = end("sourceRef");
    flow.target = end("targetRef");
    flow.condition = child_expression(element, "conditionExpression", "Условие");
    const int index = static_cast<int>(process.flows.size());
    if (flow.source >= 0 && flow.target >= 0) {
      Node& from = process.nodes[static_cast<size_t>(flow.source)];
      Node& to = process.nodes[static_cast<size_t>(flow.target)];
      if (from.scope != to.scope)
        error("flow-crosses", element, fmt::format("Поток {} пересекает границу подпроцесса.", title(element)),
              "Соедините элементы одного уровня.");
      from.outgoing.push_back(index);
      to.incoming.push_back(index);
    }
    process.flows.push_back(std::move(flow));
  }
  for (const Reference& reference : defaults_) {
    Node& node = process.nodes[static_cast<size_t>(reference.node)];
    for (const int flow : node.outgoing)
      if (process.flows[static_cast<size_t>(flow)].id == reference.id) node.default_flow = flow;
    if (node.default_flow < 0)
      error("broken-reference", reference.element,
            fmt::format("Поток по умолчанию «{}» не выходит из {}.", reference.id, title(reference.element)),
            "Отметьте другой поток.");
  }
}

void Reader::resolve_references() {
  Process& process = *process_;
  for (const Reference& reference : attachments_) {
    const auto found = process.node_index.find(reference.id);
    Node& node = process.nodes[static_cast<size_t>(reference.node)];
    if (found == process.node_index.end() || !process.nodes[static_cast<size_t>(found->second)].is_activity()) {
      error("broken-reference", reference.element,
            fmt::format("Граничное событие {} прикреплено к «{}», а такой задачи нет.", title(reference.element),
                        reference.id),
            "Прикрепите его к задаче.");
      continue;
    }
    node.attached_to = found->second;
    process.nodes[static_cast<size_t>(found->second)].boundary.push_back(reference.node);
  }
  for (const Reference& reference : references_) {
    const auto found = message_index_.find(without_prefix(reference.id));
    if (found == message_index_.end())
      error("broken-reference", reference.element,
            reference.id.empty()
                ? fmt::format("{} не говорит, какое сообщение.", title(reference.element))
                : fmt::format("{} ссылается на сообщение «{}», которого нет.", title(reference.element), reference.id),
            "Выберите сообщение.");
    else
      process.nodes[static_cast<size_t>(reference.node)].message = found->second;
  }
}

// A link is an arrow that is not drawn.
void Reader::resolve_links() {
  Process& process = *process_;
  std::map<std::pair<int, std::string>, std::vector<int>> halves;
  for (size_t i = 0; i < process.nodes.size(); ++i)
    if (const Node& node = process.nodes[i];
        node.trigger == Trigger::link && node.kind == NodeKind::intermediate_catch_event)
      halves[{node.scope, node.code}].push_back(static_cast<int>(i));
  for (size_t i = 0; i < process.nodes.size(); ++i) {
    const Node& from = process.nodes[i];
    if (from.trigger != Trigger::link || from.kind != NodeKind::intermediate_throw_event) continue;
    const std::vector<int>& targets = halves[{from.scope, from.code}];
    if (targets.size() != 1 || !from.outgoing.empty()) {
      note(Severity::error, "broken-link", from.where,
           !from.outgoing.empty() ? fmt::format("Из события-ссылки «{}» выходит стрелка.", from.name)
           : targets.empty()
               ? fmt::format("Ссылка «{}» никуда не ведёт: события-ожидания с этим именем рядом нет.", from.code)
               : fmt::format("Ссылка «{}» ведёт в несколько мест сразу.", from.code),
           "Оставьте одну пару событий-ссылок с этим именем на одном уровне.");
      continue;
    }
    Flow flow;
    flow.id = "link:" + from.id;
    flow.source = static_cast<int>(i);
    flow.target = targets[0];
    flow.drawn = false;
    flow.where = from.where;
    const int index = static_cast<int>(process.flows.size());
    process.nodes[i].outgoing.push_back(index);
    process.nodes[static_cast<size_t>(targets[0])].incoming.push_back(index);
    process.flows.push_back(std::move(flow));
  }
}

void Reader::resolve_event_sub_processes() {
  Process& process = *process_;
  std::map<int, std::vector<int>> starts_of;
  for (size_t i = 0; i < process.nodes.size(); ++i)
    if (process.nodes[i].kind == NodeKind::start_event)
      starts_of[process.nodes[i].scope].push_back(static_cast<int>(i));
  for (size_t i = 0; i < process.nodes.size(); ++i) {
    Node& node = process.nodes[i];
    if (!node.event_sub_process) continue;
    const std::vector<int>& starts = starts_of[static_cast<int>(i)];
    if (starts.size() != 1 || process.nodes[static_cast<size_t>(starts[0])].trigger == Trigger::none) {
      note(
          Severity::error, "event-sub-process-start", node.where,
          fmt::format("Подпроцесс по событию «{}» должен начинаться с одного события, и сказано, с какого.", node.name),
          "Оставьте в нём одно начальное событие с сообщением, сигналом, таймером, условием, ошибкой, эскалацией или "
          "компенсацией.");
      continue;
    }
    if (!node.incoming.empty() || !node.outgoing.empty() || !node.boundary.empty() || node.loop)
      note(Severity::error, "event-sub-process-flow", node.where,
           fmt::format("Подпроцесс по событию «{}» соединён стрелкой, повторяется или имеет граничное событие.",
                       node.name),
           "Уберите стрелку, повторение и граничное событие: он начинается сам.");
    node.start = starts[0];
    (node.scope < 0 ? process.event_sub_processes : process.nodes[static_cast<size_t>(node.scope)].event_sub_processes)
        .push_back(static_cast<int>(i));
  }
}

void Reader::resolve_compensation() {
  Process& process = *process_;
  for (const xml::Node association : associations_) {
    const Node* from = process.find(association.attribute("sourceRef"));
    const Node* to = process.find(association.attribute("targetRef"));
    if (!from || !to) continue;
    if (to->trigger == Trigger::compensation && to->kind == NodeKind::boundary_event) std::swap(from, to);
    if (from->trigger != Trigger::compensation || from->kind != NodeKind::boundary_event || !to->for_compensation)
      continue;
    process.nodes[static_cast<size_t>(from - process.nodes.data())].handler =
        static_cast<int>(to - process.nodes.data());
  }
  std::vector<bool> used(process.nodes.size());
  for (const Node& node : process.nodes) {
    if (node.kind != NodeKind::boundary_event || node.trigger != Trigger::compensation) continue;
    if (node.handler >= 0) used[static_cast<size_t>(node.handler)] = true;
    if (node.handler < 0 || !node.outgoing.empty())
      note(Severity::error, "no-handler", node.where,
           node.handler < 0 ? fmt::format("У компенсации «{}» нет задачи, которая отменит сделанное.", node.name)
                            : fmt::format("Из компенсации «{}» выходит стрелка.", node.name),
           "Соедините событие пунктиром (association) с задачей, отмеченной isForCompensation.");
  }
  for (size_t i = 0; i < process.nodes.size(); ++i) {
    const Node& node = process.nodes[i];
    if (!node.for_compensation) continue;
    if (!used[i] || !node.incoming.empty() || !node.outgoing.empty())
      note(Severity::error, "handler-flow", node.where,
           used[i] ? fmt::format("Задача отмены «{}» соединена стрелкой.", node.name)
                   : fmt::format("Задача отмены «{}» ни к чему не привязана.", node.name),
           "Она начинается только от граничного события компенсации: соедините их пунктиром (association).");
  }
  for (const Reference& reference : compensations_) {
    const auto found = process.node_index.find(reference.id);
    if (found == process.node_index.end() || !process.nodes[static_cast<size_t>(found->second)].is_activity())
      error("broken-reference", reference.element,
            fmt::format("{} отменяет «{}», а такой задачи нет.", title(reference.element), reference.id),
            "Исправьте activityRef.");
    else
      process.nodes[static_cast<size_t>(reference.node)].compensates = found->second;
  }
}

void Reader::resolve_document(const Reference& reference) {
  Node& node = process_->nodes[static_cast<size_t>(reference.node)];
  auto found = data_objects_.find(reference.id);
  if (found == data_objects_.end()) return;  // an output of the task's own, or a data store
  DocumentOutput output;
  output.name = fold_space(found->second.attribute("name"));
  xml::Node object = found->second;
  if (object.local_name() == "dataObjectReference") {
    found = data_objects_.find(std::string(object.attribute("dataObjectRef")));
    if (found == data_objects_.end()) {
      error("broken-reference", object,
            fmt::format("{} ссылается на объект данных «{}», которого нет.", title(object),
                        object.attribute("dataObjectRef")),
            "Удалите значок и нарисуйте его заново.");
      return;
    }
    object = found->second;
  }
  for (const xml::Node entry : own(object, "template")) {
    output.data_object = object.attribute("id");
    if (output.name.empty()) output.name = fold_space(object.attribute("name"));
    output.file = text_or_expression(entry.attribute("file"), object, "Шаблон");
    output.file_name = text_or_expression(entry.attribute("name"), object, "Имя документа");
    output.kind = entry.attribute("kind");
    output.where = where(object);
    if (output.file.empty())
      error("template-no-file", object, fmt::format("У документа {} не назван файл шаблона.", title(object)),
            "Задайте file у vekha:template.");
    for (const xml::Node when : own(reference.element, "when"))
      output.condition = expression(when.attribute("condition"), object, "Условие документа");
    node.documents.push_back(output);
  }
}

}  // namespace vekha::workflow
