// StartSlot: prepared namespaces with a tree, in which runs follow each other.
// What the spawner makes; for a process with one thread.
//
// The keeper is PID 1 of the slot: it built the tree and mounts a fresh /w and
// /tmp whenever the agent (agent.h), its only child, asks for them. With the
// keeper everything in the slot ends, and it ends with its agent.

#ifndef SANDBOX_SLOT_H_
#define SANDBOX_SLOT_H_

#include <vector>

#include "sandbox/agent.h"
#include "sandbox/fd.h"
#include "sandbox/orders.h"
#include "sandbox/probe.h"
#include "sandbox/tree.h"

namespace sandbox {

struct SlotPlan {
  Level level = Level::kL2;  // L1: in a user namespace of its own
  const Tree* tree = nullptr;
  const AgentFilters* filters = nullptr;
};

// Starts a slot that takes orders on the first of `fds`, on which it says
// whether it got ready. The others are of its control group (group_member.h).
// Returns its PID, or -errno where it could not start.
[[nodiscard]] long StartSlot(const SlotPlan& plan, const SlotOrder& order,
                             const std::vector<Fd>& fds);

}  // namespace sandbox

#endif  // SANDBOX_SLOT_H_
