// Polynomials: an expression in one variable as a rational function over the
// rational numbers, and the real roots of a polynomial, exactly. Thread-safe;
// bounded by degree and Work.

#ifndef REWARDS_MATH_DECIDE_POLYNOMIALS_H_
#define REWARDS_MATH_DECIDE_POLYNOMIALS_H_

#include <flint/fmpq_poly.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "rewards/math/decide/context.h"

namespace rewards::math {

// Largest degree, and size of a coefficient in bits, that is worked with. Over
// it: nothing.
inline constexpr long kMaxDegree = 16;
inline constexpr long kMaxCoefficientBits = 512;

// A polynomial over the rational numbers. A value.
class Polynomial {
 public:
  Polynomial() { fmpq_poly_init(p_); }
  explicit Polynomial(const Rational& constant);
  Polynomial(const Polynomial& other) : Polynomial() {
    fmpq_poly_set(p_, other.p_);
  }
  Polynomial(Polynomial&& other) noexcept : Polynomial() {
    fmpq_poly_swap(p_, other.p_);
  }
  Polynomial& operator=(Polynomial other) noexcept {
    fmpq_poly_swap(p_, other.p_);
    return *this;
  }
  ~Polynomial() { fmpq_poly_clear(p_); }

  [[nodiscard]] static Polynomial Variable();

  [[nodiscard]] long degree() const { return fmpq_poly_degree(p_); }
  [[nodiscard]] bool is_zero() const { return fmpq_poly_is_zero(p_) != 0; }
  [[nodiscard]] bool within_limits() const;
  [[nodiscard]] Polynomial operator-() const;
  friend Polynomial operator+(const Polynomial& a, const Polynomial& b);
  friend Polynomial operator*(const Polynomial& a, const Polynomial& b);
  friend bool operator==(const Polynomial& a, const Polynomial& b) {
    return fmpq_poly_equal(a.p_, b.p_) != 0;
  }

  [[nodiscard]] const fmpq_poly_struct* flint() const { return p_; }

 private:
  fmpq_poly_t p_;
};

// numerator / denominator, not cancelled.
struct Fraction {
  Polynomial numerator;
  Polynomial denominator;  // not zero
};

// `a` as a rational function of the variable `name`, and in `poles` every
// denominator in it that is not constant. In place of the i-th absolute value
// (children first), its content with the i-th bit of `signs` (1: negated);
// contents go to `bends`. Nothing: it is no such function, or over a limit.
[[nodiscard]] std::optional<Fraction> FractionOf(
    Context* context, TermRef a, std::string_view name, unsigned signs,
    std::vector<Polynomial>* poles, std::vector<Polynomial>* bends);

// All real roots of `p`, as exact constants, in no order. Nothing where one
// cannot be written with square roots, or over a limit. Requires: not zero.
[[nodiscard]] std::optional<std::vector<TermRef>> RealRoots(
    Context* context, const Polynomial& p);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_POLYNOMIALS_H_
