// How tokens move: entering, leaving, interrupting. What single elements do is in elements.cpp.
#include "workflow/machine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/duration.h"
#include "base/json.h"
#include "base/time_zone.h"
#include "workflow/names_in_scope.h"
#include "workflow/state.h"

namespace vekha::workflow {
namespace {

constexpr size_t max_steps = 100'000;
constexpr size_t max_waits = 30'000;
constexpr size_t max_expression_steps = 100'000'000;
constexpr int max_depth = 64;  // what is kept must be readable again

bool has_temporal(const Value& value) {
  if (value.is<List>()) return std::any_of(value.list().begin(), value.list().end(), has_temporal);
  if (value.is<Map>())
    return std::any_of(value.map().begin(), value.map().end(),
                       [](const auto& entry) { return has_temporal(entry.second); });
  return !to_iso(value).empty();
}

bool deeper_than(const Value& value, int levels) {
  if (levels == 0) return true;
  const auto deeper = [&](const Value& entry) { return deeper_than(entry, levels - 1); };
  return std::any_of(value.list().begin(), value.list().end(), deeper) ||
         std::any_of(value.map().begin(), value.map().end(), [&](const auto& entry) { return deeper(entry.second); });
}

}  // namespace

Value plain(Value value) {
  if (!has_temporal(value)) return value;
  if (const List* list = value.get_if<List>()) {
    List result;
    for (const Value& entry : *list)
      result.push_back(plain(entry));
    return result;
  }
  if (const Map* map = value.get_if<Map>()) {
    Map result;
    for (const auto& [key, entry] : *map)
      result.set(key, plain(entry));
    return result;
  }
  return to_iso(value);
}

std::string key_text(const Value& value) {
  if (value.is_null()) return {};
  if (value.is<std::string>()) return value.text();
  const Value simple = plain(value);
  return simple.is<std::string>() ? simple.text() : to_json(simple);
}

const LocalTime& Work::local_now() {
  if (local_for_ == occasion.now) return local_;
  local_for_ = occasion.now;
  if (occasion.zone == "UTC") {
    const auto day = std::chrono::floor<std::chrono::days>(occasion.now);
    local_ = {Date{day}, static_cast<int>((occasion.now - day).count())};
  } else {
    local_ = to_local(occasion.now, occasion.zone);
  }
  return local_;
}

Machine::Machine(Work& work, Instance& instance) : work_(work), instance_(instance) {
  definition_ = work.library.version(instance.definition);
  process_ = definition_ ? definition_->find(instance.process) : nullptr;
  if (!process_)
    fail(
        fmt::format("Нет файла процесса «{}» той версии, с которой начат экземпляр «{}».", instance.name, instance.id));
}

void Machine::fail(const std::string& message) const { throw Failure{message, instance_.id}; }

const Node& Machine::node_of(const Execution& execution) const {
  const Node* node = process_->find(execution.node);
  if (!node)
    fail(fmt::format("В процессе «{}» нет элемента «{}», у которого стоит экземпляр «{}».", process_->name,
                     execution.node, instance_.id));
  return *node;
}

void Machine::emit(EventKind kind, Map data) {
  Event event{kind, instance_.id, work_.occasion.now, work_.occasion.actor.id, std::move(data)};
  apply(instance_, event);
  work_.events.push_back(std::move(event));
}

Map Machine::actor() const {
  Map map{{"id", work_.occasion.actor.id}, {"name", work_.occasion.actor.name}};
  for (const auto& [key, value] : work_.occasion.actor.details)
    map.set(key, plain(value));
  return map;
}

feel::Result Machine::evaluate(const feel::Expression& expression, int at, const Map* local) {
  const Names names(*this, at, local);
  feel::Result result = expression.evaluate(names, {.now = work_.local_now()});
  if ((work_.efforts[instance_.id].expression_steps += result.steps) > max_expression_steps)
    fail(fmt::format("Выражения процесса «{}» вычисляются слишком долго.", process_->name));
  return result;
}

Value Machine::value_of(const Template& text, int at, const Map* local) {
  if (text.expression) return plain(evaluate(*text.expression, at, local).value);
  return text.literal;
}

std::string Machine::text_of(const Template& text, int at, const Map* local) {
  return key_text(value_of(text, at, local));
}

Map Machine::mapped(const std::vector<Mapping>& mappings, int at, const Map* local) {
  Map result;
  for (const Mapping& mapping : mappings)
    result.set(mapping.name, value_of(mapping.value, at, local));
  return result;
}

// Each value goes to the nearest scope that has the variable, else to the process.
void Machine::assign(int at, const Map& values) {
  std::vector<std::pair<int, Map>> targets;
  for (const auto& [name, value] : values) {
    if (deeper_than(value, max_depth)) fail(fmt::format("Переменная «{}» вложена глубже {} уровней.", name, max_depth));
    int target = 0;
    for (const Execution* scope = instance_.find(at); scope; scope = instance_.find(scope->parent))
      if (scope->variables.contains(name)) {
        target = scope->id;
        break;
      }
    auto found = std::find_if(targets.begin(), targets.end(), [&](const auto& entry) { return entry.first == target; });
    if (found == targets.end()) found = targets.insert(targets.end(), {target, Map{}});
    found->second.set(name, plain(value));
  }
  for (auto& [scope, map] : targets)
    emit(EventKind::variables_set, Map{{"scope", scope}, {"values", std::move(map)}});
  conditions_due_ = true;
}

void Machine::start(Work& work, Instance& instance, Start start) {
  Map variables;
  for (const std::string& name : start.process->local_variables)
    variables.set(name, nullptr);
  for (const auto& [name, value] : start.variables)
    variables.set(name, plain(value));
  Map data{{"process", start.process->id},
           {"name", start.process->name},
           {"definition", start.definition->sha},
           {"root", start.root.empty() ? start.id : start.root}};
  if (start.caller) data.set("caller", Map{{"instance", start.caller->instance}, {"at", start.caller->at}});
  if (start.stage.number) data.set("stage", to_value(start.stage));
  if (!start.lane.empty()) data.set("lane", start.lane);
  data.set("variables", std::move(variables));
  Event event{EventKind::instance_started, start.id, work.occasion.now, work.occasion.actor.id, std::move(data)};
  apply(instance, event);
  work.events.push_back(std::move(event));

  Machine machine(work, instance);
  if (start.node) machine.begin_by(start);
  if (!machine.arm_scope(0, -1)) {
    if (start.node)
      machine.enter_starter(*start.node);
    else
      machine.enter_starts(0, -1);
  }
  machine.run();
}

// The event that begins the instance stands in its history.
void Machine::begin_by(const Start& start) {
  const Node& node = *start.node;
  Map data{{"at", 0}, {"node", node.id}, {"starts", true}};
  if (node.trigger == Trigger::timer) {
    data.set("due", to_iso(start.due));
    emit(EventKind::timer_fired, std::move(data));
    return;
  }
  const bool message = node.trigger == Trigger::message;
  data.set(message ? "message" : "signal", definition_->name_heard(node));
  if (message) data.set("key", start.key);
  data.set("payload", plain(start.variables));
  data.set("from", start.from);
  emit(message ? EventKind::message_received : EventKind::signal_received, std::move(data));
}

// A start event is passed like any other; an instantiating task or a catching event has its message already.
void Machine::enter_starter(const Node& node) {
  const int at = enter(0, index_of(node));
  if (node.kind == NodeKind::start_event) return;
  agenda_.pop_back();
  complete(at);
}

// The start events of a scope; where it has none, everything that nothing leads to.
void Machine::enter_starts(int scope, int sub_process) {
  std::vector<int> starts, implicit;
  bool any_start = false;
  for (size_t i = 0; i < process_->nodes.size(); ++i) {
    const Node& node = process_->nodes[i];
    if (node.scope != sub_process) continue;
    any_start = any_start || node.kind == NodeKind::start_event;
    if (node.kind == NodeKind::start_event && node.trigger == Trigger::none) starts.push_back(static_cast<int>(i));
    if (node.begins_implicitly()) implicit.push_back(static_cast<int>(i));
  }
  const std::vector<int>& chosen = any_start ? starts : implicit;
  if (chosen.empty() && scope == 0)
    fail(fmt::format("Процесс «{}» нельзя начать прямо: он начинается с события.", process_->name));
  for (const int node : chosen)
    enter(scope, node);
  if (chosen.empty()) end_scope_if_done(scope);
}

Map Machine::entry(int at, int scope, const Node& node) const {
  return Map{{"at", at}, {"scope", scope}, {"node", node.id}, {"type", element_name(node.kind)}, {"name", node.name}};
}

Map Machine::departure(int at, const Node& node) const {
  return Map{{"at", at}, {"node", node.id}, {"type", element_name(node.kind)}, {"name", node.name}, {"flows", List{}}};
}

int Machine::enter(int scope, int index, const std::string& flow, int undoes) {
  const Node& node = node_at(index);
  const int at = instance_.next_execution;
  Map data = entry(at, scope, node);
  if (!flow.empty()) data.set("flow", flow);
  if (undoes >= 0) data.set("undoes", undoes);
  if (node.loop) {
    enter_loop(scope, node, std::move(data));
    return at;
  }
  Map variables = own_variables(scope, node);
  if (node.kind == NodeKind::sub_process || !variables.empty()) data.set("variables", std::move(variables));
  emit(EventKind::entered, std::move(data));
  agenda_.push_back(at);
  return at;
}

Map Machine::own_variables(int scope, const Node& node) {
  Map variables;
  for (const std::string& name : node.local_variables)
    variables.set(name, nullptr);
  for (const DataMove& move : node.data_outputs)
    variables.set(move.own, nullptr);
  const Names names(*this, scope, nullptr);
  for (const DataMove& move : node.data_inputs) {
    const Value* object = names.find(move.object);
    variables.set(move.own, move.transformation ? plain(evaluate(*move.transformation, scope).value)
                            : object            ? *object
                                                : Value());
  }
  return variables;
}

void Machine::move_outputs(int at, const Node& node) {
  if (node.data_outputs.empty()) return;
  Map moved;
  const Execution& execution = *instance_.find(at);
  for (const DataMove& move : node.data_outputs) {
    const Value* own = execution.variables.find(move.own);
    moved.set(move.object, move.transformation ? evaluate(*move.transformation, at).value : own ? *own : Value());
  }
  assign(execution.parent, moved);
}

void Machine::count_step() {
  if (++work_.efforts[instance_.id].steps > max_steps)
    fail(fmt::format("Процесс «{}» сделал {} шагов без остановки: похоже на бесконечный цикл.", process_->name,
                     max_steps));
}

// What came from outside ends a wait: the steps are counted anew.
void Machine::end_wait() {
  Work::Effort& effort = work_.efforts[instance_.id];
  effort.steps = effort.expression_steps = 0;
  if (++effort.waits > max_waits)
    fail(fmt::format("Процесс «{}» за одно действие продолжался {} раз: похоже на бесконечный цикл.", process_->name,
                     max_waits));
}

// A signal reaches whoever waits when it is thrown: those who throw one come last, when everybody else has come to
// rest.
void Machine::run() {
  std::deque<int> throwers;
  while (instance_.status == Status::active) {
    check_conditions();
    if (!agenda_.empty()) {
      const int at = agenda_.front();
      agenda_.pop_front();
      count_step();
      const Execution* execution = instance_.find(at);
      if (!execution) continue;
      if (!execution->body && node_of(*execution).throws_signal())
        throwers.push_back(at);
      else
        visit(at);
    } else if (instance_.status == Status::active && !fire_inclusive_join()) {
      if (throwers.empty()) return;
      const int at = throwers.front();
      throwers.pop_front();
      if (instance_.find(at)) visit(at);
    }
  }
}

std::vector<int> Machine::ways_out(int at, const Node& node) {
  std::vector<int> taken;
  std::string cause;
  bool chosen = false;  // by a condition; of a gateway by having none, too
  const bool first_only = node.kind == NodeKind::exclusive_gateway;
  if (node.kind == NodeKind::parallel_gateway) return node.outgoing;
  for (const int index : node.outgoing) {
    if (index == node.default_flow) continue;
    const Flow& flow = flow_at(index);
    if (flow.condition) {
      const feel::Result result = evaluate(*flow.condition, at);
      if (result.fault && cause.empty())
        cause = fmt::format(" Условие «{}»: {}", flow.condition->text(), result.fault->message);
      if (!result.value.truth()) continue;
    }
    chosen = chosen || flow.condition || node.is_gateway();
    taken.push_back(index);
    if (first_only) return taken;
  }
  if (!chosen && node.default_flow >= 0) taken.push_back(node.default_flow);
  if (taken.empty() && !node.outgoing.empty())
    fail(fmt::format("Из «{}» некуда идти: ни одно условие не выполнено, а потока по умолчанию нет.{}", node.name,
                     cause));
  return taken;
}

void Machine::leave(int at) { leave_by(at, ways_out(at, node_of(*instance_.find(at)))); }

void Machine::leave_by(int at, const std::vector<int>& flows) {
  const Execution& execution = *instance_.find(at);
  const Node& node = node_of(execution);
  const int scope = execution.parent, undoes = execution.undoes;
  List ids;
  for (const int flow : flows)
    ids.emplace_back(flow_at(flow).id);
  Map data = departure(at, node);
  data.set("flows", std::move(ids));
  // A sub-process that is only entered again to undo what was done inside is not done a second time.
  if (execution.body || (undoes >= 0 && !node.for_compensation)) data.set("body", true);
  if (node.throws_listed()) data.set("thrown", true);
  if (is_compensable(execution, node)) data.set("compensable", true);
  emit(EventKind::left, std::move(data));
  if (undoes >= 0 && instance_.find(undoes)) {
    undo_next(undoes);
    return;
  }
  for (const int flow : flows)
    enter(scope, flow_at(flow).target, flow_at(flow).id);
  if (!flows.empty()) return;
  check_conditions();  // they may stop the scope before it ends
  end_scope_if_done(scope);
}

void Machine::complete(int at, const std::string& task) {
  const Execution& execution = *instance_.find(at);
  const Node& node = node_of(execution);
  if (execution.body) {
    if (!node.loop->output_collection.empty() && !node.loop->output_item.empty()) {
      Map result{{node.loop->output_collection, execution.results}};
      assign(execution.parent, result);
    }
    leave(at);
    return;
  }
  move_outputs(at, node);
  want_documents(at, node, task);
  if (instance_.find(at)->turn >= 0)
    complete_turn(at, node);
  else
    leave(at);
}

void Machine::cancel(int at) {
  std::vector<int> gone = {at};
  for (const Execution& execution : instance_.executions)
    if (std::find(gone.begin(), gone.end(), execution.parent) != gone.end()) gone.push_back(execution.id);
  std::vector<std::string> called;
  for (const WaitingCall& call : instance_.calls)
    if (std::find(gone.begin(), gone.end(), call.at) != gone.end()) called.push_back(call.instance);
  emit(EventKind::cancelled, Map{{"at", at}, {"node", instance_.find(at)->node}});
  for (const std::string& child : called)
    work_.others->cancel_called(child);
}

void Machine::cancel_inside(int scope) {
  std::vector<int> inside;
  for (const Execution& execution : instance_.executions)
    if (execution.parent == scope) inside.push_back(execution.id);
  for (const int at : inside)
    cancel(at);
}

void Machine::end_scope_if_done(int scope) {
  if (instance_.status != Status::active || !instance_.find(scope)) return;
  for (const Execution& execution : instance_.executions)
    if (execution.parent == scope) return;
  if (scope == 0)
    end(Status::completed, {});
  else
    complete(scope);
}

void Machine::end(Status status, const std::string& reason) {
  std::vector<std::string> called;
  for (const WaitingCall& call : instance_.calls)
    called.push_back(call.instance);
  Map data{{"status", to_string(status)}};
  if (!reason.empty()) data.set("reason", reason);
  emit(EventKind::instance_ended, std::move(data));
  agenda_.clear();
  for (const std::string& child : called)
    work_.others->cancel_called(child);
  if (!instance_.caller || status == Status::cancelled || status == Status::failed) return;
  Outgoing outgoing;
  outgoing.kind = Outgoing::Kind::returned;
  outgoing.instance = instance_.caller->instance;
  outgoing.from = instance_.id;
  outgoing.at = instance_.caller->at;
  outgoing.data = instance_.variables();
  work_.outgoing.push_back(std::move(outgoing));
}

bool Machine::is_stuck() const {
  return instance_.status == Status::active && instance_.tasks.empty() && instance_.timers.empty() &&
         instance_.subscriptions.empty() && instance_.conditions.empty() && instance_.calls.empty();
}

}  // namespace vekha::workflow
