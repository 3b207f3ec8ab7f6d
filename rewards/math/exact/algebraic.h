// Algebraic: an algebraic number as an exact complex number where its parts are
// rational, else as a ball with a separation bound, so that it is decided
// whether it is zero without its minimal polynomial. Not thread-safe.
//
// The number is U / L, with U and L algebraic integers of one field of degree
// D. Every conjugate of U is at most 2^upper, every conjugate of L at most
// 2^lower. The norm of U is a whole number, so U = 0 or |U| >= 2^(-(D-1)
// upper), and then |U / L| >= 2^(-(D-1) upper - lower). (Burnikel, Funke,
// Mehlhorn, Schirra, Schmitt: "A separation bound for real algebraic
// expressions".)

#ifndef REWARDS_MATH_EXACT_ALGEBRAIC_H_
#define REWARDS_MATH_EXACT_ALGEBRAIC_H_

#include <utility>

#include "rewards/math/exact/ball.h"
#include "rewards/math/syntax/rational.h"

namespace rewards::math {

class Algebraic {
 public:
  // Zero.
  Algebraic() = default;
  explicit Algebraic(Rational real, Rational imag = Rational());

  // An algebraic integer over 2^halves, inside `ball`, whose conjugates as an
  // integer are at most 2^upper.
  Algebraic(Ball ball, double upper, double halves)
      : exact_(false), ball_(std::move(ball)), upper_(upper), lower_(halves) {}

  // The value, where it is known to be rational.
  [[nodiscard]] bool is_rational() const { return exact_ && imag_.is_zero(); }
  [[nodiscard]] const Rational& rational() const { return real_; }
  // The same of both parts.
  [[nodiscard]] bool is_exact() const { return exact_; }

  // A ball around it. Of an exact number with `precision` bits.
  [[nodiscard]] Ball Enclosure(long precision) const;

  // Both in bits, as above.
  [[nodiscard]] double upper() const { return upper_; }
  [[nodiscard]] double lower() const { return lower_; }

  // With `precision` bits. Divisors are not zero; that is the caller's to know.
  [[nodiscard]] Algebraic Plus(const Algebraic& other, long precision) const;
  [[nodiscard]] Algebraic Times(const Algebraic& other, long precision) const;
  [[nodiscard]] Algebraic Power(long exponent, long precision) const;
  [[nodiscard]] Algebraic Root(long index, long precision) const;
  [[nodiscard]] Algebraic Negated() const;
  // Of a ball the conjugate is in a field of its own: squares the degree.
  [[nodiscard]] Algebraic Conjugated() const;

  // How many bits decide whether it is zero, in a field of degree `degree`.
  [[nodiscard]] double BitsToDecide(double degree) const {
    return exact_ ? 0 : (degree - 1) * upper_ + lower_ + 2;
  }

  enum class Zero { kUnknown, kZero, kNotZero };
  [[nodiscard]] Zero TestZero(double degree) const;

  // Size of everything held, in bits.
  [[nodiscard]] double bits() const { return upper_ + lower_; }

 private:
  [[nodiscard]] bool IsZero() const {
    return exact_ && real_.is_zero() && imag_.is_zero();
  }

  bool exact_ = true;  // real_ + i imag_; else ball_
  Rational real_{};
  Rational imag_{};
  Ball ball_{};
  double upper_ = 0;
  double lower_ = 0;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_ALGEBRAIC_H_
