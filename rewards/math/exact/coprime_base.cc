#include "rewards/math/exact/coprime_base.h"

#include <flint/fmpz.h>

namespace rewards::math {
namespace {

// Takes `number` out of `value`, and says how often it was in it.
long Remove(const Rational& number, Rational* value) {
  fmpz* rest = fmpq_numref(value->raw());
  return fmpz_remove(rest, rest, fmpq_numref(number.raw()));
}

}  // namespace

bool CoprimeBase::Add(const Rational& value, Work* work) {
  std::vector<Rational> todo{value};
  while (!todo.empty()) {
    Rational next = std::move(todo.back());
    todo.pop_back();
    bool split = false;
    for (std::size_t i = 0; i < numbers_.size() && !split; ++i) {
      if (!work->Spend(1 + next.bits() / 256)) return false;
      Remove(numbers_[i], &next);
      Rational common;
      fmpz_gcd(fmpq_numref(common.raw()), fmpq_numref(numbers_[i].raw()),
               fmpq_numref(next.raw()));
      if (common == Rational(1)) continue;
      // Both are more than what they share: three numbers instead.
      todo.push_back(numbers_[i] / common);
      todo.push_back(next / common);
      todo.push_back(std::move(common));
      numbers_.erase(numbers_.begin() + static_cast<std::ptrdiff_t>(i));
      split = true;
    }
    if (split || next == Rational(1)) continue;
    if (numbers_.size() >= kNumbers) return false;
    numbers_.push_back(std::move(next));
    ++version_;
  }
  return true;
}

std::vector<std::pair<Rational, long>> CoprimeBase::FactorsOf(
    const Rational& value) const {
  std::vector<std::pair<Rational, long>> factors;
  Rational rest = value;
  for (const Rational& number : numbers_) {
    const long exponent = Remove(number, &rest);
    if (exponent > 0) factors.emplace_back(number, exponent);
  }
  return factors;
}

}  // namespace rewards::math
