#include "ingest/ingest.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "ingest/cell_meaning.h"
#include "ingest/front_matter.h"
#include "ingest/irregularities.h"
#include "ingest/kinds.h"
#include "ingest/parties.h"
#include "ingest/period.h"
#include "ingest/plan_table.h"
#include "russian/deadline.h"

namespace vekha::ingest {
namespace {

// «май2021»: the word that has lost the blank before its number, or empty.
std::string lost_space(std::string_view text) {
  for (const std::string_view word : split(text, ' ')) {
    char32_t before = 0;
    for (size_t at = 0; at < word.size();) {
      const char32_t c = next_char(word, at);
      if (is_digit(c) && is_letter(before)) return std::string(word);
      before = c;
    }
  }
  return {};
}

roadmap::Item item_of(const DraftItem& draft, const russian::DeadlineContext& context, Doubts& doubts) {
  roadmap::Item item;
  item.number = draft.number;
  item.title = joined(draft.title);
  item.parts = parts_of(draft.title);
  item.deadline = russian::read_deadline(joined(draft.deadline), context);
  item.responsible_text = joined(draft.responsible);
  item.responsible = parties_of(draft.responsible);
  item.indicator_text = joined(draft.indicator);
  item.indicators = indicators_of(draft.indicator);
  item.mark_text = joined(draft.mark);
  item.marks = marks_of(item.mark_text, item.parts.size());
  item.where = draft.where;
  for (Diagnostic& doubt : russian::deadline_doubts(item.deadline, context)) {
    // That the period is not known is told once, for the whole plan.
    if (doubt.code == "deadline-needs-period") continue;
    std::string message = item.number.empty() ? doubt.message : fmt::format("Пункт {}. {}", item.number, doubt.message);
    doubts.warn(doubt.code.c_str(), draft.deadline_at, std::move(message), std::move(doubt.hint));
  }
  if (const std::string joint = lost_space(item.deadline.text); !joint.empty())
    doubts.note("lost-space", draft.deadline_at,
                fmt::format("В сроке «{}» между словом и числом нет пробела («{}»); срок прочитан.", item.deadline.text,
                            joint));
  return item;
}

// A band that is a year («2021 год») dates the items below it.
std::optional<int> year_of_band(const DraftSection& section) {
  const roadmap::Schedule schedule = russian::read_deadline(section.title);
  if (schedule.kind != roadmap::ScheduleKind::year || !schedule.start) return std::nullopt;
  return year_of(*schedule.start);
}

// A file without cells: its words are kept, and nothing is made of them.
ReadResult text_alone(const Sheet& sheet, const std::string& file, const ReadOptions& options, Doubts& doubts) {
  ReadResult result;
  result.roadmap.period = options.period;
  for (const Block& block : sheet.blocks)
    for (const Line& line : std::get<Paragraph>(block).lines)
      result.roadmap.preface.push_back(line.text);
  Where where;
  where.file = file;
  doubts.warn("cells-unreadable", where,
              fmt::format("Файл «{}» хранит слова, но не ячейки таблицы: графы прочитать нельзя. Текст сохранён, "
                          "пунктов из него не составлено.",
                          file),
              "Возьмите исходный файл плана: DOCX, XLSX, ODT или ODS.");
  result.diagnostics = doubts.take();
  return result;
}

// The readers leave the name of the file out of their places: a workbook has a million of them.
void name_file(ReadResult& result, const std::string& file) {
  for (roadmap::Section& section : result.roadmap.sections)
    for (roadmap::Item& item : section.items)
      item.where.file = file;
  for (Diagnostic& diagnostic : result.diagnostics)
    diagnostic.where.file = file;
}

}  // namespace

ReadResult read_roadmap(const std::filesystem::path& path, const ReadOptions& options) {
  return read_roadmap_bytes(read_file(path, options.largest_file), path.string(), options);
}

ReadResult read_roadmap_bytes(std::string bytes, const std::string& file, const ReadOptions& options) {
  Doubts doubts;
  const Sheet sheet = read_sheet(std::move(bytes), file, doubts);
  const std::vector<Element> elements = elements_of(sheet);
  const std::optional<PlanTable> plan = find_plan(elements, doubts);
  if (!plan && sheet.cells_lost) return text_alone(sheet, file, options, doubts);
  if (!plan)
    throw Error(
        ErrorCode::unreadable,
        fmt::format("В файле «{}» нет таблицы мероприятий: не найдена строка с заголовками граф «Мероприятия» и "
                    "«Сроки» или «Ответственные». Проверьте, план ли это.",
                    file),
        file);

  const Where head = elements[plan->head].where();
  FrontMatter front = read_front_matter(elements, *plan, doubts);
  FoundPeriod period;
  if (options.period)
    period = {options.period, options.period->start};
  else
    period = find_period(front, *plan, head, doubts);

  ReadResult result;
  roadmap::Roadmap& roadmap = result.roadmap;
  roadmap.title = front.title;
  roadmap.period = period.period;
  roadmap.organization = front.organization;
  roadmap.order = front.order;
  roadmap.passport = front.passport;
  roadmap.preface = front.preface;
  russian::DeadlineContext context;
  context.plan = period.period;
  context.plan_start = period.start;
  for (const DraftSection& draft : plan->sections) {
    context.year = year_of_band(draft);
    roadmap::Section& section = roadmap.sections.emplace_back();
    section.number = draft.number;
    section.title = draft.title;
    section.task = draft.task;
    for (const DraftItem& item : draft.items)
      section.items.push_back(item_of(item, context, doubts));
  }
  if (roadmap.item_count() == 0)
    doubts.warn("no-items", head, "В таблице мероприятий нет ни одного пункта.", "Проверьте, тот ли это файл.");
  find_irregularities(*plan, front, roadmap, doubts);
  find_typing_habits(elements, doubts);
  result.diagnostics = doubts.take();
  name_file(result, file);
  return result;
}

}  // namespace vekha::ingest
