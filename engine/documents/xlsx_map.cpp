#include "documents/xlsx_map.h"

#include <algorithm>
#include <array>

namespace vekha::documents {
namespace {

// They take any number of cells: one cell that was repeated becomes all its places.
constexpr std::array<std::string_view, 16> aggregates = {"SUM",     "AVERAGE",  "COUNT",  "COUNTA",    "MIN",   "MAX",
                                                         "PRODUCT", "SUBTOTAL", "MEDIAN", "AGGREGATE", "STDEV", "VAR",
                                                         "SUMSQ",   "LARGE",    "SMALL",  "COUNTBLANK"};

bool is_aggregate(std::string_view function) {
  return std::find(aggregates.begin(), aggregates.end(), function) != aggregates.end();
}

}  // namespace

size_t SheetMap::section_of(uint32_t first, uint32_t last) const {
  size_t found = 0;
  for (size_t i = 1; i < sections.size(); ++i)
    if (sections[i].first <= first && last <= sections[i].last && sections[i].first >= sections[found].first) found = i;
  return found;
}

SheetMap::Span SheetMap::row(uint32_t row, size_t turn) const {
  if (row == 0) return {};
  if (gone_.count(row) > 0) return {};
  const size_t section = section_of(row, row);
  if (section == 0) {
    const auto behind = std::upper_bound(moves_.begin(), moves_.end(), row,
                                         [](uint32_t value, const auto& one) { return value < one.first; });
    const int64_t by = behind == moves_.begin() ? 0 : std::prev(behind)->second;
    const auto to = static_cast<uint32_t>(std::clamp<int64_t>(static_cast<int64_t>(row) + by, 1, last_row));
    return {to, to};
  }
  const auto found = printed_.find(row);
  if (found == printed_.end()) return {};
  // The innermost turn around `turn` that belongs to a section around the row.
  size_t around = turn;
  for (;; around = turns[around].parent) {
    bool holds = turns[around].section == 0;
    for (size_t one = section; one != 0 && !holds; one = sections[one].parent)
      holds = one == turns[around].section;
    if (holds) break;
  }
  const auto first = std::lower_bound(found->second.begin(), found->second.end(), turns[around].first);
  const auto behind = std::upper_bound(first, found->second.end(), turns[around].last);
  if (first == behind) return {};
  return {*first, *std::prev(behind)};
}

std::vector<uint32_t> SheetMap::all_rows(uint32_t row_number) const {
  if (section_of(row_number, row_number) == 0) {
    const Span span = row(row_number, 0);
    return span.first > 0 ? std::vector<uint32_t>{span.first} : std::vector<uint32_t>{};
  }
  const auto found = printed_.find(row_number);
  return found == printed_.end() ? std::vector<uint32_t>{} : found->second;
}

SheetMap::Span SheetMap::column(uint32_t column) const {
  if (column == 0) return {};
  int64_t by = 0;
  for (const ColumnRepeat& one : columns) {
    if (column < one.first) break;
    const uint32_t width = one.last - one.first + 1;
    if (column <= one.last) {
      if (one.count == 0) return {};
      const auto first = static_cast<uint32_t>(static_cast<int64_t>(column) + by);
      return {first, first + width * (one.count - 1)};
    }
    by += static_cast<int64_t>(width) * (static_cast<int64_t>(one.count) - 1);
  }
  const auto to = static_cast<uint32_t>(std::clamp<int64_t>(static_cast<int64_t>(column) + by, 1, last_column));
  return {to, to};
}

CellRange SheetMap::range(const CellRange& from, size_t turn) const {
  CellRange to;
  if (from.first_row > 0) {
    // An end that is gone gives way to what is left between.
    const uint32_t limit = std::min(from.last_row, from.first_row + 100'000);
    for (uint32_t one = from.first_row; one <= limit && to.first_row == 0; ++one)
      to.first_row = row(one, turn).first;
    for (uint32_t one = from.last_row; one >= from.first_row && to.last_row == 0; --one) {
      to.last_row = row(one, turn).last;
      if (from.last_row - one > 100'000) break;
    }
    if (to.first_row == 0 || to.last_row < to.first_row) return {};
  }
  if (from.first_column > 0) {
    for (uint32_t one = from.first_column; one <= from.last_column && to.first_column == 0; ++one)
      to.first_column = column(one).first;
    for (uint32_t one = from.last_column; one >= from.first_column && to.last_column == 0; --one)
      to.last_column = column(one).last;
    if (to.first_column == 0 || to.last_column < to.first_column) return {};
  }
  return to;
}

std::vector<CellRange> SheetMap::ranges(const CellRange& from) const {
  std::vector<CellRange> all;
  const size_t section = section_of(from.first_row, from.last_row);
  for (size_t i = 0; i < turns.size(); ++i) {
    if (turns[i].section != section) continue;
    const CellRange one = range(from, i);
    if (one.first_row > 0) all.push_back(one);
    if (section == 0) break;
  }
  return all;
}

std::string mapped_formula(const std::string& formula, const std::string& own,
                           const std::map<std::string, const SheetMap*>& maps, const FormulaPlace& stands) {
  return rewrite_formula(formula, [&](const Reference& reference, const ReferencePlace& place) {
    const std::string& sheet = place.sheet.empty() ? own : place.sheet;
    const auto found = maps.find(sheet);
    if (found == maps.end() || found->second->is_same()) return reference.to_text();
    const SheetMap& map = *found->second;
    const bool here = place.sheet.empty() || place.sheet == own;
    const size_t seen_from = here ? stands.turn : 0;
    Reference mapped = reference;
    mapped.range = map.range(reference.range, seen_from);
    if (mapped.range == CellRange()) {
      // Nothing is left of it: an empty cell below everything says so without breaking the formula.
      mapped.range = {map.used_rows + 2, map.used_rows + 2, reference.range.first_column, reference.range.first_column};
      if (mapped.range.first_column == 0) mapped.range.first_column = mapped.range.last_column = 1;
      mapped.single = true;
      return mapped.to_text();
    }
    const ColumnRepeat* columns = here ? stands.columns : nullptr;
    if (columns && reference.range.first_column >= columns->first && reference.range.last_column <= columns->last) {
      const uint32_t base =
          map.column(columns->first).first + stands.column_turn * (columns->last - columns->first + 1);
      mapped.range.first_column = base + reference.range.first_column - columns->first;
      mapped.range.last_column = base + reference.range.last_column - columns->first;
      if (reference.single && mapped.range.first_row == mapped.range.last_row) return mapped.to_text();
    }
    if (reference.single && !is_aggregate(place.function)) {
      mapped.range.last_row = mapped.range.first_row;
      mapped.range.last_column = mapped.range.first_column;
    }
    return mapped.to_text();
  });
}

}  // namespace vekha::documents
