#include "russian/deadline_words.h"

#include <fmt/format.h>

#include <array>
#include <initializer_list>
#include <utility>

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

}  // namespace

bool starts(std::string_view word, std::string_view stem) { return word.substr(0, stem.size()) == stem; }

bool is_noun(std::string_view word, const Noun& noun) {
  if (!starts(word, noun.stem)) return false;
  const std::string ending = fmt::format("|{}|", word.substr(noun.stem.size()));
  return noun.endings.find(ending) != std::string_view::npos;
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
  constexpr std::array<std::string_view, 4> stems = {"перв", "втор", "трет", "четверт"};
  constexpr std::string_view endings = "|ый|ая|ое|ого|ой|ом|ую|ым|ий|ья|ье|ьего|ьей|ьем|ью|";
  for (size_t i = 0; i < stems.size(); ++i)
    if (is_noun(word, {stems[i], endings})) return static_cast<int>(i) + 1;
  return starts(word, "последн") ? -1 : 0;
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

bool is_year_word(std::string_view word) {
  return word == "г" || word == "гг" || is_noun(word, {"год", "||а|у|ом|ы|ов|ах|ам|ами|"});
}
bool is_plural_year_word(std::string_view word) { return word == "гг" || is_noun(word, {"год", "|ы|ов|ах|ам|ами|"}); }
bool is_school_word(std::string_view word) { return word == "уч" || starts(word, "учебн"); }

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

}  // namespace vekha::russian
