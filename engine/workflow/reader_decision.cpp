// Decision tables: a DMN `decisionTable` among the extension elements of a business rule task, whatever prefix and
// version of DMN it carries, by itself or inside its `decision`.
#include <fmt/format.h>

#include "base/text.h"
#include "workflow/reader.h"

namespace vekha::workflow {
namespace {

xml::Node child_named(xml::Node element, std::string_view local) {
  for (const xml::Node child : element.children())
    if (child.is_element() && child.local_name() == local) return child;
  return {};
}

std::vector<xml::Node> children_named(xml::Node element, std::string_view local) {
  std::vector<xml::Node> found;
  for (const xml::Node child : element.children())
    if (child.is_element() && child.local_name() == local) found.push_back(child);
  return found;
}

std::string text_of(xml::Node element) { return std::string(trim(child_named(element, "text").text())); }

std::optional<HitPolicy> policy_from(std::string_view text) {
  if (text.empty() || text == "UNIQUE") return HitPolicy::unique;
  if (text == "FIRST") return HitPolicy::first;
  if (text == "PRIORITY") return HitPolicy::priority;
  if (text == "ANY") return HitPolicy::any;
  if (text == "COLLECT") return HitPolicy::collect;
  if (text == "RULE ORDER") return HitPolicy::rule_order;
  if (text == "OUTPUT ORDER") return HitPolicy::output_order;
  return std::nullopt;
}

std::optional<Aggregation> aggregation_from(std::string_view text) {
  if (text.empty()) return Aggregation::none;
  if (text == "SUM") return Aggregation::sum;
  if (text == "MIN") return Aggregation::min;
  if (text == "MAX") return Aggregation::max;
  if (text == "COUNT") return Aggregation::count;
  return std::nullopt;
}

}  // namespace

void Reader::read_decision(xml::Node element, Node& node) {
  xml::Node table;
  for (const xml::Node extension : element.children("extensionElements")) {
    if (const xml::Node found = child_named(extension, "decisionTable")) table = found;
    if (const xml::Node found = child_named(child_named(extension, "decision"), "decisionTable")) table = found;
  }
  if (!table) return;
  DecisionTable result;
  const auto complain = [&](const std::string& what) {
    error("decision-table", element, fmt::format("Таблица решений {}: {}", title(element), what),
          "Исправьте decisionTable.");
  };
  const auto compiled = [&](const std::string& text, const char* what) {
    auto one = expression(text, element, what);
    return one ? std::move(*one) : feel::Expression();
  };
  const auto policy = policy_from(table.attribute("hitPolicy"));
  const auto aggregation = aggregation_from(table.attribute("aggregation"));
  if (!policy || !aggregation)
    complain(fmt::format("правило выбора «{} {}» не известно.", table.attribute("hitPolicy"),
                         table.attribute("aggregation")));
  result.policy = policy.value_or(HitPolicy::unique);
  result.aggregation = aggregation.value_or(Aggregation::none);
  for (const xml::Node input : children_named(table, "input"))
    result.inputs.push_back(compiled(text_of(child_named(input, "inputExpression")), "Вход таблицы решений"));
  for (const xml::Node output : children_named(table, "output")) {
    DecisionTable::Output one;
    one.name = fold_space(output.attribute("name"));
    if (one.name.empty()) complain("у выхода нет имени: задайте name.");
    const std::string values = text_of(child_named(output, "outputValues"));
    if (!values.empty()) one.values = list_of(values, element);
    const std::string otherwise = text_of(child_named(output, "defaultOutputEntry"));
    if (!otherwise.empty()) one.otherwise = compiled(otherwise, "Выход таблицы решений");
    result.outputs.push_back(std::move(one));
  }
  if (result.outputs.empty()) complain("в ней нет ни одного выхода (output).");
  int number = 0;
  for (const xml::Node row : children_named(table, "rule")) {
    ++number;
    DecisionTable::Rule rule;
    for (const xml::Node cell : children_named(row, "inputEntry")) {
      const std::string text = text_of(cell);
      if (feel::is_any_test(text)) {
        rule.inputs.emplace_back();
        continue;
      }
      feel::Compiled tests = feel::compile_tests(text);
      if (tests.fault)
        complain(fmt::format("проверка «{}» в правиле {} записана с ошибкой (столбец {}). {}", text, number,
                             tests.fault->column, tests.fault->message));
      rule.inputs.push_back(std::move(tests.expression));
    }
    for (const xml::Node cell : children_named(row, "outputEntry"))
      rule.outputs.push_back(compiled(text_of(cell).empty() ? "null" : text_of(cell), "Выход таблицы решений"));
    if (rule.inputs.size() != result.inputs.size() || rule.outputs.size() != result.outputs.size())
      complain(fmt::format("в правиле {} клеток не столько, сколько входов и выходов.", number));
    result.rules.push_back(std::move(rule));
  }
  if (result.aggregation != Aggregation::none && result.policy != HitPolicy::collect)
    complain("складывать и сравнивать (aggregation) можно только при hitPolicy=\"COLLECT\".");
  node.decision = std::move(result);
}

// «"высокий", "низкий"»: each by itself.
std::vector<feel::Expression> Reader::list_of(const std::string& text, xml::Node element) {
  std::vector<feel::Expression> values;
  bool quoted = false;
  size_t from = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '"') quoted = !quoted;
    if (i < text.size() && (text[i] != ',' || quoted)) continue;
    if (auto one = expression(text.substr(from, i - from), element, "Значения выхода"))
      values.push_back(std::move(*one));
    from = i + 1;
  }
  return values;
}

}  // namespace vekha::workflow
