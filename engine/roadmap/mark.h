// Marks («отметки о выполнении») and what they add up to: the state of occurrences, of items and of a whole plan on a
// day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/value.h"
#include "roadmap/roadmap.h"

namespace vekha::roadmap {

// What can be said of an occurrence. `planned` and `overdue` are found from the calendar, the others are marked.
enum class MarkState { planned, overdue, done, partial, in_progress, not_done, moved, not_needed };

const char* to_string(MarkState state);                              // «not_done», as templates and grids read it
const char* russian_name(MarkState state);                           // «не выполнено»
std::optional<MarkState> mark_state_from(std::string_view russian);  // «Не выполнено», case ignored

// What somebody has said about one occurrence.
struct Mark {
  MarkState state = MarkState::done;
  std::optional<Date> date;     // of the doing, not of the saying
  std::string text;             // what was done
  std::string document;         // «Приказ от 10.03.2023 № 31»
  std::optional<Decimal> fact;  // the number that the indicator asks for
  std::string cause;            // why not
  std::string new_term;         // where it was moved
  std::string by;               // person who marked
  std::string accepted_by;      // person who accepted

  bool operator==(const Mark&) const = default;
};

Value to_value(const Mark& mark);
// Reads the keys of to_value; the state may be the Russian or the English word. Errors: faulty, for an unknown state.
Mark mark_from_value(const Value& value);

// An occurrence with its mark, if it has one. Without dates for items that have none («по мере необходимости»).
struct Checkpoint {
  std::optional<Occurrence> when;
  std::optional<Mark> mark;
};

// On `today`: what is marked; else overdue when its end has passed, planned otherwise. Never overdue without dates.
MarkState state_of(const Checkpoint& checkpoint, Date today);

// An item with everything that is said about it.
struct Progress {
  std::string key;
  Item item;
  std::string section_number;
  std::string section_title;
  std::vector<Checkpoint> checkpoints;
  std::string stage;  // name of the stage the item stands in
  int stage_number = 0;
};

enum class ItemState { not_due, done, partial, not_done, overdue };
const char* to_string(ItemState state);

// On `today`: `not_due` while nothing was due and nothing is marked; `done` when all that was due is done or was not
// needed; `overdue` when something due has no mark; `not_done` when nothing of it was done; else `partial`.
ItemState state_of(const Progress& progress, Date today);

// How many items are in which state on a day. `not_done` counts the overdue ones too.
struct Summary {
  int total = 0;
  int due = 0;
  int done = 0;
  int partial = 0;
  int not_done = 0;
  int not_yet = 0;
  int undated = 0;  // without a term and without marks

  // done × 100 / due with one digit; nullopt when nothing was due.
  std::optional<Decimal> done_percent() const;
};

Summary summarize(const std::vector<const Progress*>& items, Date today);

// What the mark of this checkpoint says, with the year before it where the item has several; empty without a mark.
std::string mark_line(const Progress& progress, const Checkpoint& checkpoint);

// Such a line for each mark of the item.
std::vector<std::string> mark_lines(const Progress& progress);

// «Выполнение» of one item: its marks, what is overdue, and how much is still to come. «Выполнено 22.03.2023. Проведён
// семинар, 54 участника. Приказ от 10.03.2023 № 31.»
std::vector<std::string> completion_lines(const Progress& progress, Date today);

}  // namespace vekha::roadmap
