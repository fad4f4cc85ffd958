#include "service/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/time_zone.h"
#include "office/number.h"
#include "russian/dates.h"
#include "russian/names.h"
#include "russian/titles.h"
#include "russian/wording.h"
#include "service/process_services.h"

namespace vekha::service {
namespace {

using office::Office;
using office::Person;
using roadmap::Item;

const std::string nbsp = no_break_space;

Value or_null(std::string text) { return text.empty() ? Value() : Value(std::move(text)); }

Value person_value(const Office& office, const std::string& id) {
  const Person* person = office.find(id);
  return person ? office::to_value(*person) : Value();
}

// The person a setting of the letterhead names; null where it names nobody.
Value set_person(const Office& office, const char* setting) {
  const Value* id = office.letterhead.find(setting);
  return id ? person_value(office, id->text()) : Value();
}

std::string text_of(const Map& map, const char* key, const char* otherwise = "") {
  const Value* value = map.find(key);
  return value && !value->text().empty() ? value->text() : otherwise;
}

// What a report says it reports on: the part of the year that ended just before its day; empty on other days.
std::string reported_period(Date as_of) {
  constexpr int days_to_report = 20;  // «за год – до 20 января»
  const int month = month_of(as_of);
  if (month % 3 != 1 || day_of(as_of) > days_to_report) return {};
  if (month == 1) return fmt::format("за {} год", year_of(as_of) - 1);
  const char* parts[] = {"I квартал", "I полугодие", "9 месяцев"};
  return fmt::format("за {} {} года", parts[month / 3 - 1], year_of(as_of));
}

// The model with words that belong together kept on one line, in whatever text they stand.
Map bound_texts(const Map& model);
Value bound_texts(const Value& value) {
  if (const std::string* text = value.get_if<std::string>()) return russian::bound(*text);
  if (const Map* map = value.get_if<Map>()) return bound_texts(*map);
  if (!value.is<List>()) return value;
  List list;
  for (const Value& one : value.list())
    list.push_back(bound_texts(one));
  return list;
}
Map bound_texts(const Map& model) {
  Map map;
  for (const auto& [key, value] : model)
    map.set(key, bound_texts(value));
  return map;
}

// What a file's name takes of a title: up to what it is about, «Об утверждении дорожной карты», or a few words.
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

// A title as another paper names it: a heading («Об утверждении …») in quotation marks, a phrase («о выполнении …») as
// it is.
std::string cited(const std::string& title) {
  return title.empty() || capitalize(title) != title ? title : russian::quoted(title);
}

Map letterhead_model(const Office& office) {
  const Map& set = office.letterhead;
  const std::string verb = text_of(set, "ordering_verb", "spaced");
  return {{"order_word", replace_all(text_of(set, "order_word", "ПРИКАЗ"), " ", nbsp)},
          {"verb_spaced", verb == "spaced"},
          {"verb_own_line", verb == "own-line"},
          {"verb_plain", verb == "plain"},
          {"date_style", text_of(set, "date_style", "digits")},
          {"control_phrase", text_of(set, "control_phrase", "Контроль за исполнением") + " настоящего приказа"},
          {"appendix_stamp", set.find("appendix_stamp") && set.find("appendix_stamp")->truth()}};
}

// Who has signed; before that, who signs on that day: the head, or who stands in for the head.
void add_signer(Map& document, const Office& office, const Value& signed_by, Date today) {
  const Person* head = office.find(text_of(office.letterhead, "signer"));
  if (!signed_by.is_null()) {
    const bool acting = !signed_by.at("acting_for").is_null();
    Map signer = office.find(signed_by.at("id").text())
                     ? office::to_value(*office.find(signed_by.at("id").text())).map()
                     : signed_by.map();
    if (acting) signer.set("post", signed_by.at("acting_for_post"));
    document.set("acting", acting);
    document.set("signer", std::move(signer));
    return;
  }
  const Person* deputy = head ? office.deputy_of(head->id, today) : nullptr;
  document.set("acting", deputy != nullptr);
  Value signer = head ? office::to_value(deputy ? *deputy : *head) : Value();
  if (deputy) signer.get_if<Map>()->set("post", head->post);
  document.set("signer", signer);
}

// «05.12.2022 14:32» on the organisation's own clock.
std::string moment_text(const Office& office, const std::string& instant) {
  const auto at = parse_instant(instant);
  if (!at) return {};
  const LocalTime local = to_local(*at, office.time_zone);
  return fmt::format("{} {:02}:{:02}", russian::date_in_digits(local.date), local.seconds / 3600,
                     local.seconds / 60 % 60);
}

Value day_of_moment(const Office& office, const std::string& instant) {
  const auto at = parse_instant(instant);
  return at ? Value(to_local(*at, office.time_zone).date) : Value();
}

// The visas of one version as rows of the endorsement sheet, and their remarks as its second table.
void add_visas(Map& document, const Office& office, const List& visas) {
  List rows, remarks;
  for (const Value& visa : visas) {
    Value remark;
    const std::string words = visa.at("remarks").text();
    if (!words.empty()) {
      const Value& author = visa.at("person");
      remarks.push_back(
          Map{{"author", russian::name_in_case(author.at("name").text(), russian::Case::nominative,
                                               russian::Gender::unknown, russian::NameForm::surname_initials)
                             .text},
              {"text", words},
              {"answer", visa.at("answer").is_null() ? Value() : visa.at("answer")}});
      remark = "прилагаются, №" + nbsp + std::to_string(remarks.size());
    }
    const std::string at = visa.at("time").text();
    rows.push_back(Map{
        {"post", visa.at("person").at("post")},
        {"person", visa.at("person")},
        {"acting_for", visa.at("person").at("acting_for_post")},
        {"basis", visa.at("person").at("basis")},
        {"received", or_null(moment_text(office, visa.at("received").text()))},
        {"result", visa.at("result")},
        {"date", day_of_moment(office, at)},
        // In the words of the visa itself: «не согласовано в системе …».
        {"signature", or_null(at.empty() ? "" : visa.at("result").text() + " в системе " + moment_text(office, at))},
        {"remarks", remark}});
  }
  document.set("visas", std::move(rows));
  document.set("has_remarks", !remarks.empty());
  document.set("remarks", std::move(remarks));
}

// Own staff who answer for items, by the alphabet.
// Without the one who signs.
List acquaintance_of(const Plan& plan, const Office& office, const std::string& signer) {
  std::set<std::string> ids;
  for (const PlanItem& item : plan.items)
    ids.insert(item.people.begin(), item.people.end());
  for (const char* setting : {"report_to", "clerk", "site_person", "controller"})
    ids.insert(text_of(office.letterhead, setting));
  std::vector<const Person*> people;
  for (const Person& person : office.people)
    if (ids.count(person.id) && person.organization.empty() && person.id != signer) people.push_back(&person);
  std::sort(people.begin(), people.end(),
            [](const Person* a, const Person* b) { return collate(a->name, b->name) < 0; });
  List rows;
  for (const Person* person : people)
    rows.push_back(Map{{"name", person->name}, {"post", person->post}, {"note", nullptr}});
  return rows;
}

Map paper_model(const DocumentFacts& facts) {
  const Office& office = facts.office;
  const Map& variables = facts.variables;
  const auto variable = [&](const char* name) { return variables.find(name) ? *variables.find(name) : Value(); };
  const std::string kind = text_of(variables, "kind");
  const Value number = variable("number"), date = variable("date");
  Map document{{"kind", kind},
               {"kind_genitive", russian::decline_title(kind, russian::Case::genitive).text},
               {"kind_instrumental", russian::decline_title(kind, russian::Case::instrumental).text},
               {"title", variable("title")},
               {"title_cited", cited(variable("title").text())},
               {"short_title", short_title(variable("title").text())},
               // Only what has versions is endorsed and signed; a report is what it is.
               {"draft", date.is_null() && variables.contains("version")},
               {"number", number},
               {"date", date.date() ? Value(*date.date()) : Value()},
               {"version", variables.contains("version") ? variable("version") : Value(1)}};
  add_signer(document, office, variable("signed_by"), date.date().value_or(facts.today));
  document.set("author", variables.contains("author") ? variable("author") : facts.actor);
  // Who signs as a deputy keeps the control, even where it is laid on the deputy's own post.
  const std::string signer = document.find("signer")->at("id").text();
  const Value controller = set_person(office, "controller");
  document.set("controller", controller.at("id").text() == signer ? Value() : controller);
  document.set("sheets", variable("sheets"));
  document.set("site", office.organization.contains("site") ? *office.organization.find("site") : Value());
  document.set("publish_until", nullptr);
  document.set("acquaint_until", nullptr);
  document.set("replaces", List{});
  const std::string prepared = variable("prepared").text();
  document.set("prepared", day_of_moment(office, prepared));
  document.set("prepared_signature",
               or_null(prepared.empty() ? "" : "подготовлено в системе " + moment_text(office, prepared)));
  add_visas(document, office, variable("visas").list());
  // What was returned is not through with its endorsement.
  const bool returned = !variable("return_reason").is_null();
  const Value completed = day_of_moment(office, variable("completed").text());
  document.set("completed", returned ? Value() : completed);
  document.set("returned", returned ? completed : Value());
  document.set("return_reason", variable("return_reason"));
  document.set("acquaintance", acquaintance_of(facts.plan, office, signer));
  document.set("case_index", or_null(office.orders.case_index));
  return document;
}

// A list that was folded into one line, as paragraphs again: at « - » before its entries.
List paragraphs_of(const std::string& text) {
  List paragraphs;
  for (size_t start = 0; start <= text.size();) {
    size_t end = text.find(" - ", start + 1);
    if (end == std::string::npos) end = text.size();
    std::string part(trim(std::string_view(text).substr(start, end - start)));
    if (part.starts_with("- ")) part = "– " + part.substr(2);
    if (!part.empty()) paragraphs.push_back(std::move(part));
    start = end + 1;
  }
  // One dash in running text is no list.
  return paragraphs.size() > (text.starts_with("- ") ? 1u : 2u) ? paragraphs : List{text};
}

Map item_model(const PlanItem& entry, Date today) {
  const Item& item = entry.progress.item;
  // The title holds its parts too; as lines, what stands before the first part comes first.
  List lines;
  std::string head = item.title;
  if (!item.parts.empty()) {
    const size_t at = head.find(item.parts.front());
    if (at != std::string::npos && at > 0) {
      head = head.substr(0, at);
      while (!head.empty() && (head.back() == ' ' || head.back() == '-'))
        head.pop_back();
      if (head.ends_with("–")) head = trim(std::string_view(head).substr(0, head.size() - 3));
    } else {
      head.clear();
    }
  }
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
          {"state", roadmap::to_string(roadmap::state_of(entry.progress, today))},
          {"occurrences", occurrences},
          {"undated", occurrences.empty() ? or_null(item.deadline.text.empty() ? "срок не указан" : item.deadline.text)
                                          : Value()}};
}

}  // namespace

Value preamble_of(const Office& office) {
  std::vector<std::string> phrases;
  for (const Value& ground : office.grounds)
    phrases.push_back(ground.text());
  if (!office.goal.empty()) phrases.push_back(office.goal);
  if (phrases.empty()) return {};
  return capitalize(join(phrases, ", "));
}

Map organization_model(const Office& office) {
  Map model = office.organization;
  const std::string name = text_of(model, "short", text_of(model, "name").c_str());
  model.set("short", name);
  // A title is made small inside a sentence; the name of an organisation keeps its capital.
  model.set("short_genitive", capitalize(russian::decline_title(name, russian::Case::genitive).text));
  if (const Value* place = model.find("place")) {
    std::string text = place->text();
    const size_t blank = text.find(". ");
    if (blank != std::string::npos) text.replace(blank + 1, 1, nbsp);
    model.set("place", text);
  }
  for (const char* key : {"name", "founder", "address", "phone", "email", "site", "place"})
    if (!model.contains(key)) model.set(key, nullptr);
  if (!model.contains("is_founder_of_schools")) model.set("is_founder_of_schools", false);
  return model;
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
    has_indicators = has_indicators || !progress.item.indicator_text.empty();
    sections.back().get_if<Map>()->find("items")->get_if<List>()->push_back(item_model(entry, today));
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

Map summary_model(const roadmap::Summary& summary) {
  const auto percent = summary.done_percent();
  return {{"total", summary.total},
          {"due", summary.due},
          {"done", summary.done},
          {"partial", summary.partial},
          {"not_done", summary.not_done},
          {"not_yet", summary.not_yet > 0 ? Value(summary.not_yet) : Value()},
          {"done_percent", percent ? Value(*percent) : Value()}};
}

Map register_model(const Office& office, const office::Register& rule, int year,
                   const std::vector<store::RegisterRow>& rows) {
  List entries, gaps;
  for (const office::NumberSpan& span : office::missing_numbers(rule, numbers_in_use(rows)))
    gaps.push_back(span.first == span.last ? std::to_string(span.first) : fmt::format("{}–{}", span.first, span.last));
  for (const store::RegisterRow& row : rows) {
    Map entry = row.data.map();
    entry.set("number", row.number);
    entry.set("date", row.date ? Value(*row.date) : Value());
    for (const char* person : {"signer", "author", "control"})
      if (const Value* known = entry.find(person); known && !known->text().empty())
        entry.set(person, russian::name_in_case(known->text(), russian::Case::nominative, russian::Gender::unknown,
                                                russian::NameForm::surname_initials)
                              .text);
    entry.set("annulled", row.state == store::RegisterState::annulled);
    for (const char* key :
         {"registered", "title", "signer", "author", "sheets", "control", "sent", "case", "changed", "note"})
      if (!entry.contains(key)) entry.set(key, nullptr);
    entries.push_back(std::move(entry));
  }
  constexpr std::string_view book = "Журнал регистрации ";  // the layout says it itself
  const std::string& name = office.orders.name;
  return {{"name", name.starts_with(book) ? name.substr(book.size()) : name},
          {"case_index", or_null(office.orders.case_index)},
          {"year", year},
          {"organization", office.organization.contains("name") ? *office.organization.find("name") : Value()},
          {"started", rows.empty() || !rows.front().date ? Value() : Value(*rows.front().date)},
          {"finished", nullptr},
          {"storage", nullptr},
          {"keeper", set_person(office, "clerk")},
          {"entries", std::move(entries)},
          {"gaps", std::move(gaps)}};
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
       {"grid", Map{{"as_of", nullptr}}}});
}

Map document_model(const DocumentFacts& facts) {
  const Office& office = facts.office;
  std::vector<const roadmap::Progress*> all;
  for (const PlanItem& item : facts.plan.items)
    all.push_back(&item.progress);
  Map model{{"organization", organization_model(office)},
            {"letterhead", letterhead_model(office)},
            {"document", paper_model(facts)},
            {"roadmap", roadmap_model(facts.plan, office, facts.today)},
            {"grounds", office.grounds}};
  // A few who answer for everything are named one by one; else it is «указанным в Дорожной карте», as offices write.
  std::vector<std::string> ids;
  bool everywhere = true;
  for (const PlanItem& item : facts.plan.items) {
    everywhere = everywhere && !item.people.empty();
    for (const std::string& id : item.people)
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  List executors;
  if (everywhere && ids.size() <= 4)
    for (const std::string& id : ids)
      executors.push_back(person_value(office, id));
  model.set("executors", std::move(executors));
  for (const char* setting : {"report_to", "clerk", "site_person"})
    model.set(setting, set_person(office, setting));
  model.set("order", facts.adoption ? Value(Map{{"number", facts.adoption->number},
                                                {"date", facts.adoption->date ? Value(*facts.adoption->date) : Value()},
                                                {"title", facts.adoption->data.at("title")}})
                                    : Value(Map{{"number", nullptr}, {"date", nullptr}, {"title", nullptr}}));
  const std::string title = model.find("roadmap")->at("title_genitive").text();
  model.set("report", Map{{"title", facts.name + " " + title},
                          {"period", or_null(reported_period(facts.today))},
                          {"as_of", facts.today},
                          {"summary", summary_model(roadmap::summarize(all, facts.today))}});
  model.set("note", note_model(facts));
  model.set("grid", Map{{"as_of", facts.today}});
  model.set("register", register_model(office, facts.register_rule, facts.year, facts.register_rows));
  // An order of one item's own adds that item to the plan.
  const Value* item = facts.variables.find("item");
  Value amendment;
  if (item && !item->at("key").is_null())
    for (const PlanItem& entry : facts.plan.items)
      if (entry.progress.key == item->at("key").text()) {
        const std::string section = entry.progress.section_number;
        amendment = Map{{"preamble", preamble_of(office)},
                        {"section",
                         entry.progress.section_title.empty() ? Value("Дорожную карту")  // as the order calls the whole
                         : section.empty() ? Value("раздел " + russian::quoted(entry.progress.section_title))
                                           : Value("раздел " + section)},
                        {"item", item_model(entry, facts.today)}};
      }
  model.set("amendment", amendment);
  return bound_texts(model);
}

}  // namespace vekha::service
