// A work bench for tests: definitions, instances in memory, services that answer, a clock that is set by hand. After
// every command it holds what is stored against what the events say and against its own JSON.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "workflow/decide.h"
#include "workflow/definition.h"

namespace vekha::workflow {

// One process without a diagram; `body` stands inside <process id="p">.
inline std::string bpmn(const std::string& body, const std::string& before = {}) {
  return "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
         "xmlns:vekha=\"urn:vekha:bpmn:1\">\n" +
         before + "<process id=\"p\" name=\"Проба\" isExecutable=\"true\">\n" + body + "\n</process></definitions>";
}
inline std::string flow(const std::string& from, const std::string& to) {
  return fmt::format("<sequenceFlow id=\"{0}-{1}\" sourceRef=\"{0}\" targetRef=\"{1}\"/>\n", from, to);
}
// A flow with a condition.
inline std::string flow_if(const std::string& from, const std::string& to, const std::string& condition) {
  return fmt::format(
      "<sequenceFlow id=\"{0}-{1}\" sourceRef=\"{0}\" targetRef=\"{1}\">"
      "<conditionExpression>{2}</conditionExpression></sequenceFlow>\n",
      from, to, condition);
}
// «a b c» joined by flows in a row.
inline std::string chain(const std::vector<std::string>& nodes) {
  std::string text;
  for (size_t i = 0; i + 1 < nodes.size(); ++i)
    text += flow(nodes[i], nodes[i + 1]);
  return text;
}

inline std::string node(const std::string& kind, const std::string& id) {
  return fmt::format("<{0} id=\"{1}\"/>\n", kind, id);
}
inline std::string script(const std::string& id, const std::string& text, const std::string& inside = {}) {
  return fmt::format("<scriptTask id=\"{}\" scriptFormat=\"application/feel\">{}<script>{}</script></scriptTask>\n", id,
                     inside, text);
}
// An event: event("boundaryEvent", "b", "signal", "signalRef=\"g\"", "attachedToRef=\"a\"").
inline std::string event(const std::string& kind, const std::string& id, const std::string& what,
                         const std::string& detail = {}, const std::string& attributes = {},
                         const std::string& inside = {}) {
  return fmt::format("<{0} id=\"{1}\" {4}><{2}EventDefinition {3}>{5}</{2}EventDefinition></{0}>\n", kind, id, what,
                     detail, attributes, inside);
}
inline std::string on(const std::string& activity, const std::string& more = {}) {
  return fmt::format("attachedToRef=\"{}\" {}", activity, more);
}
inline std::string sub(const std::string& id, const std::string& body, const std::string& attributes = {}) {
  return fmt::format("<subProcess id=\"{}\" {}>{}</subProcess>\n", id, attributes, body);
}
inline std::string condition(const std::string& text) { return "<condition>" + text + "</condition>"; }
inline const std::string by_event = "triggeredByEvent=\"true\"";
inline const std::string beside = "isInterrupting=\"false\"";
inline const std::string aside = "cancelActivity=\"false\"";

class Bench : public Services {
 public:
  explicit Bench(const std::string& xml) { add(xml, "проба.bpmn"); }
  Bench() = default;

  void add(const std::string& xml, const std::string& file) {
    const Loaded loaded = load(xml, file);
    for (const Diagnostic& diagnostic : loaded.diagnostics)
      if (diagnostic.severity == Severity::error) FAIL(to_text(diagnostic));
    library.add(loaded.definition);
  }

  // Does it and keeps the result; the refusal's sentence, or empty.
  std::string run(const Command& command) {
    Occasion occasion{now, actor, "Europe/Moscow"};
    last = {};
    Result result = transact(library, instances, command, occasion, *this);
    if (const Rejection* rejection = std::get_if<Rejection>(&result)) return rejection->message;
    last = std::move(std::get<Transition>(result));
    for (const Event& event : last.events)
      history[event.instance].push_back(event_from_value(parse_json(to_json(to_value(event)))));
    for (const Instance& instance : last.changed) {
      const std::string stored = to_json(to_value(instance));
      CHECK(to_json(to_value(replay(history[instance.id]))) == stored);
      CHECK(to_json(to_value(instance_from_value(parse_json(stored)))) == stored);
    }
    // Between any two commands everything is stopped, saved and loaded.
    for (Instance& instance : last.changed)
      instance = instance_from_value(parse_json(to_json(to_value(instance))));
    instances.keep(last);
    return {};
  }

  std::string start(const std::string& process, Map variables = {}) {
    const std::string refusal = run(StartProcess{process, std::move(variables)});
    REQUIRE(refusal == "");
    return last.started;
  }

  // The oldest open task of that node.
  const Task* task(const std::string& node) const {
    for (const Instance& instance : instances.all())
      for (const Task& open : instance.tasks)
        if (open.node == node) return &open;
    return nullptr;
  }
  size_t count(const std::string& node) const {
    size_t number = 0;
    for (const Instance& instance : instances.all())
      for (const Task& open : instance.tasks)
        number += open.node == node;
    return number;
  }
  std::string complete(const std::string& node, const std::string& outcome = {}, Map fields = {},
                       const std::string& reason = {}) {
    const Task* open = task(node);
    if (!open) return "нет задачи " + node;
    return run(CompleteTask{open->id, outcome, std::move(fields), reason});
  }
  void pass(std::chrono::seconds time) {
    now += time;
    CHECK(run(AdvanceTime{}) == "");
  }

  // The nodes done in the last transition, in order; what throws is done when it throws.
  std::string trace() const {
    std::string text;
    for (const Event& event : last.events) {
      const bool throws = event.kind == EventKind::signal_thrown || event.kind == EventKind::error_thrown ||
                          event.kind == EventKind::escalation_thrown;
      if (!throws && (event.kind != EventKind::left || event.data.contains("body") || event.data.contains("thrown")))
        continue;
      text += (text.empty() ? "" : " ") + event.data.find("node")->text();
    }
    return text;
  }
  std::string documents() const {
    std::string text;
    for (const WantedDocument& document : last.documents)
      text += (text.empty() ? "" : ", ") + document.name;
    return text;
  }
  const Instance& of(const std::string& id) const { return *instances.find(id); }
  std::string variable(const std::string& id, const std::string& name) const {
    const Value* value = of(id).variables().find(name);
    return value ? to_json(*value) : "нет";
  }

  std::variant<Map, Rejection> call(const std::string& name, const Map& inputs, const Instance&,
                                    const Occasion&) override {
    calls.emplace_back(name, inputs);
    const auto found = answers.find(name);
    return found == answers.end() ? std::variant<Map, Rejection>(Map{}) : found->second;
  }
  Value fact(const std::string& name, const Instance&) override { return facts.count(name) ? facts[name] : Value(); }

  Library library;
  MemoryInstances instances;
  Instant now = *parse_instant("2023-01-09T06:00:00Z");
  Actor actor{"ivanova", "Иванова А.С.", {}};
  Transition last;
  std::map<std::string, std::vector<Event>> history;
  std::vector<std::pair<std::string, Map>> calls;
  std::map<std::string, std::variant<Map, Rejection>> answers;
  std::map<std::string, Value> facts;
};

}  // namespace vekha::workflow
