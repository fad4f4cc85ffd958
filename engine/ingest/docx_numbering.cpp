#include "ingest/docx_numbering.h"

#include <algorithm>

#include "base/text.h"

namespace vekha::ingest {
namespace {

constexpr size_t most_levels = 9;

int number_of(std::string_view text, int otherwise) {
  if (text.empty() || text.size() > 6) return otherwise;
  int value = 0;
  for (const char c : text) {
    if (!is_digit(static_cast<unsigned char>(c))) return otherwise;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string roman(int value) {
  constexpr std::pair<int, const char*> signs[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
                                                   {9, "IX"},  {5, "V"},   {4, "IV"}, {1, "I"}};
  std::string out;
  for (const auto& [worth, sign] : signs)
    for (; value >= worth && value < 400; value -= worth)
      out += sign;
  return out;
}

}  // namespace

DocxNumbering::DocxNumbering(const opc::Package& package) {
  const opc::Part* part = package.find("word/numbering.xml");
  if (!part) return;
  const xml::Document document = xml::Document::parse(package.content(*part), package.file());
  for (const xml::Node& node : document.root().children("w:abstractNum")) {
    List& list = abstract_[std::string(node.attribute("w:abstractNumId"))];
    list.levels.assign(most_levels, Level{});
    list.counters.assign(most_levels, 0);
    for (const xml::Node& level : node.children("w:lvl")) {
      const auto index = static_cast<size_t>(number_of(level.attribute("w:ilvl"), most_levels));
      if (index >= most_levels) continue;
      Level& out = list.levels[index];
      if (const xml::Node format = level.child("w:numFmt")) out.format = std::string(format.attribute("w:val"));
      out.text = std::string(level.child("w:lvlText").attribute("w:val"));
      out.start = number_of(level.child("w:start").attribute("w:val"), 1);
    }
  }
  for (const xml::Node& node : document.root().children("w:num"))
    abstract_of_[std::string(node.attribute("w:numId"))] =
        std::string(node.child("w:abstractNumId").attribute("w:val"));
}

DocxNumbering::Label DocxNumbering::next(const xml::Node& paragraph_properties) {
  const xml::Node reference = paragraph_properties.child("w:numPr");
  if (!reference) return {};
  const auto number = abstract_of_.find(reference.child("w:numId").attribute("w:val"));
  if (number == abstract_of_.end()) return {};
  const auto found = abstract_.find(number->second);
  if (found == abstract_.end()) return {};
  List& list = found->second;
  const auto level = static_cast<size_t>(number_of(reference.child("w:ilvl").attribute("w:val"), 0));
  if (level >= most_levels) return {};
  if (list.levels[level].format == "bullet") return {{}, true};
  if (list.levels[level].format == "none") return {};
  int& counter = list.counters[level];
  counter = counter == 0 ? list.levels[level].start : counter + 1;
  std::fill(list.counters.begin() + static_cast<long>(level) + 1, list.counters.end(), 0);
  return {formatted(list, level), false};
}

std::string DocxNumbering::formatted(const List& list, size_t level) const {
  std::string out;
  const std::string& text = list.levels[level].text;
  for (size_t at = 0; at < text.size(); ++at) {
    const bool place = text[at] == '%' && at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '9';
    if (!place) {
      out += text[at];
      continue;
    }
    const auto index = static_cast<size_t>(text[++at] - '1');
    const int value = list.counters[index] == 0 ? list.levels[index].start : list.counters[index];
    out += list.levels[index].format == "upperRoman" ? roman(value) : std::to_string(value);
  }
  return out;
}

}  // namespace vekha::ingest
