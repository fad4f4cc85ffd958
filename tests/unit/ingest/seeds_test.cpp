// The source documents, where they lie beside the repository: counts and dates only.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

namespace fs = std::filesystem;

// The source document whose name begins with `prefix`, or nothing where the folder is not there.
std::optional<ReadResult> read_seed(const std::string& prefix) {
  const fs::path folder = fs::path(VEKHA_SOURCE_DIR) / ".." / "shared" / "seeds";
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().filename().string().starts_with(prefix)) return read_roadmap(entry.path());
  std::cout << "Skipped: there is no folder ../shared/seeds with the source document " << prefix << ".\n";
  return std::nullopt;
}

std::string sizes(const ReadResult& result) {
  std::vector<std::string> all;
  for (const roadmap::Section& section : result.roadmap.sections)
    all.push_back(std::to_string(section.items.size()));
  return join(all, "+");
}

std::string period(const ReadResult& result) {
  const auto& found = result.roadmap.period;
  return found ? to_iso(found->start) + ".." + to_iso(found->end) : "none";
}

long count(const ReadResult& result, const std::string& code) {
  return std::count_if(result.diagnostics.begin(), result.diagnostics.end(),
                       [&](const Diagnostic& diagnostic) { return diagnostic.code == code; });
}

const roadmap::Item& item(const ReadResult& result, const std::string& number, size_t section_from = 0) {
  for (size_t s = section_from; s < result.roadmap.sections.size(); ++s)
    for (const roadmap::Item& one : result.roadmap.sections[s].items)
      if (one.number == number) return one;
  FAIL("no item " << number);
  return result.roadmap.sections[0].items[0];
}

}  // namespace

TEST_CASE("source document 000: 14 items in 4 sections, one number missing, one deadline empty") {
  const auto result = read_seed("000");
  if (!result) return;
  CHECK(sizes(*result) == "3+4+3+4");
  CHECK(period(*result) == "2020-01-01..2022-12-31");
  CHECK(count(*result, "number-gap") == 1);
  CHECK(count(*result, "number-restart") == 3);
  CHECK(count(*result, "deadline-empty") == 1);
  CHECK(count(*result, "blank-line-in-row") == 1);
  CHECK(count(*result, "mixed-bullets") == 1);
  CHECK(item(*result, "2").deadline.kind == roadmap::ScheduleKind::by_schedule);
  CHECK(item(*result, "3", 1).deadline.occurrences.size() == 3);
  CHECK(item(*result, "1", 3).deadline.occurrences.size() == 12);
  CHECK(item(*result, "2", 3).responsible.size() == 2);
}

TEST_CASE("source document 001: the order, seven passport rows, 20 items in 7 sections") {
  const auto result = read_seed("001");
  if (!result) return;
  CHECK(sizes(*result) == "4+2+1+3+4+4+2");
  CHECK(period(*result) == "2023-01-01..2023-12-31");
  REQUIRE(result->roadmap.order.has_value());
  CHECK(result->roadmap.order->number == "18");
  CHECK(result->roadmap.order->date == make_date(2022, 12, 9));
  CHECK_FALSE(result->roadmap.order->place.empty());
  CHECK_FALSE(result->roadmap.order->signer.name.empty());
  CHECK_FALSE(result->roadmap.order->signer.post.empty());
  CHECK_FALSE(result->roadmap.organization.empty());
  CHECK(result->roadmap.passport.size() == 7);
  CHECK(count(*result, "row-joined") == 4);
  CHECK(count(*result, "repeated-words") == 1);
  CHECK(count(*result, "plan-signature") == 1);
  CHECK(count(*result, "text-after-table") == 1);
  CHECK(count(*result, "approved-before-deadline") == 1);
  CHECK(item(*result, "1.1").responsible.size() == 2);
  CHECK(item(*result, "1.3").parts.size() == 2);
  CHECK(item(*result, "3.1").parts.size() == 3);
  CHECK(item(*result, "5.4").indicators.size() == 3);
  CHECK(item(*result, "7.1").responsible.size() == 3);
  size_t parties = 0;
  for (const roadmap::Section& section : result->roadmap.sections)
    for (const roadmap::Item& one : section.items)
      parties += one.responsible.size();
  CHECK(parties == 20 + 19 + 2);
}

TEST_CASE("source document 002: 53 items in 4 sections, six people in many spellings") {
  const auto result = read_seed("002");
  if (!result) return;
  CHECK(sizes(*result) == "11+10+27+5");
  CHECK(period(*result) == "2020-08-01..2022-12-31");
  CHECK(result->roadmap.passport.size() == 7);
  for (const roadmap::Section& section : result->roadmap.sections)
    CHECK_FALSE(section.task.empty());
  CHECK(count(*result, "number-gap") == 2);
  CHECK(count(*result, "row-joined") == 6);
  CHECK(count(*result, "list-after-table") == 1);
  CHECK(count(*result, "stages-overlap") == 1);
  CHECK(count(*result, "unclosed-bracket") == 1);
  CHECK(count(*result, "deadline-uncertain") == 6);
  std::vector<std::string> people;
  for (const roadmap::Section& section : result->roadmap.sections)
    for (const roadmap::Item& one : section.items)
      for (const roadmap::Party& party : one.responsible)
        if (!party.name.empty()) people.push_back(party.name);
  CHECK(people.size() == 11 + 3 + 5 + 1 + 1 + 1);
  std::sort(people.begin(), people.end());
  CHECK(std::unique(people.begin(), people.end()) - people.begin() == 6);
  CHECK(item(*result, "1.3").responsible.size() == 2);
  CHECK(item(*result, "2.1").deadline.occurrences.size() == 3);
  CHECK(item(*result, "2.5").deadline.occurrences.size() == 2);
  CHECK(item(*result, "3.14").deadline.uncertain);
}

TEST_CASE("source document 003: 16 flat items, numbers to reach, marks a year") {
  const auto result = read_seed("003");
  if (!result) return;
  CHECK(sizes(*result) == "16");
  CHECK(period(*result) == "2020-01-01..2022-12-31");
  CHECK(count(*result, "row-joined") == 5);
  CHECK(count(*result, "extra-column") == 1);
  CHECK(count(*result, "mark-part-unknown") == 1);
  CHECK(count(*result, "lost-space") == 2);
  const std::pair<const char*, size_t> parts[] = {{"2", 4}, {"3", 2}, {"5", 3}, {"7", 2}, {"9", 4}, {"12", 2}};
  for (const auto& [number, size] : parts)
    CHECK(item(*result, number).parts.size() == size);
  const std::pair<const char*, int> reached[] = {{"5", 200}, {"6", 40},  {"7", 80},  {"8", 50}, {"9", 170},
                                                 {"11", 40}, {"12", 39}, {"13", 20}, {"14", 35}};
  for (const auto& [number, value] : reached) {
    REQUIRE(item(*result, number).indicators.size() == 1);
    CHECK(item(*result, number).indicators[0].comparison == ">=");
    CHECK(item(*result, number).indicators[0].value == Decimal(value));
  }
  for (const char* number : {"4", "6", "7", "8", "9"}) {
    REQUIRE(item(*result, number).marks.size() == 2);
    CHECK(item(*result, number).marks[0].year == 2020);
    CHECK(item(*result, number).marks[1].year == 2021);
  }
  CHECK(item(*result, "2").marks.size() == 2);
  CHECK(item(*result, "10").marks.size() == 1);
  CHECK(item(*result, "10").deadline.occurrences.size() == 2);
  CHECK(item(*result, "1").marks.empty());
  for (const roadmap::Item& one : result->roadmap.sections[0].items)
    CHECK(one.responsible.size() == (one.number == "8" || one.number == "15" ? 1 : 2));
}

TEST_CASE("source document 004: 17 items in 6 sections, one outside its table, the end of the plan asked for") {
  const auto result = read_seed("004");
  if (!result) return;
  CHECK(sizes(*result) == "4+1+1+2+7+2");
  CHECK(period(*result) == "none");
  CHECK(count(*result, "period-end-unknown") == 1);
  CHECK(count(*result, "section-outside-table") == 1);
  CHECK(count(*result, "column-numbers") == 1);
  CHECK(count(*result, "markdown-rule") == 1);
  CHECK(count(*result, "latin-n") == 1);
  CHECK(count(*result, "row-joined") == 3);
  CHECK(count(*result, "cell-goes-on") == 1);
  CHECK(count(*result, "cut-at-hyphen") == 1);
  CHECK(item(*result, "2.1").parts.size() == 6);
  CHECK(item(*result, "3.1").parts.size() == 6);
  CHECK(item(*result, "4.1").parts.size() == 6);
  CHECK(item(*result, "4.1").responsible.size() == 5);
  CHECK(item(*result, "5.2").deadline.recurrence == "quarterly");
  CHECK(item(*result, "6.1").responsible.size() == 2);
  CHECK(item(*result, "6.2").responsible.size() == 3);
}
