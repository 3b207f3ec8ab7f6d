// Value: one answer, understood. A plain value; any thread. Today every value
// is a rational number with what was written around it; later kinds of value
// (tuples, sets, intervals, expressions) join here.

#ifndef REWARDS_MATH_VALUE_H_
#define REWARDS_MATH_VALUE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/math/evaluate.h"
#include "rewards/math/syntax/rational.h"

namespace rewards::math {

struct Value {
  // Fails closed: a default Value is unknown and equals nothing.
  Exactness exactness = Exactness::kUnknown;

  // The number as it is meant: 50% is 1/2. Read only where kExact.
  Rational number{};

  // A percent sign was written.
  bool percent = false;

  // For a plain decimal such as 0.33: the power of ten of its last digit, -2
  // (-4 for 0.33%), and how many significant digits it states. Else nothing.
  std::optional<long> last_place{};
  std::size_t significant_digits = 0;

  // The unit, in one spelling (units.h), or empty.
  std::string unit{};

  // The left side of `x = 5`, or empty.
  std::string name{};

  // Written after a sign of approximation.
  bool approximate = false;

  // What was mended while reading. Constants.
  std::vector<std::string_view> repairs{};
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_VALUE_H_
