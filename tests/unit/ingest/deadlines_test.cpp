#include <doctest/doctest.h>

#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

std::string period_of(const ReadResult& result) {
  const auto& period = result.roadmap.period;
  return period ? to_iso(period->start) + ".." + to_iso(period->end) : "none";
}

ReadResult titled(const std::string& title) {
  return read_plan(title + "\n\n№\tМероприятия\tСроки\tОтветственные\n1.\tСлёт\tежегодно\tДиректор\n");
}

}  // namespace

TEST_CASE("the period comes from the years of the title") {
  CHECK(period_of(titled("План на 2023 год")) == "2023-01-01..2023-12-31");
  CHECK(period_of(titled("Дорожная карта на 2023-2025 год")) == "2023-01-01..2025-12-31");
  CHECK(period_of(titled("План на 2023/2024 учебный год")) == "2023-09-01..2024-08-31");
  CHECK(period_of(titled("План на 2023-2024 учебный год")) == "2023-09-01..2024-08-31");
  CHECK(period_of(titled("План, утверждён 01.02.2022, на 2024–2026 годы")) == "2024-01-01..2026-12-31");
}

TEST_CASE("a period given by the caller beats that of the file") {
  ReadOptions options;
  options.period = Period{make_date(2024, 9, 1), make_date(2025, 8, 31)};
  const ReadResult result =
      read_plan("План на 2023 год\n\n№\tМероприятия\tСроки\tОтветственные\n1.\tСлёт\tмай\tДиректор\n", options);
  CHECK(period_of(result) == "2024-09-01..2025-08-31");
  CHECK(to_iso(*result.roadmap.sections[0].items[0].deadline.start) == "2025-05-01");
}

TEST_CASE("the period comes from the stages of the passport, and stages that overlap are told") {
  const ReadResult result = read_plan(
      "Программа «Мост»\n\nПАСПОРТ\n\nНаименование\tПрограмма\n"
      "Этапы\t1 этап (август 2023 - май 2024) 2 этап (май 2024 - декабрь 2025)\n\n«Дорожная карта» программы\n\n"
      "№\tМероприятия\tСроки\tОтветственные\n1.\tСлёт\tв течение всего периода\tДиректор\n");
  CHECK(period_of(result) == "2023-08-01..2025-12-31");
  CHECK(told(result, "period-from-passport") ==
        "6:1 Период плана взят из строки паспорта «Этапы»: 2023-08-01 – 2025-12-31.");
  CHECK(told(result, "stages-overlap") ==
        "6:1 Этапы «август 2023 - май 2024» и «май 2024 - декабрь 2025» перекрываются.");
}

TEST_CASE("a period that only the rows tell is derived and told") {
  const ReadResult result = read_plan(
      "План слётов\n\n№\tМероприятия\tСроки\tОтветственные\n1.\tСлёт\t2022–2024 гг.\tДиректор\n"
      "2.\tСбор\tмай 2023\tДиректор\n");
  CHECK(period_of(result) == "2022-01-01..2024-12-31");
  CHECK(told(result, "period-derived") ==
        "1:1 Период плана нигде не назван; он выведен из сроков пунктов: 2022-01-01 – 2024-12-31.");
}

TEST_CASE("a plan whose end nobody says has no period, and is asked about once") {
  const ReadResult result = read_plan(
      "План слётов\n\n№\tМероприятия\tСроки\tОтветственные\n1.\tСлёт\t2023 год\tДиректор\n"
      "2.\tСборы на 2023 - 2027 года\tежегодно\tДиректор\n");
  CHECK(period_of(result) == "none");
  CHECK(told(result, "period-end-unknown") ==
        "1:1 План начинается в 2023 году, а когда кончается, не сказано (в тексте пункта назван 2027 год).");
  CHECK(told(result, "deadline-needs-period").empty());
  CHECK(to_iso(*result.roadmap.sections[0].items[1].deadline.start) == "2023-01-01");
  const ReadResult silent =
      read_plan("План слётов\n\n№\tМероприятия\tСроки\tОтветственные\n1.\tСлёт\tежегодно\tДиректор\n");
  CHECK(told(silent, "period-unknown") == "1:1 Период плана не назван ни в названии, ни в паспорте, ни в сроках.");
}

TEST_CASE("deadlines that are empty, unclear, not understood or outside the plan are told at their cell") {
  const ReadResult result = read_rows(
      "1.\tСлёт\t\tДиректор\n2.\tСбор\tв своё время\tДиректор\n3.\tПоход\tмай 2026\tДиректор\n"
      "4.\tБал\tдо мая 2024\tДиректор\n5.\tКросс\tапрель–май2024 г.\tДиректор\n");
  CHECK(told(result, "deadline-empty") == "4:9 Пункт 1. Срок не указан.");
  CHECK(told(result, "deadline-unknown") == "5:9 Пункт 2. Срок «в своё время» не понят.");
  CHECK(told(result, "deadline-outside-plan") ==
        "6:10 Пункт 3. Срок «май 2026» лежит вне периода плана (2024-01-01 – 2024-12-31).");
  CHECK(told(result, "deadline-uncertain") ==
        "7:8 Пункт 4. Срок «до мая 2024» можно понять по-разному: До первого дня названного месяца или года, сам он не "
        "входит. По последний день названного месяца или года включительно.");
  CHECK(told(result, "lost-space") ==
        "8:10 В сроке «апрель–май2024 г.» между словом и числом нет пробела («апрель–май2024»); срок прочитан.");
}

TEST_CASE("a band with a year dates the months below it") {
  const ReadResult result = read_plan(
      "План на 2023-2024 годы\n\n№\tМероприятия\tСроки\tОтветственные\n2023 год\t\t\t\n1.\tСлёт\tмай\tДиректор\n"
      "2024 год\t\t\t\n2.\tСбор\tмай\tДиректор\n");
  CHECK(to_iso(*result.roadmap.sections[0].items[0].deadline.start) == "2023-05-01");
  CHECK(to_iso(*result.roadmap.sections[1].items[0].deadline.start) == "2024-05-01");
}
