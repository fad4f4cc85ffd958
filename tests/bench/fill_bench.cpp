// Fills a template again and again and tells how long one takes: the part of `tests/bench/documents` that is ours.
//   fill_bench TEMPLATE DATA.json ROUNDS [THREADS]
// Prints {"median_ms","first_ms","bytes","peak_kb"} of one document; with THREADS, documents a second too.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "documents/form.h"
#include "documents/template.h"

using namespace vekha;

namespace {

double now() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

template <class Kind>
int measure(const Kind& compiled, const std::string& json, int rounds, int threads, double begun) {
  const Value data = parse_json(json);  // the others are given objects too
  size_t bytes = 0;
  double first = 0;
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const double start = now();
    const documents::Filled filled = documents::fill(compiled, data);
    times.push_back(now() - start);
    if (has_errors(filled.diagnostics)) {
      fmt::print(stderr, "{}\n", to_text(filled.diagnostics[0]));
      return 1;
    }
    bytes = filled.bytes.size();
    if (i == 0) first = now() - begun;
  }
  std::sort(times.begin(), times.end());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  double rate = 0;
  if (threads > 0) {
    const double start = now();
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t)
      all.emplace_back([&] {
        for (int i = 0; i < rounds; ++i)
          documents::fill(compiled, data);
      });
    for (std::thread& one : all)
      one.join();
    rate = rounds * threads * 1000.0 / (now() - start);
  }
  fmt::print("{{\"median_ms\":{:.3f},\"first_ms\":{:.3f},\"bytes\":{},\"peak_kb\":{},\"a_second\":{:.1f}}}\n",
             times[times.size() / 2], first, bytes, usage.ru_maxrss, rate);
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 4) {
    fmt::print(stderr, "fill_bench TEMPLATE DATA.json ROUNDS [THREADS]\n");
    return 2;
  }
  const double begun = now();
  std::string bytes = read_file(argv[1]);
  const std::string json = read_file(argv[2]);
  const int rounds = std::max(1, std::atoi(argv[3]));
  const int threads = argc > 4 ? std::atoi(argv[4]) : 0;
  if (documents::is_workbook(bytes, argv[1]))
    return measure(documents::Form::compile(std::move(bytes), argv[1]), json, rounds, threads, begun);
  return measure(documents::Template::compile(std::move(bytes), argv[1]), json, rounds, threads, begun);
} catch (const Error& error) {
  fmt::print(stderr, "{}\n", error.message());
  return 1;
}
