#include "russian/deadline_moments.h"

#include <array>

#include "base/date.h"
#include "russian/deadline_words.h"

namespace vekha::russian {
namespace {

constexpr Noun quarter_noun{"квартал", "||а|е|у|ы|ов|ах|ам|ом|ами|"};
constexpr Noun school_quarter_noun{"четверт", "|ь|и|ью|ей|ях|ям|"};
constexpr Noun half_noun{"полугоди", "|е|я|и|ю|й|ях|ям|ем|"};
constexpr Noun holidays_noun{"каникул", "||ы|ах|ам|ами|"};

bool is_real(const Moment& moment) {
  constexpr std::array<int, 12> days = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (moment.year != 0 && moment.year < 1990) return false;
  if (moment.month == 0 || moment.day == 0) return true;
  const bool leap_day = moment.month == 2 && moment.year != 0;
  return moment.day <= (leap_day ? last_day_of_month(moment.year, 2) : days[static_cast<size_t>(moment.month - 1)]);
}

}  // namespace

std::optional<Moment> MomentReader::read(BareNumber bare) {
  bare_number_ = false;
  plural_years_ = false;
  vague_ = false;
  numeric_ = false;
  const size_t start = c_.at;
  if (c_.kind() == TokenKind::date) return checked(date(), start);
  if (c_.is_four_digit_year()) return checked(year(), start);
  if (const auto found = short_school_year()) return found;
  if (season_of_word(c_.word())) return checked(season(), start);
  if (is_noun(c_.word(), {"месяц", "||а|е|"}) && month_of_word(c_.word(1)) != 0) ++c_.at;
  const int number = counted();
  if (is_noun(c_.word(), quarter_noun) || is_noun(c_.word(), school_quarter_noun) || is_noun(c_.word(), half_noun)) {
    Moment out;
    const int most = is_noun(c_.word(), half_noun) ? 2 : 4;
    (is_noun(c_.word(), half_noun)      ? out.half
     : is_noun(c_.word(), quarter_noun) ? out.quarter
                                        : out.school_quarter) = number;
    ++c_.at;
    return checked(number >= 1 && number <= most ? with_year(out) : std::nullopt, start);
  }
  if (number != 0 && (c_.stem("декад") || c_.stem("половин") || c_.stem("недел")))
    return checked(part_of(number), start);
  if (const int month = month_of_word(c_.word()); month != 0 && number >= 0) {
    ++c_.at;
    c_.skip_dot();
    if (is_noun(c_.word(), {"месяц", "||а|е|"})) ++c_.at;
    Moment out;
    out.month = month;
    out.day = number;
    return checked(with_year(out), start);
  }
  if (bare == BareNumber::allowed && number > 0 && (c_.kind() == TokenKind::dash || c_.is_one_of({"по", "до", "и"}))) {
    bare_number_ = true;
    Moment out;
    out.day = number;
    return out;
  }
  return checked(std::nullopt, start);
}

std::optional<Moment> MomentReader::checked(std::optional<Moment> moment, size_t start) {
  if (moment && is_real(*moment)) return moment;
  c_.at = start;
  return std::nullopt;
}

// «10.03.2021», with or without the year.
std::optional<Moment> MomentReader::date() {
  const Token& token = c_.tokens[c_.at++];
  Moment out;
  out.day = token.day;
  out.month = token.month;
  out.year = token.year;
  numeric_ = true;
  if (out.year != 0 || is_year_word(c_.word())) year_word();
  return out;
}

// «2021», «2020/2021», «2020/21», «2020-2021 учебный год»; one year does not name a school year.
std::optional<Moment> MomentReader::year() {
  Moment out;
  out.year = c_.number();
  if (next_year_follows(out.year)) {
    const bool slash = c_.kind(1) == TokenKind::slash;
    const size_t mark = c_.at;
    c_.at += 3;
    if (school_year_words() || slash) {
      year_word();
      out.school_year = true;
      return out;
    }
    c_.at = mark;
  }
  ++c_.at;
  if (school_year_words()) return std::nullopt;
  year_word();
  return out;
}

// «21-22 учебный год»
std::optional<Moment> MomentReader::short_school_year() {
  if (c_.kind() != TokenKind::number || c_.tokens[c_.at].digits != 2 || !next_year_follows(c_.number()) ||
      c_.tokens[c_.at + 2].digits != 2)
    return std::nullopt;
  const size_t mark = c_.at;
  Moment out;
  out.year = 2000 + c_.number();
  out.school_year = true;
  c_.at += 3;
  if (school_year_words()) return out;
  c_.at = mark;
  return std::nullopt;
}

bool MomentReader::next_year_follows(int year) const {
  return (c_.kind(1) == TokenKind::slash || c_.kind(1) == TokenKind::dash) && c_.number(2) != 0 &&
         c_.number(2) % 100 == (year + 1) % 100;
}

// «осенью», «летний период», «весенние каникулы»
std::optional<Moment> MomentReader::season() {
  Moment out;
  const int season = static_cast<int>(*season_of_word(c_.word()));
  const bool adjective = c_.stem("зимн") || c_.stem("весенн") || c_.stem("летн") || c_.stem("осенн");
  ++c_.at;
  if (!adjective) {
    out.season = season;
  } else if (is_noun(c_.word(), holidays_noun)) {
    out.holidays = season;
    ++c_.at;
  } else if (is_noun(c_.word(), {"период", "||а|е|у|ы|"}) || is_noun(c_.word(), {"сезон", "||а|е|у|"}) ||
             is_noun(c_.word(), {"врем", "|я|ени|"}) || is_noun(c_.word(), {"месяц", "|ы|ев|ам|ах|"})) {
    out.season = season;
    ++c_.at;
  } else {
    return std::nullopt;
  }
  return with_year(out);
}

// «первая декада марта», «вторая половина мая», «последняя неделя августа»: `number` is read, the noun is next.
std::optional<Moment> MomentReader::part_of(int number) {
  const std::string_view noun = c_.word();
  const bool decade = is_noun(noun, {"декад", "|а|е|у|ы|"});
  const bool half = is_noun(noun, {"половин", "|а|е|у|ы|"});
  const bool week = is_noun(noun, {"недел", "|я|е|ю|и|"});
  if (!decade && !half && !week) return std::nullopt;
  ++c_.at;
  std::optional<Moment> whole = read(BareNumber::refused);
  if (!whole) return std::nullopt;
  const bool month = whole->month != 0 && whole->day == 0 && whole->decade == 0 && whole->month_half == 0;
  if (decade) {
    whole->decade = number == -1 ? 3 : number;
    return month && whole->decade <= 3 ? whole : std::nullopt;
  }
  if (half) {
    if (number < 1 || number > 2) return std::nullopt;
    (month ? whole->month_half : whole->half) = number;
    return month || whole->only_year() || (whole->year != 0 && whole->half == number) ? whole : std::nullopt;
  }
  vague_ = true;
  return month && number <= 5 ? whole : std::nullopt;
}

// A number or an ordinal; -1 for «последний», 0 for none.
int MomentReader::counted() {
  if (const int number = c_.number(); number != 0) {
    if (number > 31) return 0;
    ++c_.at;
    return number;
  }
  // «П квартал», «Ш полугодие»: Cyrillic letters for strokes.
  const bool counts =
      is_noun(c_.word(1), quarter_noun) || is_noun(c_.word(1), school_quarter_noun) || is_noun(c_.word(1), half_noun);
  if (counts && c_.is_one_of({"п", "ш"})) return c_.tokens[c_.at++].text == "п" ? 2 : 3;
  if (const int ten = tens(c_.word()); ten != 0) {
    const int one = ordinal(c_.word(1));
    if (one < 1 || one > 9) return 0;
    c_.at += 2;
    return ten + one;
  }
  const int nth = ordinal(c_.word());
  if (nth == -1 && !c_.stem("недел", 1) && !c_.stem("декад", 1)) return 0;
  if (nth != 0) ++c_.at;
  return nth;
}

std::optional<Moment> MomentReader::with_year(Moment out) {
  const size_t comma = c_.kind() == TokenKind::comma && c_.is_four_digit_year(1) ? 1 : 0;
  const bool turns = out.season != 0 || out.holidays != 0;  // a winter names two years
  if (c_.is_four_digit_year(comma)) {
    const size_t mark = c_.at;
    c_.at += comma;
    const int year = c_.number();
    if (next_year_follows(year)) {
      const bool slash = c_.kind(1) == TokenKind::slash;
      const size_t single = c_.at;
      c_.at += 3;
      if (school_year_words() || slash || (turns && comma == 0)) {
        year_word();
        // A quarter, half or season of a school year begins in its year; a month may lie in either.
        out.school_year = out.month == 0;
        out.year = out.month == 0 || out.month >= 9 ? year : year + 1;
        return out;
      }
      c_.at = single;
    }
    if (comma != 0 && c_.kind(1) == TokenKind::dash) {
      c_.at = mark;  // «март, 2021–2022 гг.»: the years are a stretch of their own
      return out;
    }
    out.year = year;
    ++c_.at;
    year_word();
  } else if (c_.kind() == TokenKind::number && c_.tokens[c_.at].digits == 2 && is_year_word(c_.word(1))) {
    out.year = 2000 + c_.number();
    ++c_.at;
    year_word();
  } else if (c_.stem("текущ") && is_year_word(c_.word(1))) {
    ++c_.at;
    year_word();  // the plan or the band row says which year that is
  } else if (out.month == 0 && school_year_words()) {
    out.school_year = true;  // «первое полугодие учебного года»
  }
  return out;
}

bool MomentReader::school_year_words() {
  const size_t start = c_.at;
  if (!is_school_word(c_.word())) return false;
  ++c_.at;
  c_.skip_dot();
  if (!is_year_word(c_.word())) {
    c_.at = start;
    return false;
  }
  year_word();
  return true;
}

void MomentReader::year_word() {
  if (!is_year_word(c_.word())) return;
  plural_years_ = is_plural_year_word(c_.word());
  ++c_.at;
  c_.skip_dot();
}

}  // namespace vekha::russian
