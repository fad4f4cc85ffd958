// The computed part of the аналитическая справка: figures from marks and indicators, and proposed conclusions, each
// with its figure. Nothing here is made up: where there is no figure the value is null and the paper says «нет данных».
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "russian/dates.h"
#include "russian/numerals.h"
#include "russian/wording.h"
#include "service/model.h"
#include "service/process_services.h"

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

// «мероприятие 1.2», with its section where numbers begin anew in each and say nothing alone.
std::string item_reference(const roadmap::Progress& progress) {
  if (progress.item.number.empty()) return russian::quoted(progress.item.title);
  const bool alone = progress.item.number.find('.') == std::string::npos && !progress.section_title.empty();
  return "мероприятие " + progress.item.number + (alone ? " раздела " + russian::quoted(progress.section_title) : "");
}

// «мероприятия 1.2, 1.4»; where they need more than a number, one by one.
std::string references(const std::vector<const roadmap::Progress*>& items) {
  if (items.size() == 1) return item_reference(*items.front());
  std::vector<std::string> numbers, all;
  for (const roadmap::Progress* item : items) {
    all.push_back(item_reference(*item));
    if (all.back() == "мероприятие " + item->item.number) numbers.push_back(item->item.number);
  }
  return numbers.size() == items.size() ? "мероприятия " + join(numbers, ", ") : join(all, ", ");
}

// How much of the plan the fact is, in per cent; null where that says nothing: «не более 5».
Value share_of(const roadmap::Indicator& indicator, const std::optional<Decimal>& fact) {
  if (!fact || indicator.comparison == "<=" || indicator.comparison == "<") return {};
  const auto ratio = Decimal::divide(*fact * Decimal(100), *indicator.value);
  return ratio ? Value(ratio->rounded(1)) : Value();
}

std::optional<bool> is_reached(const roadmap::Indicator& indicator, const std::optional<Decimal>& fact) {
  if (!fact) return std::nullopt;
  if (indicator.comparison == "<=") return *fact <= *indicator.value;
  if (indicator.comparison == "<") return *fact < *indicator.value;
  if (indicator.comparison == "=") return *fact == *indicator.value;
  if (indicator.comparison == ">") return *fact > *indicator.value;
  return *fact >= *indicator.value;
}

// Numeric indicators with the newest fact, and that of the year before. A mark has one fact: where an item has several
// numbers to reach, whose it is is not known, and none is given.
struct IndicatorRow {
  Map row;
  std::string name;
  std::optional<bool> reached;
};
std::vector<IndicatorRow> indicator_rows(const Plan& plan) {
  std::vector<IndicatorRow> rows;
  for (const PlanItem& entry : plan.items) {
    const std::vector<roadmap::Indicator>& all = entry.progress.item.indicators;
    const bool one = std::count_if(all.begin(), all.end(), [](const auto& i) { return i.value.has_value(); }) == 1;
    for (const roadmap::Indicator& indicator : all) {
      if (!indicator.value) continue;
      std::optional<Decimal> fact, previous;
      int year = 0;
      std::string source;
      for (const Checkpoint& checkpoint : entry.progress.checkpoints) {
        if (!one || !checkpoint.mark || !checkpoint.mark->fact) continue;
        const int its_year = checkpoint.when ? year_of(checkpoint.when->end) : 0;
        if (its_year != 0 && its_year == year + 1)
          previous = fact;
        else if (its_year != year)
          previous.reset();
        fact = checkpoint.mark->fact;
        year = its_year;
        source = checkpoint.mark->document;
      }
      Value trend;
      if (fact && previous) trend = *fact > *previous ? "рост" : *fact < *previous ? "снижение" : "без изменений";
      const std::string name = fmt::format("{} ({})", indicator.text, item_reference(entry.progress));
      rows.push_back({Map{{"name", name},
                          {"unit", indicator.unit.empty() ? Value() : Value(indicator.unit)},
                          {"plan", *indicator.value},
                          {"fact", fact ? Value(*fact) : Value()},
                          {"percent", share_of(indicator, fact)},
                          {"previous", previous ? Value(*previous) : Value()},
                          {"trend", trend},
                          {"source", source.empty() ? Value() : Value(source)}},
                      name, is_reached(indicator, fact)});
    }
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
  std::vector<const roadmap::Progress*> unsettled;                                    // items with something not done
  std::vector<std::pair<std::string, std::vector<const roadmap::Progress*>>> causes;  // in the order met
};

void add_section(Figures& figures, const std::string& title, const std::vector<const roadmap::Progress*>& items,
                 Date today) {
  const roadmap::Summary summary = roadmap::summarize(items, today);
  constexpr size_t examples = 6;  // all of them stand in the report on execution
  List findings;
  for (const roadmap::Progress* item : items)
    for (const Checkpoint& checkpoint : item->checkpoints)
      if (checkpoint.mark && !checkpoint.mark->text.empty() && checkpoint.mark->state == MarkState::done) {
        std::string text = capitalize(item_reference(*item)) + ": " + uncapitalize(checkpoint.mark->text);
        if (text.back() != '.') text += '.';
        if (findings.size() < examples) findings.push_back(text);
        break;  // one an item
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
    const std::string cause = checkpoint.mark && !checkpoint.mark->cause.empty() ? uncapitalize(checkpoint.mark->cause)
                                                                                 : "причина не указана";
    auto known =
        std::find_if(figures.causes.begin(), figures.causes.end(), [&](const auto& c) { return c.first == cause; });
    if (known == figures.causes.end()) known = figures.causes.insert(known, {cause, {}});
    if (known->second.empty() || known->second.back() != &progress) known->second.push_back(&progress);
    if (figures.unsettled.empty() || figures.unsettled.back() != &progress) figures.unsettled.push_back(&progress);
  }
}

void add_on_demand(Figures& figures, const roadmap::Progress& progress) {
  if (progress.item.deadline.kind != roadmap::ScheduleKind::on_demand) return;
  int64_t cases = 0;
  for (const Checkpoint& checkpoint : progress.checkpoints)
    if (checkpoint.mark && checkpoint.mark->state == MarkState::done) ++cases;
  figures.on_demand.push_back(Map{
      {"number", progress.item.number}, {"title", progress.item.title}, {"cases", Value(static_cast<long>(cases))}});
}

// What was not done, by its cause; «в отдельные сроки» where other terms of the same items were kept.
void add_problems(Figures& figures) {
  for (const auto& [cause, items] : figures.causes) {
    const bool once =
        std::all_of(items.begin(), items.end(), [](const auto* item) { return item->checkpoints.size() == 1; });
    figures.problems.push_back(
        fmt::format("{} {}: {}.", once ? "Не выполнено" : "В отдельные сроки не выполнено", references(items), cause));
  }
}

void conclude(Figures& figures, const roadmap::Summary& summary, const std::vector<IndicatorRow>& indicators) {
  if (const auto percent = summary.done_percent())
    figures.conclusions.push_back(
        fmt::format("Из {} {}, срок которых наступил, выполнено {} ({}).", summary.due,
                    russian::agree_in_genitive(Decimal(summary.due), "мероприятия", "мероприятий"), summary.done,
                    russian::percent(*percent)));
  else
    figures.conclusions.push_back("Мероприятий, срок которых наступил, нет; выводов о выполнении сделать нельзя.");
  if (summary.partial > 0)
    figures.conclusions.push_back(fmt::format("Выполнено частично: {}.", items_in_words(summary.partial)));
  if (summary.not_done > 0)
    figures.conclusions.push_back(fmt::format(
        "Не выполнено: {}; причины указаны в разделе о невыполненных мероприятиях.", items_in_words(summary.not_done)));
  int known = 0, reached = 0;
  for (const IndicatorRow& row : indicators) {
    if (!row.reached) continue;
    ++known;
    if (*row.reached)
      ++reached;
    else
      figures.problems.push_back(fmt::format("Не достигнут показатель {}.", russian::quoted(row.name)));
  }
  if (!indicators.empty())
    figures.conclusions.push_back(
        known == 0 ? fmt::format("Сведений о числовых показателях нет (показателей в плане: {}).", indicators.size())
                   : fmt::format("Показателей, по которым есть данные: {}; плановое значение достигнуто по {}.", known,
                                 reached));
  if (!figures.unsettled.empty()) {
    const std::string items = references(figures.unsettled);
    figures.recommendations.push_back(fmt::format(
        "Ответственным исполнителям ({}): устранить причины невыполнения и представить сведения о новых сроках.",
        items));
    figures.proposals.push_back(fmt::format("Рассмотреть перенос в план следующего периода: {}.", items));
  }
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
  const std::vector<IndicatorRow> rows = indicator_rows(plan);
  add_problems(figures);
  conclude(figures, summary, rows);
  List indicators;
  for (const IndicatorRow& row : rows)
    indicators.push_back(row.row);

  const Map about = roadmap_model(plan, facts.office, facts.today);
  const auto start = about.find("period")->at("start").date(), end = about.find("period")->at("end").date();
  List basis;
  if (facts.adoption && facts.adoption->date)
    basis.push_back(fmt::format("{} {} {}", facts.adoption->data.at("kind").text(),
                                organization_model(facts.office).find("short_genitive")->text(),
                                paper_reference(facts.office, *facts.adoption->date, facts.adoption->number,
                                                facts.adoption->data.at("title").text())));
  const bool has_indicators = !indicators.empty(), has_not_done = !figures.not_done.empty(),
             has_on_demand = !figures.on_demand.empty();
  const int sections = static_cast<int>(figures.sections.size());
  const Value* date = facts.variables.find("date");
  return {
      {"title", "о выполнении " + about.find("title_genitive")->text()},
      {"draft", !date || date->is_null()},
      {"basis", std::move(basis)},
      {"goal",
       "Оценить полноту выполнения мероприятий и достижение показателей, подготовить предложения для "
       "управленческих решений."},
      {"period", start && end
                     ? Value(fmt::format("с {} по {}", russian::date_in_words(*start), russian::date_in_words(*end)))
                     : Value("не указан")},
      {"scope",
       fmt::format("{} ({}).",
                   capitalize(fmt::format("{}: {}", about.find("title")->text(), items_in_words(summary.total))),
                   fmt::format("{} {}", sections, russian::agree(Decimal(sections), "раздел", "раздела", "разделов")))},
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
