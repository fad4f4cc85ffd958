// The events of a BPMN file: what starts, is thrown, awaited, and ends.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/text.h"
#include "workflow/reader.h"
#include "workflow/timing.h"

namespace vekha::workflow {
namespace {

// «R3/PT1H», «PT5M», «2022-12-09»: written out, not FEEL.
bool is_iso_literal(std::string_view text) {
  if (text.starts_with("R") && text.find('/') != std::string_view::npos) return true;
  if (parse_span(text)) return true;
  return text.size() >= 10 && (parse_instant(text) || parse_local_time(text));
}

constexpr std::array<std::pair<std::string_view, Trigger>, 9> triggers = {{
    {"messageEventDefinition", Trigger::message},
    {"timerEventDefinition", Trigger::timer},
    {"terminateEventDefinition", Trigger::terminate},
    {"signalEventDefinition", Trigger::signal},
    {"errorEventDefinition", Trigger::error},
    {"escalationEventDefinition", Trigger::escalation},
    {"conditionalEventDefinition", Trigger::conditional},
    {"linkEventDefinition", Trigger::link},
    {"compensateEventDefinition", Trigger::compensation},
}};

// Source: BPMN 2.0.2, table 10.93. What starts a sub-process is looked at in check_start.
bool may_stand(NodeKind kind, Trigger trigger) {
  switch (trigger) {
    case Trigger::none: return kind != NodeKind::boundary_event && kind != NodeKind::intermediate_catch_event;
    case Trigger::message:
    case Trigger::signal: return true;
    case Trigger::timer:
    case Trigger::conditional:
      return kind == NodeKind::start_event || kind == NodeKind::boundary_event ||
             kind == NodeKind::intermediate_catch_event;
    case Trigger::terminate: return kind == NodeKind::end_event;
    case Trigger::error:
      return kind != NodeKind::intermediate_throw_event && kind != NodeKind::intermediate_catch_event;
    case Trigger::escalation:
    case Trigger::compensation: return kind != NodeKind::intermediate_catch_event;
    case Trigger::link: return kind == NodeKind::intermediate_throw_event || kind == NodeKind::intermediate_catch_event;
  }
  return false;
}

}  // namespace

// The one thing the event is about; nullopt for none, and for several, which is told.
std::optional<xml::Node> Reader::event_definition(xml::Node element) {
  std::vector<xml::Node> definitions;
  for (const xml::Node child : element.children()) {
    if (!child.is_element() || !is_bpmn(child)) continue;
    if (child.local_name() == "eventDefinitionRef") {
      const std::string id = without_prefix(trim(child.text()));
      const auto shared = shared_events_.find(id);
      if (shared != shared_events_.end())
        definitions.push_back(shared->second);
      else
        error("broken-reference", element,
              fmt::format("{} ссылается на описание события «{}», которого нет.", title(element), id),
              "Исправьте eventDefinitionRef.");
    } else if (child.local_name().ends_with("EventDefinition")) {
      definitions.push_back(child);
    }
  }
  if (definitions.size() > 1) unsupported(element, "несколько событий в одном", "Разделите его на несколько событий.");
  return definitions.size() == 1 ? std::optional(definitions[0]) : std::nullopt;
}

void Reader::read_event(xml::Node element, Node& node) {
  const size_t complaints = diagnostics_.size();
  const std::optional<xml::Node> definition = event_definition(element);
  if (node.kind == NodeKind::boundary_event) {
    attachments_.push_back(
        {static_cast<int>(process_->nodes.size()), std::string(element.attribute("attachedToRef")), element});
    node.interrupting = !element.has_attribute("cancelActivity") || is_yes(element.attribute("cancelActivity"));
  }
  if (node.kind == NodeKind::start_event)
    node.interrupting = !element.has_attribute("isInterrupting") || is_yes(element.attribute("isInterrupting"));
  if (definition)
    read_event_definition(element, *definition, node);
  else if (diagnostics_.size() == complaints && !may_stand(node.kind, Trigger::none))
    error("no-event", element, fmt::format("У события {} не сказано, чего оно ждёт.", title(element)),
          "Добавьте таймер, сообщение или другое событие.");
  if (node.kind == NodeKind::start_event) check_start(element, node);
}

void Reader::read_event_definition(xml::Node element, xml::Node definition, Node& node) {
  const std::string_view kind = definition.local_name();
  const auto known = std::find_if(triggers.begin(), triggers.end(), [&](const auto& one) { return one.first == kind; });
  if (known == triggers.end() || !may_stand(node.kind, known->second)) {
    error("unsupported-element", element,
          fmt::format("Элемент «{}» с «{}» {} не исполняется.", element.local_name(), kind, title(element)),
          "Замените его событием, которое исполняется: их список – в engine/workflow/README.md.");
    return;
  }
  node.trigger = known->second;
  read_mappings(element, node);
  const int index = static_cast<int>(process_->nodes.size());
  switch (node.trigger) {
    case Trigger::message:
      references_.push_back({index, std::string(definition.attribute("messageRef")), element});
      for (const xml::Node correlation : own(element, "correlation"))
        node.message_key = expression(correlation.attribute("key"), element, "Ключ сообщения");
      break;
    case Trigger::timer: read_timer(element, definition, node); break;
    case Trigger::signal:
    case Trigger::error:
    case Trigger::escalation: read_named_event(element, definition, node); break;
    case Trigger::conditional:
      if (const xml::Node condition = definition.child("condition"))
        node.condition = expression(condition.text(), element, "Условие события");
      else
        error("no-condition", element, fmt::format("У события {} нет условия.", title(element)), "Задайте condition.");
      break;
    case Trigger::link:
      node.code = fold_space(definition.attribute("name"));
      if (node.code.empty()) node.code = node.name;
      break;
    case Trigger::compensation:
      node.waits_for_handlers =
          !definition.has_attribute("waitForCompletion") || is_yes(definition.attribute("waitForCompletion"));
      if (const std::string id = without_prefix(definition.attribute("activityRef")); !id.empty() && node.throws())
        compensations_.push_back({index, id, element});
      break;
    default: break;
  }
  const bool always_interrupts = node.trigger == Trigger::error || node.trigger == Trigger::compensation;
  if (always_interrupts && !node.interrupting && node.kind == NodeKind::start_event)
    error("always-interrupts", element,
          fmt::format("Событие {} не может не прерывать: так устроены ошибки и компенсации.", title(element)),
          "Сделайте начальное событие прерывающим (isInterrupting).");
  if (node.trigger == Trigger::error && !node.interrupting && node.kind == NodeKind::boundary_event)
    error("always-interrupts", element,
          fmt::format("Событие {} не может не прерывать: так устроены ошибки.", title(element)),
          "Сделайте граничное событие прерывающим (cancelActivity).");
}

// A signal is known by its name, an error or escalation by its code. Where none is named, any is caught; what is thrown
// has one.
void Reader::read_named_event(xml::Node element, xml::Node definition, Node& node) {
  struct Kind {
    const char* attribute;
    const char* russian;
    const std::map<std::string, std::string>& named;
  };
  const Kind kind = node.trigger == Trigger::signal  ? Kind{"signalRef", "сигнал", signals_}
                    : node.trigger == Trigger::error ? Kind{"errorRef", "ошибку", errors_}
                                                     : Kind{"escalationRef", "эскалацию", escalations_};
  const std::string id = without_prefix(definition.attribute(kind.attribute));
  if (id.empty()) {
    if (node.throws() || node.trigger == Trigger::signal)
      error("broken-reference", element, fmt::format("{} не называет {}.", title(element), kind.russian),
            fmt::format("Задайте {}.", kind.attribute));
    return;
  }
  const auto found = kind.named.find(id);
  if (found == kind.named.end())
    error("broken-reference", element,
          fmt::format("{} называет {} «{}», а описания с таким id в файле нет.", title(element), kind.russian, id),
          fmt::format("Исправьте {} или добавьте описание.", kind.attribute));
  else
    node.code = found->second;
}

// A process begins with a message, signal or timer, or just so; a sub-process just so; an event sub-process with
// anything that happens.
void Reader::check_start(xml::Node element, const Node& node) {
  const bool for_event = node.scope >= 0 && process_->nodes[static_cast<size_t>(node.scope)].event_sub_process;
  if (for_event || node.trigger == Trigger::none) return;
  if (node.scope >= 0)
    error("sub-process-start", element, fmt::format("Подпроцесс не может начинаться с события ({}).", title(element)),
          "Начните подпроцесс простым событием.");
  else if (node.trigger != Trigger::message && node.trigger != Trigger::signal && node.trigger != Trigger::timer)
    error("unsupported-element", element,
          fmt::format("Элемент «startEvent» {} в начале процесса не исполняется: процесс начинается просто так, с "
                      "сообщения, сигнала или таймера.",
                      title(element)),
          "Начните процесс с одного из них.");
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
  for (const xml::Node place : {definition, element})
    for (const xml::Node days : own(place, "workingDays"))
      node.working_days = expression(days.attribute("value"), element, "vekha:workingDays");
  if (!node.working_days && !definition.child("timeDate") && !definition.child("timeDuration") &&
      !definition.child("timeCycle"))
    error("no-time", element, fmt::format("У таймера {} нет времени.", title(element)),
          "Задайте timeDate, timeDuration, timeCycle или vekha:workingDays.");
}

}  // namespace vekha::workflow
