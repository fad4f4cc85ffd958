// From BPMN XML to a Definition. Everything that is wrong is noted with its place and reading goes on, so that all
// faults are told at once; what is not executed is refused by name.
#include "workflow/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "workflow/check.h"

namespace vekha::workflow {
namespace {

constexpr size_t max_bytes = 16 * 1024 * 1024;
constexpr int max_depth = 50;
constexpr size_t max_nodes = 20'000;

constexpr std::array<std::pair<std::string_view, NodeKind>, 19> elements = {{
    {"startEvent", NodeKind::start_event},
    {"endEvent", NodeKind::end_event},
    {"intermediateCatchEvent", NodeKind::intermediate_catch_event},
    {"intermediateThrowEvent", NodeKind::intermediate_throw_event},
    {"boundaryEvent", NodeKind::boundary_event},
    {"task", NodeKind::task},
    {"userTask", NodeKind::user_task},
    {"manualTask", NodeKind::manual_task},
    {"scriptTask", NodeKind::script_task},
    {"businessRuleTask", NodeKind::business_rule_task},
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
                                                      "standardLoopCharacteristics",
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

const std::set<std::string_view> silent_in_definitions = {
    "documentation", "extensionElements",   "collaboration", "message",     "signal",   "error",
    "escalation",    "itemDefinition",      "dataStore",     "category",    "import",   "interface",
    "resource",      "correlationProperty", "partnerEntity", "partnerRole", "endPoint", "BPMNDiagram",
    "process",       "relationship"};

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
    else if (name == "signal")
      read_named(child, {}, signals_);
    else if (name == "error")
      read_named(child, "errorCode", errors_);
    else if (name == "escalation")
      read_named(child, "escalationCode", escalations_);
    else if (name.ends_with("EventDefinition"))
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

void Reader::read_named(xml::Node element, std::string_view code, std::map<std::string, std::string>& named) {
  std::string name = code.empty() ? std::string() : fold_space(element.attribute(code));
  if (name.empty()) name = fold_space(element.attribute("name"));
  if (name.empty()) name = element.attribute("id");
  named[std::string(element.attribute("id"))] = std::move(name);
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
    } else if (name == "association") {
      associations_.push_back(child);
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
  node.event_sub_process = kind == NodeKind::sub_process && is_yes(element.attribute("triggeredByEvent"));
  node.for_compensation = is_yes(element.attribute("isForCompensation")) && !node.event_sub_process;
  node.instantiate = is_yes(element.attribute("instantiate"));

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

Loaded load(std::string_view xml, const std::string& file_name) { return Reader(xml, file_name).run(); }

}  // namespace vekha::workflow
