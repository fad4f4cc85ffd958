// One instance at work: every step is an event that is applied at once to the working copy, so that what is decided
// next always sees what replay would see.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "workflow/decide.h"

namespace vekha::workflow {

// What one instance asks of others; done after it has come to rest itself.
struct Outgoing {
  enum class Kind { message, call, returned, cancel };
  Kind kind = Kind::message;
  std::string instance;  // call: the new one; returned: the caller; cancel: the one to end
  std::string from;
  int at = 0;           // returned, call: the calling execution
  std::string process;  // call
  std::string root;
  std::string message;
  std::string key;
  Map data;  // payload, or variables in or out
  Stage stage;
};

// Thrown inside a transaction, caught by its conductor.
struct Failure {
  std::string message;
  std::string instance;
};
struct Refused {
  Rejection rejection;
};

// What all instances of one transaction share.
struct Work {
  Work(const Library& definitions, Instances& others, Services& called, const Occasion& when)
      : library(definitions), instances(others), services(called), occasion(when) {}

  const Library& library;
  Instances& instances;
  Services& services;
  Occasion occasion;
  std::vector<Event> events;
  std::vector<WantedDocument> documents;
  std::deque<Outgoing> outgoing;
  size_t steps = 0;
  size_t expression_steps = 0;

  // What a clock on the wall shows now.
  const LocalTime& local_now();

 private:
  std::optional<Instant> local_for_;
  LocalTime local_{};
};

class Machine {
 public:
  // Errors: Failure where the instance's version of its process is not in the library.
  Machine(Work& work, Instance& instance);

  struct Start {
    const Process* process = nullptr;
    const Definition* definition = nullptr;
    std::string id;
    std::string root;  // empty: itself
    std::optional<Caller> caller;
    Stage stage;
    Map variables;
    std::string message;  // the one that starts it; empty = none
    std::string key;
    std::string from;
  };
  static void start(Work& work, Instance& instance, Start start);

  void complete_task(const CompleteTask& command);
  void claim_task(const ClaimTask& command);
  void reassign_task(const ReassignTask& command);
  void fire(const Timer& timer);
  void receive(const Subscription& subscription, const Map& payload, const std::string& from);
  void take_back(int at, const std::string& child, const Map& variables);
  void end(Status status, const std::string& reason);
  // Tokens, but nothing they could wait for.
  bool is_stuck() const;
  // Why the guard of an outcome refuses it now, with these fields; nullopt where it does not.
  std::optional<std::string> refusal(const Task& task, const std::string& outcome, const Map& fields);
  const Process& process() const { return *process_; }

 private:
  friend class Names;

  const Node& node_of(const Execution& execution) const;
  const Node& node_at(int index) const { return process_->nodes[static_cast<size_t>(index)]; }
  const Flow& flow_at(int index) const { return process_->flows[static_cast<size_t>(index)]; }
  int index_of(const Node& node) const { return static_cast<int>(&node - process_->nodes.data()); }
  [[noreturn]] void fail(const std::string& message) const;

  void emit(EventKind kind, Map data);
  void run();
  void visit(int at);
  void visit_task(int at, const Node& node);
  int enter(int scope, int node, const std::string& flow);
  void enter_starts(int scope, int sub_process);
  void enter_loop(int scope, const Node& node, Map data);
  void enter_turn(int body, const Node& node, int turn, const Value* item);
  void arm(int at, const Node& node);
  void await(int at, const Node& event);
  void set_timer(int at, const Node& event);
  void open_task(int at, const Node& node);
  void call_process(int at, const Node& node);
  void call_service(int at, const Node& node);
  void throw_message(int at, const Node& node);
  void trigger(int at, const Node& event, const Map& payload);
  void want_documents(int at, const Node& node, const std::string& task);
  void complete(int at, const std::string& task = {});
  void complete_turn(int at, const Node& node);
  void leave(int at);
  void leave_by(int at, const std::vector<int>& flows);
  std::vector<int> ways_out(int at, const Node& node);
  void cancel(int at);
  void end_scope_if_done(int scope);
  void merge_parallel(int at, const Node& node);
  bool fire_inclusive_join();
  void pass_join(const std::vector<int>& tokens);

  feel::Result evaluate(const feel::Expression& expression, int at, const Map* local = nullptr);
  Value value_of(const Template& text, int at, const Map* local = nullptr);
  std::string text_of(const Template& text, int at, const Map* local = nullptr);
  std::string key_of(const Node& node, int at);
  Map mapped(const std::vector<Mapping>& mappings, int at, const Map* local);
  void assign(int at, const Map& values);
  Map actor() const;
  Instant due_of(const Value& value, const Node& event) const;
  Stage stage_at(int at) const { return stage_of(*process_, instance_, at); }

  Work& work_;
  Instance& instance_;
  const Definition* definition_ = nullptr;
  const Process* process_ = nullptr;
  std::deque<int> agenda_;
};

// Values as JSON can hold them: dates, times and durations become texts. What is kept is always plain, so that an
// instance that was stored and loaded is the same.
Value plain(Value value);
// The correlation key as text.
std::string key_text(const Value& value);

}  // namespace vekha::workflow
