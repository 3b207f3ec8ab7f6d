// CompileCounts: what compile caches and precompiled headers did since the
// process started, and what they hold, over all its runners. Thread-safe.

#ifndef SANDBOX_COMPILE_COUNTS_H_
#define SANDBOX_COMPILE_COUNTS_H_

#include <atomic>
#include <cstdint>

namespace sandbox {

struct CompileCounts {
  [[nodiscard]] static CompileCounts& OfProcess() noexcept {
    static CompileCounts counts;
    return counts;
  }

  std::atomic<std::uint64_t> hits = 0;
  std::atomic<std::uint64_t> misses = 0;
  std::atomic<std::uint64_t> evictions = 0;
  std::atomic<std::int64_t> held_bytes = 0;         // of caches
  std::atomic<std::int64_t> precompiled_bytes = 0;  // files of headers
};

}  // namespace sandbox

#endif  // SANDBOX_COMPILE_COUNTS_H_
