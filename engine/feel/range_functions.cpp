// How points and ranges lie to each other. Source: DMN 1.4, 10.3.4.9, table 78.
#include "feel/builtin_table.h"
#include "feel/evaluator.h"

namespace vekha::feel {
namespace {

// Thrown where two ends cannot be compared; the function is null then.
struct Incomparable {};

std::strong_ordering order(const Value& a, const Value& b) {
  const auto result = compare(a, b);
  if (!result) throw Incomparable{};
  return *result;
}

bool before(const Value& a, const Value& b) {
  const auto x = range_from(a), y = range_from(b);
  const Value& end = x ? x->high : a;
  const Value& start = y ? y->low : b;
  const auto o = order(end, start);
  const bool touches = (!x || x->closed_high) && (!y || y->closed_low);
  return o < 0 || (o == 0 && (x || y) && !touches);
}

bool meets(const Range& a, const Range& b) { return a.closed_high && b.closed_low && order(a.high, b.low) == 0; }

bool reaches(const Range& a, const Range& b) {  // the end of a lies behind the start of b
  const auto o = order(a.high, b.low);
  return o > 0 || (o == 0 && a.closed_high && b.closed_low);
}

bool overlaps_before(const Range& a, const Range& b) {
  const auto start = order(a.low, b.low), end = order(a.high, b.high);
  return (start < 0 || (start == 0 && a.closed_low && !b.closed_low)) && reaches(a, b) &&
         (end < 0 || (end == 0 && (!a.closed_high || b.closed_high)));
}

bool starts_inside(const Range& a, const Range& b) {  // a does not begin before b
  const auto o = order(a.low, b.low);
  return o > 0 || (o == 0 && (!a.closed_low || b.closed_low));
}

bool ends_inside(const Range& a, const Range& b) {
  const auto o = order(a.high, b.high);
  return o < 0 || (o == 0 && (!a.closed_high || b.closed_high));
}

bool finishes(const Value& a, const Range& b) {
  const auto x = range_from(a);
  if (!x) return b.closed_high && order(a, b.high) == 0;
  return x->closed_high == b.closed_high && order(x->high, b.high) == 0 && starts_inside(*x, b);
}

bool starts(const Value& a, const Range& b) {
  const auto x = range_from(a);
  if (!x) return b.closed_low && order(a, b.low) == 0;
  return x->closed_low == b.closed_low && order(x->low, b.low) == 0 && ends_inside(*x, b);
}

bool during(const Value& a, const Range& b) {
  const auto x = range_from(a);
  if (x) return starts_inside(*x, b) && ends_inside(*x, b);
  const Range point{a, a, true, true};
  return starts_inside(point, b) && ends_inside(point, b);
}

bool coincides(const Value& a, const Value& b) {
  const auto x = range_from(a), y = range_from(b);
  if (!x || !y) return !x && !y && order(a, b) == 0;
  return x->closed_low == y->closed_low && x->closed_high == y->closed_high && order(x->low, y->low) == 0 &&
         order(x->high, y->high) == 0;
}

template <class Test>
Value asked(Test test) {
  try {
    return test();
  } catch (const Incomparable&) {
    return {};
  }
}

// Both are ranges.
template <class Test>
Value of_ranges(const Value& a, const Value& b, Test test) {
  const auto x = range_from(a), y = range_from(b);
  if (!x || !y) return {};
  return asked([&] { return test(*x, *y); });
}

// The second is a range, the first a point or a range.
template <class Test>
Value in_range(const Value& a, const Value& b, Test test) {
  const auto y = range_from(b);
  if (!y) return {};
  return asked([&] { return test(a, *y); });
}

}  // namespace

void add_range_functions(Table& table) {
  table.add(
      "before", "point1,point2", VEKHA_FUNCTION { return asked([&] { return before(a[0], a[1]); }); });
  table.add(
      "after", "point1,point2", VEKHA_FUNCTION { return asked([&] { return before(a[1], a[0]); }); });
  table.add(
      "meets", "range1,range2", VEKHA_FUNCTION { return of_ranges(a[0], a[1], meets); });
  table.add(
      "met by", "range1,range2", VEKHA_FUNCTION { return of_ranges(a[1], a[0], meets); });
  table.add(
      "overlaps", "range1,range2", VEKHA_FUNCTION {
        return of_ranges(a[0], a[1], [](const Range& x, const Range& y) { return reaches(x, y) && reaches(y, x); });
      });
  table.add(
      "overlaps before", "range1,range2", VEKHA_FUNCTION { return of_ranges(a[0], a[1], overlaps_before); });
  table.add(
      "overlaps after", "range1,range2", VEKHA_FUNCTION { return of_ranges(a[1], a[0], overlaps_before); });
  table.add(
      "finishes", "point,range", VEKHA_FUNCTION { return in_range(a[0], a[1], finishes); });
  table.add(
      "finished by", "range,point", VEKHA_FUNCTION { return in_range(a[1], a[0], finishes); });
  table.add(
      "includes", "range,point", VEKHA_FUNCTION { return in_range(a[1], a[0], during); });
  table.add(
      "during", "point,range", VEKHA_FUNCTION { return in_range(a[0], a[1], during); });
  table.add(
      "starts", "point,range", VEKHA_FUNCTION { return in_range(a[0], a[1], starts); });
  table.add(
      "started by", "range,point", VEKHA_FUNCTION { return in_range(a[1], a[0], starts); });
  table.add(
      "coincides", "point1,point2", VEKHA_FUNCTION { return asked([&] { return coincides(a[0], a[1]); }); });
}

}  // namespace vekha::feel
