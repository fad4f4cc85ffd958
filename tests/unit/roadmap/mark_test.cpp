#include "roadmap/mark.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace vekha;
using namespace vekha::roadmap;

namespace {

const Date today = make_date(2023, 7, 1);

Occurrence year(int y) { return {make_date(y, 1, 1), make_date(y, 12, 31)}; }

Mark mark(MarkState state) {
  Mark mark;
  mark.state = state;
  return mark;
}

Progress item(std::vector<Checkpoint> checkpoints) {
  Progress progress;
  progress.checkpoints = std::move(checkpoints);
  return progress;
}

}  // namespace

TEST_CASE("an occurrence without a mark is overdue only after its last day, and never without dates") {
  CHECK(state_of(Checkpoint{year(2022), {}}, today) == MarkState::overdue);
  CHECK(state_of(Checkpoint{year(2023), {}}, today) == MarkState::planned);
  CHECK(state_of(Checkpoint{year(2023), {}}, make_date(2023, 12, 31)) == MarkState::planned);
  CHECK(state_of(Checkpoint{{}, {}}, today) == MarkState::planned);
}

TEST_CASE("an item is done when all that was due is done or was not needed") {
  CHECK(state_of(item({{year(2021), mark(MarkState::done)}, {year(2022), mark(MarkState::not_needed)}}), today) ==
        ItemState::done);
  CHECK(state_of(item({{year(2022), mark(MarkState::done)}, {year(2023), {}}}), today) == ItemState::done);
  CHECK(state_of(item({{year(2021), mark(MarkState::done)}, {year(2022), {}}}), today) == ItemState::overdue);
  CHECK(state_of(item({{year(2022), mark(MarkState::not_done)}}), today) == ItemState::not_done);
  CHECK(state_of(item({{year(2022), mark(MarkState::partial)}}), today) == ItemState::partial);
  CHECK(state_of(item({{year(2023), {}}}), today) == ItemState::not_due);
}

TEST_CASE("sums count items, and no share is made up where nothing was due") {
  const Progress done = item({{year(2022), mark(MarkState::done)}}), later = item({{year(2023), {}}}),
                 overdue = item({{year(2022), {}}});
  const Summary summary = summarize({&done, &done, &overdue, &later}, today);
  CHECK(summary.total == 4);
  CHECK(summary.due == 3);
  CHECK(summary.done == 2);
  CHECK(summary.not_done == 1);
  CHECK(summary.not_yet == 1);
  CHECK(summary.done_percent() == Decimal::parse("66.7"));
  CHECK_FALSE(summarize({&later}, today).done_percent());
}

TEST_CASE("the completion cell says what was done, when and by which paper") {
  Mark done = mark(MarkState::done);
  done.date = make_date(2023, 3, 22);
  done.text = "проведён семинар, 54 участника";
  done.document = "Приказ от 10.03.2023 № 31";
  CHECK(completion_lines(item({{Occurrence{make_date(2023, 3, 1), make_date(2023, 3, 31)}, done}}), today) ==
        std::vector<std::string>{"Выполнено 22.03.2023. Проведён семинар, 54 участника. Приказ от 10.03.2023 №\xC2\xA0"
                                 "31."});
  Mark failed = mark(MarkState::not_done);
  failed.cause = "Болезнь тренера";
  CHECK(completion_lines(item({{year(2021), failed}, {year(2022), {}}, {year(2023), {}}}), today) ==
        std::vector<std::string>{"2021 год – не выполнено: болезнь тренера.", "2022 год – просрочено.",
                                 "По остальным срокам (1) срок не наступил."});
}

TEST_CASE("a mark keeps its parts and knows its states by their Russian words") {
  Mark one = mark(MarkState::moved);
  one.new_term = "30.09.2023";
  one.fact = Decimal(54);
  CHECK(mark_from_value(to_value(one)) == one);
  CHECK(mark_from_value(Map{{"state", "Частично"}}).state == MarkState::partial);
  try {
    mark_from_value(Map{{"state", "почти"}});
    FAIL("read");
  } catch (const Error& error) {
    CHECK(error.message() ==
          "Отметка «почти» не известна. Известны: выполнено, выполнено частично, выполняется, не выполнено, "
          "перенесено, не потребовалось.");
  }
}
