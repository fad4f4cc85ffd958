// How Excel shows a number: dates as serial days, decimals by the format of the cell. Source: ISO/IEC 29500-1, 18.8.30.
#pragma once

#include <string>
#include <string_view>

namespace vekha::ingest {

// The workbook's first day: 1900 or 1904.
enum class DateSystem { from_1900, from_1904 };

// The text that a reader of the plan sees for a stored number: «15.05.2021», «май 2021», «1.10». What the format hides
// (the year of «15.май») stays hidden. A number that is none comes back as it is.
std::string shown_number(std::string_view value, int format_id, std::string_view format_code, DateSystem dates);

}  // namespace vekha::ingest
