// SeedOf: the seed of one thing of a run, from the run's seed and what it is
// for. Equal on every machine. Pure; any thread.

#ifndef TRAINER_STAGES_SEEDS_H_
#define TRAINER_STAGES_SEEDS_H_

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace trainer {

// SplitMix64 (Steele, Lea and Flood 2014) over `seed`, the bytes of `purpose`
// and `numbers`, below 2^63.
[[nodiscard]] constexpr std::uint64_t SeedOf(
    std::uint64_t seed, std::string_view purpose,
    std::initializer_list<std::uint64_t> numbers = {}) noexcept {
  std::uint64_t state = seed;
  const auto mix = [&state](std::uint64_t value) {
    std::uint64_t x = state + (value + 1) * 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    state = x ^ (x >> 31);
  };
  for (const char c : purpose) mix(static_cast<unsigned char>(c));
  mix(purpose.size());
  for (const std::uint64_t number : numbers) mix(number);
  return state >> 1;
}

}  // namespace trainer

#endif  // TRAINER_STAGES_SEEDS_H_
