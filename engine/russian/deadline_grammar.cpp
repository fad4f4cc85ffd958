#include "russian/deadline_grammar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "russian/deadline_tokens.h"

namespace vekha::russian {
namespace {

bool starts(std::string_view word, std::string_view stem) { return word.substr(0, stem.size()) == stem; }

// A noun: a stem and one of the endings that follow it; «март» must not take «мартовский» in.
struct Noun {
  std::string_view stem;
  std::string_view endings;  // between bars; «||» is the empty ending
};

bool is_noun(std::string_view word, const Noun& noun) {
  if (!starts(word, noun.stem)) return false;
  const std::string ending = fmt::format("|{}|", word.substr(noun.stem.size()));
  return noun.endings.find(ending) != std::string_view::npos;
}

constexpr std::string_view soft = "|ь|я|ю|е|ем|";
constexpr std::array<Noun, 12> months = {{{"январ", soft},
                                          {"феврал", soft},
                                          {"март", "||а|у|е|ом|"},
                                          {"апрел", soft},
                                          {"ма", "|й|я|ю|е|ем|"},
                                          {"июн", soft},
                                          {"июл", soft},
                                          {"август", "||а|у|е|ом|"},
                                          {"сентябр", soft},
                                          {"октябр", soft},
                                          {"ноябр", soft},
                                          {"декабр", soft}}};
constexpr std::array<std::pair<std::string_view, int>, 13> short_months = {{{"янв", 1},
                                                                            {"фев", 2},
                                                                            {"февр", 2},
                                                                            {"мар", 3},
                                                                            {"апр", 4},
                                                                            {"авг", 8},
                                                                            {"сен", 9},
                                                                            {"сент", 9},
                                                                            {"окт", 10},
                                                                            {"ноя", 11},
                                                                            {"нояб", 11},
                                                                            {"дек", 12},
                                                                            {"мрт", 3}}};

int month_of_word(std::string_view word) {
  for (size_t i = 0; i < months.size(); ++i)
    if (is_noun(word, months[i])) return static_cast<int>(i) + 1;
  for (const auto& [short_word, month] : short_months)
    if (word == short_word) return month;
  return 0;
}

constexpr std::array<std::string_view, 7> weekday_stems = {"понедельник", "вторник", "сред",      "четверг",
                                                           "пятниц",      "суббот",  "воскресень"};

int weekday_of_word(std::string_view word) {
  for (size_t i = 0; i < weekday_stems.size(); ++i)
    if (is_noun(word, {weekday_stems[i], "||а|у|ы|е|я|и|ам|ом|ой|ей|"})) return static_cast<int>(i) + 1;
  return 0;
}

// «первый», «второго», «третьей», «четвёртом»; -1 for «последний», 0 for other words.
int ordinal(std::string_view word) {
  constexpr std::array<std::string_view, 4> stems = {"перв", "втор", "трет", "четверт"};
  constexpr std::string_view endings = "|ый|ая|ое|ого|ой|ом|ую|ым|ий|ья|ье|ьего|ьей|ьем|ью|";
  for (size_t i = 0; i < stems.size(); ++i)
    if (is_noun(word, {stems[i], endings})) return static_cast<int>(i) + 1;
  return starts(word, "последн") ? -1 : 0;
}

// «один раз», «двух дней»; 0 for other words.
int cardinal(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, int>, 20> words = {
      {{"один", 1}, {"одного", 1}, {"одной", 1},  {"одну", 1},    {"два", 2},     {"две", 2},      {"двух", 2},
       {"три", 3},  {"трех", 3},   {"четыре", 4}, {"четырех", 4}, {"пять", 5},    {"пяти", 5},     {"шести", 6},
       {"семи", 7}, {"восьми", 8}, {"девяти", 9}, {"десяти", 10}, {"десять", 10}, {"тридцати", 30}}};
  for (const auto& [text, number] : words)
    if (word == text) return number;
  return 0;
}

bool is_year_word(std::string_view word) {
  return word == "г" || word == "гг" || is_noun(word, {"год", "||а|у|ом|ы|ов|ах|ам|ами|"});
}
bool is_plural_year_word(std::string_view word) { return word == "гг" || is_noun(word, {"год", "|ы|ов|ах|ам|ами|"}); }
bool is_school_word(std::string_view word) { return word == "уч" || starts(word, "учебн"); }

// Backtracking over tokens: every reader moves `at_` only when it succeeds.
class Grammar {
 public:
  explicit Grammar(std::string_view phrase) : phrase_(phrase), tokens_(deadline_tokens(phrase)) {}
  Grammar(std::string_view phrase, std::vector<Token> tokens) : phrase_(phrase), tokens_(std::move(tokens)) {}

  std::optional<Phrase> parse() {
    while (at_ < tokens_.size()) {
      if (kind() == TokenKind::comma || kind() == TokenKind::open || kind() == TokenKind::close ||
          kind() == TokenKind::dot || kind() == TokenKind::slash || (kind() == TokenKind::dash && at_ > 0) ||
          (is("и") && at_ > 0)) {
        ++at_;
        continue;
      }
      if (then()) break;
      if (skip_label() || weekday() || frequency() || due_day() || demand() || schedule() || relative() || whole() ||
          continuous() || stretches() || upkeep())
        continue;
      return std::nullopt;
    }
    if (nothing()) return std::nullopt;
    return std::move(out_);
  }

 private:
  bool nothing() const {
    return out_.stretches.empty() && !out_.frequency && !out_.due_day && !out_.weekday && out_.whole == Whole::none &&
           !out_.continuous && !out_.regular && !out_.on_demand && !out_.by_schedule && !out_.relative;
  }

  bool has(size_t ahead = 0) const { return at_ + ahead < tokens_.size(); }
  TokenKind kind(size_t ahead = 0) const { return has(ahead) ? tokens_[at_ + ahead].kind : TokenKind::other; }
  std::string_view word(size_t ahead = 0) const {
    return has(ahead) && kind(ahead) == TokenKind::word ? std::string_view(tokens_[at_ + ahead].text)
                                                        : std::string_view();
  }
  bool is(std::string_view text, size_t ahead = 0) const { return word(ahead) == text; }
  bool is_one_of(std::initializer_list<std::string_view> texts, size_t ahead = 0) const {
    return has(ahead) && std::find(texts.begin(), texts.end(), word(ahead)) != texts.end();
  }
  bool stem(std::string_view stem_text, size_t ahead = 0) const {
    return !word(ahead).empty() && starts(word(ahead), stem_text);
  }
  int number(size_t ahead = 0) const { return kind(ahead) == TokenKind::number ? tokens_[at_ + ahead].number : 0; }
  bool is_four_digit_year(size_t ahead = 0) const {
    return kind(ahead) == TokenKind::number && tokens_[at_ + ahead].digits == 4 && number(ahead) >= 1990 &&
           number(ahead) <= 2099;
  }
  void skip_dot() {
    if (kind() == TokenKind::dot) ++at_;
  }
  bool skip(std::string_view text) {
    if (!is(text)) return false;
    ++at_;
    return true;
  }
  std::string printed(size_t first, size_t last) const {
    return std::string(phrase_.substr(tokens_[first].begin, tokens_[last].end - tokens_[first].begin));
  }

  // «Срок исполнения – », «не позднее чем»: words that say nothing by themselves.
  bool skip_label() {
    if (at_ > 0 || !is_noun(word(), {"срок", "||и|"})) return false;
    ++at_;
    if (is_one_of({"исполнения", "реализации", "выполнения", "проведения"})) ++at_;
    return true;
  }

  // ---- «далее …» ----

  bool then() {
    size_t first = at_;
    if (is("затем") || is("далее")) {
      ++at_;
    } else if (is("в") && is("дальнейшем", 1)) {
      at_ += 2;
    } else {
      return false;
    }
    while (kind() == TokenKind::dash || kind() == TokenKind::comma)
      ++at_;
    if (at_ >= tokens_.size() || nothing()) {
      at_ = first;
      return false;
    }
    first = at_;
    size_t last = tokens_.size() - 1;
    while (last > first && (tokens_[last].kind == TokenKind::close || tokens_[last].kind == TokenKind::dot))
      --last;
    return follow(first, last);
  }

  // «2021 г. обновление постоянно»: a result, and what keeps it up.
  bool upkeep() {
    if (out_.stretches.empty()) return false;
    const bool known = stem("обновлен") || stem("актуализ") || stem("пополнен") || stem("поддерж") ||
                       stem("сопровожд") || stem("доработк") || stem("корректировк") || stem("размещен") ||
                       stem("ведени") || stem("наполнен");
    if (!known || !has(1)) return false;
    const size_t first = at_++;
    const size_t last = tokens_.size() - 1;
    if (Grammar rest(phrase_, {tokens_.begin() + static_cast<long>(at_), tokens_.end()}); auto later = rest.parse()) {
      out_.later = std::make_shared<Phrase>(std::move(*later));
      out_.then = printed(first, last);
      at_ = tokens_.size();
      return true;
    }
    at_ = first;
    return false;
  }

  bool follow(size_t first, size_t last) {
    Grammar rest(phrase_, {tokens_.begin() + static_cast<long>(first), tokens_.begin() + static_cast<long>(last) + 1});
    auto later = rest.parse();
    if (!later) return false;
    out_.later = std::make_shared<Phrase>(std::move(*later));
    out_.then = printed(first, last);
    at_ = tokens_.size();
    return true;
  }

  // ---- how often ----

  bool frequency() {
    const size_t start = at_;
    if (is_one_of({"не", "но"}) && is_one_of({"реже", "менее"}, 1)) at_ += 2;
    if (is("чем")) ++at_;
    std::optional<Frequency> found = adverb();
    if (!found) found = every();
    if (!found) found = times();
    if (!found || (out_.frequency && out_.frequency->unit != found->unit)) {
      at_ = start;
      return false;
    }
    out_.frequency = found;
    return true;
  }

  std::optional<Frequency> adverb() {
    constexpr std::array<std::pair<std::string_view, Unit>, 6> stems = {{{"ежегодн", Unit::year},
                                                                         {"ежеквартальн", Unit::quarter},
                                                                         {"ежемесячн", Unit::month},
                                                                         {"еженедельн", Unit::week},
                                                                         {"ежедневн", Unit::day},
                                                                         {"ежечетвертн", Unit::school_quarter}}};
    for (const auto& [stem_text, unit] : stems) {
      if (!stem(stem_text) || word().size() > stem_text.size() + 4) continue;
      ++at_;
      return Frequency{unit};
    }
    return std::nullopt;
  }

  // «год», «четверти», «учебном году» after «в», «каждый».
  std::optional<Unit> unit() {
    if (is_school_word(word()) && (is_noun(word(1), {"год", "||а|у|"}) || (kind(1) == TokenKind::dot && has(2)))) {
      at_ += kind(1) == TokenKind::dot ? 3 : 2;
      return Unit::school_year;
    }
    if (is("календарный") || is("календарном")) ++at_;
    const std::string_view w = word();
    std::optional<Unit> found;
    if (is_noun(w, {"год", "||а|у|ом|"}) || w == "лет") found = Unit::year;
    if (is_noun(w, {"полугоди", "|е|я|и|й|"})) found = Unit::half;
    if (is_noun(w, {"квартал", "||а|е|ы|"})) found = Unit::quarter;
    if (is_noun(w, {"четверт", "|ь|и|"})) found = Unit::school_quarter;
    if (is_noun(w, {"месяц", "||а|е|ев|"})) found = Unit::month;
    if (is_noun(w, {"недел", "|я|ю|и|е|"}) || w == "недель") found = Unit::week;
    if (is_one_of({"день", "дня", "дней"})) found = Unit::day;
    if (found) ++at_;
    return found;
  }

  std::optional<Frequency> every() {
    const size_t start = at_;
    if (!is_noun(word(), {"кажд", "ый|ую|ое|"}) && !is_one_of({"каждый", "каждую", "каждое", "каждая"}))
      return std::nullopt;
    ++at_;
    if (const auto found = unit()) return Frequency{*found};
    at_ = start;
    return std::nullopt;
  }

  std::optional<Frequency> times() {
    const size_t start = at_;
    Frequency frequency;
    if (is("дважды")) {
      frequency.times = 2;
      ++at_;
    } else if (is("трижды")) {
      frequency.times = 3;
      ++at_;
    } else {
      if (number() > 0 && has(1)) {
        frequency.times = number();
        ++at_;
      } else if (cardinal(word()) > 0) {
        frequency.times = cardinal(word());
        ++at_;
      }
      if (!is_one_of({"раз", "раза"})) {
        at_ = start;
        return std::nullopt;
      }
      ++at_;
    }
    if (is_one_of({"в", "за", "во"})) {
      ++at_;
      if (number() > 0) {
        frequency.every = number();
        ++at_;
      } else if (cardinal(word()) > 0) {
        frequency.every = cardinal(word());
        ++at_;
      }
      if (const auto found = unit()) {
        frequency.unit = *found;
        return frequency;
      }
    }
    at_ = start;
    return std::nullopt;
  }

  // «до 10 числа каждого месяца», «не позднее 5 числа месяца, следующего за отчётным кварталом»
  bool due_day() {
    const size_t start = at_;
    if (is_one_of({"до", "к"})) {
      ++at_;
    } else if (is("не") && is_one_of({"позднее", "позже"}, 1)) {
      at_ += 2;
    } else if (is("каждое")) {
      ++at_;
    }
    const int day = number();
    if (day < 1 || day > 31 || !is_one_of({"числа", "число"}, 1)) {
      at_ = start;
      return false;
    }
    at_ += 2;
    DueDay due{day, false};
    bool monthly = false;
    if (stem("кажд")) {
      monthly = true;
      ++at_;
    }
    if (is("месяца")) ++at_;
    if (kind() == TokenKind::comma && stem("следующ", 1)) ++at_;
    if (stem("следующ")) {
      ++at_;
      if (is("месяца")) ++at_;
      if (is("за")) ++at_;
      if (stem("отчетн")) ++at_;
      due.following = true;
      std::optional<Unit> reported;
      if (is("кварталом")) reported = Unit::quarter;
      if (is("месяцем")) reported = Unit::month;
      if (is("полугодием")) reported = Unit::half;
      if (is("годом")) reported = Unit::year;
      if (reported || is("периодом")) ++at_;
      if (reported && !out_.frequency) out_.frequency = Frequency{*reported};
    }
    if (monthly && !out_.frequency) out_.frequency = Frequency{Unit::month};
    out_.due_day = due;
    return true;
  }

  // «каждую среду», «последняя пятница месяца», «по понедельникам»
  bool weekday() {
    const size_t start = at_;
    NthWeekday found;
    const bool each = stem("кажд");
    if (each || is_one_of({"в", "во"})) ++at_;
    const bool list = skip("по");
    if (const int nth = kind() == TokenKind::number ? number() : ordinal(word()); nth != 0 && nth <= 4) {
      if (weekday_of_word(word(1)) == 0) {
        at_ = start;
        return false;
      }
      found.nth = nth;
      ++at_;
    }
    found.weekday = weekday_of_word(word());
    if (found.weekday == 0 || (!each && !list && found.nth == 0)) {
      at_ = start;
      return false;
    }
    ++at_;
    if (stem("кажд")) ++at_;
    if (is_one_of({"месяца", "недели"})) ++at_;
    out_.weekday = found;
    return true;
  }

  // ---- on demand, by somebody's timetable, after an event ----

  bool at_stop() const {
    return !has() || kind() == TokenKind::open || kind() == TokenKind::close || kind() == TokenKind::comma ||
           stem("ежегодн") || stem("ежеквартальн") || stem("ежемесячн") || stem("еженедельн") || is("далее") ||
           is("затем") || is("постоянно") || (is("но") && is("не", 1));
  }

  // The words up to the next stop, as printed.
  std::string rest() {
    const size_t first = at_;
    while (!at_stop())
      ++at_;
    size_t last = at_;
    while (last > first && tokens_[last - 1].kind == TokenKind::dot)
      --last;
    return last > first ? printed(first, last - 1) : std::string();
  }

  bool demand() {
    const size_t start = at_;
    if (is("при")) {
      ++at_;
      if (stem("необходимост") || stem("наличи") || stem("поступлени") || stem("потребност") || stem("обращени")) {
        out_.on_demand = true;
        out_.from = rest();
        return true;
      }
    } else if (is("по")) {
      ++at_;
      if (is("мере")) ++at_;
      if (stem("отдельн") || stem("индивидуальн") || stem("письменн")) ++at_;
      if (stem("необходимост") || stem("потребност") || stem("поступлени") || stem("запрос") || stem("заявк") ||
          stem("обращени") || stem("требовани") || stem("приглашени") || stem("возникновени")) {
        out_.on_demand = true;
        out_.from = rest();
        return true;
      }
    }
    at_ = start;
    return false;
  }

  static bool is_timetable(std::string_view w) {
    return is_noun(w, {"график", "||у|ом|а|ам|ами|"}) || is_noun(w, {"план", "||у|ом|а|ам|ами|"}) ||
           is_noun(w, {"расписани", "|ю|ем|е|я|"}) || is_noun(w, {"календар", "|ю|ем|ь|я|"}) ||
           is_noun(w, {"циклограмм", "|е|ой|а|ы|"});
  }

  bool schedule() {
    const size_t start = at_;
    if (is("по")) {
      ++at_;
    } else if (is("согласно")) {
      ++at_;
    } else if (is("в") && is("соответствии", 1) && is_one_of({"с", "со"}, 2)) {
      at_ += 3;
    } else {
      return false;
    }
    for (int adjectives = 0; adjectives < 4 && has() && !is_timetable(word()) && kind() == TokenKind::word;
         ++adjectives)
      ++at_;
    if (!is_timetable(word())) {
      at_ = start;
      return false;
    }
    ++at_;
    if (kind() == TokenKind::dash && is_timetable(word(1))) at_ += 2;
    const size_t owner = at_;
    std::string all = rest();
    // Whose timetable it is stands last: «графиком проверок отдела образования».
    for (size_t i = owner; i < at_ && i < tokens_.size(); ++i) {
      if (tokens_[i].kind != TokenKind::word || !is_body(tokens_[i].text)) continue;
      size_t last = at_ - 1;
      while (last > i && tokens_[last].kind == TokenKind::dot)
        --last;
      size_t first = i;
      if (i > owner && tokens_[i - 1].kind == TokenKind::word && is_adjective(tokens_[i - 1].text)) --first;
      all = printed(first, last);
      break;
    }
    out_.by_schedule = true;
    out_.from = std::move(all);
    return true;
  }

  static bool is_body(std::string_view w) {
    for (const Noun& noun : std::initializer_list<Noun>{{"управлени", "|я|е|"},
                                                        {"отдел", "|а||"},
                                                        {"департамент", "|а||"},
                                                        {"министерств", "|а|о|"},
                                                        {"комитет", "|а||"},
                                                        {"центр", "|а||"},
                                                        {"администраци", "|и|я|"},
                                                        {"институт", "|а||"},
                                                        {"школ", "|ы||"},
                                                        {"организаци", "|и|й|"},
                                                        {"учреждени", "|я|й|"},
                                                        {"рособрнадзор", "|а||"}})
      if (is_noun(w, noun)) return true;
    return w == "мку" || w == "мбу" || w == "мау" || w == "гбу" || w == "уо" || w == "оо";
  }
  static bool is_adjective(std::string_view w) {
    for (const std::string_view ending : {"ого", "его", "ой", "ых", "их"})
      if (w.size() > ending.size() + 4 && w.substr(w.size() - ending.size()) == ending) return true;
    return false;
  }

  // «в течение 10 рабочих дней со дня …», «через месяц после …», «за 5 дней до …»
  bool relative() {
    const size_t start = at_;
    bool ahead = false;
    if (is("в") && stem("течени", 1)) {
      at_ += 2;
    } else if (is("через") || is("спустя")) {
      ++at_;
    } else if (is("за")) {
      ahead = true;
      ++at_;
    } else if (is("не") && is_one_of({"позднее", "позже"}, 1)) {
      at_ += 2;
      if (is("чем")) ++at_;
      if (is_one_of({"через", "за"})) {
        ahead = is("за");
        ++at_;
      }
    } else {
      return false;
    }
    if (is_four_digit_year()) {
      at_ = start;
      return false;
    }
    int count = number();
    if (kind(1) != TokenKind::word && kind(1) != TokenKind::open) count = 0;
    if (count > 0 || cardinal(word()) > 0) {
      if (count == 0) count = cardinal(word());
      ++at_;
    }
    if (kind() == TokenKind::open && kind(1) == TokenKind::word && kind(2) == TokenKind::close) at_ += 3;
    const bool said = count > 0;
    if (stem("рабоч") || stem("календарн") || stem("учебн")) ++at_;
    std::string length;
    if (is_one_of({"дней", "дня", "день"})) length = fmt::format("P{}D", std::max(count, 1));
    if (is_one_of({"недель", "недели", "неделю"})) length = fmt::format("P{}W", std::max(count, 1));
    if (is_one_of({"месяцев", "месяца", "месяц"})) length = fmt::format("P{}M", std::max(count, 1));
    if (said && is_one_of({"лет", "года", "год"})) length = fmt::format("P{}Y", count);
    if (length.empty()) {
      at_ = start;
      return false;
    }
    ++at_;
    bool anchored = is_one_of({"со", "с", "после", "от"}) || (ahead && is("до"));
    if (!anchored && !said) {
      at_ = start;
      return false;
    }
    if (anchored) {
      if (is_one_of({"со", "с", "от"})) {
        ++at_;
        if (is_one_of({"дня", "момента", "даты"})) ++at_;
      } else {
        ++at_;
      }
    }
    out_.relative = true;
    out_.length = (ahead ? "-" : "") + length;
    out_.from = anchored ? rest() : std::string();
    return true;
  }

  // ---- the whole plan, the whole year ----

  bool whole() {
    const size_t start = at_;
    bool through = false;
    if (is("в") && stem("течени", 1)) {
      through = true;
      at_ += 2;
    } else if (is("на") && is("протяжении", 1)) {
      through = true;
      at_ += 2;
    } else if (is("за")) {
      through = true;
      ++at_;
    } else if (is_one_of({"до", "к"}) && is_one_of({"конца", "концу"}, 1)) {
      at_ += 2;
      if (stem("календарн") || stem("текущ")) ++at_;
      if (is_school_word(word()) && is_noun(word(1), {"год", "|а|"})) {
        at_ += 2;
        return take_whole(Whole::school_year, true);
      }
      if (is_noun(word(), {"год", "|а|"})) {
        ++at_;
        return take_whole(Whole::year, true);
      }
      at_ = start;
      return false;
    }
    const bool all = is_one_of({"всего", "весь", "все", "целого"});
    if (all) ++at_;
    if (!through && !all) {
      at_ = start;
      return false;
    }
    if (stem("календарн") || stem("текущ") || stem("отчетн")) ++at_;
    if (is_school_word(word()) && is_noun(word(1), {"год", "|а|у||"})) {
      at_ += 2;
      return take_whole(Whole::school_year, false);
    }
    if (is_noun(word(), {"год", "|а|"}) || (all && is("год"))) {
      ++at_;
      return take_whole(Whole::year, false);
    }
    if (is_noun(word(), {"период", "||а|"}) || is_noun(word(), {"срок", "||а|"})) {
      ++at_;
      while (stem("реализаци") || stem("действи") || stem("программ") || stem("план") || stem("дорожн") ||
             stem("карты") || stem("проект") || stem("исполнени") || stem("выполнени"))
        ++at_;
      return take_whole(Whole::period, false);
    }
    // «в течение 2021 года», «в течение марта»: the stretch that follows says it all.
    if (through && !all && stretches()) return true;
    at_ = start;
    return false;
  }

  bool take_whole(Whole which, bool until_end) {
    out_.whole = which;
    out_.until_end = until_end;
    return true;
  }

  bool continuous() {
    if (is_one_of({"постоянно", "непрерывно", "систематически", "круглогодично"})) {
      ++at_;
      out_.continuous = true;
      return true;
    }
    if (is("на") && is("постоянной", 1) && is("основе", 2)) {
      at_ += 3;
      out_.continuous = true;
      return true;
    }
    if (is("регулярно") || is("периодически")) {
      ++at_;
      out_.regular = true;
      return true;
    }
    return false;
  }

  // ---- named stretches of the calendar ----

  bool stretches() {
    std::optional<Stretch> first = stretch();
    if (!first) return false;
    const size_t from = out_.stretches.size();
    add(*first);
    // «март, октябрь 2021», «январь и май»
    while (kind() == TokenKind::comma || is("и")) {
      const size_t before = at_++;
      const std::optional<Stretch> next = stretch();
      if (!next) {
        at_ = before;
        break;
      }
      add(*next);
    }
    // The year stands once, behind the last month of a list.
    const Stretch& last = out_.stretches.back();
    if (last.to && last.to->year != 0 && !last.only_years())
      for (size_t i = from; i + 1 < out_.stretches.size(); ++i)
        if (Stretch& one = out_.stretches[i]; one.without_year()) {
          if (one.from) one.from->year = last.to->year;
          if (one.to) one.to->year = last.to->year;
        }
    return true;
  }

  void add(const Stretch& stretch) {
    out_.stretches.push_back(stretch);
    if (extra_years_) {
      out_.stretches.push_back(*extra_years_);
      extra_years_.reset();
    }
  }

  std::optional<Stretch> stretch() {
    const size_t start = at_;
    Stretch out;
    if (is_one_of({"с", "со", "от"}) || (is("начиная") && is("с", 1)) || (is("не") && is("ранее", 1))) {
      at_ += is_one_of({"начиная", "не"}) ? 2 : 1;
      if ((out.from = moment(true))) {
        if (is_one_of({"по", "до"}) || kind() == TokenKind::dash) {
          const bool before = is("до");
          const size_t mark = at_++;
          if ((out.to = moment(false))) {
            out.before = before && out.to->day == 0;
            inherit(*out.from, *out.to);
            return out;
          }
          at_ = mark;
        }
        if (bare_number_) return fail(start);
        return out;
      }
      return fail(start);
    }
    if (is_one_of({"до", "по", "к", "ко"}) || (is("не") && is_one_of({"позднее", "позже"}, 1))) {
      const bool through = is("по") || is("не");
      at_ += is("не") ? 2 : 1;
      if (is_one_of({"конца", "концу", "окончания"})) {
        ++at_;
        if ((out.to = moment(false))) return out;
        return fail(start);
      }
      if ((out.to = moment(false))) {
        out.before = !through && out.to->day == 0;
        return out;
      }
      return fail(start);
    }
    if (is_one_of({"в", "во", "на", "за"})) ++at_;
    if (is_one_of({"начало", "начале", "середина", "середине", "конец", "конце"})) {
      out.vague = true;
      ++at_;
    }
    out.from = moment(true);
    if (!out.from) return fail(start);
    const bool half_said = bare_number_;
    if (kind() == TokenKind::dash) {
      const size_t mark = at_++;
      if ((out.to = moment(false))) {
        if (!half_said && out.to->only_year() && !out.from->only_year() && out.from->year != 0) {
          // «март 2021–2022 гг.»: that month in each of the years.
          Moment years;
          years.year = out.from->year;
          extra_years_ = Stretch{years, out.to, true, false, false};
          out.from->year = 0;
          out.to = out.from;
          return out;
        }
        inherit(*out.from, *out.to);
        out.years_word = plural_years_;
        return out;
      }
      at_ = mark;
    }
    if (half_said) return fail(start);
    out.to = out.from;
    return out;
  }

  std::optional<Stretch> fail(size_t start) {
    at_ = start;
    extra_years_.reset();
    return std::nullopt;
  }

  // «апрель–май 2021», «10–15 марта», «1–2 квартал»: what only the end says holds for the start too.
  void inherit(Moment& from, const Moment& to) const {
    if (from.day != 0 && from.month == 0 && from.half == 0 && from.quarter == 0 && from.school_quarter == 0) {
      const int bare = from.day;
      if (to.quarter) {
        from.day = 0;
        from.quarter = bare;
      } else if (to.school_quarter) {
        from.day = 0;
        from.school_quarter = bare;
      } else if (to.half) {
        from.day = 0;
        from.half = bare;
      } else {
        from.month = to.month;
      }
    }
    if (from.year == 0 && to.year != 0) {
      from.year = to.year;
      from.school_year = to.school_year;
      const bool later = std::pair(from.month, from.day) > std::pair(to.month, to.day) && from.month != 0;
      if (later) --from.year;
    }
  }

  // `first` allows the bare number of «10–15 марта».
  std::optional<Moment> moment(bool first) {
    bare_number_ = false;
    plural_years_ = false;
    const size_t start = at_;
    Moment out;
    if (kind() == TokenKind::date) {
      const Token& token = tokens_[at_++];
      out.day = token.day;
      out.month = token.month;
      out.year = token.year;
      year_word();
      if (!valid(out)) return lost(start);
      return out;
    }
    if (is_four_digit_year()) {
      out.year = number();
      // «2020/2021», «2020/21», «2020-2021 учебный год»
      if ((kind(1) == TokenKind::slash || kind(1) == TokenKind::dash) && number(2) != 0 &&
          number(2) % 100 == (out.year + 1) % 100) {
        const bool slash = kind(1) == TokenKind::slash;
        const size_t mark = at_;
        at_ += 3;
        if (school_year_words() || slash) {
          year_word();
          out.school_year = true;
          return out;
        }
        at_ = mark;
      }
      ++at_;
      if (school_year_words()) return lost(start);  // one year does not name a school year
      year_word();
      return out;
    }
    int counted = number();
    if (counted != 0 && counted <= 31) {
      ++at_;
    } else if (const int nth = ordinal(word()); nth > 0) {
      counted = nth;
      ++at_;
    } else {
      counted = 0;
    }
    if (is_noun(word(), {"квартал", "||а|е|у|"}) || is("кв")) {
      ++at_;
      skip_dot();
      out.quarter = counted;
      return counted >= 1 && counted <= 4 ? with_year(out) : lost(start);
    }
    if (is_noun(word(), {"четверт", "|ь|и|"})) {
      ++at_;
      out.school_quarter = counted;
      return counted >= 1 && counted <= 4 ? with_year(out) : lost(start);
    }
    if (is_noun(word(), {"полугоди", "|е|я|и|ю|"})) {
      ++at_;
      out.half = counted;
      return counted >= 1 && counted <= 2 ? with_year(out) : lost(start);
    }
    if (const int month = month_of_word(word()); month != 0) {
      ++at_;
      skip_dot();
      if (is("месяц") || is("месяца")) ++at_;
      out.month = month;
      out.day = counted;
      return valid(out) ? with_year(out) : lost(start);
    }
    if (first && counted != 0 && (kind() == TokenKind::dash || is("по") || is("до"))) {
      bare_number_ = true;
      out.day = counted;
      return out;
    }
    return lost(start);
  }

  static bool valid(const Moment& moment) {
    constexpr std::array<int, 12> days = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return moment.day <= days[static_cast<size_t>(moment.month - 1)] && (moment.year == 0 || moment.year >= 1990);
  }

  std::optional<Moment> lost(size_t start) {
    at_ = start;
    return std::nullopt;
  }

  std::optional<Moment> with_year(Moment out) {
    const size_t comma = kind() == TokenKind::comma && is_four_digit_year(1) ? 1 : 0;
    if (is_four_digit_year(comma)) {
      const size_t mark = at_;
      at_ += comma;
      const int year = number();
      if ((kind(1) == TokenKind::slash || kind(1) == TokenKind::dash) && number(2) % 100 == (year + 1) % 100) {
        const bool slash = kind(1) == TokenKind::slash;
        const size_t single = at_;
        at_ += 3;
        if (school_year_words() || slash) {
          year_word();
          // A quarter or half of a school year begins in its year; a month may lie in either.
          out.school_year = out.month == 0;
          out.year = out.month == 0 || out.month >= 9 ? year : year + 1;
          return out;
        }
        at_ = single;
      }
      if (comma != 0 && kind(1) == TokenKind::dash) {
        at_ = mark;  // «март, 2021–2022 гг.»: the years are a stretch of their own
        return out;
      }
      out.year = year;
      ++at_;
      year_word();
    } else if (kind() == TokenKind::number && tokens_[at_].digits == 2 && is_year_word(word(1))) {
      out.year = 2000 + number();
      ++at_;
      year_word();
    }
    return out;
  }

  bool school_year_words() {
    if (!is_school_word(word())) return false;
    ++at_;
    skip_dot();
    year_word();
    return true;
  }

  void year_word() {
    if (!is_year_word(word())) return;
    plural_years_ = is_plural_year_word(word());
    ++at_;
    skip_dot();
  }

  std::string_view phrase_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  Phrase out_;
  std::optional<Stretch> extra_years_;
  bool bare_number_ = false;
  bool plural_years_ = false;
};

}  // namespace

std::optional<Phrase> parse_deadline(std::string_view phrase) { return Grammar(phrase).parse(); }

}  // namespace vekha::russian
