// Timers: dates, durations, cycles, working days; those that start processes.
#include "bench.h"
#include "workflow/run.h"
#include "workflow/timing.h"

using namespace vekha;
using namespace vekha::workflow;

namespace {

const std::string start = "<startEvent id=\"s\"/>";

std::string timer(const std::string& kind, const std::string& id, const std::string& what, const std::string& when,
                  const std::string& attributes = {}) {
  return event(kind, id, "timer", "", attributes, fmt::format("<{0}>{1}</{0}>", what, when));
}
std::string traced(const Map& answer) {
  std::string text;
  for (const Value& entry : answer.find("trace")->list())
    text += (text.empty() ? "" : " ") + entry.at("node").text();
  return text;
}
Map run(const std::string& body, const std::string& steps) {
  return run_file(bpmn(body), "п.bpmn", "", {}, parse_json(steps).list()).map();
}
std::string plus_from(const char* from, const char* span) {
  const auto parsed = parse_span(span);
  return parsed ? to_iso(plus(*parse_instant(from), *parsed)) : "нет";
}

}  // namespace

TEST_CASE("durations are those of ISO 8601, months and days together too") {
  CHECK(plus_from("2000-01-31T00:00:00Z", "P1M") == "2000-02-29T00:00:00Z");
  CHECK(plus_from("2000-01-31T00:00:00Z", "P1Y2M10DT2H30M") == "2001-04-10T02:30:00Z");
  CHECK(plus_from("2000-01-01T00:00:00Z", "P1M1W") == "2000-02-08T00:00:00Z");
  CHECK(plus_from("2000-01-01T00:00:00Z", "P2W") == "2000-01-15T00:00:00Z");
  CHECK(plus_from("2000-01-01T00:00:00Z", "PT0.5S") == "2000-01-01T00:00:01Z");
  CHECK(plus_from("2000-01-01T00:00:00Z", "PT1M30.0S") == "2000-01-01T00:01:30Z");
  for (const char* wrong : {"", "P", "PT", "P1", "1D", "P1S", "PT1D", "P1M1Y1", "PT.S", "P99999999999Y", "PT1.xS"})
    CHECK(plus_from("2000-01-01T00:00:00Z", wrong) == "нет");
}

TEST_CASE("cycles have a number or none, and may say when they begin") {
  CHECK(parse_cycle("R4/PT1H")->repeats == 4);
  CHECK(parse_cycle("R/P1D")->repeats == -1);
  CHECK(parse_cycle("R3/2022-12-09T10:00:00Z/P1M")->start == "2022-12-09T10:00:00Z");
  for (const char* wrong : {"R4", "4/PT1H", "Rx/PT1H", "R4/PT0S", "R4/", "R4/-PT1H"})
    CHECK(!parse_cycle(wrong));
}

TEST_CASE("a boundary timer that interrupts nothing repeats as often as its cycle says") {
  const std::string body = start + node("userTask", "a") +
                           timer("boundaryEvent", "b", "timeCycle", "R3/PT1H", on("a", aside)) + node("task", "call") +
                           flow("s", "a") + flow("b", "call");
  CHECK(traced(run(body, R"([{"advance":"P1D"}])")) == "s b call b call b call");
  CHECK(traced(run(body, R"([{"advance":"PT90M"},{"complete":"a"},{"advance":"P1D"}])")) == "s b call a");
}

TEST_CASE("a catching timer with a numbered cycle lets a token pass each time, without a number once") {
  const auto body = [](const std::string& cycle) {
    return start + timer("intermediateCatchEvent", "c", "timeCycle", cycle) + node("task", "a") +
           chain({"s", "c", "a"});
  };
  const Map three = run(body("R3/PT1H"), R"([{"advance":"PT10H"}])");
  CHECK(traced(three) == "s c a c a c a");
  CHECK(three.find("status")->text() == "completed");
  const Map once = run(body("R/PT1H"), R"([{"advance":"PT10H"}])");
  CHECK(traced(once) == "s c a");
  CHECK(once.find("status")->text() == "completed");
}

TEST_CASE("a timer starts a process at its date, after its duration, and as often as its cycle says") {
  const auto body = [](const std::string& what, const std::string& when) {
    return timer("startEvent", "s", what, when) + node("task", "a") + flow("s", "a");
  };
  Map answer = run(body("timeCycle", "R4/PT1H"), "[]");
  CHECK(answer.find("status")->text() == "waiting");
  CHECK(traced(answer) == "");
  answer = run(body("timeCycle", "R4/PT1H"), R"([{"advance":"PT150M"}])");
  CHECK(answer.find("status")->text() == "waiting");
  CHECK(traced(answer) == "s a s a");
  answer = run(body("timeCycle", "R4/PT1H"), R"([{"advance":"P1D"}])");
  CHECK(answer.find("status")->text() == "completed");
  CHECK(traced(answer) == "s a s a s a s a");
  CHECK(traced(run(body("timeCycle", "R/PT1H"), R"([{"advance":"PT6H"}])")) == "s a s a s a s a s a s a");
  CHECK(traced(run(body("timeDuration", "PT5M"), R"([{"advance":"P1D"}])")) == "s a");
  CHECK(traced(run(body("timeDate", "2000-01-02T00:00:00Z"), R"([{"advance":"P2D"}])")) == "s a");
  CHECK(traced(run(body("timeDate", "1999-01-02T00:00:00Z"), R"([{"advance":"P2D"}])")) == "");
}

TEST_CASE("timers that start processes and timers of processes fire in the order of their times") {
  const std::string body = timer("startEvent", "s", "timeCycle", "R2/PT1H") +
                           timer("intermediateCatchEvent", "c", "timeDuration", "PT90M") + node("task", "a") +
                           chain({"s", "c", "a"});
  CHECK(traced(run(body, R"([{"advance":"P1D"}])")) == "s s c a c a");
}

TEST_CASE("a clock that is moved too far at once fails in bounded time") {
  const Map answer = run(timer("startEvent", "s", "timeCycle", "R/PT1S") + node("task", "a") + flow("s", "a"),
                         R"([{"advance":"P10Y"}])");
  CHECK(answer.find("status")->text() == "failed");
  CHECK(answer.find("error")->text() == "Таймеры начали процессы 20000 раз за один шаг времени.");
}

TEST_CASE("working days go by the calendar of the caller, and end at the same time of the day") {
  struct Holidays final : Calendar {
    bool is_working_day(const Date& day) const override {
      return weekday_of(day) <= 5 && !(day_of(day) == 10 && month_of(day) == 1);
    }
  };
  const std::string body =
      start +
      "<intermediateCatchEvent id=\"c\"><timerEventDefinition><extensionElements><vekha:workingDays "
      "value=\"days\"/></extensionElements></timerEventDefinition></intermediateCatchEvent>" +
      flow("s", "c");
  Bench bench(bpmn(body));
  const Holidays holidays;
  const auto due = [&](const Calendar* calendar) {
    Occasion occasion{bench.now, bench.actor, "Europe/Moscow", calendar};
    const Result result =
        transact(bench.library, bench.instances, StartProcess{"p", {{"days", 5}}}, occasion, bench, OnFailure::reject);
    return to_iso(std::get<Transition>(result).changed[0].timers[0].due);
  };
  CHECK(due(nullptr) == "2023-01-16T06:00:00Z");
  CHECK(due(&holidays) == "2023-01-17T06:00:00Z");
}
