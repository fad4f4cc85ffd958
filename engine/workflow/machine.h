// One instance at work: every step is an event that is applied at once to the working copy, so that what is decided
// next always sees what replay would see.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "workflow/decide.h"

namespace vekha::workflow {

// What one instance asks of others; done after it has come to rest itself.
struct Outgoing {
  enum class Kind { message, signal, call, returned };
  Kind kind = Kind::message;
  std::string instance;  // call: the new one; returned: the caller
  std::string from;
  int at = 0;           // returned, call: the calling execution
  std::string process;  // call
  std::string root;
  std::string message;  // message or signal
  std::string key;
  Map data;  // payload, or variables in or out
  Stage stage;
  std::string lane;  // call: of the calling activity
};

// What one instance must do to others at once, before it goes on itself.
class Others {
 public:
  virtual ~Others() = default;
  // Something up the chain of callers, the calling activities themselves included, catches this error or escalation.
  virtual bool catches(const Caller& caller, Trigger trigger, const std::string& code) = 0;
  // Lets it be caught there. The called instance may have ended afterwards.
  virtual void throw_to(const Caller& caller, Trigger trigger, const std::string& code) = 0;
  virtual void cancel_called(const std::string& instance) = 0;
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
  Work(const Library& definitions, Instances& stored, Services& called, const Occasion& when)
      : library(definitions), instances(stored), services(called), occasion(when) {}

  const Library& library;
  Instances& instances;
  Services& services;
  Occasion occasion;
  Others* others = nullptr;  // nullptr where nothing is run, only asked
  std::vector<Event> events;
  std::vector<WantedDocument> documents;
  std::deque<Outgoing> outgoing;
  struct Effort {
    size_t steps = 0;
    size_t expression_steps = 0;
    size_t waits = 0;  // that ended within this transaction: two instances may call each other for ever
  };
  std::map<std::string, Effort, std::less<>> efforts;  // of each instance since it last waited

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
    std::string lane;
    Map variables;
    const Node* node = nullptr;  // what begins it; nullptr = its none start events
    std::string key;             // of the message that begins it
    std::string from;
    Instant due{};  // of the timer that begins it
  };
  static void start(Work& work, Instance& instance, Start start);

  void complete_task(const CompleteTask& command);
  // false where nobody catches the error.
  bool fail_task(const Task& task, const std::string& error);
  void claim_task(const ClaimTask& command);
  void reassign_task(const ReassignTask& command);
  void fire(const Timer& timer);
  void receive(const Subscription& subscription, const Map& payload, const std::string& from);
  void take_back(int at, const std::string& child, const Map& variables);
  // An error or escalation of the process that the activity `at` called.
  bool catches(int at, Trigger trigger, const std::string& code) const;
  void catch_thrown(int at, Trigger trigger, const std::string& code);
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
  bool is_alive(int at) const { return instance_.status == Status::active && instance_.find(at); }
  void count_step();
  void end_wait();
  Map entry(int at, int scope, const Node& node) const;
  Map departure(int at, const Node& node) const;
  // What an activity has of its own when it begins.
  Map own_variables(int scope, const Node& node);
  void move_outputs(int at, const Node& node);

  // machine.cpp: how tokens move.
  void begin_by(const Start& start);
  void enter_starter(const Node& node);
  void run();
  void visit(int at);
  int enter(int scope, int node, const std::string& flow = {}, int undoes = -1);
  void enter_starts(int scope, int sub_process);
  void leave(int at);
  void leave_by(int at, const std::vector<int>& flows);
  std::vector<int> ways_out(int at, const Node& node);
  void complete(int at, const std::string& task = {});
  void cancel(int at);
  void cancel_inside(int scope);
  void end_scope_if_done(int scope);

  // loops.cpp: repeated activities.
  void enter_loop(int scope, const Node& node, Map data);
  int number_of_turns(int scope, const Node& node, List& items);
  void enter_turn(int body, const Node& node, int turn, const Value* item);
  void complete_turn(int at, const Node& node);
  bool loop_goes_on(int body, const Node& node, int completed);

  // joins.cpp: gateways that wait.
  void merge_parallel(int at, const Node& node);
  bool fire_inclusive_join();
  void pass_join(const std::vector<int>& tokens);

  // elements.cpp: what each element does.
  void visit_task(int at, const Node& node);
  void visit_throw(int at, const Node& node);
  void visit_end(int at, const Node& node);

  // events.cpp: what is waited for, and what happens then.
  bool arm(int at, const Node& node);
  bool arm_scope(int scope, int sub_process);
  bool await(int at, const Node& event);
  bool await_condition(int at, const Node& event);
  void set_timer(int at, const Node& event);
  void check_conditions();
  void hear(const Subscription& heard, const Map& payload, const std::string& from);
  void trigger(int at, const Node& event, const Map& payload, const Map& known = {});
  void begin_event_sub_process(int scope, const Node& start, const Map& payload, const Map& known);
  void take(int at, const Node& event, const Map& payload, const Map& known);
  const std::vector<int>& event_sub_processes(int sub_process) const;

  // throwing.cpp: signals, errors, escalations.
  struct Catcher {
    int at = -1;  // the activity the event is attached to, or the scope of the event sub-process
    const Node* event = nullptr;
  };
  Catcher find_catcher(int from, Trigger trigger, const std::string& code) const;
  void throw_signal(int at, const Node& node);
  bool throw_error(int at, const std::string& code);
  void throw_escalation(int at, const Node& node);

  // compensation.cpp
  bool is_compensable(const Execution& execution, const Node& node) const;
  void compensate(int at, const Node& node);
  void undo_next(int owner);
  void undone(int owner);

  void open_task(int at, const Node& node);
  void call_process(int at, const Node& node);
  bool call_service(int at, const Node& node);
  void decide_by_table(int at, const Node& node);
  void throw_message(int at, const Node& node);
  void want_documents(int at, const Node& node, const std::string& task);

  feel::Result evaluate(const feel::Expression& expression, int at, const Map* local = nullptr);
  Value value_of(const Template& text, int at, const Map* local = nullptr);
  std::string text_of(const Template& text, int at, const Map* local = nullptr);
  std::string key_of(const Node& node, int at);
  Map mapped(const std::vector<Mapping>& mappings, int at, const Map* local);
  void assign(int at, const Map& values);
  Map actor() const;
  Instant due_of(const Value& value, const Node& event) const;
  Instant after_working_days(const Node& event, int at);
  Stage stage_at(int at) const { return stage_of(*process_, instance_, at); }

  Work& work_;
  Instance& instance_;
  const Definition* definition_ = nullptr;
  const Process* process_ = nullptr;
  std::deque<int> agenda_;
  bool conditions_due_ = true;  // something changed that conditions may read
};

// Values as JSON can hold them: dates, times and durations become texts. What is kept is always plain, so that an
// instance that was stored and loaded is the same.
Value plain(Value value);
// The correlation key as text.
std::string key_text(const Value& value);

}  // namespace vekha::workflow
