// Event sub-processes, started by everything that can happen, interrupting and not.
#include "bench.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

const std::string start = "<startEvent id=\"s\"/>";
const std::string before =
    "<message id=\"m\" name=\"Весть\"/><signal id=\"g\" name=\"Тревога\"/><error id=\"er\" errorCode=\"E1\"/>"
    "<escalation id=\"es\" escalationCode=\"S1\"/>";

// A handler that begins with an event and holds one task.
std::string handler(const std::string& begin) {
  return sub("h", begin + node("task", "mend") + flow("hs", "mend"), by_event);
}
std::string begin(const std::string& what, const std::string& detail, const std::string& how = {},
                  const std::string& inside = {}) {
  return event("startEvent", "hs", what, detail, how, inside);
}
// A sub-process with a user task in it and a task behind it.
std::string around(const std::string& inside,
                   const std::string& what = "<startEvent id=\"us\"/>" + node("userTask", "a") + flow("us", "a")) {
  return bpmn(start + sub("u", what + inside) + node("task", "after") + chain({"s", "u", "after"}), before);
}

}  // namespace

TEST_CASE("a message, a signal, a timer or a condition interrupts its scope, which then goes on") {
  Bench message(around(handler(begin("message", "messageRef=\"m\""))));
  const std::string id = message.start("p");
  CHECK(message.run(DeliverMessage{"Весть", std::nullopt, {{"n", 4}}}) == "");
  CHECK(message.trace() == "hs mend h u after");
  CHECK(message.of(id).status == Status::completed);
  CHECK(message.variable(id, "n") == "4");

  Bench signal(around(handler(begin("signal", "signalRef=\"g\""))));
  signal.start("p");
  CHECK(signal.run(BroadcastSignal{"Тревога", {}}) == "");
  CHECK(signal.trace() == "hs mend h u after");

  Bench timer(around(handler(begin("timer", "", "", "<timeDuration>PT1H</timeDuration>"))));
  timer.start("p");
  timer.pass(std::chrono::hours{2});
  CHECK(timer.trace() == "hs mend h u after");

  Bench variable(around(handler(begin("conditional", "", "", condition("n = 1"))),
                        "<startEvent id=\"us\"/>" + node("userTask", "b") + script("set", "{ n: 1 }") +
                            node("userTask", "a") + chain({"us", "b", "set", "a"})));
  variable.start("p");
  CHECK(variable.complete("b") == "");
  CHECK(variable.trace() == "b set hs mend h u after");
}

TEST_CASE("what does not interrupt runs beside, as often as it happens, and the scope waits for it") {
  const auto with_task = [](const std::string& begin) {
    return around(sub("h", begin + node("userTask", "mend") + flow("hs", "mend"), by_event));
  };
  Bench message(with_task(begin("message", "messageRef=\"m\"", beside)));
  message.start("p");
  CHECK(message.run(DeliverMessage{"Весть", std::nullopt, {}}) == "");
  CHECK(message.run(DeliverMessage{"Весть", std::nullopt, {}}) == "");
  CHECK(message.count("mend") == 2);
  CHECK(message.complete("a") == "");
  CHECK(message.complete("mend") == "");
  CHECK(message.trace() == "mend h");
  CHECK(message.complete("mend") == "");
  CHECK(message.trace() == "mend h u after");

  Bench signal(with_task(begin("signal", "signalRef=\"g\"", beside)));
  signal.start("p");
  CHECK(signal.run(BroadcastSignal{"Тревога", {}}) == "");
  CHECK(signal.run(BroadcastSignal{"Тревога", {}}) == "");
  CHECK(signal.count("mend") == 2);
  CHECK(signal.count("a") == 1);

  Bench timer(around(handler(begin("timer", "", beside, "<timeCycle>R4/PT5S</timeCycle>"))));
  timer.start("p");
  timer.pass(std::chrono::seconds{30});
  CHECK(timer.trace() == "hs mend h hs mend h hs mend h hs mend h");
  CHECK(timer.count("a") == 1);

  Bench variable(around(handler(begin("conditional", "", beside, condition("n = 1"))),
                        "<startEvent id=\"us\"/>" + script("one", "{ n: 1 }") + script("two", "{ n: 2 }") +
                            script("three", "{ n: 1 }") + chain({"us", "one", "two", "three"})));
  variable.start("p");
  CHECK(variable.trace() == "s us one two hs three mend h hs mend h u after");
}

TEST_CASE("a condition already true begins its event sub-process before the first node, or in its place") {
  Bench stops(around(handler(begin("conditional", "", "", condition("true")))));
  stops.start("p");
  CHECK(stops.trace() == "s hs mend h u after");
  Bench goes_on(around(handler(begin("conditional", "", beside, condition("true")))));
  goes_on.start("p");
  CHECK(goes_on.trace() == "s hs us mend h");
  Bench whole(
      bpmn(start + node("task", "a") + flow("s", "a") + handler(begin("conditional", "", "", condition("true")))));
  const std::string id = whole.start("p");
  CHECK(whole.trace() == "hs mend h");
  CHECK(whole.of(id).status == Status::completed);
}

TEST_CASE("an error is caught by the event sub-process of its scope; afterwards the flow goes on normally") {
  const std::string throwing =
      "<startEvent id=\"us\"/>" + event("endEvent", "x", "error", "errorRef=\"er\"") + flow("us", "x");
  Bench bench(around(handler(begin("error", "errorRef=\"er\"")), throwing));
  bench.start("p");
  CHECK(bench.trace() == "s us x hs mend h u after");
  Bench any(around(handler(begin("error", "")), throwing));
  any.start("p");
  CHECK(any.trace() == "s us x hs mend h u after");
  Bench whole(
      bpmn(start + event("endEvent", "x", "error", "errorRef=\"er\"") + flow("s", "x") + handler(begin("error", "")),
           before));
  const std::string id = whole.start("p");
  CHECK(whole.trace() == "s x hs mend h");
  CHECK(whole.of(id).status == Status::completed);
}

TEST_CASE("an escalation begins an event sub-process beside the thrower or in its place") {
  const std::string throwing = "<startEvent id=\"us\"/>" +
                               event("intermediateThrowEvent", "t", "escalation", "escalationRef=\"es\"") +
                               node("task", "next") + chain({"us", "t", "next"});
  Bench stops(around(handler(begin("escalation", "escalationRef=\"es\"")), throwing));
  stops.start("p");
  CHECK(stops.trace() == "s us t hs mend h u after");
  Bench goes_on(around(handler(begin("escalation", "", beside)), throwing));
  goes_on.start("p");
  CHECK(goes_on.trace() == "s us t hs next mend h u after");
}

TEST_CASE("what an event sub-process throws is not caught by those beside it but further out") {
  const std::string again =
      sub("h", begin("error", "") + event("endEvent", "x2", "error", "errorRef=\"er\"") + flow("hs", "x2"), by_event);
  Bench bench(bpmn(start +
                       sub("u", "<startEvent id=\"us\"/>" + event("endEvent", "x", "error", "errorRef=\"er\"") +
                                    flow("us", "x") + again) +
                       event("boundaryEvent", "b", "error", "", on("u")) + node("task", "out") + flow("s", "u") +
                       flow("b", "out"),
                   before));
  bench.start("p");
  CHECK(bench.trace() == "s us x hs x2 b out");
}

TEST_CASE("after an interrupting event sub-process has begun no other of its scope begins") {
  const std::string other = sub("k", event("startEvent", "ks", "signal", "signalRef=\"g\"", beside), by_event);
  const std::string first =
      sub("h", begin("message", "messageRef=\"m\"") + node("userTask", "mend") + flow("hs", "mend"), by_event);
  Bench bench(around(first + other));
  bench.start("p");
  CHECK(bench.run(DeliverMessage{"Весть", std::nullopt, {}}) == "");
  CHECK(bench.run(BroadcastSignal{"Тревога", {}}) == "Сигнала «Тревога» сейчас никто не ждёт.");
  CHECK(bench.complete("mend") == "");
  CHECK(bench.trace() == "mend h u after");
}

TEST_CASE("the process itself has event sub-processes, which end with it") {
  Bench bench(bpmn(
      start + node("userTask", "a") + flow("s", "a") + handler(begin("message", "messageRef=\"m\"", beside)), before));
  const std::string id = bench.start("p");
  CHECK(bench.run(DeliverMessage{"Весть", std::nullopt, {}}) == "");
  CHECK(bench.trace() == "hs mend h");
  CHECK(bench.complete("a") == "");
  CHECK(bench.of(id).status == Status::completed);
  CHECK(bench.of(id).subscriptions.empty());
}

TEST_CASE("each turn of a repeated sub-process has event sub-processes of its own") {
  const std::string twice =
      "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
      "</multiInstanceLoopCharacteristics>";
  Bench bench(around(twice + handler(begin("signal", "signalRef=\"g\""))));
  const std::string id = bench.start("p");
  CHECK(bench.count("a") == 2);
  CHECK(bench.run(BroadcastSignal{"Тревога", {}}) == "");
  CHECK(bench.trace() == "hs mend h u hs mend h u after");
  CHECK(bench.of(id).status == Status::completed);
}
