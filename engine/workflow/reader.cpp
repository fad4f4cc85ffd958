// From BPMN XML to a Definition. Everything that is wrong is noted with its place and reading goes on, so that all
// faults are told at once; what is not executed is refused by name.
#include "workflow/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/date.h"
#include "base/duration.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "workflow/check.h"

namespace vekha::workflow {
namespace {

constexpr size_t max_bytes = 16 * 1024 * 1024;
constexpr int max_depth = 50;
constexpr size_t max_nodes = 20'000;

constexpr std::array<std::pair<std::string_view, NodeKind>, 18> elements = {{
    {"startEvent", NodeKind::start_event},
    {"endEvent", NodeKind::end_event},
    {"intermediateCatchEvent", NodeKind::intermediate_catch_event},
    {"intermediateThrowEvent", NodeKind::intermediate_throw_event},
    {"boundaryEvent", NodeKind::boundary_event},
    {"task", NodeKind::task},
    {"userTask", NodeKind::user_task},
    {"manualTask", NodeKind::manual_task},
    {"scriptTask", NodeKind::script_task},
    {"serviceTask", NodeKind::service_task},
    {"sendTask", NodeKind::send_task},
    {"receiveTask", NodeKind::receive_task},
    {"subProcess", NodeKind::sub_process},
    {"callActivity", NodeKind::call_activity},
    {"exclusiveGateway", NodeKind::exclusive_gateway},
    {"parallelGateway", NodeKind::parallel_gateway},
    {"inclusiveGateway", NodeKind::inclusive_gateway},
    {"eventBasedGateway", NodeKind::event_based_gateway},
}};

// Parts of a process that carry no behaviour.
const std::set<std::string_view> silent_in_process = {"documentation",
                                                      "extensionElements",
                                                      "incoming",
                                                      "outgoing",
                                                      "laneSet",
                                                      "sequenceFlow",
                                                      "dataObject",
                                                      "dataObjectReference",
                                                      "dataStoreReference",
                                                      "textAnnotation",
                                                      "association",
                                                      "group",
                                                      "ioSpecification",
                                                      "property",
                                                      "auditing",
                                                      "monitoring",
                                                      "multiInstanceLoopCharacteristics",
                                                      "artifact",
                                                      "supports",
                                                      "category",
                                                      "dataInputAssociation",
                                                      "dataOutputAssociation",
                                                      "resourceRole",
                                                      "performer",
                                                      "potentialOwner",
                                                      "humanPerformer",
                                                      "rendering"};

const std::set<std::string_view> silent_in_definitions = {"documentation",
                                                          "extensionElements",
                                                          "collaboration",
                                                          "message",
                                                          "signal",
                                                          "error",
                                                          "escalation",
                                                          "itemDefinition",
                                                          "dataStore",
                                                          "category",
                                                          "import",
                                                          "interface",
                                                          "resource",
                                                          "correlationProperty",
                                                          "partnerEntity",
                                                          "partnerRole",
                                                          "endPoint",
                                                          "BPMNDiagram",
                                                          "process",
                                                          "relationship",
                                                          "messageEventDefinition",
                                                          "timerEventDefinition"};

bool is_yes(std::string_view text) { return text == "true" || text == "1"; }

// «R3/PT1H», «PT5M», «2022-12-09»: written out, not FEEL.
bool is_iso_literal(std::string_view text) {
  if (text.starts_with("R") && text.find('/') != std::string_view::npos) return true;
  if (parse_duration(text)) return true;
  return text.size() >= 10 && (parse_instant(text) || parse_local_time(text));
}

}  // namespace

Reader::Reader(std::string_view source, const std::string& file) : file_(file), source_(source) {}

void Reader::note(Severity severity, std::string code, const Where& where, std::string message, std::string hint) {
  diagnostics_.push_back({severity, std::move(code), where, std::move(message), std::move(hint)});
}

void Reader::error(std::string code, xml::Node element, std::string message, std::string hint) {
  note(Severity::error, std::move(code), where(element), std::move(message), std::move(hint));
}

Where Reader::where(xml::Node element) const {
  Where place = document_.where(element);
  const std::string_view id = element.attribute("id");
  const std::string_view name = element.attribute("name");
  if (!name.empty() || !id.empty())
    place.place = fmt::format("{} «{}»", element.local_name(), name.empty() ? id : name);
  return place;
}

std::string Reader::title(xml::Node element) const {
  const std::string name = fold_space(element.attribute("name"));
  return fmt::format("«{}»", name.empty() ? std::string(element.attribute("id")) : name);
}

void Reader::unsupported(xml::Node element, std::string_view what, std::string hint) {
  error("unsupported-element", element,
        fmt::format("Элемент «{}»{} не исполняется.", what,
                    element.attribute("id").empty() && element.attribute("name").empty() ? "" : " " + title(element)),
        std::move(hint));
}

bool Reader::is_bpmn(xml::Node element) const {
  const std::string_view name = element.name();
  const size_t colon = name.find(':');
  return (colon == std::string_view::npos ? std::string_view() : name.substr(0, colon)) == bpmn_prefix_;
}

std::vector<xml::Node> Reader::own(xml::Node element, std::string_view local) const {
  std::vector<xml::Node> found;
  if (vekha_prefix_.empty()) return found;
  for (const xml::Node extension : element.children("extensionElements"))
    for (const xml::Node child : extension.children())
      if (child.is_element() && child.name() == vekha_prefix_ + ":" + std::string(local)) found.push_back(child);
  return found;
}

std::optional<feel::Expression> Reader::expression(std::string_view text, xml::Node element, std::string_view what) {
  feel::Compiled compiled = feel::compile(text);
  if (compiled.fault) {
    error("expression-fault", element,
          fmt::format("{} у {}: выражение «{}» записано с ошибкой (строка {}, столбец {} выражения). {}", what,
                      title(element.attribute("id").empty() ? element.parent().parent() : element), fold_space(text),
                      compiled.fault->line, compiled.fault->column, compiled.fault->message),
          "Исправьте выражение FEEL.");
    return std::nullopt;
  }
  return std::move(compiled.expression);
}

Template Reader::text_or_expression(std::string_view text, xml::Node element, std::string_view what) {
  Template result;
  const std::string_view inner = trim(text);
  if (inner.starts_with("="))
    result.expression = expression(inner, element, what);
  else
    result.literal = std::string(text);
  return result;
}

std::optional<feel::Expression> Reader::child_expression(xml::Node element, std::string_view child,
                                                         std::string_view what) {
  const xml::Node found = element.child(child);
  if (!found) return std::nullopt;
  const std::string language(found.attribute("language"));
  if (!language.empty() && to_lower(language).find("feel") == std::string::npos &&
      language.find("XPath") == std::string::npos) {
    error("unsupported-language", found,
          fmt::format("{} у {}: язык «{}» не исполняется.", what, title(element), language),
          "Запишите выражение на FEEL.");
    return std::nullopt;
  }
  return expression(found.text(), element, what);
}

Loaded Reader::run() {
  Loaded loaded;
  definition_.file = file_;
  if (source_.size() > max_bytes) {
    note(Severity::error, "too-large", {file_, 0, 0, {}}, "Файл процесса больше 16 МБ: таких не бывает.",
         "Проверьте, тот ли это файл.");
  } else {
    try {
      document_ = xml::Document::parse(source_, file_);
      read();
    } catch (const Error& fault) {
      note(Severity::error, "unreadable", {file_, 0, 0, {}}, fault.message(),
           "Откройте файл в редакторе BPMN и сохраните заново.");
    }
  }
  if (!has_errors(diagnostics_)) {
    definition_.sha = sha256(source_);
    check_graph(definition_, diagnostics_);
    check_shapes(document_, definition_, diagnostics_);
  }
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
  });
  if (!has_errors(diagnostics_)) loaded.definition = std::make_shared<const Definition>(std::move(definition_));
  loaded.diagnostics = std::move(diagnostics_);
  return loaded;
}

void Reader::read() {
  const xml::Node root = document_.root();
  if (root.local_name() != "definitions") {
    error("not-bpmn", root,
          fmt::format("Это не BPMN: файл начинается с элемента «{}», а не «definitions».", root.name()),
          "Выберите файл .bpmn.");
    return;
  }
  const std::string_view root_name = root.name();
  bpmn_prefix_ = root_name.substr(0, root_name.size() == 11 ? 0 : root_name.size() - 12);
  const std::string wanted = bpmn_prefix_.empty() ? "xmlns" : "xmlns:" + bpmn_prefix_;
  if (root.attribute(wanted) != bpmn_namespace) {
    error("not-bpmn", root, "Это не BPMN 2.0: у элемента «definitions» другое пространство имён.",
          "Выберите файл .bpmn.");
    return;
  }
  for (const auto& [name, value] : root.attributes())
    if (value == vekha_namespace && name.starts_with("xmlns:")) vekha_prefix_ = name.substr(6);

  for (const xml::Node child : root.children()) {
    if (!child.is_element()) continue;
    const std::string_view name = child.local_name();
    if (name == "message")
      read_message(child);
    else if (name == "messageEventDefinition" || name == "timerEventDefinition")
      shared_events_[std::string(child.attribute("id"))] = child;
    else if (is_bpmn(child) && !silent_in_definitions.contains(name))
      unsupported(child, name, "Уберите его из файла.");
  }
  for (const xml::Node process : root.children("process"))
    read_process(process);
  if (root.children("process").empty())
    error("no-process", root, "В файле нет ни одного процесса.", "Нарисуйте процесс и сохраните файл.");
}

void Reader::read_message(xml::Node element) {
  Message message;
  message.id = element.attribute("id");
  message.name = fold_space(element.attribute("name"));
  if (message.name.empty()) message.name = message.id;
  for (const xml::Node correlation : own(element, "correlation"))
    message.key = expression(correlation.attribute("key"), element, "Ключ сообщения");
  message_index_.emplace(message.id, static_cast<int>(definition_.messages.size()));
  definition_.messages.push_back(std::move(message));
}

void Reader::read_process(xml::Node element) {
  Process process;
  process.id = element.attribute("id");
  process.name = fold_space(element.attribute("name"));
  if (process.name.empty()) process.name = process.id;
  process.executable = !element.has_attribute("isExecutable") || is_yes(element.attribute("isExecutable"));
  process.where = where(element);
  if (definition_.find(process.id))
    error("duplicate-id", element, fmt::format("Процесс «{}» стоит в файле дважды.", process.id),
          "Дайте одному другой id.");
  for (const xml::Node start : own(element, "start"))
    process.start_for = start.attribute("for");
  for (const char* kind : {"variable", "fact"})
    for (const xml::Node declared : own(element, kind))
      (std::string_view(kind) == "fact" ? process.facts : process.variables)
          .push_back({std::string(declared.attribute("name")), std::string(declared.attribute("type")),
                      is_yes(declared.attribute("required"))});
  process_ = &process;
  data_objects_.clear();
  flow_elements_.clear();
  lanes_.clear();
  for (const xml::Node set : element.children("laneSet"))
    read_lanes(set);
  read_scope(element, -1);
  resolve();
  process_ = nullptr;
  definition_.processes.push_back(std::move(process));
}

void Reader::read_lanes(xml::Node lane_set) {
  for (const xml::Node lane : lane_set.children("lane")) {
    const std::string name = fold_space(lane.attribute("name"));
    process_->lanes.push_back(name.empty() ? std::string(lane.attribute("id")) : name);
    for (const xml::Node reference : lane.children("flowNodeRef"))
      lanes_[std::string(trim(reference.text()))] = process_->lanes.back();
    for (const xml::Node inner : lane.children("childLaneSet"))
      read_lanes(inner);
  }
}

void Reader::read_scope(xml::Node element, int scope) {
  if (depth_ == max_depth) {
    error("too-deep", element, fmt::format("Подпроцессы вложены глубже {} уровней ({}).", max_depth, title(element)),
          "Вынесите внутренние подпроцессы в отдельные процессы и вызывайте их.");
    return;
  }
  ++depth_;
  std::vector<std::string> locals;
  for (const xml::Node object : element.children("dataObject")) {
    data_objects_[std::string(object.attribute("id"))] = object;
    if (!own(object, "template").empty()) continue;
    const std::string name = fold_space(object.attribute("name"));
    if (!name.empty()) locals.push_back(name);
  }
  for (const xml::Node reference : element.children("dataObjectReference"))
    data_objects_[std::string(reference.attribute("id"))] = reference;
  if (scope < 0)
    process_->local_variables = std::move(locals);
  else
    process_->nodes[static_cast<size_t>(scope)].local_variables = std::move(locals);

  for (const xml::Node child : element.children()) {
    if (!child.is_element() || !is_bpmn(child)) continue;
    if (process_->nodes.size() == max_nodes) {
      error("too-large", child, fmt::format("В процессе больше {} элементов.", max_nodes),
            "Разделите его на несколько процессов.");
      break;
    }
    const std::string_view name = child.local_name();
    const auto known =
        std::find_if(elements.begin(), elements.end(), [&](const auto& entry) { return entry.first == name; });
    if (known != elements.end()) {
      read_node(child, known->second, scope);
    } else if (name == "sequenceFlow") {
      flow_elements_.push_back({child, scope});
    } else if (!silent_in_process.contains(name)) {
      unsupported(child, name,
                  "Замените его элементами, которые исполняются: их список – в engine/workflow/README.md.");
      refused_ids_.insert(std::string(child.attribute("id")));
    }
  }
  --depth_;
}

void Reader::read_node(xml::Node element, NodeKind kind, int scope) {
  Node node;
  node.id = element.attribute("id");
  node.name = fold_space(element.attribute("name"));
  if (node.name.empty()) node.name = node.id;
  node.kind = kind;
  node.scope = scope;
  node.where = where(element);
  node.documentation = trim(element.child("documentation").text());
  if (node.id.empty())
    error("no-id", element, fmt::format("У элемента «{}» нет id.", element.local_name()),
          "Сохраните файл в редакторе BPMN.");
  const auto lane = lanes_.find(node.id);
  if (lane != lanes_.end())
    node.lane = lane->second;
  else if (scope >= 0)
    node.lane = process_->nodes[static_cast<size_t>(scope)].lane;

  const int index = static_cast<int>(process_->nodes.size());
  if (!process_->node_index.emplace(node.id, index).second)
    error("duplicate-id", element, fmt::format("Идентификатор «{}» стоит в файле дважды.", node.id),
          "Дайте одному элементу другой id.");

  for (const char* quantity : {"startQuantity", "completionQuantity"})
    if (element.has_attribute(quantity) && element.attribute(quantity) != "1")
      unsupported(element, quantity, "Уберите этот атрибут.");
  if (is_yes(element.attribute("isForCompensation"))) unsupported(element, "isForCompensation", "Уберите компенсацию.");
  if (is_yes(element.attribute("instantiate")))
    unsupported(element, "instantiate", "Начните процесс начальным событием с сообщением.");
  if (is_yes(element.attribute("triggeredByEvent")))
    unsupported(element, "subProcess triggeredByEvent", "Замените подпроцесс по событию граничным событием.");
  if (element.child("standardLoopCharacteristics"))
    unsupported(element, "standardLoopCharacteristics", "Нарисуйте цикл шлюзом «или».");

  switch (kind) {
    case NodeKind::start_event:
    case NodeKind::end_event:
    case NodeKind::intermediate_catch_event:
    case NodeKind::intermediate_throw_event:
    case NodeKind::boundary_event: read_event(element, node); break;
    default: break;
  }
  if (node.is_activity()) read_activity(element, node);
  if (node.is_gateway() && element.has_attribute("eventGatewayType") &&
      element.attribute("eventGatewayType") == "Parallel")
    unsupported(element, "eventGatewayType=\"Parallel\"", "Оставьте обычный шлюз по событиям.");
  if (element.has_attribute("default"))
    defaults_.push_back({index, std::string(element.attribute("default")), element});
  process_->nodes.push_back(std::move(node));
  if (kind == NodeKind::sub_process) read_scope(element, index);
}

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

void Reader::read_mappings(xml::Node element, Node& node) {
  for (const xml::Node input : own(element, "input"))
    node.inputs.push_back(
        {std::string(input.attribute("name")), text_or_expression(input.attribute("value"), element, "vekha:input")});
  for (const xml::Node output : own(element, "output"))
    node.outputs.push_back({std::string(output.attribute("name")),
                            text_or_expression(output.attribute("value"), element, "vekha:output")});
}

void Reader::read_activity(xml::Node element, Node& node) {
  read_mappings(element, node);
  if (const xml::Node loop = element.child("multiInstanceLoopCharacteristics")) read_loop(element, loop, node);
  for (const xml::Node association : element.children("dataOutputAssociation"))
    documents_.push_back({static_cast<int>(process_->nodes.size()),
                          std::string(trim(association.child("targetRef").text())), association});
  switch (node.kind) {
    case NodeKind::user_task: read_user_task(element, node); break;
    case NodeKind::script_task: read_script(element, node); break;
    case NodeKind::service_task:
      for (const xml::Node service : own(element, "service"))
        node.service = service.attribute("name");
      if (node.service.empty())
        note(Severity::warning, "no-service", node.where,
             fmt::format("Задача-услуга {} не называет услугу: при выполнении она пройдёт сама.", title(element)),
             "Добавьте vekha:service с именем услуги.");
      break;
    case NodeKind::send_task:
    case NodeKind::receive_task:
      node.trigger = Trigger::message;
      references_.push_back(
          {static_cast<int>(process_->nodes.size()), std::string(element.attribute("messageRef")), element});
      for (const xml::Node correlation : own(element, "correlation"))
        node.message_key = expression(correlation.attribute("key"), element, "Ключ сообщения");
      break;
    case NodeKind::call_activity:
      node.called_process = element.attribute("calledElement");
      if (const size_t colon = node.called_process.find(':'); colon != std::string::npos)
        node.called_process.erase(0, colon + 1);
      if (node.called_process.empty())
        error("no-called-process", element, fmt::format("{} не говорит, какой процесс вызвать.", title(element)),
              "Задайте calledElement.");
      break;
    default: break;
  }
}

void Reader::read_script(xml::Node element, Node& node) {
  const std::string format(element.attribute("scriptFormat"));
  if (to_lower(format).find("feel") == std::string::npos) {
    error(
        "unsupported-language", element,
        fmt::format("Сценарий {} на языке «{}» не исполняется.", title(element), format.empty() ? "не указан" : format),
        "Запишите его контекстом FEEL: scriptFormat=\"application/feel\", { имя: выражение }.");
    return;
  }
  const std::string script = element.child("script").text();
  node.script = expression(script, element, "Сценарий");
  if (node.script && !std::string_view(trim(script)).starts_with("{") &&
      !std::string_view(trim(script)).starts_with("="))
    error("script-no-context", element, fmt::format("Сценарий {} – не контекст FEEL.", title(element)),
          "Запишите его как { имя: выражение }.");
}

void Reader::read_user_task(xml::Node element, Node& node) {
  for (const xml::Node entry : own(element, "outcome")) {
    Outcome outcome;
    outcome.id = entry.attribute("id");
    outcome.label = entry.attribute("label");
    if (outcome.label.empty()) outcome.label = outcome.id;
    outcome.reason_required = entry.attribute("reason") == "required";
    if (entry.has_attribute("condition"))
      outcome.condition = expression(entry.attribute("condition"), element, "Условие исхода");
    outcome.refusal = text_or_expression(entry.attribute("refusal"), element, "Отказ исхода");
    if (outcome.id.empty())
      error("outcome-no-id", entry, fmt::format("У исхода задачи {} нет id.", title(element)), "Задайте id и label.");
    node.outcomes.push_back(std::move(outcome));
  }
  static const std::set<std::string_view> types = {"text", "date", "number", "bool", "choice", "list"};
  for (const xml::Node entry : own(element, "field")) {
    Field field;
    field.name = entry.attribute("name");
    field.label = entry.attribute("label");
    if (field.label.empty()) field.label = field.name;
    if (entry.has_attribute("type")) field.type = entry.attribute("type");
    field.required = is_yes(entry.attribute("required"));
    field.value = text_or_expression(entry.attribute("value"), element, "Значение поля");
    for (const std::string_view choice : split(entry.attribute("choices"), '|'))
      if (!trim(choice).empty()) field.choices.emplace_back(trim(choice));
    if (field.name.empty())
      error("field-no-name", entry, fmt::format("У поля задачи {} нет имени.", title(element)),
            "Задайте name и label.");
    if (!types.contains(field.type))
      error("field-type", entry,
            fmt::format("Вид поля «{}» задачи {} не известен: «{}».", field.name, title(element), field.type),
            "Вид поля – text, date, number, bool, choice или list.");
    if (field.type == "choice" && field.choices.empty())
      error("field-choices", entry, fmt::format("У поля «{}» задачи {} нет вариантов.", field.name, title(element)),
            "Перечислите их в choices через «|».");
    node.fields.push_back(std::move(field));
  }
  for (const xml::Node entry : own(element, "assign")) {
    if (entry.has_attribute("role")) {
      node.assignment.role = entry.attribute("role");
    } else if (entry.has_attribute("variable")) {
      node.assignment.kind = Assignment::Kind::variable;
      node.assignment.variable = expression(entry.attribute("variable"), element, "vekha:assign");
    } else if (is_yes(entry.attribute("initiator"))) {
      node.assignment.kind = Assignment::Kind::initiator;
    } else {
      error("assign-empty", entry, fmt::format("vekha:assign задачи {} никого не называет.", title(element)),
            "Задайте role, variable или initiator=\"true\".");
    }
  }
  for (const xml::Node entry : own(element, "due"))
    node.due = text_or_expression(entry.attribute("value"), element, "Срок задачи");
  for (const xml::Node entry : own(element, "title"))
    node.title = text_or_expression(entry.attribute("value"), element, "Название задачи");
}

void Reader::read_loop(xml::Node element, xml::Node loop, Node& node) {
  Loop result;
  result.sequential = is_yes(loop.attribute("isSequential"));
  if (loop.has_attribute("behavior") && loop.attribute("behavior") != "All")
    unsupported(element, "behavior", "Оставьте behavior=\"All\".");
  // Modelers put the id of a data object or of an input there; people write a variable's name.
  const auto reference = [&](std::string_view child) {
    const std::string text(trim(loop.child(child).text()));
    const auto object = data_objects_.find(text);
    if (object == data_objects_.end()) return text;
    const std::string name = fold_space(object->second.attribute("name"));
    return name.empty() ? text : name;
  };
  if (loop.child("loopDataInputRef"))
    result.collection = expression(reference("loopDataInputRef"), element, "loopDataInputRef");
  result.item = fold_space(loop.child("inputDataItem").attribute("name"));
  if (result.item.empty()) result.item = loop.child("inputDataItem").attribute("id");
  result.output_collection = reference("loopDataOutputRef");
  result.output_item = fold_space(loop.child("outputDataItem").attribute("name"));
  if (result.output_item.empty()) result.output_item = loop.child("outputDataItem").attribute("id");
  result.cardinality = child_expression(loop, "loopCardinality", "loopCardinality");
  result.completion = child_expression(loop, "completionCondition", "completionCondition");
  if (!loop.child("loopDataInputRef") && !loop.child("loopCardinality"))
    error("loop-no-number", element, fmt::format("Повторение {} не говорит, сколько раз.", title(element)),
          "Задайте loopDataInputRef или loopCardinality.");
  node.loop = std::move(result);
}

void Reader::resolve() {
  Process& process = *process_;
  for (const auto& [element, scope] : flow_elements_) {
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
    const std::string id =
        reference.id.substr(reference.id.find(':') == std::string::npos ? 0 : reference.id.find(':') + 1);
    const auto found = message_index_.find(id);
    if (found == message_index_.end())
      error("broken-reference", reference.element,
            reference.id.empty()
                ? fmt::format("{} не говорит, какое сообщение.", title(reference.element))
                : fmt::format("{} ссылается на сообщение «{}», которого нет.", title(reference.element), reference.id),
            "Выберите сообщение.");
    else
      process.nodes[static_cast<size_t>(reference.node)].message = found->second;
  }
  for (const Reference& reference : documents_)
    resolve_document(reference);
  defaults_.clear();
  attachments_.clear();
  references_.clear();
  documents_.clear();
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

Loaded load(std::string_view xml, const std::string& file_name) { return Reader(xml, file_name).run(); }

}  // namespace vekha::workflow
