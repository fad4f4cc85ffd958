// The one way to report that a call cannot do what it promises: an Error, thrown there and caught in three places
// (cli main, web handler, outbox worker). What a user may well do wrong in a file is not an Error but a Diagnostic.
#pragma once

#include <exception>
#include <string>

namespace vekha {

// What kind of trouble it is; one table in `cli` and one in `web` turn it into an exit or HTTP status.
enum class ErrorCode {
  usage,        // the command was given wrongly
  unreadable,   // the input cannot be read or is not of its kind
  not_found,    // no such task, item, person, document
  refused,      // understood, but not allowed now
  conflict,     // somebody else was first
  faulty,       // a template, process or data file has faults
  environment,  // disk full, no permission, a program is missing
  internal,     // our own mistake
};

// The English word that stands for the code in JSON.
const char* to_string(ErrorCode code);

class Error : public std::exception {
 public:
  // `message` is a whole Russian sentence: what is wrong, where, what to do; `where` is a file or place, may be empty.
  Error(ErrorCode code, std::string message, std::string where = {})
      : code_(code), message_(std::move(message)), where_(std::move(where)) {}

  ErrorCode code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::string& where() const { return where_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  ErrorCode code_;
  std::string message_;
  std::string where_;
};

}  // namespace vekha
