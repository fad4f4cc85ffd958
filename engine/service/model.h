// The data that templates are filled with: one union model for all documents, described field by field in
// templates/README.md. Computed from the office, the plan and the document's own process; no I/O, no clock.
#pragma once

#include <vector>

#include "base/value.h"
#include "office/office.h"
#include "service/plan.h"
#include "store/store.h"

namespace vekha::service {

// What a document is made from.
struct DocumentFacts {
  const office::Office& office;
  const Plan& plan;
  const Map& variables;     // of the process that wants the document, as its task left them
  const std::string& name;  // what the process calls it, «Информация о выполнении»
  Date today{};
  int year = 0;        // of the register below
  const Value& actor;  // person who makes it, null when it makes itself
  const office::Register& register_rule;
  const std::vector<store::RegisterRow>& register_rows;  // of all years
  const store::RegisterRow* adoption = nullptr;          // the registered order that adopted the plan, if there is one
};

// The whole model. What nobody knows is null, never made up.
Map document_model(const DocumentFacts& facts);

// What a plan-grid of a roadmap outside of any case is drawn from: no marks, no people.
Map grid_model(const roadmap::Roadmap& roadmap);

// Its parts that are also asked for alone.
Map organization_model(const office::Office& office);
Map roadmap_model(const Plan& plan, const office::Office& office, Date today);
Map item_model(const PlanItem& entry, const office::Office& office, Date today);
Map note_model(const DocumentFacts& facts);
Map register_model(const office::Office& office, const office::Register& rule, int year,
                   const std::vector<store::RegisterRow>& all);

// «в соответствии с …» and «в целях …» as one phrase up to the ordering verb; null where the office gives neither.
Value preamble_of(const office::Office& office);

// The person a setting of the letterhead names; null where it names nobody.
Value set_person(const office::Office& office, const char* setting);

// The registered orders about single items of the plan, by date, as `date` and `number`: they changed what its own
// order approved.
List amendments_of(const DocumentFacts& facts);

// The title up to the list it holds, as it stands before the first part; whole where the list is not found in it, empty
// where the title begins with it.
std::string title_before_parts(const roadmap::Item& item);

// What a file's name takes of a title: up to what it is about, «Об утверждении дорожной карты», or a few words.
std::string short_title(const std::string& title);

// The model with words that belong together kept on one line, in whatever text they stand.
Map bound_texts(const Map& model);

// The sums of a report: total, due, done, partial, not_done, not_yet, done_percent; null for what is not there.
Map summary_model(const roadmap::Summary& summary);

}  // namespace vekha::service
