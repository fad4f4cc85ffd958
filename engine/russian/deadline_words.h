// The words a deadline is made of, whatever their case: months, weekdays, ordinals, years, timetables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vekha::russian {

// A noun: a stem and the endings that may follow it; «март» must not take «мартовский» in.
struct Noun {
  std::string_view stem;
  std::string_view endings;  // between bars; «||» is the empty ending
};

// All of them take a word of a deadline_tokens.h token: lower case, «ё» as «е».
bool starts(std::string_view word, std::string_view stem);
bool is_noun(std::string_view word, const Noun& noun);

// 1 January … 12 December, short forms too; 0 for other words.
int month_of_word(std::string_view word);
// 1 Monday … 7 Sunday; 0 for other words.
int weekday_of_word(std::string_view word);
// «первый», «второго», «двадцатое»: one word, up to 20 and 30; -1 for «последний», 0 for other words.
int ordinal(std::string_view word);
// «двадцать» and «тридцать» before an ordinal; 0 for other words.
int tens(std::string_view word);
// «один раз», «двух дней»; 0 for other words.
int cardinal(std::string_view word);

bool is_year_word(std::string_view word);
bool is_plural_year_word(std::string_view word);  // «гг.», «годы»
bool is_school_word(std::string_view word);       // «учебный», «уч.»
enum class Season { winter = 1, spring, summer, autumn };
// «осень», «весной», «летний», «зимних».
std::optional<Season> season_of_word(std::string_view word);

// «график», «план», «расписание», «циклограмма».
bool is_timetable(std::string_view word);
// Who may own a timetable: «управление», «комитет», «МКУ».
bool is_body(std::string_view word);
// By its ending, that of a genitive.
bool is_adjective(std::string_view word);

// The word a misspelt or stuck-together one must be: «сентрябрь», «втечение» («в» and «течение»); empty where no word
// is near, or more than one.
std::vector<std::string> respell(std::string_view word);

}  // namespace vekha::russian
