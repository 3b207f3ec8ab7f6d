// Random: SplitMix64, the same numbers on every machine and standard library.
// Not thread-safe: one a thread.

#ifndef DATASETS_ARITHMETIC_RANDOM_H_
#define DATASETS_ARITHMETIC_RANDOM_H_

#include <cassert>
#include <cstddef>
#include <cstdint>

namespace datasets {

// The output function of SplitMix64: a hash of 64 bits, one to one.
[[nodiscard]] constexpr std::uint64_t MixBits(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

// The first 53 bits of `x` as a number in [0, 1), exactly.
[[nodiscard]] constexpr double UnitInterval(std::uint64_t x) noexcept {
  return static_cast<double>(x >> 11) * 0x1p-53;
}

class Random {
 public:
  // Streams of different `stream` are independent for one seed.
  explicit constexpr Random(std::uint64_t seed, std::uint64_t stream = 0)
      : state_(MixBits(seed + kStep) ^ MixBits(stream * kStep)) {}

  constexpr std::uint64_t Next() noexcept {
    state_ += kStep;
    return MixBits(state_);
  }

  // Uniform in [low, high]. Requires: low <= high.
  constexpr std::int64_t Between(std::int64_t low, std::int64_t high) {
    assert(low <= high);
    const auto span = static_cast<std::uint64_t>(high - low) + 1;
    const std::uint64_t reject = (0 - span) % span;  // 2^64 mod span
    std::uint64_t x = Next();
    while (x < reject) x = Next();
    return low + static_cast<std::int64_t>(x % span);
  }

  // Uniform in [0, 1).
  constexpr double Uniform() noexcept { return UnitInterval(Next()); }

  // True with probability `p`; one draw whatever `p` is.
  constexpr bool Chance(double p) noexcept { return Uniform() < p; }

 private:
  static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15U;
  std::uint64_t state_;
};

// One of `all`, each as likely. Requires: not empty.
template <typename Container>
[[nodiscard]] constexpr const typename Container::value_type& PickOne(
    const Container& all, Random& random) {
  return all[static_cast<std::size_t>(
      random.Between(0, static_cast<std::int64_t>(all.size()) - 1))];
}

}  // namespace datasets

#endif  // DATASETS_ARITHMETIC_RANDOM_H_
