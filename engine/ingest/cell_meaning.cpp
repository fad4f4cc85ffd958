#include "ingest/cell_meaning.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"

namespace vekha::ingest {
namespace {

struct Bullet {
  size_t at = 0;
  char32_t sign = 0;
  bool strong = false;  // where a list entry is bound to begin
};

bool is_bullet(char32_t c) {
  return c == U'-' || c == U'–' || c == U'—' || c == U'·' || c == U'•' || c == 0xF0B7 || c == 0x25CF;
}

// Dashes with blanks about them, outside quotes and brackets.
std::vector<Bullet> bullets_of(std::string_view text, const std::vector<bool>& inside, bool list) {
  std::vector<Bullet> bullets;
  char32_t before = 0;  // the last character that is no blank
  bool blank = true;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const char32_t c = next_char(text, at);
    if (is_bullet(c) && blank && at < text.size() && text[at] == ' ' && !inside[start])
      bullets.push_back(
          {start, c, list || before == 0 || before == U':' || before == U';' || before == U',' || before == U'.'});
    blank = c == U' ';
    if (!blank) before = c;
  }
  return bullets;
}

// «1) … 2) …»: where each begins, when they count from 1.
std::vector<size_t> numbered_entries(std::string_view text) {
  std::vector<size_t> starts;
  for (size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && text[at - 1] != ' ') continue;
    size_t end = at;
    int value = 0;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9' && end - at < 3)
      value = value * 10 + (text[end++] - '0');
    if (end > at && end < text.size() && text[end] == ')' && value == static_cast<int>(starts.size()) + 1)
      starts.push_back(at);
  }
  if (starts.size() < 2) starts.clear();
  return starts;
}

// An entry without bullet, number and the punctuation that parts it from the next.
std::string bare_entry(std::string_view text) {
  text = trim(text);
  size_t at = 0;
  if (!text.empty() && is_bullet(next_char(text, at)) && at < text.size() && text[at] == ' ')
    text = trim(text.substr(at));
  size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
    ++digits;
  if (digits > 0 && digits < 3 && digits < text.size() && text[digits] == ')') text = trim(text.substr(digits + 1));
  while (!text.empty() && (text.back() == ';' || text.back() == ','))
    text = trim(text.substr(0, text.size() - 1));
  const bool abbreviation =
      text.ends_with("т.д.") || text.ends_with("др.") || text.ends_with("пр.") || text.ends_with("т.п.");
  if (!text.empty() && text.back() == '.' && !abbreviation) text.remove_suffix(1);
  return std::string(trim(text));
}

bool lower_letter_follows(std::string_view text, size_t at) {
  while (at < text.size() && text[at] == ' ')
    ++at;
  if (at >= text.size()) return false;
  const char32_t c = next_char(text, at);
  return is_letter(c) && !is_upper(c);
}

}  // namespace

std::vector<bool> enclosed(std::string_view text) {
  const auto walk = [&](bool quotes, bool brackets) -> std::optional<std::vector<bool>> {
    std::vector<bool> inside(text.size(), false);
    int quote = 0, bracket = 0;
    for (size_t at = 0; at < text.size();) {
      const size_t start = at;
      const char32_t c = next_char(text, at);
      if (quotes && c == U'«') ++quote;
      if (brackets && c == U'(') ++bracket;
      const bool in = quote > 0 || bracket > 0;
      if (quotes && c == U'»') --quote;
      if (brackets && c == U')') --bracket;
      if (quote < 0 || bracket < 0) return std::nullopt;
      std::fill(inside.begin() + static_cast<long>(start), inside.begin() + static_cast<long>(at), in);
    }
    if (quote != 0 || bracket != 0) return std::nullopt;
    return inside;
  };
  for (const auto& [quotes, brackets] : {std::pair{true, true}, std::pair{false, true}, std::pair{true, false}})
    if (auto inside = walk(quotes, brackets)) return std::move(*inside);
  return std::vector<bool>(text.size(), false);
}

std::vector<std::string> parts_of(const std::vector<Line>& lines) {
  std::string text;
  std::vector<size_t> starts;
  bool list = false;
  size_t list_start = std::string::npos;
  for (const Line& line : lines) {
    if (!text.empty()) text += ' ';
    if (line.kind != LineKind::text) {
      list = true;
      list_start = std::min(list_start, text.size());
    }
    if (line.kind == LineKind::list_item) starts.push_back(text.size());
    text += line.text;
  }
  const std::vector<bool> inside = enclosed(text);
  std::vector<Bullet> bullets = bullets_of(text, inside, list);
  std::erase_if(bullets, [&](const Bullet& bullet) { return list && bullet.at < list_start; });
  const auto strong = std::find_if(bullets.begin(), bullets.end(), [](const Bullet& bullet) { return bullet.strong; });
  // One dash between two words is no list; a dash behind a colon, or several that part entries, are.
  const bool running = strong != bullets.end() && (list || strong != bullets.begin() || bullets.size() > 1);
  if (running) {
    const char32_t sign = strong->sign;
    for (const Bullet& bullet : bullets)
      if (bullet.sign == sign || bullet.strong) starts.push_back(bullet.at);
  }
  if (starts.empty()) starts = numbered_entries(text);
  if (starts.empty()) return {};
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  std::vector<std::string> parts;
  for (size_t i = 0; i < starts.size(); ++i) {
    const size_t end = i + 1 < starts.size() ? starts[i + 1] : text.size();
    // An entry that lost its bullet still ends with a semicolon.
    size_t from = starts[i];
    for (size_t at = from; at < end; ++at) {
      if (text[at] != ';' || inside[at] || !lower_letter_follows(text, at + 1)) continue;
      parts.push_back(bare_entry(std::string_view(text).substr(from, at - from)));
      from = at + 1;
    }
    parts.push_back(bare_entry(std::string_view(text).substr(from, end - from)));
  }
  std::erase_if(parts, [](const std::string& part) { return part.empty(); });
  return parts;
}

// ---- indicators ----

namespace {

// Words by which a document that must exist begins; a capital one after a blank begins the next document.
bool begins_document(std::string_view word) {
  constexpr std::array<std::string_view, 37> stems = {
      "приказ",      "положени",   "справк",      "отчет",        "письм",    "протокол",  "программ", "информационн",
      "аналитическ", "методическ", "адресн",      "инструктивн",  "семинар",  "совещани",  "вебинар",  "встреч",
      "групп",       "сообществ",  "рубрик",      "информаци",    "сайт",     "публикаци", "материал", "график",
      "договор",     "соглашени",  "распоряжени", "постановлени", "методик",  "сборник",   "реестр",   "база",
      "банк",        "план",       "проект",      "наличие",      "размещени"};
  const std::string lower = to_lower(word);
  return std::any_of(stems.begin(), stems.end(), [&](std::string_view stem) { return lower.starts_with(stem); });
}

bool starts_upper(std::string_view text) {
  size_t at = 0;
  return !text.empty() && is_upper(next_char(text, at));
}

struct Comparison {
  std::string_view words;
  std::string_view sign;
};
constexpr std::array<Comparison, 11> comparisons = {{{"не менее чем ", ">="},
                                                     {"не менее ", ">="},
                                                     {"не ниже ", ">="},
                                                     {"не меньше ", ">="},
                                                     {"минимум ", ">="},
                                                     {"не более чем ", "<="},
                                                     {"не более ", "<="},
                                                     {"не выше ", "<="},
                                                     {"не больше ", "<="},
                                                     {"более ", ">"},
                                                     {"свыше ", ">"}}};

struct Number {
  Decimal value;
  size_t length = 0;
};

// «200», «1 200», «2,5», «одного» at the start of `text`.
std::optional<Number> number_at(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, int>, 12> words = {{{"одного", 1},
                                                                       {"одной", 1},
                                                                       {"один", 1},
                                                                       {"двух", 2},
                                                                       {"трех", 3},
                                                                       {"трёх", 3},
                                                                       {"четырех", 4},
                                                                       {"четырёх", 4},
                                                                       {"пяти", 5},
                                                                       {"шести", 6},
                                                                       {"десяти", 10},
                                                                       {"двадцати", 20}}};
  for (const auto& [word, value] : words)
    if (text.starts_with(word) && (text.size() == word.size() || text[word.size()] == ' '))
      return Number{Decimal(static_cast<int64_t>(value)), word.size()};
  std::string digits;
  size_t at = 0;
  const auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  while (at < text.size() && digits.size() < 15) {
    if (digit(at)) {
      digits += text[at++];
    } else if (!digits.empty() && text[at] == ' ' && digit(at + 1) && digit(at + 2) && digit(at + 3) &&
               !digit(at + 4)) {
      ++at;
    } else if (!digits.empty() && (text[at] == ',' || text[at] == '.') && digit(at + 1) &&
               digits.find('.') == std::string::npos) {
      digits += '.';
      ++at;
    } else {
      break;
    }
  }
  if (digits.empty()) return std::nullopt;
  const std::optional<Decimal> value = Decimal::parse(digits);
  if (!value) return std::nullopt;
  return Number{*value, at};
}

// The word or sign behind a number.
std::string unit_at(std::string_view text) {
  text = trim(text);
  if (text.starts_with("%")) return "%";
  size_t at = 0, end = 0;
  while (at < text.size()) {
    const char32_t c = next_char(text, at);
    if (!is_letter(c) && c != U'-') break;
    end = at;
  }
  return std::string(text.substr(0, end));
}

roadmap::Indicator indicator(std::string text) {
  roadmap::Indicator out;
  const std::string lower = to_lower(text);
  for (const Comparison& comparison : comparisons) {
    const size_t at = lower.find(comparison.words);
    if (at == std::string::npos || (at > 0 && lower[at - 1] != ' ' && lower[at - 1] != '(')) continue;
    const size_t behind = at + comparison.words.size();
    const auto number = number_at(std::string_view(lower).substr(behind));
    if (!number) continue;
    out.comparison = comparison.sign;
    out.value = number->value;
    out.unit = unit_at(std::string_view(lower).substr(behind + number->length));
    break;
  }
  // «40 участников», «100 %»: a number alone is what must be reached.
  if (!out.value)
    if (const auto number = number_at(lower)) {
      const std::string unit = unit_at(std::string_view(lower).substr(number->length));
      const std::string_view rest = trim(std::string_view(lower).substr(number->length));
      if (!unit.empty() && (rest == unit || rest == unit + ".") && unit != "г" && unit != "год" && unit != "гг") {
        out.comparison = "=";
        out.value = number->value;
        out.unit = unit;
      }
    }
  out.text = std::move(text);
  return out;
}

}  // namespace

std::vector<roadmap::Indicator> indicators_of(const std::vector<Line>& lines) {
  const std::string text = joined(lines);
  std::vector<roadmap::Indicator> out;
  if (text.empty()) return out;
  // A list under one heading («Положения: - … - …») says one thing each, but only with its heading.
  if (const std::vector<std::string> parts = parts_of(lines); !parts.empty()) {
    const size_t colon = text.find(':');
    const size_t first = text.find(parts.front());
    const std::string head = colon != std::string::npos && first != std::string::npos && colon < first
                                 ? text.substr(0, colon + 1) + " "
                                 : "";
    for (const std::string& part : parts) {
      roadmap::Indicator one = indicator(part);
      one.text = head + part;
      out.push_back(std::move(one));
    }
    return out;
  }
  const std::vector<bool> inside = enclosed(text);
  size_t from = 0;
  const auto cut = [&](size_t end) {
    std::string_view piece = trim(std::string_view(text).substr(from, end - from));
    while (!piece.empty() && (piece.back() == ';' || piece.back() == ','))
      piece = trim(piece.substr(0, piece.size() - 1));
    if (!piece.empty()) out.push_back(indicator(std::string(piece)));
    from = end;
  };
  for (size_t at = 1; at < text.size(); ++at) {
    if (text[at] != ' ' || inside[at]) continue;
    const std::string_view next = std::string_view(text).substr(at + 1);
    const std::string_view word = next.substr(0, next.find(' '));
    // «Наличие акта. Приказ управления» says which act.
    const bool explained = std::string_view(text).substr(from).starts_with("Наличие");
    const bool sentence = text[at - 1] == '.' && !explained && starts_upper(word) && begins_document(word);
    const bool document = starts_upper(word) && begins_document(word) && text[at - 1] != '.';
    if (text[at - 1] == ';' || sentence || document) cut(at);
  }
  cut(text.size());
  return out;
}

// ---- marks ----

std::vector<roadmap::PrintedMark> marks_of(std::string_view text, size_t parts) {
  struct State {
    std::string_view words;
    bool done;
  };
  // Longer ones first: «не выполнено» holds «выполнено».
  constexpr std::array<State, 16> states = {{{"не выполнено", false},
                                             {"не исполнено", false},
                                             {"не проведено", false},
                                             {"выполнено частично", false},
                                             {"частично выполнено", false},
                                             {"выполняется", false},
                                             {"исполняется", false},
                                             {"в работе", false},
                                             {"выполнено", true},
                                             {"исполнено", true},
                                             {"проведено", true},
                                             {"выполнен", true},
                                             {"исполнен", true},
                                             {"сделано", true},
                                             {"да", true},
                                             {"+", true}}};
  const std::string lower = to_lower(text);
  struct Found {
    size_t at;
    bool done;
  };
  std::vector<Found> found;
  for (size_t at = 0; at < lower.size();) {
    const bool word_start = at == 0 || lower[at - 1] == ' ' || lower[at - 1] == ',' || lower[at - 1] == ';';
    size_t length = 0;
    if (word_start)
      for (const State& state : states) {
        const std::string_view rest = std::string_view(lower).substr(at);
        if (!rest.starts_with(state.words)) continue;
        size_t behind = state.words.size();
        if (behind < rest.size() && is_letter(next_char(rest, behind))) continue;
        found.push_back({at, state.done});
        length = state.words.size();
        break;
      }
    at += std::max<size_t>(length, 1);
  }
  std::vector<roadmap::PrintedMark> out;
  const std::string all = fold_space(text);
  if (all.empty()) return out;
  if (found.empty()) {
    out.push_back({all, false, std::nullopt, std::nullopt});
    return out;
  }
  // Lower case has as many bytes as the text in Cyrillic, so places of one are places of the other.
  const std::string_view printed = lower.size() == text.size() ? text : std::string_view(lower);
  const auto piece = [&](size_t from, size_t to) {
    std::string_view words = trim(printed.substr(from, to - from));
    while (!words.empty() && (words.back() == ',' || words.back() == ';'))
      words = trim(words.substr(0, words.size() - 1));
    return fold_space(words);
  };
  for (size_t i = 0; i < found.size(); ++i) {
    const size_t end = i + 1 < found.size() ? found[i + 1].at : lower.size();
    size_t from = i == 0 ? 0 : found[i].at;
    std::vector<std::pair<size_t, int>> years;  // behind the year, and the year
    for (size_t at = from; at + 4 <= end; ++at) {
      const auto digit = [&](size_t k) { return k < lower.size() && lower[k] >= '0' && lower[k] <= '9'; };
      if (!digit(at) || (at > 0 && digit(at - 1)) || !digit(at + 1) || !digit(at + 2) || !digit(at + 3) ||
          digit(at + 4))
        continue;
      const int year =
          (lower[at] - '0') * 1000 + (lower[at + 1] - '0') * 100 + (lower[at + 2] - '0') * 10 + (lower[at + 3] - '0');
      if (year >= 1990 && year <= 2099) years.emplace_back(at, year);
    }
    for (size_t k = 0; k < years.size(); ++k) {
      const size_t stop = k + 1 < years.size() ? years[k + 1].first : end;
      out.push_back({piece(from, stop), found[i].done, years[k].second, std::nullopt});
      from = stop;
    }
    if (years.empty()) out.push_back({piece(from, end), found[i].done, std::nullopt, std::nullopt});
  }
  const bool yearless = std::none_of(out.begin(), out.end(), [](const auto& mark) { return mark.year.has_value(); });
  if (yearless && parts > 1 && out.size() == parts)
    for (size_t i = 0; i < out.size(); ++i)
      out[i].part = static_cast<int>(i) + 1;
  return out;
}

}  // namespace vekha::ingest
