// Text of an encoding that nobody told: UTF-8, UTF-16 and the Cyrillic encodings of old offices.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vekha {

// Russian text as UTF-8, a byte order mark taken off. UTF-16 is known by its mark or its zero bytes, of windows-1251,
// KOI8-R and CP866 the one is taken whose letters make the likeliest Russian words.
// nullopt for bytes that look like UTF-8 but are damaged, and for those that are no text in any of these encodings.
std::optional<std::string> decode_text(std::string_view bytes);

// The same where the encoding is named, as in HTML; nullopt for a name that is not known.
std::optional<std::string> decode_text(std::string_view bytes, const std::string& encoding);

}  // namespace vekha
