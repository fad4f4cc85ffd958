#include "store/store.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "message_of.h"

using namespace vekha;
using namespace vekha::store;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / "vekha-store-test";
  Folder() { fs::remove_all(path); }
  ~Folder() { fs::remove_all(path); }
};

const Instant noon = *parse_instant("2022-12-05T12:00:00Z");

InstanceRow instance(const std::string& id, int64_t version, const std::string& plan = "1") {
  InstanceRow row;
  row.id = id;
  row.version = version;
  row.process = "item";
  row.plan = plan;
  row.subject = "1.1";
  row.state = Map{{"tokens", List{1, 2}}};
  return row;
}

EventRow event(const std::string& kind, const std::string& id = "7") {
  EventRow row;
  row.instance = id;
  row.plan = "1";
  row.at = noon;
  row.actor = "ivanova";
  row.kind = kind;
  row.data = Map{{"текст", "согласовано"}};
  return row;
}

DocumentRow document(const std::string& bytes) {
  DocumentRow row;
  row.plan = "1";
  row.instance = "7";
  row.stage = 2;
  row.stage_name = "Приказ";
  row.kind = "Приказ";
  row.file_name = "Приказ 18 от 09.12.2022.docx";
  row.template_name = "order_adoption.docx";
  row.version = 1;
  row.made = noon;
  row.sha256 = sha256(bytes);
  row.bytes = bytes;
  return row;
}

RegisterRow registered(int number) {
  RegisterRow row;
  row.register_name = "Приказы";
  row.year = 2022;
  row.running = number;
  row.number = std::to_string(number);
  row.date = make_date(2022, 12, 9);
  row.plan = "1";
  row.data = Map{{"title", "Об утверждении дорожной карты"}};
  return row;
}

ErrorCode code_of(const auto& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::usage;  // stands for «no error» here
}

}  // namespace

TEST_CASE("what one commit writes is there whole after the case is opened again") {
  const Folder folder;
  {
    const auto store = open_sqlite(folder.path.string(), OpenMode::create);
    Commit commit;
    commit.instances = {instance("7", 0)};
    commit.events = {event("started"), event("task completed")};
    TaskRow task;
    task.id = "7.1";
    task.instance = "7";
    task.plan = "1";
    task.role = "методист";
    task.people = {"ivanova", "petrov"};
    task.due = make_date(2022, 12, 31);
    task.data = Map{{"name", "Отметить выполнение"}};
    commit.tasks = {task};
    commit.subscriptions = {{"7", "Документ зарегистрирован", "1"}};
    commit.timers = {{"7", noon}};
    commit.documents = {document(std::string("PK\0\1", 4))};
    commit.register_added = {registered(18)};
    commit.settings = {{"office", Map{{"time_zone", "Europe/Moscow"}}}};
    commit.first_new_id = 1;
    commit.ids_used = 7;
    store->commit(commit);
  }
  const auto store = open_sqlite(folder.path.string(), OpenMode::existing);
  CHECK(store->instance("7")->state == Value(Map{{"tokens", List{1, 2}}}));
  CHECK(store->instance("7")->version == 1);
  CHECK_FALSE(store->instance("8"));
  CHECK(store->instances("1").size() == 1);
  CHECK(store->instances("2").empty());
  REQUIRE(store->tasks({}).size() == 1);
  CHECK(store->tasks({})[0].people == std::vector<std::string>{"ivanova", "petrov"});
  CHECK(store->tasks({})[0].due == make_date(2022, 12, 31));
  const std::string one = "1", two = "2";
  CHECK(store->subscriptions("Документ зарегистрирован", &one).size() == 1);
  CHECK(store->subscriptions("Документ зарегистрирован", &two).empty());
  CHECK(store->timers_due(noon).size() == 1);
  CHECK(store->timers_due(noon - std::chrono::seconds(1)).empty());
  REQUIRE(store->events({}).size() == 2);
  CHECK(store->events({})[1].kind == "task completed");
  CHECK(store->events({})[1].at == noon);
  REQUIRE(store->documents("1").size() == 1);
  CHECK(store->document(store->documents("1")[0].id)->bytes == std::string("PK\0\1", 4));
  CHECK(store->register_rows("Приказы", 2022)[0].number == "18");
  CHECK(store->setting("office").at("time_zone").text() == "Europe/Moscow");
  CHECK(store->next_id() == 8);
  CHECK(store->verify().empty());
}

TEST_CASE("a process file that went back to what it was before is the newest again") {
  const auto store = open_memory();
  const DefinitionRow before{"aa", "item.bpmn", "<before/>"}, after{"bb", "item.bpmn", "<after/>"};
  for (const DefinitionRow& row : {before, after, before}) {
    Commit commit;
    commit.definitions = {row};
    store->commit(commit);
  }
  REQUIRE(store->definitions().size() == 2);
  CHECK(store->definitions().back().source == "<before/>");
}

TEST_CASE("a commit of an instance replaces its tasks, subscriptions and timers") {
  const auto store = open_memory();
  Commit first;
  first.instances = {instance("7", 0), instance("8", 0)};
  first.subscriptions = {{"7", "м", "к"}, {"8", "м", "к"}};
  store->commit(first);
  Commit second;
  second.instances = {instance("7", 1)};
  store->commit(second);
  REQUIRE(store->subscriptions("м", nullptr).size() == 1);
  CHECK(store->subscriptions("м", nullptr)[0].instance == "8");
}

TEST_CASE("who comes second with outdated knowledge is refused, and nothing of his is kept") {
  const auto store = open_memory();
  Commit first;
  first.instances = {instance("7", 0)};
  store->commit(first);
  Commit mine, yours;
  mine.instances = yours.instances = {instance("7", 1)};
  mine.events = {event("mine")};
  yours.events = {event("yours")};
  store->commit(mine);
  CHECK(code_of([&] { store->commit(yours); }) == ErrorCode::conflict);
  REQUIRE(store->events({}).size() == 1);
  CHECK(store->events({})[0].kind == "mine");
  CHECK(store->verify().empty());
}

TEST_CASE("new ids taken by two at once are a conflict") {
  const auto store = open_memory();
  Commit commit;
  commit.first_new_id = 1;
  commit.ids_used = 2;
  store->commit(commit);
  CHECK(code_of([&] { store->commit(commit); }) == ErrorCode::conflict);
  CHECK(store->next_id() == 3);
}

TEST_CASE("a number stands once in its register and year, an annulled one stays") {
  const auto store = open_memory();
  Commit commit;
  commit.register_added = {registered(18)};
  store->commit(commit);
  CHECK(message_of([&] { store->commit(commit); }) == "Запись с таким номером уже внёс другой сотрудник.");
  Commit annulled;
  annulled.register_changed = {registered(18)};
  annulled.register_changed[0].state = RegisterState::annulled;
  store->commit(annulled);
  REQUIRE(store->register_rows("Приказы", 2022).size() == 1);
  CHECK(store->register_rows("Приказы", 2022)[0].state == RegisterState::annulled);
  Commit next_year;
  next_year.register_added = {registered(18)};
  next_year.register_added[0].year = 2023;
  store->commit(next_year);
  CHECK(store->register_rows("Приказы", 2023).size() == 1);
}

TEST_CASE("a changed event, a removed event and a changed document are found") {
  const Folder folder;
  {
    const auto store = open_sqlite(folder.path.string(), OpenMode::create);
    Commit commit;
    commit.events = {event("a"), event("b"), event("c")};
    commit.documents = {document("текст")};
    store->commit(commit);
  }
  const auto faults_after = [&](const std::string& sql) {
    const std::string file = (folder.path / "vekha.sqlite").string();
    REQUIRE(std::system(("sqlite3 -version >/dev/null 2>&1")) == 0);
    REQUIRE(std::system(("sqlite3 '" + file + "' \"" + sql + "\"").c_str()) == 0);
    return open_sqlite(folder.path.string(), OpenMode::existing)->verify();
  };
  CHECK(faults_after("UPDATE event SET actor='petrov' WHERE sequence=2") ==
        std::vector<std::string>{"Событие 2 истории изменено после записи: его контрольная сумма не сходится."});
  CHECK(faults_after("DELETE FROM event WHERE sequence=3").back() ==
        "Конец истории не сходится с записанной контрольной суммой: последние события удалены.");
  CHECK(faults_after("UPDATE content SET bytes='другой'").back() ==
        "Документ «Приказ 18 от 09.12.2022.docx» изменён после записи: его контрольная сумма не сходится.");
}

TEST_CASE("what is no case is told so") {
  const Folder folder;
  fs::create_directories(folder.path);
  CHECK(message_of([&] { open_sqlite(folder.path.string(), OpenMode::existing); }) ==
        "В папке «" + folder.path.string() + "» нет дела. Создайте его командой vekha --case " + folder.path.string() +
            " office ФАЙЛ.");
  std::ofstream(folder.path / "vekha.sqlite") << "это не база данных, а обычный текст, и довольно длинный";
  CHECK(message_of([&] { open_sqlite(folder.path.string(), OpenMode::existing); }) ==
        "Файл «" + (folder.path / "vekha.sqlite").string() + "» – не дело «Вехи». Укажите папку дела.");
}
