#include "office/number.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace vekha::office {
namespace {

constexpr std::string_view placeholder = "{n}";

// Small letters, no white space, one kind of dash.
std::string normalize(std::string_view text) {
  std::string plain;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (is_space(c)) continue;
    append_char(plain, c >= U'\u2010' && c <= U'\u2015' ? U'-' : c);
  }
  plain = to_lower(plain);
  return plain.starts_with("№") ? plain.substr(std::string_view("№").size()) : plain;
}

// Takes «а», «-а» or «/а» off the front of `text`; an empty letter where none stands there.
std::string take_letter(std::string_view& text) {
  size_t at = text.starts_with('-') || text.starts_with('/') ? 1 : 0;
  const size_t start = at;
  if (at >= text.size() || !is_letter(next_char(text, at))) return {};
  std::string letter(text.substr(start, at - start));
  text.remove_prefix(at);
  return letter;
}

std::vector<int> sorted_numbers(const Register& orders, const std::vector<std::string>& in_use) {
  std::vector<int> numbers;
  for (const std::string& text : in_use)
    // «14-а» stands beside 14, not for it.
    if (const auto read = read_number(orders, text); read && read->letter.empty()) numbers.push_back(read->number);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace

std::string format_number(const Register& orders, int number) {
  return replace_all(orders.number_format, placeholder, std::to_string(number));
}

std::optional<RunningNumber> read_number(const Register& orders, std::string_view text) {
  constexpr size_t most_digits = 9;
  const std::string format = normalize(orders.number_format);
  const size_t hole = format.find(placeholder);
  if (hole == std::string::npos) return std::nullopt;
  const std::string_view prefix = std::string_view(format).substr(0, hole);
  const std::string_view suffix = std::string_view(format).substr(hole + placeholder.size());

  const std::string plain = normalize(text);
  std::string_view rest = plain;
  if (!rest.starts_with(prefix)) return std::nullopt;
  rest.remove_prefix(prefix.size());
  RunningNumber result;
  size_t digits = 0;
  for (; digits < rest.size() && is_digit(static_cast<unsigned char>(rest[digits])); ++digits) {
    if (digits == most_digits) return std::nullopt;
    result.number = result.number * 10 + (rest[digits] - '0');
  }
  if (result.number == 0) return std::nullopt;
  rest.remove_prefix(digits);
  if (rest == suffix) return result;

  // The letter stands before the rest of the rule or behind it.
  if (rest.starts_with(suffix)) {
    std::string_view tail = rest.substr(suffix.size());
    result.letter = take_letter(tail);
    if (tail.empty()) return result;
  }
  result.letter = take_letter(rest);
  return !result.letter.empty() && rest == suffix ? std::optional(result) : std::nullopt;
}

std::optional<int> number_of(const Register& orders, std::string_view text) {
  const auto read = read_number(orders, text);
  return read ? std::optional(read->number) : std::nullopt;
}

int next_number(const Register& orders, const std::vector<std::string>& in_use) {
  const std::vector<int> numbers = sorted_numbers(orders, in_use);
  return numbers.empty() ? orders.first_number : std::max(orders.first_number, numbers.back() + 1);
}

std::vector<NumberSpan> missing_numbers(const Register& orders, const std::vector<std::string>& in_use) {
  std::vector<NumberSpan> missing;
  int expected = orders.first_number;
  for (const int number : sorted_numbers(orders, in_use)) {
    if (number > expected) missing.push_back({expected, number - 1});
    expected = std::max(expected, number + 1);
  }
  return missing;
}

std::vector<std::string> repeated_numbers(const Register& orders, const std::vector<std::string>& in_use) {
  std::vector<std::string> repeated;
  std::set<std::string> seen;
  for (const std::string& text : in_use) {
    const auto read = read_number(orders, text);
    const std::string key = read ? std::to_string(read->number) + "-" + read->letter : "=" + normalize(text);
    if (!seen.insert(key).second) repeated.push_back(text);
  }
  return repeated;
}

}  // namespace vekha::office
