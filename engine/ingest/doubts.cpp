#include "ingest/doubts.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace vekha::ingest {
namespace {

constexpr size_t most_doubts = 10'000;

}  // namespace

void Doubts::add(Diagnostic diagnostic) {
  if (all_.size() < most_doubts)
    all_.push_back(std::move(diagnostic));
  else
    ++left_out_;
}

std::vector<Diagnostic> Doubts::take() {
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.where.line, a.where.column) < std::tie(b.where.line, b.where.column);
  });
  if (left_out_ > 0)
    all_.push_back({Severity::warning,
                    "doubts-left-out",
                    {},
                    fmt::format("Сомнений больше {}; ещё {} не показаны.", most_doubts, left_out_),
                    {}});
  return std::move(all_);
}

}  // namespace vekha::ingest
