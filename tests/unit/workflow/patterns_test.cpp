// The 43 control-flow patterns: those that are supported run, those that are refused are refused by name. The table in
// engine/workflow/README.md names them.
// Source: N. Russell, A. ter Hofstede, W. van der Aalst, N. Mulyar, Workflow Control-Flow Patterns: A Revised View,
// 2006.
#include "bench.h"
#include "workflow/run.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

const std::string start = "<startEvent id=\"s\"/>";
const std::string before =
    "<message id=\"m\" name=\"Весть\"/><signal id=\"g\" name=\"Тревога\"/><escalation id=\"es\" "
    "escalationCode=\"S1\"/>";

std::string tasks(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids)
    text += node("task", id);
  return text;
}
std::string users(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids)
    text += node("userTask", id);
  return text;
}
std::string many(const std::string& inside) {
  return "<multiInstanceLoopCharacteristics>" + inside + "</multiInstanceLoopCharacteristics>";
}
std::string trace_of(const std::string& body, Map variables = {}) {
  Bench bench(bpmn(body, before));
  const std::string id = bench.start("p", std::move(variables));
  CHECK(bench.of(id).status != Status::active);
  return bench.trace();
}
void refused(const std::string& node, const std::string& sentence) {
  const Map answer = run_file(bpmn(start + node), "п.bpmn", "", {}, {}).map();
  CHECK(answer.find("status")->text() == "refused");
  CHECK(answer.find("error")->text() == sentence);
}

}  // namespace

TEST_CASE("pattern 1, sequence") { CHECK(trace_of(start + tasks({"a", "b"}) + chain({"s", "a", "b"})) == "s a b"); }

TEST_CASE("patterns 2 and 3, parallel split and synchronization") {
  CHECK(trace_of(start + tasks({"a", "b", "c"}) + node("parallelGateway", "f") + node("parallelGateway", "j") +
                 chain({"s", "f", "a", "j", "c"}) + chain({"f", "b", "j"})) == "s f a b j j c");
}

TEST_CASE("patterns 4 and 5, exclusive choice and simple merge") {
  const std::string body = start + "<exclusiveGateway id=\"x\" default=\"x-b\"/>" + node("exclusiveGateway", "y") +
                           tasks({"a", "b", "c"}) + flow("s", "x") + flow_if("x", "a", "n = 1") + flow("x", "b") +
                           chain({"a", "y", "c"}) + flow("b", "y");
  CHECK(trace_of(body, {{"n", 1}}) == "s x a y c");
  CHECK(trace_of(body, {{"n", 2}}) == "s x b y c");
}

TEST_CASE("patterns 6 and 7, multi-choice and structured synchronizing merge") {
  const std::string body = start + node("inclusiveGateway", "o") + node("inclusiveGateway", "j") +
                           tasks({"a", "b", "c"}) + flow("s", "o") + flow_if("o", "a", "n &lt; 3") +
                           flow_if("o", "b", "n &gt; 1") + chain({"a", "j", "c"}) + flow("b", "j");
  CHECK(trace_of(body, {{"n", 1}}) == "s o a j c");
  CHECK(trace_of(body, {{"n", 2}}) == "s o a b j j c");
  CHECK(trace_of(body, {{"n", 3}}) == "s o b j c");
}

TEST_CASE("pattern 8, multi-merge: what follows runs once for each token") {
  CHECK(trace_of(start + node("parallelGateway", "f") + node("exclusiveGateway", "y") + tasks({"a", "b", "c"}) +
                 chain({"s", "f", "a", "y", "c"}) + chain({"f", "b", "y"})) == "s f a b y y c c");
}

TEST_CASE("pattern 10, arbitrary cycles: two ways into the loop and two out of it") {
  const std::string body = start + "<exclusiveGateway id=\"x1\" default=\"x1-a\"/>" + node("exclusiveGateway", "m1") +
                           node("exclusiveGateway", "m2") + "<exclusiveGateway id=\"x2\" default=\"x2-m2\"/>" +
                           "<exclusiveGateway id=\"x3\" default=\"x3-m1\"/>" + script("a", "{ n: n + 1 }") +
                           script("b", "{ n: n + 1 }") + tasks({"out1", "out2"}) + flow("s", "x1") +
                           flow_if("x1", "m2", "n = 1") + flow("x1", "a") + flow("a", "m1") + flow("m1", "x2") +
                           flow_if("x2", "out1", "n &gt; 3") + flow("x2", "m2") + chain({"m2", "b", "x3"}) +
                           flow_if("x3", "out2", "n &gt; 3") + flow("x3", "m1");
  CHECK(trace_of(body, {{"n", 0}}) == "s x1 a m1 x2 m2 b x3 m1 x2 m2 b x3 m1 x2 m2 b x3 out2");
  CHECK(trace_of(body, {{"n", 1}}) == "s x1 m2 b x3 m1 x2 m2 b x3 m1 x2 m2 b x3 out2");
}

TEST_CASE("pattern 11, implicit termination: done when nothing is left to do") {
  Bench bench(bpmn(start + node("parallelGateway", "f") + users({"a", "b"}) + flow("s", "f") + flow("f", "a") +
                   flow("f", "b")));
  const std::string id = bench.start("p");
  CHECK(bench.complete("a") == "");
  CHECK(bench.of(id).status == Status::active);
  CHECK(bench.complete("b") == "");
  CHECK(bench.of(id).status == Status::completed);
}

TEST_CASE("pattern 12, multiple instances without synchronization: a message starts each, nobody waits for them") {
  Bench bench(bpmn(start + "<sendTask id=\"a\" messageRef=\"m\">" + many("<loopCardinality>3</loopCardinality>") +
                       "</sendTask>" + tasks({"b"}) + chain({"s", "a", "b"}),
                   before + "<process id=\"q\">" + event("startEvent", "qs", "message", "messageRef=\"m\"") +
                       users({"w"}) + flow("qs", "w") + "</process>"));
  const std::string id = bench.start("p");
  CHECK(bench.of(id).status == Status::completed);
  CHECK(bench.count("w") == 3);
}

TEST_CASE("patterns 13 and 14, a number of instances known when it is drawn, or when it begins") {
  const auto body = [](const std::string& number) {
    return start + "<task id=\"a\">" + many("<loopCardinality>" + number + "</loopCardinality>") + "</task>" +
           tasks({"b"}) + chain({"s", "a", "b"});
  };
  CHECK(trace_of(body("3")) == "s a a a b");
  CHECK(trace_of(body("n"), {{"n", 2}}) == "s a a b");
}

TEST_CASE("pattern 15, instances added while others run: an event sub-process beside, all waited for") {
  const std::string more = sub(
      "h", event("startEvent", "hs", "message", "messageRef=\"m\"", beside) + users({"extra"}) + flow("hs", "extra"),
      by_event);
  Bench bench(bpmn(start + sub("u", "<startEvent id=\"us\"/>" + users({"a"}) + flow("us", "a") + more) +
                       tasks({"after"}) + chain({"s", "u", "after"}),
                   before));
  bench.start("p");
  CHECK(bench.run(DeliverMessage{"Весть", std::nullopt, {}}) == "");
  CHECK(bench.complete("a") == "");
  CHECK(bench.trace() == "a");
  CHECK(bench.complete("extra") == "");
  CHECK(bench.trace() == "extra h u after");
}

TEST_CASE("pattern 16, deferred choice: what happens first decides") {
  Bench bench(bpmn(start + node("eventBasedGateway", "gw") +
                       event("intermediateCatchEvent", "c1", "message", "messageRef=\"m\"") +
                       event("intermediateCatchEvent", "c2", "signal", "signalRef=\"g\"") + tasks({"a", "b"}) +
                       chain({"s", "gw", "c1", "a"}) + chain({"gw", "c2", "b"}),
                   before));
  bench.start("p");
  CHECK(bench.run(BroadcastSignal{"Тревога", {}}) == "");
  CHECK(bench.trace() == "gw c2 b");
}

TEST_CASE("patterns 19, 25 and 26, an activity, a region or all instances cancelled by an event at the boundary") {
  const auto cancelled = [](const std::string& activity) {
    Bench bench(bpmn(start + activity + event("boundaryEvent", "b", "signal", "signalRef=\"g\"", on("a")) +
                         tasks({"instead", "after"}) + chain({"s", "a", "after"}) + flow("b", "instead"),
                     before));
    const std::string id = bench.start("p");
    CHECK(bench.run(BroadcastSignal{"Тревога", {}}) == "");
    CHECK(bench.of(id).status == Status::completed);
    return bench.trace();
  };
  CHECK(cancelled(users({"a"})) == "b instead");
  CHECK(cancelled(sub("a", users({"x", "y"}))) == "b instead");
  CHECK(cancelled("<userTask id=\"a\">" + many("<loopCardinality>3</loopCardinality>") + "</userTask>") == "b instead");
}

TEST_CASE("patterns 20 and 43, cancel case and explicit termination: a terminate end stops everything") {
  Bench bench(bpmn(start + node("parallelGateway", "f") + users({"a", "b"}) + event("endEvent", "x", "terminate") +
                   chain({"s", "f", "a"}) + chain({"f", "b", "x"})));
  const std::string id = bench.start("p");
  CHECK(bench.complete("b") == "");
  CHECK(bench.of(id).status == Status::terminated);
  CHECK(bench.count("a") == 0);
}

TEST_CASE("pattern 21, structured loop, tested before or after") {
  const auto body = [](const std::string& attributes, const std::string& condition) {
    return start +
           script("a", "{ n: n + 1 }",
                  "<standardLoopCharacteristics " + attributes + "><loopCondition>" + condition +
                      "</loopCondition></standardLoopCharacteristics>") +
           tasks({"b"}) + chain({"s", "a", "b"});
  };
  CHECK(trace_of(body("", "n &lt; 2"), {{"n", 0}}) == "s a a b");
  CHECK(trace_of(body("", "false"), {{"n", 0}}) == "s a b");
  CHECK(trace_of(body("testBefore=\"true\"", "n &lt; 2"), {{"n", 0}}) == "s a a b");
  CHECK(trace_of(body("testBefore=\"true\"", "false"), {{"n", 0}}) == "s b");
  CHECK(trace_of(body("loopMaximum=\"3\"", "true"), {{"n", 0}}) == "s a a a b");
  CHECK(trace_of(body("loopMaximum=\"0\" testBefore=\"true\"", "true"), {{"n", 0}}) == "s b");
  CHECK(trace_of(body("", "loopCounter &lt; 2"), {{"n", 0}}) == "s a a b");
}

TEST_CASE("pattern 22, recursion: a process calls itself") {
  Bench bench(bpmn(start +
                   "<exclusiveGateway id=\"x\" default=\"x-e\"/><callActivity id=\"c\" calledElement=\"p\">"
                   "<extensionElements><vekha:input name=\"n\" value=\"=n - 1\"/></extensionElements></callActivity>" +
                   node("endEvent", "e") + flow("s", "x") + flow_if("x", "c", "n &gt; 0") + flow("x", "e") +
                   flow("c", "e")));
  bench.start("p", {{"n", 2}});
  CHECK(bench.trace() == "s x s x s x e c e c e");
  CHECK(bench.run(StartProcess{"p", {{"n", 5000}}}) == "Процессы вызывают друг друга глубже 1000 уровней.");
}

TEST_CASE("pattern 23, transient trigger: a signal that nobody waits for is lost") {
  Bench bench(bpmn(
      start + users({"a"}) + event("intermediateCatchEvent", "c", "signal", "signalRef=\"g\"") + chain({"s", "a", "c"}),
      before));
  const std::string id = bench.start("p");
  CHECK(bench.run(BroadcastSignal{"Тревога", {}}) == "Сигнала «Тревога» сейчас никто не ждёт.");
  CHECK(bench.complete("a") == "");
  CHECK(bench.of(id).status == Status::active);
}

TEST_CASE("pattern 24, persistent trigger: kept in a variable until somebody waits for it") {
  const std::string keep = sub("h",
                               event("startEvent", "hs", "message", "messageRef=\"m\"", beside) +
                                   script("k", "{ came: true }") + flow("hs", "k"),
                               by_event);
  Bench bench(bpmn(start + users({"a"}) +
                       event("intermediateCatchEvent", "c", "conditional", "", "", condition("came")) +
                       chain({"s", "a", "c"}) + keep,
                   before));
  const std::string id = bench.start("p", {{"came", false}});
  CHECK(bench.run(DeliverMessage{"Весть", std::nullopt, {}}) == "");
  CHECK(bench.complete("a") == "");
  CHECK(bench.trace() == "a c");
  CHECK(bench.of(id).status == Status::completed);
}

TEST_CASE("patterns 27 and 35, enough of many instances: the rest is cancelled and the flow goes on") {
  Bench bench(bpmn(start + "<userTask id=\"a\">" +
                   many("<loopCardinality>3</loopCardinality><completionCondition>numberOfCompletedInstances = 2"
                        "</completionCondition>") +
                   "</userTask>" + tasks({"b"}) + chain({"s", "a", "b"})));
  bench.start("p");
  CHECK(bench.complete("a") == "");
  CHECK(bench.complete("a") == "");
  CHECK(bench.trace() == "a b");
}

TEST_CASE("pattern 29, cancelling discriminator: the first branch done stops the others") {
  Bench bench(bpmn(start +
                   sub("u", users({"a", "b"}) + event("endEvent", "x", "terminate") + flow("a", "x") + flow("b", "x")) +
                   tasks({"after"}) + chain({"s", "u", "after"})));
  bench.start("p");
  CHECK(bench.complete("b") == "");
  CHECK(bench.trace() == "b x u after");
}

TEST_CASE("pattern 32, cancelling partial join: two of three branches are enough") {
  const std::string branch = script("a1", "{ n: n + 1 }") + script("b1", "{ n: n + 1 }") + script("c1", "{ n: n + 1 }");
  Bench bench(bpmn(start +
                   sub("u", users({"a", "b", "c"}) + branch + flow("a", "a1") + flow("b", "b1") + flow("c", "c1")) +
                   event("boundaryEvent", "enough", "conditional", "", on("u"), condition("n = 2")) + tasks({"after"}) +
                   flow("s", "u") + flow("enough", "after")));
  bench.start("p", {{"n", 0}});
  CHECK(bench.complete("a") == "");
  CHECK(bench.complete("c") == "");
  CHECK(bench.trace() == "c c1 enough after");
}

TEST_CASE("pattern 33, generalized and-join: a second token on one arrow waits for its partner") {
  Bench bench(bpmn(start + node("parallelGateway", "f") + node("exclusiveGateway", "y") + users({"a", "b", "c", "d"}) +
                   node("parallelGateway", "j") + tasks({"after"}) + flow("s", "f") + flow("f", "a") + flow("f", "b") +
                   flow("f", "c") + flow("f", "d") + flow("a", "y") + flow("b", "y") + flow("y", "j") +
                   node("exclusiveGateway", "z") + flow("c", "z") + flow("d", "z") + flow("z", "j") +
                   flow("j", "after")));
  bench.start("p");
  CHECK(bench.complete("a") == "");
  CHECK(bench.complete("b") == "");
  CHECK(bench.trace() == "b y");
  CHECK(bench.complete("c") == "");
  CHECK(bench.trace() == "c z j j after");
  CHECK(bench.complete("d") == "");
  CHECK(bench.trace() == "d z j j after");
}

TEST_CASE("patterns 37 and 38, local and general synchronizing merge: waits for what can still come, loops included") {
  const std::string body = start + node("inclusiveGateway", "o") + node("inclusiveGateway", "j") + users({"a", "b"}) +
                           "<exclusiveGateway id=\"x\" default=\"x-j\"/>" + tasks({"c"}) + flow("s", "o") +
                           flow_if("o", "a", "true") + flow_if("o", "b", "true") + flow("a", "x") +
                           flow_if("x", "a", "again") + flow("x", "j") + flow("b", "j") + flow("j", "c");
  Bench bench(bpmn(body));
  bench.start("p", {{"again", true}});
  CHECK(bench.complete("b") == "");
  CHECK(bench.trace() == "b");
  CHECK(bench.complete("a") == "");
  CHECK(bench.trace() == "a x");
  CHECK(bench.complete("a", "", {{"again", false}}) == "");
  CHECK(bench.trace() == "a x j j c");
}

TEST_CASE("patterns 9, 28, 30, 31 need a complex gateway, which is refused") {
  refused("<complexGateway id=\"g\"/>", "Элемент «complexGateway» «g» не исполняется.");
}

TEST_CASE("patterns 17 and 40, interleaved routing, need an ad-hoc sub-process, which is refused") {
  refused("<adHocSubProcess id=\"a\" ordering=\"Sequential\"/>", "Элемент «adHocSubProcess» «a» не исполняется.");
}

TEST_CASE("pattern 34, a partial join of instances that lets the rest end, needs another behavior, which is refused") {
  refused(
      "<task id=\"a\"><multiInstanceLoopCharacteristics behavior=\"One\"><loopCardinality>3</loopCardinality>"
      "</multiInstanceLoopCharacteristics></task>",
      "Элемент «behavior» «a» не исполняется.");
}

TEST_CASE("patterns 41 and 42, thread merge and split, need quantities, which are refused") {
  refused("<task id=\"a\" startQuantity=\"2\"/>", "Элемент «startQuantity» «a» не исполняется.");
  refused("<task id=\"a\" completionQuantity=\"2\"/>", "Элемент «completionQuantity» «a» не исполняется.");
}
