// CoprimeBase: whole numbers, pairwise coprime, that others are products of.
// The logarithms of such numbers are independent over the rationals, so that a
// relation between logarithms of rationals is one between exponents. Not
// thread-safe.

#ifndef REWARDS_MATH_EXACT_COPRIME_BASE_H_
#define REWARDS_MATH_EXACT_COPRIME_BASE_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "rewards/math/exact/work.h"
#include "rewards/math/syntax/rational.h"

namespace rewards::math {

class CoprimeBase {
 public:
  // Most numbers of a base.
  static constexpr std::size_t kNumbers = 64;

  // Refines the base until `value` is a product of its numbers. False where a
  // limit is hit. Requires: a positive integer.
  [[nodiscard]] bool Add(const Rational& value, Work* work);

  // How often the base has changed.
  [[nodiscard]] std::size_t version() const { return version_; }

  // The number and its exponent, for all that are in `value`. Requires: `value`
  // was added.
  [[nodiscard]] std::vector<std::pair<Rational, long>> FactorsOf(
      const Rational& value) const;

 private:
  std::vector<Rational> numbers_;
  std::size_t version_ = 0;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_COPRIME_BASE_H_
