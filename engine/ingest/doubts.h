// Collects what a person should look at in a file just read.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"

namespace vekha::ingest {

class Doubts {
 public:
  // Something a person should decide or mend.
  void warn(const char* code, Where where, std::string message, std::string hint = {}) {
    all_.push_back({Severity::warning, code, std::move(where), std::move(message), std::move(hint)});
  }
  // Something unusual that was read all the same.
  void note(const char* code, Where where, std::string message, std::string hint = {}) {
    all_.push_back({Severity::note, code, std::move(where), std::move(message), std::move(hint)});
  }

  // In the order of their places.
  std::vector<Diagnostic> take();

 private:
  std::vector<Diagnostic> all_;
};

}  // namespace vekha::ingest
