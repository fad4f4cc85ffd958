// The computed part of the аналитическая справка: figures from marks and indicators, and proposed conclusions, each
// with its figure. Nothing here is made up: where there is no figure the value is null and the paper says «нет данных».
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "russian/dates.h"
#include "russian/numerals.h"
#include "service/model.h"

namespace vekha::service {
namespace {

using roadmap::Checkpoint;
using roadmap::ItemState;
using roadmap::MarkState;

std::string section_name(const roadmap::Progress& progress, const std::string& plan_title) {
  if (progress.section_title.empty()) return plan_title;
  return progress.section_number.empty() ? progress.section_title
                                         : progress.section_number + ". " + progress.section_title;
}

std::string items_in_words(int count) {
  return fmt::format("{} {}", count, russian::agree(Decimal(count), "мероприятие", "мероприятия", "мероприятий"));
}

std::string item_reference(const roadmap::Progress& progress) {
  return progress.item.number.empty() ? "«" + progress.item.title + "»" : "пункт " + progress.item.number;
}

// Numeric indicators with the newest fact, and the one before it as the year before.
List indicator_rows(const Plan& plan) {
  List rows;
  for (const PlanItem& entry : plan.items)
    for (const roadmap::Indicator& indicator : entry.progress.item.indicators) {
      if (!indicator.value) continue;
      std::optional<Decimal> fact, previous;
      std::string source;
      for (const Checkpoint& checkpoint : entry.progress.checkpoints)
        if (checkpoint.mark && checkpoint.mark->fact) {
          previous = fact;
          fact = checkpoint.mark->fact;
          source = checkpoint.mark->document;
        }
      Value share, trend;
      if (fact)
        if (const auto ratio = Decimal::divide(*fact * Decimal(100), *indicator.value)) share = ratio->rounded(1);
      if (fact && previous) trend = *fact > *previous ? "рост" : *fact < *previous ? "снижение" : "без изменений";
      rows.push_back(Map{{"name", fmt::format("{} ({})", indicator.text, item_reference(entry.progress))},
                         {"unit", indicator.unit.empty() ? Value() : Value(indicator.unit)},
                         {"plan", *indicator.value},
                         {"fact", fact ? Value(*fact) : Value()},
                         {"percent", share},
                         {"previous", previous ? Value(*previous) : Value()},
                         {"trend", trend},
                         {"source", source.empty() ? Value() : Value(source)}});
    }
  return rows;
}

Map not_done_row(const roadmap::Progress& progress, const Checkpoint& checkpoint) {
  std::string deadline = progress.item.deadline.text;
  if (checkpoint.when && progress.checkpoints.size() > 1)
    deadline += fmt::format(" ({})", russian::period_in_words({checkpoint.when->start, checkpoint.when->end}));
  const bool marked = checkpoint.mark.has_value();
  return {{"number", progress.item.number},
          {"title", progress.item.title},
          {"deadline", deadline},
          {"cause", marked && !checkpoint.mark->cause.empty() ? Value(checkpoint.mark->cause) : Value()},
          {"new_term", marked && !checkpoint.mark->new_term.empty() ? Value(checkpoint.mark->new_term) : Value()}};
}

struct Figures {
  List sections, not_done, on_demand, problems, conclusions, recommendations, proposals;
};

void add_section(Figures& figures, const std::string& title, const std::vector<const roadmap::Progress*>& items,
                 Date today) {
  const roadmap::Summary summary = roadmap::summarize(items, today);
  List findings;
  for (const roadmap::Progress* item : items)
    for (const Checkpoint& checkpoint : item->checkpoints)
      if (checkpoint.mark && !checkpoint.mark->text.empty() && checkpoint.mark->state == MarkState::done) {
        std::string text = capitalize(item_reference(*item)) + ": " + uncapitalize(checkpoint.mark->text);
        if (text.back() != '.') text += '.';
        findings.push_back(text);
        break;  // one example an item; all of them stand in the report on execution
      }
  const auto percent = summary.done_percent();
  figures.sections.push_back(Map{{"title", title},
                                 {"total", summary.total},
                                 {"done", summary.done},
                                 {"partial", summary.partial},
                                 {"not_done", summary.not_done},
                                 {"done_percent", percent ? Value(*percent) : Value()},
                                 {"findings", std::move(findings)}});
}

void add_not_done(Figures& figures, const roadmap::Progress& progress, Date today) {
  for (const Checkpoint& checkpoint : progress.checkpoints) {
    const MarkState state = roadmap::state_of(checkpoint, today);
    if (state != MarkState::not_done && state != MarkState::overdue && state != MarkState::moved) continue;
    figures.not_done.push_back(not_done_row(progress, checkpoint));
    const std::string cause =
        checkpoint.mark && !checkpoint.mark->cause.empty() ? checkpoint.mark->cause : "причина не указана";
    figures.problems.push_back(fmt::format("Не выполнен {}: {}.", item_reference(progress), uncapitalize(cause)));
    figures.recommendations.push_back(
        fmt::format("Ответственным исполнителям ({}): устранить причину невыполнения и представить сведения о новом "
                    "сроке.",
                    item_reference(progress)));
    figures.proposals.push_back(
        fmt::format("Рассмотреть перенос в план следующего периода: {}.", item_reference(progress)));
  }
}

void add_on_demand(Figures& figures, const roadmap::Progress& progress) {
  if (progress.item.deadline.kind != roadmap::ScheduleKind::on_demand) return;
  int64_t cases = 0;
  for (const Checkpoint& checkpoint : progress.checkpoints)
    if (checkpoint.mark && checkpoint.mark->state == MarkState::done)
      cases += checkpoint.mark->fact ? checkpoint.mark->fact->to_integer().value_or(1) : 1;
  figures.on_demand.push_back(Map{
      {"number", progress.item.number}, {"title", progress.item.title}, {"cases", Value(static_cast<long>(cases))}});
}

void conclude(Figures& figures, const roadmap::Summary& summary, const List& indicators) {
  if (const auto percent = summary.done_percent())
    figures.conclusions.push_back(fmt::format("Выполнено {} из {} (мероприятия, срок которых наступил): {}.",
                                              items_in_words(summary.done), summary.due, russian::percent(*percent)));
  else
    figures.conclusions.push_back("Мероприятий, срок которых наступил, нет; выводов о выполнении сделать нельзя.");
  if (summary.partial > 0)
    figures.conclusions.push_back(fmt::format("Выполнено частично: {}.", items_in_words(summary.partial)));
  if (summary.not_done > 0)
    figures.conclusions.push_back(fmt::format(
        "Не выполнено: {}; причины указаны в разделе о невыполненных мероприятиях.", items_in_words(summary.not_done)));
  int known = 0, reached = 0;
  for (const Value& row : indicators) {
    const Decimal* share = row.at("percent").get_if<Decimal>();
    if (!share) continue;
    ++known;
    if (*share >= Decimal(100))
      ++reached;
    else
      figures.problems.push_back(
          fmt::format("Не достигнут показатель «{}»: {} от плана.", row.at("name").text(), russian::percent(*share)));
  }
  if (!indicators.empty())
    figures.conclusions.push_back(
        known == 0 ? fmt::format("Сведений о числовых показателях нет (показателей в плане: {}).", indicators.size())
                   : fmt::format("Плановое значение достигнуто по {} из {} {}, о которых есть данные.", reached, known,
                                 russian::agree_in_genitive(Decimal(known), "показателя", "показателей")));
  if (figures.proposals.empty())
    figures.proposals.push_back("Учесть опыт выполнения мероприятий при подготовке плана на следующий период.");
}

}  // namespace

Map note_model(const DocumentFacts& facts) {
  const Plan& plan = facts.plan;
  const std::string title = plan.roadmap.at("title").text();
  Figures figures;
  std::vector<const roadmap::Progress*> all, section;
  std::string name;
  for (const PlanItem& entry : plan.items) {
    const roadmap::Progress& progress = entry.progress;
    all.push_back(&progress);
    const std::string next = section_name(progress, title);
    if (next != name && !section.empty()) {
      add_section(figures, name, section, facts.today);
      section.clear();
    }
    name = next;
    section.push_back(&progress);
    add_not_done(figures, progress, facts.today);
    add_on_demand(figures, progress);
  }
  if (!section.empty()) add_section(figures, name, section, facts.today);
  const roadmap::Summary summary = roadmap::summarize(all, facts.today);
  List indicators = indicator_rows(plan);
  conclude(figures, summary, indicators);

  const Map about = roadmap_model(plan, facts.office, facts.today);
  const auto start = about.find("period")->at("start").date(), end = about.find("period")->at("end").date();
  List basis;
  if (facts.adoption && facts.adoption->date)
    basis.push_back(fmt::format("приказ {} от {} №{}{} «{}»",
                                organization_model(facts.office).find("short_genitive")->text(),
                                russian::date_in_digits(*facts.adoption->date), no_break_space, facts.adoption->number,
                                facts.adoption->data.at("title").text()));
  const bool has_indicators = !indicators.empty(), has_not_done = !figures.not_done.empty(),
             has_on_demand = !figures.on_demand.empty();
  const int sections = static_cast<int>(figures.sections.size());
  const Value* date = facts.variables.find("date");
  return {{"title", "о выполнении " + about.find("title_genitive")->text()},
          {"draft", !date || date->is_null()},
          {"basis", std::move(basis)},
          {"goal",
           "Оценить полноту выполнения мероприятий и достижение показателей, подготовить предложения для "
           "управленческих решений."},
          {"period",
           start && end ? Value(fmt::format("с {} по {}", russian::date_in_words(*start), russian::date_in_words(*end)))
                        : Value("не указан")},
          {"scope", fmt::format("{} {} ({}).", items_in_words(summary.total), about.find("title_genitive")->text(),
                                fmt::format("{} {}", sections,
                                            russian::agree(Decimal(sections), "раздел", "раздела", "разделов")))},
          {"methods", List{"анализ отметок о выполнении и подтверждающих документов",
                           "сопоставление достигнутых показателей с плановыми"}},
          {"has_indicators", has_indicators},
          {"indicators", std::move(indicators)},
          {"summary", summary_model(summary)},
          {"sections", std::move(figures.sections)},
          {"has_organizations", false},
          {"organizations", List{}},
          {"has_not_done", has_not_done},
          {"not_done", std::move(figures.not_done)},
          {"has_on_demand", has_on_demand},
          {"on_demand", std::move(figures.on_demand)},
          {"has_by_person", false},
          {"by_person", List{}},
          {"practices", List{}},
          {"problems", std::move(figures.problems)},
          {"conclusions", std::move(figures.conclusions)},
          {"recommendations", std::move(figures.recommendations)},
          {"proposals", std::move(figures.proposals)},
          {"has_appendices", false},
          {"appendices", List{}},
          {"agreed", nullptr},
          {"has_acquainted", false},
          {"acquainted", List{}}};
}

}  // namespace vekha::service
