// The table of activities: its columns by their headings, bands of sections, numbered rows, rows cut by a page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/doubts.h"
#include "ingest/headings.h"
#include "ingest/sheet.h"

namespace vekha::ingest {

// A row of the plan with the cells of its cut halves joined, not yet given a meaning.
struct DraftItem {
  std::string number;
  std::vector<Line> title, deadline, indicator, responsible, mark;
  Where where;        // of its first cell
  Where deadline_at;  // of its deadline cell
};

struct DraftSection {
  std::string number, title, task;
  Where where;
  std::vector<DraftItem> items;
};

// One paragraph or row of a sheet, in order.
struct Element {
  const Paragraph* paragraph = nullptr;
  const Row* row = nullptr;
  size_t table = 0;  // rows of one table share it

  const Where& where() const { return paragraph ? paragraph->where : row->where; }
  std::string text() const;
};
std::vector<Element> elements_of(const Sheet& sheet);

struct PlanTable {
  size_t head = 0;  // index of its first head row among the elements
  size_t end = 0;   // behind its last row
  std::vector<Column> columns;
  std::vector<DraftSection> sections;

  bool has(Column column) const;
};

// nullopt where no row is the head of a plan.
std::optional<PlanTable> find_plan(const std::vector<Element>& elements, Doubts& doubts);

}  // namespace vekha::ingest
