// Cells and ranges as a workbook writes them («B5», «$C$2:$D9», «5:7»), and the references within a formula.
// Source: ISO/IEC 29500-1, clause 18.17.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace vekha::documents {

inline constexpr uint32_t last_row = 1'048'576;
inline constexpr uint32_t last_column = 16'384;

// Rows and columns count from 1. Whole rows have no columns (0), whole columns no rows.
struct CellRange {
  uint32_t first_row = 0, last_row = 0;
  uint32_t first_column = 0, last_column = 0;
  bool operator==(const CellRange&) const = default;
};

// A reference with what is fixed in it («$»).
struct Reference {
  CellRange range;
  bool fixed_first_row = false, fixed_last_row = false;
  bool fixed_first_column = false, fixed_last_column = false;
  bool single = false;  // «B5», not «B5:B5»
  std::string to_text() const;
};

void append_column(std::string& out, uint32_t column);
std::optional<CellRange> parse_range(std::string_view text);  // «B5» too, «$» ignored
std::string to_text(const CellRange& range);                  // «B5» for one cell

// What a formula says of a reference: `sheet` is empty where it names none, `function` is the one it is an argument of.
struct ReferencePlace {
  std::string sheet;
  std::string function;
};
// Rewrites every reference of a formula; texts, names, tables and other workbooks stay as they are.
std::string rewrite_formula(std::string_view formula,
                            const std::function<std::string(const Reference&, const ReferencePlace&)>& rewrite);

// A shared formula as the cell `rows` below and `columns` to the right of its first one means it.
std::string moved_formula(std::string_view formula, int64_t rows, int64_t columns);

}  // namespace vekha::documents
