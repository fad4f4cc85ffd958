// Opens the case a command works on, on the clock it was told.
#pragma once

#include <memory>

#include "cli/arguments.h"
#include "service/case.h"

namespace vekha::cli {

class OpenCase {
 public:
  // Errors: unreadable, when there is no case; environment.
  OpenCase(const Arguments& arguments, service::CaseMode mode);
  service::Case& get() { return *case_; }
  // The same after every timer that is due by now has fired: for commands that act or show what is to be done. Those
  // that only look leave the case as it is.
  service::Case& up_to_now();

 private:
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<service::Case> case_;
};

}  // namespace vekha::cli
