#include "service/case.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/time_zone.h"
#include "ingest/ingest.h"
#include "office/number.h"
#include "russian/dates.h"
#include "russian/titles.h"
#include "russian/wording.h"
#include "service/model.h"
#include "service/process_services.h"
#include "service/rights.h"
#include "service/transition.h"

namespace vekha::service {

namespace fs = std::filesystem;

namespace {

constexpr const char* office_setting = "office";
constexpr const char* plans_setting = "plans";
constexpr const char* started_for_roadmap = "roadmap";
constexpr int attempts = 8;  // how often a transition is decided anew when somebody else was faster

// Errors: faulty, for a service task that asks for a service we do not have.
void check_services(const workflow::Definition& definition) {
  for (const workflow::Process& process : definition.processes)
    for (const workflow::Node& node : process.nodes)
      if (!node.service.empty() && !is_service(node.service))
        throw Error(ErrorCode::faulty,
                    fmt::format("Задача «{}» процесса «{}» просит службу «{}», а такой нет. Исправьте её в файле {}.",
                                node.name, process.name, node.service, to_text(node.where)));
}

std::string number_key(const Value& date, const std::string& number) {
  const auto day = date.date();
  return fmt::format("{} № {}", day ? year_of(*day) : 0, number);
}

// People type what they see: labels of outcomes and fields become their ids.
void name_by_id(workflow::CompleteTask& command, const workflow::Task& task) {
  const auto same = [](const std::string& a, const std::string& b) {
    return to_lower(fold_space(a)) == to_lower(fold_space(b));
  };
  for (const workflow::TaskOutcome& outcome : task.outcomes)
    if (same(command.outcome, outcome.label)) command.outcome = outcome.id;
  if (task.fields.empty() && !command.fields.empty())
    throw Error(ErrorCode::refused,
                fmt::format("В задаче «{}» полей нет, а задано «{}».", task.name, command.fields.begin()->first));
  Map named;
  for (const Map::Entry& given : command.fields) {
    const auto field = std::find_if(task.fields.begin(), task.fields.end(),
                                    [&](const workflow::TaskField& one) { return same(given.first, one.label); });
    named.set(field == task.fields.end() ? given.first : field->name, given.second);
  }
  command.fields = std::move(named);
}

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

// Process files that are not the newest the case knows under their name; they join its library.
std::vector<store::DefinitionRow> Case::new_definitions() {
  std::map<std::string, std::string> newest;  // a file that went back to what it was before is new again
  for (const store::DefinitionRow& row : store_->definitions())
    newest[row.file_name] = row.sha256;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(resources_.workflows))
    if (entry.path().extension() == ".bpmn") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  library();
  std::vector<store::DefinitionRow> rows;
  for (const fs::path& file : files) {
    std::string source = read_file(file, 16u << 20);
    const std::string sha = sha256(source);
    if (newest[file.filename().string()] == sha) continue;
    workflow::Loaded loaded = workflow::load(source, file.filename().string());
    throw_if_faulty(fmt::format("Процесс «{}» с ошибками, дорожная карта не принята.", file.filename().string()),
                    loaded.diagnostics);
    check_services(*loaded.definition);
    library_->add(std::move(loaded.definition));
    rows.push_back({sha, file.filename().string(), std::move(source)});
  }
  return rows;
}

const office::Person& Case::required_person(const std::string& words) {
  if (words.empty()) throw Error(ErrorCode::usage, "Не сказано, кто действует. Добавьте --as и фамилию сотрудника.");
  return person_named(office(), words);
}

workflow::Actor Case::registrar(const std::string& words) {
  const office::Person& person = required_person(words);
  const Value* id = office().letterhead.find("clerk");
  const office::Person* clerk = id ? office().find(id->text()) : nullptr;
  if (!clerk || clerk == &person || office().substitution(clerk->id, person.id, today())) return actor_of(person);
  throw Error(ErrorCode::refused,
              fmt::format("Журнал регистрации ведёт {}: внесите запись от этого имени.", clerk->name));
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
  for (const roadmap::Section& section : read.roadmap.sections)
    for (const roadmap::Item& item : section.items)
      for (const roadmap::Party& party : item.responsible)
        if (!party.name.empty() && office::find_people(office(), party.name).empty())
          read.diagnostics.push_back(
              {Severity::warning, "stranger", item.where,
               fmt::format("Ответственного «{}» (мероприятие {}) среди сотрудников нет.", party.name, item.number),
               "Отметить выполнение сможет любой, у кого есть нужная роль; впишите сотрудника в сведения об "
               "организации."});
  for (const Plan& other : plans())
    if (other.roadmap.at("title").text() == title)
      read.diagnostics.push_back({Severity::warning,
                                  "same-title",
                                  {file, 0, 0, {}},
                                  fmt::format("Дорожная карта с таким названием в деле уже есть: номер {}.", other.id),
                                  ""});
  for (int i = 0; i < attempts; ++i) {
    library_.reset();
    std::vector<store::DefinitionRow> definitions = new_definitions();
    const workflow::Process* process = library().started_for(started_for_roadmap);
    if (!process)
      throw Error(ErrorCode::faulty,
                  "Среди процессов нет того, что начинается с дорожной картой. Проверьте папку workflows.");
    const int64_t first_id = store_->next_id();  // before anything is read: who adds a plan meanwhile changes it
    const std::vector<std::string> known = plan_ids();
    const std::string plan = std::to_string(known.size() + 1);
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
    List all;
    for (const std::string& id : known)
      all.push_back(id);
    all.push_back(plan);
    std::optional<Receipt> receipt =
        attempt(workflow::StartProcess{process->id, variables}, actor, {definitions, {{plans_setting, all}}, first_id});
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
                                     const Besides& besides) {
  Transition transition({*store_, library(), office(), papers_, now()});
  return transition.make(command, actor, besides);
}

void Case::advance() {
  while (!store_->timers_due(clock_.now()).empty())
    run(workflow::AdvanceTime{200}, {});
}

Instant Case::now() { return std::max(clock_.now(), store_->last_moment().value_or(Instant{})); }

Receipt Case::complete(const std::string& typed_task, const std::string& outcome, const Map& fields,
                       const std::string& reason, const std::string& person_words) {
  const office::Person& person = required_person(person_words);
  workflow::Actor actor = actor_of(person);
  // The letter of a task's number may have been typed on the other layout of the keyboard.
  std::string task_id = typed_task;
  if (task_id.starts_with("z")) task_id.replace(0, 1, "з");
  const auto row = store_->instance(workflow::instance_of_task(task_id));
  if (!row)
    throw Error(ErrorCode::not_found, fmt::format("Задачи «{}» нет. Посмотрите список открытых задач.", task_id));
  const workflow::Instance instance = workflow::instance_from_value(row->state);
  workflow::CompleteTask command{.task = task_id, .outcome = outcome, .fields = fields, .reason = reason};
  std::string sentence;
  if (const workflow::Task* task = instance.find_task(task_id)) {
    auto allowed = may_act(office(), person, task->name, task->role, task->assignees, today());
    if (const auto* rejection = std::get_if<workflow::Rejection>(&allowed))
      throw Error(ErrorCode::refused, rejection->message);
    actor = std::get<workflow::Actor>(std::move(allowed));
    name_by_id(command, *task);
    sentence = fmt::format("«{}»", task->name);
    for (const workflow::TaskOutcome& one : task->outcomes)
      if (one.id == command.outcome || task->outcomes.size() == 1) sentence += " – " + uncapitalize(one.label);
  }
  Receipt receipt = run(command, actor);
  receipt.sentence = sentence;
  return receipt;
}

std::vector<workflow::Instance> Case::instances_of(const std::string& plan) {
  std::vector<workflow::Instance> instances;
  for (const store::InstanceRow& row : store_->instances(plan))
    instances.push_back(workflow::instance_from_value(row.state));
  return instances;
}

std::vector<std::string> Case::plan_ids() {
  std::vector<std::string> ids;
  for (const Value& id : store_->setting(plans_setting).list())
    ids.push_back(id.text());
  return ids;
}

std::vector<Plan> Case::plans() {
  std::vector<Plan> plans;
  for (const std::string& id : plan_ids())
    plans.push_back(plan(id));
  return plans;
}

Plan Case::plan(const std::string& id) {
  const std::vector<std::string> ids = plan_ids();
  if (std::find(ids.begin(), ids.end(), id) == ids.end())
    throw Error(ErrorCode::not_found,
                fmt::format("Дорожной карты «{}» в деле нет. Список показывает команда vekha items.", id));
  return plan_from(id, instances_of(id), library());
}

std::vector<OpenTask> Case::tasks(const std::string& person_words) {
  const office::Person* person = person_words.empty() ? nullptr : &required_person(person_words);
  const Date day = today();
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

std::optional<Instant> Case::last_moment() { return store_->last_moment(); }

std::vector<store::DocumentRow> Case::documents(const std::string& id) {
  if (!id.empty()) plan(id);
  return store_->documents(id);
}

std::vector<store::EventRow> Case::history(const std::string& id) {
  if (!id.empty()) plan(id);
  return store_->events({id, {}});
}

Map Case::register_of(int year) {
  return register_model(office(), rule_of_year(office().orders, *store_, year), year,
                        store_->register_rows(office().orders.name, 0));
}

std::string Case::next_number(int year) {
  return service::next_number(rule_of_year(office().orders, *store_, year),
                              store_->register_rows(office().orders.name, year));
}

std::string Case::annul(const std::string& number, int year, const std::string& reason, const std::string& person) {
  const workflow::Actor actor = registrar(person);
  if (trim(reason).empty())
    throw Error(ErrorCode::usage, "Не сказано, почему номер аннулируется. Добавьте --reason и причину.");
  for (store::RegisterRow row : store_->register_rows(office().orders.name, year)) {
    if (row.number != number) continue;
    if (row.state == store::RegisterState::annulled)
      throw Error(ErrorCode::refused, fmt::format("Номер {} в {} году уже аннулирован.", number, year));
    row.state = store::RegisterState::annulled;
    row.data.get_if<Map>()->set("note", reason);
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
    if (row.instance.empty()) return {};
    return fmt::format(
        "Под номером {} зарегистрирован документ этого дела: {}. Аннулирован только номер: сам документ и всё, что по "
        "нему начато, остаётся в силе, пока его не отменит другой приказ.",
        number, russian::quoted(row.data.at("title").text()));
  }
  throw Error(ErrorCode::not_found, fmt::format("Номера {} в журнале {} года нет.", number, year));
}

void Case::enter_foreign(const std::string& typed, Date date, const std::string& title, const std::string& person) {
  const workflow::Actor actor = registrar(person);
  if (trim(title).empty()) throw Error(ErrorCode::usage, "У стороннего документа нет заголовка. Добавьте --title.");
  if (date > today())
    throw Error(ErrorCode::refused,
                fmt::format("Дата документа {} ещё не наступила. Проверьте её.", russian::date_in_digits(date)));
  const int year = year_of(date);
  const std::string number = plain_number(typed);
  if (const auto fault = fault_of_number(rule_of_year(office().orders, *store_, year), number,
                                         store_->register_rows(office().orders.name, year)))
    throw Error(ErrorCode::refused, *fault);
  store::RegisterRow row;
  row.register_name = office().orders.name;
  row.year = year;
  row.number = number;
  row.running = office::number_of(office().orders, number).value_or(0);
  row.date = date;
  row.data = Map{{"title", title}, {"registered", today()}};
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
  return safe_file_name(name.empty() ? id : id + " " + name);
}

int64_t Case::export_documents(const std::string& plan, const std::string& folder, int64_t after) {
  std::set<fs::path> taken;
  int64_t last = after;
  for (const store::DocumentRow& row : store_->documents(plan)) {
    const std::string stage =
        row.stage > 0 ? safe_file_name(fmt::format("{} {}", row.stage, row.stage_name)) : "0 Общее";
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
  std::multiset<std::pair<std::string, std::string>> told;  // documents by instance and hash
  std::set<std::string> numbers;                            // «2022 № 18», as the history has them
  for (const store::EventRow& row : store_->events({})) {
    if (const Value& given = row.data.at("outputs"); !given.at("registered").is_null())
      numbers.insert(number_key(given.at("date"), given.at("number").text()));
    if (row.kind == "number-entered") numbers.insert(number_key(row.data.at("date"), row.data.at("number").text()));
    const auto kind = workflow::event_kind_from(row.kind);
    if (!kind) continue;  // of the register, not of a process
    if (*kind == workflow::EventKind::document_wanted) told.insert({row.instance, row.data.at("sha256").text()});
    events[row.instance].push_back({*kind, row.instance, row.at, row.actor, row.data.map()});
  }
  for (const store::InstanceRow& row : store_->instances({})) {
    bool same = false;
    try {
      same = workflow::to_value(workflow::replay(events[row.id])) == row.state;
    } catch (const Error&) {
      // A history that cannot even be replayed gives no state at all.
    }
    if (!same) faults.push_back(fmt::format("Состояние процесса {} не то, что даёт его история.", row.id));
    events.erase(row.id);
  }
  for (const auto& [id, unused] : events)
    faults.push_back(fmt::format("В истории есть процесс {}, а его состояния нет.", id));
  for (const store::DocumentRow& row : store_->documents({})) {
    const auto event = told.find({row.instance, row.sha256});
    if (event == told.end())
      faults.push_back(fmt::format("О документе «{}» в истории ничего нет.", row.file_name));
    else
      told.erase(event);
  }
  for (const auto& [instance, sha] : told)
    faults.push_back(
        fmt::format("В истории есть документ процесса {}, а его самого нет ({}…).", instance, sha.substr(0, 8)));
  for (const store::RegisterRow& row : store_->register_rows(office().orders.name, 0))
    if (!numbers.erase(fmt::format("{} № {}", row.year, row.number)))
      faults.push_back(fmt::format("О номере {} за {} год в истории ничего нет.", row.number, row.year));
  for (const std::string& number : numbers)
    faults.push_back(fmt::format("В журнале нет номера, который есть в истории: {}.", number));
  return faults;
}

}  // namespace vekha::service
