// What a case remembers, behind one small interface: rows in, rows out, one transaction a commit. Nothing here knows
// what a stage, a role or an order is. Contract, for every backend: a commit is there whole or not at all, also after a
// crash; a commit made on outdated knowledge is refused with Error conflict and changes nothing.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/value.h"

namespace vekha::store {

// A process file as it was when the case took it up; running instances stay on theirs.
struct DefinitionRow {
  std::string sha256;
  std::string file_name;
  std::string source;
};

// A process instance. `version` counts its commits from 1 and is 0 before the first.
struct InstanceRow {
  std::string id;
  int64_t version = 0;
  std::string process;
  std::string plan;     // the roadmap it belongs to
  std::string subject;  // what it is about: an item's key, an order's; may be empty
  bool ended = false;
  Value state;
};

// One thing that happened. `sequence` and `hash` are given by the store at commit.
struct EventRow {
  int64_t sequence = 0;
  std::string instance;
  std::string plan;
  Instant at{};
  std::string actor;  // person id, empty for the engine itself
  std::string kind;
  Value data;
  std::string hash;  // SHA-256 over the hash before and this row
};

// An open task, for the lists of people: what a query needs, the rest in `data`.
struct TaskRow {
  std::string id;
  std::string instance;
  std::string plan;
  std::string role;
  std::vector<std::string> people;  // ids; empty means everybody of the role
  std::optional<Date> due;
  Value data;
};

struct SubscriptionRow {
  std::string instance;
  std::string message;
  std::string key;
};

struct TimerRow {
  std::string instance;
  Instant due{};
};

struct DocumentRow {
  int64_t id = 0;  // given by the store
  std::string plan;
  std::string instance;
  int stage = 0;  // order of the stage in its process, for folders
  std::string stage_name;
  std::string kind;       // the data object's name
  std::string file_name;  // «Приказ 18 от 09.12.2022 Об утверждении дорожной карты.docx»
  std::string template_name;
  int version = 0;
  Instant made{};
  std::string sha256;
  std::string bytes;  // empty in lists
};

enum class RegisterState { registered, annulled };

struct RegisterRow {
  std::string register_name;
  int year = 0;
  int running = 0;     // the number inside the number, for order and gaps
  std::string number;  // as printed, «01-05/18»
  std::optional<Date> date;
  RegisterState state = RegisterState::registered;
  std::string plan;
  std::string instance;  // the document's process; empty for a foreign paper
  Value data;            // title, signer, author, sheets, …
};

// Everything one transition changes.
struct Commit {
  std::vector<DefinitionRow> definitions;
  std::vector<InstanceRow> instances;  // `version` is the one that was loaded; the store adds one
  std::vector<EventRow> events;
  // Of the instances above, all tasks, subscriptions and timers are replaced by these.
  std::vector<TaskRow> tasks;
  std::vector<SubscriptionRow> subscriptions;
  std::vector<TimerRow> timers;
  std::vector<DocumentRow> documents;
  std::vector<RegisterRow> register_added;    // a number that is taken is a conflict
  std::vector<RegisterRow> register_changed;  // known by register, year and number
  std::vector<std::pair<std::string, Value>> settings;
  int64_t first_new_id = 0;  // what next_id() said when new ids were made; 0 when none were
  int64_t ids_used = 0;
};

struct EventQuery {
  std::string plan;      // empty: all
  std::string instance;  // empty: all
};

struct TaskQuery {
  std::string plan;
  std::string instance;
};

class Store {
 public:
  virtual ~Store() = default;

  virtual Value setting(const std::string& name) = 0;    // null where it was never set
  virtual std::vector<DefinitionRow> definitions() = 0;  // the newest last
  virtual std::optional<InstanceRow> instance(const std::string& id) = 0;
  virtual std::vector<InstanceRow> instances(const std::string& plan) = 0;  // in order of creation; empty plan: all
  // Who waits for the message, oldest first; with that key unless it is nullptr.
  virtual std::vector<SubscriptionRow> subscriptions(const std::string& message, const std::string* key) = 0;
  virtual std::vector<TimerRow> timers_due(Instant now) = 0;       // earliest first
  virtual std::vector<TaskRow> tasks(const TaskQuery& query) = 0;  // by due day, then creation
  virtual std::vector<EventRow> events(const EventQuery& query) = 0;
  virtual std::vector<DocumentRow> documents(const std::string& plan) = 0;  // without bytes; empty plan: all
  virtual std::optional<DocumentRow> document(int64_t id) = 0;              // with bytes
  virtual std::vector<RegisterRow> register_rows(const std::string& name, int year) = 0;  // by number; year 0: all
  virtual int64_t next_id() = 0;
  virtual std::optional<Instant> last_moment() = 0;  // of the newest event

  // Errors: conflict, when an instance is no longer at the version that was loaded, ids were taken meanwhile, or a new
  // number stands in the register already; environment, when the disk is full or may not be written.
  virtual void commit(const Commit& commit) = 0;

  // Every fault of the chain of events and of the documents' hashes as a Russian sentence; none when all is well.
  virtual std::vector<std::string> verify() = 0;
};

// Opens the case in `folder` (its SQLite file), making it where there is none and `create` is set.
// Errors: unreadable, when there is no case or the file is none of ours; environment.
enum class OpenMode { existing, create };
std::unique_ptr<Store> open_sqlite(const std::string& folder, OpenMode mode);

// A case that lives in memory, the same in all else: for tests and rehearsals.
std::unique_ptr<Store> open_memory();

}  // namespace vekha::store
