// Web pages, and what Word and LibreOffice save as such: paragraphs, headings, lists and tables.
#pragma once

#include <string>
#include <string_view>

#include "ingest/sheet.h"

namespace vekha::ingest {

// Whether the text begins as a page does.
bool is_html(std::string_view text);

// Scripts, styles and hidden elements are left out. `text` is UTF-8. Limit: elements nested over 500 deep are refused.
// Errors: unreadable.
Sheet read_html(std::string_view text, const std::string& file);

// The encoding that the page names in its head; empty where it names none.
std::string html_charset(std::string_view bytes);

}  // namespace vekha::ingest
