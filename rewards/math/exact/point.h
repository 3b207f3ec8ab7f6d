// Point: a real number for every symbol, pseudo-random and the same for equal
// questions. Thread-safe.

#ifndef REWARDS_MATH_EXACT_POINT_H_
#define REWARDS_MATH_EXACT_POINT_H_

#include <cstdint>
#include <string_view>

#include "rewards/math/syntax/rational.h"

namespace rewards::math {

class Point {
 public:
  // `seed` stands for the question: nobody who writes an answer can know where
  // it will be tried.
  // Where `near` is not zero: another point near that of the trial.
  Point(std::uint64_t seed, int trial, int near = 0)
      : seed_(seed), trial_(trial), near_(near) {}

  [[nodiscard]] int trial() const { return trial_; }

  // The coordinate of the symbol `name`: about 52 random bits. The trial says
  // which part of the line it is from: the first ones are positive, or small,
  // or large; from the seventeenth on it is one strip of the line after the
  // other.
  [[nodiscard]] Rational Coordinate(std::string_view name) const;

  // 64 random bits for `key`.
  [[nodiscard]] std::uint64_t Random(std::uint64_t key) const;

 private:
  std::uint64_t seed_;
  int trial_;
  int near_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_POINT_H_
