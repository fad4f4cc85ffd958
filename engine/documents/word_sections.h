// What each section of a Word part repeats. Phase 2 of compiling: sections are paired, and the marks of their ends are
// moved to where the repeated thing begins and ends. Rules, by where a section opens and closes:
//
//   in one paragraph                  the text between
//   in cells of one table row         the row
//   in different rows                 those rows
//   else                              the paragraphs and tables between
//
// A paragraph, or a row outside of whose tags there is nothing, is taken along. The word «строка» repeats rows wherever
// the section stands within them, «столбец» columns; «заново» lets the lists within begin anew each turn. A content
// control with one end of a section in it and the other outside is taken off its content.
#pragma once

#include "documents/word_tags.h"

namespace vekha::documents {

// Limit: sections nest up to 50 deep.
void place_sections(PartTags& part);

// The words behind a section's name. Errors are told by `place_sections`.
struct SectionWords {
  bool row = false;      // строка
  bool column = false;   // столбец
  bool restart = false;  // заново
  std::string unknown;
};
SectionWords words_of(const templating::Tag& tag);

}  // namespace vekha::documents
