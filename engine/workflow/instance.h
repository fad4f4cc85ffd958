// One running process: where its tokens stand, its variables, open tasks, timers, subscriptions. A value: `apply` is
// the only code that changes it, and its state is what applying its events in order gives.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/value.h"
#include "workflow/definition.h"
#include "workflow/event.h"

namespace vekha::workflow {

enum class Status { active, completed, terminated, failed, cancelled };
const char* to_string(Status status);
std::optional<Status> status_from(std::string_view word);

// An activity that is done and can be undone, with what its handler needs to know of it.
struct Completed {
  int id = 0;     // the execution it was
  int scope = 0;  // the execution it stood in
  std::string node;
  Map variables;                // of a sub-process, as it left them
  std::vector<Completed> done;  // inside it, in order of completion
};

// A token at a node, or a scope (the process itself, a sub-process, a multi-instance body or one turn of it) with what
// is below it. Execution 0 is the process.
struct Execution {
  int id = 0;
  int parent = -1;
  std::string node;   // empty for the process
  std::string flow;   // the sequence flow the token came by
  int turn = -1;      // which turn of a multi-instance activity this is, from 0; -1 = none
  bool body = false;  // the multi-instance activity as a whole
  int total = 0;      // body: number of turns
  List items;         // sequential body: what its turns are about
  List results;       // body: what its turns have given, by turn
  bool has_variables = false;
  Map variables;
  std::vector<Completed> done;    // scope: what can be undone, in order of completion
  std::vector<Completed> undone;  // who undoes: what is left to do, the next first
  int undoes = -1;                // handler: the execution that asked for it
};

struct TaskOutcome {
  std::string id;
  std::string label;
  bool reason_required = false;
  bool operator==(const TaskOutcome&) const = default;
};

struct TaskField {
  std::string name;
  std::string label;
  std::string type;
  bool required = false;
  std::vector<std::string> choices;
  Value value;  // proposed
  bool operator==(const TaskField&) const = default;
};

// What somebody is to do; all a task list shows.
struct Task {
  std::string id;  // «<instance>.<number>»
  int at = 0;      // execution
  std::string node;
  std::string name;
  std::string role;                    // the lane, or what vekha:assign says
  std::vector<std::string> assignees;  // ids of people; empty = everybody of the role
  std::string claimed_by;
  std::vector<TaskOutcome> outcomes;
  std::vector<TaskField> fields;
  Instant created{};
  Value due;  // date or date-and-time, null = none
  Stage stage;
  bool operator==(const Task&) const = default;
};

// A task that is no longer open, kept so that whoever comes second is told who was first.
struct ClosedTask {
  std::string id;
  std::string node;
  std::string name;
  std::string outcome;  // empty when cancelled
  std::string label;
  std::string by;  // id
  std::string by_name;
  Instant time{};
  bool done = true;  // false: the process took it away
  bool operator==(const ClosedTask&) const = default;
};

struct Timer {
  int at = 0;        // execution that waits, or whose boundary this is
  std::string node;  // the event
  Instant due{};
  std::string every;  // a cycle's duration
  int repeats = 0;    // how often it fires again after this time, -1 = without end
  bool operator==(const Timer&) const = default;
};

struct Subscription {
  int at = 0;
  std::string node;
  std::string message;  // its name; of a signal: see signal_channel
  std::string key;      // correlation key as text, empty = none
  bool operator==(const Subscription&) const = default;
};

// What one instance waits for and a store finds it by: the name of a message, or this for a signal. No name of a
// message begins with a blank.
std::string signal_channel(std::string_view signal);

// An event that waits for its condition to become true.
struct Condition {
  int at = 0;
  std::string node;
  bool holds = false;  // it is true already: a non-interrupting event happens again when it was false in between
  bool operator==(const Condition&) const = default;
};

struct WaitingCall {
  int at = 0;
  std::string instance;
  bool operator==(const WaitingCall&) const = default;
};

struct Caller {
  std::string instance;
  int at = 0;
  bool operator==(const Caller&) const = default;
};

struct Instance {
  std::string id;
  std::string process;
  std::string name;        // of the process
  std::string definition;  // SHA-256 of its file
  std::string root;        // the instance at the top of the chain of calls: itself where it was not called
  std::optional<Caller> caller;
  Stage inherited_stage;  // of the caller or sender
  std::string lane;       // of the calling activity: whose tasks are where nothing else is said
  Status status = Status::active;
  std::string reason;   // why it failed or was cancelled
  std::string starter;  // id of the person who started it, or whose act did
  Instant started{};
  std::optional<Instant> ended;
  int next_execution = 1;
  int next_task = 1;
  std::vector<Execution> executions;  // in order of creation
  std::vector<Task> tasks;            // open, in order of creation
  std::vector<ClosedTask> closed_tasks;
  std::vector<Timer> timers;
  std::vector<Subscription> subscriptions;
  std::vector<Condition> conditions;
  std::vector<WaitingCall> calls;

  const Execution* find(int execution) const;
  Execution* find(int execution);
  const Task* find_task(std::string_view task_id) const;
  // The variables of the process itself.
  const Map& variables() const;
  // All variables seen from an execution, inner ones over outer ones.
  Map visible_variables(int execution) const;
};

// Changes the state by what happened. Pure; never fails for events that `decide` made.
// Errors: internal, for an event that does not fit the state (a damaged history).
void apply(Instance& instance, const Event& event);

// The state after all the events of one instance, in order.
Instance replay(const std::vector<Event>& events);

// The stage an execution stands in: the top-level sub-process above it, else the one inherited; number 0 = none.
Stage stage_of(const Process& process, const Instance& instance, int execution);
// The first stage with something open in it; where none is, the inherited one.
Stage current_stage(const Process& process, const Instance& instance);

// The instance a task belongs to, by the task's id.
std::string instance_of_task(std::string_view task_id);

// For the store: all of the state as one value, and back. Errors: unreadable.
Value to_value(const Instance& instance);
Instance instance_from_value(const Value& value);
Value to_value(const Task& task);
Task task_from(const Value& value);

}  // namespace vekha::workflow
