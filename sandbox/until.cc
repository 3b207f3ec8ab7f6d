#include "sandbox/until.h"

#include <algorithm>

namespace sandbox {
namespace {

using std::chrono::microseconds;

// `wall` with what `until` leaves; false if it leaves none.
bool FitTo(const Until& until, RunLimits* limits) {
  const auto left = std::chrono::duration_cast<microseconds>(
      until.deadline - Until::Clock::now());
  limits->wall = std::min(limits->wall, left);
  return limits->wall >= kLeastLimits.wall;
}

RunResult RunOnce(const Jail& jail, const Program& program, RunLimits limits,
                  const Until& until) {
  RunResult result;
  if (until.is_cancelled()) {
    result.failure = "cancelled";
  } else if (!FitTo(until, &limits)) {
    result.ending = Ending::kWallLimit;
  } else {
    result = jail.Run(program, limits, until.cancel);
  }
  return result;
}

}  // namespace

RunResult RunUntil(const Jail& jail, const Program& program,
                   const RunLimits& limits, const Until& until) {
  RunResult result = RunOnce(jail, program, limits, until);
  const bool failed = result.ending == Ending::kFailed;
  const bool again = failed && program.stream < 0 && !until.is_cancelled();
  if (again) result = RunOnce(jail, program, limits, until);
  return result;
}

}  // namespace sandbox
