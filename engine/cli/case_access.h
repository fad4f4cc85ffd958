// Opens the case a command works on, on the clock it was told.
#pragma once

#include <memory>

#include "cli/arguments.h"
#include "service/case.h"

namespace vekha::cli {

class OpenCase {
 public:
  // What is due by now has happened when the constructor is through.
  // Errors: unreadable, when there is no case; environment.
  OpenCase(const Arguments& arguments, service::CaseMode mode);
  service::Case& get() { return *case_; }

 private:
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<service::Case> case_;
};

}  // namespace vekha::cli
