#include "service/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace vekha::service {
namespace {

using workflow::Execution;
using workflow::Instance;

constexpr const char* item_key = "item";
constexpr const char* roadmap_key = "roadmap";
constexpr const char* marks_key = "marks";

List checkpoints_of(const roadmap::Schedule& schedule) {
  List list;
  for (const roadmap::Occurrence& occurrence : schedule.occurrences)
    list.push_back(Map{{"index", list.size() + 1},
                       {"start", to_iso(occurrence.start)},
                       {"end", to_iso(occurrence.end)},
                       {"due", to_iso(occurrence.end)}});
  if (list.empty()) list.push_back(Map{{"index", 1}, {"start", nullptr}, {"end", nullptr}, {"due", nullptr}});
  return list;
}

// What the turns of the running multi-instance activity have given so far, else what it has left behind.
List results_of(const Instance& instance) {
  for (const Execution& execution : instance.executions)
    if (execution.body && !execution.results.empty()) return execution.results;
  const Value* left = instance.variables().find(marks_key);
  return left ? left->list() : List{};
}

// Whether two words are forms of one: they share all but their endings.
bool same_word(std::u32string_view a, std::u32string_view b) {
  constexpr size_t longest_ending = 3;
  size_t common = 0;
  while (common < a.size() && common < b.size() && a[common] == b[common])
    ++common;
  return common + longest_ending >= std::max(a.size(), b.size()) && common * 2 > std::max(a.size(), b.size());
}

// «методисты» means everybody whose post begins with it; «руководители районных сообществ» only those whose post says
// so.
bool post_matches(std::string_view words, std::string_view post) {
  std::vector<std::u32string> theirs;
  for (const std::string_view word : split(post, ' '))
    theirs.push_back(to_u32(to_lower(word)));
  bool head = true;
  const std::string folded = fold_space(words);
  for (const std::string_view word : split(folded, ' ')) {
    const std::u32string wanted = to_u32(to_lower(word));
    if (head && !same_word(wanted, theirs.front())) return false;
    if (!head && std::none_of(theirs.begin(), theirs.end(), [&](const auto& one) { return same_word(wanted, one); }))
      return false;
    head = false;
  }
  return !head;
}

}  // namespace

std::vector<std::string> people_of(const std::vector<roadmap::Party>& parties, const office::Office& office) {
  std::vector<std::string> ids;
  const auto add = [&](const std::string& id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  };
  for (const roadmap::Party& party : parties) {
    if (!party.name.empty()) {
      for (const office::Person* person : office::find_people(office, party.name))
        add(person->id);
    } else if (!party.post.empty()) {
      for (const office::Person& person : office.people)
        if (post_matches(party.post, person.post)) add(person.id);
    }
  }
  return ids;
}

Map item_variables(const roadmap::Item& item, const roadmap::Section& section, const std::string& key, int position,
                   const office::Office& office) {
  Map variables = roadmap::to_value(item).map();
  variables.set("key", key);
  variables.set("position", position);
  variables.set("section", Map{{"number", section.number}, {"title", section.title}});
  variables.set("occurrences", checkpoints_of(item.deadline));
  List people;
  for (const std::string& id : people_of(item.responsible, office))
    people.push_back(id);
  variables.set("people", std::move(people));
  return variables;
}

Plan plan_from(const std::string& id, const std::vector<Instance>& instances, const workflow::Library& library) {
  Plan plan;
  plan.id = id;
  for (const Instance& instance : instances) {
    const Map& variables = instance.variables();
    if (const Value* roadmap = variables.find(roadmap_key)) {
      plan.variables = variables;
      plan.roadmap = *roadmap;
      continue;
    }
    const Value* item = variables.find(item_key);
    if (!item || instance.caller || !item->map().contains("occurrences")) continue;
    PlanItem entry;
    entry.instance = instance.id;
    entry.ended = instance.status != workflow::Status::active;
    entry.position = static_cast<int>(item->at("position").integer());
    entry.subject = variables.find("subject") ? variables.find("subject")->text() : std::string();
    for (const Value& person : item->at("people").list())
      entry.people.push_back(person.text());
    roadmap::Progress& progress = entry.progress;
    progress.key = item->at("key").text();
    progress.item = roadmap::item_from_value(*item);
    progress.section_number = item->at("section").at("number").text();
    progress.section_title = item->at("section").at("title").text();
    const List results = results_of(instance);
    for (size_t i = 0; i < item->at("occurrences").list().size(); ++i) {
      const Value& when = item->at("occurrences").list()[i];
      roadmap::Checkpoint checkpoint;
      if (when.at("start").date() && when.at("end").date())
        checkpoint.when = roadmap::Occurrence{*when.at("start").date(), *when.at("end").date()};
      if (i < results.size() && results[i].is<Map>()) checkpoint.mark = roadmap::mark_from_value(results[i]);
      progress.checkpoints.push_back(std::move(checkpoint));
    }
    if (const workflow::Definition* definition = library.version(instance.definition))
      if (const workflow::Process* process = definition->find(instance.process)) {
        const workflow::Stage stage = entry.ended
                                          ? process->stages().empty() ? workflow::Stage{} : process->stages().back()
                                          : workflow::current_stage(*process, instance);
        progress.stage = stage.name;
        progress.stage_number = stage.number;
      }
    plan.items.push_back(std::move(entry));
  }
  std::stable_sort(plan.items.begin(), plan.items.end(),
                   [](const PlanItem& a, const PlanItem& b) { return a.position < b.position; });
  return plan;
}

}  // namespace vekha::service
