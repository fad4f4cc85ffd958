// Gateways that wait for tokens before they pass.
#include <algorithm>

#include "workflow/check.h"
#include "workflow/machine.h"

namespace vekha::workflow {

// Passes the gateway once: all these tokens become one.
void Machine::pass_join(const std::vector<int>& tokens) {
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    const Node& node = node_of(*instance_.find(tokens[i]));
    emit(EventKind::left, departure(tokens[i], node));
  }
  leave(tokens.back());
}

void Machine::merge_parallel(int at, const Node& node) {
  const int scope = instance_.find(at)->parent;
  std::vector<int> tokens;
  for (const int flow : node.incoming) {
    const auto found =
        std::find_if(instance_.executions.begin(), instance_.executions.end(), [&](const Execution& execution) {
          return execution.parent == scope && execution.node == node.id && execution.flow == flow_at(flow).id;
        });
    if (found == instance_.executions.end()) return;
    tokens.push_back(found->id);
  }
  pass_join(tokens);
}

// An inclusive join goes on when no token of its scope can still come to a flow that has none.
// Source: BPMN 2.0.2, 13.4.3: a token is not waited for where it can also come to a flow that already has one.
bool Machine::fire_inclusive_join() {
  for (const Execution& waiting : instance_.executions) {
    if (waiting.node.empty()) continue;
    const Node& node = node_of(waiting);
    if (node.kind != NodeKind::inclusive_gateway || node.incoming.size() < 2) continue;
    const int gateway = index_of(node), scope = waiting.parent;
    std::vector<int> tokens, empty, filled;
    for (const int flow : node.incoming) {
      const auto found =
          std::find_if(instance_.executions.begin(), instance_.executions.end(), [&](const Execution& execution) {
            return execution.parent == scope && execution.node == node.id && execution.flow == flow_at(flow).id;
          });
      if (found == instance_.executions.end())
        empty.push_back(flow_at(flow).source);
      else
        tokens.push_back(found->id), filled.push_back(flow_at(flow).source);
    }
    const bool may_come =
        std::any_of(instance_.executions.begin(), instance_.executions.end(), [&](const Execution& other) {
          if (other.parent != scope || other.node == node.id) return false;
          const std::vector<bool> seen = reachable(*process_, {index_of(node_of(other))}, gateway);
          const auto comes = [&](int source) { return seen[static_cast<size_t>(source)]; };
          return std::any_of(empty.begin(), empty.end(), comes) && std::none_of(filled.begin(), filled.end(), comes);
        });
    if (may_come) continue;
    pass_join(tokens);
    return true;
  }
  return false;
}

}  // namespace vekha::workflow
