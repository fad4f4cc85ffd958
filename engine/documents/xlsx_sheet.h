// One sheet of a form: its cells with their tags, and what its sections repeat. A sheet is read once and filled from
// many threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "documents/program.h"
#include "documents/xlsx_map.h"
#include "templating/tag.h"
#include "xml/xml.h"

namespace vekha::documents {

// A text of a cell: runs with their format, in them literals and tags.
struct TextPiece {
  std::string literal;  // escaped already
  size_t tag = SIZE_MAX;
  size_t jump = SIZE_MAX;  // of a section within the cell: the piece of its other end
};
struct TextRun {
  std::string properties;  // «<rPr>…</rPr>», may be empty
  std::vector<TextPiece> pieces;
};
struct CellText {
  bool rich = false;
  std::vector<TextRun> runs;
  size_t only_tag = SIZE_MAX;  // the value tag that the cell consists of
};

struct FormCell {
  uint32_t column = 0;
  std::string style;    // attribute `s`
  std::string kind;     // attribute `t`
  std::string value;    // the content of `v`, or whole `is`, escaped
  std::string formula;  // empty for none
  std::string formula_attributes;
  size_t text = SIZE_MAX;  // among the sheet's texts: a cell with tags
};

struct FormRow {
  uint32_t number = 0;
  std::string attributes;  // all but number, spans and what Excel has measured itself
  double height = 0;       // as set by hand, 0 for none
  std::vector<FormCell> cells;
  bool boundary = false;  // nothing in it but ends of sections of other rows: it goes
};

enum class TagRole { inside, rows, columns, sheet, none };

struct FormTag {
  templating::Tag tag;
  std::string place;
  size_t partner = SIZE_MAX;
  TagRole role = TagRole::none;
  uint32_t row = 0, column = 0;
  size_t cell_text = 0;
};

struct FormColumns {
  size_t tag = 0;
  uint32_t first = 0, last = 0;          // columns
  uint32_t first_row = 0, last_row = 0;  // where this section says what is in them
  size_t group = 0;                      // sections over the same columns
};

struct FormSection {
  size_t tag = 0;
  uint32_t first = 0, last = 0;
  size_t parent = 0;             // from 1, 0 for none
  std::vector<size_t> children;  // from 1, by first row
};

struct FormSheet {
  std::string part;
  std::string name;   // as in the template, tags included
  std::string frame;  // the part with an empty sheetData
  std::vector<FormRow> rows;
  std::vector<CellText> texts;
  std::vector<FormTag> tags;
  std::vector<FormSection> sections{FormSection{}};  // [0] is the sheet: its children
  std::vector<FormColumns> columns;
  std::vector<size_t> column_groups;  // the first of each group
  size_t sheet_section = SIZE_MAX;    // the tag that repeats the sheet
  CellText title;                     // the name, where it has tags
  // Lines printed above and below each page, where they have tags: the element and its text.
  std::vector<std::pair<std::string, CellText>> page_lines;
  std::vector<FormTag> page_tags;
  bool has_tags = false;
  bool has_formulas = false;
};

// Strings that several sheets share.
struct SharedText {
  std::string plain;
  CellText text;  // runs without tags: literals only
  bool has_tags = false;
  std::string xml;  // the element `si`
};

// Cuts an `si` or `is` element into runs.
SharedText read_text(xml::Node node);

// Reads a sheet. Faults go to `diagnostics`.
FormSheet read_sheet(std::string_view xml, const std::string& part, const std::string& name, const std::string& file,
                     const std::vector<SharedText>& shared, std::vector<Diagnostic>& diagnostics);

// Finds the tags of a text and puts them into `tags`.
CellText tagged_text(const SharedText& text, const std::string& place, const std::string& file,
                     std::vector<FormTag>& tags, std::vector<Diagnostic>& diagnostics);

}  // namespace vekha::documents
