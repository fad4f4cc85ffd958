// A case («дело»): the folder in which an organisation keeps its roadmaps, and everything people do with it. The only
// room where plans, people, processes, papers and the store meet. One call = one transition = one transaction: refused
// before anything is made, made before anything is kept, kept before anything is told.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/diagnostic.h"
#include "base/value.h"
#include "office/office.h"
#include "service/papers.h"
#include "service/plan.h"
#include "service/resources.h"
#include "store/store.h"
#include "workflow/decide.h"

namespace vekha::service {

// What a call has done.
struct Receipt {
  std::string sentence;  // «Принять отметку – принять», empty where nobody has done a task
  std::vector<std::string> documents;  // file names of what was made
  std::vector<std::string> tasks;      // ids of tasks that have opened
  std::vector<Diagnostic> doubts;
  std::string plan;
};

// A task as people see it in a list.
struct OpenTask {
  std::string id;
  std::string plan;
  std::string instance;
  std::string subject;  // «1.2 Обновление методических рекомендаций», else the plan's title
  workflow::Task task;
  std::vector<std::string> people;  // names of those who may do it
  std::optional<Date> due;
  bool overdue = false;
  int turn = 0;  // how often it came in its process before: rework is a new task
};

// What is committed together with a transition.
struct Besides {
  std::vector<store::DefinitionRow> definitions;
  std::vector<std::pair<std::string, Value>> settings;
  int64_t first_id = 0;  // what the store's next id was when these were made; 0 when they do not depend on it
};

enum class CaseMode { existing, create };

class Case {
 public:
  // Opens the case in `folder`, making it where there is none and `create` is asked. Errors: unreadable; environment.
  static std::unique_ptr<Case> open(const std::string& folder, CaseMode mode, Resources resources, Clock& clock);
  Case(std::unique_ptr<store::Store> store, Resources resources, Clock& clock);
  ~Case();

  // Takes over who the organisation is: people, roles, letterhead, register. Errors: faulty.
  void set_office(const Value& office, const std::string& file);
  const office::Office& office();
  Value office_value();

  // Brings a roadmap in: starts the process of the plan. Doubts of the reading are in the receipt.
  // Errors: unreadable, for what is no roadmap; refused, when the case has no office yet.
  Receipt add(const std::string& file, std::string bytes, std::optional<Period> period, const std::string& person);

  // Plans of the case, oldest first.
  std::vector<Plan> plans();
  Plan plan(const std::string& id);
  // Open tasks, overdue first, then by due day; `person` empty: everybody's.
  std::vector<OpenTask> tasks(const std::string& person);
  // Completes a task. A field that is left out takes what the task proposes. Outcome and fields may be given by their
  // ids or by their labels. Errors: not_found, for an unknown task, person, outcome or field; refused, with the reason;
  // conflict, when somebody else did it first: who and when.
  Receipt complete(const std::string& task, const std::string& outcome, const Map& fields, const std::string& reason,
                   const std::string& person);
  // Fires every timer that is due by now, each at its own time.
  void advance();

  // When the last thing happened; nullopt in a new case.
  std::optional<Instant> last_moment();

  std::vector<store::DocumentRow> documents(const std::string& plan);
  std::vector<store::EventRow> history(const std::string& plan);
  // The numbers of a year with gaps and annulled ones; keys as in templates/README.md, `register`.
  Map register_of(int year);
  // The number that is proposed next.
  std::string next_number(int year);
  // A number stays, with the word «аннулирован» and the reason. The answer warns where a document of this case bears
  // it.
  std::string annul(const std::string& number, int year, const std::string& reason, const std::string& person);
  // One line for a paper that is none of ours: a number of the same register taken elsewhere.
  void enter_foreign(const std::string& number, Date date, const std::string& title, const std::string& person);
  // Writes the documents of one plan below `folder` by stage («2 Приказ/…»), those only that were made after the
  // document `after`; a file that is there already with the same bytes stays. Gives the last document's id.
  int64_t export_documents(const std::string& plan, const std::string& folder, int64_t after = 0);
  // Faults of the chain, of the documents, and of states that are not what their history gives.
  std::vector<std::string> verify();

  // «05.12.2022 14:32» on the organisation's own clock.
  std::string local_text(Instant at);
  Date today();
  // A folder's name for a plan, unique in the case.
  std::string folder_of(const std::string& plan);

 private:
  // Makes a transition, decided anew for as long as others are faster. Errors: conflict, when they always are.
  Receipt run(const workflow::Command& command, const workflow::Actor& actor);
  std::optional<Receipt> attempt(const workflow::Command& command, const workflow::Actor& actor,
                                 const Besides& besides);
  // The clock's, but never before the last thing that happened.
  Instant now();
  const workflow::Library& library();
  std::vector<store::DefinitionRow> new_definitions();
  const office::Person& required_person(const std::string& words);
  // Who keeps the register, or stands in for them. Errors: refused, for anybody else.
  workflow::Actor registrar(const std::string& words);
  std::vector<std::string> plan_ids();
  std::vector<workflow::Instance> instances_of(const std::string& plan);

  std::unique_ptr<store::Store> store_;
  Resources resources_;
  Clock& clock_;
  Papers papers_;
  std::optional<office::Office> office_;
  std::optional<workflow::Library> library_;
};

}  // namespace vekha::service
