// Business rule tasks with DMN decision tables.
#include "bench.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

std::string rule(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs) {
  std::string text = "<d:rule>";
  for (const std::string& cell : inputs)
    text += "<d:inputEntry><d:text>" + cell + "</d:text></d:inputEntry>";
  for (const std::string& cell : outputs)
    text += "<d:outputEntry><d:text>" + cell + "</d:text></d:outputEntry>";
  return text + "</d:rule>";
}
std::string table(const std::string& attributes, const std::string& inside) {
  return "<startEvent id=\"s\"/><businessRuleTask id=\"a\" name=\"Вид закупки\"><extensionElements><d:decision "
         "xmlns:d=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"x\"><d:decisionTable " +
         attributes + ">" + inside + "</d:decisionTable></d:decision></extensionElements></businessRuleTask>" +
         flow("s", "a");
}
std::string input(const std::string& text) {
  return "<d:input><d:inputExpression><d:text>" + text + "</d:text></d:inputExpression></d:input>";
}
std::string output(const std::string& name, const std::string& inside = {}) {
  return "<d:output name=\"" + name + "\">" + inside + "</d:output>";
}

const std::string by_sum = input("sum") + output("kind") + rule({"&lt; 100"}, {"\"малая\""}) +
                           rule({"[100..600]"}, {"\"обычная\""}) + rule({"&gt;= 600"}, {"\"крупная\""});

std::string kind(const std::string& xml, Map variables, const std::string& name = "kind") {
  Bench bench(bpmn(xml));
  const std::string refusal = bench.run(StartProcess{"p", std::move(variables)});
  return refusal.empty() ? bench.variable(bench.last.started, name) : refusal;
}

}  // namespace

TEST_CASE("a table sets the outputs of the rule that fits") {
  CHECK(kind(table("", by_sum), {{"sum", 50}}) == "\"малая\"");
  CHECK(kind(table("", by_sum), {{"sum", 100}}) == "\"обычная\"");
  CHECK(kind(table("", by_sum), {{"sum", 700}}) == "\"крупная\"");
  CHECK(kind(table("", by_sum), {{"sum", "много"}}) == "null");
}

TEST_CASE("rules that contradict each other fail where only one may fit") {
  CHECK(kind(table("hitPolicy=\"UNIQUE\"", by_sum), {{"sum", 600}}) ==
        "Таблица решений «Вид закупки»: подходят сразу правила 2 и 3, а должно одно.");
  CHECK(kind(table("hitPolicy=\"ANY\"", by_sum), {{"sum", 600}}) ==
        "Таблица решений «Вид закупки»: правила 2 и 3 подходят оба, а отвечают разное.");
  CHECK(kind(table("hitPolicy=\"FIRST\"", by_sum), {{"sum", 600}}) == "\"обычная\"");
}

TEST_CASE("the most important output goes first, several are collected, added or counted") {
  const std::string ranked = input("n") +
                             output("kind", "<d:outputValues><d:text>\"а, б\", \"в\"</d:text></d:outputValues>") +
                             rule({"&gt; 0"}, {"\"в\""}) + rule({"&gt; 1"}, {"\"а, б\""});
  CHECK(kind(table("hitPolicy=\"PRIORITY\"", ranked), {{"n", 2}}) == "\"а, б\"");
  CHECK(kind(table("hitPolicy=\"OUTPUT ORDER\"", ranked), {{"n", 2}}) == "[\"а, б\",\"в\"]");
  CHECK(kind(table("hitPolicy=\"RULE ORDER\"", ranked), {{"n", 2}}) == "[\"в\",\"а, б\"]");
  CHECK(kind(table("hitPolicy=\"COLLECT\"", ranked), {{"n", 0}}) == "[]");
  const std::string fees = input("n") + output("kind") + rule({"&gt; 0"}, {"10"}) + rule({"&gt; 1"}, {"n * 2"});
  CHECK(kind(table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", fees), {{"n", 4}}) == "18");
  CHECK(kind(table("hitPolicy=\"COLLECT\" aggregation=\"MIN\"", fees), {{"n", 4}}) == "8");
  CHECK(kind(table("hitPolicy=\"COLLECT\" aggregation=\"MAX\"", fees), {{"n", 4}}) == "10");
  CHECK(kind(table("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", fees), {{"n", 4}}) == "2");
  CHECK(kind(table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", ranked), {{"n", 4}}) ==
        "Таблица решений «Вид закупки»: сложить и сравнить можно только числа.");
}

TEST_CASE("cells test lists, ranges, negations and expressions over «?»; «-» fits anything") {
  const std::string cells =
      input("place") + input("n") + output("kind") + rule({"\"школа\", \"сад\"", "not(1, 2)"}, {"1"}) +
      rule({"starts with(?, \"ДОУ\")", "-"}, {"2"}) + rule({"-", "]1..3["}, {"3"}) + rule({"", "? * 2 = 20"}, {"4"});
  const std::string first = table("hitPolicy=\"FIRST\"", cells);
  CHECK(kind(first, {{"place", "сад"}, {"n", 5}}) == "1");
  CHECK(kind(first, {{"place", "ДОУ 3"}, {"n", 1}}) == "2");
  CHECK(kind(first, {{"place", "школа"}, {"n", 2}}) == "3");
  CHECK(kind(first, {{"place", "клуб"}, {"n", 10}}) == "4");
  CHECK(kind(first, {{"place", "клуб"}, {"n", 11}}) == "null");
}

TEST_CASE("an output may have an answer for when no rule fits; outputs of the task say what is kept") {
  const std::string otherwise = input("n") +
                                output("kind", "<d:defaultOutputEntry><d:text>0</d:text></d:defaultOutputEntry>") +
                                rule({"1"}, {"5"});
  CHECK(kind(table("", otherwise), {{"n", 2}}) == "0");
  CHECK(kind(table("", otherwise), {{"n", 1}}) == "5");
  std::string mapped = table("", otherwise);
  mapped.replace(mapped.find("<extensionElements>"), 19,
                 "<extensionElements><vekha:output name=\"price\" value=\"=kind * 2\"/>");
  CHECK(kind(mapped, {{"n", 1}}, "price") == "10");
  CHECK(kind(mapped, {{"n", 1}}) == "нет");
}

TEST_CASE("a faulty table is refused when the file is loaded") {
  const auto complaint = [](const std::string& xml) { return load(bpmn(xml), "п.bpmn").diagnostics.at(0).message; };
  CHECK(complaint(table("hitPolicy=\"LAST\"", by_sum)) ==
        "Таблица решений «Вид закупки»: правило выбора «LAST » не известно.");
  CHECK(complaint(table("", input("n"))) == "Таблица решений «Вид закупки»: в ней нет ни одного выхода (output).");
  CHECK(complaint(table("", input("n") + output("k") + rule({}, {"1"}))) ==
        "Таблица решений «Вид закупки»: в правиле 1 клеток не столько, сколько входов и выходов.");
  CHECK(complaint(table("", input("n") + output("k") + rule({"&lt;"}, {"1"}))) ==
        "Таблица решений «Вид закупки»: проверка «<» в правиле 1 записана с ошибкой (столбец 2). Здесь ожидается "
        "значение, а выражение кончилось.");
  CHECK(complaint("<startEvent id=\"s\"/><businessRuleTask id=\"a\"/>" + flow("s", "a")) ==
        "В задаче-решении «a» нет таблицы решений.");
}
