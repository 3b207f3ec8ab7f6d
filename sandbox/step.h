// Step: what a jail's process was about when a call failed. Plain values that
// cross between processes.

#ifndef SANDBOX_STEP_H_
#define SANDBOX_STEP_H_

#include <cstddef>
#include <cstdint>

namespace sandbox {

enum class Step : std::uint8_t {
  kNone,
  kDescriptors,
  kSignals,
  kParent,
  kUserMap,
  kScope,
  kWorkplace,
  kPrivateMounts,
  kRootMount,
  kTree,
  kReadOnly,
  kPivot,
  kHostName,
  kOrder,
  kFresh,
  kFiles,
  kHandOut,
  kFork,
  kOomScore,
  kGroup,
  kLimits,
  kLandlock,
  kCapabilities,
  kUser,
  kSeccomp,
  kExec,
};

// E.g. "mount the root".
[[nodiscard]] const char* StepText(Step step);

// A failed call, with the index of the item it was about; error 0: all went
// well.
struct Trouble {
  Step step = Step::kNone;
  int error = 0;  // errno
  std::size_t index = 0;

  explicit operator bool() const { return error != 0; }
};

// Of what a system call answered (raw_call.h).
[[nodiscard]] inline Trouble TroubleOf(Step step, long answer,
                                       std::size_t index = 0) {
  return answer < 0 ? Trouble{step, static_cast<int>(-answer), index}
                    : Trouble{};
}

}  // namespace sandbox

#endif  // SANDBOX_STEP_H_
