// What is no place in the calendar: on demand, by a timetable, after an event, the whole of a period, all the time.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "russian/deadline_readers.h"
#include "russian/deadline_words.h"

namespace vekha::russian {
namespace {

bool at_stop(const Cursor& c) {
  return !c.has() || c.kind() == TokenKind::open || c.kind() == TokenKind::close || c.kind() == TokenKind::comma ||
         c.stem("ежегодн") || c.stem("ежеквартальн") || c.stem("ежемесячн") || c.stem("еженедельн") || c.is("далее") ||
         c.is("затем") || c.is("постоянно") || (c.is("но") && c.is("не", 1));
}

// The words up to the next stop, as printed.
std::string rest(Cursor& c) {
  const size_t first = c.at;
  while (!at_stop(c))
    ++c.at;
  size_t last = c.at;
  while (last > first && c.tokens[last - 1].kind == TokenKind::dot)
    --last;
  return last > first ? c.printed(first, last - 1) : std::string();
}

bool take_whole(Phrase& phrase, Whole which, bool until_end) {
  phrase.whole = which;
  phrase.until_end = until_end;
  return true;
}

}  // namespace

bool read_demand(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  if (c.is("в") && c.is("случае", 1)) {
    c.at += 2;
    phrase.from = rest(c);
    phrase.on_demand = !phrase.from.empty();
    if (phrase.on_demand) return true;
  } else if (c.is("при")) {
    ++c.at;
    c.skip("возникновении");
    if (c.stem("необходимост") || c.stem("наличи") || c.stem("поступлени") || c.stem("потребност") ||
        c.stem("обращени")) {
      phrase.on_demand = true;
      phrase.from = rest(c);
      return true;
    }
  } else if (c.is("по")) {
    ++c.at;
    if (c.skip("мере") && !c.stem("необходимост")) {
      phrase.on_demand = true;
      phrase.from = rest(c);
      if (!phrase.from.empty()) return true;
      phrase.on_demand = false;
    }
    if (c.stem("отдельн") || c.stem("индивидуальн") || c.stem("письменн")) ++c.at;
    if (c.stem("необходимост") || c.stem("потребност") || c.stem("поступлени") || c.stem("запрос") || c.stem("заявк") ||
        c.stem("обращени") || c.stem("требовани") || c.stem("приглашени") || c.stem("возникновени")) {
      phrase.on_demand = true;
      phrase.from = rest(c);
      return true;
    }
  }
  c.at = start;
  return false;
}

bool read_timetable(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  if (c.is("по")) {
    ++c.at;
  } else if (c.is("согласно")) {
    ++c.at;
  } else if (c.is("в") && c.is("соответствии", 1) && c.is_one_of({"с", "со"}, 2)) {
    c.at += 3;
  } else {
    return false;
  }
  if (c.stem("итог") || c.stem("результат") || c.stem("мер") || c.stem("окончани") || c.stem("завершени")) {
    c.at = start;
    return false;
  }
  for (int adjectives = 0; adjectives < 4 && c.has() && !is_timetable(c.word()) && c.kind() == TokenKind::word;
       ++adjectives)
    ++c.at;
  if (!is_timetable(c.word())) {
    c.at = start;
    return false;
  }
  ++c.at;
  if (c.kind() == TokenKind::dash && is_timetable(c.word(1))) c.at += 2;
  const size_t owner = c.at;
  std::string all = rest(c);
  // Whose timetable it is stands last: «графиком проверок отдела образования».
  for (size_t i = owner; i < c.at && i < c.tokens.size(); ++i) {
    if (c.tokens[i].kind != TokenKind::word || !is_body(c.tokens[i].text)) continue;
    size_t last = c.at - 1;
    while (last > i && c.tokens[last].kind == TokenKind::dot)
      --last;
    size_t first = i;
    if (i > owner && c.tokens[i - 1].kind == TokenKind::word && is_adjective(c.tokens[i - 1].text)) --first;
    all = c.printed(first, last);
    break;
  }
  phrase.by_schedule = true;
  phrase.from = std::move(all);
  return true;
}

bool read_relative(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  bool ahead = false;
  if (c.is("в") && c.stem("течени", 1)) {
    c.at += 2;
  } else if (c.is("через") || c.is("спустя")) {
    ++c.at;
  } else if (c.is("за")) {
    ahead = true;
    ++c.at;
  } else if (c.is("не") && c.is_one_of({"позднее", "позже"}, 1)) {
    c.at += 2;
    if (c.is("чем")) ++c.at;
    if (c.is_one_of({"через", "за"})) {
      ahead = c.is("за");
      ++c.at;
    }
  } else {
    return false;
  }
  if (c.is_four_digit_year()) {
    c.at = start;
    return false;
  }
  int count = c.number();
  if (c.kind(1) != TokenKind::word && c.kind(1) != TokenKind::open) count = 0;
  if (count > 0 || cardinal(c.word()) > 0) {
    if (count == 0) count = cardinal(c.word());
    ++c.at;
  }
  if (c.kind() == TokenKind::open && c.kind(1) == TokenKind::word && c.kind(2) == TokenKind::close) c.at += 3;
  const bool said = count > 0;
  if (c.stem("рабоч") || c.stem("календарн") || c.stem("учебн")) ++c.at;
  std::string length;
  if (c.is_one_of({"дней", "дня", "день"})) length = fmt::format("P{}D", std::max(count, 1));
  if (c.is_one_of({"недель", "недели", "неделю"})) length = fmt::format("P{}W", std::max(count, 1));
  if (c.is_one_of({"месяцев", "месяца", "месяц"})) length = fmt::format("P{}M", std::max(count, 1));
  if (said && c.is_one_of({"лет", "года", "год"})) length = fmt::format("P{}Y", count);
  if (length.empty()) {
    c.at = start;
    return false;
  }
  ++c.at;
  bool anchored = c.is_one_of({"со", "с", "после", "от"}) || (ahead && c.is("до"));
  if (!anchored && !said) {
    c.at = start;
    return false;
  }
  if (anchored) {
    if (c.is_one_of({"со", "с", "от"})) {
      ++c.at;
      if (c.is_one_of({"дня", "момента", "даты"})) ++c.at;
    } else {
      ++c.at;
    }
  }
  phrase.relative = true;
  phrase.length = (ahead ? "-" : "") + length;
  phrase.from = anchored ? rest(c) : std::string();
  return true;
}

bool read_whole(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  bool through = false;
  if (c.is("в") && c.stem("течени", 1)) {
    through = true;
    c.at += 2;
  } else if (c.is("на") && c.is("протяжении", 1)) {
    through = true;
    c.at += 2;
  } else if (c.is("за")) {
    through = true;
    ++c.at;
  } else if (c.is_one_of({"до", "к"}) && c.is_one_of({"конца", "концу"}, 1)) {
    c.at += 2;
    if (c.stem("календарн") || c.stem("текущ")) ++c.at;
    if (is_school_word(c.word()) && is_noun(c.word(1), {"год", "|а|"})) {
      c.at += 2;
      phrase.doubts = {"До конца уроков в мае.", "До 31 августа, последнего дня учебного года."};
      return take_whole(phrase, Whole::school_year, true);
    }
    if (is_noun(c.word(), {"год", "|а|"})) {
      ++c.at;
      return take_whole(phrase, Whole::year, true);
    }
    c.at = start;
    return false;
  }
  if (c.is("на") && c.is_one_of({"весь", "все"}, 1)) ++c.at;
  if (c.is("в") && c.is("период", 1) && (c.stem("реализаци", 2) || c.stem("действи", 2))) {
    through = true;
    ++c.at;
  }
  const bool all = c.is_one_of({"всего", "весь", "все", "целого"});
  if (all) ++c.at;
  if (!through && !all) {
    if ((c.is("текущий") || (c.is("в") && c.is("текущем", 1))) && phrase.stretches.empty()) {
      c.at += c.is("в") ? 2 : 1;
      if (is_year_word(c.word())) {
        ++c.at;
        return take_whole(phrase, Whole::year, false);
      }
      c.at = start;
      return false;
    }
    if (c.is("учебный") && c.is("год", 1) && phrase.stretches.empty()) {
      c.at += 2;
      return take_whole(phrase, Whole::school_year, false);
    }
    c.at = start;
    return false;
  }
  if (c.stem("календарн") || c.stem("текущ") || c.stem("отчетн")) ++c.at;
  if (is_school_word(c.word()) && is_noun(c.word(1), {"год", "|а|у||"})) {
    c.at += 2;
    return take_whole(phrase, Whole::school_year, false);
  }
  if (is_noun(c.word(), {"год", "|а|"}) || (all && c.is("год"))) {
    ++c.at;
    return take_whole(phrase, Whole::year, false);
  }
  if (is_noun(c.word(), {"период", "||а|"}) || is_noun(c.word(), {"срок", "||а|"})) {
    ++c.at;
    while (c.stem("реализаци") || c.stem("действи") || c.stem("программ") || c.stem("план") || c.stem("дорожн") ||
           c.stem("карты") || c.stem("проект") || c.stem("исполнени") || c.stem("выполнени"))
      ++c.at;
    return take_whole(phrase, Whole::period, false);
  }
  if ((through || all) && c.stem("текущ") && is_year_word(c.word(1))) {
    c.at += 2;
    return take_whole(phrase, Whole::year, false);
  }
  // «в течение 2021 года», «весь март»: the stretch that follows says it all.
  if (read_stretches(c, phrase)) return true;
  c.at = start;
  return false;
}

bool read_continuous(Cursor& c, Phrase& phrase) {
  if (c.is_one_of({"постоянно", "непрерывно", "систематически", "круглогодично"})) {
    ++c.at;
    phrase.continuous = true;
    return true;
  }
  if (c.is("на") && c.is("постоянной", 1) && c.is("основе", 2)) {
    c.at += 3;
    phrase.continuous = true;
    return true;
  }
  if (c.is("регулярно") || c.is("периодически")) {
    ++c.at;
    phrase.regular = true;
    return true;
  }
  return false;
}

bool read_day_term(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  if (!c.skip("в")) return false;
  std::string length;
  if (c.number() > 0 && c.kind(1) == TokenKind::dash && c.stem("дневн", 2)) {
    length = fmt::format("P{}D", c.number());
    c.at += 3;
  } else {
    constexpr std::array<std::pair<std::string_view, const char*>, 9> terms = {{{"трехдневн", "P3D"},
                                                                                {"пятидневн", "P5D"},
                                                                                {"семидневн", "P7D"},
                                                                                {"десятидневн", "P10D"},
                                                                                {"тридцатидневн", "P30D"},
                                                                                {"двухнедельн", "P2W"},
                                                                                {"недельн", "P1W"},
                                                                                {"двухмесячн", "P2M"},
                                                                                {"месячн", "P1M"}}};
    for (const auto& [stem, duration] : terms)
      if (length.empty() && c.stem(stem)) length = duration;
    if (!length.empty()) ++c.at;
  }
  if (length.empty() || !c.skip("срок")) {
    c.at = start;
    return false;
  }
  if (c.is_one_of({"со", "с"}) && c.is_one_of({"дня", "момента", "даты"}, 1)) {
    c.at += 2;
    phrase.from = rest(c);
  } else if (c.skip("после")) {
    phrase.from = rest(c);
  }
  phrase.relative = true;
  phrase.length = length;
  return true;
}

bool read_event(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  if (c.is_one_of({"сразу", "непосредственно"}) && c.is("после", 1)) ++c.at;
  if (c.is("после")) {
    ++c.at;
  } else if (c.is("по") && c.is_one_of({"окончании", "завершении", "итогам", "результатам"}, 1)) {
    ++c.at;
  } else {
    return false;
  }
  const size_t first = c.at;
  std::string event = rest(c);
  // «после 15 мая», «по итогам квартала»: a day or a period, not an event.
  constexpr std::array<Noun, 6> periods = {{{"год", "||а|"},
                                            {"квартал", "||а|ов|"},
                                            {"полугоди", "|я|й|"},
                                            {"четверт", "|и|ей|"},
                                            {"месяц", "||а|"},
                                            {"период", "||а|"}}};
  bool dated = event.empty();
  for (size_t i = first; i < c.at && !dated; ++i) {
    const Token& token = c.tokens[i];
    dated = token.kind != TokenKind::word && token.kind != TokenKind::dash && token.kind != TokenKind::other;
    for (const Noun& period : periods)
      dated = dated || (token.kind == TokenKind::word && is_noun(token.text, period));
    dated = dated || (token.kind == TokenKind::word && (month_of_word(token.text) != 0 || season_of_word(token.text)));
  }
  if (dated) {
    c.at = start;
    return false;
  }
  phrase.relative = true;
  phrase.from = std::move(event);
  return true;
}

bool read_hedge(Cursor& c, Phrase& phrase) {
  if (!c.is_one_of({"ориентировочно", "предварительно", "предположительно", "примерно", "приблизительно"}))
    return false;
  ++c.at;
  phrase.doubts = {"Названный срок.", "Срок предварительный, точный надо уточнить."};
  return true;
}

}  // namespace vekha::russian
