#include "staff.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "base/time_zone.h"

namespace vekha::examples {
namespace {

using service::Case;
using service::OpenTask;

// A stable number for a task, so that different items fare differently and the same item always alike.
size_t variety(const OpenTask& task) {
  size_t sum = 0;
  for (const char c : task.subject)
    sum = sum * 31 + static_cast<unsigned char>(c);
  if (task.due) sum += static_cast<size_t>(year_of(*task.due)) * 7 + static_cast<size_t>(month_of(*task.due));
  return sum;
}

std::string digits(Date day) {
  const std::string iso = to_iso(day);
  return iso.substr(8, 2) + "." + iso.substr(5, 2) + "." + iso.substr(0, 4);
}

// The names in braces that the script's texts may hold.
std::string filled(std::string text, Date today, Date last_day, const OpenTask& task) {
  text = replace_all(std::move(text), "{{today}}", to_iso(today));
  text = replace_all(std::move(text), "{{today_digits}}", digits(today));
  text = replace_all(std::move(text), "{{last_year}}", std::to_string(year_of(last_day)));
  text = replace_all(std::move(text), "{{next_year}}", std::to_string(year_of(today) + 1));
  return replace_all(std::move(text), "{{n}}", std::to_string(variety(task) % 60 + 12));
}

// Who does it: the first who may, or who stands in for them that day.
std::string doer(Case& at, const OpenTask& task, Date day) {
  const office::Office& office = at.office();
  std::vector<const office::Person*> owners;
  for (const std::string& name : task.people)
    for (const office::Person& person : office.people)
      if (person.name == name) owners.push_back(&person);
  if (owners.empty()) throw Error(ErrorCode::refused, "Задачу «" + task.task.name + "» некому выполнить.");
  const office::Person* owner = owners[variety(task) % owners.size()];
  const office::Person* deputy = office.deputy_of(owner->id, day);
  return deputy ? deputy->id : owner->id;
}

const Value& rule_for(const Value& script, const OpenTask& task) {
  for (const Value& rule : script.at("rules").list())
    if (rule.at("node").text() == task.task.node) return rule;
  static const Value none;
  return none;
}

// `turns` go by how often this task came in its process, `fates` by what it is about.
const Value& how_of(const Value& rule, const OpenTask& task) {
  const List& turns = rule.at("turns").list();
  const List& fates = rule.at("fates").list();
  static const Value nothing;
  if (!turns.empty()) return turns[std::min(static_cast<size_t>(task.turn), turns.size() - 1)];
  return fates.empty() ? nothing : fates[variety(task) % fates.size()];
}

}  // namespace

Staff::Staff(Value script, Period period, std::string zone)
    : script_(std::move(script)), period_(period), zone_(std::move(zone)) {}

Instant Staff::local(Date day, int hour) const { return to_instant({day, hour * 3600}, zone_); }

Instant Staff::beginning() const {
  Date day = add_days(period_.start, -static_cast<int>(script_.at("days_before_start").integer(27)));
  while (weekday_of(day) > 5)
    day = add_days(day, 1);
  return local(day, 9);
}

Move Staff::plan_move(Case& at, const OpenTask& task, const Value& rule, Instant now) const {
  const Value& how = how_of(rule, task);
  Move move;
  const Instant created = task.task.created;
  if (how.at("at_end").truth()) {
    move.at = std::max(created, local(add_days(period_.end, static_cast<int>(how.at("days").integer())), 10));
  } else if (how.at("middle").truth()) {
    move.at = std::max(created, local(add_days(period_.start, days_between(period_.start, period_.end) / 2), 10));
  } else if (how.at("days_after_start").get_if<Decimal>()) {
    move.at =
        std::max(created, local(add_days(period_.start, static_cast<int>(how.at("days_after_start").integer())), 10));
  } else if (rule.at("days_before_due").get_if<Decimal>()) {
    const Date due = task.due.value_or(period_.end);
    Date day = add_days(
        due, -static_cast<int>(rule.at("days_before_due").integer() + static_cast<int64_t>(variety(task) % 9)));
    if (how.at("days_late").integer() > 0) day = add_days(due, static_cast<int>(how.at("days_late").integer()));
    move.at = std::max(created + std::chrono::hours(2), local(std::max(day, period_.start), 11));
  } else {
    move.at = created + std::chrono::hours(rule.at("hours").integer(3));
  }
  while (weekday_of(to_local(move.at, zone_).date) > 5)
    move.at += std::chrono::days(1);
  const Date today = to_local(std::max(move.at, now), zone_).date;
  move.task = task.id;
  move.person = doer(at, task, today);
  move.outcome = how.at("outcome").text();
  move.reason = how.at("reason").text();
  for (const Map::Entry& field : how.at("set").map())
    move.fields.set(field.first, field.second.is<std::string>()
                                     ? Value(filled(field.second.text(), today, period_.end, task))
                                     : field.second);
  return move;
}

std::optional<Move> Staff::next(Case& at, Instant now) const {
  std::optional<Move> first;
  const std::vector<OpenTask> tasks = at.tasks({});
  for (const OpenTask& task : tasks) {
    const Value& rule = rule_for(script_, task);
    if (how_of(rule, task).at("after_others").truth() && tasks.size() > 1) continue;
    Move move = plan_move(at, task, rule, now);
    // By the planned time, not by when it can be done now: an interrupted walk must choose what it would have chosen.
    if (!first || std::pair(move.at, move.task) < std::pair(first->at, first->task)) first = std::move(move);
  }
  if (first) first->at = std::max(first->at, now);
  return first;
}

}  // namespace vekha::examples
