// The activities of a BPMN file with their `vekha:` elements: tasks, calls, repetitions, documents.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "workflow/reader.h"

namespace vekha::workflow {
namespace {

// What an expression of a task reads of the engine itself: a field of that name could not be told from it.
const std::vector<std::string> names_given = {"actor",         "moment", "instance", "outcome",
                                              "outcome_label", "reason", "created"};

}  // namespace

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
  const xml::Node many = element.child("multiInstanceLoopCharacteristics");
  const xml::Node again = element.child("standardLoopCharacteristics");
  if (many && again)
    error("two-loops", element, fmt::format("{} повторяется двумя способами сразу.", title(element)), "Оставьте один.");
  if (many)
    read_loop(element, many, node);
  else if (again)
    read_standard_loop(element, again, node);
  read_data_moves(element, node);
  for (const xml::Node association : element.children("dataOutputAssociation"))
    documents_.push_back({static_cast<int>(process_->nodes.size()),
                          std::string(trim(association.child("targetRef").text())), association});
  switch (node.kind) {
    case NodeKind::user_task: read_user_task(element, node); break;
    case NodeKind::script_task: read_script(element, node); break;
    case NodeKind::business_rule_task:
      read_decision(element, node);
      for (const xml::Node service : own(element, "service"))
        node.service = service.attribute("name");
      if (!node.decision && node.service.empty())
        error("no-decision", element, fmt::format("В задаче-решении {} нет таблицы решений.", title(element)),
              "Вложите decisionTable (DMN) в extensionElements или назовите услугу: vekha:service.");
      break;
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
      if (node.instantiate && (node.scope >= 0 || node.loop))
        error("instantiate", element, fmt::format("{} не может начинать процесс.", title(element)),
              "Начинает процесс задача верхнего уровня без повторения.");
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

// The variable that a data object or a reference to one declares; empty for documents and for what is not there.
std::string Reader::variable_of(const std::string& data_object) const {
  auto found = data_objects_.find(data_object);
  if (found == data_objects_.end()) return {};
  std::string name = fold_space(found->second.attribute("name"));
  if (found->second.local_name() == "dataObjectReference") {
    found = data_objects_.find(std::string(found->second.attribute("dataObjectRef")));
    if (found == data_objects_.end()) return {};
    if (const std::string own_name = fold_space(found->second.attribute("name")); !own_name.empty()) name = own_name;
  }
  return own(found->second, "template").empty() ? name : std::string();
}

// Between data objects and what the activity's ioSpecification names; other associations are only drawn.
void Reader::read_data_moves(xml::Node element, Node& node) {
  std::map<std::string, std::string> named;
  for (const xml::Node part : element.child("ioSpecification").children())
    if (part.is_element() && (part.local_name() == "dataInput" || part.local_name() == "dataOutput")) {
      const std::string name = fold_space(part.attribute("name"));
      named[std::string(part.attribute("id"))] = name.empty() ? std::string(part.attribute("id")) : name;
    }
  const auto read = [&](const char* kind, const char* own_end, const char* object_end, std::vector<DataMove>& moves) {
    for (const xml::Node association : element.children(kind)) {
      const auto own_name = named.find(std::string(trim(association.child(own_end).text())));
      DataMove move;
      move.object = variable_of(std::string(trim(association.child(object_end).text())));
      if (own_name == named.end() || move.object.empty()) continue;
      move.own = own_name->second;
      if (const xml::Node transformation = association.child("transformation"))
        move.transformation = expression(transformation.text(), element, "transformation");
      moves.push_back(std::move(move));
    }
  };
  read("dataInputAssociation", "targetRef", "sourceRef", node.data_inputs);
  read("dataOutputAssociation", "sourceRef", "targetRef", node.data_outputs);
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
    if (std::find(names_given.begin(), names_given.end(), field.name) != names_given.end())
      error("field-name", entry,
            fmt::format("Поле «{}» задачи {} носит имя, которое процесс даёт сам.", field.name, title(element)),
            fmt::format("Назовите поле иначе; заняты имена {}.", join({names_given.begin(), names_given.end()}, ", ")));
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

// Source: BPMN 2.0.2, 10.3.8.
void Reader::read_standard_loop(xml::Node element, xml::Node loop, Node& node) {
  Loop result;
  result.standard = true;
  result.sequential = true;
  result.test_before = is_yes(loop.attribute("testBefore"));
  result.condition = child_expression(loop, "loopCondition", "loopCondition");
  if (loop.has_attribute("loopMaximum")) {
    const auto maximum = Decimal::parse(trim(loop.attribute("loopMaximum")));
    const auto number = maximum ? maximum->to_integer() : std::nullopt;
    if (!number || *number < 0 || *number > 1'000'000)
      error("loop-maximum", element,
            fmt::format("Наибольшее число повторений {} – не целое число от нуля: «{}».", title(element),
                        loop.attribute("loopMaximum")),
            "Исправьте loopMaximum.");
    else
      result.maximum = static_cast<int>(*number);
  }
  if (!loop.child("loopCondition") && !loop.has_attribute("loopMaximum"))
    error("loop-no-number", element, fmt::format("Повторение {} не говорит, сколько раз.", title(element)),
          "Задайте loopCondition или loopMaximum.");
  node.loop = std::move(result);
}

}  // namespace vekha::workflow
