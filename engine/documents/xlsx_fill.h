// Fills the rows of one sheet of a form: sections are turned, values become cells, and it is noted where every row of
// the template has gone.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "documents/xlsx_sheet.h"
#include "templating/scope.h"

namespace vekha::documents {

// The texts of a workbook, those of the template first.
class SharedStrings {
 public:
  explicit SharedStrings(size_t known) : next_(known) {}
  // The number of a text given as the content of its `si` element.
  size_t add(const std::string& xml);
  const std::vector<std::string>& added() const { return added_; }
  size_t used = 0;  // cells that were given one

 private:
  size_t next_;
  std::vector<std::string> added_;
  std::unordered_map<std::string, size_t> numbers_;
};

// What the cell formats of a workbook say.
struct CellFormat {
  enum class Kind { general, number, date, text };
  Kind kind = Kind::general;
  bool wraps = false;
  bool bold = false;
  double font_size = 11;
};
class CellFormats {
 public:
  static CellFormats read(std::string_view styles);
  const CellFormat& of(std::string_view style) const;
  // The number of a format like `style` that shows a date (or a date and time).
  std::string dated(const std::string& style, bool with_time);
  // styles.xml with the formats that were added; empty where none was.
  std::string written(std::string_view styles) const;

 private:
  std::vector<CellFormat> formats_;
  std::map<std::pair<size_t, bool>, size_t> dated_;
  std::vector<std::pair<size_t, bool>> added_;
};

// Shared by the sheets of one document.
struct FormFilling {
  const std::string& file;
  templating::Scope scope;
  SharedStrings strings;
  CellFormats formats;
  std::vector<Diagnostic> diagnostics;
  size_t turns = 0;
  size_t bytes = 0;

  // Evaluates a tag; faults are reported once a tag.
  const Value* evaluate(const FormTag& tag, Value& storage);
  void report(const FormTag& tag, std::vector<Diagnostic>& faults);
  // The text of a cell's pieces, in-cell sections turned. For each run: its properties and content, escaped.
  std::vector<std::pair<std::string, std::string>> text_of(const CellText& text, const std::vector<FormTag>& tags);
};

// A formula that can be written only when all sheets are done.
struct FormulaHole {
  size_t at = 0;  // in the rows
  const FormCell* cell = nullptr;
  FormulaPlace place;
};

struct FilledSheet {
  const FormSheet* sheet = nullptr;
  std::string title;
  std::string rows;
  std::vector<FormulaHole> holes;
  std::vector<std::pair<std::string, std::string>> page_lines;  // element and text
  SheetMap map;
};

// Errors: refused, beyond the limits of Excel or 20,000,000 turns.
FilledSheet fill_sheet(const FormSheet& sheet, FormFilling& filling);

}  // namespace vekha::documents
