#include "rewards/math/exact/algebraic.h"

#include <flint/fmpz.h>

#include <algorithm>
#include <utility>

namespace rewards::math {

namespace {

double TopBits(const Rational& value) {
  return static_cast<double>(fmpz_bits(fmpq_numref(value.raw())));
}

double BottomBits(const Rational& value) {
  if (value.is_integer()) return 0;
  return static_cast<double>(fmpz_bits(fmpq_denref(value.raw())));
}

}  // namespace

Algebraic::Algebraic(Rational real, Rational imag)
    : real_(std::move(real)), imag_(std::move(imag)) {
  upper_ = TopBits(real_);
  lower_ = BottomBits(real_);
  if (imag_.is_zero()) return;
  const double below = BottomBits(imag_);
  upper_ = std::max(upper_ + below, TopBits(imag_) + lower_) + 1;
  lower_ += below;
}

Ball Algebraic::Enclosure(long precision) const {
  if (!exact_) return ball_;
  Ball ball;
  arb_set_fmpq(ball.real(), real_.raw(), precision);
  arb_set_fmpq(ball.imag(), imag_.raw(), precision);
  return ball;
}

Algebraic Algebraic::Plus(const Algebraic& other, long precision) const {
  if (exact_ && other.exact_) {
    return Algebraic(real_ + other.real_, imag_ + other.imag_);
  }
  if (IsZero()) return other;
  if (other.IsZero()) return *this;
  Algebraic sum(Enclosure(precision),
                std::max(upper_ + other.lower_, other.upper_ + lower_) + 1,
                lower_ + other.lower_);
  acb_add(sum.ball_.raw(), sum.ball_.raw(), other.Enclosure(precision).raw(),
          precision);
  return sum;
}

Algebraic Algebraic::Times(const Algebraic& other, long precision) const {
  if (is_rational() && other.is_rational()) {
    return Algebraic(real_ * other.real_);
  }
  if (exact_ && other.exact_) {
    return Algebraic(real_ * other.real_ - imag_ * other.imag_,
                     real_ * other.imag_ + imag_ * other.real_);
  }
  if (IsZero()) return *this;
  if (other.IsZero()) return other;
  Algebraic product(Enclosure(precision), upper_ + other.upper_,
                    lower_ + other.lower_);
  acb_mul(product.ball_.raw(), product.ball_.raw(),
          other.Enclosure(precision).raw(), precision);
  return product;
}

Algebraic Algebraic::Power(long exponent, long precision) const {
  if (is_rational()) return Algebraic(real_.Power(exponent));
  if (exact_) {
    Algebraic base = *this;
    if (exponent < 0) {
      const Rational norm = real_ * real_ + imag_ * imag_;
      base = Algebraic(real_ / norm, -imag_ / norm);
      exponent = -exponent;
    }
    Algebraic power{Rational(1)};
    for (; exponent > 0; exponent /= 2) {
      if (exponent % 2 != 0) power = power.Times(base, precision);
      if (exponent > 1) base = base.Times(base, precision);
    }
    return power;
  }
  const double times = static_cast<double>(exponent < 0 ? -exponent : exponent);
  Algebraic power(ball_, upper_ * times, lower_ * times);
  if (exponent < 0) std::swap(power.upper_, power.lower_);
  acb_pow_si(power.ball_.raw(), ball_.raw(), exponent, precision);
  return power;
}

// (U / L)^{1/k} is (U L^{k-1})^{1/k} / L, and where U is not zero
// U / (U^{k-1} L)^{1/k}: one new root either way.
Algebraic Algebraic::Root(long index, long precision) const {
  if (IsZero()) return *this;
  const auto k = static_cast<double>(index);
  double up = (upper_ + (k - 1) * lower_) / k;
  double low = lower_;
  if (upper_ < lower_) {
    up = upper_;
    low = ((k - 1) * upper_ + lower_) / k;
  }
  Algebraic root(Enclosure(precision), up + 1e-6, low + 1e-6);
  TakeRoot(&root.ball_, index, precision);
  return root;
}

Algebraic Algebraic::Negated() const {
  if (exact_) return Algebraic(-real_, -imag_);
  Algebraic negated = *this;
  acb_neg(negated.ball_.raw(), negated.ball_.raw());
  return negated;
}

Algebraic Algebraic::Conjugated() const {
  if (exact_) return Algebraic(real_, -imag_);
  Algebraic conjugated = *this;
  acb_conj(conjugated.ball_.raw(), conjugated.ball_.raw());
  return conjugated;
}

Algebraic::Zero Algebraic::TestZero(double degree) const {
  if (exact_) return IsZero() ? Zero::kZero : Zero::kNotZero;
  if (!ball_.is_finite()) return Zero::kUnknown;
  if (!ball_.may_be_zero()) return Zero::kNotZero;
  constexpr double kMostBits = 1e15;
  if (BitsToDecide(degree) > kMostBits) return Zero::kUnknown;
  // All of the ball is nearer to zero than any other value could be.
  arf_t bound;
  arf_t size;
  arf_init(bound);
  arf_init(size);
  acb_get_abs_ubound_arf(size, ball_.raw(), 30);
  arf_set_d(bound, 1.0);
  arf_mul_2exp_si(bound, bound, -static_cast<long>(BitsToDecide(degree)) - 1);
  const bool zero = arf_cmp(size, bound) < 0;
  arf_clear(size);
  arf_clear(bound);
  return zero ? Zero::kZero : Zero::kUnknown;
}

}  // namespace rewards::math
