// The plan's period, from the first source that names it: title, order, passport, the rows themselves.
#pragma once

#include <optional>
#include <string_view>

#include "ingest/doubts.h"
#include "ingest/front_matter.h"
#include "ingest/plan_table.h"

namespace vekha::ingest {

struct FoundPeriod {
  std::optional<Period> period;
  std::optional<Date> start;  // where only the beginning is known
};

FoundPeriod find_period(const FrontMatter& front, const PlanTable& plan, const Where& head, Doubts& doubts);

// «на 2023 год», «2020-2022 гг.», «на 2023/2024 учебный год»; a date or the number of a law is no period.
std::optional<Period> years_in(std::string_view text);

}  // namespace vekha::ingest
