#include "ingest/period.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "russian/deadline.h"

namespace vekha::ingest {
namespace {

using roadmap::Schedule;
using roadmap::ScheduleKind;

constexpr int most_years = 20;  // looked at in one text

std::string words_of(const Period& period) { return fmt::format("{} – {}", to_iso(period.start), to_iso(period.end)); }

bool is_year_at(std::string_view text, size_t at) {
  if (at + 4 > text.size() || (text.substr(at, 2) != "20" && text.substr(at, 2) != "19")) return false;
  for (size_t i = at; i < at + 4; ++i)
    if (!is_digit(static_cast<unsigned char>(text[i]))) return false;
  const auto part_of_number = [&](size_t i) {
    return i < text.size() && (is_digit(static_cast<unsigned char>(text[i])) || text[i] == '.');
  };
  if (at > 0 && part_of_number(at - 1)) return false;
  return !(at + 4 < text.size() && is_digit(static_cast<unsigned char>(text[at + 4])));
}

// The longest run of words from a year on that reads as a stretch of years.
std::optional<Period> years_at(std::string_view text, size_t at) {
  std::optional<Period> best;
  size_t end = at;
  for (int words = 0; words < 5 && end < text.size(); ++words) {
    end = std::min(text.find(' ', end + 1), text.size());
    std::string candidate(trim(text.substr(at, end - at)));
    while (!candidate.empty() && (candidate.back() == ',' || candidate.back() == ')'))
      candidate.pop_back();
    const Schedule schedule = russian::read_deadline(candidate);
    const bool years = schedule.kind == ScheduleKind::year || schedule.kind == ScheduleKind::range;
    if (years && schedule.start && schedule.end) best = Period{*schedule.start, *schedule.end};
  }
  return best;
}

struct Stage {
  Period period;
  std::string text;
};

// Stretches with both ends in a passport's row about stages: between brackets, behind «:» and dashes.
std::vector<Stage> stages_in(const std::string& text) {
  std::vector<Stage> stages;
  size_t from = 0;
  for (size_t at = 0; at <= text.size(); ++at) {
    const bool stop = at == text.size() || text[at] == '(' || text[at] == ')' || text[at] == ';' || text[at] == ':';
    if (!stop) continue;
    const std::string piece = fold_space(std::string_view(text).substr(from, at - from));
    from = at + 1;
    if (piece.empty()) continue;
    std::vector<std::string> candidates = {piece};
    for (const std::string_view dash : {" - ", " – ", " — "})
      if (const size_t cut = piece.find(dash); cut != std::string::npos)
        candidates.push_back(piece.substr(cut + dash.size()));
    for (const std::string& candidate : candidates) {
      const Schedule schedule = russian::read_deadline(candidate);
      if (!schedule.start || !schedule.end || schedule.kind == ScheduleKind::recurring) continue;
      stages.push_back({{*schedule.start, *schedule.end}, candidate});
      break;
    }
  }
  return stages;
}

class PeriodFinder {
 public:
  PeriodFinder(const FrontMatter& front, const PlanTable& plan, const Where& head, Doubts& doubts)
      : front_(front), plan_(plan), head_(head), doubts_(doubts) {}

  FoundPeriod find() {
    if (const auto period = years_in(front_.title)) return {period, period->start};
    for (const std::string& paragraph : front_.preface)
      if (paragraph.starts_with("Об ") || paragraph.starts_with("О "))
        if (const auto period = years_in(paragraph)) return {period, period->start};
    if (const auto period = from_passport()) return {period, period->start};
    return from_rows();
  }

 private:
  std::optional<Period> from_passport() {
    for (size_t i = 0; i < front_.passport.size(); ++i) {
      const std::string name = to_lower(front_.passport[i].name);
      if (name.find("этап") == std::string::npos && name.find("срок") == std::string::npos &&
          name.find("период") == std::string::npos)
        continue;
      const std::vector<Stage> stages = stages_in(front_.passport[i].value);
      if (stages.empty()) continue;
      Period period = stages.front().period;
      for (size_t k = 1; k < stages.size(); ++k) {
        period.start = std::min(period.start, stages[k].period.start);
        period.end = std::max(period.end, stages[k].period.end);
        if (stages[k].period.start <= stages[k - 1].period.end)
          doubts_.warn("stages-overlap", front_.passport_at[i],
                       fmt::format("Этапы «{}» и «{}» перекрываются.", stages[k - 1].text, stages[k].text),
                       "Уточните, к какому этапу относится общий месяц.");
      }
      doubts_.note(
          "period-from-passport", front_.passport_at[i],
          fmt::format("Период плана взят из строки паспорта «{}»: {}.", front_.passport[i].name, words_of(period)));
      return period;
    }
    return std::nullopt;
  }

  // What the rows say by themselves. A plan with «ежегодно» and no last year has no end that could be read.
  FoundPeriod from_rows() {
    std::optional<Period> span;
    bool open = false, spanning = false;
    std::vector<Period> read;
    for (const DraftSection& section : plan_.sections) {
      for (const DraftItem& item : section.items) {
        const Schedule schedule = russian::read_deadline(joined(item.deadline));
        if (schedule.kind == ScheduleKind::recurring && schedule.occurrences.empty()) open = true;
        if (schedule.occurrences.empty()) continue;
        const Period period{schedule.occurrences.front().start, schedule.occurrences.back().end};
        read.push_back(period);
        if (!span) span = period;
        span->start = std::min(span->start, period.start);
        span->end = std::max(span->end, period.end);
      }
    }
    if (!span) {
      doubts_.warn("period-unknown", where(), "Период плана не назван ни в названии, ни в паспорте, ни в сроках.",
                   "Назовите период, например --period 2024-01-01..2024-12-31.");
      return {};
    }
    const Period years{make_date(year_of(span->start), 1, 1), make_date(year_of(span->end), 12, 31)};
    for (const Period& period : read)
      spanning =
          spanning || (year_of(period.start) == year_of(years.start) && year_of(period.end) == year_of(years.end));
    if (open && (!spanning || year_of(years.start) == year_of(years.end))) {
      const std::optional<int> hint = last_year_in_titles(year_of(years.start));
      doubts_.warn("period-end-unknown", where(),
                   fmt::format("План начинается в {} году, а когда кончается, не сказано{}.", year_of(years.start),
                               hint ? fmt::format(" (в тексте пункта назван {} год)", *hint) : std::string()),
                   fmt::format("Назовите период, например --period {}-01-01..{}-12-31.", year_of(years.start),
                               hint.value_or(year_of(years.start) + 2)));
      return {std::nullopt, years.start};
    }
    doubts_.note("period-derived", where(),
                 fmt::format("Период плана нигде не назван; он выведен из сроков пунктов: {}.", words_of(years)),
                 "Если период другой, назовите его, например --period 2024-01-01..2024-12-31.");
    return {years, years.start};
  }

  const Where& where() const { return front_.title.empty() ? head_ : front_.title_at; }

  // «на 2020 - 2024 года» in an activity: a hint, nothing more.
  std::optional<int> last_year_in_titles(int start) const {
    for (const DraftSection& section : plan_.sections)
      for (const DraftItem& item : section.items)
        if (const auto years = years_in(joined(item.title)))
          if (year_of(years->start) == start && year_of(years->end) > start) return year_of(years->end);
    return std::nullopt;
  }

  const FrontMatter& front_;
  const PlanTable& plan_;
  const Where& head_;
  Doubts& doubts_;
};

}  // namespace

std::optional<Period> years_in(std::string_view text) {
  int tried = 0;
  for (size_t at = 0; at + 4 <= text.size() && tried < most_years; ++at) {
    if (!is_year_at(text, at)) continue;
    ++tried;
    if (const auto period = years_at(text, at)) return period;
  }
  return std::nullopt;
}

FoundPeriod find_period(const FrontMatter& front, const PlanTable& plan, const Where& head, Doubts& doubts) {
  return PeriodFinder(front, plan, head, doubts).find();
}

}  // namespace vekha::ingest
