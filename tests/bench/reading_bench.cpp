// Reads a file again and again: the part of `tests/bench/reading` that is ours.
//   reading_bench FILE ROUNDS
// Prints {"cells_ms","plan_ms","peak_kb"}: the median of reading its cells, and of reading it as a plan.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "ingest/doubts.h"
#include "ingest/ingest.h"
#include "ingest/kinds.h"

using namespace vekha;

namespace {

double median_of(int rounds, const auto& call) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    call();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
  }
  std::nth_element(times.begin(), times.begin() + static_cast<long>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

}  // namespace

int main(int count, char** words) try {
  if (count < 3) {
    fmt::print(stderr, "reading_bench FILE ROUNDS\n");
    return 2;
  }
  const std::string file = words[1];
  const int rounds = std::max(1, std::atoi(words[2]));
  const double cells = median_of(rounds, [&] {
    ingest::Doubts doubts;
    if (ingest::read_sheet(read_file(file), file, doubts).blocks.empty()) std::exit(1);
  });
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const long peak = used.ru_maxrss;  // of the cells: the plan keeps more
  const double plan = median_of(1, [&] {
    if (ingest::read_roadmap(file).roadmap.item_count() == 0) std::exit(1);
  });
  fmt::print("{{\"cells_ms\":{:.1f},\"plan_ms\":{:.1f},\"peak_kb\":{}}}\n", cells, plan, peak);
  return 0;
} catch (const Error& error) {
  fmt::print(stderr, "{}\n", error.message());
  return 1;
}
