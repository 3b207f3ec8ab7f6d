// Rational: an exact fraction of any size, always in lowest terms. A value;
// const methods may be called from any thread. Nothing here bounds the size:
// callers check bits() before an operation that can grow (see evaluate.h).

#ifndef REWARDS_MATH_SYNTAX_RATIONAL_H_
#define REWARDS_MATH_SYNTAX_RATIONAL_H_

#include <flint/fmpq.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rewards::math {

class Rational {
 public:
  Rational() { fmpq_init(q_); }
  explicit Rational(long number) : Rational() { fmpq_set_si(q_, number, 1); }
  Rational(const Rational& other) : Rational() { fmpq_set(q_, other.q_); }
  Rational(Rational&& other) noexcept : Rational() { fmpq_swap(q_, other.q_); }
  Rational& operator=(const Rational& other) {
    fmpq_set(q_, other.q_);
    return *this;
  }
  Rational& operator=(Rational&& other) noexcept {
    fmpq_swap(q_, other.q_);
    return *this;
  }
  ~Rational() { fmpq_clear(q_); }

  // The number with these decimal digits. Requires: digits only, at least one.
  [[nodiscard]] static Rational FromDigits(std::string_view digits);

  // 10^exponent, exact. Requires: |exponent| is bounded by the caller.
  [[nodiscard]] static Rational PowerOfTen(long exponent);

  // Size of the numerator plus that of a denominator that is not 1, in bits.
  [[nodiscard]] std::size_t bits() const;

  [[nodiscard]] bool is_zero() const { return fmpq_is_zero(q_) != 0; }
  [[nodiscard]] bool is_integer() const {
    return fmpz_is_one(fmpq_denref(q_)) != 0;
  }
  [[nodiscard]] bool is_negative() const { return fmpq_sgn(q_) < 0; }

  // True where the number has a finite decimal form: the denominator has no
  // prime factor but 2 and 5.
  [[nodiscard]] bool is_terminating() const;

  // The value, where it is an integer that fits; else nothing.
  [[nodiscard]] std::optional<long> AsLong() const;

  // The exact square root, where it is rational. Requires: not negative.
  [[nodiscard]] std::optional<Rational> SquareRoot() const;

  // this^exponent. Requires: exponent >= 0, or not zero.
  [[nodiscard]] Rational Power(long exponent) const;

  // The number inside, for the arithmetic of FLINT; always in lowest terms.
  [[nodiscard]] const fmpq* raw() const { return q_; }
  [[nodiscard]] fmpq* raw() { return q_; }

  [[nodiscard]] Rational Absolute() const;

  // The greatest integer that is not above the value.
  [[nodiscard]] Rational Floor() const;
  [[nodiscard]] Rational operator-() const;

  // "3", "-1/2". For people and tests.
  [[nodiscard]] std::string ToString() const;

  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  // Requires: b is not zero.
  friend Rational operator/(const Rational& a, const Rational& b);
  friend bool operator==(const Rational& a, const Rational& b) {
    return fmpq_equal(a.q_, b.q_) != 0;
  }
  friend bool operator<=(const Rational& a, const Rational& b) {
    return fmpq_cmp(a.q_, b.q_) <= 0;
  }

 private:
  fmpq_t q_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_SYNTAX_RATIONAL_H_
