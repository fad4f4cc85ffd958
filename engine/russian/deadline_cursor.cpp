#include "russian/deadline_cursor.h"

#include <algorithm>

#include "russian/deadline_words.h"

namespace vekha::russian {

std::string_view Cursor::word(size_t ahead) const {
  return kind(ahead) == TokenKind::word ? std::string_view(tokens[at + ahead].text) : std::string_view();
}

bool Cursor::is_one_of(std::initializer_list<std::string_view> texts, size_t ahead) const {
  return has(ahead) && std::find(texts.begin(), texts.end(), word(ahead)) != texts.end();
}

bool Cursor::stem(std::string_view stem, size_t ahead) const {
  return !word(ahead).empty() && starts(word(ahead), stem);
}

bool Cursor::is_four_digit_year(size_t ahead) const {
  return kind(ahead) == TokenKind::number && tokens[at + ahead].digits == 4 && number(ahead) >= 1990 &&
         number(ahead) <= 2099;
}

bool Cursor::skip(std::string_view text) {
  if (!is(text)) return false;
  ++at;
  return true;
}

void Cursor::skip_dot() {
  if (kind() == TokenKind::dot) ++at;
}

std::string Cursor::printed(size_t first, size_t last) const {
  return std::string(phrase.substr(tokens[first].begin, tokens[last].end - tokens[first].begin));
}

}  // namespace vekha::russian
