#include "ingest/headings.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"

namespace vekha::ingest {
namespace {

constexpr size_t longest_heading = 200;  // bytes

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// How plainly a heading, in small letters, says that the activities stand below; 0 for not at all.
int title_strength(std::string_view text) {
  if (has_any(text, {"мероприят"})) return 3;
  if (has_any(text, {"наименован", "содержание", "деятельност", "действи"})) return 2;
  if (has_any(text, {"направлен", "задач", "вид работ", "виды работ", "тематика"}) || text.starts_with("что "))
    return 1;
  return 0;
}

}  // namespace

Column column_of(std::string_view heading) {
  const std::string text = to_lower(heading);
  if (text.empty() || text.size() > longest_heading) return Column::other;
  if (text.starts_with("№") || text == "n" || text.starts_with("n п") || text.starts_with("номер") ||
      text.starts_with("п/п") || text == "пп")
    return Column::number;
  if (has_any(text, {"отметк"})) return Column::mark;
  if (has_any(text, {"срок", "дата", "период", "время", "когда"}) || text == "месяц" || text == "год")
    return Column::deadline;
  if (has_any(text, {"ответственн", "исполнител", "куратор", "координатор"}) || text.starts_with("отв.") ||
      text.starts_with("кто"))
    return Column::responsible;
  if (has_any(text, {"показател", "результат", "индикатор", "документ"})) return Column::indicator;
  if (title_strength(text) > 0) return Column::title;
  if (has_any(text, {"выполнен", "исполнени", "статус"})) return Column::mark;
  return Column::other;
}

std::vector<Column> columns_of(const Row& head) {
  std::vector<Column> columns;
  int strongest = 0;
  for (const Cell& cell : head.cells)
    if (column_of(cell.text()) == Column::title) strongest = std::max(strongest, title_strength(to_lower(cell.text())));
  for (const Cell& cell : head.cells) {
    Column column = column_of(cell.text());
    if (column == Column::title && title_strength(to_lower(cell.text())) < strongest) column = Column::other;
    if (std::find(columns.begin(), columns.end(), column) != columns.end()) column = Column::other;
    columns.push_back(column);
    for (int covered = 1; covered < cell.span; ++covered)
      columns.push_back(Column::other);
  }
  return columns;
}

bool is_plan_head(const Row& row) {
  if (row.filled() < 3) return false;
  for (const Cell& cell : row.cells)
    if (is_item_number(cell.text()) || cell.text().size() > longest_heading) return false;
  const std::vector<Column> columns = columns_of(row);
  const auto has = [&](Column column) { return std::find(columns.begin(), columns.end(), column) != columns.end(); };
  // «Задачи» or «Направления» alone may head the passport as well.
  const bool plain = std::any_of(row.cells.begin(), row.cells.end(),
                                 [](const Cell& cell) { return title_strength(to_lower(cell.text())) > 1; });
  if (!has(Column::title)) return false;
  return plain ? has(Column::deadline) || has(Column::responsible) : has(Column::deadline) && has(Column::responsible);
}

bool is_second_head(const Row& head, const Row& row) {
  const std::vector<Column> columns = columns_of(head);
  constexpr size_t longest = 80;  // bytes
  size_t at = 0, filled = 0;
  for (const Cell& cell : row.cells) {
    const Column column = at < columns.size() ? columns[at] : Column::other;
    at += static_cast<size_t>(cell.span);
    if (cell.empty()) continue;
    if (column == Column::number || column == Column::title) return false;
    const std::string text = cell.text();
    if (text.size() > longest || std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
      return false;
    ++filled;
  }
  // Under a deadline in two columns, or under cells merged over several.
  return filled >= 2 && at <= columns.size();
}

bool is_item_number(std::string_view text) { return !number_parts(item_number(text)).empty(); }

std::string item_number(std::string_view text) {
  std::string_view number = trim(text);
  while (!number.empty() && (number.back() == '.' || number.back() == ')'))
    number.remove_suffix(1);
  return std::string(number);
}

std::vector<int> number_parts(std::string_view number) {
  std::vector<int> parts;
  for (const std::string_view part : split(number, '.')) {
    if (part.empty() || part.size() > 5) return {};
    int value = 0;
    for (const char c : part) {
      if (!is_digit(static_cast<unsigned char>(c))) return {};
      value = value * 10 + (c - '0');
    }
    parts.push_back(value);
  }
  return parts.size() <= 4 ? parts : std::vector<int>{};
}

bool is_roman(std::string_view number) {
  return !number.empty() && number.size() <= 6 && number.find_first_not_of("IVX") == std::string_view::npos;
}

int section_value(std::string_view number) {
  if (const std::vector<int> parts = number_parts(number); !parts.empty()) return parts.back();
  if (!is_roman(number)) return 0;
  int value = 0, last = 0;
  for (auto c = number.rbegin(); c != number.rend(); ++c) {
    const int digit = *c == 'I' ? 1 : *c == 'V' ? 5 : 10;
    value += digit < last ? -digit : digit;
    last = std::max(last, digit);
  }
  return value;
}

NumberedTitle numbered_title(std::string_view text) {
  std::string_view rest = trim(text);
  for (const std::string_view word : {"Раздел ", "РАЗДЕЛ ", "Блок ", "Направление "}) {
    if (!rest.starts_with(word)) continue;
    const std::string_view behind = rest.substr(word.size());
    if (!behind.empty() && (is_digit(static_cast<unsigned char>(behind[0])) || is_roman(behind.substr(0, 1))))
      rest = behind;
  }
  const size_t end = rest.find_first_of(" ");
  if (end == std::string_view::npos) return {{}, std::string(trim(text))};
  const std::string_view first = rest.substr(0, end);
  const std::string number = item_number(first);
  const bool closed = first.size() > number.size();
  if (closed && (is_roman(number) || !number_parts(number).empty()))
    return {number, std::string(trim(rest.substr(end)))};
  return {{}, std::string(trim(text))};
}

}  // namespace vekha::ingest
