// The events of a BPMN file: what starts, is thrown, awaited, and ends.
#include <fmt/format.h>

#include "base/date.h"
#include "base/duration.h"
#include "base/text.h"
#include "workflow/reader.h"

namespace vekha::workflow {
namespace {

// «R3/PT1H», «PT5M», «2022-12-09»: written out, not FEEL.
bool is_iso_literal(std::string_view text) {
  if (text.starts_with("R") && text.find('/') != std::string_view::npos) return true;
  if (parse_duration(text)) return true;
  return text.size() >= 10 && (parse_instant(text) || parse_local_time(text));
}

}  // namespace

void Reader::read_event(xml::Node element, Node& node) {
  std::vector<xml::Node> definitions;
  for (const xml::Node child : element.children()) {
    if (!child.is_element() || !is_bpmn(child)) continue;
    const std::string_view name = child.local_name();
    if (name == "eventDefinitionRef") {
      const std::string id(trim(child.text()));
      const auto shared = shared_events_.find(id.substr(id.find(':') == std::string::npos ? 0 : id.find(':') + 1));
      if (shared != shared_events_.end())
        definitions.push_back(shared->second);
      else
        error("broken-reference", element,
              fmt::format("{} ссылается на описание события «{}», которого нет.", title(element), id),
              "Исправьте eventDefinitionRef.");
    } else if (name.ends_with("EventDefinition")) {
      definitions.push_back(child);
    }
  }
  if (definitions.size() > 1) {
    unsupported(element, "несколько событий в одном", "Разделите его на несколько событий.");
    return;
  }
  if (node.kind == NodeKind::boundary_event) {
    attachments_.push_back(
        {static_cast<int>(process_->nodes.size()), std::string(element.attribute("attachedToRef")), element});
    node.interrupting = !element.has_attribute("cancelActivity") || is_yes(element.attribute("cancelActivity"));
  }
  if (definitions.empty()) {
    if (node.kind == NodeKind::boundary_event || node.kind == NodeKind::intermediate_catch_event)
      error("no-event", element, fmt::format("У события {} не сказано, чего оно ждёт.", title(element)),
            "Добавьте таймер или сообщение.");
    return;
  }
  const xml::Node definition = definitions[0];
  const std::string_view kind = definition.local_name();
  const bool throws = node.kind == NodeKind::end_event || node.kind == NodeKind::intermediate_throw_event;
  if (kind == "messageEventDefinition") {
    node.trigger = Trigger::message;
    references_.push_back(
        {static_cast<int>(process_->nodes.size()), std::string(definition.attribute("messageRef")), element});
    read_mappings(element, node);
    for (const xml::Node correlation : own(element, "correlation"))
      node.message_key = expression(correlation.attribute("key"), element, "Ключ сообщения");
    if (node.kind == NodeKind::start_event && node.scope >= 0)
      error("sub-process-start", element,
            fmt::format("Подпроцесс не может начинаться с сообщения ({}).", title(element)),
            "Начните подпроцесс простым событием.");
  } else if (kind == "timerEventDefinition" && !throws && node.kind != NodeKind::start_event) {
    node.trigger = Trigger::timer;
    read_timer(element, definition, node);
  } else if (kind == "terminateEventDefinition" && node.kind == NodeKind::end_event) {
    node.trigger = Trigger::terminate;
  } else {
    error("unsupported-element", element,
          fmt::format("Элемент «{}» с «{}» {} не исполняется.", element.local_name(), kind, title(element)),
          "Замените его событием без типа, с сообщением или с таймером.");
  }
}

void Reader::read_timer(xml::Node element, xml::Node definition, Node& node) {
  const auto read_part = [&](std::string_view name, std::optional<feel::Expression>& target) {
    const xml::Node part = definition.child(name);
    if (!part) return;
    const std::string text(trim(part.text()));
    target =
        is_iso_literal(text) ? expression("\"" + text + "\"", element, "Таймер") : expression(text, element, "Таймер");
  };
  read_part("timeDate", node.time_date);
  read_part("timeDuration", node.time_duration);
  read_part("timeCycle", node.time_cycle);
  if (!definition.child("timeDate") && !definition.child("timeDuration") && !definition.child("timeCycle"))
    error("no-time", element, fmt::format("У таймера {} нет времени.", title(element)),
          "Задайте timeDate, timeDuration или timeCycle.");
}

}  // namespace vekha::workflow
