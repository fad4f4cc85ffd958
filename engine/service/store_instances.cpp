#include "service/store_instances.h"

#include <algorithm>

namespace vekha::service {

std::optional<workflow::Instance> StoreInstances::load(const std::string& id) {
  const auto row = store_.instance(id);
  if (!row) return std::nullopt;
  versions_[id] = row->version;
  return workflow::instance_from_value(row->state);
}

std::vector<std::string> StoreInstances::waiting(const std::string& message, const std::string* key) {
  std::vector<std::string> ids;
  for (const store::SubscriptionRow& row : store_.subscriptions(message, key))
    if (std::find(ids.begin(), ids.end(), row.instance) == ids.end()) ids.push_back(row.instance);
  return ids;
}

std::vector<std::string> StoreInstances::due(Instant until) {
  std::vector<std::string> ids;
  for (const store::TimerRow& row : store_.timers_due(until))
    if (std::find(ids.begin(), ids.end(), row.instance) == ids.end()) ids.push_back(row.instance);
  return ids;
}

std::string StoreInstances::next_id() const { return std::to_string(first_id_ + ids_used_); }

std::string StoreInstances::new_id(const std::string&) {
  std::string id = next_id();
  ++ids_used_;
  return id;
}

int64_t StoreInstances::version(const std::string& id) const {
  const auto known = versions_.find(id);
  return known == versions_.end() ? 0 : known->second;
}

}  // namespace vekha::service
