// Primes: the small prime factors of an integer. Thread-safe.

#ifndef REWARDS_MATH_EXACT_PRIMES_H_
#define REWARDS_MATH_EXACT_PRIMES_H_

#include <vector>

#include "rewards/math/exact/work.h"
#include "rewards/math/syntax/rational.h"

namespace rewards::math {

struct PrimePower {
  Rational base{1};
  long exponent = 1;
};

// `value` as a product of powers. Primes below 1,000 are found; what is left
// is one base more, which may be composite, but is no perfect power.
// Requires: a positive integer.
[[nodiscard]] std::vector<PrimePower> SmallFactors(const Rational& value,
                                                   Work* work);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_PRIMES_H_
