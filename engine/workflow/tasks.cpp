// Tasks of people: how they open, and what is refused when somebody wants to do one.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/time_zone.h"
#include "workflow/machine.h"
#include "workflow/state.h"

namespace vekha::workflow {
namespace {

std::string digits(const LocalTime& time) {
  return fmt::format("{:02}.{:02}.{:04} {:02}:{:02}", day_of(time.date), month_of(time.date), year_of(time.date),
                     time.seconds / 3600, time.seconds / 60 % 60);
}

// «09.12.2022» or an ISO day.
std::optional<Date> read_date(const Value& value) {
  if (const auto date = value.date()) return date;
  const std::string& text = value.text();
  if (text.size() != 10 || text[2] != '.' || text[5] != '.') return std::nullopt;
  return parse_date(text.substr(6, 4) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2));
}

std::optional<Value> read_bool(const Value& value) {
  if (value.is<bool>()) return value;
  const std::string text = to_lower(value.text());
  if (text == "да" || text == "true") return Value(true);
  if (text == "нет" || text == "false") return Value(false);
  return std::nullopt;
}

std::optional<Value> read_number(const Value& value) {
  if (value.is<Decimal>()) return value;
  const auto number = Decimal::parse(replace_all(value.text(), ",", "."));
  return number ? std::optional<Value>(*number) : std::nullopt;
}

bool is_missing(const Value& value) {
  return value.is_null() || (value.is<std::string>() && trim(value.text()).empty());
}

// The value as the field's type wants it; throws Refused.
Value checked(const Task& task, const TaskField& field, const Value& value) {
  const auto refuse = [&](const std::string& wanted) {
    return Refused{{"field-kind", fmt::format("Поле «{}» задачи «{}» заполнено неверно: «{}». Ожидается {}.",
                                              field.label, task.name, key_text(value), wanted)}};
  };
  if (is_missing(value)) return {};
  if (field.type == "date") {
    const auto date = read_date(value);
    if (!date) throw refuse("дата, например 09.12.2022");
    return to_iso(*date);
  }
  if (field.type == "number") {
    const auto number = read_number(value);
    if (!number) throw refuse("число");
    return *number;
  }
  if (field.type == "bool") {
    const auto truth = read_bool(value);
    if (!truth) throw refuse("«да» или «нет»");
    return *truth;
  }
  if (field.type == "choice") {
    if (std::find(field.choices.begin(), field.choices.end(), value.text()) == field.choices.end())
      throw refuse(fmt::format("одно из: «{}»", join(field.choices, "», «")));
    return value;
  }
  if (field.type == "list") return value.is<List>() ? plain(value) : Value(List{plain(value)});
  return plain(value);
}

std::string names_of(const std::vector<TaskOutcome>& outcomes) {
  std::vector<std::string> names;
  for (const TaskOutcome& outcome : outcomes)
    names.push_back(fmt::format("«{}» ({})", outcome.label, outcome.id));
  return join(names, ", ");
}

// What was given, checked field by field; fields not given keep what was proposed.
Map checked_fields(const Task& task, const Map& given) {
  Map fields;
  for (const TaskField& field : task.fields) {
    const Value* value = given.find(field.name);
    fields.set(field.name, checked(task, field, value ? *value : field.value));
    if (field.required && fields.find(field.name)->is_null())
      throw Refused{{"field-missing",
                     fmt::format("В задаче «{}» не заполнено поле «{}» ({}).", task.name, field.label, field.name)}};
  }
  for (const auto& [name, value] : given) {
    if (fields.contains(name)) continue;
    if (!task.fields.empty()) {
      std::vector<std::string> known;
      for (const TaskField& field : task.fields)
        known.push_back(field.name);
      throw Refused{{"field-unknown",
                     fmt::format("В задаче «{}» нет поля «{}». Есть поля: {}.", task.name, name, join(known, ", "))}};
    }
    fields.set(name, plain(value));
  }
  return fields;
}

}  // namespace

void Machine::open_task(int at, const Node& node) {
  Task task;
  task.id = fmt::format("{}.{}", instance_.id, instance_.next_task);
  task.at = at;
  task.node = node.id;
  task.name = text_of(node.title, at);
  if (task.name.empty()) task.name = node.name;
  task.role = !node.assignment.role.empty() ? node.assignment.role : node.lane.empty() ? instance_.lane : node.lane;
  if (node.assignment.kind == Assignment::Kind::initiator) {
    if (!instance_.starter.empty()) task.assignees.push_back(instance_.starter);
  } else if (node.assignment.variable) {
    const Value people = evaluate(*node.assignment.variable, at).value;
    for (const Value& person : people.is<List>() ? people.list() : List{people}) {
      const std::string id = person.is<Map>() ? key_text(person.at("id")) : key_text(person);
      if (!id.empty()) task.assignees.push_back(id);
    }
  }
  for (const Outcome& outcome : node.outcomes)
    task.outcomes.push_back({outcome.id, outcome.label, outcome.reason_required});
  for (const Field& field : node.fields) {
    Value proposed = field.value.empty() ? Value() : value_of(field.value, at);
    task.fields.push_back({field.name, field.label, field.type, field.required, field.choices, std::move(proposed)});
  }
  task.created = work_.occasion.now;
  if (!node.due.empty()) task.due = value_of(node.due, at);
  task.stage = stage_at(at);
  emit(EventKind::task_created, to_value(task).map());
}

std::optional<std::string> Machine::refusal(const Task& task, const std::string& outcome, const Map& fields) {
  const Node* node = process_->find(task.node);
  if (!node) return std::nullopt;
  for (const Outcome& candidate : node->outcomes) {
    if (candidate.id != outcome || !candidate.condition) continue;
    const feel::Result result = evaluate(*candidate.condition, task.at, &fields);
    if (result.value.truth()) return std::nullopt;
    std::string sentence = candidate.refusal.empty() ? std::string() : text_of(candidate.refusal, task.at, &fields);
    if (sentence.empty())
      sentence = fmt::format("«{}» сейчас нельзя: условие «{}» не выполнено.{}", candidate.label,
                             fold_space(candidate.condition->text()), result.fault ? " " + result.fault->message : "");
    return sentence;
  }
  return std::nullopt;
}

void Machine::complete_task(const CompleteTask& command) {
  const Task* open = instance_.find_task(command.task);
  if (!open) {
    for (const ClosedTask& closed : instance_.closed_tasks) {
      if (closed.id != command.task) continue;
      const std::string when = digits(to_local(closed.time, work_.occasion.zone));
      if (!closed.done)
        throw Refused{
            {"task-gone", fmt::format("Задача «{}» снята {}: процесс ушёл дальше без неё.", closed.name, when)}};
      const std::string who = closed.by_name.empty() ? closed.by : closed.by_name;
      throw Refused{{"task-done",
                     fmt::format("Задача «{}» уже выполнена {}{}{}.", closed.name, when, who.empty() ? "" : ", " + who,
                                 closed.label.empty() ? "" : fmt::format(" («{}»)", closed.label))}};
    }
    throw Refused{{"no-task", fmt::format("Задачи «{}» нет. Посмотрите список открытых задач.", command.task)}};
  }
  const Task task = *open;
  const bool strict = command.check == CompleteTask::Check::strict;
  std::string chosen = command.outcome;
  if (strict && chosen.empty() && task.outcomes.size() == 1) chosen = task.outcomes[0].id;
  const auto outcome = std::find_if(task.outcomes.begin(), task.outcomes.end(),
                                    [&](const TaskOutcome& entry) { return entry.id == chosen; });
  if (strict) {
    if (task.outcomes.empty() && !chosen.empty())
      throw Refused{{"no-outcome", fmt::format("У задачи «{}» нет исходов, а указан «{}».", task.name, chosen)}};
    if (!task.outcomes.empty() && outcome == task.outcomes.end())
      throw Refused{{"no-outcome", chosen.empty() ? fmt::format("Для задачи «{}» не выбран исход. Возможны: {}.",
                                                                task.name, names_of(task.outcomes))
                                                  : fmt::format("У задачи «{}» нет исхода «{}». Возможны: {}.",
                                                                task.name, chosen, names_of(task.outcomes))}};
    if (outcome != task.outcomes.end() && outcome->reason_required && trim(command.reason).empty())
      throw Refused{
          {"reason-missing", fmt::format("Для исхода «{}» задачи «{}» нужна причина.", outcome->label, task.name)}};
  }
  Map given = command.fields;
  if (strict)  // what nobody has touched is proposed anew: «today» is the day of the doing, not of the opening
    for (const Field& field : node_of(*instance_.find(task.at)).fields)
      if (!given.contains(field.name) && !field.value.empty()) given.set(field.name, value_of(field.value, task.at));
  Map fields = strict ? checked_fields(task, given) : plain(command.fields).map();
  const std::string label = outcome == task.outcomes.end() ? std::string() : outcome->label;
  Map local = fields;
  local.set("outcome", chosen);
  local.set("outcome_label", label);
  local.set("reason", command.reason);
  local.set("created", to_iso(task.created));
  if (strict && !chosen.empty())
    if (const auto sentence = refusal(task, chosen, local)) throw Refused{{"guard", *sentence}};

  emit(EventKind::task_completed, Map{{"task", task.id},
                                      {"at", task.at},
                                      {"node", task.node},
                                      {"name", task.name},
                                      {"outcome", chosen},
                                      {"label", label},
                                      {"reason", command.reason},
                                      {"fields", fields},
                                      {"by", actor()}});
  const Node& node = node_of(*instance_.find(task.at));
  if (node.outputs.empty()) {
    if (!task.outcomes.empty() && !chosen.empty()) fields.set("outcome", chosen);
    if (!command.reason.empty()) fields.set("reason", command.reason);
    assign(task.at, fields);
  } else {
    assign(task.at, mapped(node.outputs, task.at, &local));
  }
  complete(task.at, task.id);
  run();
}

void Machine::claim_task(const ClaimTask& command) {
  const Task* task = instance_.find_task(command.task);
  if (!task) throw Refused{{"no-task", fmt::format("Задачи «{}» нет среди открытых.", command.task)}};
  if (!task->claimed_by.empty() && task->claimed_by != work_.occasion.actor.id)
    throw Refused{{"task-claimed", fmt::format("Задачу «{}» уже взял «{}».", task->name, task->claimed_by)}};
  emit(EventKind::task_claimed, Map{{"task", command.task}, {"by", work_.occasion.actor.id}});
}

void Machine::reassign_task(const ReassignTask& command) {
  const Task* task = instance_.find_task(command.task);
  if (!task) throw Refused{{"no-task", fmt::format("Задачи «{}» нет среди открытых.", command.task)}};
  if (command.assignees.empty())
    throw Refused{{"no-assignee", fmt::format("Кому переадресовать задачу «{}», не сказано.", task->name)}};
  emit(EventKind::task_reassigned, Map{{"task", command.task},
                                       {"assignees", List(command.assignees.begin(), command.assignees.end())},
                                       {"reason", command.reason}});
}

}  // namespace vekha::workflow
