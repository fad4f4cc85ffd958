// The three processes of the product, walked from end to end.
#include <algorithm>

#include "base/file.h"
#include "bench.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

const std::string folder = std::string(VEKHA_SOURCE_DIR) + "/workflows/";

Value occurrence(int index, const std::string& start, const std::string& end) {
  return Map{{"index", index}, {"start", start}, {"end", end}, {"due", end}};
}

Value item(int position, const std::string& title, const List& occurrences) {
  return Map{{"key", fmt::format("7/{}", position)},
             {"position", position},
             {"number", fmt::format("1.{}", position)},
             {"title", title},
             {"occurrences", occurrences},
             {"people", List{"petrova"}}};
}

class Road : public Bench {
 public:
  Road() {
    for (const char* file : {"roadmap.bpmn", "document.bpmn", "item.bpmn"})
      add(read_file(folder + file), file);
    facts = {{"items_open", 2}, {"items_open_numbers", "1.1, 1.2"}};
    answers["register"] = Map{{"number", "18"},
                              {"date", "2023-01-12"},
                              {"registered", "2023-01-12"},
                              {"reference", "от 12.01.2023 № 18 «Об утверждении дорожной карты по чтению»"}};
    answers["new-item"] =
        Map{{"key", "7/3"}, {"item", item(3, "Открытый урок", {occurrence(1, "2023-03-01", "2023-03-31")})}};
    roadmap = start(
        "roadmap",
        Map{{"plan", "7"},
            {"subject", "7"},
            {"roadmap", Map{{"title", "Дорожная карта по чтению"}, {"title_genitive", "дорожной карты по чтению"}}},
            {"items", List{item(1, "Семинар",
                                {occurrence(1, "2023-02-01", "2023-02-10"), occurrence(2, "2023-05-01", "2023-05-10")}),
                           item(2, "Мониторинг",
                                {Map{{"index", 1}, {"start", nullptr}, {"end", nullptr}, {"due", nullptr}}})}}});
  }

  std::string sign_and_register() {
    std::string refusal = complete("prepare", "send");
    refusal += complete("endorse", "approve");
    refusal += complete("sign", "sign", {{"date", "12.01.2023"}});
    return refusal + complete("register", "register");
  }
  // The stages of all items in order, «2 2».
  std::string stages() const {
    std::string text;
    for (const Instance& instance : instances.all()) {
      if (instance.process != "item") continue;
      const int number = instance.status == Status::active ? current_stage(*library.find("item"), instance).number : 5;
      text += (text.empty() ? "" : " ") + std::to_string(number);
    }
    return text;
  }

  std::string roadmap;
};

}  // namespace

TEST_CASE("the three processes pass their own check without an error or a warning") {
  Library library;
  for (const char* file : {"roadmap.bpmn", "document.bpmn", "item.bpmn"}) {
    const Loaded loaded = load(read_file(folder + file), file);
    for (const Diagnostic& diagnostic : loaded.diagnostics)
      FAIL_CHECK(to_text(diagnostic));
    REQUIRE(loaded.definition);
    library.add(loaded.definition);
  }
  for (const Diagnostic& diagnostic : library.check())
    FAIL_CHECK(to_text(diagnostic));
  REQUIRE(library.started_for("roadmap"));
  CHECK(library.started_for("roadmap")->id == "roadmap");
  std::vector<std::string> names;
  for (const Stage& stage : library.find("item")->stages())
    names.push_back(stage.name);
  CHECK(names == std::vector<std::string>{"План", "Приказ", "Исполнение", "Аналитическая справка"});
  CHECK(library.find("roadmap")->stages() == library.find("item")->stages());
  CHECK(library.find("document")->lanes ==
        std::vector<std::string>{"методист", "начальник отдела", "руководитель", "делопроизводитель"});
}

TEST_CASE("a roadmap goes from the plan to the note with all its items") {
  Road road;
  REQUIRE(road.instances.all().size() == 3);
  CHECK(road.stages() == "1 1");
  REQUIRE(road.task("prepare_roadmap"));
  CHECK(road.task("prepare_roadmap")->role == "методист");
  CHECK(road.task("prepare_roadmap")->stage == Stage{1, "План"});

  CHECK(road.complete("prepare_roadmap", "send") == "");
  CHECK(road.documents() == "План-график");
  CHECK(road.last.documents[0].stage == Stage{1, "План"});
  CHECK(road.stages() == "2 2");

  REQUIRE(road.task("prepare"));
  CHECK(road.task("prepare")->stage == Stage{2, "Приказ"});
  CHECK(road.task("prepare")->fields[0].value == Value("Об утверждении дорожной карты по чтению"));
  CHECK(road.complete("prepare", "send") == "");
  CHECK(road.documents() == "Проект документа");
  CHECK(road.last.documents[0].template_file == "order_adoption.docx");
  CHECK(road.last.documents[0].variables.find("version")->integer() == 1);

  SUBCASE("with a return for rework, which makes a new version and keeps the old visas") {
    road.actor = {"sidorov", "Сидоров И.П.", {{"post", "начальник отдела"}}};
    CHECK(road.complete("endorse", "return") ==
          "Для исхода «Вернуть на доработку» задачи «Согласовать проект» нужна причина.");
    CHECK(road.complete("endorse", "return", {}, "Нет сроков") == "");
    CHECK(road.documents() == "Лист согласования");
    const Value visa = road.last.documents[0].variables.find("visas")->list().at(0);
    CHECK(visa.at("result").text() == "не согласовано");
    CHECK(visa.at("remarks").text() == "Нет сроков");
    CHECK(visa.at("person").at("post").text() == "начальник отдела");
    CHECK(visa.at("version").integer() == 1);
    CHECK(road.complete("prepare", "send") == "");
    CHECK(road.last.documents[0].variables.find("version")->integer() == 2);
    CHECK(road.last.documents[0].variables.find("former_visas")->list().size() == 1);
    CHECK(road.complete("endorse", "approve_with_remarks", {}, "Опечатка") == "");
    CHECK(road.complete("sign", "return", {}, "Исправить преамбулу") == "");
    CHECK(road.complete("prepare", "send") == "");
    CHECK(road.last.documents[0].variables.find("version")->integer() == 3);
  }
  CHECK(road.complete("endorse", "approve") == "");
  CHECK(road.task("sign")->role == "руководитель");
  CHECK(road.complete("sign", "sign", {{"date", "2024-01-01"}}) ==
        "Укажите дату подписания документа: не позже сегодняшнего дня и не раньше чем год назад.");
  road.now = *parse_instant("2023-01-12T06:00:00Z");
  CHECK(road.complete("sign", "sign") == "");
  CHECK(road.documents() == "");
  CHECK(road.stages() == "2 2");

  SUBCASE("where the register refuses the number, nothing has happened") {
    const auto registered = road.answers["register"];
    road.answers["register"] = Rejection{"service", "Номер 18 в 2023 году уже занят."};
    CHECK(road.complete("register", "register", {{"number", "18"}}) == "Номер 18 в 2023 году уже занят.");
    CHECK(road.task("register"));
    road.answers["register"] = registered;
  }
  CHECK(road.complete("register", "register") == "");
  CHECK(road.documents() == "Зарегистрированный документ, Журнал регистрации, Лист ознакомления, План-график");
  CHECK(road.last.documents[0].variables.find("number")->text() == "18");
  CHECK(road.last.documents[0].stage == Stage{2, "Приказ"});
  CHECK(road.stages() == "3 3");
  CHECK(road.count("mark") == 3);
  CHECK(road.complete("acquaint", "done") == "");
  CHECK(road.variable(road.roadmap, "order") ==
        R"({"number":"18","date":"2023-01-12","title":"Об утверждении дорожной карты по чтению",)"
        R"("reference":"от 12.01.2023 № 18 «Об утверждении дорожной карты по чтению»"})");

  CHECK(road.complete("control", "finish") ==
        "К аналитической справке переходить рано: не приняты отметки по мероприятиям 1.1, 1.2. Отметьте их выполнение "
        "или укажите причину невыполнения.");
  CHECK(road.complete("control", "report") == "");
  CHECK(road.documents() == "Информация о выполнении, Информация о выполнении, План-график с отметками");

  const Task* mark = road.task("mark");
  CHECK(mark->role == "ответственный исполнитель");
  CHECK(mark->assignees == std::vector<std::string>{"petrova"});
  CHECK(mark->due.text() == "2023-02-10");
  CHECK(road.complete("mark", "mark", {{"state", "сделано"}}) ==
        "Поле «Состояние» задачи «Отметить выполнение» заполнено неверно: «сделано». Ожидается одно из: «выполнено», "
        "«выполнено частично», "
        "«не выполнено», «перенесено», «не потребовалось».");
  CHECK(road.complete("mark", "mark", {{"state", "не выполнено"}}) == "Мероприятие не выполнено: укажите причину.");

  road.calls.clear();
  road.pass(std::chrono::days{40});
  REQUIRE(road.calls.size() == 1);
  CHECK(road.calls[0].first == "notify");
  CHECK(to_iso(road.last.events[0].time) == "2023-02-09T21:00:00Z");  // midnight of the due day in Moscow
  CHECK(road.count("mark") == 3);

  const std::string first_item = "item-2";
  CHECK(road.complete("mark", "mark", {{"state", "выполнено"}, {"date", "2023-02-12"}, {"fact", "54,5"}}) == "");
  CHECK(road.complete("accept", "return", {}, "Нет документа") == "");
  CHECK(road.of(first_item).tasks.back().name == "Отметить выполнение (возвращено: Нет документа)");
  const Task again = road.of(first_item).tasks.back();
  CHECK(again.fields[1].value == Value("2023-02-12"));
  CHECK(road.run(CompleteTask{again.id, "mark", {{"document", "Приказ от 10.02.2023 № 31"}}, {}}) == "");
  CHECK(road.complete("accept", "accept") == "");
  const auto body = std::find_if(road.of(first_item).executions.begin(), road.of(first_item).executions.end(),
                                 [](const Execution& one) { return one.body; });
  REQUIRE(body != road.of(first_item).executions.end());
  CHECK(body->results[0].at("document").text() == "Приказ от 10.02.2023 № 31");
  CHECK(body->results[0].at("fact") == Value(*Decimal::parse("54.5")));
  CHECK(body->results[1].is_null());

  while (road.task("mark"))
    CHECK(road.complete("mark", "mark", {{"state", "выполнено"}}) == "");
  while (road.task("accept"))
    CHECK(road.complete("accept", "accept") == "");
  CHECK(road.stages() == "4 4");
  road.facts["items_open"] = 0;
  CHECK(road.complete("control", "finish") == "");
  CHECK(road.task("prepare")->stage == Stage{4, "Аналитическая справка"});
  CHECK(road.complete("prepare", "send") == "");
  CHECK(road.complete("endorse", "approve") == "");
  CHECK(road.complete("sign", "sign") == "");
  CHECK(road.documents() == "Документ без номера");
  CHECK(road.last.documents[0].template_file == "analytic_note.docx");
  CHECK(road.stages() == "5 5");
  for (const Instance& instance : road.instances.all())
    CHECK(instance.status == Status::completed);
}

TEST_CASE("an item added after adoption gets an order of its own") {
  Road road;
  CHECK(road.complete("prepare_roadmap", "send") == "");
  road.now = *parse_instant("2023-01-12T06:00:00Z");
  CHECK(road.sign_and_register() == "");
  CHECK(road.complete("acquaint", "done") == "");
  CHECK(road.complete("control", "add_item") ==
        "Чтобы добавить мероприятие, заполните поля «Новое мероприятие» и «Срок нового мероприятия».");
  CHECK(road.complete("control", "add_item", {{"new_title", "Открытый урок"}, {"new_deadline", "март 2023 года"}}) ==
        "");
  CHECK(road.stages() == "3 3 2");
  REQUIRE(road.task("control"));
  REQUIRE(road.task("prepare"));
  CHECK(road.task("prepare")->fields[0].value ==
        Value("О внесении изменения в приказ от 12.01.2023 № 18 «Об утверждении дорожной карты по чтению»"));
  CHECK(road.task("prepare")->stage == Stage{2, "Приказ"});
  road.answers["register"] = Map{{"number", "19"}, {"date", "2023-01-12"}};
  CHECK(road.sign_and_register() == "");
  CHECK(road.documents() == "Зарегистрированный документ, Журнал регистрации, Лист ознакомления");
  CHECK(road.last.documents[0].template_file == "item_order.docx");
  CHECK(road.stages() == "3 3 3");
}

TEST_CASE("the same process gives the same events twice") {
  const auto events = [] {
    Road road;
    CHECK(road.complete("prepare_roadmap", "send") == "");
    std::string text;
    for (const Event& event : road.last.events)
      text += to_json(to_value(event)) + "\n";
    return text;
  };
  CHECK(events() == events());
}
