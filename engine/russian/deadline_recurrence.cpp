// How often: frequencies, due days, weekdays.
#include <array>
#include <utility>

#include "russian/deadline_readers.h"
#include "russian/deadline_words.h"

namespace vekha::russian {
namespace {

std::optional<Frequency> adverb(Cursor& c) {
  constexpr std::array<std::pair<std::string_view, Unit>, 8> stems = {{{"ежегодн", Unit::year},
                                                                       {"ежеквартальн", Unit::quarter},
                                                                       {"поквартальн", Unit::quarter},
                                                                       {"ежемесячн", Unit::month},
                                                                       {"помесячн", Unit::month},
                                                                       {"еженедельн", Unit::week},
                                                                       {"ежедневн", Unit::day},
                                                                       {"ежечетвертн", Unit::school_quarter}}};
  for (const auto& [stem_text, unit] : stems) {
    if (!c.stem(stem_text) || c.word().size() > stem_text.size() + 4) continue;
    ++c.at;
    return Frequency{unit};
  }
  return std::nullopt;
}

// «год», «четверти», «учебном году» after «в», «каждый».
std::optional<Unit> unit_word(Cursor& c) {
  if (is_school_word(c.word()) &&
      (is_noun(c.word(1), {"год", "||а|у|"}) || (c.kind(1) == TokenKind::dot && c.has(2)))) {
    c.at += c.kind(1) == TokenKind::dot ? 3 : 2;
    return Unit::school_year;
  }
  if (c.is("календарный") || c.is("календарном")) ++c.at;
  const std::string_view w = c.word();
  std::optional<Unit> found;
  if (is_noun(w, {"год", "||а|у|ом|"}) || w == "лет") found = Unit::year;
  if (is_noun(w, {"полугоди", "|е|я|и|й|"})) found = Unit::half;
  if (is_noun(w, {"квартал", "||а|е|ы|ов|"})) found = Unit::quarter;
  if (is_noun(w, {"четверт", "|ь|и|"})) found = Unit::school_quarter;
  if (is_noun(w, {"месяц", "||а|е|ев|"})) found = Unit::month;
  if (is_noun(w, {"недел", "|я|ю|и|е|"}) || w == "недель") found = Unit::week;
  if (c.is_one_of({"день", "дня", "дней"})) found = Unit::day;
  if (found) ++c.at;
  return found;
}

// «каждый год», «каждые две недели», «каждого квартала»
std::optional<Frequency> every(Cursor& c) {
  const size_t start = c.at;
  if (c.is("в") || (c.is("по") && c.is_one_of({"итогам", "окончании", "завершении"}, 1))) c.at += c.is("в") ? 1 : 2;
  if (!is_noun(c.word(), {"кажд", "|ый|ую|ое|ая|ого|ой|ом|ые|"})) {
    c.at = start;
    return std::nullopt;
  }
  ++c.at;
  Frequency frequency;
  if (const int count = c.number() != 0 ? c.number() : cardinal(c.word()); count != 0) {
    frequency.every = count;
    ++c.at;
  }
  if (const auto found = unit_word(c)) {
    frequency.unit = *found;
    return frequency;
  }
  c.at = start;
  return std::nullopt;
}

std::optional<Frequency> times(Cursor& c) {
  const size_t start = c.at;
  Frequency frequency;
  if (c.is("дважды")) {
    frequency.times = 2;
    ++c.at;
  } else if (c.is("трижды")) {
    frequency.times = 3;
    ++c.at;
  } else {
    if (c.number() > 0 && c.has(1)) {
      frequency.times = c.number();
      ++c.at;
    } else if (cardinal(c.word()) > 0) {
      frequency.times = cardinal(c.word());
      ++c.at;
    }
    if (!c.is_one_of({"раз", "раза"})) {
      c.at = start;
      return std::nullopt;
    }
    ++c.at;
  }
  if (c.is_one_of({"в", "за", "во"}) || c.kind() == TokenKind::slash) {
    ++c.at;
    if (c.number() > 0) {
      frequency.every = c.number();
      ++c.at;
    } else if (cardinal(c.word()) > 0) {
      frequency.every = cardinal(c.word());
      ++c.at;
    }
    if (const auto found = unit_word(c)) {
      frequency.unit = *found;
      return frequency;
    }
  }
  c.at = start;
  return std::nullopt;
}

}  // namespace

bool read_frequency(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  c.skip("но");
  if (c.is("не") && c.is_one_of({"реже", "менее"}, 1)) c.at += 2;
  if (c.is("чем")) ++c.at;
  std::optional<Frequency> found = adverb(c);
  if (!found) found = every(c);
  if (!found) found = times(c);
  if (!found || (phrase.frequency && phrase.frequency->unit != found->unit)) {
    c.at = start;
    return false;
  }
  phrase.frequency = found;
  return true;
}

bool read_due_day(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  bool exact = true;
  bool monthly = false;
  if (c.is_one_of({"до", "к"})) {
    exact = false;
    ++c.at;
  } else if (c.is("не") && c.is_one_of({"позднее", "позже"}, 1)) {
    exact = false;
    c.at += 2;
  } else if (c.is("каждое")) {
    monthly = true;
    ++c.at;
  }
  const int day = c.number();
  if (day < 1 || day > 31 || !c.is_one_of({"числа", "число"}, 1)) {
    c.at = start;
    return false;
  }
  c.at += 2;
  DueDay due{day, false, exact};
  if (c.stem("кажд")) {
    monthly = true;
    ++c.at;
  }
  if (c.is("месяца")) ++c.at;
  if (c.kind() == TokenKind::comma && c.stem("следующ", 1)) ++c.at;
  if (c.stem("следующ")) {
    ++c.at;
    if (c.is("месяца")) ++c.at;
    if (c.is("за")) ++c.at;
    if (c.stem("отчетн")) ++c.at;
    c.skip("месяца");
    due.following = true;
    std::optional<Unit> reported;
    if (c.is("кварталом")) reported = Unit::quarter;
    if (c.is("месяцем")) reported = Unit::month;
    if (c.is("полугодием")) reported = Unit::half;
    if (c.is("годом")) reported = Unit::year;
    if (reported || c.is("периодом")) ++c.at;
    if (reported && !phrase.frequency) phrase.frequency = Frequency{*reported};
  }
  if (c.is("последнего") && c.is("месяца", 1)) {
    c.at += 2;
    due.last_month = true;
    if (c.stem("кажд") || c.stem("отчетн")) ++c.at;
    const auto reported = unit_word(c);
    if (reported && !phrase.frequency) phrase.frequency = Frequency{*reported};
  }
  if (monthly && !phrase.frequency) phrase.frequency = Frequency{Unit::month};
  phrase.due_day = due;
  return true;
}

bool read_weekday(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  NthWeekday found;
  const bool each = c.stem("кажд");
  const bool weekly = phrase.frequency && phrase.frequency->unit == Unit::week;
  if (each || c.is_one_of({"в", "во"})) ++c.at;
  const bool list = c.skip("по");
  // «2 и 4 четверг месяца»
  std::vector<int> nths;
  while (true) {
    const int nth = c.kind() == TokenKind::number ? c.number() : ordinal(c.word());
    if (nth == 0 || nth > 5) break;
    nths.push_back(nth);
    ++c.at;
    if ((c.kind() == TokenKind::comma || c.is("и")) && weekday_of_word(c.word()) == 0)
      ++c.at;
    else
      break;
  }
  if (!nths.empty()) found.nth = nths.front();
  found.weekday = weekday_of_word(c.word());
  const bool said = each || list || weekly || found.nth != 0;
  if (found.weekday == 0 || !said || (!phrase.weekdays.empty() && found.nth != 0)) {
    c.at = start;
    return false;
  }
  ++c.at;
  phrase.weekdays.push_back(found);
  for (size_t i = 1; i < nths.size(); ++i)
    phrase.weekdays.push_back({nths[i], found.weekday, false});
  // «по средам и пятницам»
  while (found.nth == 0 && (c.kind() == TokenKind::comma || c.is("и"))) {
    const size_t next = c.is("по", 1) ? 2 : 1;
    if (weekday_of_word(c.word(next)) == 0) break;
    phrase.weekdays.push_back({0, weekday_of_word(c.word(next)), false});
    c.at += next + 1;
  }
  const bool of_each = c.stem("кажд") && c.is_one_of({"месяца", "недели"}, 1);
  if (of_each) ++c.at;
  if (c.is_one_of({"месяца", "недели"})) {
    phrase.weekdays.front().monthly = c.is("месяца");
    ++c.at;
  }
  return true;
}

}  // namespace vekha::russian
