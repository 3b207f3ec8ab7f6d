// RanOutOfMemory: did a program fail for want of memory? Pure; any thread.
//
// Memory has no ending of its own (sandbox/limits.h): an allocation over the
// limit fails inside the program. Only what ended badly is looked at: a program
// that copes with a failed allocation has not failed. It ran out of memory
// where its peak was kMemoryShare of the limit or more, or where a line on
// standard error is what its language says of an allocation that failed (one
// that is refused leaves no peak). The text is the program's own and can be
// forged; that turns one verdict that earns nothing into another.

#ifndef REWARDS_CODE_OUT_OF_MEMORY_H_
#define REWARDS_CODE_OUT_OF_MEMORY_H_

#include "sandbox/limits.h"
#include "sandbox/run_result.h"

namespace rewards::code {

// Of RunLimits::memory_bytes.
inline constexpr double kMemoryShare = 0.9;

[[nodiscard]] bool RanOutOfMemory(const sandbox::RunResult& run,
                                  const sandbox::RunLimits& limits);

}  // namespace rewards::code

#endif  // REWARDS_CODE_OUT_OF_MEMORY_H_
