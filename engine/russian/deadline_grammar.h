// The parts of a deadline phrase, before the plan's period gives them dates.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vekha::russian {

// A named stretch of the calendar; 0 for what is not said. The finest part that is said is its size.
struct Moment {
  int year = 0;  // for a school year the calendar year in which it begins
  bool school_year = false;
  int half = 0, quarter = 0, school_quarter = 0;
  int season = 0, holidays = 0;    // 1 winter … 4 autumn; winter lies in the year in which it begins
  int decade = 0, month_half = 0;  // of the month
  int month = 0, day = 0;

  bool only_year() const {
    return year != 0 && !half && !quarter && !school_quarter && !season && !holidays && !month && !day;
  }
  bool operator==(const Moment&) const = default;
};

// From the first day of one moment to the last day of another; a side that is not said is open.
struct Stretch {
  std::optional<Moment> from, to;
  bool years_word = false;  // «гг.» or «годы» stands after a span of years, or «с … по …» parts them
  bool before = false;      // «до …», «к …»: whether the named month itself belongs to it is not said
  bool vague = false;       // «начало», «середина», «конец»
  bool following_year = false;  // «до 15 января года, следующего за отчётным»
  bool wrapped = false;         // «декабрь–январь 2022»: the start is taken to lie in the year before

  bool only_years() const { return (!from || from->only_year()) && (!to || to->only_year()); }
  bool without_year() const { return (!from || from->year == 0) && (!to || to->year == 0); }
};

enum class Unit { year, school_year, half, quarter, school_quarter, month, week, day };

struct Frequency {
  Unit unit = Unit::year;
  int times = 1;
  int every = 1;
};

// «до 10 числа месяца, следующего за отчётным»
struct DueDay {
  int day = 0;
  bool following = false;
  bool exact = false;       // «15 числа», not «до 15 числа»
  bool last_month = false;  // «последнего месяца квартала»
};

// «последняя пятница месяца»: nth is -1 for the last, 0 for every one.
struct NthWeekday {
  int nth = 0;
  int weekday = 0;       // 1 Monday
  bool monthly = false;  // «месяца» is said
};

enum class Whole { none, period, year, school_year };

struct Phrase {
  std::vector<Stretch> stretches;
  std::optional<Frequency> frequency;
  std::optional<DueDay> due_day;
  std::vector<NthWeekday> weekdays;
  std::vector<Stretch> except;      // «кроме июля и августа»
  std::vector<std::string> doubts;  // readings of what the words leave open
  Whole whole = Whole::none;
  bool until_end = false;  // «до конца года»
  bool continuous = false;
  bool regular = false;  // «регулярно»: how often is not said
  bool on_demand = false;
  bool by_schedule = false;
  bool relative = false;
  std::string from;    // the event of a relative deadline, whose timetable
  std::string length;  // ISO 8601
  std::string then;
  std::shared_ptr<Phrase> later;  // what follows «далее», read

  // Whether nothing is said yet.
  bool empty() const;
  // How many stretches name more than years.
  int dated() const;
  // Months without years beside years without months.
  bool years_apart() const;
};

// nullopt where any word of it is not understood. `phrase` has its white space folded.
std::optional<Phrase> parse_deadline(std::string_view phrase);

}  // namespace vekha::russian
