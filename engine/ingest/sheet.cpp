#include "ingest/sheet.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace vekha::ingest {
namespace {

constexpr size_t most_cells = 1'000'000;

}  // namespace

void Counter::add(size_t count) {
  all_ += count;
  if (all_ > most_cells)
    throw Error(
        ErrorCode::unreadable,
        fmt::format("В файле «{}» больше {} ячеек и абзацев: таких планов не бывает. Проверьте, тот ли это файл.",
                    file_, most_cells),
        file_);
}

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
