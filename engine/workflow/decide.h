// What a command does: events, or a refusal. Pure: time, actor, facts and services come from outside.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "workflow/definition.h"
#include "workflow/event.h"
#include "workflow/instance.h"

namespace vekha::workflow {

struct Actor {
  std::string id;
  std::string name;
  Map details;  // post, acting_for, basis …: what an expression finds as `actor.post` beside `actor.id`, `actor.name`
};

// Which days are worked; without one Monday to Friday are.
class Calendar {
 public:
  virtual ~Calendar() = default;
  virtual bool is_working_day(const Date& day) const = 0;
};

// When, where and by whom.
struct Occasion {
  Instant now{};
  Actor actor;
  std::string zone = "UTC";  // what now() and today() show, and in which bare dates of timers begin
  const Calendar* calendar = nullptr;
};

// A refusal is an answer: nothing has happened.
struct Rejection {
  std::string code;     // kebab-case English word: task-done, no-task, no-outcome, reason-missing, field-missing,
                        // field-kind, guard, service, not-assignee, no-process, no-message, failed
  std::string message;  // a whole Russian sentence
};

// A document to be rendered before anything is committed.
struct WantedDocument {
  std::string instance;
  std::string process;
  std::string node;
  std::string task;         // the task that made it, may be empty
  std::string data_object;  // id
  std::string name;         // «Лист согласования»
  std::string template_file;
  std::string file_name;  // pattern, not yet rendered
  std::string kind;
  Stage stage;
  Instant time{};
  Map variables;     // as the task left them
  size_t event = 0;  // index of its event in Transition::events
};

// The services that service tasks call and the facts that guards ask for.
class Services {
 public:
  virtual ~Services() = default;
  // Outputs, or why not. Called once, while deciding; replay reads the outputs from the event.
  virtual std::variant<Map, Rejection> call(const std::string& name, const Map& inputs, const Instance& instance,
                                            const Occasion& occasion) = 0;
  // The present value of a declared fact; null when there is none.
  virtual Value fact(const std::string& name, const Instance& instance) = 0;
};

// Answers every call with no outputs, every fact with null.
class NoServices final : public Services {
 public:
  std::variant<Map, Rejection> call(const std::string&, const Map&, const Instance&, const Occasion&) override {
    return Map{};
  }
  Value fact(const std::string&, const Instance&) override { return {}; }
};

// The instances that are not at hand yet.
class Instances {
 public:
  virtual ~Instances() = default;
  virtual std::optional<Instance> load(const std::string& id) = 0;
  // Ids of active instances with a subscription to the message, oldest first; with that key unless `key` is nullptr.
  virtual std::vector<std::string> waiting(const std::string& message, const std::string* key) = 0;
  // Ids of active instances with a timer due at or before `until`.
  virtual std::vector<std::string> due(Instant until) = 0;
  virtual std::string new_id(const std::string& process) = 0;
};

struct StartProcess {
  std::string process;
  Map variables;
};
// Several at once: a message that one throws at its start finds the others waiting.
struct StartTogether {
  std::vector<std::string> processes;
  Map variables;
};
struct CompleteTask {
  // free: outcome and fields are taken as they are, declared or not – for runs without people.
  enum class Check { strict, free };
  std::string task;
  std::string outcome;  // may be empty where the task has none, or one
  Map fields;           // numbers, dates and yes-or-no may be texts: «12,5», «09.12.2022», «да»
  std::string reason;
  Check check = Check::strict;
};
struct ClaimTask {
  std::string task;
};
struct ReassignTask {
  std::string task;
  std::vector<std::string> assignees;
  std::string reason;
};
// Fires due timers, the earliest first, each at its own time.
struct AdvanceTime {
  size_t at_most = static_cast<size_t>(-1);
};
struct DeliverMessage {
  std::string message;
  std::optional<Value> key;  // without one: the key the message's own correlation gives for the payload
  Map payload;
};
// To all who wait for it and all processes that begin with it.
struct BroadcastSignal {
  std::string signal;
  Map payload;
};
// The work of a task went wrong with an error of its own; an event of the process may catch it.
struct FailTask {
  std::string task;
  std::string error;
};
struct CancelInstance {
  std::string instance;
  std::string reason;
};
// A timer start event is due: see start_timers.
struct StartByTimer {
  std::string process;
  std::string node;
};
using Command = std::variant<StartProcess, StartTogether, CompleteTask, ClaimTask, ReassignTask, FailTask, AdvanceTime,
                             DeliverMessage, CancelInstance, BroadcastSignal, StartByTimer>;

// What to do when a process cannot go on (no way out of a gateway, a fault in an expression).
enum class OnFailure { reject, record };

struct Transition {
  std::vector<Event> events;      // of all instances, in the order in which they happened
  std::vector<Instance> changed;  // states after, each once, in the order in which they were touched
  std::vector<WantedDocument> documents;
  std::string started;   // StartProcess: the new instance
  size_t receivers = 0;  // DeliverMessage, BroadcastSignal: how many instances took it or were started by it
  size_t timers = 0;     // AdvanceTime: how many fired
  std::string failure;   // OnFailure::record: why a process failed
};
using Result = std::variant<Transition, Rejection>;

// Runs one command over all instances it touches, until each of them waits or has ended.
// Limit: 100,000 steps of one instance without a wait, 30,000 waits of one that end, 100,000 instances started, 100,000
// timers fired, calls 1,000 deep; more is a failure.
Result transact(const Library& library, Instances& instances, const Command& command, const Occasion& occasion,
                Services& services, OnFailure on_failure = OnFailure::reject);

// The outcomes of an open task whose guard refuses them now, with the sentence that says why.
std::vector<std::pair<std::string, std::string>> refused_outcomes(const Library& library, const Instance& instance,
                                                                  const std::string& task, const Occasion& occasion,
                                                                  Services& services);

// A timer start event of a process and when it is due next, counted from when it was added.
struct StartTimer {
  std::string process;
  std::string node;
  Instant due{};
  std::string every;
  int repeats = 0;  // how often after this, -1 = without end
};
// The start timers of these processes as they stand at the occasion's time; what has passed already is left out.
std::vector<StartTimer> start_timers(const Library& library, const Occasion& occasion);
// When it is due after this time; false where this was the last.
bool advance(StartTimer& timer);

// All instances in memory: for `process run` and tests.
class MemoryInstances final : public Instances {
 public:
  std::optional<Instance> load(const std::string& id) override;
  std::vector<std::string> waiting(const std::string& message, const std::string* key) override;
  std::vector<std::string> due(Instant until) override;
  // «<process>-<n>», numbered through.
  std::string new_id(const std::string& process) override;

  void keep(const Transition& transition);
  const std::vector<Instance>& all() const { return instances_; }
  const Instance* find(std::string_view id) const;

 private:
  std::vector<Instance> instances_;  // in order of creation
  std::map<std::string, size_t, std::less<>> index_;
  std::set<size_t> timed_;      // active ones with timers
  std::set<size_t> listening_;  // active ones with subscriptions
  int last_ = 0;
};

}  // namespace vekha::workflow
