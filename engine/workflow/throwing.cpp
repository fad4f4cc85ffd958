// Signals go to everybody who waits, errors and escalations up to the nearest event that catches them.
#include <algorithm>

#include "workflow/machine.h"

namespace vekha::workflow {

// From the inside out: event sub-processes of each scope, then the events attached to the activity. Where both fit, the
// one that names the code goes before the one that catches any. What an event sub-process throws is not caught by those
// beside it.
Machine::Catcher Machine::find_catcher(int from, Trigger trigger, const std::string& code) const {
  bool from_handler = false;
  const auto better = [&](const Node& event, const Node* best) {
    if (event.trigger != trigger || (!event.code.empty() && event.code != code)) return false;
    return !best || (best->code.empty() && !event.code.empty());
  };
  for (const Execution* execution = instance_.find(from); execution; execution = instance_.find(execution->parent)) {
    const Node* node = execution->node.empty() ? nullptr : &node_of(*execution);
    const Node* best = nullptr;
    if (!from_handler && !execution->body && (!node || node->kind == NodeKind::sub_process))
      for (const int index : event_sub_processes(node ? index_of(*node) : -1)) {
        const Node& start = node_at(node_at(index).start);
        if (better(start, best)) best = &start;
      }
    if (best) return {execution->id, best};
    if (node && execution->turn < 0)
      for (const int index : node->boundary)
        if (better(node_at(index), best)) best = &node_at(index);
    if (best) return {execution->id, best};
    from_handler = node && node->event_sub_process;
  }
  return {};
}

bool Machine::catches(int at, Trigger trigger, const std::string& code) const {
  if (!is_alive(at)) return false;
  if (find_catcher(at, trigger, code).event) return true;
  return instance_.caller && work_.others && work_.others->catches(*instance_.caller, trigger, code);
}

void Machine::catch_thrown(int at, Trigger trigger_kind, const std::string& code) {
  if (!is_alive(at)) return;
  if (trigger_kind == Trigger::error)
    throw_error(at, code);
  else if (const Catcher catcher = find_catcher(at, trigger_kind, code); catcher.event)
    trigger(catcher.at, *catcher.event, {}, {{"escalation", code}});
  else if (instance_.caller && work_.others)
    work_.others->throw_to(*instance_.caller, trigger_kind, code);
  run();
}

// False where nobody up to the outermost caller catches it. An instance that does not catch it itself ends with it.
bool Machine::throw_error(int at, const std::string& code) {
  if (const Catcher catcher = find_catcher(at, Trigger::error, code); catcher.event) {
    trigger(catcher.at, *catcher.event, {}, {{"error", code}});
    return true;
  }
  if (!instance_.caller || !work_.others || !work_.others->catches(*instance_.caller, Trigger::error, code))
    return false;
  const Caller caller = *instance_.caller;
  end(Status::failed, "Ошибка «" + code + "»: её принял вызвавший процесс.");
  work_.others->throw_to(caller, Trigger::error, code);
  return true;
}

// Nobody need catch an escalation.
void Machine::throw_escalation(int at, const Node& node) {
  Map data = departure(at, node);
  data.set("code", node.code);
  emit(EventKind::escalation_thrown, std::move(data));
  if (const Catcher catcher = find_catcher(at, Trigger::escalation, node.code); catcher.event)
    trigger(catcher.at, *catcher.event, {}, {{"escalation", node.code}});
  else if (instance_.caller && work_.others && work_.others->catches(*instance_.caller, Trigger::escalation, node.code))
    work_.others->throw_to(Caller(*instance_.caller), Trigger::escalation, node.code);
}

// Those of this instance hear it before the thrower goes on; others when it has come to rest.
void Machine::throw_signal(int at, const Node& node) {
  Outgoing outgoing;
  outgoing.kind = Outgoing::Kind::signal;
  outgoing.from = instance_.id;
  outgoing.message = node.code;
  outgoing.data = mapped(node.inputs, at, nullptr);
  outgoing.stage = stage_at(at);
  Map data = departure(at, node);
  data.set("signal", node.code);
  data.set("payload", outgoing.data);
  emit(EventKind::signal_thrown, std::move(data));
  const Map payload = outgoing.data;
  work_.outgoing.push_back(std::move(outgoing));

  const std::string channel = signal_channel(node.code);
  const std::vector<Subscription> waiting = instance_.subscriptions;
  for (const Subscription& one : waiting) {
    const auto& open = instance_.subscriptions;
    if (one.message != channel || std::find(open.begin(), open.end(), one) == open.end()) continue;
    hear(one, payload, instance_.id);
    if (instance_.status != Status::active) return;
  }
}

bool Machine::fail_task(const Task& task, const std::string& error) {
  if (!throw_error(task.at, error)) return false;
  run();
  return true;
}

}  // namespace vekha::workflow
