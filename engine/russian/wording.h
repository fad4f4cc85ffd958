// Small habits of office Russian: spaced letters, «О» or «Об», quotation marks inside others, words that do not part.
#pragma once

#include <string>
#include <string_view>

namespace vekha::russian {

// «П Р И К А З» from «ПРИКАЗ», «п р и к а з ы в а ю:» from «приказываю:»: U+00A0 between the letters, so that the word
// stays on one line; words stand further apart and may go to the next line.
std::string spaced_letters(std::string_view text);

// «о» or «об» before these words, by the sound they begin with: «об утверждении», «о едином», «об 11 классах».
// Limit: abbreviations are read as words («о ФГОС»).
std::string_view preposition_about(std::string_view words);

// The text in «ёлочки», with „лапки“ in place of the «ёлочки» inside it, closed once where several close together.
std::string quoted(std::string_view text);

// The text with U+00A0 where a line must not break: «№ 18», «2022 г.», «2021–2023 годы», «г. Озёрск», «ст. 12»,
// «п. 3.1».
std::string bound(std::string_view text);

}  // namespace vekha::russian
