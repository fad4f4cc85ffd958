// Packs a text most of which is known beforehand: the literals of a template. What repeats within them is looked for
// once; when a document is packed, a known stretch costs a look at where it stood last. The answer is an ordinary
// deflate stream. Source: RFC 1951.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vekha::opc {

// Part of the known text, as it stands in a template.
struct KnownStretch {
  uint32_t from = 0;
  uint32_t size = 0;
};

// A known text prepared for packing. Threads: never changes after it was made; many threads may use one.
class KnownText {
 public:
  KnownText() = default;
  // `stretches` in the order of the text, none overlapping. The text is copied.
  KnownText(std::string_view text, const std::vector<KnownStretch>& stretches);

 private:
  friend class Deflater;
  static constexpr uint32_t none = UINT32_MAX;
  // `size` bytes that stand in the text from `source` on; none: they are not to be found.
  struct Token {
    uint32_t size;
    uint32_t source;
  };
  struct Stretch {
    uint32_t from, size;
    uint32_t first_token, token_count;
  };
  std::string text_;
  std::vector<Stretch> stretches_;
  std::vector<Token> tokens_;
  std::vector<uint32_t> owner_;  // by byte of the text: its stretch
};

struct Packed {
  std::string bytes;
  uint32_t crc = 0;
  uint64_t size = 0;  // unpacked
};

// Threads: one deflater, one thread.
class Deflater {
 public:
  // `known` must outlive this.
  explicit Deflater(const KnownText& known);
  ~Deflater();

  // `at` … of the bytes given: the known text from `from` on.
  struct Span {
    size_t at;
    uint32_t from;
    uint32_t size;
  };
  void add(std::string_view bytes, std::span<const Span> spans);
  Packed finish();

 private:
  // `value_size`: of the unknown bytes behind it.
  void known(const Span& span, size_t value_size);
  bool stands(uint32_t size, uint64_t distance) const;
  uint32_t distance_of_next(uint32_t size, size_t value_size) const;
  void unknown(std::string_view bytes);
  void literal(unsigned char byte);
  void match(uint32_t size, uint32_t distance);
  void run(uint64_t size, uint32_t distance);
  void block(bool last);
  void bits(uint32_t value, unsigned count);

  const KnownText& known_;
  std::vector<uint64_t> last_;       // by stretch: where it began last, behind 1; 0 for never
  std::vector<uint32_t> last_size_;  // and how much of it stood there
  std::vector<uint64_t> hashes_;     // where four bytes stood last, behind 1
  std::string window_;               // the last bytes, those being added behind them
  uint64_t window_at_ = 0;           // place of its first byte
  uint64_t place_ = 0;               // of the byte being packed
  uint32_t last_distance_ = 0;       // of the last copy
  std::vector<uint32_t> tokens_;
  std::array<uint32_t, 286> literal_counts_{};
  std::array<uint32_t, 30> distance_counts_{};
  std::string out_;
  uint64_t held_ = 0;
  unsigned held_bits_ = 0;
  uint32_t crc_ = 0;
  uint64_t size_ = 0;
};

}  // namespace vekha::opc
