// Small plans typed in the tests, and what the reader says about them.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "ingest/ingest.h"

namespace vekha::ingest {

inline ReadResult read_plan(const std::string& text, const ReadOptions& options = {}) {
  return read_roadmap_bytes(text, "план.txt", options);
}

// A plan of four columns with these rows; the title gives it the year 2024.
inline ReadResult read_rows(const std::string& rows) {
  return read_plan("План работы на 2024 год\n\n№\tМероприятия\tСроки\tОтветственные\n" + rows);
}

// «12:3 code: message» of every diagnostic with that code.
inline std::string told(const ReadResult& result, const std::string& code) {
  std::vector<std::string> all;
  for (const Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.code == code)
      all.push_back(std::to_string(diagnostic.where.line) + ":" + std::to_string(diagnostic.where.column) + " " +
                    diagnostic.message);
  return join(all, "\n");
}

// «1.1, 1.2 | 2.1»: the numbers of the items, section by section.
inline std::string numbers(const ReadResult& result) {
  std::vector<std::string> sections;
  for (const roadmap::Section& section : result.roadmap.sections) {
    std::vector<std::string> items;
    for (const roadmap::Item& item : section.items)
      items.push_back(item.number);
    sections.push_back(join(items, ", "));
  }
  return join(sections, " | ");
}

}  // namespace vekha::ingest
