// Ball: a complex number known to lie in a rectangle of two real balls, at any
// precision. Owns its memory; const methods may be called from any thread.

#ifndef REWARDS_MATH_EXACT_BALL_H_
#define REWARDS_MATH_EXACT_BALL_H_

#include <acb.h>

#include <cstddef>
#include <optional>

#include "rewards/math/syntax/rational.h"

namespace rewards::math {

class Ball {
 public:
  Ball() { acb_init(z_); }
  Ball(const Ball& other) : Ball() { acb_set(z_, other.z_); }
  Ball(Ball&& other) noexcept : Ball() { acb_swap(z_, other.z_); }
  Ball& operator=(const Ball& other) {
    acb_set(z_, other.z_);
    return *this;
  }
  Ball& operator=(Ball&& other) noexcept {
    acb_swap(z_, other.z_);
    return *this;
  }
  ~Ball() { acb_clear(z_); }

  [[nodiscard]] acb_ptr raw() { return z_; }
  [[nodiscard]] acb_srcptr raw() const { return z_; }
  [[nodiscard]] arb_ptr real() { return acb_realref(z_); }
  [[nodiscard]] arb_srcptr real() const { return acb_realref(z_); }
  [[nodiscard]] arb_ptr imag() { return acb_imagref(z_); }
  [[nodiscard]] arb_srcptr imag() const { return acb_imagref(z_); }

  [[nodiscard]] bool is_finite() const { return acb_is_finite(z_) != 0; }
  // Certainly a real number: the imaginary part is exactly zero.
  [[nodiscard]] bool is_real() const { return acb_is_real(z_) != 0; }
  [[nodiscard]] bool may_be_zero() const { return acb_contains_zero(z_) != 0; }
  [[nodiscard]] bool is_positive() const {
    return is_real() && arb_is_positive(real()) != 0;
  }
  [[nodiscard]] bool is_negative() const {
    return is_real() && arb_is_negative(real()) != 0;
  }

 private:
  acb_t z_;
};

// The root that the checker means: of a negative real number with an odd index
// the real one, else the principal one. Requires: index >= 2.
void TakeRoot(Ball* ball, long index, long precision);

// The rational number with the smallest denominator in a real ball; nothing
// where the ball is not real, or has no end.
[[nodiscard]] std::optional<Rational> SimplestIn(const Ball& ball);

// Frees what FLINT and Arb cache for this thread when the thread ends. Cheap
// after the first call of a thread.
void FreeCachesAtThreadEnd();

// What one multiplication, and one exponential, costs at `precision` bits, in
// units of Work.
[[nodiscard]] std::size_t MultiplyCost(long precision);
[[nodiscard]] std::size_t FunctionCost(long precision);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_BALL_H_
