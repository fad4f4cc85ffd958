// The language of real plans: every phrase of deadline_phrases.tsv with what a careful reader understands by it.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "russian/deadline.h"
#include "schedule_summary.h"

using namespace vekha;
using namespace vekha::russian;
using roadmap::Schedule;
using roadmap::ScheduleKind;

namespace {

// «2021», «2020-2022», «2021/22».
std::optional<Period> plan_of(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const int first = std::stoi(std::string(text.substr(0, 4)));
  if (text.find('/') != std::string_view::npos) return Period{make_date(first, 9, 1), make_date(first + 1, 8, 31)};
  const int last = text.size() > 4 ? std::stoi(std::string(text.substr(5))) : first;
  return Period{make_date(first, 1, 1), make_date(last, 12, 31)};
}

enum class Verdict { right, missed, wrong };

// A doubt is never wrong, a reading other than the reader's always is.
Verdict judge(std::string_view expected, const Schedule& schedule) {
  const bool unknown = schedule.kind == ScheduleKind::unknown && !schedule.uncertain;
  if (expected == "uncertain") return schedule.uncertain ? Verdict::right : unknown ? Verdict::missed : Verdict::wrong;
  if (expected == "unknown") return unknown ? Verdict::right : schedule.uncertain ? Verdict::missed : Verdict::wrong;
  if (summary(schedule) == expected) return Verdict::right;
  return schedule.uncertain || unknown ? Verdict::missed : Verdict::wrong;
}

}  // namespace

TEST_CASE("the wider language of plans is read as a careful reader would, and nothing of it wrongly") {
  const std::string table = read_file(VEKHA_SOURCE_DIR "/tests/unit/russian/deadline_phrases.tsv");
  int right = 0, missed = 0, wrong = 0;
  std::string told;
  for (const std::string_view line : split_lines(table)) {
    if (line.starts_with("#")) continue;
    const std::vector<std::string_view> cells = split(line, '\t');
    REQUIRE(cells.size() == 4);
    DeadlineContext context;
    context.plan = plan_of(cells[1]);
    if (!cells[2].empty()) context.year = std::stoi(std::string(cells[2]));
    const Schedule schedule = read_deadline(cells[0], context);
    const Verdict verdict = judge(cells[3], schedule);
    (verdict == Verdict::right ? right : verdict == Verdict::missed ? missed : wrong) += 1;
    if (verdict != Verdict::right)
      told += fmt::format("\n{}: «{}» in {}: {}, read as {}", verdict == Verdict::wrong ? "WRONG" : "missed", cells[0],
                          cells[1], cells[3], summary(schedule));
  }
  INFO(told);
  MESSAGE(fmt::format("deadline phrases: {} right, {} uncertain or unknown where a reader would know, {} wrong{}",
                      right, missed, wrong, told));
  CHECK(wrong == 0);
  CHECK(right >= 520);
}
