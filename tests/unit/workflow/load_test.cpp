// What is refused when a file is loaded, in full Russian sentences and with the line.
#include "bench.h"
#include "workflow/run.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

std::string all(const std::string& xml) {
  std::string text;
  for (const Diagnostic& one : load(xml, "п.bpmn").diagnostics)
    text += fmt::format("{}:{} {} {} {}\n", one.where.line, to_string(one.severity), one.code, one.message, one.hint);
  return text;
}

// The first diagnostic of one node between a start and an end, all on lines of their own.
std::string of_node(const std::string& node) {
  return all(bpmn("<startEvent id=\"s\"/>\n" + node + "\n<endEvent id=\"e\"/>\n" + flow("s", "a") + flow("a", "e")));
}

}  // namespace

TEST_CASE("what is not executed is refused by name, with its line") {
  const std::string replace =
      "Замените его элементами, которые исполняются: их список – в engine/workflow/README.md.\n";
  CHECK(of_node("<transaction id=\"a\" name=\"Сделка\"/>") ==
        "4:error unsupported-element Элемент «transaction» «Сделка» не исполняется. " + replace);
  CHECK(of_node("<adHocSubProcess id=\"a\"/>") ==
        "4:error unsupported-element Элемент «adHocSubProcess» «a» не исполняется. " + replace);
  CHECK(of_node("<complexGateway id=\"a\"/>") ==
        "4:error unsupported-element Элемент «complexGateway» «a» не исполняется. " + replace);
  CHECK(of_node("<task id=\"a\" startQuantity=\"2\"/>") ==
        "4:error unsupported-element Элемент «startQuantity» «a» не исполняется. Уберите этот атрибут.\n");
  CHECK(of_node("<task id=\"a\" completionQuantity=\"2\"/>") ==
        "4:error unsupported-element Элемент «completionQuantity» «a» не исполняется. Уберите этот атрибут.\n");
  CHECK(of_node("<task id=\"a\"><multiInstanceLoopCharacteristics behavior=\"One\"><loopCardinality>2</loopCardinality>"
                "</multiInstanceLoopCharacteristics></task>") ==
        "4:error unsupported-element Элемент «behavior» «a» не исполняется. Оставьте behavior=\"All\".\n");
  CHECK(of_node("<endEvent id=\"a\"><cancelEventDefinition/></endEvent>")
            .starts_with("4:error unsupported-element Элемент «endEvent» с «cancelEventDefinition» «a» не исполняется. "
                         "Замените его событием, которое исполняется: их список – в engine/workflow/README.md.\n"));
  CHECK(
      of_node("<intermediateThrowEvent id=\"a\"><messageEventDefinition/><signalEventDefinition/>"
              "</intermediateThrowEvent>") ==
      "4:error unsupported-element Элемент «несколько событий в одном» «a» не исполняется. Разделите его на несколько "
      "событий.\n");
  CHECK(of_node("<eventBasedGateway id=\"a\" eventGatewayType=\"Parallel\"/>")
            .starts_with("4:error unsupported-element Элемент «eventGatewayType=\"Parallel\"» «a» не исполняется. "
                         "Оставьте обычный шлюз по событиям.\n"));
  CHECK(all(bpmn("<startEvent id=\"s\"><conditionalEventDefinition><condition>true</condition>"
                 "</conditionalEventDefinition></startEvent>")) ==
        "3:error unsupported-element Элемент «startEvent» «s» в начале процесса не исполняется: процесс начинается "
        "просто "
        "так, с сообщения, сигнала или таймера. Начните процесс с одного из них.\n");
  CHECK(of_node("<scriptTask id=\"a\" name=\"Счёт\" scriptFormat=\"javascript\"/>") ==
        "4:error unsupported-language Сценарий «Счёт» на языке «javascript» не исполняется. "
        "Запишите его контекстом FEEL: scriptFormat=\"application/feel\", { имя: выражение }.\n");
  CHECK(all("<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">\n<globalUserTask id=\"g\"/>\n<process "
            "id=\"p\"><task id=\"a\"/></process></definitions>") ==
        "2:error unsupported-element Элемент «globalUserTask» «g» не исполняется. Уберите его из файла.\n");
}

TEST_CASE("broken references and faulty expressions are told all at once") {
  CHECK(all(bpmn("<startEvent id=\"s\"/>\n<userTask id=\"a\" name=\"Проверка\"/>\n<sequenceFlow id=\"f\" "
                 "sourceRef=\"s\" targetRef=\"нет\"/>\n"
                 "<sequenceFlow id=\"g\" sourceRef=\"s\" targetRef=\"a\"><conditionExpression>n &gt; "
                 "</conditionExpression></sequenceFlow>\n"
                 "<receiveTask id=\"r\" messageRef=\"m\"/>")) ==
        "5:error broken-reference Поток «f» ссылается на элемент «нет», которого нет. Соедините стрелку заново.\n"
        "6:error expression-fault Условие у «g»: выражение «n >» записано с ошибкой (строка 1, столбец 5 выражения). "
        "Здесь ожидается значение, а выражение кончилось. Исправьте выражение FEEL.\n"
        "7:error broken-reference «r» ссылается на сообщение «m», которого нет. Выберите сообщение.\n");
}

TEST_CASE("names nobody sets are errors in a process that declares its variables") {
  CHECK(all(bpmn("<extensionElements><vekha:variable name=\"subject\"/></extensionElements>\n<startEvent "
                 "id=\"s\"/>\n<exclusiveGateway id=\"g\"/>\n<endEvent id=\"e\"/>\n" +
                 flow("s", "g") + flow_if("g", "e", "subjekt = 1"))) ==
        "8:error unknown-name Выражение «subjekt = 1» у «g-e» читает имя «subjekt», а его никто не задаёт. "
        "Может быть, «subject»? Иначе объявите его в vekha:variable.\n");
  CHECK(all(bpmn("<startEvent id=\"s\"/>\n<exclusiveGateway id=\"g\"/>\n<endEvent id=\"e\"/>\n" + flow("s", "g") +
                 flow_if("g", "e", "subjekt = 1"))) == "");
}

TEST_CASE("doubts about the drawing are warnings") {
  CHECK(all(bpmn("<startEvent id=\"s\"/>\n<task id=\"a\" name=\"Сирота\"/>\n<exclusiveGateway id=\"x\" "
                 "name=\"Выбор\"/>\n<task id=\"b\"/>\n<task id=\"c\"/>\n<parallelGateway id=\"j\" "
                 "name=\"Сбор\"/>\n<endEvent id=\"e\"/>\n" +
                 flow("s", "x") + flow_if("x", "b", "n = 1") + flow_if("x", "c", "n = 2") + flow("b", "j") +
                 flow("c", "j") + flow("j", "e"))) ==
        "4:warning unreachable До элемента «Сирота» нельзя дойти от начала процесса. Проведите к нему стрелку или "
        "уберите его.\n"
        "4:warning dead-end Из элемента «Сирота» никуда нельзя пройти: стрелки из него нет. Проведите стрелку дальше "
        "или к конечному событию.\n"
        "8:warning join-deadlock Параллельный шлюз «Сбор» может ждать вечно: «Выбор» пускает только по одной из "
        "стрелок, которые в нём сходятся. "
        "Сведите эти стрелки шлюзом «или».\n");
  CHECK(
      all("<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:di=\"urn:di\">\n<process "
          "id=\"p\">\n<task id=\"a\" name=\"Дело\"/>\n</process>"
          "<di:BPMNDiagram><di:BPMNShape bpmnElement=\"p\"/></di:BPMNDiagram></definitions>") ==
      "3:warning no-shape Элемента «Дело» нет на схеме. Нарисуйте его в редакторе BPMN, иначе его никто не увидит.\n");
}

TEST_CASE("a choice inside one branch of a split does not make its join suspicious") {
  CHECK(all(bpmn("<startEvent id=\"s\"/><parallelGateway id=\"f\"/><exclusiveGateway id=\"x\" default=\"x-b\"/><task "
                 "id=\"a\"/><task id=\"b\"/><exclusiveGateway id=\"y\"/><task id=\"c\"/>"
                 "<parallelGateway id=\"j\"/><endEvent id=\"e\"/>" +
                 chain({"s", "f", "x"}) + flow_if("x", "a", "n = 1") + flow("x", "b") + flow("a", "y") +
                 flow("b", "y") + flow("y", "j") + chain({"f", "c", "j", "e"}))) == "");
}

TEST_CASE("files that are no BPMN are refused in one sentence") {
  CHECK(all("") ==
        "0:error unreadable Это не XML: в файле нет ни одного элемента (строка 1, столбец 1). Откройте файл в "
        "редакторе BPMN и сохраните заново.\n");
  CHECK(all("<html/>") ==
        "1:error not-bpmn Это не BPMN: файл начинается с элемента «html», а не «definitions». Выберите файл .bpmn.\n");
  CHECK(all("<definitions/>") ==
        "1:error not-bpmn Это не BPMN 2.0: у элемента «definitions» другое пространство имён. Выберите файл .bpmn.\n");
  CHECK(all("<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>") ==
        "1:error no-process В файле нет ни одного процесса. Нарисуйте процесс и сохраните файл.\n");
  CHECK(all(std::string(17 * 1024 * 1024, ' ')) ==
        "0:error too-large Файл процесса больше 16 МБ: таких не бывает. Проверьте, тот ли это файл.\n");
}

TEST_CASE("extensions of other tools are ignored, whatever the prefix of BPMN") {
  const std::string xml =
      "<bpmn2:definitions xmlns:bpmn2=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
      "xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\">"
      "<bpmn2:process id=\"p\" camunda:historyTimeToLive=\"1\"><bpmn2:startEvent "
      "id=\"s\"><bpmn2:outgoing>f</bpmn2:outgoing></bpmn2:startEvent>"
      "<bpmn2:userTask id=\"a\" camunda:assignee=\"x\"><bpmn2:extensionElements><camunda:properties><camunda:property "
      "name=\"a\"/></camunda:properties></bpmn2:extensionElements></bpmn2:userTask>"
      "<bpmn2:sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"a\"/><bpmn2:textAnnotation "
      "id=\"t\"/></bpmn2:process></bpmn2:definitions>";
  CHECK(all(xml) == "");
}

TEST_CASE("faults of tasks are named") {
  CHECK(of_node("<userTask id=\"a\"><extensionElements><vekha:field name=\"x\" "
                "type=\"дата\"/></extensionElements></userTask>") ==
        "4:error field-type Вид поля «x» задачи «a» не известен: «дата». Вид поля – text, date, number, bool, choice "
        "или list.\n");
  CHECK(of_node("<userTask id=\"a\"><extensionElements><vekha:field name=\"x\" "
                "type=\"choice\"/></extensionElements></userTask>") ==
        "4:error field-choices У поля «x» задачи «a» нет вариантов. Перечислите их в choices через «|».\n");
  CHECK(of_node("<userTask id=\"a\"><extensionElements><vekha:outcome label=\"Да\"/></extensionElements></userTask>") ==
        "4:error outcome-no-id У исхода задачи «a» нет id. Задайте id и label.\n");
  CHECK(of_node("<callActivity id=\"a\" name=\"Вызов\"/>") ==
        "4:error no-called-process «Вызов» не говорит, какой процесс вызвать. Задайте calledElement.\n");
  CHECK(
      of_node("<intermediateCatchEvent id=\"a\"><timerEventDefinition/></intermediateCatchEvent>") ==
      "4:error no-time У таймера «a» нет времени. Задайте timeDate, timeDuration, timeCycle или vekha:workingDays.\n");
}

TEST_CASE("a field may not take a name that the engine gives") {
  for (const char* name : {"actor", "moment", "instance", "outcome", "outcome_label", "reason", "created"})
    CHECK(
        of_node(fmt::format("<userTask id=\"a\"><extensionElements><vekha:field name=\"{}\"/></extensionElements>"
                            "</userTask>",
                            name)) ==
        fmt::format("4:error field-name Поле «{}» задачи «a» носит имя, которое процесс даёт сам. Назовите поле иначе; "
                    "заняты имена actor, moment, instance, outcome, outcome_label, reason, created.\n",
                    name));
}

TEST_CASE("events that hang in the air are named") {
  CHECK(of_node("<intermediateCatchEvent id=\"a\"><signalEventDefinition/></intermediateCatchEvent>") ==
        "4:error broken-reference «a» не называет сигнал. Задайте signalRef.\n");
  CHECK(
      all(bpmn("<endEvent id=\"a\" name=\"Сбой\"><errorEventDefinition errorRef=\"E\"/></endEvent>")) ==
      "3:error broken-reference «Сбой» называет ошибку «E», а описания с таким id в файле нет. Исправьте errorRef или "
      "добавьте описание.\n");
  CHECK(all(bpmn("<endEvent id=\"a\" name=\"Сбой\"><escalationEventDefinition/></endEvent>")) ==
        "3:error broken-reference «Сбой» не называет эскалацию. Задайте escalationRef.\n");
  CHECK(of_node("<intermediateCatchEvent id=\"a\"><conditionalEventDefinition/></intermediateCatchEvent>") ==
        "4:error no-condition У события «a» нет условия. Задайте condition.\n");
  CHECK(of_node("<intermediateCatchEvent id=\"a\"/>") ==
        "4:error no-event У события «a» не сказано, чего оно ждёт. Добавьте таймер, сообщение или другое событие.\n");
  CHECK(all(bpmn("<startEvent id=\"s\"/><intermediateThrowEvent id=\"t\"><linkEventDefinition name=\"Дальше\"/>"
                 "</intermediateThrowEvent>" +
                 flow("s", "t"))) ==
        "3:error broken-link Ссылка «Дальше» никуда не ведёт: события-ожидания с этим именем рядом нет. Оставьте одну "
        "пару "
        "событий-ссылок с этим именем на одном уровне.\n");
  CHECK(of_node("<task id=\"a\" isForCompensation=\"true\"/>") ==
        "4:error handler-flow Задача отмены «a» ни к чему не привязана. Она начинается только от граничного события "
        "компенсации: соедините их пунктиром (association).\n");
  CHECK(of_node("<task id=\"a\"/>\n<boundaryEvent id=\"c\" attachedToRef=\"a\"><compensateEventDefinition/>"
                "</boundaryEvent>") ==
        "5:error no-handler У компенсации «c» нет задачи, которая отменит сделанное. Соедините событие пунктиром "
        "(association) с задачей, отмеченной isForCompensation.\n");
  CHECK(of_node("<task id=\"a\"/>\n<boundaryEvent id=\"c\" cancelActivity=\"false\" attachedToRef=\"a\">"
                "<errorEventDefinition/></boundaryEvent>") ==
        "5:error always-interrupts Событие «c» не может не прерывать: так устроены ошибки. Сделайте граничное событие "
        "прерывающим (cancelActivity).\n");
}

TEST_CASE("an event sub-process begins with exactly one event that happens, and with no arrow") {
  CHECK(all(bpmn("<task id=\"t\"/>\n<subProcess id=\"a\" name=\"Сбой\" triggeredByEvent=\"true\"><startEvent "
                 "id=\"x\"/></subProcess>")) ==
        "4:error event-sub-process-start Подпроцесс по событию «Сбой» должен начинаться с одного события, и сказано, с "
        "какого. Оставьте в нём одно начальное событие с сообщением, сигналом, таймером, условием, ошибкой, эскалацией "
        "или компенсацией.\n");
  CHECK(
      all(bpmn("<startEvent id=\"s\"/>\n<subProcess id=\"a\" name=\"Сбой\" triggeredByEvent=\"true\"><startEvent "
               "id=\"x\"><errorEventDefinition/></startEvent></subProcess>" +
               flow("s", "a"))) ==
      "4:error event-sub-process-flow Подпроцесс по событию «Сбой» соединён стрелкой, повторяется или имеет граничное "
      "событие. Уберите стрелку, повторение и граничное событие: он начинается сам.\n");
  CHECK(all(bpmn("<subProcess id=\"a\" triggeredByEvent=\"true\">\n<startEvent id=\"x\" isInterrupting=\"false\">"
                 "<errorEventDefinition/></startEvent></subProcess><task id=\"t\"/>")) ==
        "4:error always-interrupts Событие «x» не может не прерывать: так устроены ошибки и компенсации. Сделайте "
        "начальное событие прерывающим (isInterrupting).\n");
  CHECK(all(bpmn("<subProcess id=\"a\">\n<startEvent id=\"x\"><timerEventDefinition><timeDuration>PT1H</timeDuration>"
                 "</timerEventDefinition></startEvent></subProcess>")) ==
        "4:error sub-process-start Подпроцесс не может начинаться с события («x»). Начните подпроцесс простым "
        "событием.\n");
}

TEST_CASE("a standard loop says how often, once") {
  CHECK(of_node("<task id=\"a\"><standardLoopCharacteristics/></task>") ==
        "4:error loop-no-number Повторение «a» не говорит, сколько раз. Задайте loopCondition или loopMaximum.\n");
  CHECK(
      of_node("<task id=\"a\"><standardLoopCharacteristics loopMaximum=\"-1\"/></task>") ==
      "4:error loop-maximum Наибольшее число повторений «a» – не целое число от нуля: «-1». Исправьте loopMaximum.\n");
  CHECK(of_node("<task id=\"a\"><standardLoopCharacteristics loopMaximum=\"1\"/><multiInstanceLoopCharacteristics>"
                "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></task>") ==
        "4:error two-loops «a» повторяется двумя способами сразу. Оставьте один.\n");
}

TEST_CASE("what begins a process has nothing before it") {
  const std::string m = "<message id=\"m\"/>";
  CHECK(
      all(bpmn("<startEvent id=\"s\"/>\n<receiveTask id=\"a\" instantiate=\"true\" messageRef=\"m\"/>" + flow("s", "a"),
               m)) ==
      "4:error instantiate «a» начинает процесс, а в него входит стрелка. Уберите стрелку или отметку instantiate.\n");
  CHECK(
      all(bpmn(
          "<eventBasedGateway id=\"g\" instantiate=\"true\"/>\n<intermediateCatchEvent id=\"t\"><timerEventDefinition>"
          "<timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>" +
          flow("g", "t"))) ==
      "4:error instantiate Шлюз «g» начинает процесс, а за ним стоит «t»: начинать могут только сообщения и сигналы. "
      "Оставьте за шлюзом события с сообщением или сигналом.\n");
}

TEST_CASE("what one file alone cannot show is checked over the library") {
  Library library;
  library.add(load(bpmn("<startEvent id=\"s\"/><callActivity id=\"a\" name=\"Вызов\" calledElement=\"нет\"/><sendTask "
                        "id=\"b\" name=\"Весть всем\" messageRef=\"m\"/>" +
                            chain({"s", "a", "b"}),
                        "<message id=\"m\" name=\"Весть\"/>"),
                   "п.bpmn")
                  .definition);
  const std::vector<Diagnostic> found = library.check();
  REQUIRE(found.size() == 2);
  CHECK(found[0].message == "«Вызов» вызывает процесс «нет», которого нет.");
  CHECK(found[1].message == "«Весть всем» отправляет сообщение «Весть», а его никто не ждёт.");
}

TEST_CASE("process check gives its diagnostics as JSON") {
  CHECK(
      to_json(check_file("<html/>", "п.bpmn")) ==
      R"({"diagnostics":[{"severity":"error","code":"not-bpmn","where":{"file":"п.bpmn","line":1,"column":1},"message":"Это не BPMN: файл начинается с элемента «html», а не «definitions».","hint":"Выберите файл .bpmn."}]})");
}

TEST_CASE("a file beyond all reason is refused in bounded time") {
  std::string deep;
  for (int i = 0; i < 900; ++i)
    deep += fmt::format("<subProcess id=\"u{}\">", i);
  for (int i = 0; i < 900; ++i)
    deep += "</subProcess>";
  CHECK(all(bpmn(deep)).find("Подпроцессы вложены глубже 50 уровней («u49»).") != std::string::npos);
  std::string wide;
  for (int i = 0; i < 20001; ++i)
    wide += fmt::format("<task id=\"t{}\"/>", i);
  CHECK(all(bpmn(wide)) ==
        "3:error too-large В процессе больше 20000 элементов. Разделите его на несколько процессов.\n");
}
