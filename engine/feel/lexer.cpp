#include "feel/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace vekha::feel {
namespace {

constexpr std::array<std::string_view, 19> keywords = {
    "and",   "or",        "in",   "between", "if",   "then", "else",     "for", "return",  "some",
    "every", "satisfies", "true", "false",   "null", "not",  "instance", "of",  "function"};

// Names of the language that hold a keyword; elsewhere «a and b» is two names.
constexpr std::array<std::string_view, 10> names_with_keywords = {"date and time",
                                                                  "years and months duration",
                                                                  "days and time duration",
                                                                  "index of",
                                                                  "day of year",
                                                                  "day of week",
                                                                  "month of year",
                                                                  "week of year",
                                                                  "last day of month",
                                                                  "get or else"};

// The longest first, so that «<=» is not read as «<» and «=».
constexpr std::array<std::string_view, 26> symbols = {"..", "**", "<=", ">=", "!=", "==", "&&", "||", "->",
                                                      "+",  "-",  "*",  "/",  "=",  "<",  ">",  "(",  ")",
                                                      "[",  "]",  "{",  "}",  ",",  ":",  ".",  "!"};

bool is_name_start(char32_t c) { return is_letter(c) || c == '_' || c == '?' || c == '$'; }
bool is_name_part(char32_t c) { return is_name_start(c) || is_digit(c) || c == 0x0301; }

class Lexer {
 public:
  Lexer(std::string_view text, Dialect dialect, const std::vector<std::string>& known_names)
      : text_(text), dialect_(dialect), known_names_(known_names) {}

  Tokens run() {
    while (!fault_ && skip_blanks()) {
      const size_t before = at_;
      if (!known_name() && !phrase() && !word() && !number() && !quoted() && !symbol()) {
        size_t end = at_;
        next_char(text_, end);
        fail(at_, fmt::format("Знак «{}» здесь не понятен.", text_.substr(at_, end - at_)));
      }
      if (!fault_ && at_ == before) break;
    }
    add(TokenKind::end, text_.size(), text_.size(), {});
    join_names();
    return {std::move(tokens_), std::move(fault_)};
  }

 private:
  char32_t peek(size_t at) const {
    if (at >= text_.size()) return 0;
    return next_char(text_, at);
  }

  void fail(size_t at, std::string message) {
    const TextPosition position = position_at(text_, at);
    fault_ = Fault{std::move(message), position.line, position.column};
  }

  Token& add(TokenKind kind, size_t from, size_t to, std::string text) {
    Token token;
    token.kind = kind;
    token.text = std::move(text);
    token.offset = from;
    token.end = to;
    at_ = to;
    return tokens_.emplace_back(std::move(token));
  }

  // Moves over white space and comments; false at the end.
  bool skip_blanks() {
    while (at_ < text_.size()) {
      size_t next = at_;
      if (is_space(next_char(text_, next))) {
        at_ = next;
      } else if (text_.substr(at_, 2) == "//") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (text_.substr(at_, 2) == "/*") {
        const size_t close = text_.find("*/", at_ + 2);
        if (close == std::string_view::npos) {
          fail(at_, "Примечание «/*» не закрыто: допишите «*/».");
          return false;
        }
        at_ = close + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  bool ends_word(size_t at) const { return at >= text_.size() || !is_name_part(peek(at)); }

  bool known_name() {
    const std::string* best = nullptr;
    for (const std::string& name : known_names_)
      if (text_.substr(at_, name.size()) == name && ends_word(at_ + name.size()) &&
          (!best || name.size() > best->size()))
        best = &name;
    if (!best || best->empty() || std::find(keywords.begin(), keywords.end(), *best) != keywords.end()) return false;
    add(TokenKind::name, at_, at_ + best->size(), *best);
    return true;
  }

  bool phrase() {
    for (const std::string_view name : names_with_keywords) {
      size_t at = at_;
      bool fits = true;
      for (const char c : name) {
        if (c == ' ') {
          const size_t first = at;
          while (at < text_.size() && is_space(peek(at)))
            next_char(text_, at);
          fits = at > first;
        } else {
          fits = at < text_.size() && text_[at++] == c;
        }
        if (!fits) break;
      }
      if (!fits || !ends_word(at)) continue;
      add(TokenKind::name, at_, at, std::string(name));
      return true;
    }
    return false;
  }

  bool word() {
    if (!is_name_start(peek(at_))) return false;
    size_t end = at_;
    for (size_t next = end; next < text_.size() && is_name_part(next_char(text_, next)); end = next) {
    }
    std::string text(text_.substr(at_, end - at_));
    const bool keyword = std::find(keywords.begin(), keywords.end(), text) != keywords.end();
    add(keyword ? TokenKind::keyword : TokenKind::name, at_, end, std::move(text));
    return true;
  }

  bool number() {
    const auto digit = [&](size_t at) { return at < text_.size() && text_[at] >= '0' && text_[at] <= '9'; };
    if (!digit(at_) && !(text_[at_] == '.' && digit(at_ + 1))) return false;
    size_t end = at_;
    while (digit(end))
      ++end;
    if (end < text_.size() && text_[end] == '.' && digit(end + 1))
      for (++end; digit(end);)
        ++end;
    if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E')) {
      size_t exponent = end + 1;
      if (exponent < text_.size() && (text_[exponent] == '-' || text_[exponent] == '+')) ++exponent;
      if (digit(exponent))
        for (end = exponent; digit(end);)
          ++end;
    }
    std::string text(text_.substr(at_, end - at_));
    const std::optional<Decimal> value = Decimal::parse(text[0] == '.' ? "0" + text : text);
    if (!value) {
      fail(at_, fmt::format("Число «{}» слишком длинное.", text));
      return false;
    }
    const size_t from = at_;
    add(TokenKind::number, from, end, std::move(text)).number = *value;
    return true;
  }

  bool quoted() {
    const bool at = text_[at_] == '@' && at_ + 1 < text_.size() && text_[at_ + 1] == '"';
    const size_t open = at ? at_ + 1 : at_;
    const char quote = text_[open];
    if (quote != '"' && !(quote == '\'' && dialect_ == Dialect::older)) return false;
    std::string value;
    size_t i = open + 1;
    while (i < text_.size() && text_[i] != quote) {
      if (text_[i] == '\\' && i + 1 < text_.size()) {
        i += escape(i + 1, value) + 1;
      } else {
        value += text_[i++];
      }
    }
    if (i >= text_.size()) {
      fail(at_, "Текст в кавычках не закрыт: допишите кавычку.");
      return true;
    }
    add(at ? TokenKind::at_text : TokenKind::text, at_, i + 1, std::move(value));
    return true;
  }

  // Appends what the escape at `at` (behind the backslash) means; the number of bytes it takes.
  size_t escape(size_t at, std::string& value) const {
    const char c = text_[at];
    if (c == 'n')
      value += '\n';
    else if (c == 't')
      value += '\t';
    else if (c == 'r')
      value += '\r';
    else if (c == '"' || c == '\'' || c == '\\')
      value += c;
    else if (c == 'u' || c == 'U')
      return unicode(at, c == 'u' ? 4 : 6, value);
    else
      value += '\\', value += c;
    return 1;
  }

  size_t unicode(size_t at, size_t digits, std::string& value) const {
    char32_t code = 0;
    for (size_t i = 1; i <= digits; ++i) {
      const char c = at + i < text_.size() ? text_[at + i] : ' ';
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) {
        value += '\\';
        value += text_[at];
        return 1;
      }
      code = code * 16 + static_cast<char32_t>(digit);
    }
    append_char(value, code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0xFFFD : code);
    return digits + 1;
  }

  bool symbol() {
    for (const std::string_view symbol : symbols)
      if (text_.substr(at_, symbol.size()) == symbol) {
        add(TokenKind::symbol, at_, at_ + symbol.size(), std::string(symbol));
        return true;
      }
    return false;
  }

  // «дата приказа» is one name: two names side by side mean nothing else in FEEL.
  void join_names() {
    std::vector<Token> joined;
    for (Token& token : tokens_) {
      const bool part = token.kind == TokenKind::name || (token.kind == TokenKind::number && is_digits(token.text));
      if (part && !joined.empty() && joined.back().kind == TokenKind::name) {
        joined.back().text += " " + token.text;
        joined.back().end = token.end;
      } else {
        joined.push_back(std::move(token));
      }
    }
    tokens_ = std::move(joined);
  }

  static bool is_digits(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  std::string_view text_;
  Dialect dialect_;
  const std::vector<std::string>& known_names_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
  std::optional<Fault> fault_;
};

}  // namespace

Tokens tokenize(std::string_view text, Dialect dialect, const std::vector<std::string>& known_names) {
  return Lexer(text, dialect, known_names).run();
}

}  // namespace vekha::feel
