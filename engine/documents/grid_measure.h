// How wide a text is and how many lines it takes: row heights must be written into the file, for neither Excel nor
// LibreOffice makes room for wrapped text in merged cells.
#pragma once

#include <string_view>

namespace vekha::documents {

enum class Weight { regular, bold };

// Units: points. Advance widths of Times New Roman (and the metric-compatible Liberation Serif); signs the font lacks
// count as wide.
double text_width(std::string_view text, double font_size, Weight weight);

// Lines a text takes in a cell of `width` points: broken at line ends, blanks and hyphens, and within words that are
// longer than a line. At least 1.
int count_lines(std::string_view text, double width, double font_size, Weight weight);

// Units: points for `width` characters of Excel's column width, the cell's inner margins taken off.
double inner_width(double width);

// Units: points for `width` characters, margins included.
double outer_width(double width);

// Units: points for a row of that many lines.
double row_height(int lines, double font_size);

}  // namespace vekha::documents
