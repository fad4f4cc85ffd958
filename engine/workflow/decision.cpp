#include "workflow/decision.h"

#include <fmt/format.h>

#include <algorithm>

namespace vekha::workflow {
namespace {

// The position of a value among those that the output lists, the most important first.
size_t rank(const DecisionTable::Output& output, const Value& value, const Evaluate& evaluate) {
  size_t place = 0;
  for (const feel::Expression& known : output.values) {
    if (evaluate(known, nullptr).value == value) break;
    ++place;
  }
  return place;
}

std::variant<Value, std::string> aggregated(Aggregation aggregation, const List& values) {
  if (aggregation == Aggregation::count) return Value(values.size());
  Value result;
  for (const Value& value : values) {
    const Decimal* number = value.get_if<Decimal>();
    if (!number) return std::string("сложить и сравнить можно только числа.");
    const Decimal* so_far = result.get_if<Decimal>();
    if (!so_far)
      result = *number;
    else if (aggregation == Aggregation::sum)
      result = *so_far + *number;
    else if (aggregation == Aggregation::min ? *number < *so_far : *so_far < *number)
      result = *number;
  }
  return result;
}

}  // namespace

std::variant<Map, std::string> decide(const DecisionTable& table, const Evaluate& evaluate) {
  std::vector<Map> inputs;
  for (const feel::Expression& input : table.inputs)
    inputs.push_back(Map{{"?", evaluate(input, nullptr).value}});
  std::vector<size_t> hits;
  std::vector<Map> answers;
  for (size_t r = 0; r < table.rules.size(); ++r) {
    const DecisionTable::Rule& rule = table.rules[r];
    bool fits = true;
    for (size_t i = 0; i < inputs.size() && fits; ++i)
      fits = !rule.inputs[i] || evaluate(*rule.inputs[i], &inputs[i]).value.truth();
    if (!fits) continue;
    Map answer;
    for (size_t i = 0; i < table.outputs.size(); ++i)
      answer.set(table.outputs[i].name, evaluate(rule.outputs[i], nullptr).value);
    hits.push_back(r);
    answers.push_back(std::move(answer));
    if (table.policy == HitPolicy::first) break;
  }
  const bool collects = table.policy == HitPolicy::collect || table.policy == HitPolicy::rule_order ||
                        table.policy == HitPolicy::output_order;
  if (answers.empty() && !collects) {
    Map answer;
    for (const DecisionTable::Output& output : table.outputs)
      answer.set(output.name, output.otherwise ? evaluate(*output.otherwise, nullptr).value : Value());
    return answer;
  }
  if (table.policy == HitPolicy::unique && hits.size() > 1)
    return fmt::format("подходят сразу правила {} и {}, а должно одно.", hits[0] + 1, hits[1] + 1);
  if (table.policy == HitPolicy::any)
    for (size_t i = 1; i < answers.size(); ++i)
      if (!(answers[i] == answers[0]))
        return fmt::format("правила {} и {} подходят оба, а отвечают разное.", hits[0] + 1, hits[i] + 1);
  if (table.policy == HitPolicy::priority || table.policy == HitPolicy::output_order)
    std::stable_sort(answers.begin(), answers.end(), [&](const Map& a, const Map& b) {
      for (const DecisionTable::Output& output : table.outputs) {
        const size_t x = rank(output, *a.find(output.name), evaluate), y = rank(output, *b.find(output.name), evaluate);
        if (x != y) return x < y;
      }
      return false;
    });
  if (!collects) return answers[0];
  Map answer;
  for (const DecisionTable::Output& output : table.outputs) {
    List values;
    for (const Map& one : answers)
      values.push_back(*one.find(output.name));
    if (table.aggregation == Aggregation::none) {
      answer.set(output.name, std::move(values));
      continue;
    }
    auto number = aggregated(table.aggregation, values);
    if (std::string* complaint = std::get_if<std::string>(&number)) return std::move(*complaint);
    answer.set(output.name, std::move(std::get<Value>(number)));
  }
  return answer;
}

}  // namespace vekha::workflow
