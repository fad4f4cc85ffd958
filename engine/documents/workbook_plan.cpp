#include "documents/workbook_plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "documents/grid_periods.h"
#include "documents/workbook_rows.h"
#include "documents/workbook_table.h"

namespace vekha::documents {
namespace {

// A sign in a wider column would look like a heading. Units: characters.
constexpr double widest_sign = 10;

struct PlanItem {
  const Value* row = nullptr;
  std::string place;
  std::vector<GridOccurrence> occurrences;
  std::string undated;
  std::optional<MarkState> state;  // of an item without dates
  std::optional<Date> mark_date;   // of such an item
  std::set<std::string> names;
};

struct PlanGroup {
  std::string heading;
  std::vector<PlanItem> items;
};

// How much one person has to do on a sheet.
struct Workload {
  std::vector<int> by_column;
  int undated = 0;
  int total = 0;
  int done = 0;
  int overdue = 0;
};

struct RussianOrder {
  bool operator()(const std::string& a, const std::string& b) const {
    const int order = collate(a, b);
    return order != 0 ? order < 0 : a < b;
  }
};

PlanItem read_item(const GridLayout& layout, const Value& row, const Value& data, std::string place) {
  const GridScope scope{row, data};
  const GridPeriods& periods = *layout.periods;
  PlanItem item;
  item.row = &row;
  item.occurrences = read_occurrences(find_field(periods.occurrences, scope, place), place);
  item.undated = cell_text(find_field(periods.undated, scope, place));
  item.state = roadmap::mark_state_from(find_field(periods.state, scope, place).text());
  item.mark_date = row.at("mark_date").date();
  // An item with neither is not lost: its words stand where those without a date stand.
  if (item.occurrences.empty() && item.undated.empty())
    item.undated = cell_text(find_field(periods.otherwise, scope, place));
  if (layout.workload) {
    const std::string names = cell_text(find_field(layout.workload->field, scope, place));
    for (const std::string_view line : split_lines(names))
      if (std::string name = fold_space(line); !name.empty()) item.names.insert(std::move(name));
  }
  item.place = std::move(place);
  return item;
}

std::vector<PlanGroup> read_groups(const GridLayout& layout, const Value& data, const Value& slim) {
  std::vector<PlanGroup> groups;
  for_each_group(layout, data, slim, [&](const std::string& heading, const List& rows) {
    PlanGroup& group = groups.emplace_back();
    group.heading = heading;
    for (const Value& row : rows)
      group.items.push_back(read_item(layout, row, slim, row_place(groups.size(), row)));
  });
  return groups;
}

Period plan_period(const GridLayout& layout, const Value& data, const std::vector<PlanGroup>& groups) {
  const Value& given = find_field(layout.periods->period, {Value(), data}, "periods.period");
  const std::optional<Date> start = given.at("start").date();
  const std::optional<Date> end = given.at("end").date();
  if (start && end && *start <= *end) return {*start, *end};
  std::optional<Period> found;
  for (const PlanGroup& group : groups)
    for (const PlanItem& item : group.items)
      for (const GridOccurrence& occurrence : item.occurrences) {
        if (!found) found = occurrence.period;
        found->start = std::min(found->start, occurrence.period.start);
        found->end = std::max(found->end, occurrence.period.end);
      }
  if (found) return *found;
  throw Error(ErrorCode::faulty,
              "Неизвестно, на какой срок план: у него нет ни периода, ни мероприятий с датами. Укажите период.",
              layout.periods->period);
}

class PlanSheet {
 public:
  PlanSheet(WorkbookFile& file, const GridLayout& layout, const Value& slim, const std::vector<TimeSheet>& sheets,
            size_t index)
      : file_(file),
        layout_(layout),
        slim_(with_sheet(slim, sheets[index])),
        sheets_(sheets),
        index_(index),
        sheet_(sheets[index]),
        table_(file, layout, render(layout.sheet, {Value(), slim_}, "sheet"), columns()) {}

  void write_items(const std::vector<PlanGroup>& groups) {
    const GridScope scope{Value(), slim_};
    table_.lines(layout_.head, scope, "head");
    table_.gap();
    table_.headings(sheet_.title);
    const int first = table_.row();
    for (const PlanGroup& group : groups)
      write_group(group);
    if (table_.row() == first) table_.write({table_.wide("Мероприятий нет", centred())});
    if (!layout_.totals.empty()) write_totals(first, table_.row() - 1);
    if (!layout_.legend.empty()) write_legend();
    table_.lines(layout_.foot, scope, "foot");
    table_.signature(layout_.signature, scope);
    table_.finish();
  }

  // On a sheet of its own: its columns are others, and the headings repeated on every printed page must fit them.
  // Writes nothing where nobody answers for anything.
  void write_workload() {
    if (workload_.empty()) return;
    const auto heading = [](std::string text, double width, Alignment align) {
      GridColumn column;
      column.heading = std::move(text);
      column.width = width;
      column.align = align;
      return column;
    };
    const GridColumn name_column = heading("Ответственный исполнитель", 46, Alignment::left);
    const std::vector<GridColumn> sums = {
        heading("Без даты", 10, Alignment::center), heading("Всего", 10, Alignment::center),
        heading("Выполнено", 12, Alignment::center), heading("Просрочено", 12, Alignment::center)};
    std::vector<TableColumn> columns{{&name_column, nullptr, name_column.width}};
    for (const TimeColumn& time : sheet_.columns)
      columns.push_back({&name_column, &time, layout_.periods->width()});
    for (const GridColumn& sum : sums)
      columns.push_back({&sum, nullptr, sum.width});

    const GridScope scope{Value(), slim_};
    GridLayout plain = layout_;
    plain.frozen_columns = 1;
    plain.number_row = false;
    WorkbookTable table(file_, plain, render(layout_.workload->sheet, scope, "workload.sheet"), std::move(columns));
    table.lines(layout_.workload->head, scope, "workload.head");
    table.gap();
    table.headings(sheet_.title);
    CellStyle name_style = table.cell_style();
    name_style.vertical = VerticalAlignment::center;
    for (const auto& [name, load] : workload_) {
      std::vector<Cell> cells{{0, 0, name, name_style}};
      const auto add = [&](int count) {
        const int column = static_cast<int>(cells.size());
        cells.push_back({column, column, count == 0 ? CellContent{} : CellContent{Decimal(count)}, centred()});
      };
      for (const int count : load.by_column)
        add(count);
      for (const int count : {load.undated, load.total, load.done, load.overdue})
        add(count);
      table.write(cells);
    }
    table.finish();
  }

 private:
  static Value with_sheet(const Value& data, const TimeSheet& sheet) {
    Map map = data.map();
    map.set(
        "sheet",
        Map{{"name", sheet.name}, {"title", sheet.title}, {"start", sheet.period.start}, {"end", sheet.period.end}});
    return Value(std::move(map));
  }

  std::vector<TableColumn> columns() {
    std::vector<TableColumn> columns;
    for (const GridColumn& column : layout_.columns) {
      if (!is_shown(column, slim_)) continue;
      if (column.kind != ColumnKind::periods) {
        columns.push_back({&column, nullptr, column.width});
        continue;
      }
      before_ = static_cast<int>(columns.size());
      for (const TimeColumn& time : sheet_.columns)
        columns.push_back({&column, &time, layout_.periods->width()});
    }
    return columns;
  }

  CellStyle centred() const {
    CellStyle style = table_.cell_style();
    style.align = Alignment::center;
    style.vertical = VerticalAlignment::center;
    return style;
  }

  CellStyle state_style(MarkState state) const {
    CellStyle style = centred();
    const StateLook& look = layout_.states[static_cast<size_t>(state)];
    style.fill = look.fill;
    style.bold = look.bold;
    return style;
  }

  // The state of an item without dates, on the sheet of the day it was marked; on all where that is not known.
  std::optional<MarkState> undated_state(const PlanItem& item) const {
    if (!item.state || *item.state == MarkState::planned || !item.occurrences.empty()) return std::nullopt;
    if (!item.mark_date) return item.state;
    const bool after_all = index_ + 1 == sheets_.size() && *item.mark_date > sheet_.period.end;
    const bool before_all = index_ == 0 && *item.mark_date < sheet_.period.start;
    const bool here = sheet_.period.start <= *item.mark_date && *item.mark_date <= sheet_.period.end;
    return here || after_all || before_all ? item.state : std::nullopt;
  }

  std::string undated_text(const PlanItem& item) const {
    std::string text = item.undated;
    if (const auto state = undated_state(item); state && !text.empty())
      text = fmt::format("{} {}", layout_.states[static_cast<size_t>(*state)].sign, text);
    const std::string beyond = beyond_text(item.occurrences, sheets_, index_, layout_.states);
    if (!text.empty() && !beyond.empty()) text += "\n";
    return text + beyond;
  }

  // What is said of the сроки of this sheet; the first and the last sheet take those that no sheet has a column for.
  std::string marks_of(const PlanItem& item) const {
    const Period& first = sheets_.front().period;
    const Period& last = sheets_.back().period;
    std::vector<std::string> marks;
    for (const GridOccurrence& occurrence : item.occurrences) {
      const bool before = index_ == 0 && occurrence.period.end < first.start;
      const bool after = index_ + 1 == sheets_.size() && occurrence.period.end > last.end &&
                         !touches(occurrence, {first.start, last.end});
      if (!occurrence.mark.empty() && (touches(occurrence, sheet_.period) || before || after))
        marks.push_back(occurrence.mark);
    }
    return join(marks, "\n");
  }

  void write_group(const PlanGroup& group) {
    bool headed = group.heading.empty();
    for (const PlanItem& item : group.items) {
      const std::string undated = undated_text(item);
      const bool dated = std::any_of(item.occurrences.begin(), item.occurrences.end(),
                                     [this](const GridOccurrence& o) { return touches(o, sheet_.period); });
      if (!dated && undated.empty()) continue;
      if (!headed) {
        CellStyle style = centred();
        style.bold = true;
        style.fill = group_fill;
        table_.write({table_.wide(group.heading, style)});
        headed = true;
      }
      write_item(item, undated);
    }
  }

  void write_item(const PlanItem& item, const std::string& undated) {
    ++number_;
    std::vector<Cell> cells;
    std::vector<size_t> marked;
    for (int i = 0; i < table_.width(); ++i) {
      const TableColumn& column = table_.columns()[static_cast<size_t>(i)];
      if (column.time) {
        const GridMark mark = mark_of(item.occurrences, *column.time, layout_.periods->unit, layout_.states);
        if (mark.text.empty()) {
          cells.push_back({i, i, {}, centred()});
          continue;
        }
        marked.push_back(static_cast<size_t>(i - before_));
        cells.push_back({i, i, mark_content(mark.text), state_style(mark.state)});
      } else if (column.source->kind == ColumnKind::undated) {
        const auto state = undated_state(item);
        CellStyle style = state ? state_style(*state) : centred();
        style.align = column.source->align;
        cells.push_back({i, i, undated.empty() ? CellContent{} : CellContent{undated}, style});
      } else if (column.source->kind == ColumnKind::marks &&
                 (!item.occurrences.empty() || (item.mark_date && !undated_state(item)))) {
        const std::string marks = marks_of(item);
        CellStyle style = table_.cell_style();
        style.align = column.source->align;
        cells.push_back({i, i, marks.empty() ? CellContent{} : CellContent{marks}, style});
      } else {
        cells.push_back(
            row_cell(i, *column.source, layout_, {*item.row, slim_}, number_, item.place, table_.cell_style()));
      }
    }
    table_.write(cells);
    count(item, marked, !undated.empty());
    for (const size_t column : marked)
      ++totals_[column];
    undated_total_ += undated.empty() ? 0 : 1;
  }

  // A lone day is a number, as a person would type it; anything else a text.
  static CellContent mark_content(const std::string& text) {
    if (const std::optional<Decimal> number = Decimal::parse(text); number && text[0] >= '1' && text[0] <= '9')
      if (text.find('.') == std::string::npos) return *number;
    return text;
  }

  void count(const PlanItem& item, const std::vector<size_t>& marked, bool undated) {
    bool done = true;
    bool overdue = false;
    bool any = false;
    for (const GridOccurrence& occurrence : item.occurrences) {
      if (!touches(occurrence, sheet_.period)) continue;
      any = true;
      done = done && (occurrence.state == MarkState::done || occurrence.state == MarkState::not_needed);
      overdue = overdue || occurrence.state == MarkState::overdue;
    }
    if (!any) {
      const auto state = undated_state(item);
      done = state == MarkState::done || state == MarkState::not_needed;
      overdue = state == MarkState::overdue;
    }
    for (const std::string& name : item.names) {
      Workload& load = workload_[name];
      load.by_column.resize(sheet_.columns.size());
      for (const size_t column : marked)
        ++load.by_column[column];
      load.undated += undated ? 1 : 0;
      load.total += 1;
      load.done += done ? 1 : 0;
      load.overdue += overdue ? 1 : 0;
    }
  }

  void write_totals(int first, int last) {
    CellStyle style = centred();
    style.bold = true;
    CellStyle label = style;
    label.align = Alignment::right;
    std::vector<Cell> cells{{0, before_ - 1, layout_.totals, label}};
    for (int i = before_; i < table_.width(); ++i) {
      const TableColumn& column = table_.columns()[static_cast<size_t>(i)];
      const bool undated = !column.time && column.source->kind == ColumnKind::undated;
      if (!column.time && !undated) {
        cells.push_back({i, i, {}, style});
        continue;
      }
      const int result = undated ? undated_total_ : totals_[static_cast<size_t>(i - before_)];
      cells.push_back({i, i,
                       Formula{fmt::format("=COUNTA({}:{})", cell_name(first, i), cell_name(last, i)), double(result)},
                       style});
    }
    table_.write(cells);
  }

  void write_legend() {
    table_.gap();
    CellStyle heading;
    heading.size = layout_.font_size;
    heading.bold = true;
    table_.write({table_.wide(layout_.legend, heading)});
    CellStyle words;
    words.size = layout_.font_size;
    words.vertical = VerticalAlignment::center;
    // As many beside each other as there is room for: a legend cut by the end of a page explains nothing.
    std::vector<Cell> cells;
    int next = 0;
    for (const MarkState state : layout_.state_order) {
      const StateLook& look = layout_.states[static_cast<size_t>(state)];
      const std::string meaning = "– " + look.name;
      const auto is_wide = [&](int column) {
        return table_.columns()[static_cast<size_t>(column)].width > widest_sign;
      };
      while (next > 0 && next < table_.width() && is_wide(next))
        ++next;
      int last = table_.last_column_for(next + 1, meaning, words);
      if (last >= table_.width() && next > 0) {
        table_.write(cells);
        cells.clear();
        next = 0;
        last = table_.last_column_for(1, meaning, words);
      }
      last = std::min(last, table_.width() - 1);
      cells.push_back({next, next, look.sign, state_style(state)});
      cells.push_back({next + 1, last, meaning, words});
      next = last + 1;
    }
    table_.write(cells);
  }

  WorkbookFile& file_;
  const GridLayout& layout_;
  Value slim_;
  const std::vector<TimeSheet>& sheets_;
  size_t index_;
  const TimeSheet& sheet_;
  int before_ = 0;  // columns before those of time
  WorkbookTable table_;
  int number_ = 0;
  std::vector<int> totals_ = std::vector<int>(sheet_.columns.size());
  int undated_total_ = 0;
  std::map<std::string, Workload, RussianOrder> workload_;
};

}  // namespace

void write_plan(WorkbookFile& file, const GridLayout& layout, const Value& data, const Value& slim) {
  const std::vector<PlanGroup> groups = read_groups(layout, data, slim);
  const std::vector<TimeSheet> sheets =
      time_sheets(plan_period(layout, data, groups), layout.periods->unit, layout.periods->year);
  std::deque<PlanSheet> written;
  for (size_t i = 0; i < sheets.size(); ++i)
    written.emplace_back(file, layout, slim, sheets, i).write_items(groups);
  if (layout.workload)
    for (PlanSheet& sheet : written)
      sheet.write_workload();
}

}  // namespace vekha::documents
