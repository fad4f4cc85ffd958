// Collects what a person should look at in a file just read.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"

namespace vekha::ingest {

// Limit: beyond ten thousand only their number is kept.
class Doubts {
 public:
  // Something a person should decide or mend.
  void warn(const char* code, Where where, std::string message, std::string hint = {}) {
    add({Severity::warning, code, std::move(where), std::move(message), std::move(hint)});
  }
  // Something unusual that was read all the same.
  void note(const char* code, Where where, std::string message, std::string hint = {}) {
    add({Severity::note, code, std::move(where), std::move(message), std::move(hint)});
  }

  // In the order of their places.
  std::vector<Diagnostic> take();

 private:
  void add(Diagnostic diagnostic);

  std::vector<Diagnostic> all_;
  size_t left_out_ = 0;
};

}  // namespace vekha::ingest
