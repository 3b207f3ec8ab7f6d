// Until: when a run has to be over, and RunUntil, which keeps to it. Any
// thread.

#ifndef SANDBOX_UNTIL_H_
#define SANDBOX_UNTIL_H_

#include <chrono>

#include "sandbox/cancel.h"
#include "sandbox/jail.h"
#include "sandbox/limits.h"

namespace sandbox {

// When a run ends, whatever its limits say.
struct Until {
  using Clock = std::chrono::steady_clock;

  // What it leaves is the most that `wall` may be; a run that it leaves no time
  // is Ending::kWallLimit.
  Clock::time_point deadline = Clock::time_point::max();
  const Cancel* cancel = nullptr;  // null: never

  // No run has time left.
  [[nodiscard]] bool is_over() const {
    return Clock::now() + kLeastLimits.wall >= deadline;
  }
  [[nodiscard]] bool is_cancelled() const {
    return cancel != nullptr && cancel->is_set();
  }
};

// Runs `program` as Jail::Run does, once more where that was a failure of ours
// (but for one with a stream). Blocks as that does, up to `until`.
[[nodiscard]] RunResult RunUntil(const Jail& jail, const Program& program,
                                 const RunLimits& limits, const Until& until);

}  // namespace sandbox

#endif  // SANDBOX_UNTIL_H_
