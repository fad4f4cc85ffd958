// Process definitions: a BPMN 2.0 file, read once, its expressions compiled, its references resolved. Immutable; what
// happens with it is in instance.h. README.md of this folder says what is executed and what the `vekha:` elements mean.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"
#include "feel/feel.h"
#include "workflow/decision.h"

namespace vekha::workflow {

inline constexpr const char* bpmn_namespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";
inline constexpr const char* vekha_namespace = "urn:vekha:bpmn:1";

// Named after the BPMN elements.
enum class NodeKind {
  start_event,
  end_event,
  intermediate_catch_event,
  intermediate_throw_event,
  boundary_event,
  task,
  user_task,
  manual_task,
  script_task,
  business_rule_task,
  service_task,
  send_task,
  receive_task,
  sub_process,
  call_activity,
  exclusive_gateway,
  parallel_gateway,
  inclusive_gateway,
  event_based_gateway,
};
const char* element_name(NodeKind kind);  // «userTask»
// «пользовательская задача», for messages.
const char* russian_name(NodeKind kind);

enum class Trigger {
  none,
  message,
  timer,
  terminate,
  signal,
  error,
  escalation,
  conditional,
  link,
  compensation,
};

// Text that may be FEEL: with a leading «=» it is, else it stands for itself.
struct Template {
  std::string literal;
  std::optional<feel::Expression> expression;

  bool empty() const { return !expression && literal.empty(); }
};

struct Mapping {  // vekha:input, vekha:output
  std::string name;
  Template value;
};

struct Outcome {  // vekha:outcome
  std::string id;
  std::string label;
  bool reason_required = false;
  std::optional<feel::Expression> condition;  // the outcome is refused when this is not true
  Template refusal;                           // the Russian sentence then
};

struct Field {  // vekha:field
  std::string name;
  std::string label;
  std::string type = "text";  // text, date, number, bool, choice, list
  bool required = false;
  std::vector<std::string> choices;
  Template value;  // proposed when the task opens
};

struct Assignment {  // vekha:assign; without one the task is for everybody of its lane
  enum class Kind { role, variable, initiator };
  Kind kind = Kind::role;
  std::string role;
  std::optional<feel::Expression> variable;
};

// A document made when an activity with a data output association to it completes.
struct DocumentOutput {
  std::string data_object;                    // id
  std::string name;                           // of the data object, «Лист согласования»
  Template file;                              // template file
  Template file_name;                         // pattern of the document's own name
  std::string kind;                           // as the file says, for the reader of the event
  std::optional<feel::Expression> condition;  // made only when true
  Where where;
};

// A data association: between a variable of the activity's own (dataInput, dataOutput) and a data object.
struct DataMove {
  std::string own;
  std::string object;
  std::optional<feel::Expression> transformation;
};

struct Message {
  std::string id;
  std::string name;
  std::optional<feel::Expression> key;  // vekha:correlation
};

struct Loop {  // multiInstanceLoopCharacteristics, or standardLoopCharacteristics where `standard`
  bool sequential = false;
  bool standard = false;
  bool test_before = false;
  int maximum = -1;                             // of a standard loop; -1 = without
  std::optional<feel::Expression> condition;    // of a standard loop: goes on while true
  std::optional<feel::Expression> collection;   // loopDataInputRef
  std::string item;                             // inputDataItem
  std::string output_collection;                // loopDataOutputRef
  std::string output_item;                      // outputDataItem
  std::optional<feel::Expression> cardinality;  // loopCardinality
  std::optional<feel::Expression> completion;   // completionCondition
};

struct Flow {
  std::string id;
  std::string name;
  int source = -1;  // indexes into Process::nodes
  int target = -1;
  std::optional<feel::Expression> condition;
  bool drawn = true;  // false: from a link event to its other half
  Where where;
};

struct Node {
  std::string id;
  std::string name;
  NodeKind kind = NodeKind::task;
  Trigger trigger = Trigger::none;
  int scope = -1;    // the sub-process it stands in, -1 = the process itself
  std::string lane;  // innermost, its name
  std::string documentation;
  std::vector<int> incoming;  // indexes into Process::flows
  std::vector<int> outgoing;
  int default_flow = -1;
  std::vector<int> boundary;  // events attached to this activity
  int attached_to = -1;
  bool interrupting = true;
  std::optional<Loop> loop;
  bool for_compensation = false;         // runs only to undo another activity
  bool event_sub_process = false;        // begins when its start event happens, beside what its scope does
  int start = -1;                        // of an event sub-process: its start event
  std::vector<int> event_sub_processes;  // of a sub-process: those inside
  bool instantiate = false;              // a receive task or event-based gateway that begins the process
  // Events, send and receive tasks.
  int message = -1;                             // index into Definition::messages
  std::optional<feel::Expression> message_key;  // in place of the message's own
  std::optional<feel::Expression> time_date;
  std::optional<feel::Expression> time_duration;
  std::optional<feel::Expression> time_cycle;
  std::optional<feel::Expression> working_days;  // vekha:workingDays: so many, by the calendar of the caller
  std::string code;  // of an error or escalation (empty = catches any), signal or link: its name
  std::optional<feel::Expression> condition;
  int handler = -1;                // compensation boundary: the activity that undoes
  int compensates = -1;            // compensation throw: the one activity; -1 = all of the scope
  bool waits_for_handlers = true;  // compensation throw
  // Tasks.
  std::vector<Mapping> inputs;
  std::vector<Mapping> outputs;
  std::vector<Outcome> outcomes;
  std::vector<Field> fields;
  Assignment assignment;
  Template due;
  Template title;  // what the task is called in a list, in place of `name`
  std::string service;
  std::optional<feel::Expression> script;
  std::optional<DecisionTable> decision;
  std::string called_process;
  std::vector<DocumentOutput> documents;
  std::vector<DataMove> data_inputs;
  std::vector<DataMove> data_outputs;
  // Sub-processes: plain data objects declared inside are variables of it.
  std::vector<std::string> local_variables;
  Where where;

  bool is_activity() const { return kind >= NodeKind::task && kind <= NodeKind::call_activity; }
  bool is_gateway() const { return kind >= NodeKind::exclusive_gateway; }
  // Where its scope has no start event, a token begins here.
  bool begins_implicitly() const {
    return incoming.empty() && kind != NodeKind::boundary_event && kind != NodeKind::start_event && !for_compensation &&
           !event_sub_process && !instantiate;
  }
  bool throws() const { return kind == NodeKind::end_event || kind == NodeKind::intermediate_throw_event; }
  bool throws_signal() const { return throws() && trigger == Trigger::signal; }
  // What it throws may stop it: it is told as done when it has thrown.
  bool throws_listed() const {
    return throws() && (trigger == Trigger::signal || trigger == Trigger::error || trigger == Trigger::escalation);
  }
};

struct Declaration {  // vekha:variable, vekha:fact
  std::string name;
  std::string type;
  bool required = false;
};

struct Stage {
  int number = 0;  // from 1; 0 = none
  std::string name;
  bool operator==(const Stage&) const = default;
};

struct Process {
  std::string id;
  std::string name;
  bool executable = true;
  std::string start_for;  // vekha:start for="roadmap"
  std::vector<Declaration> variables;
  std::vector<Declaration> facts;
  std::vector<std::string> lanes;  // names, outer ones too, in the order of the file
  std::vector<std::string> local_variables;
  std::vector<int> event_sub_processes;
  std::vector<Node> nodes;
  std::vector<Flow> flows;
  std::map<std::string, int, std::less<>> node_index;
  Where where;

  const Node* find(std::string_view node_id) const;
  // The events that can begin an instance from outside: start events, instantiating receive tasks, and what stands
  // behind an instantiating event-based gateway.
  std::vector<const Node*> starters() const;
  // Top-level sub-processes in the order of the file.
  std::vector<Stage> stages() const;
};

struct Definition {
  std::string file;
  std::string sha;  // of the file's bytes: its version
  std::vector<Process> processes;
  std::vector<Message> messages;

  const Process* find(std::string_view process_id) const;
  // What the node waits for or throws, by name: of a message or signal, else empty.
  const std::string& name_heard(const Node& node) const;
};

struct Loaded {
  std::shared_ptr<const Definition> definition;  // nullptr when a diagnostic is an error
  std::vector<Diagnostic> diagnostics;           // all of them, in the order of the file
};

// Reads and checks one BPMN file. Errors and warnings are diagnostics; nothing is thrown for a bad file.
// Limit: 16 MB.
Loaded load(std::string_view xml, const std::string& file_name);

// The definitions that work together: call activities and messages find the processes of other files here. Versions
// stay: an instance goes on with the one it began with.
class Library {
 public:
  void add(std::shared_ptr<const Definition> definition);

  // The newest version (added last).
  const Process* find(std::string_view process_id) const;
  const Definition* definition_of(std::string_view process_id) const;
  // The version of that file's SHA-256; nullptr where it was never added.
  const Definition* version(std::string_view sha) const;
  // Newest versions of all, in the order in which they were first added.
  std::vector<const Process*> processes() const;
  const Process* started_for(std::string_view what) const;
  struct Starter {
    const Process* process;
    const Node* node;
  };
  // Newest executable processes that begin with a message or signal of this name, each once.
  std::vector<Starter> started_by(Trigger trigger, std::string_view name) const;
  // What one file alone cannot show: called processes and thrown messages that nobody has.
  std::vector<Diagnostic> check() const;

 private:
  std::vector<std::shared_ptr<const Definition>> definitions_;
};

}  // namespace vekha::workflow
