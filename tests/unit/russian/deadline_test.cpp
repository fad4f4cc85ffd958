#include "russian/deadline.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/text.h"

using namespace vekha;
using namespace vekha::russian;
using roadmap::OpenSide;
using roadmap::Schedule;
using roadmap::ScheduleKind;

namespace {

DeadlineContext context_of(std::string_view plan) {
  DeadlineContext context;
  if (!plan.empty()) context.plan = parse_period(plan);
  return context;
}

// «recurring 2021-04-01..2022-04-30 x2 yearly then ежегодно в апреле»
std::string summary(const Schedule& schedule) {
  std::string out = to_string(schedule.kind);
  if (schedule.start || schedule.end)
    out += fmt::format(" {}..{}", schedule.start ? to_iso(*schedule.start) : "",
                       schedule.end ? to_iso(*schedule.end) : "");
  if (schedule.open == OpenSide::start) out += " open-start";
  if (schedule.open == OpenSide::end) out += " open-end";
  out += fmt::format(" x{}", schedule.occurrences.size());
  for (const std::string& part : {schedule.recurrence, schedule.from.empty() ? "" : "from " + schedule.from,
                                  schedule.length, schedule.then.empty() ? "" : "then " + schedule.then})
    if (!part.empty()) out += " " + part;
  if (schedule.uncertain) out += fmt::format(" uncertain {}", schedule.readings.size());
  return out;
}

std::string occurrences(const Schedule& schedule) {
  std::vector<std::string> all;
  for (const auto& occurrence : schedule.occurrences)
    all.push_back(to_iso(occurrence.start) + ".." + to_iso(occurrence.end));
  return join(all, " ");
}

}  // namespace

TEST_CASE("every phrase is read in its plan") {
  struct Row {
    const char* phrase;
    const char* plan;
    const char* expected;
  };
  const Row rows[] = {
      {"2020-2022", "2020-01-01..2022-12-31", "range 2020-01-01..2022-12-31 x3"},
      {"2020-2022 в соответствии с графиком выездов Отдела учёбы", "2020-01-01..2022-12-31",
       "by-schedule 2020-01-01..2022-12-31 x0 from Отдела учёбы"},
      {"2020-2022 1 раз в четверть", "2020-01-01..2022-12-31", "recurring 2020-01-09..2022-12-30 x12 school-quarter"},
      {"ежегодно", "2020-01-01..2022-12-31", "recurring 2020-01-01..2022-12-31 x3 yearly"},
      {"Ежегодно (июнь)", "2020-01-01..2022-12-31", "recurring 2020-06-01..2022-06-30 x3 yearly"},
      {"", "2020-01-01..2022-12-31", "unknown x0"},
      {"Январь 2023", "2023-01-01..2023-12-31", "month 2023-01-01..2023-01-31 x1"},
      {"Ежегодно, август", "2023-01-01..2023-12-31", "recurring 2023-08-01..2023-08-31 x1 yearly"},
      {"По мере необходимости", "2023-01-01..2023-12-31", "on-demand 2023-01-01..2023-12-31 x0 from необходимости"},
      {"По графику УО", "2023-01-01..2023-12-31", "by-schedule 2023-01-01..2023-12-31 x0 from УО"},
      {"1 раз в год", "2023-01-01..2023-12-31", "recurring 2023-01-01..2023-12-31 x1 yearly"},
      {"В течение года", "2023-01-01..2023-12-31", "year 2023-01-01..2023-12-31 x1"},
      {"В течение года", "2020-01-01..2022-12-31", "year x0 uncertain 4"},
      {"По отдельному графику", "2023-01-01..2023-12-31", "by-schedule 2023-01-01..2023-12-31 x0"},
      {"В течение всего периода", "2020-08-01..2022-12-31", "range 2020-08-01..2022-12-31 x3"},
      {"В течение всего периода (по запросам)", "2020-08-01..2022-12-31",
       "on-demand 2020-08-01..2022-12-31 x0 from запросам"},
      {"Постоянно", "2020-08-01..2022-12-31", "continuous 2020-08-01..2022-12-31 x3"},
      {"2020-2021", "2020-08-01..2022-12-31", "range 2020-08-01..2021-12-31 x2 uncertain 2"},
      {"2020", "2020-08-01..2022-12-31", "year 2020-08-01..2020-12-31 x1"},
      {"2021", "2020-08-01..2022-12-31", "year 2021-01-01..2021-12-31 x1"},
      {"Сентябрь 2020", "2020-08-01..2022-12-31", "month 2020-09-01..2020-09-30 x1"},
      {"Март-апрель 2021", "2020-08-01..2022-12-31", "range 2021-03-01..2021-04-30 x1"},
      {"Июль-август (ежегодно)", "2020-08-01..2022-12-31", "recurring 2020-08-01..2022-08-31 x3 yearly"},
      {"По графику работы жюри (ежегодно)", "2020-08-01..2022-12-31",
       "recurring 2020-08-01..2022-12-31 x3 yearly from работы жюри"},
      {"Апрель 2021, далее ежегодно в апреле", "2020-08-01..2022-12-31",
       "recurring 2021-04-01..2022-04-30 x2 yearly then ежегодно в апреле"},
      {"Январь 2021, далее ежегодно", "2020-08-01..2022-12-31",
       "recurring 2021-01-01..2022-01-31 x2 yearly then ежегодно"},
      {"Сентябрь 2020, далее по запросам", "2020-08-01..2022-12-31",
       "month 2020-09-01..2020-09-30 x1 then по запросам"},
      {"апрель", "2020-08-01..2022-12-31", "month x0 uncertain 3"},
      {"апрель–май2021 г.", "2020-01-01..2022-12-31", "range 2021-04-01..2021-05-31 x1"},
      {"апрель–май 2021 г.", "2020-01-01..2022-12-31", "range 2021-04-01..2021-05-31 x1"},
      {"2020–2022 гг.", "2020-01-01..2022-12-31", "range 2020-01-01..2022-12-31 x3"},
      {"2021–2022 гг.", "2020-01-01..2022-12-31", "range 2021-01-01..2022-12-31 x2"},
      {"2021–2022 гг., март", "2020-01-01..2022-12-31", "recurring 2021-03-01..2022-03-31 x2 yearly"},
      {"2021 г. обновление постоянно", "2020-01-01..2022-12-31",
       "year 2021-01-01..2021-12-31 x1 then обновление постоянно"},
      {"2020 год", "", "year 2020-01-01..2020-12-31 x1"},
      {"Ежегодно", "", "recurring x0 yearly"},
      {"1 раз в квартал", "", "recurring x0 quarterly"},
      {"по отдельному графику", "", "by-schedule x0"},
      {"1 раз в квартал", "2020-08-01..2022-12-31", "recurring 2020-08-01..2022-12-31 x10 quarterly"},
      {"до 15 мая 2021", "2020-01-01..2022-12-31", "range 2020-01-01..2021-05-15 open-start x1"},
      {"до 15 мая 2021 г.", "", "range ..2021-05-15 open-start x0"},
      {"не позднее 15.05.2021", "2020-01-01..2022-12-31", "range 2020-01-01..2021-05-15 open-start x1"},
      {"с 1 сентября 2021", "2020-01-01..2022-12-31", "range 2021-09-01..2022-12-31 open-end x2"},
      {"10-15 марта 2021", "2020-01-01..2022-12-31", "range 2021-03-10..2021-03-15 x1"},
      {"с 10 по 15 марта 2021 года", "2020-01-01..2022-12-31", "range 2021-03-10..2021-03-15 x1"},
      {"III квартал 2021", "2020-01-01..2022-12-31", "range 2021-07-01..2021-09-30 x1"},
      {"1-2 квартал 2021 г.", "2020-01-01..2022-12-31", "range 2021-01-01..2021-06-30 x1"},
      {"I полугодие 2021", "2020-01-01..2022-12-31", "range 2021-01-01..2021-06-30 x1"},
      {"первое полугодие", "2021-01-01..2021-12-31", "range 2021-01-01..2021-06-30 x1"},
      {"2021/2022 учебный год", "2020-01-01..2022-12-31", "range 2021-09-01..2022-08-31 x1"},
      {"2021-2022 уч. год", "2020-01-01..2022-12-31", "range 2021-09-01..2022-08-31 x1"},
      {"в течение учебного года", "2021-09-01..2022-08-31", "range 2021-09-01..2022-08-31 x1"},
      {"в течение учебного года", "2021-01-01..2021-12-31", "range x0 uncertain 3"},
      {"сентябрь, январь, май", "2021-09-01..2022-08-31", "range 2021-09-01..2022-05-31 x3"},
      {"март, октябрь 2021", "2020-01-01..2022-12-31", "range 2021-03-01..2021-10-31 x2"},
      {"ноябрь 2021 - март 2022", "2020-01-01..2022-12-31", "range 2021-11-01..2022-03-31 x1"},
      {"ноябрь-март", "2021-09-01..2022-08-31", "range 2021-11-01..2022-03-31 x1"},
      {"ежемесячно", "2021-01-01..2021-12-31", "recurring 2021-01-01..2021-12-31 x12 monthly"},
      {"ежемесячно, до 10 числа", "2021-01-01..2021-12-31", "recurring 2021-01-01..2021-12-10 x12 monthly"},
      {"ежемесячно с сентября по май", "2021-09-01..2022-08-31", "recurring 2021-09-01..2022-05-31 x9 monthly"},
      {"ежеквартально до 5 числа месяца, следующего за отчетным", "2021-01-01..2021-12-31",
       "recurring 2021-01-01..2022-01-05 x4 quarterly"},
      {"еженедельно", "2021-01-01..2021-01-31", "recurring 2021-01-01..2021-01-31 x5 weekly"},
      {"последняя пятница месяца", "2021-01-01..2021-03-31", "recurring 2021-01-29..2021-03-26 x3 monthly"},
      {"каждую среду", "2021-01-01..2021-01-31", "recurring 2021-01-06..2021-01-27 x4 weekly"},
      {"в течение 10 рабочих дней со дня утверждения приказа", "2021-01-01..2021-12-31",
       "relative x0 from утверждения приказа P10D"},
      {"в течении года", "2021-01-01..2021-12-31", "year 2021-01-01..2021-12-31 x1"},
      {"в течение 2021 года", "2020-01-01..2022-12-31", "year 2021-01-01..2021-12-31 x1"},
      {"до конца года", "2021-01-01..2021-12-31", "range 2021-01-01..2021-12-31 open-start x1"},
      {"до конца мая 2021", "2021-01-01..2021-12-31", "range 2021-01-01..2021-05-31 open-start x1"},
      {"до мая 2021", "2021-01-01..2021-12-31", "range 2021-01-01..2021-04-30 open-start x1 uncertain 2"},
      {"конец мая 2021", "2021-01-01..2021-12-31", "month 2021-05-01..2021-05-31 x1 uncertain 2"},
      {"15.05", "2021-01-01..2021-12-31", "range 2021-05-15..2021-05-15 x1"},
      {"31.02.2021", "2021-01-01..2021-12-31", "unknown x0"},
      {"09.2021", "2021-01-01..2021-12-31", "month 2021-09-01..2021-09-30 x1"},
      {"2 раза в год", "2021-01-01..2021-12-31", "recurring 2021-01-01..2021-12-31 x2 half-yearly uncertain 2"},
      {"не реже 1 раза в полугодие", "2021-01-01..2021-12-31", "recurring 2021-01-01..2021-12-31 x2 half-yearly"},
      {"раз в 3 года", "2020-01-01..2022-12-31", "recurring 2020-01-01..2022-12-31 x0 yearly uncertain 2"},
      {"ежегодно до 15 мая", "2020-01-01..2022-12-31", "recurring 2020-01-01..2022-05-15 x3 yearly"},
      {"ежегодно, октябрь-ноябрь", "2020-01-01..2022-12-31", "recurring 2020-10-01..2022-11-30 x3 yearly"},
      {"весна 2021", "2020-01-01..2022-12-31", "unknown x0"},
      {"март 2021 – какая-то ерунда", "2020-01-01..2022-12-31", "unknown x0"},
      {"2025", "2020-01-01..2022-12-31", "year 2025-01-01..2025-12-31 x1"},
      {"мaй 2021", "2020-01-01..2022-12-31", "month 2021-05-01..2021-05-31 x1"},
      {"2020-2022 год", "2020-01-01..2022-12-31", "range 2020-01-01..2022-12-31 x3"},
      {"2020 - 2024 года", "2020-01-01..2024-12-31", "range 2020-01-01..2024-12-31 x5"},
      {"1 сентября 2021 года", "2020-01-01..2022-12-31", "range 2021-09-01..2021-09-01 x1"},
      {"сентябрь 21 г.", "2020-01-01..2022-12-31", "month 2021-09-01..2021-09-30 x1"},
      {"за 5 дней до начала конкурса", "2020-01-01..2022-12-31", "relative x0 from начала конкурса -P5D"},
      {"1 четверть 2021-2022 учебного года", "2020-01-01..2022-12-31", "range 2021-09-01..2021-10-28 x1"},
      {"к 1 сентября", "2021-01-01..2021-12-31", "range 2021-01-01..2021-09-01 open-start x1"},
      {"25 мая – 10 июня 2021", "2021-01-01..2021-12-31", "range 2021-05-25..2021-06-10 x1"},
      {"май 2021 – март 2021", "2021-01-01..2021-12-31", "range x0 uncertain 2"},
      {"август-сентябрь 2021, 2022", "2020-01-01..2022-12-31", "range x0 uncertain 2"},
      {"март 2021–2022 гг.", "2020-01-01..2022-12-31", "recurring 2021-03-01..2022-03-31 x2 yearly"},
      {"01.09.2021-31.05.2022", "2020-01-01..2022-12-31", "range 2021-09-01..2022-05-31 x1"},
      {"согласно плану-графику Рособрнадзора", "2020-01-01..2022-12-31",
       "by-schedule 2020-01-01..2022-12-31 x0 from Рособрнадзора"},
      {"постоянно", "", "continuous x0"},
      {"октябрь", "", "month x0 uncertain 2"},
      {"(далее)", "", "unknown x0"},
      {"далее", "", "unknown x0"},
      {"г.", "", "unknown x0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.phrase);
    CHECK(summary(read_deadline(row.phrase, context_of(row.plan))) == row.expected);
  }
}

TEST_CASE("a bare year is cut to the plan, months and days never are") {
  const DeadlineContext context = context_of("2020-08-01..2022-12-31");
  CHECK(occurrences(read_deadline("2020", context)) == "2020-08-01..2020-12-31");
  CHECK(occurrences(read_deadline("июнь-сентябрь 2020", context)) == "2020-06-01..2020-09-30");
  CHECK(occurrences(read_deadline("1 июля 2020", context)) == "2020-07-01..2020-07-01");
}

TEST_CASE("yearly months that the plan has not yet reached are cut to it") {
  CHECK(occurrences(read_deadline("Июль-август (ежегодно)", context_of("2020-08-01..2022-12-31"))) ==
        "2020-08-01..2020-08-31 2021-07-01..2021-08-31 2022-07-01..2022-08-31");
  CHECK(occurrences(read_deadline("ежегодно", context_of("2020-08-01..2022-06-30"))) ==
        "2020-08-01..2020-12-31 2021-01-01..2021-12-31 2022-01-01..2022-06-30");
}

TEST_CASE("once a school quarter gives twelve dates in three calendar years, by the table of the organisation") {
  DeadlineContext context = context_of("2020-01-01..2022-12-31");
  const Schedule usual = read_deadline("1 раз в четверть", context);
  CHECK(usual.occurrences.size() == 12);
  CHECK(usual.recurrence == "school-quarter");
  context.school_quarters[2] = {1, 12, 3, 20};
  CHECK(to_iso(read_deadline("1 раз в четверть", context).occurrences[0].end) == "2020-03-20");
  CHECK(read_deadline("1 раз в квартал", context).recurrence == "quarterly");
}

TEST_CASE("the year of a band row serves months and «в течение года»") {
  DeadlineContext context = context_of("2020-01-01..2022-12-31");
  context.year = 2021;
  CHECK(occurrences(read_deadline("апрель", context)) == "2021-04-01..2021-04-30");
  CHECK(occurrences(read_deadline("В течение года", context)) == "2021-01-01..2021-12-31");
  CHECK(occurrences(read_deadline("ноябрь-февраль", context)) == "2021-11-01..2022-02-28");
}

TEST_CASE("two neighbouring years are asked about, unless they are the plan or say «гг.»") {
  CHECK(read_deadline("2020-2021", context_of("2020-08-01..2022-12-31")).readings ==
        std::vector<std::string>{"С 1 августа 2020 г. по 31 декабря 2021 г.: два календарных года.",
                                 "С 1 сентября 2020 г. по 31 августа 2021 г.: один учебный год."});
  CHECK_FALSE(read_deadline("2020-2021", context_of("2020-01-01..2021-12-31")).uncertain);
  CHECK_FALSE(read_deadline("2020-2021 гг.", context_of("2020-08-01..2022-12-31")).uncertain);
}

TEST_CASE("where only the first day of the plan is known, recurring deadlines start there and have no end") {
  DeadlineContext context;
  context.plan_start = make_date(2023, 1, 1);
  CHECK(summary(read_deadline("ежегодно", context)) == "recurring 2023-01-01.. x0 yearly");
  CHECK(summary(read_deadline("2023 год", context)) == "year 2023-01-01..2023-12-31 x1");
}

TEST_CASE("what a person should look at is told in whole sentences") {
  const auto doubts = [](const char* phrase, const char* plan) {
    const DeadlineContext context = context_of(plan);
    std::string out;
    for (const Diagnostic& doubt : deadline_doubts(read_deadline(phrase, context), context))
      out += doubt.code + ": " + doubt.message + " " + doubt.hint;
    return out;
  };
  CHECK(doubts("май 2024", "2024-01-01..2024-12-31").empty());
  CHECK(doubts("", "2024-01-01..2024-12-31") ==
        "deadline-empty: Срок не указан. Впишите срок или возьмите весь период плана.");
  CHECK(doubts("когда-нибудь", "2024-01-01..2024-12-31") ==
        "deadline-unknown: Срок «когда-нибудь» не понят. Запишите срок датой, месяцем, годом или частотой, например "
        "«март 2024» или «1 раз в квартал».");
  CHECK(doubts("до мая 2024", "2024-01-01..2024-12-31") ==
        "deadline-uncertain: Срок «до мая 2024» можно понять по-разному: До первого дня названного месяца или года, "
        "сам он не входит. По последний день названного месяца или года включительно. Уточните срок у составителя.");
  CHECK(doubts("ежегодно", "") ==
        "deadline-needs-period: Срок «ежегодно» зависит от периода плана, а период не известен. Назовите период "
        "плана, например --period 2024-01-01..2024-12-31.");
  CHECK(doubts("май 2026", "2024-01-01..2024-12-31") ==
        "deadline-outside-plan: Срок «май 2026» лежит вне периода плана (2024-01-01 – 2024-12-31). Проверьте год в "
        "сроке и период плана.");
}

TEST_CASE("a phrase of any bytes and any length is read in bounded time") {
  std::string long_phrase;
  for (int i = 0; i < 100'000; ++i)
    long_phrase += "с по до (";
  CHECK(read_deadline(long_phrase).kind == ScheduleKind::unknown);
  CHECK(read_deadline("\xFF\xD0").kind == ScheduleKind::unknown);
  CHECK(read_deadline("99999999999999999999").kind == ScheduleKind::unknown);
  CHECK(read_deadline("еженедельно", context_of("0001-01-01..9999-12-31")).occurrences.empty());
}
