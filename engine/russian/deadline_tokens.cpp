#include "russian/deadline_tokens.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"

namespace vekha::russian {
namespace {

bool is_dash(char32_t c) { return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }
bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

// Keyboards mix the two alphabets up: «мaй» with a Latin a.
char32_t cyrillic_lookalike(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 12> pairs = {{{U'a', U'а'},
                                                                    {U'c', U'с'},
                                                                    {U'e', U'е'},
                                                                    {U'o', U'о'},
                                                                    {U'p', U'р'},
                                                                    {U'x', U'х'},
                                                                    {U'y', U'у'},
                                                                    {U'k', U'к'},
                                                                    {U'm', U'м'},
                                                                    {U't', U'т'},
                                                                    {U'h', U'н'},
                                                                    {U'b', U'в'}}};
  for (const auto& [latin, cyrillic] : pairs)
    if (c == latin) return cyrillic;
  return c;
}

// 0 where the word is no Roman numeral up to XII.
int roman(std::string_view lower) {
  constexpr std::array<std::string_view, 12> numerals = {"i",   "ii",   "iii", "iv", "v",  "vi",
                                                         "vii", "viii", "ix",  "x",  "xi", "xii"};
  const auto found = std::find(numerals.begin(), numerals.end(), lower);
  return found == numerals.end() ? 0 : static_cast<int>(found - numerals.begin()) + 1;
}

// The Roman letter a Cyrillic or lookalike one stands for inside a numeral: «ІV», «IУ», «l».
char32_t roman_lookalike(char32_t c) {
  switch (c) {
    case U'і':
    case U'ӏ':
    case U'l':
    case U'|': return U'i';
    case U'у': return U'v';
    case U'х': return U'x';
    default: return c;
  }
}

// What marks a footnote: «март 2021*», «ежегодно¹».
bool is_footnote_mark(char32_t c) {
  return c == U'*' || c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2070 && c <= 0x2079);
}
bool is_quote(char32_t c) { return c == U'«' || c == U'»' || c == U'"' || (c >= 0x201C && c <= 0x201F); }

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view phrase) : phrase_(phrase) {}

  std::vector<Token> all() {
    while (at_ < phrase_.size())
      one();
    return std::move(tokens_);
  }

 private:
  char32_t peek(size_t at) const { return at < phrase_.size() ? next_char(phrase_, at) : 0; }

  void one() {
    const size_t start = at_;
    const char32_t c = next_char(phrase_, at_);
    if (is_space(c) || (is_footnote_mark(c) && !tokens_.empty())) return;
    if (is_quote(c) && quotes_a_number(start)) return;
    if (is_digit(c)) {
      at_ = start;
      number();
    } else if (is_letter(c)) {
      at_ = start;
      word();
    } else {
      TokenKind kind = TokenKind::other;
      if (is_dash(c)) kind = TokenKind::dash;
      if (c == U'/' || c == U'\\') kind = TokenKind::slash;
      if (c == U',' || c == U';' || c == U':') kind = TokenKind::comma;
      if (c == U'.') kind = TokenKind::dot;
      if (c == U'(' || c == U'[') kind = TokenKind::open;
      if (c == U')' || c == U']') kind = TokenKind::close;
      push(kind, start);
    }
  }

  // «15» мая
  bool quotes_a_number(size_t quote) const {
    size_t at = quote;
    next_char(phrase_, at);
    if (tokens_.empty() || tokens_.back().kind != TokenKind::number || tokens_.back().end != quote) {
      const auto number = digits(at);
      return number && number->second <= 2 && is_quote(peek(at));
    }
    return true;
  }

  Token& push(TokenKind kind, size_t start) {
    Token token;
    token.kind = kind;
    token.begin = start;
    token.end = at_;
    return tokens_.emplace_back(std::move(token));
  }

  // The digits at `at`: value and how many; nothing for none or more than nine.
  std::optional<std::pair<int, int>> digits(size_t& at) const {
    int value = 0, count = 0;
    while (at < phrase_.size() && is_digit(static_cast<unsigned char>(phrase_[at])) && count < 9) {
      value = value * 10 + (phrase_[at] - '0');
      ++at;
      ++count;
    }
    if (count == 0) return std::nullopt;
    return std::pair{value, count};
  }

  void number() {
    const size_t start = at_;
    const auto first = *digits(at_);
    if (date(start, first)) return;
    // «1V»: a digit for the letter.
    if (first.first == 1 && first.second == 1 && at_ < phrase_.size() && (phrase_[at_] == 'V' || phrase_[at_] == 'v') &&
        !is_letter(peek(at_ + 1))) {
      ++at_;
      push(TokenKind::number, start).number = 4;
      return;
    }
    // «1-го», «2-й»: the ending belongs to the number.
    size_t after = at_;
    if (is_dash(peek(after))) {
      next_char(phrase_, after);
      size_t end = after;
      while (end < phrase_.size() && is_letter(peek(end)))
        next_char(phrase_, end);
      const std::string ending = to_lower(phrase_.substr(after, end - after));
      for (const char* known : {"го", "ого", "й", "ый", "ой", "я", "ая", "е", "ое", "му", "ом", "х"})
        if (ending == known) at_ = end;
    }
    Token& token = push(TokenKind::number, start);
    token.number = first.first;
    token.digits = first.second;
  }

  // «10.03.2021», «10.03.21», «10.03», «03.2021», «2021-03-10».
  bool date(size_t start, std::pair<int, int> first) {
    size_t at = at_;
    const char separator = at < phrase_.size() ? phrase_[at] : '\0';
    if (separator != '.' && separator != '-') return false;
    const auto second = digits(++at);
    if (!second) return false;
    if (separator == '-') {
      if (first.second != 4 || second->second != 2 || at >= phrase_.size() || phrase_[at] != '-') return false;
      const auto third = digits(++at);
      if (!third || third->second != 2) return false;
      return push_date(start, at, third->first, second->first, first.first);
    }
    if (second->second == 4) return first.second <= 2 && push_date(start, at, 0, first.first, second->first);
    if (first.second > 2 || second->second > 2) return false;
    int year = 0;
    size_t longer = at;
    if (longer < phrase_.size() && phrase_[longer] == '.') {
      if (const auto third = digits(++longer)) {
        if (third->second == 4) year = third->first;
        if (third->second == 2) year = 2000 + third->first;
        if (year == 0) return false;
        at = longer;
      }
    }
    if (year == 0 && second->second != 2) return false;  // «1.1» may be anything
    return push_date(start, at, first.first, second->first, year);
  }

  bool push_date(size_t start, size_t end, int day, int month, int year) {
    if (month < 1 || month > 12 || day > 31) return false;
    at_ = end;
    Token& token = push(TokenKind::date, start);
    token.day = day;
    token.month = month;
    token.year = year;
    return true;
  }

  void word() {
    const size_t start = at_;
    bool latin = false, cyrillic = false;
    std::u32string letters;
    while (at_ < phrase_.size() && is_letter(peek(at_))) {
      // «IIквартал»
      if (latin && !cyrillic && !is_latin(peek(at_)) && (peek(at_) == U'к' || peek(at_) == U'п') &&
          roman(to_lower(to_utf8(letters))) != 0)
        break;
      const char32_t c = next_char(phrase_, at_);
      (is_latin(c) ? latin : cyrillic) = true;
      letters += c;
    }
    std::u32string lower = to_u32(to_lower(to_utf8(letters)));
    for (char32_t& c : lower) {
      if (c == U'ё') c = U'е';
      if (cyrillic && latin) c = cyrillic_lookalike(c);
    }
    std::string text = to_utf8(lower);
    if (const int value = roman_numeral(letters, latin)) {
      push(TokenKind::number, start).number = value;
      return;
    }
    if (latin && lower.size() == 1) text = to_utf8(std::u32string(1, cyrillic_lookalike(lower[0])));
    push(TokenKind::word, start).text = std::move(text);
  }

  // «IV» in letters of both alphabets; 0 for words, and for a lone Cyrillic letter.
  static int roman_numeral(const std::u32string& letters, bool latin) {
    if (letters.size() > 4) return 0;
    std::u32string numeral = to_u32(to_lower(to_utf8(letters)));
    bool strokes = latin;
    for (char32_t& c : numeral) {
      strokes = strokes || c == U'і' || c == U'ӏ';
      c = roman_lookalike(c);
    }
    return strokes ? roman(to_utf8(numeral)) : 0;
  }

  std::string_view phrase_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

// The word an abbreviation stands for; empty for other words. `dotted`: a full stop follows.
std::string_view whole_word(std::string_view word, bool dotted) {
  if (word == "мес") return "месяц";
  if (word == "нед") return "неделя";
  if (word == "кв") return "квартал";
  if (word == "уч" || word == "учебн") return "учебный";
  if (!dotted) return {};
  if (word == "теч") return "течение";
  if (word == "полуг") return "полугодие";
  if (word == "четв") return "четверть";
  if (word == "ежекв") return "ежеквартально";
  if (word == "ежемес") return "ежемесячно";
  return {};
}

// «в теч. уч. года», «г.г.», «п/г», «1 р. в мес.», in whole words.
void expand_abbreviations(std::vector<Token>& tokens) {
  std::vector<Token> out;
  out.reserve(tokens.size());
  for (size_t i = 0; i < tokens.size(); ++i) {
    Token& token = out.emplace_back(std::move(tokens[i]));
    if (token.kind != TokenKind::word) continue;
    const auto kind = [&](size_t ahead) {
      return i + ahead < tokens.size() ? tokens[i + ahead].kind : TokenKind::other;
    };
    const auto swallow = [&](size_t count) {
      token.end = tokens[i + count].end;
      i += count;
    };
    const bool dotted = kind(1) == TokenKind::dot;
    if (token.text == "г" && dotted && kind(2) == TokenKind::word && tokens[i + 2].text == "г") {
      token.text = "гг";
      swallow(2);
    } else if (token.text == "п" && (kind(1) == TokenKind::slash || dotted) && kind(2) == TokenKind::word &&
               tokens[i + 2].text == "г") {
      token.text = "полугодие";
      swallow(2);
      if (kind(1) == TokenKind::dot) swallow(1);
    } else if (token.text == "р" && out.size() > 1 && out[out.size() - 2].kind == TokenKind::number) {
      token.text = "раз";
      if (dotted) swallow(1);
    } else if (const std::string_view word = whole_word(token.text, dotted); !word.empty()) {
      token.text = word;
      if (dotted) swallow(1);
    }
  }
  tokens = std::move(out);
}

}  // namespace

std::vector<Token> deadline_tokens(std::string_view phrase) {
  std::vector<Token> tokens = Tokenizer(phrase).all();
  expand_abbreviations(tokens);
  return tokens;
}

}  // namespace vekha::russian
