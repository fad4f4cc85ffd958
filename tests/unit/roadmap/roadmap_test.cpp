#include "roadmap/roadmap.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/json.h"

using namespace vekha;
using namespace vekha::roadmap;

namespace {

Roadmap full_roadmap() {
  Roadmap roadmap;
  roadmap.title = "План наставничества на 2024 год";
  roadmap.period = Period{make_date(2024, 1, 1), make_date(2024, 12, 31)};
  roadmap.organization = "МКУ «Центр»";
  roadmap.order = PrintedOrder{"7-ОД", make_date(2023, 12, 8), "г. Озёрный", {"А.А. Первая", "Директор"}};
  roadmap.passport = {{"Цели", "Помощь молодым учителям"}};
  roadmap.preface = {"Пояснительная записка"};
  Section section{"I", "Документы", "собрать документы", {}};
  Item item;
  item.number = "1.1";
  item.title = "Положения: - о клубе - о школе";
  item.parts = {"о клубе", "о школе"};
  item.deadline.text = "до 10 числа";
  item.deadline.kind = ScheduleKind::recurring;
  item.deadline.start = make_date(2024, 1, 1);
  item.deadline.end = make_date(2024, 2, 10);
  item.deadline.open = OpenSide::start;
  item.deadline.occurrences = {{make_date(2024, 1, 1), make_date(2024, 2, 10)}};
  item.deadline.recurrence = "monthly";
  item.deadline.from = "получения заявки";
  item.deadline.length = "P10D";
  item.deadline.then = "по запросам";
  item.deadline.uncertain = true;
  item.deadline.readings = {"Первое прочтение.", "Второе прочтение."};
  item.responsible_text = "Вторая Б.Б., методист МКУ «Центр»";
  item.responsible = {{"Вторая Б.Б., методист МКУ «Центр»", "Вторая Б.Б.", "методист", "МКУ «Центр»", false}};
  item.indicator_text = "Не менее 2,5 часа";
  item.indicators = {{"Не менее 2,5 часа", ">=", Decimal::parse("2.5"), "часа"}};
  item.mark_text = "Выполнено 2024 г.";
  item.marks = {{"Выполнено 2024 г.", true, 2024, 1}};
  item.where.line = 12;
  item.where.column = 3;
  section.items.push_back(item);
  roadmap.sections.push_back(section);
  return roadmap;
}

std::string message_of(const std::string& json) {
  try {
    roadmap_from_value(parse_json(json));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::unreadable);
    return error.message();
  }
  return "read without a fault";
}

}  // namespace

TEST_CASE("a roadmap written as JSON reads back the same") {
  const Roadmap roadmap = full_roadmap();
  const std::string json = to_json(to_value(roadmap));
  CHECK(roadmap_from_value(parse_json(json)) == roadmap);
  CHECK(to_json(to_value(roadmap_from_value(parse_json(json)))) == json);
  CHECK(item_from_value(to_value(roadmap.sections[0].items[0])) == roadmap.sections[0].items[0]);
  CHECK(schedule_from_value(to_value(roadmap.sections[0].items[0].deadline)) == roadmap.sections[0].items[0].deadline);
  CHECK(roadmap.item_count() == 1);
}

TEST_CASE("the JSON of a deadline has every key, null where nothing is known") {
  Schedule schedule;
  CHECK(to_json(to_value(schedule)) ==
        R"({"text":"","kind":"unknown","start":null,"end":null,"open":null,"occurrences":[],"recurrence":null,)"
        R"("from":null,"length":null,"then":null,"uncertain":false,"readings":[]})");
}

TEST_CASE("an item says its line and column, and an unknown period and order are null") {
  Roadmap roadmap;
  CHECK(to_json(to_value(roadmap)) ==
        R"({"title":"","period":null,"organization":"","order":null,"passport":[],"preface":[],"sections":[]})");
  CHECK(to_json(to_value(full_roadmap().sections[0].items[0]).at("where")) == R"({"line":12,"column":3})");
}

TEST_CASE("every kind of deadline has a word of its own") {
  for (const char* word :
       {"month", "range", "year", "recurring", "on-demand", "by-schedule", "continuous", "relative", "unknown"}) {
    REQUIRE(schedule_kind_from(word).has_value());
    CHECK(std::string(to_string(*schedule_kind_from(word))) == word);
  }
  CHECK_FALSE(schedule_kind_from("on_demand").has_value());
}

TEST_CASE("a member of the wrong kind is named with its path") {
  CHECK(message_of(R"({"sections":[{"items":[{"number":5}]}]})") ==
        "В JSON дорожной карты ключ «sections[0].items[0].number» должен содержать текст, а стоит число.");
  CHECK(message_of(R"({"period":{"start":"2024-02-30","end":"2024-12-31"}})") ==
        "В JSON дорожной карты ключ «period.start» должен содержать день вида 2022-12-09, а стоит текст.");
  CHECK(message_of(R"({"passport":["Цели"]})") ==
        "В JSON дорожной карты «passport[0]» должно быть объектом, а стоит текст.");
  CHECK(message_of(R"([])") == "В JSON дорожной карты «корень» должно быть объектом, а стоит список.");
  CHECK(message_of(R"({"sections":[{"items":[{"deadline":{"kind":"soon"}}]}]})") ==
        "В JSON дорожной карты ключ «sections[0].items[0].deadline.kind» должен содержать вид срока, например "
        "«month», а стоит текст.");
}
