#include "russian/numerals.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace vekha::russian {
namespace {

struct Scale {
  int64_t value;
  Agreement gender;
  std::array<std::string, 3> names;  // one, few, many
};

Plural plural_of_whole(int64_t number) {
  const int64_t tens = number % 100;
  const int64_t ones = number % 10;
  if (tens >= 11 && tens <= 14) return Plural::many;
  return ones == 1 ? Plural::one : ones >= 2 && ones <= 4 ? Plural::few : Plural::many;
}

// From 1 to 999.
void append_group(std::vector<std::string>& words, int64_t number, Agreement gender) {
  static constexpr const char* hundreds[] = {"",        "сто",      "двести",  "триста",    "четыреста",
                                             "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"};
  static constexpr const char* tens[] = {"",          "",           "двадцать",  "тридцать",    "сорок",
                                         "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"};
  static constexpr const char* ones[] = {"",           "один",        "два",        "три",          "четыре",
                                         "пять",       "шесть",       "семь",       "восемь",       "девять",
                                         "десять",     "одиннадцать", "двенадцать", "тринадцать",   "четырнадцать",
                                         "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"};
  if (number >= 100) words.emplace_back(hundreds[number / 100]);
  number %= 100;
  if (number >= 20) {
    words.emplace_back(tens[number / 10]);
    number %= 10;
  }
  if (number == 1 && gender == Agreement::feminine)
    words.emplace_back("одна");
  else if (number == 1 && gender == Agreement::neuter)
    words.emplace_back("одно");
  else if (number == 1 && gender == Agreement::plural)
    words.emplace_back("одни");
  else if (number == 2 && gender == Agreement::feminine)
    words.emplace_back("две");
  else if (number > 0)
    words.emplace_back(ones[number]);
}

}  // namespace

std::optional<std::string> number_in_words(int64_t number, Agreement gender) {
  constexpr int64_t limit = 1'000'000'000'000;
  if (number <= -limit || number >= limit) return std::nullopt;
  if (number == 0) return "ноль";
  static const Scale scales[] = {
      {1'000'000'000, Agreement::masculine, {"миллиард", "миллиарда", "миллиардов"}},
      {1'000'000, Agreement::masculine, {"миллион", "миллиона", "миллионов"}},
      {1'000, Agreement::feminine, {"тысяча", "тысячи", "тысяч"}},
  };
  std::vector<std::string> words;
  if (number < 0) words.emplace_back("минус");
  number = number < 0 ? -number : number;
  for (const Scale& scale : scales) {
    const int64_t group = number / scale.value;
    number %= scale.value;
    if (group == 0) continue;
    append_group(words, group, scale.gender);
    words.push_back(scale.names[static_cast<size_t>(plural_of_whole(group))]);
  }
  append_group(words, number, gender);
  return join(words, " ");
}

Plural plural_of(const Decimal& number) {
  if (number.floor() != number) return Plural::few;
  // Only the last two digits tell, so a number too large for an integer is no trouble.
  const Decimal size = number.is_negative() ? -number : number;
  if (size.exponent() >= 2) return Plural::many;
  return plural_of_whole(static_cast<int64_t>((size.coefficient() * (size.exponent() == 1 ? 10 : 1)) % 100));
}

const std::string& agree(const Decimal& number, const std::string& one, const std::string& few,
                         const std::string& many) {
  switch (plural_of(number)) {
    case Plural::one: return one;
    case Plural::few: return few;
    case Plural::many: break;
  }
  return many;
}

const std::string& agree_in_genitive(const Decimal& number, const std::string& singular, const std::string& plural) {
  return number.floor() != number || plural_of(number) == Plural::one ? singular : plural;
}

std::string number_in_digits(const Decimal& number) {
  const std::string digits = number.to_text();
  const size_t sign = digits.starts_with('-') ? 1 : 0;
  const size_t whole_end = std::min(digits.find_first_not_of("0123456789", sign), digits.size());
  std::string text = digits.substr(0, sign);
  for (size_t at = sign; at < whole_end; ++at) {
    if (at > sign && (whole_end - at) % 3 == 0) text += no_break_space;
    text += digits[at];
  }
  return text + replace_all(digits.substr(whole_end), ".", ",");
}

std::string percent(const Decimal& number) { return number_in_digits(number) + no_break_space + "%"; }

}  // namespace vekha::russian
