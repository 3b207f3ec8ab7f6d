// Histogram: how long things took, in buckets from 10 us to 30 s. Thread-safe:
// adding is two atomic additions, without a lock.

#ifndef VERIFIER_ENGINE_HISTOGRAM_H_
#define VERIFIER_ENGINE_HISTOGRAM_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace verifier::engine {

class Histogram {
 public:
  // What each bucket holds at most, in microseconds; one more holds the rest. A
  // check of mathematics takes tens of them, a program seconds.
  static constexpr std::array<std::int64_t, 20> kMostUs = {
      10,      25,        50,        100,       250,        500,       1'000,
      2'500,   5'000,     10'000,    25'000,    50'000,     100'000,   250'000,
      500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000, 30'000'000};

  struct Reading {
    std::array<std::uint64_t, kMostUs.size() + 1> counts{};  // not cumulative
    std::int64_t sum_us = 0;
  };

  void Add(std::int64_t us) noexcept {
    const auto bucket = static_cast<std::size_t>(
        std::lower_bound(kMostUs.begin(), kMostUs.end(), us) - kMostUs.begin());
    counts_[bucket].fetch_add(1, std::memory_order_relaxed);
    sum_us_.fetch_add(us, std::memory_order_relaxed);
  }

  // Of about now: what is added meanwhile may be in it or not.
  [[nodiscard]] Reading Read() const noexcept {
    Reading reading;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      reading.counts[i] = counts_[i].load(std::memory_order_relaxed);
    }
    reading.sum_us = sum_us_.load(std::memory_order_relaxed);
    return reading;
  }

 private:
  std::array<std::atomic<std::uint64_t>, kMostUs.size() + 1> counts_{};
  std::atomic<std::int64_t> sum_us_ = 0;
};

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_HISTOGRAM_H_
