// What stands around the table: the order with its requisites, the plan's title, its passport, notes, signatures.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/doubts.h"
#include "ingest/plan_table.h"
#include "roadmap/roadmap.h"

namespace vekha::ingest {

struct FrontMatter {
  std::string title;
  Where title_at;
  std::string organization;
  std::optional<roadmap::PrintedOrder> order;
  std::vector<roadmap::PassportRow> passport;
  std::vector<Where> passport_at;  // one a row
  std::vector<std::string> preface;
};

FrontMatter read_front_matter(const std::vector<Element>& elements, const PlanTable& plan, Doubts& doubts);

// «09.12.2022», «9 декабря 2022 г.» anywhere in the text.
std::optional<Date> find_date(std::string_view text);

}  // namespace vekha::ingest
