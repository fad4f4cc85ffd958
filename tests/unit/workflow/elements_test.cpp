// What each BPMN element does, one by one.
#include "bench.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

const std::string start = "<startEvent id=\"s\"/>";
const std::string end = "<endEvent id=\"e\"/>";

std::string user(const std::string& id, const std::string& extension = {}) {
  return fmt::format("<userTask id=\"{0}\" name=\"Задача {0}\"><extensionElements>{1}</extensionElements></userTask>\n",
                     id, extension);
}
const std::string message = "<message id=\"m\" name=\"Весть\"/>";

Status status_of(const Bench& bench, const std::string& id) { return bench.of(id).status; }

}  // namespace

TEST_CASE("plain, manual and script tasks are passed at once") {
  Bench bench(bpmn(start + node("task", "a") + node("manualTask", "b") + script("c", "{ n: n + 1, m: n * 2 }") + end +
                   chain({"s", "a", "b", "c", "e"})));
  const std::string id = bench.start("p", {{"n", 1}});
  CHECK(bench.trace() == "s a b c e");
  CHECK(status_of(bench, id) == Status::completed);
  CHECK(bench.variable(id, "n") == "2");
  CHECK(bench.variable(id, "m") == "4");
}

TEST_CASE("a user task opens with all that a list shows and is done once") {
  Bench bench(
      bpmn(start +
           user("a",
                "<vekha:assign variable=\"people\"/><vekha:due value=\"=date(term) + duration(&quot;P1D&quot;)\"/>"
                "<vekha:outcome id=\"yes\" label=\"Да\"/><vekha:outcome id=\"no\" label=\"Нет\" reason=\"required\"/>"
                "<vekha:field name=\"when\" label=\"Когда\" type=\"date\" required=\"true\"/>"
                "<vekha:field name=\"sure\" label=\"Точно\" type=\"bool\" value=\"=true\"/>") +
           end + chain({"s", "a", "e"})));
  const std::string id =
      bench.start("p", {{"people", List{"petrova", Map{{"id", "sidorov"}}}}, {"term", "2023-01-31"}});
  const Task task = *bench.task("a");
  CHECK(task.id == "p-1.1");
  CHECK(instance_of_task(task.id) == id);
  CHECK(task.assignees == std::vector<std::string>{"petrova", "sidorov"});
  CHECK(task.due == Value("2023-02-01"));
  CHECK(task.fields[1].value == Value(true));

  CHECK(bench.complete("a") == "Для задачи «Задача a» не выбран исход. Возможны: «Да» (yes), «Нет» (no).");
  CHECK(bench.complete("a", "maybe") == "У задачи «Задача a» нет исхода «maybe». Возможны: «Да» (yes), «Нет» (no).");
  CHECK(bench.complete("a", "no") == "Для исхода «Нет» задачи «Задача a» нужна причина.");
  CHECK(bench.complete("a", "yes") == "В задаче «Задача a» не заполнено поле «Когда» (when).");
  CHECK(bench.complete("a", "yes", {{"when", "вчера"}}) ==
        "Поле «Когда» задачи «Задача a» заполнено неверно: «вчера». Ожидается дата, например 09.12.2022.");
  CHECK(bench.complete("a", "yes", {{"when", "09.12.2022"}, {"who", "x"}}) ==
        "В задаче «Задача a» нет поля «who». Есть поля: when, sure.");
  CHECK(bench.complete("a", "yes", {{"when", "09.12.2022"}}) == "");
  CHECK(bench.variable(id, "when") == "\"2022-12-09\"");
  CHECK(bench.variable(id, "outcome") == "\"yes\"");

  bench.actor = {"petrova", "Петрова Б.Б.", {}};
  CHECK(bench.run(CompleteTask{task.id, "yes", {}, {}}) ==
        "Задача «Задача a» уже выполнена 09.01.2023 09:00, Иванова А.С. («Да»).");
  CHECK(bench.run(CompleteTask{"p-1.9", "yes", {}, {}}) == "Задачи «p-1.9» нет. Посмотрите список открытых задач.");
  CHECK(bench.run(CompleteTask{"чужое", "yes", {}, {}}) == "Задачи «чужое» нет. Посмотрите список открытых задач.");
}

TEST_CASE("a guard refuses an outcome with its own sentence, which may ask for a fact") {
  Bench bench(bpmn("<extensionElements><vekha:fact name=\"open\" type=\"number\"/></extensionElements>" + start +
                   user("a",
                        "<vekha:outcome id=\"go\" label=\"Дальше\" condition=\"open = 0\" refusal=\"=&quot;Открыто: "
                        "&quot; + string(open)\"/>") +
                   end + chain({"s", "a", "e"})));
  bench.facts["open"] = 2;
  const std::string id = bench.start("p");
  CHECK(bench.complete("a", "go") == "Открыто: 2");
  const auto refused =
      refused_outcomes(bench.library, bench.of(id), bench.task("a")->id, {bench.now, bench.actor}, bench);
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].second == "Открыто: 2");
  bench.facts["open"] = 0;
  CHECK(bench.complete("a", "go") == "");
}

TEST_CASE("outputs of a task say what becomes of its fields") {
  Bench bench(bpmn(start +
                   user("a",
                        "<vekha:output name=\"visas\" value=\"=append(visas, { who: actor.name, what: outcome, why: "
                        "reason, at: moment })\"/>") +
                   end + chain({"s", "a", "e"})));
  const std::string id = bench.start("p", {{"visas", List{}}});
  CHECK(bench.run(CompleteTask{bench.task("a")->id, "", {{"x", 1}}, "так"}) == "");
  CHECK(bench.variable(id, "visas") == R"([{"who":"Иванова А.С.","what":"","why":"так","at":"2023-01-09T06:00:00Z"}])");
  CHECK(bench.variable(id, "x") == "нет");
}

TEST_CASE("a task can be claimed and reassigned") {
  Bench bench(bpmn(start + user("a") + end + chain({"s", "a", "e"})));
  bench.start("p");
  const std::string task = bench.task("a")->id;
  CHECK(bench.run(ClaimTask{task}) == "");
  bench.actor = {"petrova", "Петрова", {}};
  CHECK(bench.run(ClaimTask{task}) == "Задачу «Задача a» уже взял «ivanova».");
  CHECK(bench.run(ReassignTask{task, {}, ""}) == "Кому переадресовать задачу «Задача a», не сказано.");
  CHECK(bench.run(ReassignTask{task, {"sidorov"}, "отпуск"}) == "");
  CHECK(bench.task("a")->assignees == std::vector<std::string>{"sidorov"});
  CHECK(bench.task("a")->claimed_by == "");
}

TEST_CASE("an exclusive gateway takes the first way that is open, else the default one, else it fails") {
  const std::string body = start + "<exclusiveGateway id=\"g\" name=\"Куда?\" default=\"g-c\"/>" + node("task", "a") +
                           node("task", "b") + node("task", "c") + flow("s", "g") + flow_if("g", "a", "n > 1") +
                           flow_if("g", "b", "${n == 1}") + flow("g", "c");
  Bench bench(bpmn(body));
  bench.start("p", {{"n", 2}});
  CHECK(bench.trace() == "s g a");
  bench.start("p", {{"n", 1}});
  CHECK(bench.trace() == "s g b");
  bench.start("p", {{"n", 0}});
  CHECK(bench.trace() == "s g c");

  Bench closed(bpmn(start + "<exclusiveGateway id=\"g\" name=\"Куда?\"/>" + node("task", "a") + flow("s", "g") +
                    flow_if("g", "a", "n > 1")));
  CHECK(closed.run(StartProcess{"p", {}}) ==
        "Из «Куда?» некуда идти: ни одно условие не выполнено, а потока по умолчанию нет. Условие «n > 1»: Имя «n» "
        "здесь не известно.");
  CHECK(closed.instances.all().empty());
}

TEST_CASE("a parallel gateway splits into all ways and waits for all") {
  Bench bench(bpmn(start + node("parallelGateway", "f") + user("a") + user("b") + node("parallelGateway", "j") + end +
                   chain({"s", "f", "a", "j", "e"}) + chain({"f", "b", "j"})));
  const std::string id = bench.start("p");
  CHECK(bench.complete("b") == "");
  CHECK(status_of(bench, id) == Status::active);
  CHECK(bench.complete("a") == "");
  CHECK(status_of(bench, id) == Status::completed);
}

TEST_CASE("a join that can never be satisfied is refused as stuck, never passed") {
  Bench bench(bpmn(start + node("exclusiveGateway", "x") + node("task", "a") + node("task", "b") +
                   node("parallelGateway", "j") + end + chain({"s", "x"}) + flow_if("x", "a", "true") +
                   flow_if("x", "b", "false") + flow("a", "j") + flow("b", "j") + flow("j", "e")));
  CHECK(bench.run(StartProcess{"p", {}}) ==
        "Процесс «Проба» (p-1) застрял бы: в нём остались незавершённые шаги, а ждать им нечего.");
}

TEST_CASE("an inclusive gateway takes every open way, and its join waits for exactly these") {
  Bench bench(bpmn(start + "<inclusiveGateway id=\"f\" default=\"f-c\"/>" + user("a") + user("b") + user("c") +
                   node("inclusiveGateway", "j") + user("d") + end + flow("s", "f") + flow_if("f", "a", "n > 0") +
                   flow_if("f", "b", "n > 1") + flow("f", "c") + flow("a", "j") + flow("b", "j") + flow("c", "j") +
                   chain({"j", "d", "e"})));
  bench.start("p", {{"n", 2}});
  CHECK(bench.complete("a") == "");
  CHECK(bench.count("d") == 0);
  CHECK(bench.complete("b") == "");
  CHECK(bench.count("d") == 1);
  CHECK(bench.complete("d") == "");
  bench.start("p", {{"n", 1}});
  CHECK(bench.complete("a") == "");
  CHECK(bench.complete("d") == "");
  bench.start("p", {{"n", 0}});
  CHECK(bench.complete("c") == "");
  CHECK(bench.complete("d") == "");
}

TEST_CASE("an inclusive join does not wait for a token that can only come back through itself") {
  Bench bench(bpmn(start + node("parallelGateway", "f") + user("a") + user("b") + node("inclusiveGateway", "j") +
                   node("exclusiveGateway", "x") + end + chain({"s", "f", "a", "j"}) + chain({"f", "b", "j"}) +
                   flow("j", "x") + flow_if("x", "a", "again") + flow_if("x", "e", "not(again)")));
  const std::string id = bench.start("p", {{"again", true}});
  CHECK(bench.complete("a") == "");
  CHECK(bench.count("a") == 0);
  CHECK(bench.complete("b") == "");
  CHECK(bench.count("a") == 1);
  CHECK(bench.complete("a", "", {{"again", false}}) == "");
  CHECK(status_of(bench, id) == Status::completed);
}

TEST_CASE("several flows out of a task are all taken, several into one start it each time") {
  Bench bench(bpmn(start + node("task", "a") + node("task", "b") + node("task", "c") + script("d", "{ n: n + 1 }") +
                   flow("s", "a") + flow("a", "b") + flow("a", "c") + flow("b", "d") + flow("c", "d")));
  const std::string id = bench.start("p", {{"n", 0}});
  CHECK(bench.variable(id, "n") == "2");
}

TEST_CASE("a sub-process has variables of its own and ends when its last token has") {
  Bench bench(bpmn(start + "<subProcess id=\"u\" name=\"Этап\"><dataObject id=\"o\" name=\"local\"/>" +
                   node("startEvent", "us") + script("a", "{ local: 1, n: 2 }") + user("b") + chain({"us", "a", "b"}) +
                   "</subProcess>" + end + chain({"s", "u", "e"})));
  const std::string id = bench.start("p");
  CHECK(bench.variable(id, "local") == "нет");
  CHECK(bench.variable(id, "n") == "2");
  CHECK(bench.task("b")->stage == Stage{1, "Этап"});
  CHECK(current_stage(*bench.library.find("p"), bench.of(id)) == Stage{1, "Этап"});
  CHECK(bench.complete("b") == "");
  CHECK(bench.trace() == "b u e");
}

TEST_CASE("a terminate end stops everything of its scope") {
  Bench bench(bpmn(start + node("parallelGateway", "f") + user("a") + user("b") +
                   "<endEvent id=\"t\"><terminateEventDefinition/></endEvent>" + end + chain({"s", "f", "a", "t"}) +
                   chain({"f", "b", "e"})));
  const std::string id = bench.start("p");
  const std::string other = bench.task("b")->id;
  CHECK(bench.complete("a") == "");
  CHECK(status_of(bench, id) == Status::terminated);
  CHECK(bench.run(CompleteTask{other, "", {}, {}}) ==
        "Задача «Задача b» снята 09.01.2023 09:00: процесс ушёл дальше без неё.");
}

TEST_CASE("a multi-instance task runs for every element and collects what its turns give") {
  const auto body = [](const std::string& attributes, const std::string& more) {
    return bpmn(start + "<userTask id=\"a\" name=\"Визы\"><multiInstanceLoopCharacteristics " + attributes +
                "><loopDataInputRef>people</loopDataInputRef><loopDataOutputRef>answers</"
                "loopDataOutputRef><inputDataItem id=\"i\" name=\"person\"/>"
                "<outputDataItem id=\"o\" name=\"answer\"/>" +
                more + "</multiInstanceLoopCharacteristics></userTask>" + end + chain({"s", "a", "e"}));
  };
  const Map people{{"people", List{"а", "б", "в"}}};
  SUBCASE("in parallel") {
    Bench bench(body("", ""));
    const std::string id = bench.start("p", people);
    CHECK(bench.count("a") == 3);
    const std::string second = bench.of(id).tasks[1].id;
    CHECK(bench.run(CompleteTask{second, "", {{"answer", "да"}}, {}}) == "");
    CHECK(bench.complete("a", "", {{"answer", "нет"}}) == "");
    CHECK(bench.complete("a") == "");
    CHECK(bench.variable(id, "answers") == R"(["нет","да",null])");
    CHECK(status_of(bench, id) == Status::completed);
  }
  SUBCASE("one after the other") {
    Bench bench(body("isSequential=\"true\"", ""));
    const std::string id = bench.start("p", people);
    for (const char* answer : {"1", "2", "3"}) {
      CHECK(bench.count("a") == 1);
      CHECK(bench.complete("a", "", {{"answer", answer}}) == "");
    }
    CHECK(bench.variable(id, "answers") == R"(["1","2","3"])");
  }
  SUBCASE("until the condition is met") {
    Bench bench(body(
        "", "<completionCondition>numberOfCompletedInstances &gt;= 2 and numberOfInstances = 3</completionCondition>"));
    const std::string id = bench.start("p", people);
    CHECK(bench.complete("a") == "");
    CHECK(bench.complete("a") == "");
    CHECK(status_of(bench, id) == Status::completed);
  }
  SUBCASE("not at all for an empty list") {
    Bench bench(body("", ""));
    const std::string id = bench.start("p", {{"people", List{}}});
    CHECK(status_of(bench, id) == Status::completed);
    CHECK(bench.variable(id, "answers") == "[]");
  }
  SUBCASE("without its list it fails") {
    Bench bench(body("", ""));
    CHECK(bench.run(StartProcess{"p", {}}) ==
          "«Визы» повторяется по списку «people», а его нет: Имя «people» здесь не известно.");
  }
}

TEST_CASE("a multi-instance activity may run a number of times") {
  Bench bench(bpmn(start +
                   "<scriptTask id=\"a\" scriptFormat=\"feel\"><multiInstanceLoopCharacteristics "
                   "isSequential=\"true\"><loopCardinality>3</loopCardinality>"
                   "</multiInstanceLoopCharacteristics><script>{ sum: sum + loopCounter }</script></scriptTask>" +
                   end + chain({"s", "a", "e"})));
  CHECK(bench.variable(bench.start("p", {{"sum", 0}}), "sum") == "6");
}

TEST_CASE("a timer is waited for, and fires at its own time") {
  Bench bench(bpmn(start +
                   "<intermediateCatchEvent "
                   "id=\"t\"><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition></"
                   "intermediateCatchEvent>" +
                   end + chain({"s", "t", "e"})));
  const std::string id = bench.start("p");
  bench.pass(std::chrono::hours{1});
  CHECK(status_of(bench, id) == Status::active);
  bench.pass(std::chrono::hours{5});
  CHECK(status_of(bench, id) == Status::completed);
  CHECK(to_iso(*bench.of(id).ended) == "2023-01-09T08:00:00Z");
  CHECK(bench.last.events[0].actor == "");
}

TEST_CASE("a boundary timer interrupts, or does not") {
  const auto body = [](const std::string& cancel, const std::string& definition) {
    return bpmn(start + user("a") + "<boundaryEvent id=\"t\" attachedToRef=\"a\" cancelActivity=\"" + cancel +
                "\"><timerEventDefinition>" + definition + "</timerEventDefinition></boundaryEvent>" +
                node("task", "late") + end + chain({"s", "a", "e"}) + flow("t", "late"));
  };
  SUBCASE("interrupting") {
    Bench bench(body("true", "<timeDate>due</timeDate>"));
    const std::string id = bench.start("p", {{"due", "2023-01-10"}});
    CHECK(to_iso(bench.of(id).timers[0].due) == "2023-01-09T21:00:00Z");
    bench.pass(std::chrono::hours{24});
    CHECK(bench.trace() == "t late");
    CHECK(status_of(bench, id) == Status::completed);
    CHECK(bench.count("a") == 0);
  }
  SUBCASE("not interrupting, three times") {
    Bench bench(body("false", "<timeCycle>R3/PT1H</timeCycle>"));
    const std::string id = bench.start("p");
    bench.pass(std::chrono::hours{24});
    CHECK(bench.trace() == "t late t late t late");
    CHECK(to_iso(bench.last.events.back().time) == "2023-01-09T09:00:00Z");
    CHECK(bench.of(id).timers.empty());
    CHECK(bench.complete("a") == "");
    CHECK(status_of(bench, id) == Status::completed);
  }
  SUBCASE("never, where the term is known to be none") {
    Bench bench(body("true", "<timeDate>due</timeDate>"));
    const std::string id = bench.start("p", {{"due", nullptr}});
    CHECK(bench.of(id).timers.empty());
  }
  SUBCASE("a term in the past fires at once, not before the task began") {
    Bench bench(body("true", "<timeDate>2022-01-01T00:00:00Z</timeDate>"));
    bench.start("p");
    bench.pass(std::chrono::hours{0});
    CHECK(to_iso(bench.last.events[0].time) == "2023-01-09T06:00:00Z");
  }
}

TEST_CASE("a message reaches everybody who waits with its key, and nobody else") {
  const std::string keyed =
      "<message id=\"m\" name=\"Весть\"><extensionElements><vekha:correlation "
      "key=\"key\"/></extensionElements></message>";
  Bench bench(bpmn(
      start + "<intermediateCatchEvent id=\"c\"><messageEventDefinition messageRef=\"m\"/></intermediateCatchEvent>" +
          end + chain({"s", "c", "e"}),
      keyed));
  const std::string a = bench.start("p", {{"key", "а"}}), b = bench.start("p", {{"key", "а"}}),
                    c = bench.start("p", {{"key", 5}});
  CHECK(bench.run(DeliverMessage{"Весть", "я", {}}) == "Сообщения «Весть» с ключом «я» сейчас никто не ждёт.");
  CHECK(bench.run(DeliverMessage{"Весть", "а", {{"n", 1}}}) == "");
  CHECK(bench.last.receivers == 2);
  CHECK(status_of(bench, a) == Status::completed);
  CHECK(status_of(bench, b) == Status::completed);
  CHECK(bench.variable(a, "n") == "1");
  CHECK(status_of(bench, c) == Status::active);
  CHECK(bench.run(DeliverMessage{"Весть", std::nullopt, {{"key", 5}}}) == "");
  CHECK(status_of(bench, c) == Status::completed);
  CHECK(bench.run(StartProcess{"p", {}}) ==
        "Ключ сообщения «Весть» у «c» пуст: выражение «key». Имя «key» здесь не известно.");
}

TEST_CASE("a message without a key goes to the one who has waited longest") {
  Bench bench(bpmn(start + "<receiveTask id=\"c\" messageRef=\"m\"/>" + end + chain({"s", "c", "e"}), message));
  const std::string a = bench.start("p");
  bench.now += std::chrono::seconds{1};
  const std::string b = bench.start("p");
  CHECK(bench.run(DeliverMessage{"Весть", std::nullopt, {}}) == "");
  CHECK(status_of(bench, a) == Status::completed);
  CHECK(status_of(bench, b) == Status::active);
}

TEST_CASE("a thrown message starts a process that begins with it and carries its payload and stage") {
  Bench bench(bpmn(start + "<subProcess id=\"u\" name=\"План\">" + node("startEvent", "us") +
                       "<sendTask id=\"t\" messageRef=\"m\"><extensionElements><vekha:input name=\"n\" value=\"=k + "
                       "1\"/></extensionElements></sendTask>" +
                       chain({"us", "t"}) + "</subProcess>" + end + chain({"s", "u", "e"}),
                   message +
                       "<process id=\"q\" isExecutable=\"true\"><startEvent id=\"qs\"><messageEventDefinition "
                       "messageRef=\"m\"/></startEvent><userTask id=\"qa\"/>" +
                       flow("qs", "qa") + "</process>"));
  const std::string id = bench.start("p", {{"k", 1}});
  CHECK(status_of(bench, id) == Status::completed);
  REQUIRE(bench.task("qa"));
  CHECK(bench.variable("q-2", "n") == "2");
  CHECK(bench.task("qa")->stage == Stage{1, "План"});
  CHECK(bench.run(StartProcess{"q", {}}) == "Процесс «q» нельзя начать прямо: он начинается с события.");
  CHECK(bench.run(StartProcess{"r", {}}) == "Процесса «r» нет.");
}

TEST_CASE("a message boundary event that does not interrupt goes on listening") {
  Bench bench(bpmn(start + user("a") +
                       "<boundaryEvent id=\"b\" attachedToRef=\"a\" cancelActivity=\"false\"><messageEventDefinition "
                       "messageRef=\"m\"/></boundaryEvent>" +
                       script("c", "{ n: n + 1 }") + end + chain({"s", "a", "e"}) + flow("b", "c"),
                   message));
  const std::string id = bench.start("p", {{"n", 0}});
  for (int i = 0; i < 2; ++i)
    CHECK(bench.run(DeliverMessage{"Весть", std::nullopt, {}}) == "");
  CHECK(bench.variable(id, "n") == "2");
  CHECK(bench.complete("a") == "");
  CHECK(bench.of(id).subscriptions.empty());
}

TEST_CASE("an event-based gateway goes the way of what comes first") {
  Bench bench(
      bpmn(start + node("eventBasedGateway", "g") +
               "<intermediateCatchEvent id=\"c\"><messageEventDefinition messageRef=\"m\"/></intermediateCatchEvent>" +
               "<intermediateCatchEvent "
               "id=\"t\"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></"
               "intermediateCatchEvent>" +
               end + flow("s", "g") + flow("g", "c") + flow("g", "t") + flow("c", "e") + flow("t", "e"),
           message));
  const std::string a = bench.start("p");
  CHECK(bench.run(DeliverMessage{"Весть", std::nullopt, {}}) == "");
  CHECK(bench.trace() == "g c e");
  CHECK(bench.of(a).timers.empty());
  bench.start("p");
  bench.pass(std::chrono::hours{1});
  CHECK(bench.trace() == "g t e");
}

TEST_CASE("a call activity runs another process and takes back what it is told to") {
  const std::string called =
      "<process id=\"q\" name=\"Вызванный\"><startEvent id=\"qs\"/><userTask id=\"qa\"/><scriptTask id=\"qb\" "
      "scriptFormat=\"feel\"><script>{ m: n * 2 }</script></scriptTask>" +
      chain({"qs", "qa", "qb"}) + "</process>";
  SUBCASE("by mappings") {
    Bench bench(
        bpmn(start +
                 "<callActivity id=\"c\" calledElement=\"q\"><extensionElements><vekha:input name=\"n\" "
                 "value=\"=k\"/><vekha:output name=\"result\" value=\"=m + 1\"/></extensionElements></callActivity>" +
                 end + chain({"s", "c", "e"}),
             called));
    const std::string id = bench.start("p", {{"k", 4}});
    CHECK(bench.of("q-2").root == id);
    CHECK(bench.variable("q-2", "k") == "нет");
    CHECK(bench.complete("qa") == "");
    CHECK(bench.variable(id, "result") == "9");
    CHECK(bench.variable(id, "m") == "нет");
    CHECK(status_of(bench, id) == Status::completed);
  }
  SUBCASE("without mappings everything goes in and comes back") {
    Bench bench(bpmn(start + "<callActivity id=\"c\" calledElement=\"q\"/>" + end + chain({"s", "c", "e"}), called));
    const std::string id = bench.start("p", {{"n", 4}});
    CHECK(bench.complete("qa") == "");
    CHECK(bench.variable(id, "m") == "8");
  }
  SUBCASE("interrupted, the called process ends too") {
    Bench bench(bpmn(start +
                         "<callActivity id=\"c\" calledElement=\"q\"/><boundaryEvent id=\"t\" "
                         "attachedToRef=\"c\"><timerEventDefinition><timeDuration>PT1H</timeDuration></"
                         "timerEventDefinition></boundaryEvent>" +
                         end + chain({"s", "c", "e"}) + flow("t", "e"),
                     called));
    const std::string id = bench.start("p", {{"n", 4}});
    bench.pass(std::chrono::hours{1});
    CHECK(status_of(bench, id) == Status::completed);
    CHECK(status_of(bench, "q-2") == Status::cancelled);
    CHECK(bench.count("qa") == 0);
  }
}

TEST_CASE("a service is called with its inputs; its refusal leaves nothing behind") {
  Bench bench(bpmn(start + user("a") +
                   "<serviceTask id=\"v\"><extensionElements><vekha:service name=\"register\"/><vekha:input "
                   "name=\"title\" value=\"=&quot;О &quot; + subject\"/>"
                   "<vekha:input name=\"kind\" value=\"приказ\"/><vekha:output name=\"number\" "
                   "value=\"=running\"/></extensionElements></serviceTask>" +
                   end + chain({"s", "a", "v", "e"})));
  const std::string id = bench.start("p", {{"subject", "плане"}});
  bench.answers["register"] = Rejection{"", "Номер занят."};
  CHECK(bench.complete("a") == "Номер занят.");
  CHECK(bench.count("a") == 1);
  bench.answers["register"] = Map{{"running", 18}};
  CHECK(bench.complete("a") == "");
  CHECK(bench.calls.back().second == Map{{"title", "О плане"}, {"kind", "приказ"}});
  CHECK(bench.variable(id, "number") == "18");
}

TEST_CASE("a document is wanted when its task completes, where its condition holds") {
  Bench bench(
      bpmn("<dataObject id=\"d\"><extensionElements><vekha:template file=\"=file\" name=\"Приказ {{number}}\" "
           "kind=\"приказ\"/></extensionElements></dataObject>"
           "<dataObjectReference id=\"r\" name=\"Приказ\" dataObjectRef=\"d\"/>" +
           start +
           "<userTask id=\"a\"><dataOutputAssociation id=\"o\"><extensionElements><vekha:when "
           "condition=\"good\"/></extensionElements><targetRef>r</targetRef></dataOutputAssociation></userTask>" +
           end + chain({"s", "a", "e"})));
  bench.start("p", {{"file", "order.docx"}});
  CHECK(bench.complete("a", "", {{"good", true}}) == "");
  REQUIRE(bench.last.documents.size() == 1);
  const WantedDocument& document = bench.last.documents[0];
  CHECK(document.name == "Приказ");
  CHECK(document.template_file == "order.docx");
  CHECK(document.file_name == "Приказ {{number}}");
  CHECK(document.kind == "приказ");
  CHECK(bench.last.events[document.event].kind == EventKind::document_wanted);
  bench.start("p", {{"file", "order.docx"}});
  CHECK(bench.complete("a", "", {{"good", false}}) == "");
  CHECK(bench.last.documents.empty());
}

TEST_CASE("an instance can be cancelled with a reason, once") {
  Bench bench(bpmn(start + user("a") + end + chain({"s", "a", "e"})));
  const std::string id = bench.start("p");
  CHECK(bench.run(CancelInstance{id, "план отменён"}) == "");
  CHECK(bench.of(id).reason == "план отменён");
  CHECK(bench.run(CancelInstance{id, "снова"}) == "Процесс «Проба» (p-1) уже завершён.");
  CHECK(bench.run(CancelInstance{"x", "снова"}) == "Экземпляра «x» нет.");
}

TEST_CASE("a loop that never waits is a failure, not a hang") {
  Bench bench(bpmn(start + node("exclusiveGateway", "g") + node("task", "a") + chain({"s", "g", "a", "g"})));
  CHECK(bench.run(StartProcess{"p", {}}) ==
        "Процесс «Проба» сделал 100000 шагов без остановки: похоже на бесконечный цикл.");
}

TEST_CASE("running instances stay on the version they began with") {
  Bench bench(bpmn(start + user("a") + user("b") + end + chain({"s", "a", "b", "e"})));
  const std::string old = bench.start("p");
  bench.add(bpmn(start + user("a") + end + chain({"s", "a", "e"})), "проба.bpmn");
  const std::string fresh = bench.start("p");
  CHECK(bench.of(old).definition != bench.of(fresh).definition);
  CHECK(bench.complete("a") == "");
  CHECK(bench.count("b") == 1);
  CHECK(bench.complete("a") == "");
  CHECK(status_of(bench, fresh) == Status::completed);
}

TEST_CASE("a damaged history is told, not applied") {
  Instance instance;
  Event event{EventKind::left, "p-1", {}, {}, Map{{"at", 7}}};
  CHECK_THROWS_WITH(apply(instance, event),
                    "История экземпляра «p-1» повреждена: событие «left» не подходит к его состоянию.");
}

TEST_CASE("a variable that could not be read again is refused") {
  Bench bench(bpmn(start + node("exclusiveGateway", "g") + script("a", "{ x: [x] }") + chain({"s", "g", "a", "g"})));
  CHECK(bench.run(StartProcess{"p", {}}) == "Переменная «x» вложена глубже 64 уровней.");
}

TEST_CASE("where failures are recorded, one failing instance does not stop the others") {
  Bench bench(bpmn(start +
                   "<intermediateCatchEvent "
                   "id=\"t\"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></"
                   "intermediateCatchEvent>" +
                   "<exclusiveGateway id=\"g\"/>" + end + chain({"s", "t", "g"}) + flow_if("g", "e", "good")));
  const std::string bad = bench.start("p", {{"good", false}}), good = bench.start("p", {{"good", true}});
  bench.now += std::chrono::hours{2};
  const Result result =
      transact(bench.library, bench.instances, AdvanceTime{}, {bench.now, {}, "UTC"}, bench, OnFailure::record);
  const Transition& transition = std::get<Transition>(result);
  CHECK(transition.failure == "Из «g» некуда идти: ни одно условие не выполнено, а потока по умолчанию нет.");
  bench.instances.keep(transition);
  CHECK(status_of(bench, bad) == Status::failed);
  CHECK(status_of(bench, good) == Status::completed);
}

TEST_CASE("data associations copy between data objects and what an activity has of its own") {
  const std::string objects =
      "<dataObject id=\"d1\" name=\"сумма\"/><dataObjectReference id=\"r1\" dataObjectRef=\"d1\"/>"
      "<dataObject id=\"d2\" name=\"налог\"/>";
  const std::string own =
      "<ioSpecification><dataInput id=\"i\" name=\"x\"/><dataOutput id=\"o\" name=\"y\"/></ioSpecification>"
      "<dataInputAssociation><sourceRef>r1</sourceRef><targetRef>i</targetRef></dataInputAssociation>";
  const auto with = [&](const std::string& output) {
    return bpmn(objects + start + script("set", "{ сумма: 100 }") + "<scriptTask id=\"a\" scriptFormat=\"feel\">" +
                own +
                "<dataOutputAssociation><sourceRef>o</sourceRef>"
                "<targetRef>d2</targetRef>" +
                output +
                "</dataOutputAssociation><script>{ y: x * 2, x: 0 }</script>"
                "</scriptTask>" +
                chain({"s", "set", "a"}));
  };
  Bench copied(with(""));
  std::string id = copied.start("p");
  CHECK(copied.variable(id, "налог") == "200");
  CHECK(copied.variable(id, "сумма") == "100");
  CHECK(copied.variable(id, "y") == "нет");
  Bench changed(with("<transformation>y + 1</transformation>"));
  id = changed.start("p");
  CHECK(changed.variable(id, "налог") == "201");
}

TEST_CASE("one command may reach one instance a thousand times: the steps are counted from wait to wait") {
  const std::string many =
      "<multiInstanceLoopCharacteristics><loopCardinality>1100</loopCardinality>"
      "</multiInstanceLoopCharacteristics>";
  const std::string counting =
      "<process id=\"q\"><startEvent id=\"qs\"/><exclusiveGateway id=\"m0\"/><receiveTask id=\"r\" messageRef=\"m\"/>";
  std::string steps;
  std::vector<std::string> way = {"r"};
  for (int i = 0; i < 100; ++i) {
    way.push_back(fmt::format("t{}", i));
    steps += node("task", way.back());
  }
  way.push_back("m0");
  Bench bench(bpmn(start + "<sendTask id=\"a\" messageRef=\"m\">" + many + "</sendTask>" + flow("s", "a"),
                   message + counting + steps + chain({"qs", "m0", "r"}) + chain(way) + "</process>"));
  bench.start("q");
  // Not by the bench: it would write and read again the more than 300,000 events.
  CHECK(std::holds_alternative<Transition>(
      transact(bench.library, bench.instances, StartProcess{"p", {}}, {bench.now, bench.actor}, bench)));
}
