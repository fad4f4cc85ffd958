// What a part of a template is compiled into: a flat list of instructions, run in one pass that only appends to a text.
// No tree of the document is built when a template is filled.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "templating/tag.h"

namespace vekha::documents {

enum class Code : uint8_t {
  literal,        // a: offset, b: length in `literals`
  run_value,      // a: tag; within w:t, where a line end becomes w:br and a tab w:tab
  plain_value,    // a: tag; within any other element
  attribute,      // a: tag; within an attribute
  open,           // a: tag, b: its close
  inverted,       // a: tag, b: its close
  close,          // a: its open
  once,           // a: slot, b: where to go on when this has been printed in this document already
  fresh_id,       // a number that no drawing has yet
  table_begin,    // a table all of whose rows may be missing …
  table_end,      // … is taken back when they are
  before_table,   // two tables that would touch are kept apart by a paragraph; a, b: its properties
  end_container,  // a cell, a body, a text box ends with a paragraph; a, b: its properties
  choose,         // a: tag, b: choice; one of two texts by the truth of the value
  link,           // a: link; the id of a relationship to the address
  picture,        // a: picture, b: where to go on when there is none to show
  picture_fact,   // a: which, see PictureFact
  chart,          // a: chart, b: where to go on when there is none; its relationship's id is a picture fact too
  restart_lists,  // a: first slot, b: number of slots: lists begin anew
  list_number,    // a: slot; the number of the list that runs now
  rows_begin,     // a table in which cells are merged downwards
  row,            // one more row of it
  merge_begin,    // a: slot
  merge_end,      // a: slot, b: where to go on when the cell stays; else it is taken back and what follows printed
  columns,        // a: table of columns: counts its columns and their widths
  columns_end,    //
  grid,           // the w:gridCol of that table
  cell_width,     // a: cell
  cell_span,      // a: cell
  expect_count,   // a: tag of a row that repeats the columns of a group by a list of its own, b: group
};

enum class PictureFact : uint32_t { relation, width, height, description };

struct Instruction {
  Code code;
  uint32_t a = 0;
  uint32_t b = 0;
};

struct PlacedExpression {
  templating::Expression expression;
  std::string source;  // the tag as written
  std::string place;   // «таблица 1, строка 4, графа 2»
  // What begins a new paragraph like the one in which the tag stands, where a value may have several.
  std::string new_paragraph;
};

struct Choice {
  std::string yes;
  std::string no;
};

// Text with tags between: an address.
struct Piece {
  std::string text;
  uint32_t tag = UINT32_MAX;  // none: the text
};

// The frame of a placeholder picture, in EMU.
struct PictureFrame {
  uint32_t tag = 0;
  int64_t width = 0;
  int64_t height = 0;
};

struct ChartFrame {
  uint32_t tag = 0;
  std::string part;  // of the chart in the template
};

// A list whose numbers begin anew.
struct ListSlot {
  int64_t base = 0;  // the list in the template: w:numId
};

// Columns `first` … `last` of a table are repeated by the section of `tag`.
struct ColumnGroup {
  uint32_t tag = 0;
  size_t first = 0;
  size_t last = 0;
};
struct ColumnTable {
  std::vector<int64_t> widths;  // of the template's grid, in twentieths of a point
  std::vector<ColumnGroup> groups;
};
// A cell over columns of such a table. `repeated` cells take one turn of their group.
struct ColumnCell {
  size_t first = 0;
  size_t last = 0;
  bool repeated = false;
  int64_t width = 0;  // in the template
};

struct Program {
  std::string literals;
  std::vector<Instruction> code;
  std::vector<PlacedExpression> tags;
  std::vector<Choice> choices;
  std::vector<std::vector<Piece>> links;
  std::vector<PictureFrame> pictures;
  std::vector<ChartFrame> charts;
  std::vector<ColumnTable> tables;
  std::vector<ColumnCell> cells;
};

}  // namespace vekha::documents
