// The live picture of a process: what a diagram shows at each element.
#pragma once

#include <string>
#include <vector>

#include "workflow/instance.h"

namespace vekha::workflow {

struct NodePicture {
  std::string node;
  int passes = 0;  // how often it was done; of a repeated activity every turn
  int open = 0;    // tokens that stand there now
  bool overdue = false;
};

// Of every element that was come to, in the order in which that happened first. `events` are those of this one
// instance.
std::vector<NodePicture> picture(const Instance& instance, const std::vector<Event>& events, Instant now,
                                 const std::string& zone);

}  // namespace vekha::workflow
