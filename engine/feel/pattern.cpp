#include "feel/pattern.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace vekha::feel {
namespace {

struct Item {
  enum class Kind { literal, any, set, group, start, end } kind = Kind::literal;
  char32_t letter = 0;
  bool negated = false;
  std::vector<std::pair<char32_t, char32_t>> ranges;
  std::string classes;  // d s w D S W inside a set
  std::vector<std::vector<Item>> alternatives;
  int capture = -1;
  size_t least = 1;
  size_t most = 1;
  bool lazy = false;
};

using Sequence = std::vector<Item>;

struct Flags {
  bool ignore_case = false;
  bool dot_all = false;
  bool lines = false;
};

constexpr size_t unlimited = static_cast<size_t>(-1);
constexpr size_t max_stack = 1500;  // the matcher recurses; a longer match counts as none

class PatternParser {
 public:
  explicit PatternParser(std::u32string pattern) : pattern_(std::move(pattern)) {}

  std::optional<std::vector<Sequence>> run() {
    std::vector<Sequence> result = alternatives(0);
    if (failed_ || at_ != pattern_.size()) return std::nullopt;
    return result;
  }
  int captures = 0;

 private:
  bool more() const { return at_ < pattern_.size(); }
  bool take(char32_t c) {
    if (!more() || pattern_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::vector<Sequence> alternatives(int depth) {
    std::vector<Sequence> result(1);
    if (depth > 50) failed_ = true;
    while (!failed_ && more() && pattern_[at_] != ')') {
      if (take('|')) {
        result.emplace_back();
        continue;
      }
      Item item = atom(depth);
      quantifier(item);
      result.back().push_back(std::move(item));
    }
    return result;
  }

  Item atom(int depth) {
    Item item;
    const char32_t c = pattern_[at_++];
    if (c == '.')
      item.kind = Item::Kind::any;
    else if (c == '^')
      item.kind = Item::Kind::start;
    else if (c == '$')
      item.kind = Item::Kind::end;
    else if (c == '[')
      set(item);
    else if (c == '(') {
      item.kind = Item::Kind::group;
      if (take('?'))
        failed_ = failed_ || !take(':');
      else
        item.capture = captures++;
      item.alternatives = alternatives(depth + 1);
      failed_ = failed_ || !take(')');
    } else if (c == '\\') {
      escape(item);
    } else if (c == '*' || c == '+' || c == '?' || c == '{') {
      failed_ = true;
    } else {
      item.letter = c;
    }
    return item;
  }

  void escape(Item& item) {
    if (!more()) {
      failed_ = true;
      return;
    }
    const char32_t c = pattern_[at_++];
    if (c < 128 && std::string_view("dswDSW").find(static_cast<char>(c)) != std::string_view::npos) {
      item.kind = Item::Kind::set;
      item.classes += static_cast<char>(c);
    } else if (c == 'n')
      item.letter = '\n';
    else if (c == 't')
      item.letter = '\t';
    else if (c == 'r')
      item.letter = '\r';
    else if (is_letter(c) || is_digit(c))
      failed_ = true;
    else
      item.letter = c;
  }

  void set(Item& item) {
    item.kind = Item::Kind::set;
    item.negated = take('^');
    while (more() && pattern_[at_] != ']') {
      Item single;
      if (take('\\'))
        escape(single);
      else
        single.letter = pattern_[at_++];
      if (single.kind == Item::Kind::set) {
        item.classes += single.classes;
        continue;
      }
      char32_t high = single.letter;
      if (at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']') {
        ++at_;
        Item end;
        if (take('\\'))
          escape(end);
        else
          end.letter = pattern_[at_++];
        high = end.letter;
      }
      failed_ = failed_ || high < single.letter;
      item.ranges.emplace_back(single.letter, high);
    }
    failed_ = failed_ || !take(']');
  }

  void quantifier(Item& item) {
    if (take('*'))
      item.least = 0, item.most = unlimited;
    else if (take('+'))
      item.most = unlimited;
    else if (take('?'))
      item.least = 0;
    else if (take('{')) {
      item.least = number();
      item.most = item.least;
      if (take(',')) item.most = more() && pattern_[at_] == '}' ? unlimited : number();
      failed_ = failed_ || !take('}') || item.most < item.least;
    } else {
      return;
    }
    item.lazy = take('?');
  }

  size_t number() {
    size_t result = 0;
    if (!more() || !is_digit(pattern_[at_])) failed_ = true;
    while (more() && is_digit(pattern_[at_]) && result < 100000)
      result = result * 10 + (pattern_[at_++] - '0');
    return result;
  }

  std::u32string pattern_;
  size_t at_ = 0;
  bool failed_ = false;
};

struct Span {
  size_t from = unlimited;
  size_t to = unlimited;
};

class Matcher {
 public:
  Matcher(std::u32string text, const std::vector<Sequence>& pattern, int captures, Flags flags, const Charge& charge)
      : text_(std::move(text)), pattern_(pattern), flags_(flags), charge_(charge) {
    captures_.resize(static_cast<size_t>(captures));
  }

  // The end of a match that begins at `from`.
  std::optional<size_t> match_at(size_t from) {
    std::fill(captures_.begin(), captures_.end(), Span{});
    size_t end = 0;
    const auto done = [&](size_t at) {
      end = at;
      return true;
    };
    for (const Sequence& sequence : pattern_)
      if (sequence_from(sequence, 0, from, done)) return end;
    return std::nullopt;
  }

  std::optional<Span> find(size_t from) {
    for (size_t at = from; at <= text_.size(); ++at)
      if (const auto end = match_at(at)) return Span{at, *end};
    return std::nullopt;
  }

  const std::u32string& text() const { return text_; }
  const std::vector<Span>& captures() const { return captures_; }

 private:
  using Next = std::function<bool(size_t)>;

  bool sequence_from(const Sequence& sequence, size_t index, size_t at, const Next& next) {
    if (index == sequence.size()) return next(at);
    return repeat(sequence, index, 0, at, next);
  }

  bool repeat(const Sequence& sequence, size_t index, size_t count, size_t at, const Next& next) {
    charge_(1);
    if (depth_ >= max_stack) return false;
    ++depth_;
    const Item& item = sequence[index];
    const auto go_on = [&] { return count >= item.least && sequence_from(sequence, index + 1, at, next); };
    const auto again = [&] {
      if (count >= item.most) return false;
      return once(item, at, [&](size_t end) {
        // An empty turn more would never end.
        if (end == at && count >= item.least) return false;
        return repeat(sequence, index, count + 1, end, next);
      });
    };
    const bool found = item.lazy ? go_on() || again() : again() || go_on();
    --depth_;
    return found;
  }

  bool once(const Item& item, size_t at, const Next& next) {
    switch (item.kind) {
      case Item::Kind::start: return (at == 0 || (flags_.lines && text_[at - 1] == '\n')) && next(at);
      case Item::Kind::end: return (at == text_.size() || (flags_.lines && text_[at] == '\n')) && next(at);
      case Item::Kind::group:
        for (const Sequence& alternative : item.alternatives) {
          const bool found = sequence_from(alternative, 0, at, [&](size_t end) {
            if (item.capture < 0) return next(end);
            Span& span = captures_[static_cast<size_t>(item.capture)];
            const Span before = std::exchange(span, Span{at, end});
            if (next(end)) return true;
            span = before;
            return false;
          });
          if (found) return true;
        }
        return false;
      default: return at < text_.size() && fits(item, text_[at]) && next(at + 1);
    }
  }

  bool fits(const Item& item, char32_t c) const {
    if (item.kind == Item::Kind::any) return flags_.dot_all || (c != '\n' && c != '\r');
    if (item.kind == Item::Kind::literal)
      return c == item.letter || (flags_.ignore_case && folded(c) == folded(item.letter));
    bool inside = std::any_of(item.classes.begin(), item.classes.end(), [&](char name) { return in_class(name, c); });
    const auto in_ranges = [&](char32_t letter) {
      return std::any_of(item.ranges.begin(), item.ranges.end(),
                         [&](const auto& range) { return range.first <= letter && letter <= range.second; });
    };
    inside = inside || in_ranges(c);
    if (!inside && flags_.ignore_case) inside = in_ranges(folded(c)) || in_ranges(to_u32(to_upper(utf8(c)))[0]);
    return inside != item.negated;
  }

  static bool in_class(char name, char32_t c) {
    switch (name) {
      case 'd': return is_digit(c);
      case 'D': return !is_digit(c);
      case 's': return is_space(c);
      case 'S': return !is_space(c);
      case 'w': return is_letter(c) || is_digit(c) || c == '_';
      default: return !(is_letter(c) || is_digit(c) || c == '_');
    }
  }

  static std::string utf8(char32_t c) {
    std::string text;
    append_char(text, c);
    return text;
  }
  static char32_t folded(char32_t c) { return to_u32(to_lower(utf8(c)))[0]; }

  std::u32string text_;
  const std::vector<Sequence>& pattern_;
  Flags flags_;
  const Charge& charge_;
  std::vector<Span> captures_;
  size_t depth_ = 0;
};

struct Pattern {
  std::vector<Sequence> alternatives;
  int captures = 0;
  Flags flags;
};

std::optional<Pattern> compile_pattern(std::string_view pattern, std::string_view flags) {
  Pattern result;
  std::u32string letters = to_u32(pattern);
  for (const char flag : flags) {
    if (flag == 'i')
      result.flags.ignore_case = true;
    else if (flag == 's')
      result.flags.dot_all = true;
    else if (flag == 'm')
      result.flags.lines = true;
    else if (flag == 'x')
      std::erase_if(letters, is_space);
    else
      return std::nullopt;
  }
  PatternParser parser(std::move(letters));
  auto alternatives = parser.run();
  if (!alternatives) return std::nullopt;
  result.alternatives = std::move(*alternatives);
  result.captures = parser.captures;
  return result;
}

}  // namespace

std::optional<bool> matches_pattern(std::string_view text, std::string_view pattern, std::string_view flags,
                                    const Charge& charge) {
  const auto compiled = compile_pattern(pattern, flags);
  if (!compiled) return std::nullopt;
  Matcher matcher(to_u32(text), compiled->alternatives, compiled->captures, compiled->flags, charge);
  return matcher.find(0).has_value();
}

std::optional<std::string> replace_pattern(std::string_view text, std::string_view pattern,
                                           std::string_view replacement, std::string_view flags, const Charge& charge) {
  const auto compiled = compile_pattern(pattern, flags);
  if (!compiled) return std::nullopt;
  Matcher matcher(to_u32(text), compiled->alternatives, compiled->captures, compiled->flags, charge);
  const std::u32string letters = to_u32(replacement);
  std::u32string result;
  size_t at = 0;
  while (const auto match = matcher.find(at)) {
    if (match->to == match->from) return std::nullopt;  // a pattern that matches nothing is an error in XPath
    result += matcher.text().substr(at, match->from - at);
    for (size_t i = 0; i < letters.size(); ++i) {
      if (letters[i] == '\\' && i + 1 < letters.size()) {
        result += letters[++i];
      } else if (letters[i] == '$' && i + 1 < letters.size() && is_digit(letters[i + 1])) {
        const size_t group = letters[++i] - '0';
        if (group == 0)
          result += matcher.text().substr(match->from, match->to - match->from);
        else if (group <= matcher.captures().size() && matcher.captures()[group - 1].from != unlimited) {
          const Span span = matcher.captures()[group - 1];
          result += matcher.text().substr(span.from, span.to - span.from);
        }
      } else {
        result += letters[i];
      }
    }
    charge(letters.size());
    at = match->to;
  }
  return to_utf8(result + matcher.text().substr(at));
}

std::optional<std::vector<std::string>> split_by_pattern(std::string_view text, std::string_view pattern,
                                                         const Charge& charge) {
  const auto compiled = compile_pattern(pattern, {});
  if (!compiled) return std::nullopt;
  Matcher matcher(to_u32(text), compiled->alternatives, compiled->captures, compiled->flags, charge);
  std::vector<std::string> parts;
  size_t at = 0;
  while (const auto match = matcher.find(at)) {
    if (match->to == match->from) return std::nullopt;
    parts.push_back(to_utf8(std::u32string_view(matcher.text()).substr(at, match->from - at)));
    at = match->to;
  }
  parts.push_back(to_utf8(std::u32string_view(matcher.text()).substr(at)));
  return parts;
}

}  // namespace vekha::feel
