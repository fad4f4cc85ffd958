// What a command prints: data to stdout, words to people to stderr, and which exit status an Error has.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/value.h"

namespace vekha::cli {

enum class Output { text, json };

// 0 done, 1 refused or faulty, 2 wrong usage or unreadable input, 3 environment.
int exit_status(ErrorCode code);

// One JSON value and a line end on stdout. Errors: environment, when stdout is full or closed.
void print_json(const Value& value);
void print_text(const std::string& text);
// To stderr.
void tell(const std::string& sentence);
void tell(const std::vector<Diagnostic>& diagnostics);

// With `json` {"error":{"code","message","where"}} on stdout, else the sentence on stderr; gives the exit status.
int report(const Error& error, Output output);

}  // namespace vekha::cli
