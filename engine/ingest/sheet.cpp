#include "ingest/sheet.h"

#include <algorithm>

namespace vekha::ingest {

std::string joined(const std::vector<Line>& lines) {
  std::string out;
  for (const Line& line : lines) {
    if (!out.empty()) out += ' ';
    out += line.text;
  }
  return out;
}

std::string Paragraph::text() const { return joined(lines); }
std::string Cell::text() const { return joined(lines); }

size_t Row::filled() const {
  return static_cast<size_t>(std::count_if(cells.begin(), cells.end(), [](const Cell& cell) { return !cell.empty(); }));
}

}  // namespace vekha::ingest
