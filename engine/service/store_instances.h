// The process instances of a case, read from its store as they are asked for, with the versions they were read at.
#pragma once

#include <map>

#include "store/store.h"
#include "workflow/decide.h"

namespace vekha::service {

class StoreInstances final : public workflow::Instances {
 public:
  explicit StoreInstances(store::Store& store) : store_(store), first_id_(store.next_id()) {}

  std::optional<workflow::Instance> load(const std::string& id) override;
  std::vector<std::string> waiting(const std::string& message, const std::string* key) override;
  std::vector<std::string> due(Instant until) override;
  std::string new_id(const std::string& process) override;

  // 0 for an instance that is new.
  int64_t version(const std::string& id) const;
  int64_t first_id() const { return first_id_; }
  int64_t ids_used() const { return ids_used_; }

 private:
  store::Store& store_;
  int64_t first_id_;
  int64_t ids_used_ = 0;
  std::map<std::string, int64_t> versions_;
};

}  // namespace vekha::service
