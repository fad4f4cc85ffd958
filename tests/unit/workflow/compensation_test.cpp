// Undoing what was done.
#include "bench.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

const std::string start = "<startEvent id=\"s\"/>";

// A task that can be undone by the task «no-<id>».
std::string undoable(const std::string& id, const std::string& kind = "task", const std::string& inside = {}) {
  return fmt::format(
      "<{1} id=\"{0}\">{2}</{1}><boundaryEvent id=\"c-{0}\" attachedToRef=\"{0}\"><compensateEventDefinition/>"
      "</boundaryEvent><task id=\"no-{0}\" isForCompensation=\"true\"/><association id=\"as-{0}\" sourceRef=\"c-{0}\" "
      "targetRef=\"no-{0}\"/>\n",
      id, kind, inside);
}
std::string undo(const std::string& id, const std::string& detail = {}) {
  return event("intermediateThrowEvent", id, "compensate", detail);
}

}  // namespace

TEST_CASE("compensation undoes all that is done in its scope, the last first, and then goes on") {
  Bench bench(bpmn(start + undoable("a") + undoable("b") + node("task", "plain") + undo("t") + node("task", "after") +
                   chain({"s", "a", "b", "plain", "t", "after"})));
  const std::string id = bench.start("p");
  CHECK(bench.trace() == "s a b plain c-b no-b c-a no-a t after");
  CHECK(bench.of(id).status == Status::completed);
}

TEST_CASE("one activity can be undone alone, and nothing twice") {
  Bench bench(bpmn(start + undoable("a") + undoable("b") + undo("t1", "activityRef=\"a\"") + undo("t2") + undo("t3") +
                   chain({"s", "a", "b", "t1", "t2", "t3"})));
  bench.start("p");
  CHECK(bench.trace() == "s a b c-a no-a t1 c-b no-b t2 t3");
}

TEST_CASE("an activity that was done several times is undone as often") {
  Bench bench(bpmn(start + undoable("a") + script("n", "{ n: n + 1 }") +
                   "<exclusiveGateway id=\"x\" default=\"x-t\"/>" + undo("t") + chain({"s", "a", "n", "x", "t"}) +
                   flow_if("x", "a", "n &lt; 2")));
  bench.start("p", {{"n", 0}});
  CHECK(bench.trace() == "s a n x a n x c-a no-a c-a no-a t");
}

TEST_CASE("handlers wait for people like any task, and are undone one after another") {
  const std::string by_hand =
      "<userTask id=\"a\"/><boundaryEvent id=\"ca\" attachedToRef=\"a\"><compensateEventDefinition/></boundaryEvent>"
      "<userTask id=\"na\" isForCompensation=\"true\"/><association id=\"x\" sourceRef=\"ca\" targetRef=\"na\"/>";
  Bench bench(
      bpmn(start + by_hand + undoable("b") + undo("t") + node("task", "after") + chain({"s", "a", "b", "t", "after"})));
  const std::string id = bench.start("p");
  CHECK(bench.complete("a") == "");
  CHECK(bench.trace() == "a b c-b no-b ca");
  CHECK(bench.count("na") == 1);
  CHECK(bench.complete("na") == "");
  CHECK(bench.trace() == "na t after");
  CHECK(bench.of(id).status == Status::completed);
}

TEST_CASE("a sub-process without a handler is undone from the inside, with the variables it had") {
  const std::string inside = "<dataObject id=\"d\" name=\"k\"/><startEvent id=\"us\"/>" + script("set", "{ k: 7 }") +
                             undoable("a") + undoable("b") + chain({"us", "set", "a", "b"});
  Bench bench(bpmn(start + sub("u", inside) + undoable("c") + undo("t") + chain({"s", "u", "c", "t"})));
  bench.start("p");
  CHECK(bench.trace() == "s us set a b u c c-c no-c c-b no-b c-a no-a t");

  const std::string recalls =
      "<dataObject id=\"d\" name=\"k\"/><startEvent id=\"us\"/>" + script("set", "{ k: 7 }") +
      "<boundaryEvent id=\"cs\" attachedToRef=\"set\"><compensateEventDefinition/></boundaryEvent><scriptTask "
      "id=\"ns\" "
      "scriptFormat=\"feel\" isForCompensation=\"true\"><script>{ was: k }</script></scriptTask><association id=\"x\" "
      "sourceRef=\"cs\" targetRef=\"ns\"/>" +
      flow("us", "set");
  Bench snapshot(bpmn(start + sub("u", recalls) + script("k", "{ k: 1 }") + undo("t") + chain({"s", "u", "k", "t"})));
  const std::string id = snapshot.start("p");
  CHECK(snapshot.variable(id, "was") == "7");
}

TEST_CASE("a handler of the sub-process itself goes before those inside") {
  Bench bench(bpmn(start + undoable("u", "subProcess", "<startEvent id=\"us\"/>" + undoable("a") + flow("us", "a")) +
                   undo("t") + chain({"s", "u", "t"})));
  bench.start("p");
  CHECK(bench.trace() == "s us a u c-u no-u t");
}

TEST_CASE("an event sub-process started by compensation undoes its sub-process as it sees fit") {
  const std::string handler = sub(
      "h",
      event("startEvent", "hs", "compensate") + node("task", "mend") + undo("inner") + chain({"hs", "mend", "inner"}),
      by_event + " isForCompensation=\"true\"");
  Bench bench(bpmn(start + sub("u", "<startEvent id=\"us\"/>" + undoable("a") + flow("us", "a") + handler) + undo("t") +
                   node("task", "after") + chain({"s", "u", "t", "after"})));
  const std::string id = bench.start("p");
  CHECK(bench.trace() == "s us a u hs mend c-a no-a inner h t after");
  CHECK(bench.of(id).status == Status::completed);
}

TEST_CASE("a compensation end undoes and then ends; inside an error handler it undoes the scope that failed") {
  Bench bench(bpmn(start + undoable("a") + event("endEvent", "e", "compensate") + chain({"s", "a", "e"})));
  const std::string id = bench.start("p");
  CHECK(bench.trace() == "s a c-a no-a e");
  CHECK(bench.of(id).status == Status::completed);

  const std::string handler =
      sub("h", event("startEvent", "hs", "error") + event("endEvent", "he", "compensate") + flow("hs", "he"), by_event);
  Bench failed(
      bpmn(start +
               sub("u", "<startEvent id=\"us\"/>" + undoable("a") + event("endEvent", "x", "error", "errorRef=\"er\"") +
                            chain({"us", "a", "x"}) + handler) +
               node("task", "after") + chain({"s", "u", "after"}),
           "<error id=\"er\" errorCode=\"E1\"/>"));
  failed.start("p");
  CHECK(failed.trace() == "s us a x hs c-a no-a he h u after");
}

TEST_CASE("what was interrupted is not undone; every turn of a repeated activity is, when all are done") {
  Bench turns(
      bpmn(start +
           undoable("a", "task",
                    "<multiInstanceLoopCharacteristics isSequential=\"true\"><loopCardinality>2</loopCardinality>"
                    "</multiInstanceLoopCharacteristics>") +
           undo("t") + chain({"s", "a", "t"})));
  turns.start("p");
  CHECK(turns.trace() == "s a a c-a no-a c-a no-a t");

  Bench open(bpmn(start + node("parallelGateway", "f") + undoable("a", "userTask") + undo("t") + flow("s", "f") +
                  flow("f", "a") + flow("f", "t")));
  open.start("p");
  CHECK(open.trace() == "s f t");
}

TEST_CASE("a throw that does not wait goes on beside the handlers") {
  const std::string by_hand =
      "<task id=\"a\"/><boundaryEvent id=\"ca\" attachedToRef=\"a\"><compensateEventDefinition/></boundaryEvent>"
      "<userTask id=\"na\" isForCompensation=\"true\"/><association id=\"x\" sourceRef=\"ca\" targetRef=\"na\"/>";
  Bench bench(bpmn(start + by_hand + undo("t", "waitForCompletion=\"false\"") + node("task", "after") +
                   chain({"s", "a", "t", "after"})));
  const std::string id = bench.start("p");
  CHECK(bench.trace() == "s a t ca after");
  CHECK(bench.of(id).status == Status::active);
  CHECK(bench.complete("na") == "");
  CHECK(bench.trace() == "na");
  CHECK(bench.of(id).status == Status::completed);
}
