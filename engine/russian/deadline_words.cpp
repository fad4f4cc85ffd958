#include "russian/deadline_words.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "base/text.h"

namespace vekha::russian {
namespace {

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

constexpr std::array<std::string_view, 7> weekday_stems = {"понедельник", "вторник", "сред",      "четверг",
                                                           "пятниц",      "суббот",  "воскресень"};

// Words that misspelling is looked for in, all long enough for one wrong letter to leave no doubt, and beside each the
// words it must not be mistaken for.
constexpr std::array<std::string_view, 48> spellings = {
    "январь",    "января",     "январе",      "февраль",  "февраля",       "феврале",       "апрель",
    "апреля",    "апреле",     "август",      "августа",  "августе",       "сентябрь",      "сентября",
    "сентябре",  "октябрь",    "октября",     "октябре",  "ноябрь",        "ноября",        "ноябре",
    "декабрь",   "декабря",    "декабре",     "ежегодно", "ежеквартально", "ежемесячно",    "еженедельно",
    "ежедневно", "постоянно",  "квартал",     "квартала", "квартале",      "полугодие",     "полугодия",
    "полугодии", "четверть",   "четверти",    "четверг",  "течение",       "необходимости", "систематически",
    "отчетным",  "следующего", "понедельник", "учебного", "отдельному",    "соответствии"};

// Whether one letter too many, too few, wrong, or two of them swapped part the words.
bool one_slip_apart(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t head = 0;
  while (head < a.size() && a[head] == b[head])
    ++head;
  size_t tail = 0;
  while (tail < a.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  const size_t left = b.size() - head - tail;
  if (a.size() < b.size()) return left == 1;
  return left <= 1 || (left == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]);
}

bool is_known(std::string_view word) {
  return month_of_word(word) != 0 || season_of_word(word) || is_year_word(word) ||
         std::find(spellings.begin(), spellings.end(), word) != spellings.end() || word == "месяц" ||
         word == "полугодии" || word == "течении" || word == "неделю";
}

}  // namespace

bool starts(std::string_view word, std::string_view stem) { return word.substr(0, stem.size()) == stem; }

bool is_noun(std::string_view word, const Noun& noun) {
  if (!starts(word, noun.stem)) return false;
  const std::string_view ending = word.substr(noun.stem.size());
  // A word that is its stem needs «||», another one its ending between two bars.
  for (size_t at = 0; at + ending.size() + 1 < noun.endings.size(); at = noun.endings.find('|', at + 1))
    if (noun.endings.substr(at + 1, ending.size()) == ending && noun.endings[at + 1 + ending.size()] == '|')
      return true;
  return false;
}

int month_of_word(std::string_view word) {
  for (size_t i = 0; i < months.size(); ++i)
    if (is_noun(word, months[i])) return static_cast<int>(i) + 1;
  for (const auto& [short_word, month] : short_months)
    if (word == short_word) return month;
  return 0;
}

int weekday_of_word(std::string_view word) {
  for (size_t i = 0; i < weekday_stems.size(); ++i)
    if (is_noun(word, {weekday_stems[i], "||а|у|ы|е|я|и|ам|ом|ой|ей|"})) return static_cast<int>(i) + 1;
  return 0;
}

int ordinal(std::string_view word) {
  constexpr std::array<std::string_view, 20> stems = {
      "перв",      "втор",       "трет",      "четверт",     "пят",         "шест",      "седьм",
      "восьм",     "девят",      "десят",     "одиннадцат",  "двенадцат",   "тринадцат", "четырнадцат",
      "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат", "двадцат"};
  constexpr std::string_view endings = "|ый|ая|ое|ого|ой|ом|ую|ым|ий|ья|ье|ьего|ьей|ьем|ью|ому|ьему|";
  for (size_t i = 0; i < stems.size(); ++i)
    if (is_noun(word, {stems[i], endings})) return static_cast<int>(i) + 1;
  if (is_noun(word, {"тридцат", endings})) return 30;
  return starts(word, "последн") ? -1 : 0;
}

int tens(std::string_view word) {
  if (word == "двадцать") return 20;
  return word == "тридцать" ? 30 : 0;
}

int cardinal(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, int>, 20> words = {
      {{"один", 1}, {"одного", 1}, {"одной", 1},  {"одну", 1},    {"два", 2},     {"две", 2},      {"двух", 2},
       {"три", 3},  {"трех", 3},   {"четыре", 4}, {"четырех", 4}, {"пять", 5},    {"пяти", 5},     {"шести", 6},
       {"семи", 7}, {"восьми", 8}, {"девяти", 9}, {"десяти", 10}, {"десять", 10}, {"тридцати", 30}}};
  for (const auto& [text, number] : words)
    if (word == text) return number;
  return 0;
}

std::optional<Season> season_of_word(std::string_view word) {
  constexpr std::string_view adjective = "|ий|ие|ее|его|их|ем|ый|";
  const std::array<std::array<Noun, 2>, 4> seasons = {{{{{"зим", "|а|ы|е|у|ой|"}, {"зимн", adjective}}},
                                                       {{{"весн", "|а|ы|е|у|ой|"}, {"весенн", adjective}}},
                                                       {{{"лет", "|о|а|е|ом|у|"}, {"летн", adjective}}},
                                                       {{{"осен", "|ь|и|ью|"}, {"осенн", adjective}}}}};
  for (size_t i = 0; i < seasons.size(); ++i)
    for (const Noun& noun : seasons[i])
      if (is_noun(word, noun)) return static_cast<Season>(i + 1);
  return std::nullopt;
}

bool is_year_word(std::string_view word) {
  return word == "г" || word == "гг" || is_noun(word, {"год", "||а|у|ом|ы|ов|ах|ам|ами|"});
}
bool is_plural_year_word(std::string_view word) { return word == "гг" || is_noun(word, {"год", "|ы|ов|ах|ам|ами|"}); }
bool is_school_word(std::string_view word) { return starts(word, "учебн"); }

bool is_timetable(std::string_view w) {
  return is_noun(w, {"график", "||у|ом|а|ам|ами|"}) || is_noun(w, {"план", "||у|ом|а|ам|ами|"}) ||
         is_noun(w, {"расписани", "|ю|ем|е|я|"}) || is_noun(w, {"календар", "|ю|ем|ь|я|"}) ||
         is_noun(w, {"циклограмм", "|е|ой|а|ы|"});
}

bool is_body(std::string_view w) {
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

bool is_adjective(std::string_view w) {
  for (const std::string_view ending : {"ого", "его", "ой", "ых", "их"})
    if (w.size() > ending.size() + 4 && w.substr(w.size() - ending.size()) == ending) return true;
  return false;
}

std::vector<std::string> respell(std::string_view word) {
  if (is_known(word)) return {};
  // «втечение», «вмарте», «домая»
  for (const std::string_view preposition : {"в", "до", "по", "с", "к", "за", "на"})
    if (starts(word, preposition) && is_known(word.substr(preposition.size())))
      return {std::string(preposition), std::string(word.substr(preposition.size()))};
  const std::u32string letters = to_u32(word);
  if (letters.size() < 6) return {};
  std::string_view found;
  for (const std::string_view spelling : spellings) {
    if (!one_slip_apart(letters, to_u32(spelling))) continue;
    // Another case of the same word is no doubt, another word is.
    if (!found.empty() && found.substr(0, found.size() / 2) != spelling.substr(0, found.size() / 2)) return {};
    found = spelling;
  }
  if (found.empty() || found == "четверг") return {};
  return {std::string(found)};
}

}  // namespace vekha::russian
