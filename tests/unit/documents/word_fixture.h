// Word files cut by hand for tests, the way Word cuts runs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"
#include "documents/template.h"

namespace vekha::word_fixture {

struct Extra {
  std::string name;     // of the part, «word/header1.xml»; for a hyperlink the address outside
  std::string kind;     // of its relationship, «header»
  std::string content;  // within its root element, or the whole part where it begins with «<?xml»
};

enum class FileKind { document, dotx, docm, workbook };

// A .docx whose body is `body`; a section's properties are appended where there are none.
std::string word_file(std::string_view body, const std::vector<Extra>& extras = {}, FileKind kind = FileKind::document);

// One paragraph of one run.
std::string p(std::string_view text);
std::string table(std::string_view rows);
std::string row(const std::vector<std::string>& cells);  // texts become paragraphs, markup stays

// The content of w:body without its last sectPr, after filling. Diagnostics fail the test.
std::string filled(std::string_view body, std::string_view json);
// The same as text: one line a paragraph, «[…|…]» a table row.
std::string filled_text(std::string_view body, std::string_view json);

// A part of a package.
std::string part_of(const std::string& bytes, const std::string& name);

// Faults as lines: code, place, message, hint.
std::string said(const std::vector<Diagnostic>& diagnostics);
std::string faults_of(std::string_view body);
std::string data_faults_of(std::string_view body, std::string_view json);

// Every main part that a test has made; one test holds them against the schema.
std::vector<std::string>& made_documents();

}  // namespace vekha::word_fixture
