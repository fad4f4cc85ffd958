#include "ingest/plan_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace vekha::ingest {
namespace {

constexpr size_t most_extra_columns = 5;

bool starts_upper(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const char32_t c = next_char(text, at);
    if (is_letter(c)) return is_upper(c);
    if (c != U'«' && c != U'(' && c != U'"') return false;
  }
  return false;
}

// A band's text: number, title and the sentence behind «Задача:».
DraftSection section_of(std::string_view text, Where where) {
  DraftSection section;
  section.where = std::move(where);
  NumberedTitle titled = numbered_title(text);
  section.number = std::move(titled.number);
  for (const std::string_view word : {"Задача:", "Задачи:", "ЗАДАЧА:"}) {
    const size_t at = titled.title.find(word);
    if (at == std::string::npos || at == 0) continue;
    section.task = std::string(trim(std::string_view(titled.title).substr(at + word.size())));
    titled.title = std::string(trim(std::string_view(titled.title).substr(0, at)));
    break;
  }
  section.title = std::move(titled.title);
  return section;
}

bool is_column_numbers(const Row& row) {
  int expected = 1;
  for (const Cell& cell : row.cells)
    if (cell.text() != std::to_string(expected++)) return false;
  return row.cells.size() >= 3;
}

class PlanReader {
 public:
  PlanReader(const std::vector<Element>& elements, Doubts& doubts) : elements_(elements), doubts_(doubts) {}

  std::optional<PlanTable> read() {
    size_t head = 0;
    while (head < elements_.size() && !(elements_[head].row && is_plan_head(*elements_[head].row)))
      ++head;
    if (head == elements_.size()) return std::nullopt;
    plan_.head = head;
    take_head(head);
    find_end();
    opening_section();
    fit_rows();
    for (size_t i = head + 1; i < plan_.end; ++i) {
      if (elements_[i].paragraph)
        paragraph(i);
      else
        row(i);
    }
    return std::move(plan_);
  }

 private:
  void take_head(size_t index) {
    const Row& head = *elements_[index].row;
    take_columns(index);
    for (const Cell& cell : head.cells) {
      if (column_of(cell.text()) == Column::other && !cell.empty())
        doubts_.warn("column-not-read", cell.where,
                     fmt::format("Что стоит в графе «{}», по её заголовку не понять; графа не прочитана.", cell.text()),
                     "Назовите графу, например «Мероприятия», «Сроки», «Ответственные», «Показатели», «Выполнение».");
    }
  }

  void take_columns(size_t index) {
    const Row& head = *elements_[index].row;
    plan_.columns = columns_of(head);
    head_text_.clear();
    for (const Cell& cell : head.cells)
      head_text_.push_back(cell.text());
    if (!plan_.has(Column::number) && !head_text_.empty() && head_text_.front().empty() && numbers_below(index))
      plan_.columns.front() = Column::number;
    if (second_head(index)) halve_deadline(index);
  }

  // A column without a heading that holds the numbers of the items.
  bool numbers_below(size_t index) const {
    size_t numbers = 0, others = 0;
    for (size_t i = index + 1; i < elements_.size() && elements_[i].table == elements_[index].table; ++i) {
      if (!elements_[i].row || elements_[i].row->cells.empty() || elements_[i].row->cells.front().empty()) continue;
      ++(is_item_number(elements_[i].row->cells.front().text()) ? numbers : others);
    }
    return numbers > others;
  }

  // Whether the row under the head belongs to it.
  bool second_head(size_t index) const {
    return index + 1 < elements_.size() && elements_[index + 1].row &&
           elements_[index + 1].table == elements_[index].table &&
           is_second_head(*elements_[index].row, *elements_[index + 1].row);
  }

  // «Сроки» over «начало» and «окончание»: the second is the end of the first.
  void halve_deadline(size_t index) {
    size_t column = 0;
    for (const Cell& cell : elements_[index + 1].row->cells) {
      const std::string text = to_lower(cell.text());
      const bool ends = text.find("оконч") != std::string::npos || text.find("заверш") != std::string::npos ||
                        text.find("конец") != std::string::npos;
      if (ends && column > 0 && column < plan_.columns.size() && plan_.columns[column] == Column::other &&
          plan_.columns[column - 1] == Column::deadline)
        plan_.columns[column] = Column::deadline_end;
      column += static_cast<size_t>(cell.span);
    }
  }

  // Tables behind paragraphs go on with the plan when they have its columns or its head.
  void find_end() {
    const size_t first_table = elements_[plan_.head].table;
    plan_.end = plan_.head + 1;
    size_t other_table = 0;
    for (size_t i = plan_.head + 1; i < elements_.size(); ++i) {
      if (!elements_[i].row) continue;
      const size_t table = elements_[i].table;
      if (table != first_table && table != other_table) {
        const Row& row = *elements_[i].row;
        size_t width = 0;
        for (const Cell& cell : row.cells)
          width += static_cast<size_t>(cell.span);
        const bool wider = width > plan_.columns.size() && width <= plan_.columns.size() + 1;
        if (!is_plan_head(row) && width != plan_.columns.size() && !wider) break;
        other_table = table;
      }
      plan_.end = i + 1;
    }
  }

  // A numbered line right above a table without bands of its own names its section.
  void opening_section() {
    if (plan_.head == 0 || !elements_[plan_.head - 1].paragraph) return;
    const Paragraph& above = *elements_[plan_.head - 1].paragraph;
    if (numbered_title(above.text()).number.empty() || above.lines.size() > 3) return;
    for (size_t i = plan_.head + 1; i < plan_.end; ++i)
      if (elements_[i].row && is_band(i)) return;
    outside_section(above);
  }

  void outside_section(const Paragraph& paragraph) {
    plan_.sections.push_back(section_of(paragraph.text(), paragraph.where));
    doubts_.note("section-outside-table", paragraph.where,
                 fmt::format("Заголовок раздела «{}» стоит вне таблицы; он прочитан как раздел.", paragraph.text()));
  }

  void paragraph(size_t index) {
    const Paragraph& paragraph = *elements_[index].paragraph;
    const std::string text = paragraph.text();
    // What stands right above a second table with a head of its own is its name.
    const bool above_head =
        index + 1 < plan_.end && elements_[index + 1].row && is_plan_head(*elements_[index + 1].row);
    if (!numbered_title(text).number.empty() || paragraph.heading || above_head || is_year_band(text)) {
      outside_section(paragraph);
      return;
    }
    doubts_.warn("text-in-table", paragraph.where,
                 fmt::format("Между строками таблицы стоит текст «{}»; ни к одному пункту он не отнесён.", text),
                 "Проверьте, не выпал ли он из ячейки.");
  }

  // ---- rows with more cells than the head ----

  void fit_rows() {
    for (size_t i = plan_.head + 1; i < plan_.end;) {
      // A second table may have columns of its own.
      if (elements_[i].row && elements_[i].table != elements_[i - 1].table && is_plan_head(*elements_[i].row)) {
        take_columns(i);
        ++i;
        continue;
      }
      if (!elements_[i].row || elements_[i].row->cells.size() <= plan_.columns.size()) {
        ++i;
        continue;
      }
      const size_t width = elements_[i].row->cells.size();
      size_t end = i;
      while (end < plan_.end && elements_[end].row && elements_[end].row->cells.size() == width &&
             elements_[end].table == elements_[i].table)
        ++end;
      fit_run(i, end, width);
      i = end;
    }
    take_columns(plan_.head);
  }

  // Rows of one run are too wide by the same columns: those that are empty in all of them.
  void fit_run(size_t from, size_t to, size_t width) {
    std::vector<Row> rows;
    for (size_t i = from; i < to; ++i)
      rows.push_back(*elements_[i].row);
    std::string before;
    while (width > plan_.columns.size() && width <= plan_.columns.size() + most_extra_columns) {
      size_t best = width;
      int best_score = -1;
      for (size_t column = 0; column < width; ++column) {
        const bool empty =
            std::all_of(rows.begin(), rows.end(), [&](const Row& row) { return row.cells[column].empty(); });
        if (!empty) continue;
        int score = 0;
        for (const Row& row : rows)
          score += fit(row, column);
        if (score > best_score) {
          best = column;
          best_score = score;
        }
      }
      if (best == width) break;
      if (best < head_text_.size()) before = head_text_[best];
      for (Row& row : rows)
        row.cells.erase(row.cells.begin() + static_cast<long>(best));
      --width;
    }
    const Where where = elements_[from].row->where;
    if (width == plan_.columns.size()) {
      doubts_.note(
          "extra-column", where,
          before.empty()
              ? std::string("В строках таблицы лишняя пустая графа; она пропущена.")
              : fmt::format("В строках таблицы лишняя пустая графа перед графой «{}»; она пропущена.", before));
    } else {
      doubts_.warn("extra-cell", where,
                   fmt::format("В строке {} ячеек, а граф {}; лишние слова присоединены к последней графе.", width,
                               plan_.columns.size()),
                   "Проверьте, не попал ли в строку лишний знак табуляции.");
      for (Row& row : rows)
        while (row.cells.size() > plan_.columns.size()) {
          Cell last = std::move(row.cells.back());
          row.cells.pop_back();
          std::move(last.lines.begin(), last.lines.end(), std::back_inserter(row.cells.back().lines));
        }
    }
    for (size_t i = from; i < to; ++i)
      fitted_.emplace_back(i, std::move(rows[i - from]));
  }

  // How well a row fills the columns that no item leaves empty once `without` is taken out.
  int fit(const Row& row, size_t without) const {
    int score = 0;
    for (size_t column = 0; column < plan_.columns.size(); ++column) {
      const size_t at = column < without ? column : column + 1;
      if (at >= row.cells.size() || row.cells[at].empty()) continue;
      const Column role = plan_.columns[column];
      if (role == Column::title || role == Column::deadline || role == Column::responsible) ++score;
    }
    return score;
  }

  const Row& row_at(size_t index) const {
    const auto found = std::lower_bound(fitted_.begin(), fitted_.end(), index,
                                        [](const auto& entry, size_t wanted) { return entry.first < wanted; });
    return found != fitted_.end() && found->first == index ? found->second : *elements_[index].row;
  }

  // ---- rows ----

  const Cell* cell(const Row& row, Column column) const {
    size_t at = 0;
    for (const Cell& one : row.cells) {
      if (at < plan_.columns.size() && plan_.columns[at] == column) return &one;
      at += static_cast<size_t>(one.span);
    }
    return nullptr;
  }

  size_t width_of(const Row& row) const {
    size_t width = 0;
    for (const Cell& one : row.cells)
      width += static_cast<size_t>(one.span);
    return width;
  }

  // A number and a name and nothing else, where the number is Roman or the next row is its first part: «1», «1.1».
  bool is_numbered_band(size_t index) const {
    const Row& row = row_at(index);
    const Cell* number = cell(row, Column::number);
    const Cell* title = cell(row, Column::title);
    if (row.filled() != 2 || !filled(number) || !filled(title) || plan_.columns.size() < 4) return false;
    const std::string text = item_number(number->text());
    const std::vector<int> own = number_parts(text);
    if (own.empty()) return is_roman(text);
    size_t next = index + 1;
    while (next < plan_.end && (!elements_[next].row || row_at(next).filled() == 0))
      ++next;
    if (next == plan_.end) return false;
    const Cell* below = cell(row_at(next), Column::number);
    std::vector<int> first = below ? number_parts(item_number(below->text())) : std::vector<int>{};
    if (first.size() != own.size() + 1 || first.back() != 1) return false;
    first.pop_back();
    return first == own && row_at(next).filled() > 2;
  }

  // A row with one text that is no half of an item: the name of a section.
  bool is_band(size_t index) const {
    const Row& row = row_at(index);
    if (is_numbered_band(index)) return true;
    if (row.filled() != 1) return false;
    const auto filled = std::find_if(row.cells.begin(), row.cells.end(), [](const Cell& one) { return !one.empty(); });
    const std::string text = filled->text();
    if (is_year_band(text)) return true;
    if (static_cast<size_t>(filled->span) + 1 >= plan_.columns.size() && filled->span > 1) return true;
    if (filled == row.cells.begin()) return !is_item_number(text) && !filled->merged_down;
    if (&*filled != cell(row, Column::title)) return false;
    if (width_of(row) < plan_.columns.size() || filled->bold || !numbered_title(text).number.empty()) return true;
    if (!starts_upper(text)) return false;
    for (size_t next = index + 1; next < plan_.end; ++next) {
      if (!elements_[next].row) continue;
      const Cell* number = cell(row_at(next), Column::number);
      const std::vector<int> parts = number ? number_parts(item_number(number->text())) : std::vector<int>{};
      return !parts.empty() && parts.back() == 1;
    }
    return false;
  }

  // «2021 год», «2021/2022 учебный год»
  static bool is_year_band(std::string_view text) {
    const std::string lower = to_lower(text);
    if (lower.size() < 4 || lower.size() > 60 || !lower.starts_with("20")) return false;
    const bool word = lower.find("год") != std::string::npos || lower.find(" г.") != std::string::npos;
    return word && std::count_if(lower.begin(), lower.end(), [](char c) { return c >= '0' && c <= '9'; }) <= 8 &&
           count_chars(lower) <= 24;
  }

  void row(size_t index) {
    const Row& row = row_at(index);
    if (row.filled() == 0) return;
    const bool first_of_table = elements_[index].table != elements_[index - 1].table;
    if (repeats_head(row) || (first_of_table && is_plan_head(row))) {
      if (!repeats_head(row)) take_head(index);
      doubts_.note("head-repeated", row.where, "Заголовки граф повторены в середине таблицы; строка пропущена.");
      return;
    }
    if (index > 0 && elements_[index - 1].row && is_plan_head(*elements_[index - 1].row) && second_head(index - 1)) {
      doubts_.note("head-second-row", row.where, "Заголовки граф стоят в две строки; вторая прочитана с первой.");
      return;
    }
    if (is_column_numbers(row)) {
      doubts_.note("column-numbers", row.where, "Под заголовками стоит строка с номерами граф; она пропущена.");
      return;
    }
    if (is_band(index)) {
      const auto filled =
          std::find_if(row.cells.begin(), row.cells.end(), [](const Cell& one) { return !one.empty(); });
      if (row.filled() == 2) {
        DraftSection section = section_of(cell(row, Column::title)->text(), filled->where);
        section.number = item_number(cell(row, Column::number)->text());
        plan_.sections.push_back(std::move(section));
        return;
      }
      plan_.sections.push_back(section_of(filled->text(), filled->where));
      return;
    }
    item(row);
  }

  bool repeats_head(const Row& row) const {
    if (row.cells.size() != head_text_.size()) return false;
    for (size_t i = 0; i < row.cells.size(); ++i)
      if (row.cells[i].text() != head_text_[i]) return false;
    return true;
  }

  static bool filled(const Cell* one) { return one && !one->empty(); }

  void item(const Row& row) {
    const Cell* number = cell(row, Column::number);
    const Cell* title = cell(row, Column::title);
    const Cell* deadline = cell(row, Column::deadline);
    const bool numbered_table = plan_.has(Column::number);
    if (plan_.sections.empty()) plan_.sections.emplace_back();
    DraftItem* last = plan_.sections.back().items.empty() ? nullptr : &plan_.sections.back().items.back();
    bool begins = filled(number);
    if (!begins && numbered_table)
      begins = !last || (filled(title) && filled(deadline) && starts_upper(title->text()) && !last->deadline.empty());
    if (!numbered_table)
      begins = !last || (filled(title) && (filled(deadline) || filled(cell(row, Column::responsible))));
    if (!begins) {
      join(*last, row);
      return;
    }
    DraftItem* above = last;
    DraftItem item;
    item.where = row.where;
    for (const Cell& one : row.cells)
      if (!one.empty()) {
        item.where = one.where;
        break;
      }
    item.deadline_at = deadline ? deadline->where : item.where;
    if (filled(number)) item.number = item_number(number->text());
    if (numbered_table && !filled(number))
      doubts_.warn("number-missing", item.where,
                   fmt::format("У пункта «{}» нет номера.", title ? shortened(title->text()) : ""),
                   "Впишите номер в файл, если он нужен в документах.");
    if (filled(number) && !is_item_number(number->text()))
      doubts_.warn("number-unclear", number->where,
                   fmt::format("В графе номера стоит «{}»; это принято как номер пункта.", number->text()),
                   "Проверьте номер.");
    if (width_of(row) < plan_.columns.size())
      doubts_.warn(
          "short-row", row.where,
          fmt::format("В строке {} ячеек из {}; недостающие считаются пустыми.", width_of(row), plan_.columns.size()),
          "Проверьте строку в файле.");
    for (const Column column :
         {Column::title, Column::deadline, Column::indicator, Column::responsible, Column::mark}) {
      const Cell* one = cell(row, column);
      if (!one) continue;
      const bool down = one->merged_down && one->empty() && above;
      lines_of(item, column) = down ? lines_of(*above, column) : one->lines;
    }
    if (const Cell* end = cell(row, Column::deadline_end); filled(end)) {
      if (!item.deadline.empty()) item.deadline.push_back({"–", LineKind::text});
      item.deadline.insert(item.deadline.end(), end->lines.begin(), end->lines.end());
    }
    plan_.sections.back().items.push_back(std::move(item));
  }

  static std::vector<Line>& lines_of(DraftItem& item, Column column) {
    switch (column) {
      case Column::deadline: return item.deadline;
      case Column::indicator: return item.indicator;
      case Column::responsible: return item.responsible;
      case Column::mark: return item.mark;
      default: return item.title;
    }
  }

  static std::string shortened(const std::string& text) {
    if (count_chars(text) <= 60) return text;
    return to_utf8(to_u32(text).substr(0, 57)) + "…";
  }

  // The other half of an item that the page cut.
  void join(DraftItem& item, const Row& row) {
    for (const Column column :
         {Column::title, Column::deadline, Column::indicator, Column::responsible, Column::mark}) {
      const Cell* one = cell(row, column);
      if (!filled(one)) continue;
      std::vector<Line>& lines = lines_of(item, column);
      if (!lines.empty() && lines.back().text.ends_with("-"))
        doubts_.warn("cut-at-hyphen", one->where,
                     fmt::format("Разрез страницы пришёлся на дефис: «{}» и «{}» соединены через пробел.",
                                 last_word(lines.back().text), first_word(one->lines.front().text)),
                     "Проверьте, одно это слово или два.");
      lines.insert(lines.end(), one->lines.begin(), one->lines.end());
    }
    doubts_.note("row-joined", row.where,
                 fmt::format("Строка без номера продолжает пункт {}, разрезанный страницей; половины соединены.",
                             item.number.empty() ? "без номера" : item.number));
  }

  static std::string last_word(const std::string& text) { return text.substr(text.find_last_of(' ') + 1); }
  static std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

  const std::vector<Element>& elements_;
  Doubts& doubts_;
  PlanTable plan_;
  std::vector<std::string> head_text_;
  std::vector<std::pair<size_t, Row>> fitted_;  // rows cut down to the columns of the head, by index
};

}  // namespace

std::string Element::text() const {
  if (paragraph) return paragraph->text();
  std::string out;
  for (const Cell& cell : row->cells) {
    if (cell.empty()) continue;
    if (!out.empty()) out += ' ';
    out += cell.text();
  }
  return out;
}

std::vector<Element> elements_of(const Sheet& sheet) {
  std::vector<Element> elements;
  size_t tables = 0;
  for (const Block& block : sheet.blocks) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
      elements.push_back({paragraph, nullptr, 0});
      continue;
    }
    ++tables;
    for (const Row& row : std::get<Table>(block).rows)
      elements.push_back({nullptr, &row, tables});
  }
  return elements;
}

bool PlanTable::has(Column column) const { return std::find(columns.begin(), columns.end(), column) != columns.end(); }

std::optional<PlanTable> find_plan(const std::vector<Element>& elements, Doubts& doubts) {
  return PlanReader(elements, doubts).read();
}

}  // namespace vekha::ingest
