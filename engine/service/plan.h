// One roadmap of a case, as its process instances hold it: the plan's own instance and one for each item.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/value.h"
#include "office/office.h"
#include "roadmap/mark.h"
#include "workflow/instance.h"

namespace vekha::service {

struct PlanItem {
  roadmap::Progress progress;
  std::string instance;
  std::string subject;              // what the order that adopts it is about: the plan's key, or the item's own
  std::vector<std::string> people;  // ids of those who answer for it
  int position = 0;
  bool ended = false;
};

struct Plan {
  std::string id;
  Value roadmap;                // what the file said, without the items
  Map variables;                // of the plan's process
  std::vector<PlanItem> items;  // in the order of the plan
};

// What a new instance of an item's process is given: the item, its section, its checkpoints and who answers for it.
Map item_variables(const roadmap::Item& item, const roadmap::Section& section, const std::string& key, int position,
                   const office::Office& office);

// Puts a plan together from the states of its instances, whatever their order.
Plan plan_from(const std::string& id, const std::vector<workflow::Instance>& instances,
               const workflow::Library& library);

// The people of the office who are meant by the parties of an item: by name; else by post, for a group all who hold it.
// Empty where nobody is: then whoever holds the role may act.
std::vector<std::string> people_of(const std::vector<roadmap::Party>& parties, const office::Office& office);

}  // namespace vekha::service
