// Canonical Huffman codes for deflate blocks. Source: RFC 1951, clauses 3.2.2 and 3.2.7; the lengths by Moffat and
// Katajainen, «In-place calculation of minimum-redundancy codes» (1995).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace vekha::opc {

// Symbols that are counted 0 get no code. The same counts give the same code.
template <size_t n>
struct HuffmanCode {
  std::array<uint8_t, n> lengths{};
  std::array<uint16_t, n> codes{};  // bits reversed, as deflate writes them

  HuffmanCode(const std::array<uint32_t, n>& counts, unsigned longest) {
    struct Symbol {
      uint32_t count;
      uint16_t symbol;
    };
    std::vector<Symbol> used;
    for (size_t i = 0; i < n; ++i)
      if (counts[i] > 0) used.push_back({counts[i], static_cast<uint16_t>(i)});
    if (used.empty()) return;
    std::stable_sort(used.begin(), used.end(), [](const Symbol& a, const Symbol& b) { return a.count < b.count; });
    std::vector<uint32_t> a(used.size());
    for (size_t i = 0; i < used.size(); ++i)
      a[i] = used[i].count;
    minimum_redundancy(a);
    std::array<uint32_t, 64> how_many{};
    for (const uint32_t length : a)
      ++how_many[std::min<uint32_t>(std::max<uint32_t>(length, 1), 63)];
    limit(how_many, longest);
    // The rarest symbols have the longest codes.
    size_t at = 0;
    for (unsigned length = longest; length >= 1; --length)
      for (uint32_t i = 0; i < how_many[length]; ++i)
        lengths[used[at++].symbol] = static_cast<uint8_t>(length);
    uint32_t code = 0;
    for (unsigned length = 1; length <= longest; ++length) {
      for (size_t i = 0; i < n; ++i)
        if (lengths[i] == length) codes[i] = reversed(code++, length);
      code <<= 1;
    }
  }

 private:
  static uint16_t reversed(uint32_t code, unsigned length) {
    uint32_t out = 0;
    for (unsigned i = 0; i < length; ++i)
      out |= (code >> i & 1) << (length - 1 - i);
    return static_cast<uint16_t>(out);
  }

  // Counts in rising order become code lengths.
  static void minimum_redundancy(std::vector<uint32_t>& a) {
    const int size = static_cast<int>(a.size());
    if (size == 1) {
      a[0] = 1;
      return;
    }
    a[0] += a[1];
    int root = 0, leaf = 2, next = 1;
    for (; next < size - 1; ++next) {
      if (leaf >= size || a[root] < a[leaf]) {
        a[next] = a[root];
        a[root++] = static_cast<uint32_t>(next);
      } else {
        a[next] = a[leaf++];
      }
      if (leaf >= size || (root < next && a[root] < a[leaf])) {
        a[next] += a[root];
        a[root++] = static_cast<uint32_t>(next);
      } else {
        a[next] += a[leaf++];
      }
    }
    a[size - 2] = 0;
    for (next = size - 3; next >= 0; --next)
      a[next] = a[a[next]] + 1;
    int available = 1, used = 0;
    uint32_t depth = 0;
    root = size - 2;
    next = size - 1;
    while (available > 0) {
      while (root >= 0 && a[root] == depth) {
        ++used;
        --root;
      }
      while (available > used) {
        a[next--] = depth;
        --available;
      }
      available = 2 * used;
      ++depth;
      used = 0;
    }
  }

  // Makes codes that are too long shorter, and as many others longer as that takes.
  static void limit(std::array<uint32_t, 64>& how_many, unsigned longest) {
    uint64_t total = 0;
    for (unsigned i = longest + 1; i < how_many.size(); ++i) {
      how_many[longest] += how_many[i];
      how_many[i] = 0;
    }
    for (unsigned i = longest; i > 0; --i)
      total += static_cast<uint64_t>(how_many[i]) << (longest - i);
    while (total > (1ull << longest)) {
      --how_many[longest];
      for (unsigned i = longest - 1; i > 0; --i) {
        if (how_many[i] == 0) continue;
        --how_many[i];
        how_many[i + 1] += 2;
        break;
      }
      --total;
    }
  }
};

// The head of a block: how long the codes are. `bits(value, count)` writes.
template <class Bits>
void write_code_lengths(const HuffmanCode<286>& literals, const HuffmanCode<30>& distances, Bits&& bits) {
  constexpr std::array<uint8_t, 19> order = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  size_t literal_count = 286, distance_count = 30;
  while (literal_count > 257 && literals.lengths[literal_count - 1] == 0)
    --literal_count;
  while (distance_count > 1 && distances.lengths[distance_count - 1] == 0)
    --distance_count;
  std::vector<uint8_t> lengths(literals.lengths.begin(), literals.lengths.begin() + literal_count);
  lengths.insert(lengths.end(), distances.lengths.begin(), distances.lengths.begin() + distance_count);
  struct Step {
    uint8_t symbol, extra, extra_bits;
  };
  std::vector<Step> steps;
  std::array<uint32_t, 19> counts{};
  const auto step = [&](uint8_t symbol, size_t extra, uint8_t extra_bits) {
    steps.push_back({symbol, static_cast<uint8_t>(extra), extra_bits});
    ++counts[symbol];
  };
  for (size_t i = 0; i < lengths.size();) {
    size_t same = 1;
    while (i + same < lengths.size() && lengths[i + same] == lengths[i])
      ++same;
    const uint8_t length = lengths[i];
    i += same;
    if (length == 0) {
      while (same >= 3) {
        const size_t now = std::min<size_t>(same, 138);
        now <= 10 ? step(17, now - 3, 3) : step(18, now - 11, 7);
        same -= now;
      }
    } else {
      step(length, 0, 0);
      --same;
      while (same >= 3) {
        const size_t now = std::min<size_t>(same, 6);
        step(16, now - 3, 2);
        same -= now;
      }
    }
    for (; same > 0; --same)
      step(length, 0, 0);
  }
  const HuffmanCode<19> code(counts, 7);
  size_t order_count = 19;
  while (order_count > 4 && code.lengths[order[order_count - 1]] == 0)
    --order_count;
  bits(static_cast<uint32_t>(literal_count - 257), 5);
  bits(static_cast<uint32_t>(distance_count - 1), 5);
  bits(static_cast<uint32_t>(order_count - 4), 4);
  for (size_t i = 0; i < order_count; ++i)
    bits(code.lengths[order[i]], 3);
  for (const Step& one : steps) {
    bits(code.codes[one.symbol], code.lengths[one.symbol]);
    bits(one.extra, one.extra_bits);
  }
}

}  // namespace vekha::opc
