// Any bytes as an expression and as the tests of a cell: compiled and evaluated.
#include <cstdint>
#include <string_view>

#include "feel/feel.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace vekha;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Map names{{"n", 3}, {"s", "план"}, {"l", List{1, 2, 3}}, {"?", 5}, {"c", Map{{"k", "2023-01-31"}}}};
  const feel::Environment environment{.now = {make_date(2023, 3, 25), 9 * 3600}, .max_steps = 20'000};
  for (const feel::Compiled& compiled : {feel::compile(text), feel::compile_tests(text)})
    if (compiled.expression) compiled.expression->evaluate(feel::MapScope(names), environment);
  return 0;
}
