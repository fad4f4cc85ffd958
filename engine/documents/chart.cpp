#include "documents/chart.h"

#include <fmt/format.h>

#include "opc/package.h"
#include "xml/xml.h"

namespace vekha::documents {
namespace {

using xml::Node;

constexpr size_t max_series = 255;
constexpr size_t max_values = 10'000;
constexpr const char* sheet = "Данные";

std::string column_letters(size_t column) {
  std::string letters;
  for (size_t left = column + 1; left > 0; left = (left - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  return letters;
}

std::string range(size_t column, size_t first, size_t last) {
  const std::string letters = column_letters(column);
  return fmt::format("'{}'!${}${}{}", sheet, letters, first,
                     first == last ? std::string() : fmt::format(":${}${}", letters, last));
}

void append_text(Node parent, const std::string& name, const std::string& text) {
  parent.append_element(name).append_text(text);
}

void append_point(Node cache, const std::string& prefix, size_t index, const std::string& text) {
  Node point = cache.append_element(prefix + "pt");
  point.set_attribute("idx", std::to_string(index));
  append_text(point, prefix + "v", text);
}

Node cache_of(Node holder, const std::string& prefix, const char* kind, const std::string& formula, size_t count) {
  const std::string name = kind;
  Node reference = holder.append_element(prefix + name + "Ref");
  append_text(reference, prefix + "f", formula);
  Node cache = reference.append_element(prefix + name + "Cache");
  if (name == "num") append_text(cache, prefix + "formatCode", "General");
  cache.append_element(prefix + "ptCount").set_attribute("val", std::to_string(count));
  return cache;
}

// The element of that name emptied, or a new one behind the last of `behind` that is there.
Node emptied(Node series, const std::string& prefix, const char* name, std::initializer_list<const char*> behind) {
  Node found = series.child(prefix + name);
  if (found) {
    found.remove_children();
    return found;
  }
  Node after;
  for (const Node& child : series.children())
    for (const char* one : behind)
      if (child.name() == prefix + one) after = child;
  return after ? series.insert_element_after(prefix + name, after) : series.prepend_element(prefix + name);
}

void fill_series(Node series, const std::string& prefix, const ChartData& data, size_t number) {
  const size_t count = data.categories.size();
  for (const char* name : {"idx", "order"})
    series.child(prefix + name).set_attribute("val", std::to_string(number));
  Node title = emptied(series, prefix, "tx", {"idx", "order"});
  append_point(cache_of(title, prefix, "str", range(number + 1, 1, 1), 1), prefix, 0, data.series[number].name);
  const bool scatter =
      static_cast<bool>(series.child(prefix + "xVal")) || static_cast<bool>(series.child(prefix + "yVal"));
  const auto before_categories = {"idx",    "order",     "tx",  "spPr",  "invertIfNegative", "pictureOptions",
                                  "marker", "explosion", "dPt", "dLbls", "trendline",        "errBars"};
  const auto before_values = {"idx",    "order",     "tx",  "spPr",  "invertIfNegative", "pictureOptions",
                              "marker", "explosion", "dPt", "dLbls", "trendline",        "errBars",
                              "cat",    "xVal"};
  Node categories = emptied(series, prefix, scatter ? "xVal" : "cat", before_categories);
  Node labels = cache_of(categories, prefix, "str", range(0, 2, count + 1), count);
  for (size_t i = 0; i < count; ++i)
    append_point(labels, prefix, i, data.categories[i]);
  Node values = emptied(series, prefix, scatter ? "yVal" : "val", before_values);
  Node numbers = cache_of(values, prefix, "num", range(number + 1, 2, count + 1), count);
  for (size_t i = 0; i < count; ++i)
    if (data.series[number].values[i]) append_point(numbers, prefix, i, data.series[number].values[i]->to_text());
}

std::string prefix_of(Node root) {
  const size_t colon = root.name().find(':');
  return colon == std::string_view::npos ? std::string() : std::string(root.name().substr(0, colon + 1));
}

// A text as the standard wants it between tags, in a cell of its own.
std::string text_cell(size_t column, size_t row, const std::string& text) {
  return fmt::format("<c r=\"{}{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                     column_letters(column), row, xml::escape_text(text));
}

}  // namespace

ChartReading read_chart(const Value& value) {
  const auto fault = [](std::string what) {
    return ChartReading{{},
                        std::move(what),
                        "Данные диаграммы: {\"categories\": [названия], \"series\": [{\"name\": название, \"values\": "
                        "[числа или null]}]}."};
  };
  ChartReading reading;
  ChartData& data = reading.data;
  data.title = value.at("title").text();
  if (!value.at("categories").is<List>() || !value.at("series").is<List>())
    return fault("Значение – не данные диаграммы: нужны списки «categories» и «series».");
  for (const Value& one : value.at("categories").list()) {
    const Decimal* number = one.get_if<Decimal>();
    data.categories.push_back(number ? number->to_text() : one.text());
  }
  if (data.categories.size() > max_values || value.at("series").list().size() > max_series)
    return fault(fmt::format("В диаграмме больше {} рядов или больше {} значений в ряду.", max_series, max_values));
  if (data.categories.empty() || value.at("series").list().empty()) return fault("В диаграмме нет ни одного значения.");
  for (const Value& one : value.at("series").list()) {
    ChartSeries series{one.at("name").text(), {}};
    const List& values = one.at("values").list();
    if (values.size() != data.categories.size())
      return fault(
          fmt::format("В ряду «{}» значений {}, а названий {}.", series.name, values.size(), data.categories.size()));
    for (const Value& each : values) {
      const Decimal* number = each.get_if<Decimal>();
      if (!number && !each.is_null())
        return fault(fmt::format("В ряду «{}» есть значение, которое не число.", series.name));
      series.values.push_back(number ? std::optional(*number) : std::nullopt);
    }
    data.series.push_back(std::move(series));
  }
  return reading;
}

std::string chart_xml(const std::string& chart, const ChartData& data, const std::string& workbook) {
  xml::Document document = xml::Document::parse(chart);
  Node root = document.root();
  const std::string prefix = prefix_of(root);
  std::vector<Node> all = root.descendants(prefix + "ser");
  if (!all.empty()) {
    while (all.size() < data.series.size()) {
      Node last = all.back();
      Node copy = last.parent().insert_copy_after(last, last);
      for (const char* name : {"spPr", "dPt", "extLst"})
        while (Node child = copy.child(prefix + name))
          copy.remove_child(child);
      all.push_back(copy);
    }
    for (size_t i = data.series.size(); i < all.size(); ++i) {
      Node parent = all[i].parent();
      parent.remove_child(all[i]);
    }
    for (size_t i = 0; i < data.series.size(); ++i)
      fill_series(all[i], prefix, data, i);
  }
  Node external = root.child(prefix + "externalData");
  if (!external) {
    Node after = root.child(prefix + "chart");
    for (const char* name : {"spPr", "txPr"})
      if (Node one = root.child(prefix + name)) after = one;
    external = root.insert_element_after(prefix + "externalData", after);
    external.append_element(prefix + "autoUpdate").set_attribute("val", "0");
  }
  for (const auto& [name, value] : external.attributes())
    external.remove_attribute(std::string(name));
  external.set_attribute("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
  external.set_attribute("r:id", workbook);
  return document.to_string();
}

std::string chart_workbook(const ChartData& data) {
  std::string rows = "<row r=\"1\">";
  for (size_t i = 0; i < data.series.size(); ++i)
    rows += text_cell(i + 1, 1, data.series[i].name);
  rows += "</row>";
  for (size_t row = 0; row < data.categories.size(); ++row) {
    rows += fmt::format("<row r=\"{}\">", row + 2) + text_cell(0, row + 2, data.categories[row]);
    for (size_t i = 0; i < data.series.size(); ++i)
      if (data.series[i].values[row])
        rows += fmt::format("<c r=\"{}{}\"><v>{}</v></c>", column_letters(i + 1), row + 2,
                            data.series[i].values[row]->to_text());
    rows += "</row>";
  }
  const std::string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string relations =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  const std::string main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  opc::PackageWriter writer;
  writer.add(
      "[Content_Types].xml",
      declaration +
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
          "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
          "Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
          "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override "
          "PartName=\"/xl/worksheets/sheet1.xml\" "
          "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
  writer.add("_rels/.rels", declaration + relations +
                                fmt::format("<Relationship Id=\"rId1\" Type=\"{}/officeDocument\" "
                                            "Target=\"xl/workbook.xml\"/></Relationships>",
                                            office));
  writer.add("xl/workbook.xml",
             declaration + fmt::format("<workbook {} xmlns:r=\"{}\"><sheets><sheet name=\"{}\" sheetId=\"1\" "
                                       "r:id=\"rId1\"/></sheets></workbook>",
                                       main, office, sheet));
  writer.add("xl/_rels/workbook.xml.rels", declaration + relations +
                                               fmt::format("<Relationship Id=\"rId1\" Type=\"{}/worksheet\" "
                                                           "Target=\"worksheets/sheet1.xml\"/></Relationships>",
                                                           office));
  writer.add("xl/worksheets/sheet1.xml",
             declaration + fmt::format("<worksheet {}><sheetData>{}</sheetData></worksheet>", main, rows));
  return writer.finish();
}

}  // namespace vekha::documents
