#include "rewards/math/exact/primes.h"

#include <flint/fmpz.h>
#include <flint/fmpz_factor.h>
#include <flint/ulong_extras.h>

#include <utility>

namespace rewards::math {
namespace {

constexpr unsigned long kPrimeCount = 168;  // below 1,000
constexpr unsigned long kFewPrimes = 25;    // below 100
constexpr std::size_t kManyBits = 2'048;    // of a number: few primes then

// What is left once the small primes are out.
void AppendRest(const fmpz_t rest, std::vector<PrimePower>* factors) {
  if (fmpz_is_one(rest) != 0) return;
  PrimePower last;
  fmpz_t root;
  fmpz_init(root);
  const int exponent =
      fmpz_bits(rest) <= kManyBits ? fmpz_is_perfect_power(root, rest) : 0;
  fmpz_set(fmpq_numref(last.base.raw()), exponent > 0 ? root : rest);
  last.exponent = exponent > 0 ? exponent : 1;
  fmpz_clear(root);
  factors->push_back(std::move(last));
}

}  // namespace

std::vector<PrimePower> SmallFactors(const Rational& value, Work* work) {
  std::vector<PrimePower> factors;
  fmpz_t rest;
  fmpz_init_set(rest, fmpq_numref(value.raw()));
  const std::size_t bits = fmpz_bits(rest);
  const bool many = bits > kManyBits;
  const unsigned long count = many ? kFewPrimes : kPrimeCount;
  if (!work->Spend(1 + bits / 256)) {
    AppendRest(rest, &factors);
    fmpz_clear(rest);
    return factors;
  }
  const mp_limb_t* primes = n_primes_arr_readonly(kPrimeCount);
  fmpz_t prime;
  fmpz_init(prime);
  for (unsigned long i = 0; i < count && fmpz_cmp_ui(rest, 1) > 0; ++i) {
    const bool word = fmpz_abs_fits_ui(rest) != 0;
    if (word && primes[i] * primes[i] > fmpz_get_ui(rest)) break;
    if (fmpz_fdiv_ui(rest, primes[i]) != 0) continue;
    fmpz_set_ui(prime, primes[i]);
    PrimePower power{Rational(static_cast<long>(primes[i])), 1};
    power.exponent = fmpz_remove(rest, rest, prime);
    factors.push_back(std::move(power));
  }
  fmpz_clear(prime);
  AppendRest(rest, &factors);
  fmpz_clear(rest);
  return factors;
}

}  // namespace rewards::math
