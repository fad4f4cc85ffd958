// Functions of numbers, and of lists of them.
#include <algorithm>
#include <cmath>
#include <map>

#include "feel/builtin_table.h"
#include "feel/evaluator.h"

namespace vekha::feel {
namespace {

Value from_double(double number) {
  if (!std::isfinite(number)) return {};
  char digits[40];
  std::snprintf(digits, sizeof digits, "%.15e", number);
  const std::optional<Decimal> decimal = Decimal::parse(digits);
  return decimal ? Value(*decimal) : Value();
}

std::optional<std::vector<Decimal>> numbers(const Arguments& arguments) {
  std::vector<Decimal> result;
  for (const Value& value : spread(arguments)) {
    if (!value.is<Decimal>()) return std::nullopt;
    result.push_back(*value.get_if<Decimal>());
  }
  return result;
}

Value median(Evaluator&, const Arguments& a) {
  auto list = numbers(a);
  if (!list || list->empty()) return {};
  std::sort(list->begin(), list->end());
  const size_t middle = list->size() / 2;
  if (list->size() % 2) return (*list)[middle];
  return *Decimal::divide((*list)[middle - 1] + (*list)[middle], Decimal(2));
}

Value mode(Evaluator& evaluator, const Arguments& a) {
  auto list = numbers(a);
  if (!list) return {};
  std::map<Decimal, size_t> counts;
  size_t most = 0;
  for (const Decimal& number : *list)
    most = std::max(most, ++counts[number]);
  evaluator.charge(list->size());
  List result;
  for (const auto& [number, count] : counts)
    if (count == most) result.emplace_back(number);
  return result;
}

Value deviation(Evaluator&, const Arguments& a) {
  const auto list = numbers(a);
  if (!list || list->size() < 2) return {};
  double sum = 0, squares = 0;
  for (const Decimal& number : *list)
    sum += number.to_double();
  const double mean = sum / static_cast<double>(list->size());
  for (const Decimal& number : *list)
    squares += (number.to_double() - mean) * (number.to_double() - mean);
  return from_double(std::sqrt(squares / static_cast<double>(list->size() - 1)));
}

enum class Rounding { up, down, half_up, half_down, ceiling, floor };

Value rounded(const Arguments& a, Rounding rounding) {
  const Decimal* number = a[0].get_if<Decimal>();
  const auto places = a.size() > 1 ? whole(a[1]) : std::optional<int64_t>(0);
  if (!number || !places || *places < -6111 || *places > 6176) return {};
  const Decimal unit(1, static_cast<int>(-*places));
  const bool negative = number->is_negative();
  const Decimal size = negative ? -*number : *number;
  const Decimal low = *number * Decimal(1, static_cast<int>(*places));
  if (rounding == Rounding::floor) return low.floor() * unit;
  if (rounding == Rounding::ceiling) return -((-low).floor()) * unit;
  const Decimal scaled = size * Decimal(1, static_cast<int>(*places));
  const Decimal base = scaled.floor(), rest = scaled - base, half(5, -1);
  bool away = false;
  switch (rounding) {
    case Rounding::up: away = !rest.is_zero(); break;
    case Rounding::half_up: away = rest >= half; break;
    case Rounding::half_down: away = rest > half; break;
    default: break;
  }
  const Decimal result = (away ? base + Decimal(1) : base) * unit;
  return negative ? -result : result;
}

Value of_double(const Arguments& a, double (*function)(double)) {
  const Decimal* number = a[0].get_if<Decimal>();
  return number ? from_double(function(number->to_double())) : Value();
}

Value modulo(Evaluator&, const Arguments& a) {
  const Decimal *x = a[0].get_if<Decimal>(), *y = a[1].get_if<Decimal>();
  if (!x || !y || y->is_zero()) return {};
  return *x - *y * Decimal::divide(*x, *y)->floor();
}

Value absolute(Evaluator&, const Arguments& a) {
  if (const Decimal* number = a[0].get_if<Decimal>()) return number->is_negative() ? -*number : *number;
  const Value value = as_temporal(a[0]);
  if (const auto* months = value.get_if<MonthsDuration>()) return MonthsDuration{std::abs(months->months)};
  if (const auto* seconds = value.get_if<SecondsDuration>()) return SecondsDuration{std::abs(seconds->seconds)};
  return {};
}

}  // namespace

std::optional<int64_t> whole(const Value& value) {
  const Decimal* number = value.get_if<Decimal>();
  return number ? number->to_integer() : std::nullopt;
}

void add_number_functions(Table& table) {
  table.add(
      "sum", "list…", VEKHA_FUNCTION {
        const auto list = numbers(a);
        if (!list || list->empty()) return {};
        Decimal sum;
        for (const Decimal& number : *list)
          sum = sum + number;
        return sum;
      });
  table.add(
      "product", "list…", VEKHA_FUNCTION {
        const auto list = numbers(a);
        if (!list || list->empty()) return {};
        Decimal product(1);
        for (const Decimal& number : *list)
          product = product * number;
        return product;
      });
  table.add(
      "mean", "list…", VEKHA_FUNCTION {
        const auto list = numbers(a);
        if (!list || list->empty()) return {};
        Decimal sum;
        for (const Decimal& number : *list)
          sum = sum + number;
        return *Decimal::divide(sum, Decimal(static_cast<int64_t>(list->size())));
      });
  table.add("median", "list…", median);
  table.add("mode", "list…", mode);
  table.add("stddev", "list…", deviation);
  table.add(
      "decimal", "n,scale", VEKHA_FUNCTION {
        const auto places = whole(a[1]);
        if (!a[0].is<Decimal>() || !places || *places < -6111 || *places > 6176) return {};
        return a[0].get_if<Decimal>()->rounded(static_cast<int>(*places));
      });
  table.add(
      "floor", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::floor); });
  table.add(
      "ceiling", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::ceiling); });
  table.add(
      "round up", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::up); });
  table.add(
      "round down", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::down); });
  table.add(
      "round half up", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::half_up); });
  table.add(
      "round half down", "n,scale?", VEKHA_FUNCTION { return rounded(a, Rounding::half_down); });
  table.add("abs", "n", absolute);
  table.add("modulo", "dividend,divisor", modulo);
  table.add(
      "sqrt", "number", VEKHA_FUNCTION { return of_double(a, std::sqrt); });
  table.add(
      "log", "number", VEKHA_FUNCTION { return of_double(a, std::log); });
  table.add(
      "exp", "number", VEKHA_FUNCTION { return of_double(a, std::exp); });
  table.add(
      "odd", "number", VEKHA_FUNCTION { return whole(a[0]) ? Value(*whole(a[0]) % 2 != 0) : Value(); });
  table.add(
      "even", "number", VEKHA_FUNCTION { return whole(a[0]) ? Value(*whole(a[0]) % 2 == 0) : Value(); });
}

}  // namespace vekha::feel
