// What happened to a process instance. Events are the history people read and the only thing that changes an Instance.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/value.h"

namespace vekha::workflow {

// The data of each kind stands behind it; `at` is always the number of an execution (see instance.h), `node` the id of
// a BPMN element, `name` its name.
enum class EventKind {
  instance_started,  // process, name, definition (sha), root, caller {instance, at}?, stage {number, name}?, lane?,
                     // variables
  instance_ended,    // status (completed, terminated, failed, cancelled), reason?
  entered,  // at, scope, node, type, name, flow?, turn?, total?, items?, variables?, undoes?, restored? – a token has
            // come to a node
  left,  // at, node, type, name, flows, body?, thrown?, compensable? – the node is done; `body`: not an activity of its
         // own in the list of what was done, `thrown`: listed when it threw
  cancelled,           // at, node – interrupted, with all below it
  variables_set,       // scope (an execution), values
  collected,           // at (of a multi-instance body), turn, value
  task_created,        // at, task, node, name, role, … : see Task
  task_claimed,        // task, by?
  task_reassigned,     // task, assignees, reason
  task_completed,      // task, at, node, name, outcome, label, reason, fields, by {id, name, …}
  timer_set,           // at, node, due, every?, repeats?
  timer_fired,         // at, node, due
  message_awaited,     // at, node, message, key
  message_received,    // at, node, message, key, payload, from
  message_thrown,      // at, node, message, key, payload
  call_started,        // at, node, process, instance
  call_returned,       // at, node, instance, outputs
  service_done,        // at, node, service, inputs, outputs
  document_wanted,     // at, node, document, name, template, file_name, kind, stage {number, name}?, task?
  signal_awaited,      // at, node, signal
  signal_received,     // at, node, signal, payload, from, stays?
  signal_thrown,       // at, node, type, name, signal, payload
  condition_awaited,   // at, node, holds
  condition_changed,   // at, node, holds – it is no longer true, or true again
  condition_met,       // at, node, stays?, awaited – an event that waited for its condition happens
  error_thrown,        // at, node, type, name, code
  escalation_thrown,   // at, node, type, name, code
  compensation_begun,  // at, node, type, name, undone (executions of the activities to be undone, in that order)
  disarmed,            // at, nodes – a scope no longer listens to these start events of event sub-processes
};

const char* to_string(EventKind kind);  // «task-completed»
std::optional<EventKind> event_kind_from(std::string_view word);

struct Event {
  EventKind kind = EventKind::instance_started;
  std::string instance;
  Instant time{};
  std::string actor;  // id; empty where time or the engine itself acted
  Map data;

  bool operator==(const Event&) const = default;
};

// {"kind","instance","time","actor","data"}, and back. Errors: unreadable.
Value to_value(const Event& event);
Event event_from_value(const Value& value);

}  // namespace vekha::workflow
