#include "service/case.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/time_zone.h"
#include "ingest/ingest.h"
#include "office/number.h"
#include "russian/dates.h"
#include "russian/titles.h"
#include "service/model.h"
#include "service/process_services.h"
#include "service/rights.h"
#include "service/transition.h"

namespace vekha::service {

namespace fs = std::filesystem;

namespace {

constexpr const char* office_setting = "office";
constexpr const char* started_for_roadmap = "roadmap";
constexpr int attempts = 8;  // how often a transition is decided anew when somebody else was faster

[[noreturn]] void throw_busy() {
  throw Error(ErrorCode::conflict, "Другие сотрудники одновременно меняют то же самое. Повторите действие.");
}

}  // namespace

Case::Case(std::unique_ptr<store::Store> store, Resources resources, Clock& clock)
    : store_(std::move(store)), resources_(std::move(resources)), clock_(clock), papers_(resources_.templates) {}

Case::~Case() = default;

std::unique_ptr<Case> Case::open(const std::string& folder, CaseMode mode, Resources resources, Clock& clock) {
  return std::make_unique<Case>(
      store::open_sqlite(folder, mode == CaseMode::create ? store::OpenMode::create : store::OpenMode::existing),
      std::move(resources), clock);
}

Value Case::office_value() { return office::to_value(office()); }

void Case::set_office(const Value& office, const std::string& file) {
  office_ = office::office_from_value(office, file);
  store::Commit commit;
  commit.settings.emplace_back(office_setting, office::to_value(*office_));
  store_->commit(commit);
}

const office::Office& Case::office() {
  if (!office_) {
    const Value known = store_->setting(office_setting);
    if (known.is_null())
      throw Error(
          ErrorCode::refused,
          "В деле ещё нет сведений об организации: людей, ролей, бланка. Внесите их командой vekha office ФАЙЛ.");
    office_ = office::office_from_value(known);
  }
  return *office_;
}

Date Case::today() { return to_local(clock_.now(), office().time_zone).date; }

std::string Case::local_text(Instant at) {
  const LocalTime local = to_local(at, office().time_zone);
  return fmt::format("{} {:02}:{:02}", russian::date_in_digits(local.date), local.seconds / 3600,
                     local.seconds / 60 % 60);
}

const workflow::Library& Case::library() {
  if (!library_) {
    library_.emplace();
    for (const store::DefinitionRow& row : store_->definitions()) {
      workflow::Loaded loaded = workflow::load(row.source, row.file_name);
      throw_if_faulty(fmt::format("Процесс «{}», записанный в деле, не читается.", row.file_name), loaded.diagnostics);
      library_->add(std::move(loaded.definition));
    }
  }
  return *library_;
}

// Process files that the case does not know yet in this version; they join its library.
std::vector<store::DefinitionRow> Case::new_definitions() {
  std::set<std::string> known;
  for (const store::DefinitionRow& row : store_->definitions())
    known.insert(row.sha256);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(resources_.workflows))
    if (entry.path().extension() == ".bpmn") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  library();
  std::vector<store::DefinitionRow> rows;
  for (const fs::path& file : files) {
    std::string source = read_file(file, 16u << 20);
    const std::string sha = sha256(source);
    if (known.count(sha)) continue;
    workflow::Loaded loaded = workflow::load(source, file.filename().string());
    throw_if_faulty(fmt::format("Процесс «{}» с ошибками, дорожная карта не принята.", file.filename().string()),
                    loaded.diagnostics);
    library_->add(std::move(loaded.definition));
    rows.push_back({sha, file.filename().string(), std::move(source)});
  }
  return rows;
}

const office::Person& Case::required_person(const std::string& words) {
  if (words.empty()) throw Error(ErrorCode::usage, "Не сказано, кто действует. Добавьте --as и фамилию сотрудника.");
  return person_named(office(), words);
}

Receipt Case::add(const std::string& file, std::string bytes, std::optional<Period> period, const std::string& person) {
  const workflow::Actor actor = actor_of(required_person(person));
  ingest::ReadOptions options;
  options.period = period;
  ingest::ReadResult read = ingest::read_roadmap_bytes(std::move(bytes), file, options);
  throw_if_faulty(fmt::format("Дорожная карта «{}» не принята.", file), read.diagnostics);
  // Who brings in a report of last year wants to go on with the plan that it reports on.
  std::string title = read.roadmap.title;
  if (const auto reported = russian::title_of_reported(title)) {
    title = *reported;
    read.diagnostics.push_back({Severity::warning,
                                "report-as-plan",
                                {file, 0, 0, {}},
                                fmt::format("Файл – отчёт о выполнении. Планом считается «{}».", title),
                                "Если план называется иначе, исправьте заголовок в файле и внесите его снова."});
  }
  for (int i = 0; i < attempts; ++i) {
    library_.reset();
    std::vector<store::DefinitionRow> definitions = new_definitions();
    const workflow::Process* process = library().started_for(started_for_roadmap);
    if (!process)
      throw Error(ErrorCode::faulty,
                  "Среди процессов нет того, что начинается с дорожной картой. Проверьте папку workflows.");
    const std::string plan = std::to_string(store_->next_id());
    Map variables{{"plan", plan}, {"subject", plan}};
    Map about = roadmap::to_value(read.roadmap).map();
    about.erase("sections");
    about.set("title", title);
    about.set("title_genitive", russian::decline_title(title, russian::Case::genitive).text);
    about.set("source", fs::path(file).filename().string());
    variables.set("roadmap", std::move(about));
    List items;
    for (const roadmap::Section& section : read.roadmap.sections)
      for (const roadmap::Item& item : section.items) {
        const int position = static_cast<int>(items.size()) + 1;
        items.push_back(item_variables(item, section, fmt::format("{}/{}", plan, position), position, office()));
      }
    variables.set("items", std::move(items));
    std::optional<Receipt> receipt = attempt(workflow::StartProcess{process->id, variables}, actor, definitions);
    if (!receipt) continue;
    receipt->doubts.insert(receipt->doubts.begin(), read.diagnostics.begin(), read.diagnostics.end());
    receipt->plan = plan;
    return std::move(*receipt);
  }
  throw_busy();
}

Receipt Case::run(const workflow::Command& command, const workflow::Actor& actor) {
  for (int i = 0; i < attempts; ++i)
    if (std::optional<Receipt> receipt = attempt(command, actor, {})) return std::move(*receipt);
  throw_busy();
}

std::optional<Receipt> Case::attempt(const workflow::Command& command, const workflow::Actor& actor,
                                     const std::vector<store::DefinitionRow>& definitions) {
  Transition transition({*store_, library(), office(), papers_, clock_.now()});
  return transition.make(command, actor, definitions);
}

void Case::advance() {
  while (!store_->timers_due(clock_.now()).empty())
    run(workflow::AdvanceTime{200}, {});
}

Receipt Case::complete(const std::string& task_id, const std::string& outcome, const Map& fields,
                       const std::string& reason, const std::string& person_words) {
  const office::Person& person = required_person(person_words);
  workflow::Actor actor = actor_of(person);
  const auto row = store_->instance(workflow::instance_of_task(task_id));
  if (!row)
    throw Error(ErrorCode::not_found,
                fmt::format("Задачи «{}» нет. Список задач показывает команда vekha tasks.", task_id));
  const workflow::Instance instance = workflow::instance_from_value(row->state);
  if (const workflow::Task* task = instance.find_task(task_id)) {
    auto allowed = may_act(office(), person, task->name, task->role, task->assignees, today());
    if (const auto* rejection = std::get_if<workflow::Rejection>(&allowed))
      throw Error(ErrorCode::refused, rejection->message);
    actor = std::get<workflow::Actor>(std::move(allowed));
  }
  return run(workflow::CompleteTask{task_id, outcome, fields, reason}, actor);
}

std::vector<workflow::Instance> Case::instances_of(const std::string& plan) {
  std::vector<workflow::Instance> instances;
  for (const store::InstanceRow& row : store_->instances(plan))
    instances.push_back(workflow::instance_from_value(row.state));
  return instances;
}

std::vector<Plan> Case::plans() {
  std::vector<Plan> plans;
  for (const store::InstanceRow& row : store_->instances({}))
    if (row.id == row.plan) plans.push_back(plan_from(row.id, instances_of(row.id), library()));
  return plans;
}

Plan Case::plan(const std::string& id) {
  const auto row = store_->instance(id);
  if (!row || row->plan != id)
    throw Error(ErrorCode::not_found,
                fmt::format("Дорожной карты «{}» в деле нет. Список показывает команда vekha items.", id));
  return plan_from(id, instances_of(id), library());
}

std::vector<OpenTask> Case::tasks(const std::string& person_words) {
  const office::Person* person = person_words.empty() ? nullptr : &required_person(person_words);
  const Date day = today();
  std::map<std::string, std::string> subjects;  // by instance
  std::vector<OpenTask> open;
  for (const store::TaskRow& row : store_->tasks({})) {
    OpenTask entry;
    entry.id = row.id;
    entry.plan = row.plan;
    entry.instance = row.instance;
    entry.task = workflow::task_from(row.data);
    entry.due = row.due;
    entry.overdue = row.due && *row.due < day;
    if (person && std::holds_alternative<workflow::Rejection>(
                      may_act(office(), *person, entry.task.name, entry.task.role, entry.task.assignees, day)))
      continue;
    for (const std::string& id : row.people)
      if (const office::Person* one = office().find(id)) entry.people.push_back(one->name);
    if (entry.people.empty())
      for (const office::Person* one : office().holders(entry.task.role))
        entry.people.push_back(one->name);
    entry.subject = row.data.at("subject").text();
    entry.turn = static_cast<int>(row.data.at("turn").integer());
    open.push_back(std::move(entry));
  }
  std::stable_sort(open.begin(), open.end(),
                   [](const OpenTask& a, const OpenTask& b) { return a.overdue > b.overdue; });
  return open;
}

std::pair<size_t, size_t> Case::tally(const std::string& plan) { return store_->tally(plan); }

std::optional<Instant> Case::last_moment() { return store_->last_moment(); }

std::vector<store::DocumentRow> Case::documents(const std::string& plan) { return store_->documents(plan); }

std::vector<store::EventRow> Case::history(const std::string& plan) { return store_->events({plan, {}}); }

Map Case::register_of(int year) {
  return register_model(office(), rule_of_year(office().orders, *store_, year), year,
                        store_->register_rows(office().orders.name, year));
}

std::string Case::next_number(int year) {
  return service::next_number(rule_of_year(office().orders, *store_, year),
                              store_->register_rows(office().orders.name, year));
}

void Case::annul(const std::string& number, int year, const std::string& reason, const std::string& person) {
  const workflow::Actor actor = actor_of(required_person(person));
  if (trim(reason).empty())
    throw Error(ErrorCode::usage, "Не сказано, почему номер аннулируется. Добавьте --reason и причину.");
  for (store::RegisterRow row : store_->register_rows(office().orders.name, year)) {
    if (row.number != number) continue;
    if (row.state == store::RegisterState::annulled)
      throw Error(ErrorCode::refused, fmt::format("Номер {} в {} году уже аннулирован.", number, year));
    row.state = store::RegisterState::annulled;
    row.data.get_if<Map>()->set("note", "аннулирован: " + reason);
    store::Commit commit;
    commit.register_changed = {row};
    commit.events.push_back({0,
                             row.instance,
                             row.plan,
                             clock_.now(),
                             actor.id,
                             "number-annulled",
                             Map{{"number", number}, {"year", year}, {"reason", reason}},
                             {}});
    store_->commit(commit);
    return;
  }
  throw Error(ErrorCode::not_found, fmt::format("Номера {} в журнале {} года нет.", number, year));
}

void Case::enter_foreign(const std::string& number, Date date, const std::string& title, const std::string& person) {
  const workflow::Actor actor = actor_of(required_person(person));
  const int year = year_of(date);
  for (const store::RegisterRow& row : store_->register_rows(office().orders.name, year))
    if (row.number == number)
      throw Error(ErrorCode::refused,
                  fmt::format("Номер {} в {} году уже занят: «{}».", number, year, row.data.at("title").text()));
  store::RegisterRow row;
  row.register_name = office().orders.name;
  row.year = year;
  row.number = number;
  row.running = office::number_of(office().orders, number).value_or(0);
  row.date = date;
  row.data = Map{{"title", title}, {"registered", today()}, {"author", actor.name}};
  store::Commit commit;
  commit.register_added = {row};
  commit.events.push_back({0,
                           "",
                           "",
                           clock_.now(),
                           actor.id,
                           "number-entered",
                           Map{{"number", number}, {"date", date}, {"title", title}},
                           {}});
  store_->commit(commit);
}

std::string Case::folder_of(const std::string& id) {
  const std::string name = fs::path(plan(id).roadmap.at("source").text()).stem().string();
  return name.empty() ? id : id + " " + name;
}

int64_t Case::export_documents(const std::string& plan, const std::string& folder, int64_t after) {
  std::set<fs::path> taken;
  int64_t last = after;
  for (const store::DocumentRow& row : store_->documents(plan)) {
    const std::string stage = row.stage > 0 ? fmt::format("{} {}", row.stage, row.stage_name) : "0 Общее";
    fs::path target = fs::path(folder) / stage / row.file_name;
    for (int copy = 2; !taken.insert(target).second; ++copy)
      target.replace_filename(fmt::format("{} ({}){}", fs::path(row.file_name).stem().string(), copy,
                                          fs::path(row.file_name).extension().string()));
    if (row.id <= after) continue;
    last = row.id;
    std::error_code error;
    if (fs::file_size(target, error) == 0 || error || sha256(read_file(target)) != row.sha256)
      write_file(target, store_->document(row.id)->bytes);
  }
  return last;
}

std::vector<std::string> Case::verify() {
  std::vector<std::string> faults = store_->verify();
  std::map<std::string, std::vector<workflow::Event>> events;
  std::set<std::pair<std::string, std::string>> told;  // documents by instance and hash
  for (const store::EventRow& row : store_->events({})) {
    const auto kind = workflow::event_kind_from(row.kind);
    if (!kind) continue;  // of the register, not of a process
    if (*kind == workflow::EventKind::document_wanted) told.insert({row.instance, row.data.at("sha256").text()});
    events[row.instance].push_back({*kind, row.instance, row.at, row.actor, row.data.map()});
  }
  for (const store::InstanceRow& row : store_->instances({}))
    if (workflow::to_value(workflow::replay(events[row.id])) != row.state)
      faults.push_back(fmt::format("Состояние процесса {} не то, что даёт его история.", row.id));
  size_t documents = 0;
  for (const store::DocumentRow& row : store_->documents({})) {
    ++documents;
    if (!told.count({row.instance, row.sha256}))
      faults.push_back(fmt::format("О документе «{}» в истории ничего нет.", row.file_name));
  }
  return faults;
}

}  // namespace vekha::service
