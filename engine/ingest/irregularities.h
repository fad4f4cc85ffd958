// What a careful reader notices in a plan that has been read: gaps in the numbers, words twice, quotes left open, one
// party in many spellings. Nothing is mended.
#pragma once

#include "ingest/doubts.h"
#include "ingest/front_matter.h"
#include "ingest/plan_table.h"
#include "roadmap/roadmap.h"

namespace vekha::ingest {

// `draft` and `roadmap` are the same items before and after their cells got a meaning.
void find_irregularities(const PlanTable& draft, const FrontMatter& front, const roadmap::Roadmap& roadmap,
                         Doubts& doubts);

// Papers that write the Latin letter N for «№», and lists with bullets of two kinds.
void find_typing_habits(const std::vector<Element>& elements, Doubts& doubts);

}  // namespace vekha::ingest
