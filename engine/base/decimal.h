// Exact decimal numbers of up to 34 digits (the range of IEEE decimal128), as FEEL, JSON and figures in documents need.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vekha {

// coefficient × 10^exponent, kept without trailing zeros, so equal numbers have equal parts.
class Decimal {
 public:
  Decimal() = default;
  Decimal(int64_t whole);  // NOLINT: numbers are meant to convert
  Decimal(__int128 coefficient, int exponent);

  // «-12.50», «1e3»; nullopt for anything else.
  static std::optional<Decimal> parse(std::string_view text);

  // Plain digits («0.5», «1200»), never an exponent unless the number has over 40 digits that way.
  std::string to_text() const;
  double to_double() const;
  // nullopt where it has a fraction or does not fit.
  std::optional<int64_t> to_integer() const;

  bool is_zero() const { return coefficient_ == 0; }
  bool is_negative() const { return coefficient_ < 0; }
  __int128 coefficient() const { return coefficient_; }
  int exponent() const { return exponent_; }

  Decimal operator-() const { return {-coefficient_, exponent_}; }
  // Results are rounded half to even at 34 digits.
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  // nullopt for division by zero.
  static std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
  // To `places` digits after the point, half to even.
  Decimal rounded(int places) const;
  Decimal floor() const;

  bool operator==(const Decimal&) const = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  __int128 coefficient_ = 0;
  int exponent_ = 0;
};

}  // namespace vekha
