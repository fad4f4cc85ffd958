#include <Poco/Data/LOB.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "store/schema.h"
#include "store/store.h"

namespace vekha::store {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Statement;
namespace fs = std::filesystem;
namespace sqlite = Poco::Data::SQLite;

constexpr const char* file_name = "vekha.sqlite";

std::string day_text(const std::optional<Date>& date) { return date ? to_iso(*date) : std::string(); }

[[noreturn]] void throw_no_case(const std::string& path) {
  throw Error(ErrorCode::unreadable, fmt::format("Файл «{}» – не дело «Вехи». Укажите папку дела.", path), path);
}

bool has_sqlite_header(const fs::path& path) {
  constexpr std::string_view header("SQLite format 3\0", 16);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw_system_error("Не удалось открыть дело", path, errno);
  std::string start(header.size(), ' ');
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == header;
}

// A value at its place in the hash: length first, so that no two rows give the same bytes.
void add_field(std::string& out, std::string_view field) { out += fmt::format("{}:{}", field.size(), field); }

std::string event_hash(const std::string& before, const EventRow& event, const std::string& data) {
  std::string bytes;
  for (const std::string_view field :
       {std::string_view(before), std::string_view(event.instance), std::string_view(event.plan),
        std::string_view(event.actor), std::string_view(event.kind), std::string_view(data)})
    add_field(bytes, field);
  add_field(bytes, to_iso(event.at));
  return sha256(bytes);
}

// One statement with the variables bound to it, kept for as long as the case is open.
class Insert {
 public:
  Insert(Session& session, const std::string& sql, size_t texts, size_t numbers)
      : texts_(texts), numbers_(numbers), statement_(session) {
    statement_ << sql;
    for (std::string& text : texts_)
      statement_, use(text);
    for (Poco::Int64& number : numbers_)
      statement_, use(number);
  }
  Insert(const Insert&) = delete;
  Insert& operator=(const Insert&) = delete;

  // Texts first, then numbers, in the order of their «?». Returns the number of rows that changed.
  size_t run(std::initializer_list<std::string_view> texts, std::initializer_list<int64_t> numbers) {
    std::copy(texts.begin(), texts.end(), texts_.begin());
    std::copy(numbers.begin(), numbers.end(), numbers_.begin());
    return statement_.execute();
  }

 private:
  std::vector<std::string> texts_;
  std::vector<Poco::Int64> numbers_;
  Statement statement_;
};

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(const std::string& path) : path_(path), session_("SQLite", path) {}

  // Makes the tables where there are none yet (a case whose making was interrupted included), else checks whose they
  // are.
  void prepare() {
    guarded([&] {
      const auto run = [&](const std::string& sql) { session_ << sql, now; };
      const auto number = [&](const char* sql) {
        Poco::Int64 answer = 0;
        session_ << sql, into(answer), now;
        return answer;
      };
      run("PRAGMA busy_timeout=10000");
      if (number("SELECT count(*) FROM sqlite_master") == 0) {
        run("PRAGMA journal_mode=WAL");
        run("PRAGMA synchronous=FULL");
        run("BEGIN IMMEDIATE");
        if (number("SELECT count(*) FROM sqlite_master") == 0) {  // nobody was faster while we waited for the lock
          run(fmt::format("PRAGMA application_id={}", application_id));
          for (const std::string_view statement : split(schema, ';'))
            run(std::string(statement));
          run(fmt::format("PRAGMA user_version={}", schema_version));
        }
        run("COMMIT");
      }
      if (number("PRAGMA application_id") != application_id) throw_no_case(path_);
      const Poco::Int64 version = number("PRAGMA user_version");
      if (version != schema_version)
        throw Error(
            ErrorCode::unreadable,
            fmt::format("Дело «{}» записано другой версией программы (устройство {}, нужно {}). Обновите «Веху».",
                        path_, version, schema_version),
            path_);
      run("PRAGMA synchronous=FULL");
    });
  }

  Value setting(const std::string& name) override {
    std::string key = name, text;
    guarded([&] { session_ << "SELECT value FROM setting WHERE name=?", use(key), into(text), now; });
    return text.empty() ? Value() : parse_json(text);
  }

  std::vector<DefinitionRow> definitions() override {
    std::vector<DefinitionRow> rows;
    DefinitionRow row;
    each(
        [&](Statement& s) {
          s << "SELECT sha256, file_name, source FROM definition ORDER BY added, file_name", into(row.sha256),
              into(row.file_name), into(row.source), range(0, 1);
        },
        [&] { rows.push_back(row); });
    return rows;
  }

  std::optional<InstanceRow> instance(const std::string& id) override {
    std::vector<InstanceRow> rows = read_instances("WHERE id=?", id);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
  }

  std::vector<InstanceRow> instances(const std::string& plan) override {
    return read_instances(of_plan(plan) + " ORDER BY number", plan);
  }

  std::vector<SubscriptionRow> subscriptions(const std::string& message, const std::string* key) override {
    std::vector<SubscriptionRow> rows;
    SubscriptionRow row;
    std::string m = message, k = key ? *key : "", any = key ? "" : "any";
    each(
        [&](Statement& s) {
          s << "SELECT instance, message, key FROM subscription WHERE message=? AND (?='any' OR key=?) ORDER BY rowid",
              use(m), use(any), use(k), into(row.instance), into(row.message), into(row.key), range(0, 1);
        },
        [&] { rows.push_back(row); });
    return rows;
  }

  std::vector<TimerRow> timers_due(Instant now_) override {
    std::vector<TimerRow> rows;
    std::string limit = to_iso(now_), instance, due;
    each(
        [&](Statement& s) {
          s << "SELECT instance, due FROM timer WHERE due<=? ORDER BY due, rowid", use(limit), into(instance),
              into(due), range(0, 1);
        },
        [&] {
          rows.push_back({instance, parse_instant(due).value_or(Instant{})});
        });
    return rows;
  }

  std::vector<TaskRow> tasks(const TaskQuery& query) override {
    std::vector<TaskRow> rows;
    std::string plan = query.plan, instance = query.instance, people, due, data;
    TaskRow row;
    each(
        [&](Statement& s) {
          s << "SELECT id, instance, plan, role, people, due, data FROM task WHERE (?1='' OR plan=?1) AND (?2='' OR "
               "instance=?2) ORDER BY due='', due, number",
              use(plan), use(instance), into(row.id), into(row.instance), into(row.plan), into(row.role), into(people),
              into(due), into(data), range(0, 1);
        },
        [&] {
          row.people.clear();
          for (const std::string_view id : split(people, ' '))
            if (!id.empty()) row.people.emplace_back(id);
          row.due = parse_date(due);
          row.data = parse_json(data);
          rows.push_back(row);
        });
    return rows;
  }

  std::vector<EventRow> events(const EventQuery& query) override {
    std::vector<EventRow> rows;
    for_each_event(query, [&](const EventRow& event, const std::string& data) {
      rows.push_back(event);
      rows.back().data = parse_json(data);
    });
    return rows;
  }

  std::vector<DocumentRow> documents(const std::string& plan) override {
    return read_documents(of_plan(plan) + " ORDER BY id", plan);
  }

  std::optional<DocumentRow> document(int64_t id) override {
    std::vector<DocumentRow> rows = read_documents("WHERE id=CAST(? AS INTEGER)", std::to_string(id));
    if (rows.empty()) return std::nullopt;
    rows.front().bytes = content(rows.front().sha256);
    return std::move(rows.front());
  }

  std::vector<RegisterRow> register_rows(const std::string& name, int year) override {
    std::vector<RegisterRow> rows;
    std::string register_name = name, date, state, data;
    Poco::Int64 wanted = year, of_year = 0, running = 0;
    RegisterRow row;
    row.register_name = name;
    each(
        [&](Statement& s) {
          s << "SELECT year, number, running, date, state, plan, instance, data FROM registered WHERE register=?1 AND "
               "(?2=0 OR year=?2) ORDER BY year, running, number",
              use(register_name), use(wanted), into(of_year), into(row.number), into(running), into(date), into(state),
              into(row.plan), into(row.instance), into(data), range(0, 1);
        },
        [&] {
          row.year = static_cast<int>(of_year);
          row.running = static_cast<int>(running);
          row.date = parse_date(date);
          row.state = state == "annulled" ? RegisterState::annulled : RegisterState::registered;
          row.data = parse_json(data);
          rows.push_back(row);
        });
    return rows;
  }

  std::optional<Instant> last_moment() override {
    std::string at;
    guarded([&] { session_ << "SELECT at FROM event ORDER BY sequence DESC LIMIT 1", into(at), now; });
    return parse_instant(at);
  }

  int64_t next_id() override { return setting("next_id").integer(1); }

  void commit(const Commit& commit) override {
    guarded([&] {
      session_ << "BEGIN IMMEDIATE", now;
      try {
        write(commit);
        session_ << "COMMIT", now;
      } catch (...) {
        statements_.clear();  // one that has failed counts as running still, and would keep the transaction open
        try {
          session_ << "ROLLBACK", now;
        } catch (const Poco::Exception&) {
          // SQLite has rolled back by itself, as it does when the disk is full.
        }
        throw;
      }
    });
  }

  std::vector<std::string> verify() override {
    std::vector<std::string> faults;
    std::string before;
    int64_t expected = 1;
    for_each_event({}, [&](const EventRow& event, const std::string& data) {
      if (event.sequence != expected)
        faults.push_back(
            fmt::format("В истории нет событий с {} по {}: записи удалены.", expected, event.sequence - 1));
      if (event.hash != event_hash(before, event, data))
        faults.push_back(fmt::format("Событие {} истории изменено после записи: его контрольная сумма не сходится.",
                                     event.sequence));
      before = event.hash;
      expected = event.sequence + 1;
    });
    if (setting("last_hash").text() != before)
      faults.push_back("Конец истории не сходится с записанной контрольной суммой: последние события удалены.");
    for (const DocumentRow& row : documents({}))
      if (sha256(content(row.sha256)) != row.sha256)
        faults.push_back(
            fmt::format("Документ «{}» изменён после записи: его контрольная сумма не сходится.", row.file_name));
    return faults;
  }

 private:
  // Runs `work`, turning what SQLite says into our Errors.
  template <class Work>
  void guarded(Work work) {
    const std::lock_guard lock(mutex_);
    try {
      work();
    } catch (const sqlite::DBLockedException&) {
      throw Error(ErrorCode::conflict, "Дело занято другой программой дольше 10 секунд. Повторите действие.", path_);
    } catch (const sqlite::TableLockedException&) {
      throw Error(ErrorCode::conflict, "Дело занято другой программой дольше 10 секунд. Повторите действие.", path_);
    } catch (const sqlite::ConstraintViolationException&) {
      throw Error(ErrorCode::conflict, "Запись с таким номером уже внёс другой сотрудник.", path_);
    } catch (const sqlite::DatabaseFullException&) {
      throw_system_error("Не удалось записать дело", path_, ENOSPC);
    } catch (const sqlite::ReadOnlyException&) {
      throw_system_error("Не удалось записать дело", path_, EACCES);
    } catch (const sqlite::CantOpenDBFileException&) {
      throw_system_error("Не удалось открыть дело", path_, EACCES);
    } catch (const sqlite::CorruptImageException&) {
      throw Error(ErrorCode::unreadable,
                  fmt::format("Файл дела «{}» испорчен. Восстановите его из резервной копии.", path_), path_);
    } catch (const Poco::Exception& error) {
      // «disk I/O error» comes through the general error.
      const std::string text = error.displayText();
      if (text.find("I/O") != std::string::npos) throw_system_error("Не удалось записать дело", path_, EIO);
      throw Error(ErrorCode::internal, fmt::format("Ошибка базы данных дела: {}.", text), path_);
    }
  }

  // Of one plan by its index, or of all; the parameter is bound either way.
  static std::string of_plan(const std::string& plan) { return plan.empty() ? "WHERE ?=''" : "WHERE plan=?"; }

  // Runs a query that gives a row at a time into bound variables.
  template <class Build, class Row>
  void each(Build build, Row row) {
    guarded([&] {
      Statement statement(session_);
      build(statement);
      while (!statement.done())
        if (statement.execute() > 0) row();
    });
  }

  std::vector<InstanceRow> read_instances(const std::string& where, std::string parameter) {
    std::vector<InstanceRow> rows;
    InstanceRow row;
    Poco::Int64 version = 0, ended = 0;
    std::string state;
    each(
        [&](Statement& s) {
          s << "SELECT id, version, process, plan, subject, ended, state FROM instance " + where, use(parameter),
              into(row.id), into(version), into(row.process), into(row.plan), into(row.subject), into(ended),
              into(state), range(0, 1);
        },
        [&] {
          row.version = version;
          row.ended = ended != 0;
          row.state = parse_json(state);
          rows.push_back(row);
        });
    return rows;
  }

  std::vector<DocumentRow> read_documents(const std::string& where, std::string parameter) {
    std::vector<DocumentRow> rows;
    DocumentRow row;
    Poco::Int64 id = 0, stage = 0, version = 0;
    std::string made;
    each(
        [&](Statement& s) {
          s << "SELECT id, plan, instance, stage, stage_name, kind, file_name, template_name, version, made, sha256 "
               "FROM "
               "document " +
                   where,
              use(parameter), into(id), into(row.plan), into(row.instance), into(stage), into(row.stage_name),
              into(row.kind), into(row.file_name), into(row.template_name), into(version), into(made), into(row.sha256),
              range(0, 1);
        },
        [&] {
          row.id = id;
          row.stage = static_cast<int>(stage);
          row.version = static_cast<int>(version);
          row.made = parse_instant(made).value_or(Instant{});
          rows.push_back(row);
        });
    return rows;
  }

  std::string content(std::string sha) {
    Poco::Data::BLOB blob;
    guarded([&] { session_ << "SELECT bytes FROM content WHERE sha256=?", use(sha), into(blob), now; });
    return {reinterpret_cast<const char*>(blob.rawContent()), blob.size()};
  }

  template <class Row>
  void for_each_event(const EventQuery& query, Row row) {
    EventRow event;
    Poco::Int64 sequence = 0;
    std::string plan = query.plan, instance = query.instance, at, data;
    each(
        [&](Statement& s) {
          s << "SELECT sequence, instance, plan, at, actor, kind, data, hash FROM event WHERE (?1='' OR plan=?1) AND "
               "(?2='' "
               "OR instance=?2) ORDER BY sequence",
              use(plan), use(instance), into(sequence), into(event.instance), into(event.plan), into(at),
              into(event.actor), into(event.kind), into(data), into(event.hash), range(0, 1);
        },
        [&] {
          event.sequence = sequence;
          event.at = parse_instant(at).value_or(Instant{});
          row(event, data);
        });
  }

  // A statement of commit(), prepared at its first use.
  Insert& statement(const char* sql, size_t texts, size_t numbers) {
    auto& known = statements_[sql];
    if (!known) known = std::make_unique<Insert>(session_, sql, texts, numbers);
    return *known;
  }

  void write_setting(const std::string& name, const Value& value) {
    statement("INSERT OR REPLACE INTO setting(name, value) VALUES(?, ?)", 2, 0).run({name, to_json(value)}, {});
  }

  void write(const Commit& commit) {
    if (commit.ids_used > 0) {
      if (locked_setting("next_id").integer(1) != commit.first_new_id) throw_outdated();
      write_setting("next_id", commit.first_new_id + commit.ids_used);
    }
    for (const auto& [name, value] : commit.settings)
      write_setting(name, value);
    for (const DefinitionRow& row : commit.definitions)
      statement(
          "INSERT INTO definition(sha256, file_name, source, added) "
          "VALUES(?, ?, ?, (SELECT coalesce(max(added), 0) + 1 FROM definition)) "
          "ON CONFLICT(sha256) DO UPDATE SET added = excluded.added",
          3, 0)
          .run({row.sha256, row.file_name, row.source}, {});
    for (const InstanceRow& row : commit.instances)
      write_instance(row);
    write_events(commit.events);
    for (const TaskRow& row : commit.tasks)
      statement("INSERT INTO task(id, instance, plan, role, people, due, data) VALUES(?, ?, ?, ?, ?, ?, ?)", 7, 0)
          .run({row.id, row.instance, row.plan, row.role, join(row.people, " "), day_text(row.due), to_json(row.data)},
               {});
    for (const SubscriptionRow& row : commit.subscriptions)
      statement("INSERT INTO subscription(instance, message, key) VALUES(?, ?, ?)", 3, 0)
          .run({row.instance, row.message, row.key}, {});
    for (const TimerRow& row : commit.timers)
      statement("INSERT INTO timer(instance, due) VALUES(?, ?)", 2, 0).run({row.instance, to_iso(row.due)}, {});
    for (const DocumentRow& row : commit.documents)
      write_document(row);
    for (const RegisterRow& row : commit.register_added)
      statement(
          "INSERT INTO registered(register, number, date, state, plan, instance, data, year, running) "
          "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
          7, 2)
          .run({row.register_name, row.number, day_text(row.date), state_text(row.state), row.plan, row.instance,
                to_json(row.data)},
               {row.year, row.running});
    for (const RegisterRow& row : commit.register_changed)
      statement("UPDATE registered SET date=?, state=?, data=? WHERE register=? AND number=? AND year=?", 5, 1)
          .run({day_text(row.date), state_text(row.state), to_json(row.data), row.register_name, row.number},
               {row.year});
  }

  static std::string_view state_text(RegisterState state) {
    return state == RegisterState::annulled ? "annulled" : "registered";
  }

  [[noreturn]] static void throw_outdated() {
    throw Error(ErrorCode::conflict, "Пока вы работали, это изменил другой сотрудник. Повторите действие.");
  }

  void write_instance(const InstanceRow& row) {
    const std::string state = to_json(row.state);
    if (row.version == 0) {
      statement("INSERT INTO instance(id, process, plan, subject, state, version, ended) VALUES(?, ?, ?, ?, ?, 1, ?)",
                5, 1)
          .run({row.id, row.process, row.plan, row.subject, state}, {row.ended ? 1 : 0});
      return;
    }
    const size_t changed =
        statement(
            "UPDATE instance SET state=?, plan=?, subject=?, ended=?5, version=version+1 WHERE id=?4 AND version=?6", 4,
            2)
            .run({state, row.plan, row.subject, row.id}, {row.ended ? 1 : 0, row.version});
    if (changed != 1) throw_outdated();
    for (const char* sql : {"DELETE FROM task WHERE instance=?", "DELETE FROM subscription WHERE instance=?",
                            "DELETE FROM timer WHERE instance=?"})
      statement(sql, 1, 0).run({row.id}, {});
  }

  void write_events(const std::vector<EventRow>& events) {
    if (events.empty()) return;
    std::string before = locked_setting("last_hash").text();
    for (const EventRow& row : events) {
      const std::string data = to_json(row.data), hash = event_hash(before, row, data);
      statement("INSERT INTO event(instance, plan, at, actor, kind, data, hash) VALUES(?, ?, ?, ?, ?, ?, ?)", 7, 0)
          .run({row.instance, row.plan, to_iso(row.at), row.actor, row.kind, data, hash}, {});
      before = hash;
    }
    write_setting("last_hash", before);
  }

  void write_document(const DocumentRow& row) {
    Poco::Data::BLOB blob(reinterpret_cast<const unsigned char*>(row.bytes.data()), row.bytes.size());
    std::string sha = row.sha256;
    session_ << "INSERT OR IGNORE INTO content(sha256, bytes) VALUES(?, ?)", use(sha), use(blob), now;
    statement(
        "INSERT INTO document(plan, instance, stage_name, kind, file_name, template_name, made, sha256, stage, "
        "version) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        8, 2)
        .run({row.plan, row.instance, row.stage_name, row.kind, row.file_name, row.template_name, to_iso(row.made),
              row.sha256},
             {row.stage, row.version});
  }

  // setting() for inside a transaction, where the lock is held already.
  Value locked_setting(const std::string& name) {
    std::string key = name, text;
    session_ << "SELECT value FROM setting WHERE name=?", use(key), into(text), now;
    return text.empty() ? Value() : parse_json(text);
  }

  std::string path_;
  Session session_;
  std::recursive_mutex mutex_;  // one session, used by one thread at a time
  std::map<std::string, std::unique_ptr<Insert>> statements_;
};

std::unique_ptr<Store> open_file(const std::string& path) {
  static const bool registered = [] {
    sqlite::Connector::registerConnector();
    return true;
  }();
  (void)registered;
  try {
    auto store = std::make_unique<SqliteStore>(path);
    store->prepare();
    return store;
  } catch (const Poco::Exception&) {  // the constructor: the file cannot be opened at all
    throw_system_error("Не удалось открыть дело", path, EACCES);
  }
}

}  // namespace

std::unique_ptr<Store> open_sqlite(const std::string& folder, OpenMode mode) {
  const fs::path path = fs::path(folder) / file_name;
  struct stat facts {};
  const bool there = ::stat(path.c_str(), &facts) == 0 && facts.st_size > 0;
  if (!there && mode == OpenMode::existing)
    throw Error(
        ErrorCode::unreadable,
        fmt::format("В папке «{}» нет дела. Создайте его командой vekha --case {} office ФАЙЛ.", folder, folder),
        folder);
  if (there && !has_sqlite_header(path)) throw_no_case(path.string());
  if (!there) make_folder(folder);
  return open_file(path.string());
}

std::unique_ptr<Store> open_memory() { return open_file(":memory:"); }

}  // namespace vekha::store
