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
  CHECK(of_node("<businessRuleTask id=\"a\"/>") ==
        "4:error unsupported-element Элемент «businessRuleTask» «a» не исполняется. " + replace);
  CHECK(of_node("<task id=\"a\" startQuantity=\"2\"/>") ==
        "4:error unsupported-element Элемент «startQuantity» «a» не исполняется. Уберите этот атрибут.\n");
  CHECK(of_node("<task id=\"a\"><standardLoopCharacteristics/></task>") ==
        "4:error unsupported-element Элемент «standardLoopCharacteristics» «a» не исполняется. Нарисуйте цикл шлюзом "
        "«или».\n");
  CHECK(of_node("<task id=\"a\" isForCompensation=\"true\"/>") ==
        "4:error unsupported-element Элемент «isForCompensation» «a» не исполняется. Уберите компенсацию.\n");
  CHECK(of_node("<intermediateCatchEvent id=\"a\"><signalEventDefinition/></intermediateCatchEvent>") ==
        "4:error unsupported-element Элемент «intermediateCatchEvent» с «signalEventDefinition» «a» не исполняется. "
        "Замените его событием без типа, с сообщением или с таймером.\n");
  CHECK(of_node("<scriptTask id=\"a\" name=\"Счёт\" scriptFormat=\"javascript\"/>") ==
        "4:error unsupported-language Сценарий «Счёт» на языке «javascript» не исполняется. "
        "Запишите его контекстом FEEL: scriptFormat=\"application/feel\", { имя: выражение }.\n");
  CHECK(of_node("<subProcess id=\"a\" triggeredByEvent=\"true\"><startEvent id=\"x\"/></subProcess>")
            .find("Элемент «subProcess triggeredByEvent» «a» не исполняется.") != std::string::npos);
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
  CHECK(of_node("<intermediateCatchEvent id=\"a\"><timerEventDefinition/></intermediateCatchEvent>") ==
        "4:error no-time У таймера «a» нет времени. Задайте timeDate, timeDuration или timeCycle.\n");
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
