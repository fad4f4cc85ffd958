#include "ingest/markup.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"

namespace vekha::ingest {
namespace {

constexpr size_t longest_tag = 300;

struct Tag {
  std::string name;  // lower case
  bool closing = false;
  size_t end = 0;  // behind «>»
};

std::optional<Tag> tag_at(std::string_view text, size_t at) {
  if (text[at] != '<') return std::nullopt;
  Tag tag;
  size_t i = at + 1;
  if (i < text.size() && text[i] == '/') {
    tag.closing = true;
    ++i;
  }
  for (; i < text.size() && tag.name.size() < 8; ++i) {
    const char c = text[i];
    if ((c >= 'a' && c <= 'z') || (c >= '1' && c <= '6'))
      tag.name += c;
    else if (c >= 'A' && c <= 'Z')
      tag.name += static_cast<char>(c - 'A' + 'a');
    else
      break;
  }
  constexpr std::array<std::string_view, 27> known = {"p",  "br",   "li",  "ul",  "ol",  "b",    "strong", "i", "em",
                                                      "u",  "span", "div", "sup", "sub", "font", "center", "a", "h1",
                                                      "h2", "h3",   "h4",  "h5",  "h6",  "tt",   "small",  "s", "del"};
  if (std::find(known.begin(), known.end(), tag.name) == known.end()) return std::nullopt;
  const size_t close = text.find('>', i);
  if (close == std::string_view::npos || close - at > longest_tag) return std::nullopt;
  tag.end = close + 1;
  return tag;
}

// The character an entity stands for, and how long it is written; nothing for a bare «&».
std::optional<std::pair<char32_t, size_t>> entity_at(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char32_t>, 9> named = {{{"&amp;", U'&'},
                                                                           {"&lt;", U'<'},
                                                                           {"&gt;", U'>'},
                                                                           {"&quot;", U'"'},
                                                                           {"&nbsp;", U'\u00A0'},
                                                                           {"&laquo;", U'«'},
                                                                           {"&raquo;", U'»'},
                                                                           {"&ndash;", U'–'},
                                                                           {"&mdash;", U'—'}}};
  for (const auto& [name, c] : named)
    if (text.substr(0, name.size()) == name) return std::pair{c, name.size()};
  return std::nullopt;
}

class Stripper {
 public:
  explicit Stripper(std::string_view raw) : raw_(raw) {}

  Marked strip() {
    for (size_t at = 0; at < raw_.size();)
      at = step(at);
    end_line();
    out_.bold = words_ && !plain_words_;
    return std::move(out_);
  }

 private:
  size_t step(size_t at) {
    const char c = raw_[at];
    if (c == '\n') {
      end_line();
      return at + 1;
    }
    if (c == '<')
      if (const auto tag = tag_at(raw_, at)) {
        apply(*tag);
        return tag->end;
      }
    if (c == '&')
      if (const auto entity = entity_at(raw_.substr(at))) {
        put(entity->first);
        return at + entity->second;
      }
    if (raw_.substr(at, 2) == "**") {
      bold_ = !bold_;
      return at + 2;
    }
    const bool line_start = trim(line_).empty();
    if (c == '#' && line_start) {
      size_t hashes = at;
      while (hashes < raw_.size() && raw_[hashes] == '#')
        ++hashes;
      if (hashes - at <= 6 && hashes < raw_.size() && raw_[hashes] == ' ') {
        bold_line_ = true;
        return hashes;
      }
    }
    // «*штамп*»: a line that is emphasised as a whole.
    if (c == '*' && line_start) {
      const size_t end = std::min(raw_.find('\n', at), raw_.size());
      const std::string_view line = trim(raw_.substr(at, end - at));
      if (line.size() > 2 && line.back() == '*' && line[1] != ' ' && line.find('*', 1) == line.size() - 1) {
        for (size_t i = 1; i + 1 < line.size();)
          put(next_char(line, i));
        return end;
      }
    }
    size_t next = at;
    put(next_char(raw_, next));
    return next;
  }

  void apply(const Tag& tag) {
    const std::string& name = tag.name;
    if (name == "b" || name == "strong") {
      bold_ = !tag.closing;
    } else if (name == "li") {
      end_line();
      if (!tag.closing) kind_ = LineKind::list_item;
    } else if (name == "ul" || name == "ol") {
      end_line();
      depth_ = std::max(0, depth_ + (tag.closing ? -1 : 1));
      kind_ = depth_ > 0 ? LineKind::list_text : LineKind::text;
    } else if (name == "p" || name == "br" || name == "div" || name[0] == 'h') {
      end_line();
      if (name == "p") {
        // A list nobody closed ends with the next paragraph.
        depth_ = 0;
        kind_ = LineKind::text;
      }
    }
  }

  void put(char32_t c) {
    append_char(line_, c);
    if (is_space(c)) return;
    words_ = true;
    if (!bold_ && !bold_line_) plain_words_ = true;
  }

  void end_line() {
    std::string text = fold_space(line_);
    line_.clear();
    bold_line_ = false;
    if (text.empty()) return;
    out_.lines.push_back({std::move(text), kind_});
    kind_ = depth_ > 0 ? LineKind::list_text : LineKind::text;
  }

  std::string_view raw_;
  Marked out_;
  std::string line_;
  LineKind kind_ = LineKind::text;
  int depth_ = 0;
  bool bold_ = false, bold_line_ = false;
  bool words_ = false, plain_words_ = false;
};

}  // namespace

Marked without_markup(std::string_view raw) { return Stripper(raw).strip(); }

}  // namespace vekha::ingest
