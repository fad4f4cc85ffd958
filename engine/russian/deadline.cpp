#include "russian/deadline.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "russian/deadline_composer.h"

namespace vekha::russian {

using roadmap::Schedule;
using roadmap::ScheduleKind;

namespace {

constexpr size_t longest_phrase = 500;

}  // namespace

Schedule read_deadline(std::string_view phrase, const DeadlineContext& context) {
  Schedule out;
  std::string text = fold_space(phrase);
  if (text.size() <= longest_phrase)
    if (const std::optional<Phrase> parsed = parse_deadline(text)) out = DeadlineComposer(context).compose(*parsed);
  out.text = std::move(text);
  return out;
}

std::vector<Diagnostic> deadline_doubts(const Schedule& schedule, const DeadlineContext& context) {
  std::vector<Diagnostic> out;
  const auto warn = [&](const char* code, std::string message, std::string hint) {
    out.push_back({Severity::warning, code, {}, std::move(message), std::move(hint)});
  };
  if (schedule.text.empty()) {
    warn("deadline-empty", "Срок не указан.", "Впишите срок или возьмите весь период плана.");
    return out;
  }
  if (schedule.uncertain)
    warn("deadline-uncertain",
         fmt::format("Срок «{}» можно понять по-разному: {}", schedule.text, join(schedule.readings, " ")),
         "Уточните срок у составителя.");
  else if (schedule.kind == ScheduleKind::unknown)
    warn("deadline-unknown", fmt::format("Срок «{}» не понят.", schedule.text),
         "Запишите срок датой, месяцем, годом или частотой, например «март 2024» или «1 раз в квартал».");
  else if (!context.plan && schedule.occurrences.empty() && schedule.kind != ScheduleKind::relative &&
           schedule.kind != ScheduleKind::on_demand && schedule.kind != ScheduleKind::by_schedule)
    warn("deadline-needs-period",
         fmt::format("Срок «{}» зависит от периода плана, а период не известен.", schedule.text),
         "Назовите период плана, например --period 2024-01-01..2024-12-31.");
  if (context.plan && schedule.start && schedule.end && !overlap(Period{*schedule.start, *schedule.end}, *context.plan))
    warn("deadline-outside-plan",
         fmt::format("Срок «{}» лежит вне периода плана ({} – {}).", schedule.text, to_iso(context.plan->start),
                     to_iso(context.plan->end)),
         "Проверьте год в сроке и период плана.");
  return out;
}

}  // namespace vekha::russian
