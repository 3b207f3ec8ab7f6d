#include "rewards/math/syntax/rational.h"

#include <cassert>

namespace rewards::math {

Rational Rational::FromDigits(std::string_view digits) {
  assert(!digits.empty());
  Rational result;
  // Up to 18 digits fit a machine word: the common case needs no string.
  if (digits.size() <= 18) {
    long word = 0;
    for (const char c : digits) word = word * 10 + (c - '0');
    fmpq_set_si(result.q_, word, 1);
    return result;
  }
  const std::string text(digits);
  fmpz_set_str(fmpq_numref(result.q_), text.c_str(), 10);
  return result;
}

Rational Rational::PowerOfTen(long exponent) {
  return Rational(10).Power(exponent);
}

std::size_t Rational::bits() const {
  const std::size_t below = is_integer() ? 0 : fmpz_bits(fmpq_denref(q_));
  return fmpz_bits(fmpq_numref(q_)) + below;
}

bool Rational::is_terminating() const {
  fmpz_t rest;
  fmpz_t prime;
  fmpz_init_set(rest, fmpq_denref(q_));
  fmpz_init(prime);
  for (const unsigned long p : {2UL, 5UL}) {
    fmpz_set_ui(prime, p);
    fmpz_remove(rest, rest, prime);
  }
  const bool terminating = fmpz_is_one(rest) != 0;
  fmpz_clear(prime);
  fmpz_clear(rest);
  return terminating;
}

std::optional<long> Rational::AsLong() const {
  if (!is_integer() || fmpz_fits_si(fmpq_numref(q_)) == 0) return std::nullopt;
  return fmpz_get_si(fmpq_numref(q_));
}

std::optional<Rational> Rational::SquareRoot() const {
  assert(!is_negative());
  if (fmpz_is_square(fmpq_numref(q_)) == 0 ||
      fmpz_is_square(fmpq_denref(q_)) == 0) {
    return std::nullopt;
  }
  Rational root;
  fmpz_sqrt(fmpq_numref(root.q_), fmpq_numref(q_));
  fmpz_sqrt(fmpq_denref(root.q_), fmpq_denref(q_));
  return root;
}

Rational Rational::Power(long exponent) const {
  assert(exponent >= 0 || !is_zero());
  Rational result;
  fmpq_pow_si(result.q_, q_, exponent);
  return result;
}

Rational Rational::Absolute() const {
  Rational result;
  fmpq_abs(result.q_, q_);
  return result;
}

Rational Rational::Floor() const {
  Rational result;
  fmpz_fdiv_q(fmpq_numref(result.q_), fmpq_numref(q_), fmpq_denref(q_));
  return result;
}

Rational Rational::operator-() const {
  Rational result;
  fmpq_neg(result.q_, q_);
  return result;
}

std::string Rational::ToString() const {
  char* text = fmpq_get_str(nullptr, 10, q_);
  std::string copy(text);
  flint_free(text);
  return copy;
}

Rational operator+(const Rational& a, const Rational& b) {
  Rational sum;
  fmpq_add(sum.q_, a.q_, b.q_);
  return sum;
}

Rational operator-(const Rational& a, const Rational& b) {
  Rational difference;
  fmpq_sub(difference.q_, a.q_, b.q_);
  return difference;
}

Rational operator*(const Rational& a, const Rational& b) {
  Rational product;
  fmpq_mul(product.q_, a.q_, b.q_);
  return product;
}

Rational operator/(const Rational& a, const Rational& b) {
  assert(!b.is_zero());
  Rational quotient;
  fmpq_div(quotient.q_, a.q_, b.q_);
  return quotient;
}

}  // namespace rewards::math
