// What documents ask of a plan: its title in every form, its passport, sections and items.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "russian/dates.h"
#include "russian/names.h"
#include "russian/titles.h"
#include "russian/wording.h"
#include "service/model.h"

namespace vekha::service {
namespace {

using office::Office;
using office::Person;
using roadmap::Item;

Value or_null(std::string text) { return text.empty() ? Value() : Value(std::move(text)); }

// Where the entries of a numbered list («1. … 2. …», «1 этап … 2 этап …») begin in text that was folded into one line;
// none where it does not count on from 1.
std::vector<size_t> numbered_entries(const std::string& text) {
  std::vector<size_t> starts;
  for (const char* after : {". ", " этап"}) {
    starts.clear();
    for (size_t at = 0; at != std::string::npos;) {
      const std::string next = std::to_string(starts.size() + 1) + after;
      at = text.starts_with(next) && starts.empty() ? 0 : text.find(" " + next, at);
      if (at == std::string::npos) break;
      starts.push_back(at == 0 ? 0 : at + 1);
      at = starts.back() + next.size();
    }
    if (starts.size() > 1) return starts;
  }
  return {};
}

// Where the entries of a list of dashes begin. A dash in running text («январь 2023 - июнь 2024») is no entry: a list
// opens with one or after a colon, or has many.
std::vector<size_t> dashed_entries(const std::string& text) {
  constexpr size_t many = 4;
  std::vector<size_t> starts;
  if (text.starts_with("- ")) starts.push_back(0);
  const bool opened = !starts.empty() || text.find(": - ") != std::string::npos;
  for (size_t at = text.find(" - "); at != std::string::npos; at = text.find(" - ", at + 1))
    starts.push_back(at + 1);
  return opened || starts.size() >= many ? starts : std::vector<size_t>();
}

// A list that was folded into one line, as paragraphs again.
List paragraphs_of(const std::string& text) {
  std::vector<size_t> starts = numbered_entries(text);
  if (starts.empty()) starts = dashed_entries(text);
  if (starts.empty() || starts.front() > 0) starts.insert(starts.begin(), 0);
  List paragraphs;
  for (size_t i = 0; i < starts.size(); ++i) {
    const size_t end = i + 1 < starts.size() ? starts[i + 1] : text.size();
    std::string part(trim(std::string_view(text).substr(starts[i], end - starts[i])));
    if (part.starts_with("- ")) part = "– " + part.substr(2);
    if (!part.empty()) paragraphs.push_back(std::move(part));
  }
  return paragraphs;
}

// An item without dates stands in a grid with the state of its last mark; the state of the others adds their marks up.
const char* state_in_grid(const roadmap::Progress& progress, const roadmap::Mark* last_mark, Date today) {
  const bool dated = std::any_of(progress.checkpoints.begin(), progress.checkpoints.end(),
                                 [](const auto& checkpoint) { return checkpoint.when.has_value(); });
  if (!dated && last_mark) return roadmap::to_string(last_mark->state);
  return roadmap::to_string(roadmap::state_of(progress, today));
}

// Who answers for an item, each once by one name: who works here by surname and initials, others in the plan's words.
List names_of(const PlanItem& entry, const Office& office) {
  List names;
  const auto add = [&](std::string name) {
    if (!name.empty() && std::find(names.begin(), names.end(), Value(name)) == names.end())
      names.push_back(std::move(name));
  };
  for (const std::string& id : entry.people)
    if (const Person* person = office.find(id))
      add(russian::name_in_case(person->name, russian::Case::nominative, russian::Gender::unknown,
                                russian::NameForm::surname_initials)
              .text);
  for (const roadmap::Party& party : entry.progress.item.responsible)
    if (people_of({party}, office).empty()) add(capitalize(fold_space(party.text)));
  return names;
}

}  // namespace

std::string title_before_parts(const Item& item) {
  const size_t list = item.parts.empty() ? std::string::npos : item.title.find(item.parts.front());
  if (list == std::string::npos) return item.title;
  std::string head = item.title.substr(0, list);
  while (!head.empty() && (head.back() == ' ' || head.back() == '-'))
    head.pop_back();
  if (head.ends_with("–")) head = trim(std::string_view(head).substr(0, head.size() - 3));
  return head;
}

Map item_model(const PlanItem& entry, const Office& office, Date today) {
  const Item& item = entry.progress.item;
  // The title holds its parts too; as lines, what stands before the first part comes first.
  List lines;
  const std::string head = title_before_parts(item);
  if (!head.empty()) lines.push_back(head);
  for (const std::string& part : item.parts)
    lines.push_back("– " + part);
  const auto lines_of = [](const auto& list, const std::string& text) {
    List out;
    for (const auto& one : list)
      out.push_back(one.text);
    if (out.empty() && !text.empty()) out.push_back(text);
    return out;
  };
  List completion;
  for (const std::string& line : roadmap::completion_lines(entry.progress, today))
    completion.push_back(line);
  List parts;
  for (const std::string& part : item.parts)
    parts.push_back(part);
  const roadmap::Mark* last_mark = nullptr;
  for (const roadmap::Checkpoint& checkpoint : entry.progress.checkpoints)
    if (checkpoint.mark) last_mark = &*checkpoint.mark;
  List occurrences;
  for (const roadmap::Checkpoint& checkpoint : entry.progress.checkpoints) {
    if (!checkpoint.when) continue;
    const bool one_day = checkpoint.when->start == checkpoint.when->end;
    occurrences.push_back(
        Map{{"start", checkpoint.when->start},
            {"end", checkpoint.when->end},
            {"day", one_day ? Value(day_of(checkpoint.when->end)) : Value()},
            {"state", roadmap::to_string(roadmap::state_of(checkpoint, today))},
            {"date", checkpoint.mark && checkpoint.mark->date ? Value(*checkpoint.mark->date) : Value()},
            {"mark", or_null(roadmap::mark_line(entry.progress, checkpoint))}});
  }
  return {{"number", item.number},
          {"title", item.title},
          {"parts", std::move(parts)},
          {"title_lines", std::move(lines)},
          {"deadline", item.deadline.text},
          {"responsible_lines", lines_of(item.responsible, item.responsible_text)},
          {"indicator_lines", lines_of(item.indicators, item.indicator_text)},
          {"completion_lines", completion},
          {"mark", or_null(join(roadmap::mark_lines(entry.progress), "\n"))},
          {"names", names_of(entry, office)},
          {"state", state_in_grid(entry.progress, last_mark, today)},
          {"mark_date", last_mark && last_mark->date ? Value(*last_mark->date) : Value()},
          {"occurrences", occurrences},
          // «сентябрь 2022, далее по запросам» goes on without a date.
          {"undated", or_null(!occurrences.empty()         ? item.deadline.then
                              : item.deadline.text.empty() ? "срок не указан"
                                                           : item.deadline.text)}};
}

std::string short_title(const std::string& title) {
  constexpr size_t enough = 60;
  std::u32string letters = to_u32(title.substr(0, title.find(" по ")));
  if (letters.size() > enough) {
    const size_t blank = letters.rfind(U' ', enough);
    letters.resize(blank == std::u32string::npos || blank < enough / 2 ? enough : blank);
  }
  // A quotation that is not closed before the cut does not belong there.
  const size_t open = letters.rfind(U'«');
  if (open != std::u32string::npos && open > 0 && letters.find(U'»', open) == std::u32string::npos)
    letters.resize(open);
  while (!letters.empty() && (letters.back() == U' ' || letters.back() == U','))
    letters.pop_back();
  return to_utf8(letters);
}

namespace {

Value bound_value(const Value& value) {
  if (const std::string* text = value.get_if<std::string>()) return russian::bound(*text);
  if (const Map* map = value.get_if<Map>()) return bound_texts(*map);
  if (!value.is<List>()) return value;
  List list;
  for (const Value& one : value.list())
    list.push_back(bound_value(one));
  return list;
}

}  // namespace

Map bound_texts(const Map& model) {
  Map map;
  for (const auto& [key, value] : model)
    map.set(key, bound_value(value));
  return map;
}

Map roadmap_model(const Plan& plan, const Office& office, Date today) {
  const std::string title = plan.roadmap.at("title").text();
  const auto start = plan.roadmap.at("period").at("start").date(), end = plan.roadmap.at("period").at("end").date();
  Map period{{"start", start ? Value(*start) : Value()},
             {"end", end ? Value(*end) : Value()},
             {"text", start && end ? Value(russian::period_of_title({*start, *end})) : Value()}};
  List passport;
  for (const Value& row : plan.roadmap.at("passport").list())
    passport.push_back(Map{{"number", std::to_string(passport.size() + 1)},
                           {"name", row.at("name")},
                           {"paragraphs", paragraphs_of(row.at("value").text())}});
  List sections;
  bool has_indicators = false;
  std::string last_number, last_title;
  for (const PlanItem& entry : plan.items) {
    const roadmap::Progress& progress = entry.progress;
    if (sections.empty() || progress.section_number != last_number || progress.section_title != last_title) {
      last_number = progress.section_number;
      last_title = progress.section_title;
      sections.push_back(Map{{"number", last_number},
                             {"title", last_title},
                             {"heading", last_number.empty() ? last_title : last_number + ". " + last_title},
                             {"items", List{}}});
    }
    // An item that was added later does not add a column to the table that was approved.
    if (entry.subject.empty() || entry.subject == plan.id)
      has_indicators = has_indicators || !progress.item.indicator_text.empty();
    sections.back().get_if<Map>()->find("items")->get_if<List>()->push_back(item_model(entry, office, today));
  }
  const bool has_passport = !passport.empty();
  return {{"title", title},
          {"title_accusative", russian::decline_title(title, russian::Case::accusative).text},
          {"title_genitive", russian::decline_title(title, russian::Case::genitive).text},
          {"short_name", short_title(russian::decline_title(title, russian::Case::genitive).text)},
          {"approved", to_lower(russian::approved_heading(title).text)},
          {"approved_accusative", russian::agree_with_title("утверждённый", title, russian::Case::accusative).text},
          {"attached_accusative", russian::agree_with_title("прилагаемый", title, russian::Case::accusative).text},
          {"period", std::move(period)},
          {"preamble", preamble_of(office)},
          {"goal", or_null(office.goal)},
          {"has_passport", has_passport},
          {"passport", std::move(passport)},
          {"has_indicators", has_indicators},
          {"amendments", List{}},
          {"developer", set_person(office, "developer")},
          {"sections", std::move(sections)},
          {"items_total", plan.items.size()}};
}

Map grid_model(const roadmap::Roadmap& roadmap) {
  const Office office;
  Plan plan;
  Map about = roadmap::to_value(roadmap).map();
  about.erase("sections");
  plan.roadmap = std::move(about);
  for (const roadmap::Section& section : roadmap.sections)
    for (const Item& item : section.items) {
      PlanItem entry;
      entry.progress.item = item;
      entry.progress.section_number = section.number;
      entry.progress.section_title = section.title;
      for (const roadmap::Occurrence& occurrence : item.deadline.occurrences)
        entry.progress.checkpoints.push_back({occurrence, {}});
      plan.items.push_back(std::move(entry));
    }
  Map organization = organization_model(office);
  organization.set("name", roadmap.organization.empty() ? Value() : Value(roadmap.organization));
  return bound_texts(
      {{"organization", std::move(organization)},
       {"roadmap",
        roadmap_model(plan, office, Date{std::chrono::year::min(), std::chrono::January, std::chrono::day{1}})},
       {"document", Map{{"author", nullptr}}},
       {"grid", Map{{"as_of", nullptr}, {"draft", false}}}});
}

}  // namespace vekha::service
