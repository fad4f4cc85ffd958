// Comparison and arithmetic of values; whatever does not fit is null, as FEEL has it.
#include <cmath>

#include "base/date.h"
#include "base/duration.h"
#include "base/text.h"
#include "feel/builtins.h"
#include "feel/evaluator.h"

namespace vekha::feel {
namespace {

constexpr int64_t day_seconds = 86400;

bool is_temporal(const Value& value) {
  return value.is<Date>() || value.is<TimeOfDay>() || value.is<LocalTime>() || value.is<MonthsDuration>() ||
         value.is<SecondsDuration>();
}

std::optional<Date> in_range(std::chrono::year_month_day date) {
  if (!date.ok() || year_of(date) < -9999 || year_of(date) > 9999) return std::nullopt;
  return date;
}

std::optional<Date> plus_months(Date date, int64_t months) {
  if (months > 300000 || months < -300000) return std::nullopt;
  int64_t month = int64_t{year_of(date)} * 12 + month_of(date) - 1 + months;
  const int64_t year = month >= 0 ? month / 12 : -((11 - month) / 12);
  month -= year * 12;
  if (year < -9999 || year > 9999) return std::nullopt;
  const int y = static_cast<int>(year), m = static_cast<int>(month) + 1;
  return make_date(y, m, std::min(day_of(date), last_day_of_month(y, m)));
}

std::optional<LocalTime> plus_seconds(const LocalTime& time, int64_t seconds) {
  if (seconds > 1'000'000'000'000 || seconds < -1'000'000'000'000) return std::nullopt;
  int64_t total = time.seconds + seconds;
  const int64_t days = total >= 0 ? total / day_seconds : -((day_seconds - 1 - total) / day_seconds);
  total -= days * day_seconds;
  const auto day = std::chrono::sys_days{time.date} + std::chrono::days{days};
  const std::optional<Date> date = in_range(Date{day});
  if (!date) return std::nullopt;
  return LocalTime{*date, static_cast<int>(total)};
}

int64_t seconds_of(const LocalTime& time) {
  return std::chrono::sys_days{time.date}.time_since_epoch().count() * day_seconds + time.seconds;
}

template <class T>
Value or_null(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

// sign: 1 adds the duration, -1 takes it away.
Value moved(const Value& value, const Value& duration, int sign) {
  if (const MonthsDuration* months = duration.get_if<MonthsDuration>()) {
    if (const Date* date = value.get_if<Date>()) return or_null(plus_months(*date, sign * months->months));
    if (const LocalTime* time = value.get_if<LocalTime>()) {
      const std::optional<Date> date = plus_months(time->date, sign * months->months);
      return date ? Value(LocalTime{*date, time->seconds}) : Value();
    }
  }
  if (const SecondsDuration* seconds = duration.get_if<SecondsDuration>()) {
    if (const LocalTime* time = value.get_if<LocalTime>()) return or_null(plus_seconds(*time, sign * seconds->seconds));
    if (const Date* date = value.get_if<Date>()) {
      const std::optional<LocalTime> time = plus_seconds({*date, 0}, sign * seconds->seconds);
      if (!time) return {};
      return time->seconds == 0 ? Value(time->date) : Value(*time);
    }
    if (const TimeOfDay* time = value.get_if<TimeOfDay>()) {
      const int64_t total = (time->seconds + sign * (seconds->seconds % day_seconds) + 2 * day_seconds) % day_seconds;
      return TimeOfDay{static_cast<int>(total)};
    }
  }
  return {};
}

Value sum_of_durations(const Value& a, const Value& b, int sign) {
  int64_t result = 0;
  if (const auto* x = a.get_if<MonthsDuration>(), *y = b.get_if<MonthsDuration>(); x && y)
    return __builtin_add_overflow(x->months, sign * y->months, &result) ? Value() : Value(MonthsDuration{result});
  if (const auto* x = a.get_if<SecondsDuration>(), *y = b.get_if<SecondsDuration>(); x && y)
    return __builtin_add_overflow(x->seconds, sign * y->seconds, &result) ? Value() : Value(SecondsDuration{result});
  return {};
}

Value scaled(const Value& duration, const Decimal& factor) {
  const bool months = duration.is<MonthsDuration>();
  const int64_t amount =
      months ? duration.get_if<MonthsDuration>()->months : duration.get_if<SecondsDuration>()->seconds;
  const Decimal product = Decimal(amount) * factor;
  const std::optional<int64_t> whole = (product.is_negative() ? -(-product).floor() : product.floor()).to_integer();
  if (!whole) return {};
  return months ? Value(MonthsDuration{*whole}) : Value(SecondsDuration{*whole});
}

// A duration's amount as a number, and whether it is one at all.
std::optional<Decimal> amount_of(const Value& value) {
  if (const auto* months = value.get_if<MonthsDuration>()) return Decimal(months->months);
  if (const auto* seconds = value.get_if<SecondsDuration>()) return Decimal(seconds->seconds);
  return std::nullopt;
}

template <class T>
std::optional<std::strong_ordering> compare_as(const Value& a, const Value& b) {
  const T *x = a.get_if<T>(), *y = b.get_if<T>();
  if (!x || !y) return std::nullopt;
  return *x <=> *y;
}

}  // namespace

Value as_temporal(const Value& value) {
  const std::string* text = value.get_if<std::string>();
  if (!text || text->size() < 2 || text->size() > 40) return value;
  const char first = (*text)[0];
  if (first != 'P' && first != '-' && (first < '0' || first > '9')) return value;
  Value temporal = parse_temporal(*text);
  return temporal.is_null() ? value : temporal;
}

std::optional<std::strong_ordering> compare(const Value& a, const Value& b) {
  if (a.is<std::string>() && is_temporal(b)) {
    const Value other = as_temporal(a);
    return other.is<std::string>() ? std::nullopt : compare(other, b);
  }
  if (b.is<std::string>() && is_temporal(a)) {
    const Value other = as_temporal(b);
    return other.is<std::string>() ? std::nullopt : compare(a, other);
  }
  if (a.is<Date>() && b.is<LocalTime>()) return LocalTime{*a.get_if<Date>(), 0} <=> *b.get_if<LocalTime>();
  if (a.is<LocalTime>() && b.is<Date>()) return *a.get_if<LocalTime>() <=> LocalTime{*b.get_if<Date>(), 0};
  if (const auto result = compare_as<Decimal>(a, b)) return result;
  if (const auto result = compare_as<std::string>(a, b)) return result;
  if (const auto result = compare_as<Date>(a, b)) return result;
  if (const auto result = compare_as<LocalTime>(a, b)) return result;
  if (const auto result = compare_as<TimeOfDay>(a, b)) return result;
  if (const auto result = compare_as<MonthsDuration>(a, b)) return result;
  return compare_as<SecondsDuration>(a, b);
}

std::optional<bool> equal(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (const auto order = compare(a, b)) return *order == std::strong_ordering::equal;
  if (a.storage().index() != b.storage().index()) return std::nullopt;
  if (const List* x = a.get_if<List>(), *y = b.get_if<List>(); x && y) {
    if (x->size() != y->size()) return false;
    for (size_t i = 0; i < x->size(); ++i)
      if (!equal((*x)[i], (*y)[i]).value_or(false)) return false;
    return true;
  }
  if (const Map* x = a.get_if<Map>(), *y = b.get_if<Map>(); x && y) {
    if (x->size() != y->size()) return false;
    for (const auto& [key, value] : *x) {
      const Value* other = y->find(key);
      if (!other || !equal(value, *other).value_or(false)) return false;
    }
    return true;
  }
  return a == b;
}

Value add(const Value& a, const Value& b) {
  if (const Decimal* x = a.get_if<Decimal>(), *y = b.get_if<Decimal>(); x && y) return *x + *y;
  if (a.is<std::string>() && b.is<std::string>()) {
    const Value right = as_temporal(b);
    const Value left = as_temporal(a);
    // Two durations or a date and a duration that JSON made texts of: only when both spell what can be added.
    if (is_temporal(left) && (right.is<MonthsDuration>() || right.is<SecondsDuration>())) return add(left, right);
    return a.text() + b.text();
  }
  const Value left = as_temporal(a), right = as_temporal(b);
  if (amount_of(left) && amount_of(right)) return sum_of_durations(left, right, 1);
  if (amount_of(right)) return moved(left, right, 1);
  if (amount_of(left)) return moved(right, left, 1);
  return {};
}

Value subtract(const Value& a, const Value& b) {
  if (const Decimal* x = a.get_if<Decimal>(), *y = b.get_if<Decimal>(); x && y) return *x - *y;
  const Value left = as_temporal(a), right = as_temporal(b);
  if (amount_of(left)) return sum_of_durations(left, right, -1);
  if (amount_of(right)) return moved(left, right, -1);
  const auto instant = [](const Value& value) -> std::optional<int64_t> {
    if (const Date* date = value.get_if<Date>()) return seconds_of({*date, 0});
    if (const LocalTime* time = value.get_if<LocalTime>()) return seconds_of(*time);
    return std::nullopt;
  };
  if (const auto x = instant(left), y = instant(right); x && y) return SecondsDuration{*x - *y};
  if (const auto* x = left.get_if<TimeOfDay>(), *y = right.get_if<TimeOfDay>(); x && y)
    return SecondsDuration{x->seconds - y->seconds};
  return {};
}

Value multiply(const Value& a, const Value& b) {
  const Decimal *x = a.get_if<Decimal>(), *y = b.get_if<Decimal>();
  if (x && y) return *x * *y;
  const Value left = as_temporal(a), right = as_temporal(b);
  if (x && amount_of(right)) return scaled(right, *x);
  if (y && amount_of(left)) return scaled(left, *y);
  return {};
}

Value divide(const Value& a, const Value& b) {
  const Decimal *x = a.get_if<Decimal>(), *y = b.get_if<Decimal>();
  if (x && y) return or_null(Decimal::divide(*x, *y));
  const Value left = as_temporal(a), right = as_temporal(b);
  const std::optional<Decimal> amount = amount_of(left);
  if (amount && y) {
    const std::optional<Decimal> share = Decimal::divide(Decimal(1), *y);
    const std::optional<Decimal> exact = Decimal::divide(*amount, *y);
    if (!share || !exact) return {};
    const Value one = left.is<MonthsDuration>() ? Value(MonthsDuration{1}) : Value(SecondsDuration{1});
    return scaled(one, *exact);
  }
  if (amount && amount_of(right) && left.storage().index() == right.storage().index())
    return or_null(Decimal::divide(*amount, *amount_of(right)));
  return {};
}

Value power(const Value& a, const Value& b) {
  const Decimal *x = a.get_if<Decimal>(), *y = b.get_if<Decimal>();
  if (!x || !y) return {};
  if (const std::optional<int64_t> exponent = y->to_integer(); exponent && *exponent >= -999 && *exponent <= 999) {
    Decimal result(1);
    for (int64_t i = 0; i < std::abs(*exponent); ++i)
      result = result * *x;
    return *exponent < 0 ? or_null(Decimal::divide(Decimal(1), result)) : Value(result);
  }
  const double result = std::pow(x->to_double(), y->to_double());
  if (!std::isfinite(result)) return {};
  char digits[40];
  std::snprintf(digits, sizeof digits, "%.15e", result);
  return or_null(Decimal::parse(digits));
}

size_t weigh(const Value& value) {
  size_t weight = 1;
  if (const std::string* text = value.get_if<std::string>()) weight += text->size() / 64;
  for (const Value& entry : value.list())
    weight += weigh(entry);
  for (const auto& [key, entry] : value.map())
    weight += weigh(entry) + key.size() / 64;
  return weight;
}

std::optional<Value> part_of(const Value& value, std::string_view name) {
  const auto of_date = [&](Date date) -> std::optional<Value> {
    if (name == "year") return year_of(date);
    if (name == "month") return month_of(date);
    if (name == "day") return day_of(date);
    if (name == "weekday") return weekday_of(date);
    return std::nullopt;
  };
  const auto of_time = [&](int seconds) -> std::optional<Value> {
    if (name == "hour") return seconds / 3600;
    if (name == "minute") return seconds / 60 % 60;
    if (name == "second") return seconds % 60;
    if (name == "time offset" || name == "timezone") return Value();
    return std::nullopt;
  };
  if (const Date* date = value.get_if<Date>()) return of_date(*date);
  if (const TimeOfDay* time = value.get_if<TimeOfDay>()) return of_time(time->seconds);
  if (const LocalTime* time = value.get_if<LocalTime>()) {
    if (const auto part = of_date(time->date)) return part;
    return of_time(time->seconds);
  }
  if (const MonthsDuration* duration = value.get_if<MonthsDuration>()) {
    if (name == "years") return duration->months / 12;
    if (name == "months") return duration->months % 12;
  }
  if (const SecondsDuration* duration = value.get_if<SecondsDuration>()) {
    if (name == "days") return duration->seconds / day_seconds;
    if (name == "hours") return duration->seconds / 3600 % 24;
    if (name == "minutes") return duration->seconds / 60 % 60;
    if (name == "seconds") return duration->seconds % 60;
  }
  return std::nullopt;
}

}  // namespace vekha::feel
