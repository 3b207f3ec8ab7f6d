// SeedOf: the seed of one thing of a run, from the run's seed and what it is
// for; and what follows from a seed. Equal on every machine. Pure; any thread.

#ifndef TRAINER_STAGES_SEEDS_H_
#define TRAINER_STAGES_SEEDS_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

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

// 0..count - 1 in an order that follows from `seed` (Fisher and Yates).
[[nodiscard]] inline std::vector<std::size_t> Shuffled(std::size_t count,
                                                       std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) {
    std::swap(order[i - 1], order[SeedOf(seed, "swap", {i}) % i]);
  }
  return order;
}

}  // namespace trainer

#endif  // TRAINER_STAGES_SEEDS_H_
