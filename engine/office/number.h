// Numbers of orders in a register: the rule «01-05/{n}», the next number, gaps and numbers given twice.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/office.h"

namespace vekha::office {

// «01-05/18» by the rule of the register.
std::string format_number(const Register& orders, int number);

// What a number says by the rule of the register.
struct RunningNumber {
  int number = 0;
  std::string letter;  // «а» of a литерный number «14-а», small; mostly empty

  bool operator==(const RunningNumber&) const = default;
};

// Reads «18», «№ 18», «01-05/18», «18-ОД», «14-а», «14а-ОД», «14-ОД-а»; spaces, case and kind of dash do not matter.
// nullopt for what does not follow the rule, such as a number that came from outside.
std::optional<RunningNumber> read_number(const Register& orders, std::string_view text);
// The running number alone.
std::optional<int> number_of(const Register& orders, std::string_view text);

// The number after the highest one in use; the register's first one when none is.
int next_number(const Register& orders, const std::vector<std::string>& in_use);

// Both ends belong to it.
struct NumberSpan {
  int first = 0;
  int last = 0;

  bool operator==(const NumberSpan&) const = default;
};
// What is missing from the register's first number to the highest in use, ascending.
std::vector<NumberSpan> missing_numbers(const Register& orders, const std::vector<std::string>& in_use);

// The numbers that stand for an earlier one once more («№ 18» after «18»), in the order given. «14-а» does not
// repeat 14.
std::vector<std::string> repeated_numbers(const Register& orders, const std::vector<std::string>& in_use);

}  // namespace vekha::office
