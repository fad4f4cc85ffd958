// The text of PDF documents.
#pragma once

#include <string>

namespace vekha::convert {

// The text as it stands on the pages, columns kept apart by blanks, pages by form feeds.
// Errors: environment, without pdftotext; unreadable, for a damaged or encrypted file and for one that takes more than
// half a minute. `file` names the file in messages.
std::string text_of_pdf(const std::string& bytes, const std::string& file);

}  // namespace vekha::convert
