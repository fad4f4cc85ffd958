// `process run`: steps on a clock that stands.
#include "workflow/run.h"
#include "base/error.h"
#include "bench.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

Map run(const std::string& body, const std::string& steps, const std::string& before = {},
        const std::string& variables = "{}") {
  return run_file(bpmn(body, before), "п.bpmn", "", parse_json(variables).map(), parse_json(steps).list()).map();
}
std::string at(const Map& answer, const char* key) { return to_json(*answer.find(key)); }

const std::string two_tasks =
    "<startEvent id=\"s\"/><userTask id=\"a\" name=\"Первая\"/><userTask id=\"b\" name=\"Вторая\"/><endEvent "
    "id=\"e\"/>" +
    chain({"s", "a", "b", "e"});

}  // namespace

TEST_CASE("a run waits with its open tasks and lists what is done in order") {
  const Map answer = run(two_tasks, R"([{"complete":"a","vars":{"n":1}},{"complete":"x"}])");
  CHECK(at(answer, "status") == "\"waiting\"");
  CHECK(at(answer, "trace") ==
        R"([{"node":"s","name":"s","type":"startEvent"},{"node":"a","name":"Первая","type":"userTask"}])");
  CHECK(at(answer, "tasks") == R"([{"id":"p-1.2","node":"b","name":"Вторая","lane":""}])");
  CHECK(at(answer, "variables") == R"({"n":1})");
  CHECK(at(answer, "skipped") == R"([{"complete":"x"}])");
  CHECK(at(answer, "diagnostics") == "[]");
  CHECK(at(answer, "error") == "null");
}

TEST_CASE("a run completes by itself when it is told to") {
  CHECK(at(run(two_tasks, R"([{"auto":true}])"), "status") == "\"completed\"");
}

TEST_CASE("a run fails, is stuck or is refused") {
  CHECK(at(run("<startEvent id=\"s\"/><exclusiveGateway id=\"g\"/><task id=\"a\"/>" + flow("s", "g") +
                   flow_if("g", "a", "false"),
               "[]"),
           "status") == "\"failed\"");
  const Map failed = run(two_tasks, R"([{"fail":"a","error":"E1"}])");
  CHECK(at(failed, "status") == "\"failed\"");
  CHECK(at(failed, "error") == "\"Задача «Первая» завершилась ошибкой «E1», а её никто не ловит.\"");
  CHECK(at(run("<startEvent id=\"s\"/><exclusiveGateway id=\"x\"/><task id=\"a\"/><task id=\"b\"/><parallelGateway "
               "id=\"j\"/>" +
                   flow("s", "x") + flow_if("x", "a", "true") + flow_if("x", "b", "false") + flow("a", "j") +
                   flow("b", "j"),
               "[]"),
           "status") == "\"stuck\"");
  const Map refused = run("<complexGateway id=\"g\"/>", "[]");
  CHECK(at(refused, "status") == "\"refused\"");
  CHECK(refused.find("diagnostics")->list().size() == 1);
  CHECK(refused.find("error")->text() == "Элемент «complexGateway» «g» не исполняется.");
}

TEST_CASE("time moves only by steps, timers fire one by one") {
  const std::string timer =
      "<startEvent id=\"s\"/><userTask id=\"a\"/><boundaryEvent id=\"t\" attachedToRef=\"a\" "
      "cancelActivity=\"false\"><timerEventDefinition><timeCycle>R/PT1H</timeCycle>"
      "</timerEventDefinition></boundaryEvent><scriptTask id=\"c\" scriptFormat=\"feel\"><script>{ times: "
      "append(times, string(now())) }</script></scriptTask>" +
      flow("s", "a") + flow("t", "c");
  CHECK(at(run(timer, R"([{"advance":"PT30M"}])"), "variables") == "{}");
  CHECK(at(run(timer, R"([{"advance":"PT2H30M"}])"), "variables") ==
        R"({"times":["2000-01-01T01:00:00","2000-01-01T02:00:00"]})");
}

TEST_CASE("messages come by name, what nobody waits for is skipped") {
  const std::string body = "<startEvent id=\"s\"/><receiveTask id=\"a\" messageRef=\"m\"/>" + flow("s", "a");
  const Map answer = run(body, R"([{"message":"Нет"},{"message":"Весть","vars":{"n":1}},{"signal":"x"}])",
                         "<message id=\"m\" name=\"Весть\"/>");
  CHECK(at(answer, "status") == "\"completed\"");
  CHECK(at(answer, "variables") == R"({"n":1})");
  CHECK(at(answer, "skipped") == R"([{"message":"Нет"},{"signal":"x"}])");
}

TEST_CASE("each turn of a loop stands in the trace once, the whole does not") {
  const Map answer =
      run("<startEvent id=\"s\"/><task "
          "id=\"a\"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></"
          "multiInstanceLoopCharacteristics></task>" +
              flow("s", "a"),
          "[]");
  CHECK(answer.find("trace")->list().size() == 3);
}

TEST_CASE("every process with a plain start begins; two of one file talk to each other, whichever comes first") {
  const std::string thrower =
      "<startEvent id=\"s\"/><intermediateThrowEvent id=\"t\"><messageEventDefinition "
      "messageRef=\"m\"/></intermediateThrowEvent>" +
      flow("s", "t");
  const std::string catcher = "<startEvent id=\"qs\"/><receiveTask id=\"qa\" messageRef=\"m\"/>" + flow("qs", "qa");
  const std::string message = "<message id=\"m\" name=\"Весть\"/>";
  CHECK(at(run(thrower, "[]", message + "<process id=\"q\">" + catcher + "</process>"), "status") == "\"completed\"");
  CHECK(at(run(catcher, "[]", message + "<process id=\"q\">" + thrower + "</process>"), "status") == "\"completed\"");
}

TEST_CASE("steps that are no steps are wrong usage") {
  CHECK_THROWS_WITH(run(two_tasks, R"([{"jump":1}])"),
                    "Шаг «{\"jump\":1}» не понятен: бывают complete, fail, advance, message, signal, auto.");
  CHECK_THROWS_WITH(run(two_tasks, R"([{"advance":"час"}])"),
                    "Длительность «час» не читается. Ожидается, например, PT10S или P1D.");
  CHECK_THROWS_WITH(run_file(bpmn(two_tasks), "п.bpmn", "нет", {}, {}), "Процесса «нет» в файле нет.");
}
