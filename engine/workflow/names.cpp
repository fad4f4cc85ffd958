// What elements and events are called in BPMN, in JSON and in Russian.
#include <array>

#include "workflow/definition.h"
#include "workflow/event.h"
#include "workflow/instance.h"

namespace vekha::workflow {
namespace {

struct NodeName {
  const char* element;
  const char* russian;
};

constexpr std::array<NodeName, 19> node_names = {{
    {"startEvent", "начальное событие"},
    {"endEvent", "конечное событие"},
    {"intermediateCatchEvent", "событие-ожидание"},
    {"intermediateThrowEvent", "событие-действие"},
    {"boundaryEvent", "граничное событие"},
    {"task", "задача"},
    {"userTask", "задача человека"},
    {"manualTask", "ручная задача"},
    {"scriptTask", "задача-сценарий"},
    {"businessRuleTask", "задача-решение"},
    {"serviceTask", "задача-услуга"},
    {"sendTask", "задача-отправка"},
    {"receiveTask", "задача-получение"},
    {"subProcess", "подпроцесс"},
    {"callActivity", "вызов процесса"},
    {"exclusiveGateway", "шлюз «или»"},
    {"parallelGateway", "параллельный шлюз"},
    {"inclusiveGateway", "шлюз «и/или»"},
    {"eventBasedGateway", "шлюз по событиям"},
}};

constexpr std::array<const char*, 30> event_names = {
    "instance-started",   "instance-ended",  "entered",          "left",
    "cancelled",          "variables-set",   "collected",        "task-created",
    "task-claimed",       "task-reassigned", "task-completed",   "timer-set",
    "timer-fired",        "message-awaited", "message-received", "message-thrown",
    "call-started",       "call-returned",   "service-done",     "document-wanted",
    "signal-awaited",     "signal-received", "signal-thrown",    "condition-awaited",
    "condition-changed",  "condition-met",   "error-thrown",     "escalation-thrown",
    "compensation-begun", "disarmed",
};

constexpr std::array<const char*, 5> status_names = {"active", "completed", "terminated", "failed", "cancelled"};

}  // namespace

const char* element_name(NodeKind kind) { return node_names[static_cast<size_t>(kind)].element; }
const char* russian_name(NodeKind kind) { return node_names[static_cast<size_t>(kind)].russian; }

const char* to_string(EventKind kind) { return event_names[static_cast<size_t>(kind)]; }

std::optional<EventKind> event_kind_from(std::string_view word) {
  for (size_t i = 0; i < event_names.size(); ++i)
    if (word == event_names[i]) return static_cast<EventKind>(i);
  return std::nullopt;
}

const char* to_string(Status status) { return status_names[static_cast<size_t>(status)]; }

std::optional<Status> status_from(std::string_view word) {
  for (size_t i = 0; i < status_names.size(); ++i)
    if (word == status_names[i]) return static_cast<Status>(i);
  return std::nullopt;
}

}  // namespace vekha::workflow
