#include "service/store_instances.h"

#include <set>

namespace vekha::service {

std::optional<workflow::Instance> StoreInstances::load(const std::string& id) {
  const auto row = store_.instance(id);
  if (!row) return std::nullopt;
  versions_[id] = row->version;
  return workflow::instance_from_value(row->state);
}

std::vector<std::string> StoreInstances::waiting(const std::string& message, const std::string* key) {
  std::vector<std::string> ids;
  std::set<std::string> seen;
  for (const store::SubscriptionRow& row : store_.subscriptions(message, key))
    if (seen.insert(row.instance).second) ids.push_back(row.instance);
  return ids;
}

std::vector<std::string> StoreInstances::due(Instant until) {
  constexpr size_t batch = 500;  // the earliest; what is left comes with the next command
  std::vector<std::string> ids;
  std::set<std::string> seen;
  for (const store::TimerRow& row : store_.timers_due(until)) {
    if (ids.size() == batch) break;
    if (seen.insert(row.instance).second) ids.push_back(row.instance);
  }
  return ids;
}

std::string StoreInstances::new_id(const std::string&) {
  // A letter before the number, so that nobody takes a task «з12.1» for the item 12.1.
  return "з" + std::to_string(first_id_ + ids_used_++);
}

int64_t StoreInstances::version(const std::string& id) const {
  const auto known = versions_.find(id);
  return known == versions_.end() ? 0 : known->second;
}

}  // namespace vekha::service
