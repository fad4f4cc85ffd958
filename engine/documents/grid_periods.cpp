#include "documents/grid_periods.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace vekha::documents {
namespace {

constexpr std::array<const char*, 12> roman = {"I",   "II",   "III", "IV", "V",  "VI",
                                               "VII", "VIII", "IX",  "X",  "XI", "XII"};
constexpr int longest_plan = 30;  // years

// The first of a month counted on from another, and the last day of the one before it.
Date month_start(int year, int month) {
  const int months = year * 12 + month - 1;
  return make_date(months / 12, months % 12 + 1, 1);
}
Period months(int year, int month, int count) {
  return {month_start(year, month), add_days(month_start(year, month + count), -1)};
}

bool is_school_plan(Period plan) {
  const int begins = month_of(plan.start);
  return (begins == 8 || begins == 9) && year_of(plan.end) > year_of(plan.start) && month_of(plan.end) <= 8;
}

std::string day_and_month(Date date) { return fmt::format("{:02}.{:02}", day_of(date), month_of(date)); }

std::vector<TimeColumn> month_columns(Period year) {
  std::vector<TimeColumn> columns;
  for (int i = 0; i < 12; ++i) {
    const Period month = months(year_of(year.start), month_of(year.start) + i, 1);
    columns.push_back({roman[static_cast<size_t>(month_of(month.start)) - 1], month});
  }
  return columns;
}

// A school year has no calendar quarters of its own: its three months are named.
std::vector<TimeColumn> quarter_columns(Period year) {
  std::vector<TimeColumn> columns;
  for (int i = 0; i < 4; ++i) {
    const Period quarter = months(year_of(year.start), month_of(year.start) + 3 * i, 3);
    const auto name = [](Date date) { return roman[static_cast<size_t>(month_of(date)) - 1]; };
    columns.push_back({month_of(year.start) == 1 ? fmt::format("{} кв.", roman[static_cast<size_t>(i)])
                                                 : fmt::format("{}–{}", name(quarter.start), name(quarter.end)),
                       quarter});
  }
  return columns;
}

// Weeks from Monday to Sunday; a piece of under four days at either end joins its neighbour.
std::vector<TimeColumn> week_columns(Period quarter) {
  std::vector<TimeColumn> columns;
  for (Date day = quarter.start; day <= quarter.end;) {
    const Date end = std::min(add_days(day, 7 - weekday_of(day)), quarter.end);
    const bool joins = !columns.empty() && (days_between(columns.front().period.start, columns.back().period.end) < 3 ||
                                            days_between(day, end) < 3);
    if (joins)
      columns.back().period.end = end;
    else
      columns.push_back({{}, {day, end}});
    day = add_days(end, 1);
  }
  for (TimeColumn& column : columns)
    column.label = fmt::format("{}–\n{}", day_and_month(column.period.start), day_and_month(column.period.end));
  return columns;
}

Date required_date(const Value& occurrence, const char* key, const std::string& place, size_t number) {
  if (const std::optional<Date> date = occurrence.at(key).date()) return *date;
  throw Error(ErrorCode::faulty,
              fmt::format("У контрольного срока {} неверна дата «{}». Она записывается как «2023-01-31».", number, key),
              place);
}

// The day to print: the one of the plan, else the one on which it was done; only in its own column.
std::optional<Date> shown_day(const GridOccurrence& occurrence, const Period& column) {
  std::optional<Date> shown;
  if (occurrence.day)
    shown = due_day(occurrence);
  else if (occurrence.state == MarkState::done || occurrence.state == MarkState::partial)
    shown = occurrence.date;
  return shown && column.contains(*shown) ? shown : std::nullopt;
}

// What a reader must see first; a cell with anything open does not look done.
int urgency(MarkState state) {
  switch (state) {
    case MarkState::overdue: return 7;
    case MarkState::not_done: return 6;
    case MarkState::partial: return 5;
    case MarkState::in_progress: return 4;
    case MarkState::planned: return 3;
    case MarkState::done: return 2;
    case MarkState::moved: return 1;  // what it was moved to stands elsewhere
    case MarkState::not_needed: return 0;
  }
  return 0;
}

}  // namespace

Date due_day(const GridOccurrence& occurrence) {
  const Date end = occurrence.period.end;
  return occurrence.day ? make_date(year_of(end), month_of(end), *occurrence.day) : end;
}

bool touches(const GridOccurrence& occurrence, const Period& period) {
  const Date due = due_day(occurrence);
  const Date start = occurrence.day ? due : occurrence.period.start;
  return start <= period.end && period.start <= due;
}

std::vector<TimeSheet> time_sheets(Period plan, PeriodUnit unit, YearKind year) {
  const bool school = year == YearKind::school || (year == YearKind::automatic && is_school_plan(plan));
  const int first_month = school ? 9 : 1;
  int first = year_of(plan.start);
  // August belongs to the school year it ends, unless the plan merely begins a little early.
  if (school && month_of(plan.start) < 8) --first;
  int last = year_of(plan.end);
  if (school && month_of(plan.end) < 9) last = std::max(first, last - 1);
  if (last - first >= longest_plan)
    throw Error(ErrorCode::refused, fmt::format("План длится {} лет: план-график делается не более чем на {}.",
                                                last - first + 1, longest_plan));
  std::vector<TimeSheet> sheets;
  for (int y = first; y <= last; ++y) {
    Period whole = months(y, first_month, 12);
    if (unit == PeriodUnit::week) {
      for (int quarter = 0; quarter < 4; ++quarter) {
        const Period part = months(y, first_month + 3 * quarter, 3);
        const auto number = static_cast<size_t>(month_of(part.start) - 1) / 3;
        if (school)
          sheets.push_back({fmt::format("{}–{}", date_text(part.start), date_text(part.end)),
                            fmt::format("{} – {}", date_text(part.start), date_text(part.end)), part,
                            week_columns(part)});
        else
          sheets.push_back({fmt::format("{}, {} кв.", y, roman[number]),
                            fmt::format("{} квартал {} года", roman[number], y), part, week_columns(part)});
      }
      continue;
    }
    TimeSheet sheet{school ? fmt::format("{}-{} уч. год", y, y + 1) : fmt::format("{} год", y),
                    school ? fmt::format("{}/{} учебный год", y, y + 1) : fmt::format("{} год", y), whole,
                    unit == PeriodUnit::month ? month_columns(whole) : quarter_columns(whole)};
    sheets.push_back(std::move(sheet));
  }
  // A school plan that begins in August: nobody draws a column for the week before the lessons.
  if (school && sheets.front().period.start > plan.start) {
    sheets.front().period.start = plan.start;
    sheets.front().columns.front().period.start = plan.start;
  }
  return sheets;
}

std::vector<GridOccurrence> read_occurrences(const Value& list, const std::string& place) {
  std::vector<GridOccurrence> occurrences;
  for (const Value& value : list.list()) {
    const size_t number = occurrences.size() + 1;
    GridOccurrence& occurrence = occurrences.emplace_back();
    occurrence.period = {required_date(value, "start", place, number), required_date(value, "end", place, number)};
    if (occurrence.period.start > occurrence.period.end)
      throw Error(ErrorCode::faulty, fmt::format("Контрольный срок {} начинается позже, чем кончается.", number),
                  place);
    if (!value.at("day").is_null()) {
      const int64_t day = value.at("day").integer(0);
      const Date end = occurrence.period.end;
      if (day < 1 || day > last_day_of_month(year_of(end), month_of(end)))
        throw Error(ErrorCode::faulty,
                    fmt::format("У контрольного срока {} день «{}» не бывает в этом месяце.", number,
                                cell_text(value.at("day"))),
                    place);
      occurrence.day = static_cast<int>(day);
    }
    const std::optional<MarkState> state = roadmap::mark_state_from(value.at("state").text());
    if (!state)
      throw Error(ErrorCode::faulty,
                  fmt::format("У контрольного срока {} неизвестное состояние «{}». Бывают: planned, overdue, done, "
                              "partial, in_progress, not_done, moved, not_needed.",
                              number, value.at("state").text()),
                  place);
    occurrence.state = *state;
    if (!value.at("date").is_null()) occurrence.date = required_date(value, "date", place, number);
    occurrence.mark = value.at("mark").text();
  }
  std::stable_sort(occurrences.begin(), occurrences.end(),
                   [](const GridOccurrence& a, const GridOccurrence& b) { return a.period.end < b.period.end; });
  return occurrences;
}

namespace {

// Of the columns a long срок runs through, the one where it was done within its time, else the one where it ends.
bool bears_state(const GridOccurrence& occurrence, const Period& column) {
  if (occurrence.day) return true;
  const bool in_time =
      occurrence.date && *occurrence.date >= occurrence.period.start && *occurrence.date <= occurrence.period.end;
  const Date day = in_time ? *occurrence.date : occurrence.period.end;
  return column.start <= day && day <= column.end;
}

}  // namespace

GridMark mark_of(const std::vector<GridOccurrence>& occurrences, const TimeColumn& column, PeriodUnit unit,
                 const std::array<StateLook, mark_state_count>& states) {
  struct Group {
    MarkState state;
    int without_day = 0;
    std::vector<std::string> days;
  };
  std::vector<Group> groups;  // neighbours in time of one state
  GridMark mark;
  for (const GridOccurrence& occurrence : occurrences) {
    if (!touches(occurrence, column.period)) continue;
    const MarkState state = bears_state(occurrence, column.period) ? occurrence.state : MarkState::planned;
    if (groups.empty() || urgency(state) > urgency(mark.state)) mark.state = state;
    if (groups.empty() || groups.back().state != state) groups.push_back({state, 0, {}});
    if (const std::optional<Date> day = shown_day(occurrence, column.period))
      groups.back().days.push_back(unit == PeriodUnit::quarter ? day_and_month(*day) : std::to_string(day_of(*day)));
    else
      ++groups.back().without_day;
  }
  std::vector<std::string> texts;
  for (const Group& group : groups) {
    const std::string& sign = states[static_cast<size_t>(group.state)].sign;
    std::string text;
    // «+++» is read at a glance, a longer row is counted.
    if (group.without_day > 3)
      text = fmt::format("{}({})", sign, group.without_day);
    else
      for (int i = 0; i < group.without_day; ++i)
        text += sign;
    if (!group.days.empty()) {
      if (group.state != MarkState::planned && text.empty()) text = sign;
      if (group.without_day > 0) text += " ";
      text += join(group.days, ", ");
    }
    texts.push_back(std::move(text));
  }
  mark.text = join(texts, " ");
  return mark;
}

std::string beyond_text(const std::vector<GridOccurrence>& occurrences, const std::vector<TimeSheet>& sheets,
                        size_t sheet, const std::array<StateLook, mark_state_count>& states) {
  std::vector<std::string> lines;
  for (const GridOccurrence& occurrence : occurrences) {
    const bool before = occurrence.period.end < sheets.front().period.start;
    const bool after = !touches(occurrence, {make_date(1, 1, 1), sheets.back().period.end});
    if (!(before && sheet == 0) && !(after && sheet + 1 == sheets.size())) continue;
    const std::string& sign = states[static_cast<size_t>(occurrence.state)].sign;
    const std::string day = date_text(due_day(occurrence));
    lines.push_back(occurrence.state == MarkState::planned ? fmt::format("до {}", day)
                                                           : fmt::format("{} до {}", sign, day));
  }
  return join(lines, "\n");
}

}  // namespace vekha::documents
