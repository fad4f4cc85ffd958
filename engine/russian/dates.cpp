#include "russian/dates.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace vekha::russian {
namespace {

using MonthForms = std::array<std::string, case_count>;

std::array<MonthForms, 12> make_months() {
  struct Month {
    const char* stem;
    const char* nominative;
    const char* genitive;
    const char* dative;
    const char* instrumental;
  };
  static constexpr Month months[] = {
      {"январ", "ь", "я", "ю", "ём"},  {"феврал", "ь", "я", "ю", "ём"}, {"март", "", "а", "у", "ом"},
      {"апрел", "ь", "я", "ю", "ем"},  {"ма", "й", "я", "ю", "ем"},     {"июн", "ь", "я", "ю", "ем"},
      {"июл", "ь", "я", "ю", "ем"},    {"август", "", "а", "у", "ом"},  {"сентябр", "ь", "я", "ю", "ём"},
      {"октябр", "ь", "я", "ю", "ём"}, {"ноябр", "ь", "я", "ю", "ём"},  {"декабр", "ь", "я", "ю", "ём"},
  };
  std::array<MonthForms, 12> forms;
  for (size_t i = 0; i < forms.size(); ++i) {
    const std::string stem = months[i].stem;
    const std::string nominative = stem + months[i].nominative;
    forms[i] = {nominative, stem + months[i].genitive,     stem + months[i].dative,
                nominative, stem + months[i].instrumental, stem + "е"};
  }
  return forms;
}

std::string day_and_month(Date date) {
  return fmt::format("{}{}{}", day_of(date), no_break_space, month_name(month_of(date), Case::genitive));
}

bool is_last_day(Date date) { return day_of(date) == last_day_of_month(year_of(date), month_of(date)); }

enum class Span { years, months, days };

Span span_of(Period period) {
  if (day_of(period.start) != 1 || !is_last_day(period.end)) return Span::days;
  return month_of(period.start) == 1 && month_of(period.end) == 12 ? Span::years : Span::months;
}

}  // namespace

const std::string& month_name(int month, Case target) {
  static const std::array<MonthForms, 12> months = make_months();
  return months.at(static_cast<size_t>(month - 1))[static_cast<size_t>(target)];
}

std::string date_in_words(Date date) {
  return fmt::format("{} {}{}г.", day_and_month(date), year_of(date), no_break_space);
}

std::string date_in_digits(Date date) {
  return fmt::format("{:02}.{:02}.{:04}", day_of(date), month_of(date), year_of(date));
}

std::string period_in_words(Period period) {
  const auto& [start, end] = period;
  const int first = year_of(start);
  const int last = year_of(end);
  switch (span_of(period)) {
    case Span::years: return first == last ? fmt::format("{} год", first) : fmt::format("{}–{} годы", first, last);
    case Span::months: {
      const std::string& from = month_name(month_of(start));
      const std::string& to = month_name(month_of(end));
      if (first != last) return fmt::format("{} {} года – {} {} года", from, first, to, last);
      return month_of(start) == month_of(end) ? fmt::format("{} {} года", from, first)
                                              : fmt::format("{} – {} {} года", from, to, first);
    }
    case Span::days: break;
  }
  if (start == end) return date_in_words(start);
  return fmt::format("с {} по {}", first == last ? day_and_month(start) : date_in_words(start), date_in_words(end));
}

std::string period_of_title(Period period) {
  const std::string words = period_in_words(period);
  // Years and months are inanimate masculines: their accusative is the nominative.
  return span_of(period) == Span::days && period.start != period.end ? words : "на " + words;
}

}  // namespace vekha::russian
