#include "service/lists.h"

#include <map>

#include "service/history.h"

namespace vekha::service {
namespace {

Value stage_value(int number, const std::string& name) { return Map{{"number", number}, {"name", name}}; }

Value item_value(const PlanItem& item, Date today) {
  List checkpoints;
  for (const roadmap::Checkpoint& checkpoint : item.progress.checkpoints)
    checkpoints.push_back(Map{{"start", checkpoint.when ? Value(checkpoint.when->start) : Value()},
                              {"end", checkpoint.when ? Value(checkpoint.when->end) : Value()},
                              {"state", roadmap::to_string(roadmap::state_of(checkpoint, today))},
                              {"mark", checkpoint.mark ? roadmap::to_value(*checkpoint.mark) : Value()}});
  return Map{{"key", item.progress.key},
             {"number", item.progress.item.number},
             {"title", item.progress.item.title},
             {"section", item.progress.section_title},
             {"deadline", item.progress.item.deadline.text},
             {"stage", stage_value(item.progress.stage_number, item.progress.stage)},
             {"ended", item.ended},
             {"state", roadmap::to_string(roadmap::state_of(item.progress, today))},
             {"checkpoints", std::move(checkpoints)}};
}

Value task_value(const OpenTask& entry) {
  List people, outcomes, fields;
  for (const std::string& one : entry.people)
    people.push_back(one);
  for (const workflow::TaskOutcome& one : entry.task.outcomes)
    outcomes.push_back(Map{{"id", one.id}, {"label", one.label}, {"reason_required", one.reason_required}});
  for (const workflow::TaskField& one : entry.task.fields) {
    List choices;
    for (const std::string& choice : one.choices)
      choices.push_back(choice);
    fields.push_back(Map{{"name", one.name},
                         {"label", one.label},
                         {"type", one.type},
                         {"required", one.required},
                         {"choices", std::move(choices)},
                         {"value", one.value}});
  }
  return Map{{"id", entry.id},
             {"plan", entry.plan},
             {"node", entry.task.node},
             {"name", entry.task.name},
             {"subject", entry.subject},
             {"role", entry.task.role},
             {"people", std::move(people)},
             {"stage", stage_value(entry.task.stage.number, entry.task.stage.name)},
             {"due", entry.due ? Value(*entry.due) : Value()},
             {"overdue", entry.overdue},
             {"outcomes", std::move(outcomes)},
             {"fields", std::move(fields)}};
}

}  // namespace

Value list_items(Case& from, const std::string& wanted) {
  const Date today = from.today();
  std::vector<Plan> plans;
  if (wanted.empty())
    plans = from.plans();
  else
    plans.push_back(from.plan(wanted));
  List list;
  for (const Plan& plan : plans) {
    List items;
    for (const PlanItem& item : plan.items)
      items.push_back(item_value(item, today));
    list.push_back(Map{{"plan", plan.id}, {"title", plan.roadmap.at("title")}, {"items", std::move(items)}});
  }
  return list;
}

Value list_tasks(Case& from, const std::string& person) {
  List list;
  for (const OpenTask& entry : from.tasks(person))
    list.push_back(task_value(entry));
  return list;
}

Value list_documents(Case& from, const std::string& plan) {
  List list;
  for (const store::DocumentRow& row : from.documents(plan))
    list.push_back(Map{{"id", static_cast<long>(row.id)},
                       {"plan", row.plan},
                       {"stage", stage_value(row.stage, row.stage_name)},
                       {"kind", row.kind},
                       {"file_name", row.file_name},
                       {"version", row.version},
                       {"made", to_iso(row.made)},
                       {"local", from.local_text(row.made)},
                       {"sha256", row.sha256}});
  return list;
}

Value list_history(Case& from, const std::string& plan) {
  std::map<std::string, std::string> subjects;  // by instance
  for (const Plan& one : from.plans())
    for (const PlanItem& item : one.items)
      subjects[item.instance] =
          "мероприятие " +
          (item.progress.item.number.empty() ? "«" + item.progress.item.title + "»" : item.progress.item.number);
  List list;
  for (const store::EventRow& row : from.history(plan)) {
    const std::string sentence = sentence_of(row, from.office(), subjects[row.instance]);
    list.push_back(Map{{"sequence", static_cast<long>(row.sequence)},
                       {"at", to_iso(row.at)},
                       {"local", from.local_text(row.at)},
                       {"plan", row.plan},
                       {"instance", row.instance},
                       {"actor", row.actor.empty() ? Value() : Value(row.actor)},
                       {"kind", row.kind},
                       {"sentence", sentence.empty() ? Value() : Value(sentence)},
                       {"data", row.data},
                       {"hash", row.hash}});
  }
  return list;
}

Value list_register(Case& from, int year) {
  Map book = from.register_of(year);
  book.set("next", from.next_number(year));
  return book;
}

}  // namespace vekha::service
