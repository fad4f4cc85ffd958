#include "store/schema.h"

namespace vekha::store {

const char* const schema = R"(
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE definition(sha256 TEXT PRIMARY KEY, file_name TEXT NOT NULL, source TEXT NOT NULL, added INTEGER NOT NULL);
CREATE TABLE instance(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, process TEXT NOT NULL,
                      plan TEXT NOT NULL, subject TEXT NOT NULL, ended INTEGER NOT NULL, state TEXT NOT NULL);
CREATE INDEX instance_plan ON instance(plan);
CREATE TABLE event(sequence INTEGER PRIMARY KEY, instance TEXT NOT NULL, plan TEXT NOT NULL, at TEXT NOT NULL,
                   actor TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX event_instance ON event(instance);
CREATE TABLE task(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, instance TEXT NOT NULL, plan TEXT NOT NULL,
                  role TEXT NOT NULL, people TEXT NOT NULL, due TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX task_instance ON task(instance);
CREATE INDEX task_plan ON task(plan);
CREATE TABLE subscription(instance TEXT NOT NULL, message TEXT NOT NULL, key TEXT NOT NULL);
CREATE INDEX subscription_message ON subscription(message, key);
CREATE INDEX subscription_instance ON subscription(instance);
CREATE TABLE timer(instance TEXT NOT NULL, due TEXT NOT NULL);
CREATE INDEX timer_due ON timer(due);
CREATE INDEX timer_instance ON timer(instance);
CREATE TABLE content(sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE document(id INTEGER PRIMARY KEY, plan TEXT NOT NULL, instance TEXT NOT NULL, stage INTEGER NOT NULL,
                      stage_name TEXT NOT NULL, kind TEXT NOT NULL, file_name TEXT NOT NULL, template_name TEXT NOT NULL,
                      version INTEGER NOT NULL, made TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES content(sha256));
CREATE INDEX document_plan ON document(plan);
CREATE TABLE registered(register TEXT NOT NULL, year INTEGER NOT NULL, number TEXT NOT NULL, running INTEGER NOT NULL,
                        date TEXT NOT NULL, state TEXT NOT NULL, plan TEXT NOT NULL, instance TEXT NOT NULL,
                        data TEXT NOT NULL, PRIMARY KEY(register, year, number)) WITHOUT ROWID
)";

}  // namespace vekha::store
