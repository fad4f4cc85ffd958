#include "workflow/picture.h"

#include <map>

#include "workflow/timing.h"

namespace vekha::workflow {
namespace {

// A bare day ends at midnight: what is due on it is late the day after.
bool is_overdue(const Value& due, Instant now, const std::string& zone) {
  if (due.is_null()) return false;
  if (const auto date = due.date()) {
    const auto midnight = parse_due(to_iso(add_days(*date, 1)), zone);
    return midnight && now >= *midnight;
  }
  const auto at = parse_due(due.text(), zone);
  return at && now > *at;
}

}  // namespace

std::vector<NodePicture> picture(const Instance& instance, const std::vector<Event>& events, Instant now,
                                 const std::string& zone) {
  std::vector<NodePicture> nodes;
  std::map<std::string, size_t> index;
  const auto at = [&](const std::string& node) -> NodePicture& {
    const auto [known, is_new] = index.emplace(node, nodes.size());
    if (is_new) nodes.push_back({node, 0, 0, false});
    return nodes[known->second];
  };
  for (const Event& event : events) {
    if (event.kind != EventKind::entered && event.kind != EventKind::left) continue;
    NodePicture& node = at(event.data.find("node")->text());
    node.passes += event.kind == EventKind::left && !event.data.contains("body");
  }
  for (const Execution& execution : instance.executions)
    if (!execution.node.empty() && !execution.body) ++at(execution.node).open;
  for (const Task& task : instance.tasks)
    if (is_overdue(task.due, now, zone)) at(task.node).overdue = true;
  return nodes;
}

}  // namespace vekha::workflow
