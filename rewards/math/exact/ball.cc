#include "rewards/math/exact/ball.h"

#include <flint/fmpq.h>

namespace rewards::math {

void TakeRoot(Ball* ball, long index, long precision) {
  const auto k = static_cast<unsigned long>(index);
  if (!ball->is_real() || arb_is_nonnegative(ball->real()) != 0 ||
      index % 2 == 0) {
    acb_root_ui(ball->raw(), ball->raw(), k, precision);
    return;
  }
  if (arb_is_negative(ball->real()) == 0) {  // either sign
    acb_indeterminate(ball->raw());
    return;
  }
  arb_neg(ball->real(), ball->real());
  arb_root_ui(ball->real(), ball->real(), k, precision);
  arb_neg(ball->real(), ball->real());
}

std::optional<Rational> SimplestIn(const Ball& ball) {
  constexpr long kPrecision = 256;  // bits; the ends may lie further out
  if (!ball.is_real() || !ball.is_finite()) return std::nullopt;
  if (fmpz_cmp_si(ARF_EXPREF(arb_midref(ball.real())), kPrecision) > 0 ||
      fmpz_cmp_si(ARF_EXPREF(arb_midref(ball.real())), -kPrecision) < 0) {
    return std::nullopt;
  }
  Rational low;
  Rational high;
  Rational simple;
  arf_t end;
  arf_init(end);
  arb_get_lbound_arf(end, ball.real(), kPrecision);
  arf_get_fmpq(low.raw(), end);
  arb_get_ubound_arf(end, ball.real(), kPrecision);
  arf_get_fmpq(high.raw(), end);
  arf_clear(end);
  fmpq_simplest_between(simple.raw(), low.raw(), high.raw());
  return simple;
}

void FreeCachesAtThreadEnd() {
  struct Cleanup {
    bool armed = false;
    ~Cleanup() { flint_cleanup(); }
  };
  static thread_local Cleanup cleanup;
  cleanup.armed = true;
}

// Measured on a core of 2020: a product of 10,000 bits takes about 2 us, one of
// 100,000 bits 60 us.
std::size_t MultiplyCost(long precision) {
  const auto bits = static_cast<std::size_t>(precision);
  return 1 + bits / 4'096 + (bits / 16'384) * (bits / 16'384);
}

// 10 us at 1,024 bits, 80 us at 4,096, 1 ms at 16,384.
std::size_t FunctionCost(long precision) {
  const auto bits = static_cast<std::size_t>(precision);
  return 1 + bits / 100 + (bits / 600) * (bits / 600);
}

}  // namespace rewards::math
