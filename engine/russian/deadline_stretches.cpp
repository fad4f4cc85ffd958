// Stretches of the calendar: from one moment to another, lists of them, what is between and until.
#include <array>
#include <optional>
#include <utility>

#include "russian/deadline_moments.h"
#include "russian/deadline_readers.h"
#include "russian/deadline_words.h"

namespace vekha::russian {
namespace {

Moment day_of_year(int month, int day, int year) {
  Moment out;
  out.month = month;
  out.day = day;
  out.year = year;
  return out;
}

class StretchReader {
 public:
  StretchReader(Cursor& cursor, std::vector<Stretch>& out, std::vector<std::string>& doubts)
      : c_(cursor), moments_(cursor), out_(out), doubts_(doubts) {}

  bool all() {
    const size_t first = out_.size();
    if (!one()) return false;
    // «март, октябрь 2021», «январь и май»
    while (c_.kind() == TokenKind::comma || c_.kind() == TokenKind::slash || c_.is_one_of({"и", "или"})) {
      const bool either = c_.is("или");
      const size_t before = c_.at++;
      if (c_.kind(0) == TokenKind::comma) ++c_.at;
      if (!one()) {
        c_.at = before;
        break;
      }
      if (either) doubts_ = {"Любой из названных сроков на выбор.", "Один из названных сроков, какой, надо уточнить."};
    }
    share_year(first);
    part_years(first);
    return true;
  }

 private:
  bool one() {
    if (counted_list()) return true;
    const std::optional<Stretch> found = stretch();
    if (!found) return false;
    out_.push_back(*found);
    if (extra_years_) out_.push_back(*extra_years_);
    extra_years_.reset();
    return true;
  }

  // A year stands once, behind the last of its months: «сентябрь, декабрь 2021, март, май 2022».
  void share_year(size_t first) {
    for (size_t i = out_.size() - 1; i > first; --i) {
      const Stretch& next = out_[i];
      Stretch& one = out_[i - 1];
      if (!next.to || next.to->year == 0) continue;
      if (next.only_years()) {
        // «2020–2021 и 2021–2022 учебные годы»
        const bool span = one.only_years() && one.from && one.to && one.to->year == one.from->year + 1;
        if (span && next.to->school_year && !one.from->school_year) {
          one.from->school_year = true;
          one.to = one.from;
        }
      } else if (one.without_year()) {
        for (std::optional<Moment>* side : {&one.from, &one.to})
          if (*side) {
            (*side)->year = next.to->year;
            (*side)->school_year = next.to->school_year;
          }
      }
    }
  }

  // «август 2021, 2022 гг.»: that month in each of the years.
  void part_years(size_t first) {
    if (out_.size() < first + 2 || out_[first].only_years() || out_[first].from != out_[first].to) return;
    for (size_t i = first + 1; i < out_.size(); ++i)
      if (!out_[i].only_years() || !out_[i].from || out_[i].from != out_[i].to) return;
    if (!out_.back().years_word || out_[first].without_year()) return;
    Moment year;
    year.year = out_[first].from->year;
    out_[first].from->year = out_[first].to->year = 0;
    out_.insert(out_.begin() + static_cast<long>(first) + 1, Stretch{year, year, true});
  }

  // «15, 20 и 25 мая», «I и III кварталы»: the last says what the others are.
  bool counted_list() {
    const size_t start = c_.at;
    if (c_.is_one_of({"в", "во"})) ++c_.at;
    std::vector<int> numbers;
    while (true) {
      const int number = c_.number() != 0 ? c_.number() : ordinal(c_.word());
      if (number < 1 || number > 31) break;
      const bool more = c_.kind(1) == TokenKind::comma || c_.is("и", 1);
      if (!more) break;
      numbers.push_back(number);
      c_.at += 2;
    }
    std::optional<Moment> last;
    if (!numbers.empty()) last = moments_.read(BareNumber::refused);
    int Moment::*counted = nullptr;
    if (last && last->month != 0 && last->day != 0 && last->decade == 0) counted = &Moment::day;
    if (last && last->quarter != 0) counted = &Moment::quarter;
    if (last && last->school_quarter != 0) counted = &Moment::school_quarter;
    if (last && last->half != 0 && last->month == 0) counted = &Moment::half;
    const int most = counted == &Moment::day ? 31 : counted == &Moment::half ? 2 : 4;
    if (counted == nullptr || numbers.back() > most) {
      c_.at = start;
      return false;
    }
    numbers.push_back((*last).*counted);
    for (const int number : numbers) {
      Moment moment = *last;
      moment.*counted = number;
      out_.push_back({moment, moment});
    }
    return true;
  }

  std::optional<Stretch> stretch() {
    const size_t start = c_.at;
    std::optional<Stretch> found;
    if (in_period()) {
      found = stretch();
    } else if (c_.is_one_of({"с", "со", "от"}) || (c_.is("начиная") && c_.is("с", 1)) ||
               (c_.is("не") && c_.is("ранее", 1))) {
      c_.at += c_.is_one_of({"начиная", "не"}) ? 2 : 1;
      found = since();
    } else if (c_.is("между")) {
      ++c_.at;
      found = between();
    } else if (c_.is_one_of({"до", "по", "к", "ко"}) || (c_.is("не") && c_.is_one_of({"позднее", "позже"}, 1))) {
      found = until();
    } else {
      found = plain();
    }
    if (found) return found;
    c_.at = start;
    extra_years_.reset();
    return std::nullopt;
  }

  // «в период весенних каникул», «период: с 1 по 10 марта»
  bool in_period() {
    if (c_.is("в") && c_.is_one_of({"период", "дни"}, 1)) {
      c_.at += 2;
      return true;
    }
    if (c_.is("во") && c_.is("время", 1)) {
      c_.at += 2;
      return true;
    }
    return false;
  }

  // «с …», «с … по …»
  std::optional<Stretch> since() {
    Stretch out;
    out.from = moments_.read(BareNumber::allowed);
    if (!out.from) return std::nullopt;
    const bool bare = moments_.bare_number();
    const size_t mark = c_.at;
    if (c_.is("и") && c_.is("до", 1)) ++c_.at;
    if (c_.is_one_of({"по", "до"}) || c_.kind() == TokenKind::dash) {
      bool before = c_.is("до");
      ++c_.at;
      if (before && c_.is("конца")) {
        ++c_.at;
        before = false;
      }
      if ((out.to = moments_.read(BareNumber::refused))) {
        out.before = before && out.to->day == 0 && !inclusive();
        inclusive();
        out.years_word = true;
        if (inherit(out)) return out;
        return std::nullopt;
      }
    }
    c_.at = mark;
    if (bare) return std::nullopt;
    return out;
  }

  std::optional<Stretch> between() {
    Stretch out;
    out.from = moments_.read(BareNumber::allowed);
    if (!out.from || !c_.skip("и")) return std::nullopt;
    out.to = moments_.read(BareNumber::refused);
    if (!out.to || !inherit(out)) return std::nullopt;
    doubts_ = {"Названные дни или месяцы входят в срок.", "Названные дни или месяцы в срок не входят."};
    return out;
  }

  // «до …», «по …», «к …», «не позднее …»
  std::optional<Stretch> until() {
    Stretch out;
    const bool through = c_.is("по") || c_.is("не");
    const bool towards = c_.is_one_of({"к", "ко"});
    c_.at += c_.is("не") ? 2 : 1;
    if (c_.is_one_of({"начала", "началу"})) {
      ++c_.at;
      const std::optional<int> year = school_year();
      if (!year) return std::nullopt;
      out.to = towards ? day_of_year(9, 1, *year) : day_of_year(8, 31, *year);
      return out;
    }
    if (c_.is_one_of({"конца", "концу", "окончания"})) {
      ++c_.at;
      if (!(out.to = moments_.read(BareNumber::refused))) return std::nullopt;
      if (out.to->only_year() && out.to->school_year)
        doubts_ = {"До конца уроков в мае.", "До 31 августа, последнего дня учебного года."};
      return out;
    }
    if (!(out.to = moments_.read(BareNumber::refused))) return std::nullopt;
    out.before = !inclusive() && !through && out.to->day == 0;
    if (out.to->year == 0 && out.to->month != 0 && next_report_year()) out.following_year = true;
    return out;
  }

  // «года, следующего за отчётным»
  bool next_report_year() {
    const size_t start = c_.at;
    if (c_.skip("года")) {
      if (c_.kind() == TokenKind::comma) ++c_.at;
      if (c_.stem("следующ") && c_.is("за", 1) && c_.stem("отчетн", 2)) {
        c_.at += 3;
        c_.skip("годом");
        return true;
      }
    }
    c_.at = start;
    return false;
  }

  bool inclusive() { return c_.skip("включительно"); }

  // «учебного года», «нового учебного года», «2021-2022 учебного года»: the year it begins in, 0 where not said.
  std::optional<int> school_year() {
    if (c_.stem("нов") || c_.stem("текущ")) ++c_.at;
    if (moments_.school_year_words()) return 0;
    const std::optional<Moment> year = moments_.read(BareNumber::refused);
    if (!year || !year->school_year || !year->only_year()) return std::nullopt;
    return year->year;
  }

  // «начало учебного года», «в конце года»
  std::optional<Stretch> end_of_year(bool beginning) {
    const size_t start = c_.at;
    if (const std::optional<int> year = school_year()) {
      Moment month;
      month.month = beginning ? 9 : 5;
      month.year = beginning || *year == 0 ? *year : *year + 1;
      doubts_ = beginning
                    ? std::vector<std::string>{"Весь сентябрь.", "Первые дни учебного года, какие, надо уточнить."}
                    : std::vector<std::string>{"Май, последний месяц уроков.",
                                               "Последние дни учебного года, какие, надо уточнить."};
      return Stretch{month, month};
    }
    c_.at = start;
    if (!is_noun(c_.word(), {"год", "|а|"})) return std::nullopt;
    ++c_.at;
    Moment month;
    month.month = beginning ? 1 : 12;
    doubts_ = {beginning ? "Первый месяц года." : "Последний месяц года.", "Какие месяцы года, надо уточнить."};
    return Stretch{month, month};
  }

  // «март», «март–май 2021», «10–15 марта», «конец мая»
  std::optional<Stretch> plain() {
    Stretch out;
    if (c_.is_one_of({"в", "во", "на", "за"})) ++c_.at;
    const bool beginning = c_.is_one_of({"начало", "начале"});
    if (beginning || c_.is_one_of({"середина", "середине", "конец", "конце"})) {
      const bool middle = c_.stem("середин");
      out.vague = true;
      ++c_.at;
      if (!middle)
        if (const auto found = end_of_year(beginning)) return found;
    }
    out.from = moments_.read(BareNumber::allowed);
    if (!out.from) return std::nullopt;
    out.vague = out.vague || moments_.vague();
    out.years_word = moments_.plural_years();
    const bool bare = moments_.bare_number();
    if (c_.kind() == TokenKind::dash) {
      const size_t mark = c_.at++;
      if (short_last_year(out)) return out;
      if ((out.to = moments_.read(BareNumber::refused))) {
        if (!bare && out.to->only_year() && !out.from->only_year() && out.from->year != 0) {
          // «март 2021–2022 гг.»: that month in each of the years.
          Moment years;
          years.year = out.from->year;
          extra_years_ = Stretch{years, out.to, true};
          out.from->year = 0;
          out.to = out.from;
          return out;
        }
        out.vague = out.vague || moments_.vague();
        out.years_word = moments_.plural_years();
        if (!inherit(out)) return std::nullopt;
        inclusive();
        years_of_range(out);
        return out;
      }
      c_.at = mark;
    }
    if (bare) return std::nullopt;
    out.to = out.from;
    return out;
  }

  // «2020-22 гг.»
  bool short_last_year(Stretch& out) {
    if (!out.from->only_year() || c_.kind() != TokenKind::number || c_.tokens[c_.at].digits != 2 ||
        !is_plural_year_word(c_.word(1)))
      return false;
    out.to = out.from;
    out.to->year = out.from->year / 100 * 100 + c_.number();
    out.years_word = true;
    c_.at += 2;
    c_.skip_dot();
    return true;
  }

  // «август–сентябрь 2020–2022 гг.»: those months in each of the years.
  void years_of_range(Stretch& out) {
    if (out.to->year == 0 || out.only_years() || out.from->year != out.to->year || c_.kind() != TokenKind::dash ||
        !c_.is_four_digit_year(1))
      return;
    const size_t mark = c_.at++;
    Moment first, last;
    first.year = out.to->year;
    const std::optional<Moment> year = moments_.read(BareNumber::refused);
    if (!year || !year->only_year()) {
      c_.at = mark;
      return;
    }
    last.year = year->year;
    extra_years_ = Stretch{first, last, true};
    out.from->year = out.to->year = 0;
  }

  // «апрель–май 2021», «10–15 марта», «1–2 квартал»: what only the end says holds for the start too. False where the
  // two do not fit together: «10 – март».
  bool inherit(Stretch& stretch) const {
    Moment& from = *stretch.from;
    const Moment& to = *stretch.to;
    if (from.only_year() && !to.only_year() && to.year == 0) return false;
    if (from.day != 0 && from.month == 0) {
      const int bare = std::exchange(from.day, 0);
      if (to.quarter) {
        from.quarter = bare;
      } else if (to.school_quarter) {
        from.school_quarter = bare;
      } else if (to.half) {
        from.half = bare;
      } else if (to.decade) {
        if (bare > 3) return false;
        from.decade = bare;
        from.month = to.month;
      } else if (to.day) {
        from.day = bare;
        from.month = to.month;
      } else if (moments_.numeric() && bare <= 12) {
        from.month = bare;  // «09-10.2021»
      } else {
        return false;
      }
    }
    if (from.year != 0 || to.year == 0) return true;
    from.year = to.year;
    from.school_year = to.school_year;
    // «декабрь–январь 2022»
    if (from.month > to.month && to.month != 0) {
      --from.year;
      stretch.wrapped = true;
    }
    return true;
  }

  Cursor& c_;
  MomentReader moments_;
  std::vector<Stretch>& out_;
  std::vector<std::string>& doubts_;
  std::optional<Stretch> extra_years_;
};

}  // namespace

bool read_stretches(Cursor& c, Phrase& phrase) {
  if (!StretchReader(c, phrase.stretches, phrase.doubts).all()) return false;
  // «не ранее 1 марта и не позднее 1 мая 2021»
  if (phrase.stretches.size() != 2) return true;
  Stretch& first = phrase.stretches.front();
  const Stretch& last = phrase.stretches.back();
  if (first.to || !first.from || last.from || last.following_year) return true;
  if (first.from->year == 0) first.from->year = last.to->year;
  first.to = last.to;
  first.before = last.before;
  phrase.stretches.pop_back();
  return true;
}

bool read_exception(Cursor& c, Phrase& phrase) {
  const size_t start = c.at;
  if (c.is("кроме")) {
    ++c.at;
  } else if (c.is("за") && c.is("исключением", 1)) {
    c.at += 2;
  } else {
    return false;
  }
  if (StretchReader(c, phrase.except, phrase.doubts).all()) return true;
  c.at = start;
  return false;
}

}  // namespace vekha::russian
