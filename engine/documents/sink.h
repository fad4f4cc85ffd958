// What a program prints: bytes, and which stretches of them are literals of the program. Whoever packs the bytes then
// knows without looking that such a stretch has stood there before.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vekha::documents {

// Bytes `at` … `at + size` are those of the program's literals from `from` on.
struct LiteralSpan {
  size_t at;
  uint32_t from;
  uint32_t size;
};

struct Sink {
  std::string bytes;
  std::vector<LiteralSpan> spans;

  void literal(std::string_view literals, uint32_t from, uint32_t size) {
    spans.push_back({bytes.size(), from, size});
    bytes.append(literals.data() + from, size);
  }
  // Takes back what was printed behind `size`.
  void cut(size_t size) {
    bytes.resize(size);
    while (!spans.empty() && spans.back().at >= size)
      spans.pop_back();
    if (!spans.empty() && spans.back().at + spans.back().size > size)
      spans.back().size = static_cast<uint32_t>(size - spans.back().at);
  }
};

}  // namespace vekha::documents
