// Signals, errors, escalations, conditions, links: thrown, caught inside and at the boundary.
#include "bench.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

const std::string start = "<startEvent id=\"s\"/>";
const std::string end = "<endEvent id=\"e\"/>";
const std::string before =
    "<signal id=\"g\" name=\"Тревога\"/><error id=\"er\" errorCode=\"E1\"/><error id=\"er2\" errorCode=\"E2\"/>"
    "<escalation id=\"es\" escalationCode=\"S1\"/><escalation id=\"es2\" escalationCode=\"S2\"/>";
const std::string g = "signalRef=\"g\"";

std::string error_end(const std::string& id, const std::string& error = "er") {
  return event("endEvent", id, "error", "errorRef=\"" + error + "\"");
}
std::string escalation(const std::string& kind, const std::string& id, const std::string& code = "es") {
  return event(kind, id, "escalation", "escalationRef=\"" + code + "\"");
}

}  // namespace

TEST_CASE("a signal reaches everybody who waits, in all instances, and nobody who comes later") {
  Bench bench(
      bpmn(start + event("intermediateCatchEvent", "c", "signal", g) + end + chain({"s", "c", "e"}),
           before + "<process id=\"q\"><startEvent id=\"qs\"/>" + event("intermediateThrowEvent", "t", "signal", g) +
               event("intermediateCatchEvent", "late", "signal", g) + chain({"qs", "t", "late"}) + "</process>"));
  const std::string first = bench.start("p"), second = bench.start("p");
  const std::string thrower = bench.start("q");
  CHECK(bench.trace() == "qs t c e c e");
  CHECK(bench.of(first).status == Status::completed);
  CHECK(bench.of(second).status == Status::completed);
  CHECK(bench.of(thrower).status == Status::active);
  CHECK(bench.run(BroadcastSignal{"Тревога", {{"n", 1}}}) == "");
  CHECK(bench.of(thrower).status == Status::completed);
  CHECK(bench.variable(thrower, "n") == "1");
  CHECK(bench.run(BroadcastSignal{"Тревога", {}}) == "Сигнала «Тревога» сейчас никто не ждёт.");
}

TEST_CASE("who throws a signal comes last: those beside it are waiting by then, whatever the order of the arrows") {
  const std::string body = start + node("parallelGateway", "f") + event("intermediateThrowEvent", "t", "signal", g) +
                           node("task", "a") + event("intermediateCatchEvent", "c", "signal", g) + flow("s", "f") +
                           flow("f", "t") + chain({"f", "a", "c"});
  Bench bench(bpmn(body, before));
  const std::string id = bench.start("p");
  CHECK(bench.trace() == "s f a t c");
  CHECK(bench.of(id).status == Status::completed);
}

TEST_CASE("a signal starts every process that begins with it") {
  Bench bench(bpmn(event("startEvent", "s", "signal", g) + node("userTask", "a") + flow("s", "a"), before));
  CHECK(bench.run(BroadcastSignal{"Тревога", {{"n", 7}}}) == "");
  CHECK(bench.last.receivers == 1);
  CHECK(bench.task("a") != nullptr);
  CHECK(bench.variable("p-1", "n") == "7");
}

TEST_CASE("a signal end inside a sub-process stops it by its own boundary before anything else of it runs") {
  const auto body = [](const std::string& how) {
    return start +
           sub("u", "<startEvent id=\"us\"/>" + event("intermediateThrowEvent", "t", "signal", g) +
                        node("task", "next") + chain({"us", "t", "next"})) +
           event("boundaryEvent", "b", "signal", g, on("u", how)) + node("task", "caught") + node("task", "after") +
           chain({"s", "u", "after"}) + flow("b", "caught");
  };
  Bench stops(bpmn(body(""), before));
  stops.start("p");
  CHECK(stops.trace() == "s us t b caught");
  Bench goes_on(bpmn(body(aside), before));
  goes_on.start("p");
  CHECK(goes_on.trace() == "s us t b caught next u after");
}

TEST_CASE("an error end is caught by the nearest boundary that fits; the next task of the thrower does not run") {
  const auto body = [](const std::string& error) {
    return start +
           sub("out", "<startEvent id=\"os\"/>" +
                          sub("in", "<startEvent id=\"is\"/>" + node("parallelGateway", "f") + error_end("x", error) +
                                        node("task", "beside") + chain({"is", "f", "x"}) + flow("f", "beside")) +
                          event("boundaryEvent", "b1", "error", "errorRef=\"er\"", on("in")) + node("task", "c1") +
                          chain({"os", "in"}) + flow("b1", "c1")) +
           event("boundaryEvent", "b2", "error", "", on("out")) + node("task", "c2") + flow("s", "out") +
           flow("b2", "c2");
  };
  Bench inner(bpmn(body("er"), before));
  inner.start("p");
  CHECK(inner.trace() == "s os is f x b1 c1 out");
  Bench outer(bpmn(body("er2"), before));
  outer.start("p");
  CHECK(outer.trace() == "s os is f x b2 c2");
}

TEST_CASE("an error that nobody catches refuses the command") {
  Bench bench(bpmn(start + error_end("x") + flow("s", "x"), before));
  CHECK(bench.run(StartProcess{"p", {}}) == "Ошибку «E1», с которой закончилось «x», никто не ловит.");
}

TEST_CASE("a task that fails goes on by its error boundary, where the code fits") {
  Bench bench(bpmn(start + node("userTask", "a") + event("boundaryEvent", "b", "error", "errorRef=\"er\"", on("a")) +
                       node("task", "mend") + end + chain({"s", "a", "e"}) + flow("b", "mend"),
                   before));
  const std::string id = bench.start("p");
  CHECK(bench.run(FailTask{bench.task("a")->id, "E9"}) == "Задача «a» завершилась ошибкой «E9», а её никто не ловит.");
  CHECK(bench.run(FailTask{bench.task("a")->id, "E1"}) == "");
  CHECK(bench.trace() == "b mend");
  CHECK(bench.of(id).status == Status::completed);
}

TEST_CASE("the answer of a service is an error that an event may catch by its code") {
  Bench bench(bpmn(start +
                       "<serviceTask id=\"a\"><extensionElements><vekha:service name=\"post\"/></extensionElements>"
                       "</serviceTask>" +
                       event("boundaryEvent", "b", "error", "errorRef=\"er\"", on("a")) + node("task", "mend") +
                       chain({"s", "a"}) + flow("b", "mend"),
                   before));
  bench.answers["post"] = Rejection{"E1", "Почта не работает."};
  bench.start("p");
  CHECK(bench.trace() == "s b mend");
  bench.answers["post"] = Rejection{"E9", "Почта не работает."};
  CHECK(bench.run(StartProcess{"p", {}}) == "Почта не работает.");
}

TEST_CASE("an error of a called process comes to the calling activity, through several calls") {
  const std::string called = "<process id=\"q\"><startEvent id=\"qs\"/><callActivity id=\"qc\" calledElement=\"r\"/>" +
                             chain({"qs", "qc"}) + "</process><process id=\"r\"><startEvent id=\"rs\"/>" +
                             error_end("x") + flow("rs", "x") + "</process>";
  Bench bench(bpmn(start + "<callActivity id=\"c\" calledElement=\"q\"/>" +
                       event("boundaryEvent", "b", "error", "", on("c")) + node("task", "mend") + chain({"s", "c"}) +
                       flow("b", "mend"),
                   before + called));
  const std::string id = bench.start("p");
  CHECK(bench.trace() == "s qs rs x b mend");
  CHECK(bench.of(id).status == Status::completed);
  CHECK(bench.instances.all()[1].status == Status::failed);
  CHECK(bench.instances.all()[2].status == Status::failed);
  CHECK(bench.instances.all()[2].reason == "Ошибка «E1»: её принял вызвавший процесс.");
}

TEST_CASE("an escalation is caught by its code; when that interrupts, the thrower's next task does not run") {
  const auto body = [](const std::string& how) {
    return start +
           sub("u", "<startEvent id=\"us\"/>" + escalation("intermediateThrowEvent", "t") + node("task", "next") +
                        chain({"us", "t", "next"})) +
           event("boundaryEvent", "other", "escalation", "escalationRef=\"es2\"", on("u")) + node("task", "wrong") +
           event("boundaryEvent", "any", "escalation", "", on("u")) + node("task", "less") +
           event("boundaryEvent", "b", "escalation", "escalationRef=\"es\"", on("u", how)) + node("task", "caught") +
           node("task", "after") + chain({"s", "u", "after"}) + flow("b", "caught") + flow("other", "wrong") +
           flow("any", "less");
  };
  Bench stops(bpmn(body(""), before));
  stops.start("p");
  CHECK(stops.trace() == "s us t b caught");
  Bench goes_on(bpmn(body(aside), before));
  goes_on.start("p");
  CHECK(goes_on.trace() == "s us t b caught next u after");
}

TEST_CASE("an escalation that nobody catches changes nothing") {
  Bench bench(bpmn(start + escalation("intermediateThrowEvent", "t") + node("task", "a") + escalation("endEvent", "e") +
                       chain({"s", "t", "a", "e"}),
                   before));
  const std::string id = bench.start("p");
  CHECK(bench.trace() == "s t a e");
  CHECK(bench.of(id).status == Status::completed);
}

TEST_CASE("an escalation of a called process stops it before its next task, or goes on beside it") {
  const auto xml = [](const std::string& how) {
    return bpmn(start + "<callActivity id=\"c\" calledElement=\"q\"/>" +
                    event("boundaryEvent", "b", "escalation", "", on("c", how)) + node("task", "caught") +
                    node("task", "after") + chain({"s", "c", "after"}) + flow("b", "caught"),
                before + "<process id=\"q\"><startEvent id=\"qs\"/>" + escalation("intermediateThrowEvent", "t") +
                    node("task", "next") + chain({"qs", "t", "next"}) + "</process>");
  };
  Bench stops(xml(""));
  const std::string id = stops.start("p");
  CHECK(stops.trace() == "s qs t b caught");
  CHECK(stops.of(id).status == Status::completed);
  Bench goes_on(xml(aside));
  goes_on.start("p");
  CHECK(goes_on.trace() == "s qs t b caught next c after");
}

TEST_CASE("a conditional catch waits until its condition is true, and not at all when it is true already") {
  Bench bench(bpmn(start + event("intermediateCatchEvent", "c", "conditional", "", "", condition("n &gt; 1")) + end +
                   chain({"s", "c", "e"})));
  const std::string waits = bench.start("p", {{"n", 1}});
  CHECK(bench.trace() == "s");
  CHECK(bench.of(waits).conditions.size() == 1);
  const std::string passes = bench.start("p", {{"n", 2}});
  CHECK(bench.of(passes).status == Status::completed);
}

TEST_CASE("a variable that changes makes a conditional event happen before anything else runs") {
  const auto body = [](const std::string& how) {
    return start +
           sub("u", "<startEvent id=\"us\"/>" + node("userTask", "a") + script("set", "{ n: 5 }") +
                        node("task", "next") + script("back", "{ n: 0 }") + script("again", "{ n: 9 }") +
                        chain({"us", "a", "set", "next", "back", "again"})) +
           event("boundaryEvent", "b", "conditional", "", on("u", how), condition("n &gt; 1")) +
           node("task", "caught") + flow("s", "u") + flow("b", "caught");
  };
  Bench stops(bpmn(body("")));
  stops.start("p", {{"n", 0}});
  CHECK(stops.complete("a") == "");
  CHECK(stops.trace() == "a set b caught");
  Bench goes_on(bpmn(body(aside)));
  goes_on.start("p", {{"n", 0}});
  CHECK(goes_on.complete("a") == "");
  CHECK(goes_on.trace() == "a set b next caught back again b u caught");
}

TEST_CASE("a condition already true when its scope is entered fires before the first node of it") {
  const std::string u = sub("u", "<startEvent id=\"us\"/>" + node("task", "in") + chain({"us", "in"}));
  Bench stops(bpmn(start + u + event("boundaryEvent", "b", "conditional", "", on("u"), condition("true")) +
                   node("task", "caught") + flow("s", "u") + flow("b", "caught")));
  stops.start("p");
  CHECK(stops.trace() == "s b caught");
  Bench goes_on(bpmn(start + u + event("boundaryEvent", "b", "conditional", "", on("u", aside), condition("true")) +
                     node("task", "caught") + flow("s", "u") + flow("b", "caught")));
  goes_on.start("p");
  CHECK(goes_on.trace() == "s b caught us in u");
  Bench task(bpmn(start + script("a", "{ n: 1 }") +
                  event("boundaryEvent", "b", "conditional", "", on("a"), condition("true")) + node("task", "caught") +
                  flow("s", "a") + flow("b", "caught")));
  const std::string id = task.start("p");
  CHECK(task.trace() == "s b caught");
  CHECK(task.variable(id, "n") == "нет");
}

TEST_CASE("link events lead on as if an arrow were drawn") {
  const std::string to = "name=\"Дальше\"";
  Bench bench(bpmn(start + event("intermediateThrowEvent", "t", "link", to) +
                   event("intermediateCatchEvent", "c", "link", to) + end + flow("s", "t") + flow("c", "e")));
  const std::string id = bench.start("p");
  CHECK(bench.trace() == "s t c e");
  CHECK(bench.of(id).status == Status::completed);
}

TEST_CASE("definitions of events may stand once, for all to refer to") {
  Bench bench(
      bpmn(start + "<endEvent id=\"x\"><eventDefinitionRef>shared</eventDefinitionRef></endEvent>" + flow("s", "x"),
           before + "<signalEventDefinition id=\"shared\" signalRef=\"g\"/>"));
  bench.start("p");
  CHECK(bench.trace() == "s x");
}

TEST_CASE("an instantiating receive task and an instantiating event-based gateway begin a process") {
  Bench bench(bpmn("<receiveTask id=\"r\" instantiate=\"true\" messageRef=\"m\"/>" + node("task", "a") + flow("r", "a"),
                   before +
                       "<message id=\"m\" name=\"Весть\"/><process id=\"q\"><eventBasedGateway id=\"gw\" "
                       "instantiate=\"true\"/>" +
                       event("intermediateCatchEvent", "c1", "message", "messageRef=\"m\"") +
                       event("intermediateCatchEvent", "c2", "signal", g) + node("task", "t1") + node("task", "t2") +
                       chain({"gw", "c1", "t1"}) + chain({"gw", "c2", "t2"}) + "</process>"));
  CHECK(bench.run(DeliverMessage{"Весть", std::nullopt, {{"n", 3}}}) == "");
  CHECK(bench.trace() == "c1 t1 r a");
  CHECK(bench.variable("q-1", "n") == "3");
  CHECK(bench.run(BroadcastSignal{"Тревога", {}}) == "");
  CHECK(bench.trace() == "c2 t2");
}

TEST_CASE("an event-based gateway goes with what happens first: signal, condition or time") {
  const std::string body = start + node("eventBasedGateway", "gw") +
                           event("intermediateCatchEvent", "c1", "signal", g) +
                           event("intermediateCatchEvent", "c2", "conditional", "", "", condition("n = 1")) +
                           event("intermediateCatchEvent", "c3", "timer", "", "", "<timeDuration>PT1H</timeDuration>") +
                           node("userTask", "set") + node("parallelGateway", "f") + flow("s", "f") + flow("f", "gw") +
                           flow("f", "set") + flow("gw", "c1") + flow("gw", "c2") + flow("gw", "c3");
  Bench signal(bpmn(body, before));
  signal.start("p", {{"n", 0}});
  CHECK(signal.run(BroadcastSignal{"Тревога", {}}) == "");
  CHECK(signal.trace() == "gw c1");
  Bench variable(bpmn(body, before));
  const std::string id = variable.start("p", {{"n", 0}});
  CHECK(variable.complete("set", "", {{"n", 1}}) == "");
  CHECK(variable.trace() == "set gw c2");
  CHECK(variable.of(id).timers.empty());
  Bench time(bpmn(body, before));
  time.start("p", {{"n", 0}});
  time.pass(std::chrono::hours{1});
  CHECK(time.trace() == "gw c3");
  Bench at_once(bpmn(body, before));
  at_once.start("p", {{"n", 1}});
  CHECK(at_once.trace() == "s f gw c2");
}

TEST_CASE("an event may keep what was thrown under a name of its own") {
  const std::string keep =
      "<extensionElements><vekha:output name=\"why\" value=\"=error\"/></extensionElements><errorEventDefinition/>";
  Bench bench(bpmn(start + sub("u", "<startEvent id=\"us\"/>" + error_end("x") + flow("us", "x")) +
                       "<boundaryEvent id=\"b\" attachedToRef=\"u\">" + keep + "</boundaryEvent>" + flow("s", "u"),
                   before));
  const std::string id = bench.start("p");
  CHECK(bench.variable(id, "why") == "\"E1\"");
}
