// What a case shows, as values: the JSON of the command line, and what pages are made of.
#pragma once

#include "service/case.h"

namespace vekha::service {

// [{"plan","title","items":[{"key","number","title","section","deadline","stage":{"number","name"},"ended","state",
//   "checkpoints":[{"start","end","state","mark"}]}]}]; `plan` empty: all.
Value list_items(Case& from, const std::string& plan);

// [{"id","plan","name","subject","role","people","stage","due","overdue","outcomes":[{"id","label","reason_required"}],
//   "fields":[{"name","label","type","required","choices","value"}]}]; `person` empty: everybody's.
Value list_tasks(Case& from, const std::string& person);

// [{"id","plan","stage","kind","file_name","version","made","sha256"}]
Value list_documents(Case& from, const std::string& plan);

// [{"sequence","at","local","plan","instance","actor","kind","sentence","data","hash"}]; `sentence` is null for what
// says nothing to people.
Value list_history(Case& from, const std::string& plan);

// {"name","year","entries":[…],"gaps":[…],"next"}
Value list_register(Case& from, int year);

}  // namespace vekha::service
