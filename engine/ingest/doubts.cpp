#include "ingest/doubts.h"

#include <algorithm>
#include <tuple>

namespace vekha::ingest {

std::vector<Diagnostic> Doubts::take() {
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
  });
  return std::move(all_);
}

}  // namespace vekha::ingest
