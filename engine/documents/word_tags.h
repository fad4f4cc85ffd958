// The tags of one Word part, found however Word has cut them into runs. Phase 1 of compiling.
//
// Afterwards the tree holds no tag any more but marks: in the text of w:t where the tag began (so a value takes the
// format of the tag's first character), or, once phase 2 has moved them, elements of their own between others.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
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

struct PartTags {
  std::string file;   // of the template
  std::string title;  // of the part, for places; empty for the main text
  std::vector<TextUnit> units;
  std::vector<PlacedTag> tags;
  std::vector<Diagnostic> diagnostics;

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

// Takes out what only matters to the editor that wrote the part: proofing marks, revision numbers, page breaks as last
// rendered; and characters that would look like marks.
void clean(xml::Node root);

// Limit: 1,000 tags a paragraph.
// Of a part made of paragraphs (document, header, footnotes …).
void find_tags(xml::Node root, PartTags& part);
// Of a part whose elements hold plain text (document properties).
void find_plain_tags(xml::Node root, PartTags& part);

}  // namespace vekha::documents
