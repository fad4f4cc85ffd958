#include "documents/workbook_table.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "documents/grid_measure.h"

namespace vekha::documents {
namespace {

constexpr double points_in_millimetre = 72 / 25.4;
// A tail of this part of the other pages is worth printing smaller, more is not: the letters would get too small.
constexpr double small_tail = 0.15;
// Excel and LibreOffice do not agree with us to the point; a page this full may run over.
constexpr double nearly_full = 0.95;

// A row higher than Excel allows is made of several, its cells merged; in a table with filters it gets smaller letters.
// Pages are filled by whole rows, so the several are low ones.
constexpr double height_of_several = 102;
constexpr int most_of_several = 160;
constexpr double smallest_font = 7;

}  // namespace

CellContent cell_content(const Value& value, ColumnKind kind) {
  if (value.is_null()) return {};
  if (kind == ColumnKind::date)
    if (const std::optional<Date> date = value.date(); date && year_of(*date) >= 1901) return *date;
  if (kind == ColumnKind::number) {
    if (const auto* number = value.get_if<Decimal>()) return *number;
    if (const std::optional<Decimal> number = Decimal::parse(value.text())) return *number;
  }
  std::string text = cell_text(value);
  if (text.empty()) return {};
  return text;
}

WorkbookTable::WorkbookTable(WorkbookFile& file, const GridLayout& layout, const std::string& name,
                             std::vector<TableColumn> columns)
    : file_(file), layout_(layout), columns_(std::move(columns)) {
  std::vector<double> widths;
  for (const TableColumn& column : columns_)
    widths.push_back(column.width);
  file_.begin_sheet(name, layout.page, widths);

  const GridPage& page = layout.page;
  double paper_width = page.paper == Paper::a4 ? 210 : 297;
  double paper_height = page.paper == Paper::a4 ? 297 : 420;
  if (page.orientation == Orientation::landscape) std::swap(paper_width, paper_height);
  double table_width = 0;
  for (const double width : widths)
    table_width += outer_width(width);
  const double scale = std::min(1.0, (paper_width - page.left - page.right) * points_in_millimetre / table_width);
  page_room_ = (paper_height - page.top - page.bottom) * points_in_millimetre / scale;
}

void WorkbookTable::write_row(const std::vector<Cell>& cells, double height) {
  if (page_filled_ + height > page_room_ && page_filled_ > repeated_) {
    ++pages_;
    page_filled_ = repeated_;
  }
  page_filled_ += height;
  file_.write_row(cells, height);
}

void WorkbookTable::finish() {
  const double tail = page_filled_ - repeated_;
  if (pages_ > 1 && tail <= small_tail * page_room_ * (pages_ - 1))
    file_.fit_pages(pages_ - 1);
  else if (page_filled_ > nearly_full * page_room_)
    file_.fit_pages(pages_);
}

CellStyle WorkbookTable::cell_style() const {
  CellStyle style;
  style.size = layout_.font_size;
  style.borders = Borders::all;
  return style;
}

double WorkbookTable::text_space(const Cell& cell) const {
  // Merged cells have inner margins at their outer sides only.
  double space = 0;
  for (int i = cell.first; i <= cell.last; ++i)
    space += inner_width(columns_[static_cast<size_t>(i)].width);
  return space + (cell.last - cell.first) * 3.0;
}

double WorkbookTable::needed_height(const Cell& cell) const {
  const auto* text = std::get_if<std::string>(&cell.content);
  if (!text) return row_height(1, cell.style.size);
  const Weight weight = cell.style.bold ? Weight::bold : Weight::regular;
  return row_height(count_lines(*text, text_space(cell), cell.style.size, weight), cell.style.size);
}

int WorkbookTable::last_column_for(int first, const std::string& text, const CellStyle& style) const {
  const Weight weight = style.bold ? Weight::bold : Weight::regular;
  for (int last = first; last < width(); ++last)
    if (count_lines(text, text_space({first, last, {}, style}), style.size, weight) == 1) return last;
  return width();
}

double WorkbookTable::needed_height(const std::vector<Cell>& cells) const {
  double height = 0;
  for (const Cell& cell : cells)
    if (cell.rows == 1) height = std::max(height, needed_height(cell));
  return height;
}

void WorkbookTable::write(std::vector<Cell> cells) {
  double height = needed_height(cells);
  if (height <= highest_row) return write_row(cells, height);
  if (layout_.filter) {  // merged cells cannot be sorted or filtered
    while (height > highest_row && cells.front().style.size > smallest_font) {
      for (Cell& cell : cells)
        cell.style.size -= 0.5;
      height = needed_height(cells);
    }
    return write_row(cells, height);
  }
  const int rows = std::min(most_of_several, static_cast<int>(std::ceil(height / height_of_several)));
  for (Cell& cell : cells) {
    cell.rows = rows;
    cell.style.vertical = VerticalAlignment::top;  // the middle may lie where a page ends
  }
  write_row(cells, height / rows);
  for (int i = 1; i < rows; ++i)
    write_row({}, height / rows);
}

void WorkbookTable::gap() { write_row({}, layout_.font_size); }

void WorkbookTable::lines(const std::vector<GridLine>& lines, const GridScope& scope, const std::string& place) {
  for (const GridLine& line : lines) {
    std::string text = render(line.text, scope, place);
    if (trim(text).empty()) continue;
    CellStyle style;
    style.size = layout_.font_size + 1;
    style.vertical = VerticalAlignment::center;
    if (line.style == LineStyle::title) {
      style.size = layout_.font_size + 3;
      style.bold = true;
    }
    if (line.style == LineStyle::title || line.style == LineStyle::subtitle) style.align = Alignment::center;
    if (line.style == LineStyle::right) style.align = Alignment::right;
    write({wide(std::move(text), style)});
  }
}

int WorkbookTable::headings(const std::string& over) {
  CellStyle style = cell_style();
  style.bold = true;
  style.align = Alignment::center;
  style.vertical = VerticalAlignment::center;
  const int first_row = row();
  const double filled_before = page_filled_;
  const auto first_time = std::find_if(columns_.begin(), columns_.end(), [](const TableColumn& c) { return c.time; });
  const auto after_time = std::find_if(first_time, columns_.end(), [](const TableColumn& c) { return !c.time; });
  const int rows = first_time == columns_.end() ? 1 : 2;
  std::vector<Cell> upper;
  std::vector<Cell> lower;
  double low = 0;
  double high = 0;
  for (int i = 0; i < width(); ++i) {
    const TableColumn& column = columns_[static_cast<size_t>(i)];
    if (column.time) {
      lower.push_back({i, i, column.time->label, style});
      low = std::max(low, needed_height(lower.back()));
      continue;
    }
    upper.push_back({i, i, column.source->heading, style, rows});
    high = std::max(high, needed_height(upper.back()));
  }
  if (rows == 2) {
    const auto index = [this](auto position) { return static_cast<int>(position - columns_.begin()); };
    const Cell all{index(first_time), index(after_time) - 1, over, style};
    const double top = needed_height(all);
    upper.push_back(all);
    std::sort(upper.begin(), upper.end(), [](const Cell& a, const Cell& b) { return a.first < b.first; });
    write_row(upper, top);
    write_row(lower, std::max(low, high - top));
  } else {
    write_row(upper, high);
  }
  const int lowest = row() - 1;
  if (layout_.number_row) {
    style.bold = false;
    style.size = layout_.font_size - 1;
    std::vector<Cell> numbers;
    for (int i = 0; i < width(); ++i)
      numbers.push_back({i, i, Decimal(i + 1), style});
    write(numbers);
  }
  file_.repeat_rows(first_row, row() - 1);
  repeated_ = std::max(0.0, page_filled_ - filled_before);
  file_.freeze(row(), std::min(layout_.frozen_columns, width() - 1));
  return lowest;
}

int WorkbookTable::part_end(int first, double share) const {
  double total = 0;
  for (const TableColumn& column : columns_)
    total += column.width;
  double part = 0;
  int last = first;
  for (int i = first; i < width(); ++i) {
    part += columns_[static_cast<size_t>(i)].width;
    last = i;
    if (part >= total * share) break;
  }
  return last;
}

void WorkbookTable::signature(const std::vector<SignatureLine>& lines, const GridScope& scope) {
  CellStyle style;
  style.size = layout_.font_size + 1;
  style.vertical = VerticalAlignment::bottom;
  CellStyle blank = style, name = style;
  blank.borders = Borders::bottom;
  name.align = Alignment::right;
  for (const SignatureLine& line : lines) {
    std::string left = render(line.left, scope, "signature");
    std::string right = render(line.right, scope, "signature");
    if (trim(left).empty() && trim(right).empty()) continue;
    gap();
    if (trim(right).empty()) {
      write({wide(std::move(left), style)});
      continue;
    }
    const int left_end = part_end(0, 0.35);
    const int blank_end = left_end + 1 < width() ? std::min(part_end(left_end + 1, 0.35), width() - 2) : left_end;
    if (blank_end <= left_end) {  // too few columns for three parts
      write({wide(left + " ______________ " + right, style)});
      continue;
    }
    write({{0, left_end, std::move(left), style},
           {left_end + 1, blank_end, {}, blank},
           {blank_end + 1, width() - 1, std::move(right), name}});
  }
}

}  // namespace vekha::documents
