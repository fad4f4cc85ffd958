// A process in Russian sentences, and the live picture of an instance.
#include "workflow/describe.h"

#include "base/file.h"
#include "bench.h"
#include "workflow/picture.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

std::string told(const std::string& xml) { return describe(*load(xml, "п.bpmn").definition); }

}  // namespace

TEST_CASE("a process is told step by step, with who does it, choices, events and what comes next") {
  const std::string body =
      "<laneSet id=\"ls\"><lane id=\"l\" name=\"Методист\"><flowNodeRef>a</flowNodeRef></lane></laneSet>"
      "<startEvent id=\"s\"/><userTask id=\"a\" name=\"Подготовить проект\"><extensionElements><vekha:due "
      "value=\"=term\"/>"
      "<vekha:field name=\"x\" label=\"Текст\" required=\"true\"/><vekha:outcome id=\"go\" label=\"Готово\"/>"
      "<vekha:outcome id=\"no\" label=\"Отказ\" reason=\"required\"/></extensionElements></userTask>" +
      event("boundaryEvent", "late", "timer", "", on("a", aside), "<timeDuration>P3D</timeDuration>") +
      "<sendTask id=\"remind\" name=\"Напомнить\" messageRef=\"m\"/><exclusiveGateway id=\"x\" name=\"Готово?\" "
      "default=\"x-e\"/>" +
      sub("u", "<startEvent id=\"us\"/>" + script("k", "{ n: 1 }") + flow("us", "k")) +
      "<endEvent id=\"e\" name=\"Всё\"/>" + chain({"s", "a", "x", "e"}) +
      flow_if("x", "u", "outcome = &quot;go&quot;") + flow("u", "e") + flow("late", "remind");
  CHECK(told(bpmn(body, "<message id=\"m\" name=\"Напоминание\"/>")) ==
        "Процесс «Проба».\n"
        "Участвуют: Методист.\n"
        "1. Начало. Дальше – шаг 2.\n"
        "2. «Подготовить проект». Делает: Методист. Срок: «=term». Заполняет: Текст (обязательно). Решает: «Готово», "
        "«Отказ» (с причиной). Дальше – шаг 3.\n"
        "   Если прошло «P3D», этот шаг продолжается, и рядом начинается другой. Дальше – шаг 6.\n"
        "3. Выбор «Готово?». Дальше: если «outcome = \"go\"» – шаг 5; иначе – шаг 4.\n"
        "4. Конец: «Всё».\n"
        "5. «u» – несколько шагов, они названы ниже. Дальше – шаг 4.\n"
        "5.1. Начало. Дальше – шаг 5.2.\n"
        "5.2. «k» – программа считает: «{ n: 1 }». На этом ветка кончается.\n"
        "6. «Напомнить» – отправляется сообщение «Напоминание». На этом ветка кончается.\n");
}

TEST_CASE("everything that happens has a sentence") {
  const std::string before =
      "<signal id=\"g\" name=\"Тревога\"/><error id=\"er\" errorCode=\"E1\"/><escalation id=\"es\" "
      "escalationCode=\"S1\"/>";
  const std::string text =
      told(bpmn("<startEvent id=\"s\"/>" + node("parallelGateway", "f") +
                    event("intermediateThrowEvent", "t1", "signal", "signalRef=\"g\"") +
                    event("intermediateThrowEvent", "t2", "escalation", "escalationRef=\"es\"") +
                    event("intermediateThrowEvent", "t3", "compensate") +
                    event("intermediateCatchEvent", "c1", "conditional", "", "", condition("n &gt; 1")) +
                    event("endEvent", "x1", "error", "errorRef=\"er\"") + event("endEvent", "x2", "terminate") +
                    chain({"s", "f", "t1", "t2", "x1"}) + chain({"f", "t3", "c1", "x2"}) +
                    sub("h", event("startEvent", "hs", "error"), by_event),
                before));
  for (const char* sentence : {"Ветки расходятся. Дальше одновременно – шаги 3, 6.", "Подаётся сигнал «Тревога».",
                               "Дело передаётся выше: «S1».", "Отменяется всё, что сделано на этом уровне.",
                               "Ждём, когда становится верно «n > 1».", "Случается ошибка «E1». Конец.",
                               "Всё, что ещё идёт на этом уровне, прекращается. Конец.",
                               "«h» – начинается само, когда случается ошибка, и прекращает всё остальное.",
                               "Начало, когда случается ошибка."}) {
    CAPTURE(text);
    CAPTURE(sentence);
    CHECK(text.find(sentence) != std::string::npos);
  }
}

TEST_CASE("the processes of the product can be told, every step with a number that exists") {
  for (const char* name : {"document", "item", "roadmap"}) {
    const std::string file = fmt::format("{}/workflows/{}.bpmn", VEKHA_SOURCE_DIR, name);
    const std::string text = told(read_file(file, 1 << 24));
    CHECK(text.starts_with("Процесс «"));
    CHECK(text.find("шаг ?") == std::string::npos);
  }
}

TEST_CASE("the picture says of each element how often it was done, what is open, what is late") {
  Bench bench(
      bpmn("<startEvent id=\"s\"/>"
           "<userTask id=\"a\"><extensionElements><vekha:due value=\"=&quot;2023-01-10&quot;\"/></extensionElements>"
           "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>"
           "</multiInstanceLoopCharacteristics></userTask>" +
           flow("s", "a")));
  const std::string id = bench.start("p");
  CHECK(bench.complete("a") == "");
  const auto shown = [&](const char* now) {
    std::string text;
    for (const NodePicture& one : picture(bench.of(id), bench.history[id], *parse_instant(now), "Europe/Moscow"))
      text += fmt::format("{}:{}:{}:{} ", one.node, one.passes, one.open, one.overdue ? "late" : "");
    return text;
  };
  CHECK(shown("2023-01-10T20:59:59Z") == "s:1:0: a:1:1: ");
  CHECK(shown("2023-01-10T21:00:00Z") == "s:1:0: a:1:1:late ");
}
