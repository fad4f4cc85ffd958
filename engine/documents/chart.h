// Native charts: the series of a chart part and the workbook in which Word keeps its data, both from data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/value.h"

namespace vekha::documents {

struct ChartSeries {
  std::string name;
  std::vector<std::optional<Decimal>> values;  // none: a gap
};
struct ChartData {
  std::string title;  // for those who cannot see the chart
  std::vector<std::string> categories;
  std::vector<ChartSeries> series;
};
struct ChartReading {
  ChartData data;
  std::string fault;  // empty where there is none
  std::string hint;
};

// {"title"?, "categories": [texts], "series": [{"name", "values": [numbers or null]}]}.
// Limit: 255 series of 10,000 values.
ChartReading read_chart(const Value& value);

// The chart of a template with other data: a series keeps the look of the one in its place, further ones look as Word
// chooses. `workbook` is the id of the relationship to the workbook.
std::string chart_xml(const std::string& chart, const ChartData& data, const std::string& workbook);

// The workbook: categories in the first column, a column a series. The same data give the same bytes.
std::string chart_workbook(const ChartData& data);

}  // namespace vekha::documents
