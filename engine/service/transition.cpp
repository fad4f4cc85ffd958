#include "service/transition.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/time_zone.h"
#include "service/model.h"
#include "service/process_services.h"

namespace vekha::service {
namespace {

using workflow::Instance;

constexpr const char* plan_variable = "plan";
constexpr const char* subject_variable = "subject";
constexpr const char* item_variable = "item";

[[noreturn]] void refuse(const workflow::Rejection& rejection) {
  const ErrorCode code = rejection.code == "task-done"                                   ? ErrorCode::conflict
                         : rejection.code == "no-task" || rejection.code == "no-outcome" ? ErrorCode::not_found
                                                                                         : ErrorCode::refused;
  throw Error(code, rejection.message);
}

std::string text_variable(const Instance& instance, const char* name) {
  const Value* value = instance.variables().find(name);
  return value ? value->text() : std::string();
}

std::optional<Date> due_day(const Value& due, const std::string& zone) {
  if (const auto date = due.date()) return date;
  if (const auto at = parse_instant(due.text())) return to_local(*at, zone).date;
  return std::nullopt;
}

}  // namespace

Transition::Transition(Around around)
    : around_(around), today_(to_local(around.now, around.office.time_zone).date), instances_(around.store) {}

// A process says itself which plan it belongs to; a called one belongs to that of its caller.
std::string Transition::plan_of(const Instance& instance) {
  std::string& known = plans_[instance.id];
  if (!known.empty()) return known;
  known = text_variable(instance, plan_variable);
  if (known.empty() && instance.root != instance.id)
    if (const auto row = around_.store.instance(instance.root)) known = row->plan;
  return known;
}

Plan Transition::plan_before(const Instance& instance) { return plan_after(plan_of(instance), {}); }

Plan Transition::plan_after(const std::string& id, const std::vector<Instance>& changed) {
  std::map<std::string_view, const Instance*> newer;
  for (const Instance& one : changed)
    newer[one.id] = &one;
  std::vector<Instance> all;
  for (const store::InstanceRow& row : around_.store.instances(id)) {
    const auto known = newer.find(row.id);
    all.push_back(known == newer.end() ? workflow::instance_from_value(row.state) : *known->second);
  }
  for (const Instance& one : changed)
    if (instances_.version(one.id) == 0 && plan_of(one) == id) all.push_back(one);
  return plan_from(id, all, around_.library);
}

std::vector<store::DocumentRow> Transition::make_papers(workflow::Transition& done,
                                                        const std::vector<store::RegisterRow>& registered,
                                                        const workflow::Actor& actor, Receipt& receipt) {
  const Value maker = actor.id.empty() ? Value() : Value(actor.details);
  std::vector<store::DocumentRow> rows;
  if (done.documents.empty()) return rows;
  std::map<std::string, Plan> plans;
  std::vector<store::RegisterRow> register_rows = around_.store.register_rows(around_.office.orders.name, 0);
  register_rows.insert(register_rows.end(), registered.begin(), registered.end());
  // The register of the year that the paper is entered in, which at the turn of a year is not that of today.
  const int year = registered.empty() ? year_of(today_) : registered.front().year;
  const office::Register rule = rule_of_year(around_.office.orders, around_.store, year);
  for (const workflow::WantedDocument& wanted : done.documents) {
    const auto owner = std::find_if(done.changed.begin(), done.changed.end(),
                                    [&](const Instance& one) { return one.id == wanted.instance; });
    const std::string plan_id = plan_of(*owner);
    if (!plans.count(plan_id)) plans.emplace(plan_id, plan_after(plan_id, done.changed));
    const store::RegisterRow* adoption = nullptr;
    for (const store::RegisterRow& row : register_rows)
      if (!plan_id.empty() && row.data.at("subject").text() == plan_id && row.state == store::RegisterState::registered)
        adoption = &row;
    // What a timer asked for carries the timer's day, however late somebody came to open the case.
    const Date day = to_local(wanted.time, around_.office.time_zone).date;
    const Map model = document_model({around_.office, plans.at(plan_id), wanted.variables, wanted.name, day, year,
                                      maker, rule, register_rows, adoption});
    Paper paper = around_.papers.make(wanted.template_file, wanted.file_name, model);
    store::DocumentRow row;
    row.plan = plan_id;
    row.instance = wanted.instance;
    row.stage = wanted.stage.number;
    row.stage_name = wanted.stage.name;
    row.kind = wanted.name;
    row.file_name = paper.file_name;
    row.template_name = wanted.template_file;
    const Value* version = wanted.variables.find("version");
    row.version = version ? static_cast<int>(version->integer(1)) : 1;
    row.made = around_.now;
    row.sha256 = sha256(paper.bytes);
    row.bytes = std::move(paper.bytes);
    // The history names exactly the paper that was made.
    Map& event = done.events[wanted.event].data;
    event.set("file_name", row.file_name);
    event.set("sha256", row.sha256);
    receipt.documents.push_back(row.file_name);
    receipt.doubts.insert(receipt.doubts.end(), paper.doubts.begin(), paper.doubts.end());
    rows.push_back(std::move(row));
  }
  return rows;
}

store::InstanceRow Transition::row_of(const Instance& instance) {
  store::InstanceRow row;
  row.id = instance.id;
  row.version = instances_.version(instance.id);
  row.process = instance.process;
  row.plan = plan_of(instance);
  row.subject = text_variable(instance, subject_variable);
  row.ended = instance.status != workflow::Status::active;
  row.state = workflow::to_value(instance);
  return row;
}

void Transition::add_waiting(store::Commit& commit, const Instance& instance, Receipt& receipt) {
  if (instance.status != workflow::Status::active) return;
  const std::string plan = plan_of(instance);
  const Value* item = instance.variables().find(item_variable);
  const Value* roadmap = instance.variables().find("roadmap");
  const Value* title = instance.variables().find("title");
  std::string subject;
  if (item && item->is<Map>())
    subject = std::string(trim(item->at("number").text() + " " + item->at("title").text()));
  else if (title && !title->text().empty())
    subject = title->text();
  else if (roadmap)
    subject = roadmap->at("title").text();
  for (const workflow::Task& task : instance.tasks) {
    store::TaskRow row;
    row.id = task.id;
    row.instance = instance.id;
    row.plan = plan;
    row.role = task.role;
    row.people = task.assignees;
    row.due = due_day(task.due, around_.office.time_zone);
    row.data = workflow::to_value(task);
    row.data.get_if<Map>()->set("subject", subject);
    row.data.get_if<Map>()->set("turn", std::count_if(instance.closed_tasks.begin(), instance.closed_tasks.end(),
                                                      [&](const auto& one) { return one.node == task.node; }));
    if (task.created == around_.now) receipt.tasks.push_back(task.id);
    commit.tasks.push_back(std::move(row));
  }
  for (const workflow::Subscription& one : instance.subscriptions)
    commit.subscriptions.push_back({instance.id, one.message, one.key});
  for (const workflow::Timer& one : instance.timers)
    commit.timers.push_back({instance.id, one.due});
}

std::optional<Receipt> Transition::make(const workflow::Command& command, const workflow::Actor& actor,
                                        const Besides& besides) {
  // What this rests on was read before this transition began: somebody may have been in between.
  if (besides.first_id != 0 && besides.first_id != instances_.first_id()) return std::nullopt;
  ProcessServices services(
      around_.office, around_.store, [this](const Instance& one) { return plan_before(one); }, today_);
  const workflow::Occasion occasion{around_.now, actor, around_.office.time_zone};
  const auto on_failure = std::holds_alternative<workflow::AdvanceTime>(command) ? workflow::OnFailure::record
                                                                                 : workflow::OnFailure::reject;
  workflow::Result result = workflow::transact(around_.library, instances_, command, occasion, services, on_failure);
  if (const auto* rejection = std::get_if<workflow::Rejection>(&result)) refuse(*rejection);
  workflow::Transition& done = std::get<workflow::Transition>(result);

  Receipt receipt;
  for (const Instance& instance : done.changed)
    plan_of(instance);
  store::Commit commit;
  commit.definitions = besides.definitions;
  commit.settings = besides.settings;
  commit.register_added = services.registered();
  for (store::RegisterRow& row : commit.register_added)
    row.plan = plans_[row.instance];
  commit.documents = make_papers(done, commit.register_added, actor, receipt);
  for (const Instance& instance : done.changed) {
    commit.instances.push_back(row_of(instance));
    add_waiting(commit, instance, receipt);
  }
  for (const workflow::Event& event : done.events)
    commit.events.push_back({0,
                             event.instance,
                             plans_[event.instance],
                             event.time,
                             event.actor,
                             workflow::to_string(event.kind),
                             event.data,
                             {}});
  if (instances_.ids_used() > 0) {
    commit.first_new_id = instances_.first_id();
    commit.ids_used = instances_.ids_used();
  }
  try {
    around_.store.commit(commit);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::conflict) return std::nullopt;
    throw;
  }
  return receipt;
}

}  // namespace vekha::service
