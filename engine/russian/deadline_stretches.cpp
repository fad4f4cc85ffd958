// Named stretches of the calendar.
#include <array>
#include <optional>
#include <utility>

#include "russian/deadline_readers.h"
#include "russian/deadline_words.h"

namespace vekha::russian {
namespace {

class StretchReader {
 public:
  StretchReader(Cursor& cursor, std::vector<Stretch>& out) : c_(cursor), out_(out) {}

  bool all() {
    std::optional<Stretch> first = stretch();
    if (!first) return false;
    const size_t from = out_.size();
    add(*first);
    // «март, октябрь 2021», «январь и май»
    while (c_.kind() == TokenKind::comma || c_.is("и")) {
      const size_t before = c_.at++;
      const std::optional<Stretch> next = stretch();
      if (!next) {
        c_.at = before;
        break;
      }
      add(*next);
    }
    // The year stands once, behind the last month of a list.
    const Stretch& last = out_.back();
    if (last.to && last.to->year != 0 && !last.only_years())
      for (size_t i = from; i + 1 < out_.size(); ++i)
        if (Stretch& one = out_[i]; one.without_year()) {
          if (one.from) one.from->year = last.to->year;
          if (one.to) one.to->year = last.to->year;
        }
    return true;
  }

 private:
  void add(const Stretch& stretch) {
    out_.push_back(stretch);
    if (extra_years_) {
      out_.push_back(*extra_years_);
      extra_years_.reset();
    }
  }

  std::optional<Stretch> stretch() {
    const size_t start = c_.at;
    Stretch out;
    if (c_.is_one_of({"с", "со", "от"}) || (c_.is("начиная") && c_.is("с", 1)) || (c_.is("не") && c_.is("ранее", 1))) {
      c_.at += c_.is_one_of({"начиная", "не"}) ? 2 : 1;
      if ((out.from = moment(true))) {
        if (c_.is_one_of({"по", "до"}) || c_.kind() == TokenKind::dash) {
          const bool before = c_.is("до");
          const size_t mark = c_.at++;
          if ((out.to = moment(false))) {
            out.before = before && out.to->day == 0;
            inherit(*out.from, *out.to);
            return out;
          }
          c_.at = mark;
        }
        if (bare_number_) return fail(start);
        return out;
      }
      return fail(start);
    }
    if (c_.is_one_of({"до", "по", "к", "ко"}) || (c_.is("не") && c_.is_one_of({"позднее", "позже"}, 1))) {
      const bool through = c_.is("по") || c_.is("не");
      c_.at += c_.is("не") ? 2 : 1;
      if (c_.is_one_of({"конца", "концу", "окончания"})) {
        ++c_.at;
        if ((out.to = moment(false))) return out;
        return fail(start);
      }
      if ((out.to = moment(false))) {
        out.before = !through && out.to->day == 0;
        return out;
      }
      return fail(start);
    }
    if (c_.is_one_of({"в", "во", "на", "за"})) ++c_.at;
    if (c_.is_one_of({"начало", "начале", "середина", "середине", "конец", "конце"})) {
      out.vague = true;
      ++c_.at;
    }
    out.from = moment(true);
    if (!out.from) return fail(start);
    const bool half_said = bare_number_;
    if (c_.kind() == TokenKind::dash) {
      const size_t mark = c_.at++;
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
      c_.at = mark;
    }
    if (half_said) return fail(start);
    out.to = out.from;
    return out;
  }

  std::optional<Stretch> fail(size_t start) {
    c_.at = start;
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
    const size_t start = c_.at;
    Moment out;
    if (c_.kind() == TokenKind::date) {
      const Token& token = c_.tokens[c_.at++];
      out.day = token.day;
      out.month = token.month;
      out.year = token.year;
      year_word();
      if (!valid(out)) return lost(start);
      return out;
    }
    if (c_.is_four_digit_year()) {
      out.year = c_.number();
      // «2020/2021», «2020/21», «2020-2021 учебный год»
      if ((c_.kind(1) == TokenKind::slash || c_.kind(1) == TokenKind::dash) && c_.number(2) != 0 &&
          c_.number(2) % 100 == (out.year + 1) % 100) {
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
      if (school_year_words()) return lost(start);  // one year does not name a school year
      year_word();
      return out;
    }
    int counted = c_.number();
    if (counted != 0 && counted <= 31) {
      ++c_.at;
    } else if (const int nth = ordinal(c_.word()); nth > 0) {
      counted = nth;
      ++c_.at;
    } else {
      counted = 0;
    }
    if (is_noun(c_.word(), {"квартал", "||а|е|у|"}) || c_.is("кв")) {
      ++c_.at;
      c_.skip_dot();
      out.quarter = counted;
      return counted >= 1 && counted <= 4 ? with_year(out) : lost(start);
    }
    if (is_noun(c_.word(), {"четверт", "|ь|и|"})) {
      ++c_.at;
      out.school_quarter = counted;
      return counted >= 1 && counted <= 4 ? with_year(out) : lost(start);
    }
    if (is_noun(c_.word(), {"полугоди", "|е|я|и|ю|"})) {
      ++c_.at;
      out.half = counted;
      return counted >= 1 && counted <= 2 ? with_year(out) : lost(start);
    }
    if (const int month = month_of_word(c_.word()); month != 0) {
      ++c_.at;
      c_.skip_dot();
      if (c_.is("месяц") || c_.is("месяца")) ++c_.at;
      out.month = month;
      out.day = counted;
      return valid(out) ? with_year(out) : lost(start);
    }
    if (first && counted != 0 && (c_.kind() == TokenKind::dash || c_.is("по") || c_.is("до"))) {
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
    c_.at = start;
    return std::nullopt;
  }

  std::optional<Moment> with_year(Moment out) {
    const size_t comma = c_.kind() == TokenKind::comma && c_.is_four_digit_year(1) ? 1 : 0;
    if (c_.is_four_digit_year(comma)) {
      const size_t mark = c_.at;
      c_.at += comma;
      const int year = c_.number();
      if ((c_.kind(1) == TokenKind::slash || c_.kind(1) == TokenKind::dash) && c_.number(2) % 100 == (year + 1) % 100) {
        const bool slash = c_.kind(1) == TokenKind::slash;
        const size_t single = c_.at;
        c_.at += 3;
        if (school_year_words() || slash) {
          year_word();
          // A quarter or half of a school year begins in its year; a month may lie in either.
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
    }
    return out;
  }

  bool school_year_words() {
    if (!is_school_word(c_.word())) return false;
    ++c_.at;
    c_.skip_dot();
    year_word();
    return true;
  }

  void year_word() {
    if (!is_year_word(c_.word())) return;
    plural_years_ = is_plural_year_word(c_.word());
    ++c_.at;
    c_.skip_dot();
  }

  Cursor& c_;
  std::vector<Stretch>& out_;
  std::optional<Stretch> extra_years_;
  bool bare_number_ = false;
  bool plural_years_ = false;
};

}  // namespace

bool read_stretches(Cursor& c, Phrase& phrase) { return StretchReader(c, phrase.stretches).all(); }

}  // namespace vekha::russian
