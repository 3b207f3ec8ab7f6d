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
  Point(std::uint64_t seed, int trial) : seed_(seed), trial_(trial) {}

  [[nodiscard]] int trial() const { return trial_; }

  // The coordinate of the symbol `name`: about 52 random bits. The trial says
  // which part of the line it is from: even trials are positive, every fourth
  // is below one, and the last ones are large.
  [[nodiscard]] Rational Coordinate(std::string_view name) const;

  // 64 random bits for `key`.
  [[nodiscard]] std::uint64_t Random(std::uint64_t key) const;

 private:
  std::uint64_t seed_;
  int trial_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_POINT_H_
