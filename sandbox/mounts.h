// Mounts: makes a tree (tree.h) the root of this process. For a process with
// one thread, alone in a fresh mount namespace.

#ifndef SANDBOX_MOUNTS_H_
#define SANDBOX_MOUNTS_H_

#include <cstdint>

#include "sandbox/step.h"
#include "sandbox/tree.h"

namespace sandbox {

// What /w and /tmp are.
struct Work {
  unsigned uid = 0;        // their owner, and its group
  std::int64_t bytes = 0;  // of each
};

// The root becomes `tree`, read-only, with a fresh /w and /tmp. Nothing of the
// host's other mounts is left. The working directory is "/".
[[nodiscard]] Trouble EnterTree(const Tree& tree, const Work& work);

// Others take the place of /w and /tmp, whatever was left there. Nothing in
// them is looked at.
[[nodiscard]] Trouble MountFresh(const Work& work);

}  // namespace sandbox

#endif  // SANDBOX_MOUNTS_H_
