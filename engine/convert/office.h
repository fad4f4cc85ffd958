// LibreOffice as a converter: old Word and Excel files to new ones, documents to PDF.
#pragma once

#include <string>

namespace vekha::convert {

// Whether LibreOffice is installed.
bool has_office();

// `bytes` of a file with the extension `from` («doc») as a file of the extension `to` («docx», «pdf»). LibreOffice runs
// with a profile of its own, so that an open LibreOffice of the user is no hindrance.
// Errors: environment, without LibreOffice; unreadable, when it fails or is not done within a minute. `file` names the
// file in messages.
std::string convert_with_office(const std::string& bytes, const std::string& from, const std::string& to,
                                const std::string& file);

}  // namespace vekha::convert
