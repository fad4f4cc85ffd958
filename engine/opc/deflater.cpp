#include "opc/deflater.h"

#include <libdeflate.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "opc/huffman.h"

namespace vekha::opc {
namespace {

constexpr uint32_t window_size = 32'768;
constexpr uint32_t longest = 258;
constexpr size_t block_tokens = 1u << 16;
constexpr unsigned hash_bits = 14;
constexpr uint32_t end_of_block = 256;
constexpr uint32_t match_flag = 1u << 31;

constexpr std::array<uint16_t, 29> length_bases = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                                   31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<uint8_t, 29> length_extras = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                   2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<uint16_t, 30> distance_bases = {1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                                     33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                                     1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};

constexpr std::array<uint8_t, 259> make_length_codes() {
  std::array<uint8_t, 259> codes{};
  for (uint32_t size = 3; size <= longest; ++size) {
    uint8_t code = 0;
    while (code + 1 < 29 && length_bases[code + 1u] <= size)
      ++code;
    codes[size] = code;
  }
  return codes;
}
constexpr std::array<uint8_t, 259> length_codes = make_length_codes();

// Two codes a power of two.
uint32_t distance_code(uint32_t distance) {
  if (distance <= 4) return distance - 1;
  const auto power = static_cast<uint32_t>(std::bit_width(distance - 1)) - 1;
  return 2 * power + ((distance - 1) >> (power - 1) & 1);
}
uint32_t distance_extra(uint32_t code) { return code < 4 ? 0 : code / 2 - 1; }

uint32_t read4(const char* at) {
  uint32_t value = 0;
  std::memcpy(&value, at, 4);
  return value;
}
uint32_t hash4(const char* at) { return read4(at) * 2654435761u >> (32 - hash_bits); }

uint32_t common_size(const char* a, const char* b, uint32_t most) {
  uint32_t size = 0;
  while (size < most && a[size] == b[size])
    ++size;
  return size;
}

}  // namespace

KnownText::KnownText(std::string_view text, const std::vector<KnownStretch>& stretches) : text_(text) {
  constexpr int most_tries = 48;
  owner_.assign(text.size(), none);
  std::vector<uint32_t> head(1u << 16, none);
  std::vector<uint32_t> before(text.size(), none);
  const auto hash = [&](uint32_t at) { return read4(text_.data() + at) * 2654435761u >> 16; };
  for (const KnownStretch& stretch : stretches) {
    const auto index = static_cast<uint32_t>(stretches_.size());
    const uint32_t end = stretch.from + stretch.size;
    std::fill(owner_.begin() + stretch.from, owner_.begin() + end, index);
    Stretch made{stretch.from, stretch.size, static_cast<uint32_t>(tokens_.size()), 0};
    uint32_t plain = stretch.from;  // where bytes that are not to be found begin
    const auto flush = [&](uint32_t to) {
      if (to > plain) tokens_.push_back({to - plain, none});
    };
    const auto insert = [&](uint32_t at) {
      if (at + 4 > end) return;
      const uint32_t slot = hash(at);
      before[at] = head[slot];
      head[slot] = at;
    };
    // A match may not reach beyond the stretch it is taken from: what stands behind that in a document is not known.
    const auto best_at = [&](uint32_t at) {
      Token best{0, none};
      if (at + 4 > end) return best;
      uint32_t candidate = head[hash(at)];
      for (int tries = 0; candidate != none && tries < most_tries; ++tries, candidate = before[candidate]) {
        const Stretch* other = owner_[candidate] == index ? &made : &stretches_[owner_[candidate]];
        const uint32_t most =
            std::min({end - at, longest, other == &made ? end - at : other->from + other->size - candidate});
        const uint32_t size = common_size(text_.data() + candidate, text_.data() + at, most);
        if (size > best.size) best = {size, candidate};
        if (size == std::min(end - at, longest)) break;
      }
      return best;
    };
    for (uint32_t at = stretch.from; at < end;) {
      Token best = best_at(at);
      if (best.size < 4) {
        insert(at++);
        continue;
      }
      insert(at);
      // One byte later there may be more to find.
      if (best.size < 64 && at + 1 < end)
        if (const Token later = best_at(at + 1); later.size > best.size + 1) {
          ++at;
          best = later;
          insert(at);
        }
      flush(at);
      tokens_.push_back(best);
      for (uint32_t i = 1; i < best.size; ++i)
        insert(at + i);
      at += best.size;
      plain = at;
    }
    flush(end);
    made.token_count = static_cast<uint32_t>(tokens_.size()) - made.first_token;
    stretches_.push_back(made);
  }
}

Deflater::Deflater(const KnownText& known)
    : known_(known),
      last_(known.stretches_.size(), 0),
      last_size_(known.stretches_.size(), 0),
      hashes_(1u << hash_bits, 0) {
  tokens_.reserve(block_tokens + longest);
}
Deflater::~Deflater() = default;

void Deflater::literal(unsigned char byte) {
  tokens_.push_back(byte);
  ++literal_counts_[byte];
}

void Deflater::match(uint32_t size, uint32_t distance) {
  // What goes on copying from the same place is one copy.
  if (!tokens_.empty() && (tokens_.back() & match_flag) && (tokens_.back() & 0x7FFF) + 1 == distance) {
    const uint32_t before = (tokens_.back() >> 16 & 0xFF) + 3;
    if (before + size <= longest) {
      --literal_counts_[257u + length_codes[before]];
      --distance_counts_[distance_code(distance)];
      tokens_.pop_back();
      size += before;
    }
  }
  last_distance_ = distance;
  tokens_.push_back(match_flag | (size - 3) << 16 | (distance - 1));
  ++literal_counts_[257u + length_codes[size]];
  ++distance_counts_[distance_code(distance)];
}

// `size` bytes, at least 3, that stand `distance` back.
void Deflater::run(uint64_t size, uint32_t distance) {
  while (size > 0) {
    auto one = static_cast<uint32_t>(std::min<uint64_t>(size, longest));
    if (size - one == 1 || size - one == 2) one -= 3;
    match(one, distance);
    size -= one;
  }
}

// Whether the bytes being packed stand `distance` back too.
bool Deflater::stands(uint32_t size, uint64_t distance) const {
  const uint64_t at = place_ - window_at_;
  return distance > 0 && distance <= window_size && at >= distance &&
         std::memcmp(window_.data() + at, window_.data() + at - distance, size) == 0;
}

// Where the value behind a stretch stood last, if the same stretch stood before it there: the two are one copy then.
uint32_t Deflater::distance_of_next(uint32_t size, size_t value_size) const {
  if (value_size < 4) return 0;
  const uint64_t place = place_ + size;
  const uint64_t candidate = hashes_[hash4(window_.data() + (place - window_at_))];
  if (candidate == 0 || place + 1 - candidate > window_size) return 0;
  const auto distance = static_cast<uint32_t>(place + 1 - candidate);
  return stands(size, distance) ? distance : 0;
}

void Deflater::known(const Span& span, size_t value_size) {
  const uint32_t index = known_.owner_[span.from];
  const KnownText::Stretch& stretch = known_.stretches_[index];
  const uint64_t begin = place_;
  const uint64_t last = last_[index];
  const bool whole = span.from == stretch.from;
  uint32_t copy = 0;
  if (span.size >= 3) {
    if (stands(span.size, last_distance_)) copy = last_distance_;
    if (copy == 0) copy = distance_of_next(span.size, value_size);
  }
  if (copy > 0) {
    run(span.size, copy);
    place_ += span.size;
    if (!whole) return;
  } else if (whole && last > 0 && begin + 1 - last <= window_size && last_size_[index] >= span.size && span.size >= 3) {
    run(span.size, static_cast<uint32_t>(begin + 1 - last));
    place_ += span.size;
  } else if (!whole || span.size != stretch.size) {
    for (uint32_t i = 0; i < span.size; ++i)
      literal(static_cast<unsigned char>(known_.text_[span.from + i]));
    place_ += span.size;
    return;
  } else {
    uint32_t at = stretch.from;
    for (uint32_t i = 0; i < stretch.token_count; ++i) {
      const KnownText::Token& token = known_.tokens_[stretch.first_token + i];
      uint64_t distance = 0;
      if (token.source != KnownText::none) {
        const uint32_t owner = known_.owner_[token.source];
        const uint64_t source =
            owner == index
                ? begin + 1
                : (last_[owner] > 0 && last_size_[owner] == known_.stretches_[owner].size ? last_[owner] : 0);
        if (source > 0) distance = place_ + 1 - source - (token.source - known_.stretches_[owner].from);
      }
      if (distance > 0 && distance <= window_size) {
        run(token.size, static_cast<uint32_t>(distance));
      } else {
        for (uint32_t k = 0; k < token.size; ++k)
          literal(static_cast<unsigned char>(known_.text_[at + k]));
      }
      at += token.size;
      place_ += token.size;
    }
  }
  last_[index] = begin + 1;
  last_size_[index] = span.size;
}

// Bytes of data: what stood before among the data is found by its first four bytes.
void Deflater::unknown(std::string_view bytes) {
  const char* const begin = window_.data() + (place_ - window_at_);
  const char* const end = begin + bytes.size();
  for (const char* at = begin; at < end;) {
    uint32_t size = 0;
    const auto most = static_cast<uint32_t>(std::min<ptrdiff_t>(end - at, longest));
    // A value like that of the row before goes on with the copy of what stands before it.
    if (last_distance_ > 0 && most >= 3 && static_cast<uint64_t>(at - window_.data()) >= last_distance_)
      size = common_size(at - last_distance_, at, most);
    if (size >= 3) {
      match(size, last_distance_);
    } else if (end - at >= 4) {
      size = 0;
      uint64_t& slot = hashes_[hash4(at)];
      const uint64_t candidate = slot;
      slot = place_ + 1;
      if (candidate > 0 && candidate - 1 >= window_at_ && place_ + 1 - candidate <= window_size) {
        const char* const source = window_.data() + (candidate - 1 - window_at_);
        size = common_size(source, at, most);
        if (size < 4) size = 0;
        if (size >= 4) match(size, static_cast<uint32_t>(place_ + 1 - candidate));
      }
    }
    if (size < 3) {
      literal(static_cast<unsigned char>(*at));
      size = 1;
    } else {
      // The bytes of a match stand here too now: those to come shall find the nearest.
      for (uint32_t i = 1; i < size && at + i + 4 <= end; i += 2)
        hashes_[hash4(at + i)] = place_ + i + 1;
    }
    at += size;
    place_ += size;
  }
}

void Deflater::add(std::string_view bytes, std::span<const Span> spans) {
  crc_ = libdeflate_crc32(crc_, bytes.data(), bytes.size());
  size_ += bytes.size();
  if (window_.size() > 4 * window_size) {
    const size_t gone = window_.size() - window_size;
    window_.erase(0, gone);
    window_at_ += gone;
  }
  window_ += bytes;
  size_t at = 0;
  for (size_t i = 0; i < spans.size(); ++i) {
    const Span& span = spans[i];
    if (span.at > at) unknown(bytes.substr(at, span.at - at));
    at = span.at + span.size;
    const size_t next = i + 1 < spans.size() ? spans[i + 1].at : bytes.size();
    known(span, next - at);
    if (tokens_.size() >= block_tokens) block(false);
  }
  if (at < bytes.size()) unknown(bytes.substr(at));
  if (tokens_.size() >= block_tokens) block(false);
}

void Deflater::bits(uint32_t value, unsigned count) {
  held_ |= static_cast<uint64_t>(value) << held_bits_;
  held_bits_ += count;
  if (held_bits_ < 32) return;
  const auto whole = static_cast<uint32_t>(held_);
  char bytes[4];
  for (int i = 0; i < 4; ++i)
    bytes[i] = static_cast<char>(whole >> (8 * i));
  out_.append(bytes, 4);
  held_ >>= 32;
  held_bits_ -= 32;
}

void Deflater::block(bool last) {
  ++literal_counts_[end_of_block];
  const HuffmanCode<286> literals(literal_counts_, 15);
  const HuffmanCode<30> distances(distance_counts_, 15);
  bits(last ? 1 : 0, 1);
  bits(2, 2);  // codes of its own
  write_code_lengths(literals, distances, [this](uint32_t value, unsigned count) { bits(value, count); });
  for (const uint32_t token : tokens_) {
    if (!(token & match_flag)) {
      bits(literals.codes[token], literals.lengths[token]);
      continue;
    }
    const uint32_t size = (token >> 16 & 0xFF) + 3;
    const uint32_t distance = (token & 0x7FFF) + 1;
    const uint32_t code = length_codes[size];
    bits(literals.codes[257 + code], literals.lengths[257 + code]);
    bits(size - length_bases[code], length_extras[code]);
    const uint32_t far = distance_code(distance);
    bits(distances.codes[far], distances.lengths[far]);
    bits(distance - distance_bases[far], distance_extra(far));
  }
  bits(literals.codes[end_of_block], literals.lengths[end_of_block]);
  tokens_.clear();
  literal_counts_.fill(0);
  distance_counts_.fill(0);
}

Packed Deflater::finish() {
  block(true);
  while (held_bits_ > 0) {
    out_ += static_cast<char>(held_);
    held_ >>= 8;
    held_bits_ = held_bits_ > 8 ? held_bits_ - 8 : 0;
  }
  return {std::move(out_), crc_, size_};
}

}  // namespace vekha::opc
