// FEEL decision tables, carried by business rule tasks as a DMN `decisionTable` among their extension elements.
// Source: DMN 1.4, chapter 8.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/value.h"
#include "feel/feel.h"

namespace vekha::workflow {

enum class HitPolicy { unique, first, priority, any, collect, rule_order, output_order };
enum class Aggregation { none, sum, min, max, count };

struct DecisionTable {
  struct Output {
    std::string name;
    std::vector<feel::Expression> values;       // outputValues, the most important first
    std::optional<feel::Expression> otherwise;  // defaultOutputEntry
  };
  struct Rule {
    std::vector<std::optional<feel::Expression>> inputs;  // unary tests; nullopt = «-», any value
    std::vector<feel::Expression> outputs;
  };

  HitPolicy policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<feel::Expression> inputs;
  std::vector<Output> outputs;
  std::vector<Rule> rules;
};

// How an expression is evaluated in its place, with further names over those it sees there.
using Evaluate = std::function<feel::Result(const feel::Expression&, const Map*)>;

// The outputs by name: null where no rule fits and nothing stands in for it; lists where the policy collects.
// The text is a Russian sentence: rules that contradict each other, a number that cannot be counted.
std::variant<Map, std::string> decide(const DecisionTable& table, const Evaluate& evaluate);

}  // namespace vekha::workflow
