#include "base/decimal.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <cstdlib>

namespace vekha {
namespace {

using Wide = boost::multiprecision::int512_t;  // room for the exact sum or product of two coefficients

constexpr int max_digits = 34;
constexpr int max_exponent = 6144;

Wide power_of_ten(int exponent) {
  Wide power = 1, base = 10;
  for (int left = exponent; left > 0; left >>= 1) {
    if (left & 1) power *= base;
    if (left > 1) base *= base;
  }
  return power;
}

int digit_count(const Wide& number) { return static_cast<int>(abs(number).str().size()); }

// number / divisor, half to even.
Wide divide_half_even(const Wide& number, const Wide& divisor) {
  Wide quotient = number / divisor;
  const Wide twice = abs(Wide(number - quotient * divisor)) * 2, size = abs(divisor);
  if (twice > size || (twice == size && quotient % 2 != 0)) quotient += (number < 0) == (divisor < 0) ? 1 : -1;
  return quotient;
}

Decimal from_wide(Wide coefficient, int exponent) {
  const int excess = digit_count(coefficient) - max_digits;
  if (excess > 0) {
    coefficient = divide_half_even(coefficient, power_of_ten(excess));
    exponent += excess;
  }
  return {static_cast<__int128>(coefficient), exponent};
}

}  // namespace

Decimal::Decimal(int64_t whole) : Decimal(static_cast<__int128>(whole), 0) {}

Decimal::Decimal(__int128 coefficient, int exponent) : coefficient_(coefficient), exponent_(exponent) {
  if (coefficient_ == 0) {
    exponent_ = 0;
    return;
  }
  while (coefficient_ % 10 == 0) {
    coefficient_ /= 10;
    ++exponent_;
  }
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  size_t at = 0;
  const bool negative = at < text.size() && text[at] == '-';
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  Wide coefficient = 0;
  int exponent = 0, seen = 0, kept = 0;
  bool point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    ++seen;
    if (kept < 60) {  // digits past this cannot change the rounded number
      coefficient = coefficient * 10 + (c - '0');
      if (coefficient != 0) ++kept;
      if (point) --exponent;
    } else if (!point) {
      ++exponent;
    }
    if (seen > 10000) return std::nullopt;
  }
  if (seen == 0) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    const bool minus = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    int power = 0;
    const size_t first = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
      power = std::min(power * 10 + (text[at] - '0'), 2 * max_exponent);
    if (at == first) return std::nullopt;
    exponent += minus ? -power : power;
  }
  if (at != text.size()) return std::nullopt;
  if (coefficient != 0 && std::abs(exponent) > max_exponent) return std::nullopt;
  return from_wide(negative ? Wide(-coefficient) : coefficient, exponent);
}

std::string Decimal::to_text() const {
  if (coefficient_ == 0) return "0";
  std::string digits = Wide(coefficient_ < 0 ? -coefficient_ : coefficient_).str();
  const int count = static_cast<int>(digits.size());
  std::string text;
  if (exponent_ >= 0 && count + exponent_ <= 40) {
    text = digits + std::string(static_cast<size_t>(exponent_), '0');
  } else if (exponent_ < 0 && -exponent_ <= 40) {
    if (count <= -exponent_) digits.insert(0, static_cast<size_t>(-exponent_ - count + 1), '0');
    digits.insert(digits.size() - static_cast<size_t>(-exponent_), ".");
    text = digits;
  } else {
    text = fmt::format("{}e{}", digits, exponent_);
  }
  return coefficient_ < 0 ? "-" + text : text;
}

double Decimal::to_double() const { return std::strtod(to_text().c_str(), nullptr); }

std::optional<int64_t> Decimal::to_integer() const {
  if (exponent_ < 0 || exponent_ > 18) return std::nullopt;
  const Wide whole = Wide(coefficient_) * power_of_ten(exponent_);
  if (whole > INT64_MAX || whole < INT64_MIN) return std::nullopt;
  return static_cast<int64_t>(whole);
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  if (a.is_zero()) return b;
  if (b.is_zero()) return a;
  const Decimal& high = a.exponent_ >= b.exponent_ ? a : b;
  const Decimal& low = a.exponent_ >= b.exponent_ ? b : a;
  // Past this distance the smaller one cannot reach the 34 digits that are kept.
  const int distance = high.exponent_ - low.exponent_;
  if (distance > 2 * max_digits + 2) return high;
  return from_wide(Wide(high.coefficient_) * power_of_ten(distance) + Wide(low.coefficient_), low.exponent_);
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  return from_wide(Wide(a.coefficient_) * Wide(b.coefficient_), a.exponent_ + b.exponent_);
}

std::optional<Decimal> Decimal::divide(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return std::nullopt;
  constexpr int extra = 2 * max_digits + 2;
  return from_wide(divide_half_even(Wide(a.coefficient_) * power_of_ten(extra), Wide(b.coefficient_)),
                   a.exponent_ - b.exponent_ - extra);
}

Decimal Decimal::rounded(int places) const {
  const int drop = -places - exponent_;
  if (drop <= 0) return *this;
  if (drop > 2 * max_digits) return {};
  return from_wide(divide_half_even(Wide(coefficient_), power_of_ten(drop)), -places);
}

Decimal Decimal::floor() const {
  if (exponent_ >= 0) return *this;
  if (-exponent_ > 2 * max_digits) return coefficient_ < 0 ? Decimal(-1) : Decimal();
  const Wide power = power_of_ten(-exponent_);
  Wide whole = Wide(coefficient_) / power;
  if (coefficient_ < 0 && whole * power != Wide(coefficient_)) whole -= 1;
  return from_wide(whole, 0);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const int sign_a = a.coefficient_ < 0 ? -1 : a.coefficient_ > 0,
            sign_b = b.coefficient_ < 0 ? -1 : b.coefficient_ > 0;
  if (sign_a != sign_b) return sign_a <=> sign_b;
  if (sign_a == 0) return std::strong_ordering::equal;
  const int top_a = digit_count(Wide(a.coefficient_)) + a.exponent_,
            top_b = digit_count(Wide(b.coefficient_)) + b.exponent_;
  if (top_a != top_b) return sign_a > 0 ? top_a <=> top_b : top_b <=> top_a;
  const int low = std::min(a.exponent_, b.exponent_);
  const Wide left = Wide(a.coefficient_) * power_of_ten(a.exponent_ - low),
             right = Wide(b.coefficient_) * power_of_ten(b.exponent_ - low);
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

}  // namespace vekha
