// Exp: the same on every machine, which the C library's is not.
// Thread-safe: no state.

#ifndef REWARDS_LANGUAGE_EXPONENT_H_
#define REWARDS_LANGUAGE_EXPONENT_H_

#include <bit>
#include <cstdint>

namespace rewards::language {

// e^x within 1e-6 of itself. Requires: x <= 0.
[[nodiscard]] inline float Exp(float x) noexcept {
  if (x < -80.0F) return 0.0F;
  constexpr float kLn2 = 0.69314718F;
  constexpr float kTerms[] = {1.0F / 5040, 1.0F / 720, 1.0F / 120, 1.0F / 24,
                              1.0F / 6,    0.5F,       1.0F,       1.0F};
  const auto k = static_cast<std::int32_t>(x * (1.0F / kLn2));
  const float rest = x - static_cast<float>(k) * kLn2;
  float sum = 0.0F;
  for (const float term : kTerms) sum = sum * rest + term;
  return sum * std::bit_cast<float>(static_cast<std::uint32_t>(k + 127) << 23);
}

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_EXPONENT_H_
