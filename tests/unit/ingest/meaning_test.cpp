#include <doctest/doctest.h>

#include "base/text.h"
#include "ingest/cell_meaning.h"
#include "ingest/markup.h"
#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

std::string parts(const std::string& raw) { return join(parts_of(without_markup(raw).lines), " | "); }

std::string indicators(const std::string& raw) {
  std::vector<std::string> all;
  for (const roadmap::Indicator& one : indicators_of(without_markup(raw).lines))
    all.push_back(one.value ? one.comparison + one.value->to_text() + " " + one.unit : one.text);
  return join(all, " | ");
}

std::string marks(const std::string& text, size_t parts_count = 0) {
  std::vector<std::string> all;
  for (const roadmap::PrintedMark& mark : marks_of(text, parts_count)) {
    std::string one = mark.text + (mark.done ? " +" : " -");
    if (mark.year) one += " " + std::to_string(*mark.year);
    if (mark.part) one += " #" + std::to_string(*mark.part);
    all.push_back(one);
  }
  return join(all, " | ");
}

}  // namespace

TEST_CASE("lists in a cell are its parts, with dashes, in HTML or numbered") {
  CHECK(parts("Принять: – положение о клубе; – положение о школе.") == "положение о клубе | положение о школе");
  CHECK(parts("Положения: - о клубе - о школе") == "о клубе | о школе");
  CHECK(parts("<p>Изучить:</p> <ul> - клубы; школы; - кружки") == "клубы | школы | кружки");
  CHECK(parts("<ul><li>- клубы;</li><li>школы</li></ul>") == "клубы | школы");
  CHECK(parts("Слёты по темам – «Лес», – «Река - жизнь».") == "«Лес» | «Река - жизнь»");
  CHECK(parts("Провести: 1) слёт; 2) сбор и т.д.") == "слёт | сбор и т.д.");
}

TEST_CASE("a dash between words is no list") {
  CHECK(parts("Конкурс «Урок - детям»").empty());
  CHECK(parts("Праздник – день открытых дверей").empty());
  CHECK(parts("План (далее - План)").empty());
  CHECK(parts("").empty());
}

TEST_CASE("numeric indicators have a comparison, a value and a unit") {
  CHECK(indicators("Не менее 200 участников") == ">=200 участников");
  CHECK(indicators("проведено не менее 2 заседаний (ежегодно)") == ">=2 заседаний");
  CHECK(indicators("не более 5% отказов") == "<=5 %");
  CHECK(indicators("не менее одного кружка") == ">=1 кружка");
  CHECK(indicators("Не менее 1 200,5 часа") == ">=1200.5 часа");
  CHECK(indicators("40 человек") == "=40 человек");
  CHECK(indicators("2024 год") == "2024 год");
  CHECK(indicators("Приказ № 15") == "Приказ № 15");
}

TEST_CASE("documents stand one by one") {
  CHECK(indicators("Проект плана. Приказ об утверждении.") == "Проект плана. | Приказ об утверждении.");
  CHECK(indicators("Планы встреч, бесед Информационные письма") == "Планы встреч, бесед | Информационные письма");
  CHECK(indicators("Наличие акта. Приказ Управления образования") == "Наличие акта. Приказ Управления образования");
  CHECK(indicators("Инструктивное письмо Управления образования") == "Инструктивное письмо Управления образования");
  CHECK(indicators("Положения: - о клубе - о школе") == "Положения: о клубе | Положения: о школе");
  CHECK(indicators("").empty());
}

TEST_CASE("marks stand by years, and without years by their number") {
  CHECK(marks("Выполнено 2020 г. 2021 г.") == "Выполнено 2020 г. + 2020 | 2021 г. + 2021");
  CHECK(marks("Выполнено") == "Выполнено +");
  CHECK(marks("Не выполнено") == "Не выполнено -");
  CHECK(marks("Выполнено Выполнено", 4) == "Выполнено + | Выполнено +");
  CHECK(marks("Выполнено Выполнено", 2) == "Выполнено + #1 | Выполнено + #2");
  CHECK(marks("Выполнено 2023 г., не выполнено 2024 г.") == "Выполнено 2023 г. + 2023 | не выполнено 2024 г. - 2024");
  CHECK(marks("приказ от 05.06.2024") == "приказ от 05.06.2024 -");
  CHECK(marks("").empty());
}

TEST_CASE("marks that fit no part, no year or no word are told") {
  const std::string head = "План на 2023 год\n\n№\tМероприятия\tСроки\tОтветственные\tВыполнение\n";
  const ReadResult result = read_plan(head +
                                      "1.\tПринять: - устав; - герб; - гимн\tмай 2023\tДиректор\tВыполнено Выполнено\n"
                                      "2.\tСлёт\tмай 2023\tДиректор\tВыполнено 2021 г.\n"
                                      "3.\tСбор\tмай 2023\tДиректор\tвсё хорошо\n"
                                      "4.\tПоход\tмай 2023\tДиректор\tВыполнено. Выполнено\n");
  CHECK(told(result, "mark-part-unknown") ==
        "4:1 У пункта 1 отметок: 2, а частей: 3; к каким частям они относятся, не сказано.\n"
        "7:1 У пункта 4 отметок: 2; к чему относится каждая, не сказано.");
  CHECK(told(result, "mark-outside-deadline") ==
        "5:1 Отметка пункта 2 говорит о 2021 годе, а срок «май 2023» его не содержит.");
  CHECK(told(result, "mark-unclear") == "6:1 Отметка пункта 3 «всё хорошо» не понята; выполнение не засчитано.");
}

TEST_CASE("markup is layout: tags, entities and Markdown leave only words") {
  const Marked marked = without_markup("<p align=\"center\"><b>Слёт &laquo;Лес&raquo;</b></p> <b>и</b>");
  CHECK(joined(marked.lines) == "Слёт «Лес» и");
  CHECK(marked.bold);
  CHECK(joined(without_markup("**Дорожная карта  \nслётов**").lines) == "Дорожная карта слётов");
  CHECK(joined(without_markup("### 1. Мероприятия").lines) == "1. Мероприятия");
  CHECK(joined(without_markup("если a < b и c > d").lines) == "если a < b и c > d");
  CHECK(joined(without_markup("<script>x</script>").lines) == "<script>x</script>");
  CHECK(without_markup("  \n ").lines.empty());
}
