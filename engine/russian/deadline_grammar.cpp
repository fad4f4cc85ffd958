#include "russian/deadline_grammar.h"

#include <algorithm>
#include <utility>

#include "russian/deadline_cursor.h"
#include "russian/deadline_readers.h"
#include "russian/deadline_words.h"

namespace vekha::russian {
namespace {

std::optional<Phrase> parse(Cursor c);

// «Срок исполнения – », «в срок до …»: words that say nothing by themselves.
bool skip_label(Cursor& c) {
  if (c.at == 0 && c.is("в") && c.is("срок", 1)) {
    c.at = 2;
    return true;
  }
  if (c.at > 0 || !is_noun(c.word(), {"срок", "||и|"})) return false;
  ++c.at;
  if (c.is_one_of({"исполнения", "реализации", "выполнения", "проведения"})) ++c.at;
  return true;
}

// What stands between two parts and says nothing.
bool skip_separator(Cursor& c) {
  const TokenKind kind = c.kind();
  const bool always = kind == TokenKind::comma || kind == TokenKind::open || kind == TokenKind::close ||
                      kind == TokenKind::dot || kind == TokenKind::slash;
  if (!always && !(c.at > 0 && (kind == TokenKind::dash || c.is("и")))) return false;
  ++c.at;
  return true;
}

// Reads the tokens `first` to `last` as a phrase of its own that follows what was read before.
bool read_later(Cursor& c, Phrase& phrase, size_t first, size_t last, size_t printed_from) {
  const auto begin = c.tokens.begin();
  auto later = parse({c.phrase, {begin + static_cast<long>(first), begin + static_cast<long>(last) + 1}});
  if (!later) return false;
  phrase.later = std::make_shared<Phrase>(std::move(*later));
  phrase.then = c.printed(printed_from, last);
  c.at = c.tokens.size();
  return true;
}

// «далее ежегодно в апреле»
bool read_then(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  if (c.is("затем") || c.is("далее")) {
    ++c.at;
  } else if (c.is("в") && c.is("дальнейшем", 1)) {
    c.at += 2;
  } else {
    return false;
  }
  while (c.kind() == TokenKind::dash || c.kind() == TokenKind::comma)
    ++c.at;
  if (!c.has() || phrase.empty()) {
    c.at = start;
    return false;
  }
  size_t last = c.tokens.size() - 1;
  while (last > c.at && (c.tokens[last].kind == TokenKind::close || c.tokens[last].kind == TokenKind::dot))
    --last;
  return read_later(c, phrase, c.at, last, c.at);
}

// «2021 г. обновление постоянно»: a result, and what keeps it up.
bool read_upkeep(Cursor& c, Phrase& phrase) {
  if (phrase.stretches.empty() || !c.has(1)) return false;
  const bool known = c.stem("обновлен") || c.stem("актуализ") || c.stem("пополнен") || c.stem("поддерж") ||
                     c.stem("сопровожд") || c.stem("доработк") || c.stem("корректировк") || c.stem("размещен") ||
                     c.stem("ведени") || c.stem("наполнен");
  return known && read_later(c, phrase, c.at + 1, c.tokens.size() - 1, c.at);
}

// Backtracking over tokens: every reader moves the cursor only when it succeeds.
std::optional<Phrase> parse(Cursor c) {
  Phrase phrase;
  while (c.has()) {
    if (skip_separator(c)) continue;
    if (read_then(c, phrase)) break;
    if (skip_label(c) || read_weekday(c, phrase) || read_frequency(c, phrase) || read_due_day(c, phrase) ||
        read_demand(c, phrase) || read_timetable(c, phrase) || read_day_term(c, phrase) || read_relative(c, phrase) ||
        read_whole(c, phrase) || read_continuous(c, phrase) || read_stretches(c, phrase) || read_exception(c, phrase) ||
        read_event(c, phrase) || read_hedge(c, phrase) || read_upkeep(c, phrase))
      continue;
    return std::nullopt;
  }
  if (phrase.empty() || (!phrase.except.empty() && !phrase.frequency)) return std::nullopt;
  return phrase;
}

// The tokens with their slips of the pen mended; nullopt where there are none.
std::optional<std::vector<Token>> respelt(const std::vector<Token>& tokens) {
  std::vector<Token> out;
  bool changed = false;
  for (const Token& token : tokens) {
    std::vector<std::string> words;
    if (token.kind == TokenKind::word) words = respell(token.text);
    if (words.empty()) {
      out.push_back(token);
      continue;
    }
    changed = true;
    for (std::string& word : words) {
      Token& mended = out.emplace_back(token);
      mended.text = std::move(word);
    }
  }
  if (!changed) return std::nullopt;
  return out;
}

}  // namespace

bool Phrase::empty() const {
  return stretches.empty() && !frequency && !due_day && weekdays.empty() && whole == Whole::none && !continuous &&
         !regular && !on_demand && !by_schedule && !relative;
}

int Phrase::dated() const {
  return static_cast<int>(
      std::count_if(stretches.begin(), stretches.end(), [](const Stretch& stretch) { return !stretch.only_years(); }));
}

bool Phrase::years_apart() const {
  return std::all_of(stretches.begin(), stretches.end(),
                     [](const Stretch& stretch) { return stretch.only_years() || stretch.without_year(); });
}

std::optional<Phrase> parse_deadline(std::string_view phrase) {
  const std::vector<Token> tokens = deadline_tokens(phrase);
  if (auto parsed = parse({phrase, tokens})) return parsed;
  const auto mended = respelt(tokens);
  return mended ? parse({phrase, *mended}) : std::nullopt;
}

}  // namespace vekha::russian
