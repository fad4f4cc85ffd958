#include "workflow/names_in_scope.h"

#include <algorithm>

namespace vekha::workflow {

const Value* Names::keep(std::string_view name, Value value) const {
  made_.emplace_back(std::string(name), std::move(value));
  return &made_.back().second;
}

const Value* Names::loop_number(const Execution& body, std::string_view name) const {
  if (!name.starts_with("numberOf")) return nullptr;
  int active = 0, last = -1;
  for (const Execution& execution : machine_.instance_.executions)
    if (execution.parent == body.id) ++active, last = execution.turn;
  const bool sequential = machine_.node_of(body).loop->sequential;
  if (name == "numberOfInstances") return keep(name, body.total);
  if (name == "numberOfActiveInstances") return keep(name, active);
  if (name == "numberOfCompletedInstances")
    return keep(name, sequential ? (active ? last : last + 1) : body.total - active);
  if (name == "numberOfTerminatedInstances") return keep(name, 0);  // while it runs, none is
  return nullptr;
}

const Value* Names::find(std::string_view name) const {
  if (local_)
    if (const Value* found = local_->find(name)) return found;
  for (const Execution* at = machine_.instance_.find(at_); at; at = machine_.instance_.find(at->parent)) {
    if (const Value* found = at->variables.find(name)) return found;
    if (at->body)
      if (const Value* found = loop_number(*at, name)) return found;
  }
  for (const auto& [known, value] : made_)
    if (known == name) return &value;
  const Instance& instance = machine_.instance_;
  if (name == "instance")
    return keep(name, Map{{"id", instance.id}, {"process", instance.process}, {"root", instance.root}});
  if (name == "moment") return keep(name, to_iso(machine_.work_.occasion.now));
  if (name == "actor") return keep(name, machine_.actor());
  for (const Declaration& fact : machine_.process_->facts)
    if (fact.name == name) return keep(name, plain(machine_.work_.services.fact(fact.name, instance)));
  return nullptr;
}

}  // namespace vekha::workflow
