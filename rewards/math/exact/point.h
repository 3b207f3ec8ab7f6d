// Point: a real number for every symbol, pseudo-random and the same for equal
// questions. Thread-safe.

#ifndef REWARDS_MATH_EXACT_POINT_H_
#define REWARDS_MATH_EXACT_POINT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "rewards/math/syntax/rational.h"

namespace rewards::math {

class Point {
 public:
  // Every combination of signs of this many symbols is tried; of more, some.
  static constexpr std::size_t kSigned = 4;

  // Strips of length one, from -8 to 40, that the trials after the usual ones
  // are in, one after the other.
  static constexpr int kStrips = 48;

  // `seed` stands for the question: nobody who writes an answer can know where
  // it will be tried. `symbols` are all names, in order, and are borrowed until
  // the end. Where `near` is not zero: another point near that of the trial.
  Point(std::uint64_t seed, std::span<const std::string> symbols, int trial,
        int near = 0)
      : seed_(seed), symbols_(symbols), trial_(trial), near_(near) {}

  // How many trials see every combination of signs, near zero and far away.
  [[nodiscard]] static int UsualTrials(std::size_t symbols);

  // The coordinate of the symbol `name`: about 52 random bits. The trial says
  // which signs, and which part of the line: the usual ones are below four and
  // then beyond 2^90, the others in a strip.
  [[nodiscard]] Rational Coordinate(std::string_view name) const;

  // 64 random bits for `key`.
  [[nodiscard]] std::uint64_t Random(std::uint64_t key) const;

 private:
  [[nodiscard]] bool IsNegative(std::string_view name) const;

  std::uint64_t seed_;
  std::span<const std::string> symbols_;
  int trial_;
  int near_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_POINT_H_
