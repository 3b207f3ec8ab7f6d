// Landlock: what programs may do with files and signals, held by the kernel
// beside the mounts and the filter. Any thread.

#ifndef SANDBOX_LANDLOCK_H_
#define SANDBOX_LANDLOCK_H_

#include "sandbox/fd.h"
#include "sandbox/step.h"

namespace sandbox {

// The version of this kernel's Landlock; 0: it has none, or it is off.
[[nodiscard]] int LandlockAbi();

// The rules of one run, for landlock_restrict_self: every file below "/" may be
// read and executed; below /w and /tmp, as they are mounted now, files,
// folders, links, pipes and sockets made; /dev/null and /dev/full written. No
// TCP (ABI 4), no signal and no abstract socket beyond the run (ABI 6). `rules`
// stays empty where LandlockAbi is 0.
[[nodiscard]] Trouble MakeRules(Fd* rules);

}  // namespace sandbox

#endif  // SANDBOX_LANDLOCK_H_
