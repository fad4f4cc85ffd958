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

// Where numbers begin anew in each section, one says nothing alone.
bool number_says_nothing(const roadmap::Progress& progress) {
  return progress.item.number.find('.') == std::string::npos && !progress.section_title.empty();
}

// «мероприятие 1.2», with its section where the number says nothing alone; without a number, the title.
std::string item_reference(const roadmap::Progress& progress) {
  if (progress.item.number.empty()) return russian::quoted(progress.item.title);
  return "мероприятие " + progress.item.number +
         (number_says_nothing(progress) ? " раздела " + russian::quoted(progress.section_title) : "");
}

// «мероприятия 1.2, 1.4»; where numbers begin anew in each section, «мероприятия 1, 3 раздела «…», мероприятие 2
// раздела «…»».
std::string references(const std::vector<const roadmap::Progress*>& items) {
  std::vector<std::string> all;
  for (size_t i = 0; i < items.size();) {
    const roadmap::Progress& first = *items[i];
    const bool alone = number_says_nothing(first);
    std::vector<std::string> numbers;
    size_t next = i;
    while (next < items.size() && !items[next]->item.number.empty() && number_says_nothing(*items[next]) == alone &&
           (!alone || items[next]->section_title == first.section_title))
      numbers.push_back(items[next++]->item.number);
    if (numbers.size() < 2) {
      all.push_back(item_reference(first));
      ++i;
      continue;
    }
    all.push_back("мероприятия " + join(numbers, ", ") +
                  (alone ? " раздела " + russian::quoted(first.section_title) : ""));
    i = next;
  }
  return join(all, ", ");
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
  std::string reach;  // «факт 14 при плане 150»
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
      // One plan's figure and the facts of several years: say whose fact this is.
      const bool of_year = fact && year > 0 && entry.progress.checkpoints.size() > 1;
      const std::string name = fmt::format("{} ({}{})", indicator.text, item_reference(entry.progress),
                                           of_year ? fmt::format(", {} год", year) : "");
      rows.push_back({Map{{"name", name},
                          {"unit", indicator.unit.empty() ? Value() : Value(indicator.unit)},
                          {"plan", *indicator.value},
                          {"fact", fact ? Value(*fact) : Value()},
                          {"percent", share_of(indicator, fact)},
                          {"previous", previous ? Value(*previous) : Value()},
                          {"trend", trend},
                          {"source", source.empty() ? Value() : Value(source)}},
                      name,
                      fact ? fmt::format("факт {} при плане {}", fact->to_text(), indicator.value->to_text()) : "",
                      is_reached(indicator, fact)});
    }
  }
  return rows;
}

// The title with its parts as a sentence has them: «положения: о команде; о диагностике».
std::string title_in_line(const roadmap::Item& item) {
  const std::string head = title_before_parts(item);
  if (head == item.title) return head;  // no list, or none that is found in it
  return fold_space(head + " " + join(item.parts, "; "));
}

Map not_done_row(const roadmap::Progress& progress, const Checkpoint& checkpoint) {
  std::string deadline = progress.item.deadline.text;
  if (checkpoint.when && progress.checkpoints.size() > 1)
    deadline += fmt::format(" ({})", russian::period_in_words({checkpoint.when->start, checkpoint.when->end}));
  const bool marked = checkpoint.mark.has_value();
  return {
      {"number", progress.item.number},
      {"title", title_in_line(progress.item) +
                    (number_says_nothing(progress) ? " (раздел " + russian::quoted(progress.section_title) + ")" : "")},
      {"deadline", deadline},
      {"cause", marked && !checkpoint.mark->cause.empty() ? Value(checkpoint.mark->cause) : Value()},
      {"new_term", marked && !checkpoint.mark->new_term.empty() ? Value(checkpoint.mark->new_term) : Value()}};
}

struct Figures {
  List sections, not_done, on_demand, problems, conclusions, recommendations, proposals;
  std::vector<const roadmap::Progress*> unsettled;     // items whose last term was not kept
  std::vector<const roadmap::Progress*> without_term;  // of those, what has no new term
  struct Cause {
    std::string words;
    bool partly = false;  // something was done all the same
    bool once = false;    // the items have one term each
    std::vector<const roadmap::Progress*> items;
  };
  std::vector<Cause> causes;  // in the order met
};

// «1.2 «Опрос учителей»: проведено, участников: 23.»; a section's own heading stands above it.
std::string finding_of(const roadmap::Progress& item, const Checkpoint& checkpoint) {
  constexpr size_t enough = 90;
  std::u32string title = to_u32(title_in_line(item.item));
  const bool whole = title.size() <= enough;
  if (!whole) title.resize(title.rfind(U' ', enough) == std::u32string::npos ? enough : title.rfind(U' ', enough));
  if (!whole) {  // neither an open quotation nor a conjunction at the end
    const size_t open = title.rfind(U'«');
    if (open != std::u32string::npos && open > 0 && title.find(U'»', open) == std::u32string::npos) title.resize(open);
    const size_t blank = title.find_last_of(U' ', title.find_last_not_of(U' '));
    if (blank != std::u32string::npos && title.find_last_not_of(U' ') - blank <= 3) title.resize(blank);
  }
  while (!title.empty() && !is_letter(title.back()) && !is_digit(title.back()) && title.back() != U'»' &&
         title.back() != U')')
    title.pop_back();
  if (!whole) title += U"…";
  const bool one_of_many = item.checkpoints.size() > 1 && checkpoint.when;
  std::string text = fmt::format("{} {}: {}{}", item.item.number, russian::quoted(to_utf8(title)),
                                 one_of_many ? fmt::format("{} год – ", year_of(checkpoint.when->end)) : "",
                                 uncapitalize(checkpoint.mark->text));
  if (text.back() != '.') text += '.';
  return std::string(trim(text));
}

void add_section(Figures& figures, const std::string& title, const std::vector<const roadmap::Progress*>& items,
                 Date today) {
  const roadmap::Summary summary = roadmap::summarize(items, today);
  constexpr size_t examples = 6;  // all of them stand in the report on execution
  List findings;
  size_t more = 0;
  for (const roadmap::Progress* item : items) {
    if (roadmap::state_of(*item, today) != roadmap::ItemState::done) continue;  // the others have a table of their own
    for (auto one = item->checkpoints.rbegin(); one != item->checkpoints.rend(); ++one)
      if (one->mark && !one->mark->text.empty() && one->mark->state == MarkState::done) {
        std::string text = finding_of(*item, *one);
        if (findings.size() < examples)
          findings.push_back(std::move(text));
        else
          ++more;
        break;  // one an item, the last
      }
  }
  if (more > 0)
    findings.push_back(fmt::format(
        "Результаты ещё {} приведены в информации о выполнении.",
        fmt::format("{} {}", more,
                    russian::agree_in_genitive(Decimal(static_cast<int64_t>(more)), "мероприятия", "мероприятий"))));
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
    if (state != MarkState::not_done && state != MarkState::overdue && state != MarkState::moved &&
        state != MarkState::partial)
      continue;
    figures.not_done.push_back(not_done_row(progress, checkpoint));
    const std::string cause = checkpoint.mark && !checkpoint.mark->cause.empty() ? uncapitalize(checkpoint.mark->cause)
                                                                                 : "причина не указана";
    const bool partly = state == MarkState::partial, once = progress.checkpoints.size() == 1;
    auto known = std::find_if(figures.causes.begin(), figures.causes.end(), [&](const auto& one) {
      return one.words == cause && one.partly == partly && one.once == once;
    });
    if (known == figures.causes.end()) known = figures.causes.insert(known, {cause, partly, once, {}});
    if (known->items.empty() || known->items.back() != &progress) known->items.push_back(&progress);
  }
  // What a later term has made good needs nothing more.
  const auto last =
      std::find_if(progress.checkpoints.rbegin(), progress.checkpoints.rend(),
                   [&](const Checkpoint& one) { return roadmap::state_of(one, today) != MarkState::planned; });
  if (last == progress.checkpoints.rend()) return;
  const MarkState state = roadmap::state_of(*last, today);
  if (state == MarkState::done || state == MarkState::not_needed) return;
  figures.unsettled.push_back(&progress);
  if (!last->mark || last->mark->new_term.empty()) figures.without_term.push_back(&progress);
}

void add_on_demand(Figures& figures, const roadmap::Progress& progress) {
  if (progress.item.deadline.kind != roadmap::ScheduleKind::on_demand) return;
  int64_t cases = 0;
  for (const Checkpoint& checkpoint : progress.checkpoints)
    if (checkpoint.mark && checkpoint.mark->state == MarkState::done) ++cases;
  figures.on_demand.push_back(Map{{"number", progress.item.number},
                                  {"title", title_in_line(progress.item)},
                                  {"cases", Value(static_cast<long>(cases))}});
}

// What was not done, by its cause; «в отдельные сроки» where other terms of the same items were kept.
void add_problems(Figures& figures) {
  for (const Figures::Cause& cause : figures.causes) {
    // «Не выполнены полностью мероприятия 1.2, 1.4: карантин.»
    const std::string verb = cause.items.size() == 1 ? "не выполнено " : "не выполнены ";
    figures.problems.push_back(fmt::format("{}{}{}: {}.", cause.once ? capitalize(verb) : "В отдельные сроки " + verb,
                                           cause.partly ? "полностью " : "", references(cause.items), cause.words));
  }
}

// How many of the items that count as done were not needed at all.
int count_not_needed(const std::vector<const roadmap::Progress*>& items, Date today) {
  return static_cast<int>(std::count_if(items.begin(), items.end(), [&](const roadmap::Progress* item) {
    return roadmap::state_of(*item, today) == roadmap::ItemState::done &&
           std::none_of(item->checkpoints.begin(), item->checkpoints.end(), [&](const Checkpoint& checkpoint) {
             return roadmap::state_of(checkpoint, today) == MarkState::done;
           });
  }));
}

void conclude(Figures& figures, const roadmap::Summary& summary, int not_needed,
              const std::vector<IndicatorRow>& indicators) {
  if (const auto percent = summary.done_percent())
    figures.conclusions.push_back(fmt::format(
        "Из {} {}, срок которых наступил, выполнено {} ({}){}.", summary.due,
        russian::agree_in_genitive(Decimal(summary.due), "мероприятия", "мероприятий"), summary.done,
        russian::percent(*percent), not_needed > 0 ? fmt::format(", из них не потребовалось {}", not_needed) : ""));
  else
    figures.conclusions.push_back("Мероприятий, срок которых наступил, нет; выводов о выполнении сделать нельзя.");
  if (summary.partial > 0)
    figures.conclusions.push_back(fmt::format("Выполнено частично: {}.", items_in_words(summary.partial)));
  if (summary.not_done > 0)
    figures.conclusions.push_back(fmt::format("Не выполнено: {}; причины указаны в таблице невыполненных мероприятий.",
                                              items_in_words(summary.not_done)));
  int known = 0, reached = 0;
  for (const IndicatorRow& row : indicators) {
    if (!row.reached) continue;
    ++known;
    if (*row.reached)
      ++reached;
    else
      figures.problems.push_back(fmt::format("Не достигнут показатель {}: {}.", russian::quoted(row.name), row.reach));
  }
  if (!indicators.empty())
    figures.conclusions.push_back(
        known == 0 ? fmt::format("Сведений о числовых показателях нет (показателей в плане: {}).", indicators.size())
                   : fmt::format("Числовых показателей: {}, данные есть по {}, плановое значение достигнуто по {}.",
                                 indicators.size(), known, reached));
  if (!figures.without_term.empty())
    figures.recommendations.push_back(fmt::format(
        "Ответственным исполнителям ({}): устранить причины невыполнения и представить сведения о новых сроках.",
        references(figures.without_term)));
  if (!figures.unsettled.empty())
    figures.proposals.push_back(
        fmt::format("Рассмотреть вопрос о переносе в план следующего периода: {}.", references(figures.unsettled)));
  if (figures.proposals.empty())
    figures.proposals.push_back("Учесть опыт выполнения мероприятий при подготовке плана на следующий период.");
}

// «Справку составил» or «составила», by what the office knows of the author.
std::string composed_by(const DocumentFacts& facts) {
  const Value* author = facts.variables.find("author");
  const office::Person* person = facts.office.find((author ? *author : facts.actor).at("id").text());
  const std::string gender = person ? office::to_value(*person).at("gender").text() : std::string();
  return gender == "male" ? "Справку составил" : gender == "female" ? "Справку составила" : "Справку составил(а)";
}

// With its years, where the title of the plan does not name them.
std::string note_title(const Value& plan_genitive, std::optional<Date> start, std::optional<Date> end) {
  const std::string title = "о выполнении " + plan_genitive.text();
  if (!start || !end || title.find(std::to_string(year_of(*end))) != std::string::npos) return title;
  return year_of(*start) == year_of(*end) ? fmt::format("{} за {} год", title, year_of(*end))
                                          : fmt::format("{} за {}–{} годы", title, year_of(*start), year_of(*end));
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
  conclude(figures, summary, count_not_needed(all, facts.today), rows);
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
  for (const Value& order : amendments_of(facts))
    if (const auto date = order.at("date").date(); date && !basis.empty())
      basis.push_back("приказ о внесении изменения " +
                      paper_reference(facts.office, *date, order.at("number").text(), ""));
  const bool has_indicators = !indicators.empty(), has_not_done = !figures.not_done.empty(),
             has_on_demand = !figures.on_demand.empty();
  const int sections = static_cast<int>(figures.sections.size());
  // A plan without sections is one section, and bears the plan's own name: that says nothing here.
  const bool has_sections = sections > 1 || plan.items.empty() || !plan.items.front().progress.section_title.empty();
  if (!has_sections) figures.sections.front().get_if<Map>()->set("title", "Выполнены полностью");
  const Value* date = facts.variables.find("date");
  return {{"title", note_title(*about.find("title_genitive"), start, end)},
          {"draft", !date || date->is_null()},
          {"basis", std::move(basis)},
          {"goal",
           "Оценить полноту выполнения мероприятий и достижение показателей, подготовить предложения для "
           "управленческих решений."},
          {"period",
           start && end ? Value(fmt::format("с {} по {}", russian::date_in_words(*start), russian::date_in_words(*end)))
                        : Value("не указан")},
          {"scope", capitalize(fmt::format("{}: {}", about.find("title")->text(), items_in_words(summary.total))) +
                        (has_sections ? fmt::format(" ({} {}).", sections,
                                                    russian::agree(Decimal(sections), "раздел", "раздела", "разделов"))
                                      : ".")},
          {"methods", List{"анализ отметок о выполнении и подтверждающих документов",
                           "сопоставление достигнутых показателей с плановыми"}},
          {"has_indicators", has_indicators},
          {"indicators", std::move(indicators)},
          {"summary", summary_model(summary)},
          {"has_sections", has_sections},
          {"sections", std::move(figures.sections)},
          {"composed", composed_by(facts)},
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
