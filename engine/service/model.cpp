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

std::string text_of(const Map& map, const char* key, const char* otherwise = "") {
  const Value* value = map.find(key);
  return value && !value->text().empty() ? value->text() : otherwise;
}

// What a report says it reports on: the part of the year that ended just before its day; empty on other days.
// A plan of several years is reported on as a whole.
std::string reported_period(const DocumentFacts& facts) {
  constexpr int days_to_report = 20;  // «за год – до 20 января»
  const Date as_of = facts.today;
  const int month = month_of(as_of);
  const Value& period = facts.plan.roadmap.at("period");
  const auto start = period.at("start").date(), end = period.at("end").date();
  if (start && end && year_of(*start) != year_of(*end)) return {};
  if (month % 3 != 1 || day_of(as_of) > days_to_report) return {};
  if (month == 1) return fmt::format("за {} год", year_of(as_of) - 1);
  const char* parts[] = {"I квартал", "I полугодие", "9 месяцев"};
  return fmt::format("за {} {} года", parts[month / 3 - 1], year_of(as_of));
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
                                               russian::Gender::unknown, russian::NameForm::initials_surname)
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

// Whether this is a registered order about a single item of the plan.
bool amends(const store::RegisterRow& row, const std::string& plan) {
  return !plan.empty() && row.state == store::RegisterState::registered &&
         row.data.at("subject").text().starts_with(plan + "/");
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

}  // namespace

List amendments_of(const DocumentFacts& facts) {
  std::vector<const store::RegisterRow*> rows;
  for (const store::RegisterRow& row : facts.register_rows)
    if (amends(row, facts.plan.id)) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->date < b->date; });
  List list;
  for (const store::RegisterRow* row : rows)
    list.push_back(Map{{"date", row->date ? Value(*row->date) : Value()}, {"number", row->number}});
  return list;
}

Value set_person(const Office& office, const char* setting) {
  const Value* id = office.letterhead.find(setting);
  return id ? person_value(office, id->text()) : Value();
}

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

Map summary_model(const roadmap::Summary& summary) {
  const auto percent = summary.done_percent();
  return {{"total", summary.total},
          {"due", summary.due},
          {"done", summary.done},
          {"partial", summary.partial},
          {"not_done", summary.not_done},
          {"not_yet", summary.not_yet > 0 ? Value(summary.not_yet) : Value()},
          {"undated", summary.undated > 0 ? Value(summary.undated) : Value()},
          {"done_percent", percent ? Value(*percent) : Value()}};
}

Map register_model(const Office& office, const office::Register& rule, int year,
                   const std::vector<store::RegisterRow>& all) {
  std::vector<store::RegisterRow> rows;
  for (const store::RegisterRow& row : all)
    if (row.year == year) rows.push_back(row);
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.running < b.running; });
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
    std::vector<std::string> changed;
    for (const store::RegisterRow& other : all)
      if (amends(other, entry.contains("subject") ? entry.find("subject")->text() : std::string()) && other.date)
        changed.push_back(fmt::format("приказ от {} № {}", russian::date_in_digits(*other.date), other.number));
    entry.set("changed", changed.empty() ? Value() : Value("изменён: " + join(changed, ", ")));
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
                          {"period", or_null(reported_period(facts))},
                          {"as_of", facts.today},
                          {"summary", summary_model(roadmap::summarize(all, facts.today))}});
  model.set("note", note_model(facts));
  model.set("grid", Map{{"as_of", facts.today}, {"draft", facts.adoption == nullptr}});
  model.set("register", register_model(office, facts.register_rule, facts.year, facts.register_rows));
  model.find("roadmap")->get_if<Map>()->set("amendments", amendments_of(facts));
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
                        // Numbers may begin anew in each section.
                        {"item_genitive",
                         section.empty() && entry.progress.section_title.empty()
                             ? "пункта " + entry.progress.item.number
                             : fmt::format("пункта {} раздела {}", entry.progress.item.number,
                                           section.empty() ? russian::quoted(entry.progress.section_title) : section)},
                        {"item", item_model(entry, office, facts.today)}};
      }
  model.set("amendment", amendment);
  return bound_texts(model);
}

}  // namespace vekha::service
