// One transition from the command to the stored bytes: decided, its papers made, committed. Nothing is kept unless all
// is.
#pragma once

#include <map>
#include <vector>

#include "office/office.h"
#include "service/case.h"
#include "service/papers.h"
#include "service/plan.h"
#include "service/store_instances.h"
#include "store/store.h"
#include "workflow/decide.h"

namespace vekha::service {

class Transition {
 public:
  struct Around {
    store::Store& store;
    const workflow::Library& library;
    const office::Office& office;
    Papers& papers;
    Instant now;
  };

  explicit Transition(Around around);

  // nullopt when somebody else was faster: decide anew. Errors: refused, not_found or conflict, with the sentence of a
  // Rejection; faulty, for a template that does not fit; environment. Nothing has happened then.
  std::optional<Receipt> make(const workflow::Command& command, const workflow::Actor& actor, const Besides& besides);

 private:
  std::string plan_of(const workflow::Instance& instance);
  Plan plan_before(const workflow::Instance& instance);
  Plan plan_after(const std::string& id, const std::vector<workflow::Instance>& changed);
  std::vector<store::DocumentRow> make_papers(workflow::Transition& done,
                                              const std::vector<store::RegisterRow>& registered,
                                              const workflow::Actor& actor, Receipt& receipt);
  store::InstanceRow row_of(const workflow::Instance& instance);
  void add_waiting(store::Commit& commit, const workflow::Instance& instance, Receipt& receipt);

  Around around_;
  Date today_;
  StoreInstances instances_;
  std::map<std::string, std::string> plans_;  // by instance
};

}  // namespace vekha::service
