// How tokens move: entering, leaving, joining, interrupting. What single elements do is in elements.cpp.
#include "workflow/machine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/duration.h"
#include "base/json.h"
#include "base/time_zone.h"
#include "workflow/check.h"
#include "workflow/names_in_scope.h"
#include "workflow/state.h"

namespace vekha::workflow {
namespace {

constexpr size_t max_steps = 100'000;
constexpr size_t max_expression_steps = 100'000'000;
constexpr size_t max_turns = 10'000;
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

// A collection of the loop as its turns see it.
List elements_of(const Value& value) {
  if (value.is<List>()) return value.list();
  return value.is_null() ? List{} : List{value};
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
  work_.expression_steps += result.steps;
  if (work_.expression_steps > max_expression_steps)
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
  data.set("variables", std::move(variables));
  Event event{EventKind::instance_started, start.id, work.occasion.now, work.occasion.actor.id, std::move(data)};
  apply(instance, event);
  work.events.push_back(std::move(event));

  Machine machine(work, instance);
  if (start.message.empty()) {
    machine.enter_starts(0, -1);
  } else {
    for (const Node& node : start.process->nodes) {
      if (node.kind != NodeKind::start_event || node.scope >= 0 || node.message < 0) continue;
      if (start.definition->messages[static_cast<size_t>(node.message)].name != start.message) continue;
      machine.emit(EventKind::message_received, Map{{"at", 0},
                                                    {"node", node.id},
                                                    {"message", start.message},
                                                    {"key", start.key},
                                                    {"payload", start.variables},
                                                    {"from", start.from}});
      machine.enter(0, machine.index_of(node), {});
      break;
    }
  }
  machine.run();
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
    if (node.incoming.empty() && node.kind != NodeKind::boundary_event && node.kind != NodeKind::start_event)
      implicit.push_back(static_cast<int>(i));
  }
  const std::vector<int>& chosen = any_start ? starts : implicit;
  if (chosen.empty() && scope == 0)
    fail(fmt::format("Процесс «{}» нельзя начать прямо: он начинается с сообщения.", process_->name));
  for (const int node : chosen)
    enter(scope, node, {});
  if (chosen.empty()) end_scope_if_done(scope);
}

int Machine::enter(int scope, int index, const std::string& flow) {
  const Node& node = node_at(index);
  const int at = instance_.next_execution;
  Map data{{"at", at}, {"scope", scope}, {"node", node.id}, {"type", element_name(node.kind)}, {"name", node.name}};
  if (!flow.empty()) data.set("flow", flow);
  if (node.loop) {
    enter_loop(scope, node, std::move(data));
    return at;
  }
  if (node.kind == NodeKind::sub_process) {
    Map variables;
    for (const std::string& name : node.local_variables)
      variables.set(name, nullptr);
    data.set("variables", std::move(variables));
  }
  emit(EventKind::entered, std::move(data));
  agenda_.push_back(at);
  return at;
}

void Machine::enter_loop(int scope, const Node& node, Map data) {
  const Loop& loop = *node.loop;
  const int body = instance_.next_execution;
  List items;
  size_t total = 0;
  if (loop.collection) {
    feel::Result result = evaluate(*loop.collection, scope);
    if (result.value.is_null())
      fail(fmt::format("«{}» повторяется по списку «{}», а его нет{}", node.name, loop.collection->text(),
                       result.fault ? ": " + result.fault->message : "."));
    items = elements_of(plain(std::move(result.value)));
    total = items.size();
  } else if (loop.cardinality) {
    const feel::Result result = evaluate(*loop.cardinality, scope);
    const int64_t count = result.value.integer(-1);
    if (count < 0)
      fail(fmt::format("«{}» повторяется «{}» раз, а это не целое число{}", node.name, loop.cardinality->text(),
                       result.fault ? ": " + result.fault->message : "."));
    total = static_cast<size_t>(count);
  }
  if (total > max_turns) fail(fmt::format("«{}» повторяется больше {} раз.", node.name, max_turns));
  data.set("total", total);
  if (loop.sequential && loop.collection) data.set("items", items);
  emit(EventKind::entered, std::move(data));
  arm(body, node);
  if (total == 0) {
    agenda_.push_back(body);
    return;
  }
  const size_t first_turns = loop.sequential ? 1 : total;
  for (size_t turn = 0; turn < first_turns; ++turn)
    enter_turn(body, node, static_cast<int>(turn), loop.collection ? &items[turn] : nullptr);
}

void Machine::enter_turn(int body, const Node& node, int turn, const Value* item) {
  Map variables{{"loopCounter", turn + 1}};
  for (const std::string& name : node.local_variables)
    variables.set(name, nullptr);
  if (!node.loop->output_item.empty()) variables.set(node.loop->output_item, nullptr);
  if (item && !node.loop->item.empty()) variables.set(node.loop->item, *item);
  const int at = instance_.next_execution;
  emit(EventKind::entered, Map{{"at", at},
                               {"scope", body},
                               {"node", node.id},
                               {"type", element_name(node.kind)},
                               {"name", node.name},
                               {"turn", turn},
                               {"variables", std::move(variables)}});
  agenda_.push_back(at);
}

void Machine::run() {
  do {
    while (!agenda_.empty()) {
      const int at = agenda_.front();
      agenda_.pop_front();
      if (instance_.status != Status::active) return;
      if (++work_.steps > max_steps)
        fail(fmt::format("Процесс «{}» сделал {} шагов без остановки: похоже на бесконечный цикл.", process_->name,
                         max_steps));
      if (instance_.find(at)) visit(at);
    }
  } while (instance_.status == Status::active && fire_inclusive_join());
}

std::vector<int> Machine::ways_out(int at, const Node& node) {
  std::vector<int> taken;
  std::string cause;
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
    taken.push_back(index);
    if (first_only) return taken;
  }
  if (taken.empty() && node.default_flow >= 0) taken.push_back(node.default_flow);
  if (taken.empty() && !node.outgoing.empty())
    fail(fmt::format("Из «{}» некуда идти: ни одно условие не выполнено, а потока по умолчанию нет.{}", node.name,
                     cause));
  return taken;
}

void Machine::leave(int at) { leave_by(at, ways_out(at, node_of(*instance_.find(at)))); }

void Machine::leave_by(int at, const std::vector<int>& flows) {
  const Execution& execution = *instance_.find(at);
  const Node& node = node_of(execution);
  const int scope = execution.parent;
  List ids;
  for (const int flow : flows)
    ids.emplace_back(flow_at(flow).id);
  Map data{
      {"at", at}, {"node", node.id}, {"type", element_name(node.kind)}, {"name", node.name}, {"flows", std::move(ids)}};
  if (execution.body) data.set("body", true);
  emit(EventKind::left, std::move(data));
  for (const int flow : flows)
    enter(scope, flow_at(flow).target, flow_at(flow).id);
  if (flows.empty()) end_scope_if_done(scope);
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
  want_documents(at, node, task);
  if (execution.turn >= 0)
    complete_turn(at, node);
  else
    leave(at);
}

void Machine::complete_turn(int at, const Node& node) {
  const Execution& execution = *instance_.find(at);
  const int body = execution.parent, turn = execution.turn;
  const Loop& loop = *node.loop;
  if (!loop.output_collection.empty() && !loop.output_item.empty()) {
    const Value* value = execution.variables.find(loop.output_item);
    emit(EventKind::collected, Map{{"at", body}, {"turn", turn}, {"value", value ? *value : Value()}});
  }
  emit(EventKind::left, Map{{"at", at},
                            {"node", node.id},
                            {"type", element_name(node.kind)},
                            {"name", node.name},
                            {"flows", List{}},
                            {"turn", turn}});
  const Execution& whole = *instance_.find(body);
  const bool enough = loop.completion && [&] {
    const Map numbers{{"numberOfCompletedInstances",
                       loop.sequential
                           ? turn + 1
                           : whole.total - static_cast<int>(std::count_if(
                                               instance_.executions.begin(), instance_.executions.end(),
                                               [&](const Execution& entry) { return entry.parent == body; }))}};
    return evaluate(*loop.completion, body, &numbers).value.truth();
  }();
  std::vector<int> others;
  for (const Execution& entry : instance_.executions)
    if (entry.parent == body) others.push_back(entry.id);
  if (enough) {
    for (const int other : others)
      cancel(other);
    complete(body);
  } else if (loop.sequential && turn + 1 < whole.total) {
    const size_t next = static_cast<size_t>(turn) + 1;
    const Value item = next < whole.items.size() ? whole.items[next] : Value();
    enter_turn(body, node, turn + 1, loop.collection ? &item : nullptr);
  } else if (others.empty()) {
    complete(body);
  }
}

void Machine::cancel(int at) {
  std::vector<int> gone = {at};
  for (const Execution& execution : instance_.executions)
    if (std::find(gone.begin(), gone.end(), execution.parent) != gone.end()) gone.push_back(execution.id);
  for (const WaitingCall& call : instance_.calls)
    if (std::find(gone.begin(), gone.end(), call.at) != gone.end()) {
      Outgoing outgoing;
      outgoing.kind = Outgoing::Kind::cancel;
      outgoing.instance = call.instance;
      outgoing.from = instance_.id;
      work_.outgoing.push_back(std::move(outgoing));
    }
  emit(EventKind::cancelled, Map{{"at", at}, {"node", instance_.find(at)->node}});
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
  for (const WaitingCall& call : instance_.calls) {
    Outgoing outgoing;
    outgoing.kind = Outgoing::Kind::cancel;
    outgoing.instance = call.instance;
    outgoing.from = instance_.id;
    work_.outgoing.push_back(std::move(outgoing));
  }
  Map data{{"status", to_string(status)}};
  if (!reason.empty()) data.set("reason", reason);
  emit(EventKind::instance_ended, std::move(data));
  agenda_.clear();
  if (!instance_.caller || status == Status::cancelled || status == Status::failed) return;
  Outgoing outgoing;
  outgoing.kind = Outgoing::Kind::returned;
  outgoing.instance = instance_.caller->instance;
  outgoing.from = instance_.id;
  outgoing.at = instance_.caller->at;
  outgoing.data = instance_.variables();
  work_.outgoing.push_back(std::move(outgoing));
}

// Passes the gateway once: all these tokens become one.
void Machine::pass_join(const std::vector<int>& tokens) {
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    const Node& node = node_of(*instance_.find(tokens[i]));
    emit(EventKind::left, Map{{"at", tokens[i]},
                              {"node", node.id},
                              {"type", element_name(node.kind)},
                              {"name", node.name},
                              {"flows", List{}}});
  }
  leave(tokens.back());
}

void Machine::merge_parallel(int at, const Node& node) {
  const int scope = instance_.find(at)->parent;
  std::vector<int> tokens;
  for (const int flow : node.incoming) {
    const auto found =
        std::find_if(instance_.executions.begin(), instance_.executions.end(), [&](const Execution& execution) {
          return execution.parent == scope && execution.node == node.id && execution.flow == flow_at(flow).id;
        });
    if (found == instance_.executions.end()) return;
    tokens.push_back(found->id);
  }
  pass_join(tokens);
}

// An inclusive join goes on when no token of its scope can still come to a flow that has none.
// Source: BPMN 2.0.2, 13.4.3: a token is not waited for where it can also come to a flow that already has one.
bool Machine::fire_inclusive_join() {
  for (const Execution& waiting : instance_.executions) {
    if (waiting.node.empty()) continue;
    const Node& node = node_of(waiting);
    if (node.kind != NodeKind::inclusive_gateway || node.incoming.size() < 2) continue;
    const int gateway = index_of(node), scope = waiting.parent;
    std::vector<int> tokens, empty, filled;
    for (const int flow : node.incoming) {
      const auto found =
          std::find_if(instance_.executions.begin(), instance_.executions.end(), [&](const Execution& execution) {
            return execution.parent == scope && execution.node == node.id && execution.flow == flow_at(flow).id;
          });
      if (found == instance_.executions.end())
        empty.push_back(flow_at(flow).source);
      else
        tokens.push_back(found->id), filled.push_back(flow_at(flow).source);
    }
    const bool may_come =
        std::any_of(instance_.executions.begin(), instance_.executions.end(), [&](const Execution& other) {
          if (other.parent != scope || other.node == node.id) return false;
          const std::vector<bool> seen = reachable(*process_, {index_of(node_of(other))}, gateway);
          const auto comes = [&](int source) { return seen[static_cast<size_t>(source)]; };
          return std::any_of(empty.begin(), empty.end(), comes) && std::none_of(filled.begin(), filled.end(), comes);
        });
    if (may_come) continue;
    pass_join(tokens);
    return true;
  }
  return false;
}

bool Machine::is_stuck() const {
  return instance_.status == Status::active && instance_.tasks.empty() && instance_.timers.empty() &&
         instance_.subscriptions.empty() && instance_.calls.empty();
}

}  // namespace vekha::workflow
