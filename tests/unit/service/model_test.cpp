#include "service/model.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "sample.h"

using namespace vekha;
using namespace vekha::service;

namespace {

const Date today = make_date(2023, 12, 31);

PlanItem item(const char* number, const char* title, std::optional<roadmap::MarkState> state,
              std::vector<std::string> people = {"orlova"}) {
  PlanItem entry;
  entry.people = std::move(people);
  entry.progress.key = number;
  entry.progress.item.number = number;
  entry.progress.item.title = title;
  entry.progress.item.deadline.text = "Март 2023";
  entry.progress.section_number = "I";
  entry.progress.section_title = "Мониторинг";
  roadmap::Checkpoint checkpoint;
  checkpoint.when = roadmap::Occurrence{make_date(2023, 3, 1), make_date(2023, 3, 31)};
  if (state) {
    checkpoint.mark.emplace();
    checkpoint.mark->state = *state;
  }
  entry.progress.checkpoints.push_back(checkpoint);
  return entry;
}

Plan sample_plan() {
  Plan plan;
  plan.id = "1";
  plan.roadmap = Map{{"title", "Дорожная карта по развитию наставничества на 2023 год"},
                     {"period", Map{{"start", "2023-01-01"}, {"end", "2023-12-31"}}},
                     {"passport", List{Map{{"name", "Цели"}, {"value", "Развитие наставничества"}}}}};
  plan.items = {item("1.1", "Опрос учителей", roadmap::MarkState::done), item("1.2", "Анализ опроса", std::nullopt)};
  return plan;
}

Map model_of(const Plan& plan, Map variables, const office::Office& office) {
  const std::vector<store::RegisterRow> rows;
  const Value actor;
  const std::string name = "Информация о выполнении";
  return document_model({office, plan, variables, name, today, 2023, actor, office.orders, rows});
}

}  // namespace

TEST_CASE("a draft has neither number nor date, a registered paper has both") {
  const office::Office office = sample_office();
  const Map draft =
      model_of(sample_plan(), {{"kind", "приказ"}, {"title", "Об утверждении плана"}, {"version", 2}}, office);
  CHECK(draft.find("document")->at("draft").truth());
  CHECK(draft.find("document")->at("number").is_null());
  const Map paper = model_of(
      sample_plan(), {{"kind", "приказ"}, {"title", "Об утверждении плана"}, {"number", "18"}, {"date", "2022-12-20"}},
      office);
  CHECK_FALSE(paper.find("document")->at("draft").truth());
  CHECK(paper.find("document")->at("date").date() == make_date(2022, 12, 20));
}

TEST_CASE("an item without dates stands in a grid with its last mark, though another case of it is open") {
  Plan plan = sample_plan();
  roadmap::Checkpoint marked, open;
  marked.mark.emplace();
  marked.mark->state = roadmap::MarkState::partial;
  marked.mark->date = make_date(2023, 5, 4);
  plan.items[0].progress.checkpoints = {marked, open};
  const Map model = model_of(plan, {}, sample_office());
  const Value row = model.find("roadmap")->at("sections").list()[0].at("items").list()[0];
  CHECK(row.at("state").text() == "partial");
  CHECK(row.at("mark_date").date() == make_date(2023, 5, 4));
}

TEST_CASE("a title keeps its words, in lines and in a sentence, also where its list is written otherwise") {
  roadmap::Item listed;
  listed.title = "Положения: - о команде - о срезах";
  listed.parts = {"о команде", "о срезах"};
  CHECK(title_before_parts(listed) == "Положения:");
  listed.title = "Положения о командах";
  CHECK(title_before_parts(listed) == "Положения о командах");
}

TEST_CASE("another paper names an order in quotation marks, a note without, and quotations do not close twice") {
  const office::Office office = sample_office();
  const auto cited = [&](const char* title) {
    return fold_space(model_of(sample_plan(), {{"title", title}}, office).find("document")->at("title_cited").text());
  };
  CHECK(cited("Об утверждении плана («дорожной карты»)") == "«Об утверждении плана („дорожной карты“)»");
  CHECK(cited("о выполнении плана («дорожной карты»)") == "о выполнении плана («дорожной карты»)");
}

TEST_CASE("a version that was returned is not through with its endorsement") {
  const office::Office office = sample_office();
  const Map returned = model_of(
      sample_plan(), {{"completed", "2022-12-05T11:32:00Z"}, {"return_reason", "Нет сроков"}, {"version", 1}}, office);
  CHECK(returned.find("document")->at("completed").is_null());
  CHECK(returned.find("document")->at("returned").date() == make_date(2022, 12, 5));
  const Map approved = model_of(sample_plan(), {{"completed", "2022-12-05T11:32:00Z"}, {"version", 1}}, office);
  CHECK(approved.find("document")->at("completed").date() == make_date(2022, 12, 5));
  CHECK(approved.find("document")->at("returned").is_null());
}

TEST_CASE("a report made soon after a quarter says what it reports on, on other days it does not") {
  const office::Office office = sample_office();
  const Map variables;
  const Value actor;
  const std::string name;
  const auto period_on = [&](Date day) {
    const Plan plan = sample_plan();
    const std::vector<store::RegisterRow> rows;
    return fold_space(document_model({office, plan, variables, name, day, 2023, actor, office.orders, rows})
                          .find("report")
                          ->at("period")
                          .text());
  };
  CHECK(period_on(make_date(2024, 1, 8)) == "за 2023 год");
  CHECK(period_on(make_date(2023, 4, 3)) == "за I квартал 2023 года");
  CHECK(period_on(make_date(2023, 7, 20)) == "за I полугодие 2023 года");
  CHECK(period_on(make_date(2023, 10, 2)) == "за 9 месяцев 2023 года");
  CHECK(period_on(make_date(2023, 7, 21)) == "");
  CHECK(period_on(make_date(2023, 5, 3)) == "");
}

TEST_CASE("words that belong together stay on one line in every text") {
  const office::Office office = sample_office();
  const Map model = model_of(sample_plan(), {{"title", "Итоги за 2022 г. по приказу № 18"}}, office);
  CHECK(model.find("document")->at("title").text() ==
        "Итоги за 2022\xC2\xA0г. по приказу №\xC2\xA0"
        "18");
}

TEST_CASE("a file's name takes a title up to what it is about") {
  const office::Office office = sample_office();
  const auto short_title = [&](const char* title) {
    return fold_space(model_of(sample_plan(), {{"title", title}}, office).find("document")->at("short_title").text());
  };
  CHECK(short_title("Об утверждении дорожной карты по развитию наставничества") == "Об утверждении дорожной карты");
  CHECK(short_title("О внесении изменения в приказ от 08.12.2022 № 14 «Об утверждении дорожной карты по чтению»") ==
        "О внесении изменения в приказ от 08.12.2022 № 14");
  CHECK(
      short_title("О внесении изменения в приказ от 08.12.2023 № 27 «Об утверждении дорожной карты чтения «Книга»»") ==
      "О внесении изменения в приказ от 08.12.2023 № 27");
  CHECK(short_title("Об утверждении «Дорожной карты» реализации программы поддержки школьных, городских объединений") ==
        "Об утверждении «Дорожной карты» реализации программы");
}

TEST_CASE("the preamble joins the grounds and the goal, its first letter capital") {
  CHECK(preamble_of(sample_office()).text() ==
        "В соответствии с планом работы на 2023 год, во исполнение решения совета, в целях развития наставничества");
  CHECK(preamble_of(office::Office{}).is_null());
}

TEST_CASE("who stands in for the head signs with the head's post") {
  office::Office office = sample_office();
  office.substitutions.push_back(
      {"gromov", "belova", make_date(2022, 12, 1), make_date(2022, 12, 31), "приказ", "отпуск"});
  const Map model = model_of(sample_plan(), {{"title", "Об утверждении плана"}, {"date", "2022-12-09"}}, office);
  const Value& document = *model.find("document");
  CHECK(document.at("acting").truth());
  CHECK(document.at("signer").at("name").text() == "Белова Анна Сергеевна");
  CHECK(document.at("signer").at("post").text() == "директор");
}

TEST_CASE("executors are named only where everybody is known and they are few") {
  const office::Office office = sample_office();
  Plan plan = sample_plan();
  CHECK(model_of(plan, {}, office).find("executors")->list().size() == 1);
  plan.items.push_back(item("1.3", "Отчёт", std::nullopt, {}));
  CHECK(model_of(plan, {}, office).find("executors")->list().empty());
}

TEST_CASE("the note counts, names causes, and says nothing where there is no figure") {
  const office::Office office = sample_office();
  Plan plan = sample_plan();
  roadmap::Indicator indicator;
  indicator.text = "Не менее 20 участников";
  indicator.comparison = ">=";
  indicator.value = Decimal(20);
  indicator.unit = "участников";
  plan.items[0].progress.item.indicators.push_back(indicator);
  plan.items[1].progress.checkpoints[0].mark.emplace();
  plan.items[1].progress.checkpoints[0].mark->state = roadmap::MarkState::not_done;
  plan.items[1].progress.checkpoints[0].mark->cause = "Карантин в школах";
  const Map model = model_of(plan, {}, office);
  const Value& note = *model.find("note");
  CHECK(note.at("summary").at("done").integer() == 1);
  CHECK(note.at("indicators").list()[0].at("fact").is_null());
  CHECK(note.at("not_done").list()[0].at("cause").text() == "Карантин в школах");
  CHECK(note.at("problems").list()[0].text() == "Не выполнено мероприятие 1.2: карантин в школах.");
  CHECK(note.at("conclusions").list()[0].text() ==
        "Из 2 мероприятий, срок которых наступил, выполнено 1 (50\xC2\xA0%).");
  CHECK(note.at("draft").truth());
}

TEST_CASE("the register shows gaps and keeps annulled numbers") {
  const office::Office office = sample_office();
  std::vector<store::RegisterRow> rows(2);
  rows[0].number = "17";
  rows[0].running = 17;
  rows[0].state = store::RegisterState::annulled;
  rows[0].year = rows[1].year = 2022;
  rows[1].number = "20";
  rows[1].running = 20;
  const Map book = register_model(office, office.orders, 2022, rows);
  CHECK(book.find("gaps")->list() == List{"18–19"});
  CHECK(book.find("entries")->list()[0].at("annulled").truth());
  CHECK(book.find("name")->text() == "приказов по основной деятельности");
}

TEST_CASE("the register tells by which orders a plan's order was changed, whatever their year") {
  const office::Office office = sample_office();
  std::vector<store::RegisterRow> rows(2);
  rows[0].number = "18";
  rows[0].running = 18;
  rows[0].year = 2022;
  rows[0].date = make_date(2022, 12, 20);
  rows[0].data = Map{{"subject", "1"}};
  rows[1] = rows[0];
  rows[1].number = "3";
  rows[1].year = 2023;
  rows[1].date = make_date(2023, 2, 15);
  rows[1].data = Map{{"subject", "1/9"}};
  const Map book = register_model(office, office.orders, 2022, rows);
  REQUIRE(book.find("entries")->list().size() == 1);
  CHECK(book.find("entries")->list()[0].at("changed").text() == "изменён: приказ от 15.02.2023 № 3");
}

TEST_CASE("a post with words behind it is only that post, not everybody who begins like it") {
  office::Office office = sample_office();
  roadmap::Party leaders, head;
  leaders.post = "Директора районных школ";
  leaders.group = true;
  CHECK(people_of({leaders}, office).empty());
  head.post = "начальник отдела общего образования";
  CHECK(people_of({head}, office).empty());
  office.people[1].post = "начальник отдела общего и дополнительного образования";
  CHECK(people_of({head}, office) == std::vector<std::string>{"belova"});
}

TEST_CASE("parties become people of the office: by name, by post, for a group all of them") {
  const office::Office office = sample_office();
  roadmap::Party named, group, stranger;
  named.name = "Орлова В.П.";
  group.post = "методисты";
  group.group = true;
  stranger.organization = "МБУ «Дворец творчества»";
  CHECK(people_of({named}, office) == std::vector<std::string>{"orlova"});
  CHECK(people_of({group, named}, office) == std::vector<std::string>{"orlova"});
  CHECK(people_of({stranger}, office).empty());
}
