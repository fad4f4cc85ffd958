// The conductor: one command over all the instances it touches, until each of them waits or has ended.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "workflow/decide.h"
#include "workflow/machine.h"

namespace vekha::workflow {
namespace {

constexpr size_t max_started = 100'000;
constexpr size_t max_timers = 100'000;
constexpr size_t max_depth = 1'000;

class Conductor final : private Others {
 public:
  Conductor(const Library& library, Instances& instances, const Occasion& occasion, Services& services,
            OnFailure on_failure)
      : work_(library, instances, services, occasion), on_failure_(on_failure) {
    work_.others = this;
  }

  Result run(const Command& command) {
    try {
      std::visit([&](const auto& one) { execute(one); }, command);
      settle();
      if (on_failure_ == OnFailure::reject) refuse_stuck();
    } catch (const Refused& refused) {
      return refused.rejection;
    } catch (const Failure& failure) {
      if (on_failure_ == OnFailure::reject) return Rejection{"failed", failure.message};
      transition_.failure = failure.message;
    }
    for (const std::string& id : order_)
      if (touched(id)) transition_.changed.push_back(std::move(*at_hand_.at(id)));
    transition_.events = std::move(work_.events);
    transition_.documents = std::move(work_.documents);
    return std::move(transition_);
  }

 private:
  // The working copy; nullptr where there is no such instance.
  Instance* find(const std::string& id) {
    const auto known = at_hand_.find(id);
    if (known != at_hand_.end()) return known->second.get();
    std::optional<Instance> loaded = work_.instances.load(id);
    if (!loaded) return nullptr;
    order_.push_back(id);
    return at_hand_.emplace(id, std::make_unique<Instance>(std::move(*loaded))).first->second.get();
  }

  bool touched(const std::string& id) {
    if (touched_.empty())
      for (const Event& event : work_.events)
        touched_.insert_or_assign(event.instance, true);
    return touched_.contains(id);
  }

  // Does something with an instance. Where failures are recorded, one ends this instance and the others go on.
  template <class Function>
  void with(Instance& instance, Function function) {
    try {
      function();
    } catch (const Failure& failure) {
      if (on_failure_ == OnFailure::reject || instance.executions.empty()) throw;
      if (transition_.failure.empty()) transition_.failure = failure.message;
      if (instance.status == Status::active) {
        Event event{EventKind::instance_ended, instance.id, work_.occasion.now, work_.occasion.actor.id,
                    Map{{"status", to_string(Status::failed)}, {"reason", failure.message}}};
        apply(instance, event);
        work_.events.push_back(std::move(event));
      }
    }
  }

  Instance& begin(Machine::Start start) {
    const std::string id = start.id;
    if (++started_ > max_started)
      throw Failure{fmt::format("Одно действие начало больше {} процессов: похоже на бесконечный цикл.", max_started),
                    id};
    order_.push_back(id);
    Instance& instance = *at_hand_.emplace(id, std::make_unique<Instance>()).first->second;
    with(instance, [&] { Machine::start(work_, instance, std::move(start)); });
    return instance;
  }

  Instance& of_task(const std::string& task) {
    Instance* instance = find(instance_of_task(task));
    if (!instance) throw Refused{{"no-task", fmt::format("Задачи «{}» нет. Посмотрите список открытых задач.", task)}};
    return *instance;
  }

  void execute(const StartProcess& command) {
    Machine::Start start;
    start.definition = work_.library.definition_of(command.process);
    start.process = work_.library.find(command.process);
    if (!start.process) throw Refused{{"no-process", fmt::format("Процесса «{}» нет.", command.process)}};
    for (const Declaration& variable : start.process->variables)
      if (variable.required && !command.variables.contains(variable.name))
        throw Refused{{"variable-missing", fmt::format("Процессу «{}» для начала нужна переменная «{}».",
                                                       start.process->name, variable.name)}};
    start.id = work_.instances.new_id(command.process);
    start.variables = command.variables;
    transition_.started = start.id;
    begin(std::move(start));
  }

  void execute(const StartTogether& command) {
    for (const std::string& process : command.processes)
      execute(StartProcess{process, command.variables});
  }

  void execute(const CompleteTask& command) {
    Instance& instance = of_task(command.task);
    with(instance, [&] { Machine(work_, instance).complete_task(command); });
  }
  void execute(const ClaimTask& command) { Machine(work_, of_task(command.task)).claim_task(command); }
  void execute(const ReassignTask& command) { Machine(work_, of_task(command.task)).reassign_task(command); }

  void execute(const FailTask& command) {
    Instance& instance = of_task(command.task);
    const Task* task = instance.find_task(command.task);
    if (!task) throw Refused{{"no-task", fmt::format("Задачи «{}» нет среди открытых.", command.task)}};
    const Task failed = *task;
    with(instance, [&] {
      if (!Machine(work_, instance).fail_task(failed, command.error))
        throw Failure{
            fmt::format("Задача «{}» завершилась ошибкой «{}», а её никто не ловит.", failed.name, command.error),
            instance.id};
    });
  }

  void execute(const DeliverMessage& command) {
    Outgoing message;
    message.message = command.message;
    message.data = command.payload;
    const bool any = !command.key && !key_from_payload(command, message.key);
    if (command.key) message.key = key_text(*command.key);
    transition_.receivers = deliver(message, any);
    if (transition_.receivers == 0)
      throw Refused{{"no-message", fmt::format("Сообщения «{}»{} сейчас никто не ждёт.", command.message,
                                               message.key.empty() ? "" : fmt::format(" с ключом «{}»", message.key))}};
  }

  // The message's own correlation over the payload; false where it has none or the payload says nothing.
  bool key_from_payload(const DeliverMessage& command, std::string& key) {
    for (const Process* process : work_.library.processes())
      for (const Message& message : work_.library.definition_of(process->id)->messages) {
        if (message.name != command.message || !message.key) continue;
        key = key_text(message.key->evaluate(feel::MapScope(command.payload), {.now = work_.local_now()}).value);
        if (!key.empty()) return true;
      }
    return false;
  }

  void execute(const CancelInstance& command) {
    Instance* instance = find(command.instance);
    if (!instance) throw Refused{{"no-instance", fmt::format("Экземпляра «{}» нет.", command.instance)}};
    if (instance->status != Status::active)
      throw Refused{{"instance-ended", fmt::format("Процесс «{}» ({}) уже завершён.", instance->name, instance->id)}};
    Machine(work_, *instance).end(Status::cancelled, command.reason);
  }

  void execute(const BroadcastSignal& command) {
    Outgoing signal;
    signal.kind = Outgoing::Kind::signal;
    signal.message = command.signal;
    signal.data = command.payload;
    transition_.receivers = broadcast(signal);
    if (transition_.receivers == 0)
      throw Refused{{"no-signal", fmt::format("Сигнала «{}» сейчас никто не ждёт.", command.signal)}};
  }

  void execute(const StartByTimer& command) {
    const Process* process = work_.library.find(command.process);
    const Node* node = process ? process->find(command.node) : nullptr;
    if (!node) throw Refused{{"no-process", fmt::format("Процесса «{}» нет.", command.process)}};
    Machine::Start start;
    start.process = process;
    start.definition = work_.library.definition_of(process->id);
    start.id = work_.instances.new_id(process->id);
    start.node = node;
    start.due = work_.occasion.now;
    transition_.started = start.id;
    begin(std::move(start));
  }

  void execute(const AdvanceTime& command) {
    const Instant until = work_.occasion.now;
    const Actor actor = std::exchange(work_.occasion.actor, {});
    for (const std::string& id : work_.instances.due(until))
      find(id);  // timers that are set from here on belong to instances at hand
    while (transition_.timers < command.at_most) {
      const auto [instance, timer] = earliest(until);
      if (!instance) break;
      if (transition_.timers == max_timers)
        throw Failure{fmt::format("Таймеры сработали {} раз за один шаг времени.", max_timers), instance->id};
      // A timer that fell due while nothing ran still fires at its own time, but no time runs backwards.
      work_.occasion.now = std::max(timer->due, latest_);
      latest_ = work_.occasion.now;
      Instance& one = *instance;
      const Timer fired = *timer;
      with(one, [&] {
        try {
          Machine(work_, one).fire(fired);
        } catch (const Refused& refused) {
          throw Failure{refused.rejection.message, one.id};  // nobody is there to be told: the one instance fails
        }
      });
      settle();
      ++transition_.timers;
    }
    work_.occasion.now = until;
    work_.occasion.actor = actor;
  }

  std::pair<Instance*, const Timer*> earliest(Instant until) {
    std::pair<Instance*, const Timer*> best{nullptr, nullptr};
    for (const std::string& id : order_) {
      Instance& instance = *at_hand_.at(id);
      if (instance.status != Status::active) continue;
      for (const Timer& timer : instance.timers)
        if (timer.due <= until && (!best.second || timer.due < best.second->due)) best = {&instance, &timer};
    }
    return best;
  }

  void settle() {
    while (!work_.outgoing.empty()) {
      const Outgoing next = std::move(work_.outgoing.front());
      work_.outgoing.pop_front();
      switch (next.kind) {
        case Outgoing::Kind::message: deliver(next, false); break;
        case Outgoing::Kind::signal: broadcast(next); break;
        case Outgoing::Kind::call: call(next); break;
        case Outgoing::Kind::returned: give_back(next); break;
      }
    }
  }

  void call(const Outgoing& next) {
    const Instance* caller = find(next.from);
    if (!caller || std::none_of(caller->calls.begin(), caller->calls.end(),
                                [&](const WaitingCall& waiting) { return waiting.instance == next.instance; }))
      return;  // interrupted before it began
    if (depth_of(*caller) >= max_depth)
      throw Failure{fmt::format("Процессы вызывают друг друга глубже {} уровней.", max_depth), caller->id};
    Machine::Start start;
    start.definition = work_.library.definition_of(next.process);
    start.process = work_.library.find(next.process);
    start.id = next.instance;
    start.root = next.root;
    start.caller = Caller{next.from, next.at};
    start.stage = next.stage;
    start.lane = next.lane;
    start.variables = next.data;
    begin(std::move(start));
  }

  size_t depth_of(const Instance& called) {
    size_t depth = 0;
    for (const Instance* one = &called; one && one->caller && depth < max_depth; one = find(one->caller->instance))
      ++depth;
    return depth;
  }

  bool catches(const Caller& caller, Trigger trigger, const std::string& code) override {
    Instance* instance = find(caller.instance);
    return instance && Machine(work_, *instance).catches(caller.at, trigger, code);
  }

  void throw_to(const Caller& caller, Trigger trigger, const std::string& code) override {
    Instance* instance = find(caller.instance);
    if (instance) with(*instance, [&] { Machine(work_, *instance).catch_thrown(caller.at, trigger, code); });
  }

  void cancel_called(const std::string& id) override {
    if (Instance* child = find(id); child && child->status == Status::active && !child->executions.empty())
      Machine(work_, *child).end(Status::cancelled, "Вызвавший процесс прерван.");
  }

  void give_back(const Outgoing& next) {
    Instance* caller = find(next.instance);
    if (!caller || caller->status != Status::active) return;
    with(*caller, [&] { Machine(work_, *caller).take_back(next.at, next.from, next.data); });
  }

  // To everybody who waits for the message with this key; without a key to the one who has waited longest. Where nobody
  // waits it starts the processes that begin with it.
  size_t deliver(const Outgoing& message, bool any_key) {
    for (const std::string& id : work_.instances.waiting(message.message, any_key ? nullptr : &message.key))
      find(id);
    const auto fits = [&](const Subscription& subscription) {
      return subscription.message == message.message && (any_key || subscription.key == message.key);
    };
    std::vector<std::pair<std::string, Subscription>> receivers;
    for (const std::string& id : order_) {
      const Instance& instance = *at_hand_.at(id);
      if (instance.status != Status::active) continue;
      for (const Subscription& subscription : instance.subscriptions)
        if (fits(subscription)) receivers.emplace_back(id, subscription);
    }
    if (message.key.empty() && receivers.size() > 1) {
      const auto oldest = std::min_element(receivers.begin(), receivers.end(), [&](const auto& a, const auto& b) {
        return at_hand_.at(a.first)->started < at_hand_.at(b.first)->started;
      });
      receivers = {*oldest};
    }
    if (const size_t count = hand_out(receivers, message); count > 0) return count;
    return begin_all(Trigger::message, message);
  }

  // To everybody but the thrower, who has heard it already.
  size_t broadcast(const Outgoing& signal) {
    const std::string channel = signal_channel(signal.message);
    for (const std::string& id : work_.instances.waiting(channel, nullptr))
      find(id);
    std::vector<std::pair<std::string, Subscription>> receivers;
    for (const std::string& id : order_)
      if (const Instance& instance = *at_hand_.at(id); instance.status == Status::active && id != signal.from)
        for (const Subscription& subscription : instance.subscriptions)
          if (subscription.message == channel) receivers.emplace_back(id, subscription);
    return hand_out(receivers, signal) + begin_all(Trigger::signal, signal);
  }

  size_t hand_out(const std::vector<std::pair<std::string, Subscription>>& receivers, const Outgoing& message) {
    size_t count = 0;
    for (const auto& receiver : receivers) {
      const Subscription& subscription = receiver.second;
      Instance& instance = *at_hand_.at(receiver.first);
      const auto& open = instance.subscriptions;
      // What came before may have ended the wait.
      if (instance.status != Status::active || std::find(open.begin(), open.end(), subscription) == open.end())
        continue;
      with(instance, [&] { Machine(work_, instance).receive(subscription, message.data, message.from); });
      ++count;
    }
    return count;
  }

  // Starts the processes that begin with the message or signal.
  size_t begin_all(Trigger trigger, const Outgoing& message) {
    const std::vector<Library::Starter> starters = work_.library.started_by(trigger, message.message);
    for (const auto& [process, node] : starters) {
      Machine::Start start;
      start.process = process;
      start.definition = work_.library.definition_of(process->id);
      start.id = work_.instances.new_id(process->id);
      start.stage = message.stage;
      start.variables = message.data;
      start.node = node;
      start.key = message.key;
      start.from = message.from;
      begin(std::move(start));
    }
    return starters.size();
  }

  void refuse_stuck() {
    for (const std::string& id : order_) {
      const Instance& instance = *at_hand_.at(id);
      if (touched(id) && Machine(work_, *at_hand_.at(id)).is_stuck())
        throw Failure{fmt::format("Процесс «{}» ({}) застрял бы: в нём остались незавершённые шаги, а ждать им нечего.",
                                  instance.name, id),
                      id};
    }
  }

  Work work_;
  OnFailure on_failure_;
  std::map<std::string, std::unique_ptr<Instance>, std::less<>> at_hand_;
  std::vector<std::string> order_;
  std::map<std::string, bool, std::less<>> touched_;
  Instant latest_ = Instant::min();
  Transition transition_;
  size_t started_ = 0;
};

}  // namespace

Result transact(const Library& library, Instances& instances, const Command& command, const Occasion& occasion,
                Services& services, OnFailure on_failure) {
  return Conductor(library, instances, occasion, services, on_failure).run(command);
}

std::vector<std::pair<std::string, std::string>> refused_outcomes(const Library& library, const Instance& instance,
                                                                  const std::string& task, const Occasion& occasion,
                                                                  Services& services) {
  std::vector<std::pair<std::string, std::string>> refused;
  const Task* open = instance.find_task(task);
  if (!open) return refused;
  MemoryInstances none;
  Work work(library, none, services, occasion);
  Instance copy = instance;
  try {
    Machine machine(work, copy);
    for (const TaskOutcome& outcome : open->outcomes)
      if (auto sentence = machine.refusal(*open, outcome.id, {}))
        refused.emplace_back(outcome.id, std::move(*sentence));
  } catch (const Failure& failure) {
    for (const TaskOutcome& outcome : open->outcomes)
      refused.emplace_back(outcome.id, failure.message);
  }
  return refused;
}

}  // namespace vekha::workflow
