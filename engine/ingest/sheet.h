// The neutral form that every reader of a file kind gives: paragraphs and tables of cells, each with its place. What a
// plan is is read from this form alone.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"

namespace vekha::ingest {

enum class LineKind {
  text,
  list_text,  // inside a list that marks its entries by dashes in the text
  list_item,  // begins an entry of a list
};

// White space folded, markup taken off; never empty.
struct Line {
  std::string text;
  LineKind kind = LineKind::text;
};

struct Paragraph {
  std::vector<Line> lines;
  bool heading = false;  // bold as a whole, or of a heading style
  Where where;

  std::string text() const;
};

struct Cell {
  std::vector<Line> lines;
  int span = 1;              // columns of the table it covers
  bool bold = false;         // as a whole
  bool merged_down = false;  // goes on the cell above it
  Where where;

  bool empty() const { return lines.empty(); }
  std::string text() const;
};

struct Row {
  std::vector<Cell> cells;
  Where where;

  size_t filled() const;
};

struct Table {
  std::vector<Row> rows;
};

using Block = std::variant<Paragraph, Table>;

struct Sheet {
  std::vector<Block> blocks;
  bool cells_lost = false;  // the file keeps words and their places, but no cells: PDF
};

// Counts cells and paragraphs while a file is read, so that no file takes more memory than a plan could need.
class Counter {
 public:
  explicit Counter(const std::string& file) : file_(file) {}
  // Errors: unreadable, beyond a million.
  void add(size_t count = 1);

 private:
  const std::string& file_;
  size_t all_ = 0;
};

// The lines joined with blanks.
std::string joined(const std::vector<Line>& lines);

}  // namespace vekha::ingest
