// Monitor: watches one run in a slot to its end, holds it to its deadlines and
// output caps, and clears it away. One thread.
//
// It never waits for the end of file of a pipe, which a process that outlives
// the program could hold open: once the program has ended, everything in its
// PID namespace is killed, and what the pipes then hold is taken.

#ifndef SANDBOX_MONITOR_H_
#define SANDBOX_MONITOR_H_

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/cancel.h"
#include "sandbox/child.h"
#include "sandbox/launch.h"
#include "sandbox/limits.h"
#include "sandbox/run_result.h"
#include "sandbox/slots.h"

namespace sandbox {

class Monitor {
 public:
  // Borrows `slot`, in which `run` is the one that runs, `wanted`, and
  // `cancel`, which may be null.
  Monitor(Slot* slot, Launched run, const RunLimits& limits,
          const std::vector<std::string>& wanted, const Cancel* cancel);

  // Blocks until nothing of the run is alive.
  [[nodiscard]] RunResult Watch();

 private:
  using Clock = std::chrono::steady_clock;

  void WaitOnce();
  void ReadStatus();
  void StartCounting();
  [[nodiscard]] bool MayFork() const { return limits_.processes > 1; }
  [[nodiscard]] bool RanOutOfMemory();
  [[nodiscard]] bool HoldsTooMuch();
  void EndForMemory();
  void ReadOutput();
  void HoldToLimits();
  void Stop(Ending limit);
  void End(Ending ending);
  void EndWith(const StatusMessage& message);
  void Fail(std::string why);
  void Clear();
  // Before this has passed no limit can be reached.
  [[nodiscard]] std::chrono::nanoseconds TimeToLimit() const;
  [[nodiscard]] std::optional<std::chrono::microseconds> ProgramCpu() const;
  // Of the program, and at L3 of all processes where it may fork.
  [[nodiscard]] std::chrono::microseconds Cpu() const;
  // 0 where nothing says what all of them use.
  [[nodiscard]] std::chrono::microseconds GroupCpu() const;

  Slot* const slot_;
  Launched run_;
  const RunLimits limits_;
  const std::vector<std::string>& wanted_;
  const Cancel* cancel_;
  Fd work_;  // of /w, where files are wanted
  RunResult result_;
  bool ended_ = false;
  bool out_of_memory_ = false;  // of the group
  pid_t program_ = -1;          // in our PID namespace; -1 until it starts
  // What the group had used before the program started; nothing: no group.
  std::optional<std::chrono::microseconds> group_base_;
  Clock::time_point started_;
  Clock::time_point next_look_;  // at its memory
};

}  // namespace sandbox

#endif  // SANDBOX_MONITOR_H_
