// The tags of one Word part, found however Word has cut them into runs. Phase 1 of compiling.
//
// Afterwards the tree holds no tag any more but marks: in the text of w:t where the tag began (so a value takes the
// format of the tag's first character), or, once phase 2 has moved them, elements of their own between others.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "documents/program.h"
#include "templating/tag.h"
#include "xml/xml.h"

namespace vekha::documents {

// Whether an element is one of those named.
template <size_t n>
bool is_one_of(std::string_view name, const std::array<std::string_view, n>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

inline constexpr size_t no_index = static_cast<size_t>(-1);

// A stretch of text in which tags may stand: a paragraph, or an element that holds only text.
struct TextUnit {
  xml::Node node;
  std::string place;
  bool blank = false;       // nothing to be seen, tags left aside
  bool has_values = false;  // a value or partial among its tags
  size_t tag_count = 0;

  // Sections, comments and delimiters alone: such a paragraph does not appear in the document.
  bool only_boundaries() const { return blank && !has_values && tag_count > 0; }
};

struct PlacedTag {
  templating::Tag tag;
  size_t unit = 0;
  xml::Node holder;           // the element whose text has the mark
  size_t partner = no_index;  // of a section tag: the tag that closes or opens it
};

// One of two texts by the truth of a value: the sign of a checkbox.
struct PlacedChoice {
  size_t extra = 0;
  Choice choice;
};
struct PlacedFrame {
  size_t extra = 0;
  int64_t width = 0;
  int64_t height = 0;
  std::string chart;  // the part, for a chart
};
// A table some of whose columns are repeated.
struct PlacedColumns {
  xml::Node table;
  ColumnTable columns;  // its tags are tags of the part
};

struct PartTags {
  std::string file;   // of the template
  std::string title;  // of the part, for places; empty for the main text
  std::vector<TextUnit> units;
  std::vector<PlacedTag> tags;
  std::vector<Diagnostic> diagnostics;
  bool has_fragments = false;

  // What the part's relationships lead to: addresses with tags, charts; by id.
  std::map<std::string, std::string, std::less<>> addresses;
  std::map<std::string, std::string, std::less<>> charts;
  // Why a fragment was not put in, by its name.
  std::map<std::string, std::string, std::less<>> missing_partials;

  // Tags outside of the text: in descriptions of pictures, addresses, names of checkboxes.
  std::vector<PlacedExpression> extras;
  std::vector<PlacedChoice> choices;
  std::vector<PlacedFrame> frames;
  std::vector<std::vector<Piece>> links;  // their tags are extras
  std::vector<PlacedColumns> columns;
  std::vector<ColumnCell> cells;

  void report(size_t unit, std::string code, std::string message, std::string hint);
  // Limit: 500 faults a part; who reads more?
  void add(Diagnostic diagnostic);
};

// Where a mark stands for a tag: in text, and as an element of its own.
inline constexpr char mark_begin = '\x01';
inline constexpr char mark_end = '\x02';
inline constexpr const char* mark_element = "\x01";
inline constexpr const char* mark_number = "n";
// Stands where a paragraph was taken out, and keeps its properties.
inline constexpr const char* ghost_element = "\x03";
std::string mark_text(size_t tag);
// In attributes and texts: what is known only when a document is filled, its kind and a number behind it.
inline constexpr char fact_begin = '\x04';
inline constexpr char fact_end = '\x05';
enum class Fact : char {
  extra = 'e',   // the value of extras[n]
  link = 'l',    // the relationship of links[n]
  choice = 'c',  // choices[n]
  shown = 'p',   // of the picture or chart being printed: PictureFact n
  list = 'n',    // the number of list slot n
  width = 'w',   // of cells[n]
  span = 'g',    // of cells[n]
};
std::string fact_text(Fact fact, size_t number);
// Elements that stand for an instruction, named by `order_kind`: picture, chart, end, grid, count.
inline constexpr const char* order_element = "\x04";
inline constexpr const char* order_kind = "k";
inline constexpr const char* order_group = "g";
// Marks what came from a fragment, with its name.
inline constexpr const char* from_attribute = "vekha-from";

// Takes out what only matters to the editor that wrote the part: proofing marks, revision numbers, page breaks as last
// rendered; and characters that would look like marks.
void clean(xml::Node root);

// Limit: 1,000 tags a paragraph.
// Of a part made of paragraphs (document, header, footnotes …).
void find_tags(xml::Node root, PartTags& part);
// Only the places of all paragraphs; the tree stays as it is.
void find_places(xml::Node root, PartTags& part);
// Of a part whose elements hold plain text (document properties).
void find_plain_tags(xml::Node root, PartTags& part);

}  // namespace vekha::documents
