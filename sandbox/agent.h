// Agent: the resident process of a slot that starts its runs, one at a time.
// Its filter on system calls is installed once and inherited by every run. For
// a process with one thread, in the namespaces and the tree of the slot.

#ifndef SANDBOX_AGENT_H_
#define SANDBOX_AGENT_H_

#include <linux/filter.h>

#include <span>
#include <string>
#include <vector>

#include "sandbox/orders.h"

namespace sandbox {

// What every agent of a spawner starts with.
struct AgentFilters {
  std::vector<sock_filter> agent;
  std::vector<sock_filter> lock;       // fork denied
  std::vector<sock_filter> fork_lock;  // processes > 1
};

struct AgentPlan {
  int orders = -1;  // RunOrder in, SlotReply out
  int keeper = -1;  // FreshOrder out, Trouble in
  SlotOrder slot{};
  bool own_user = true;  // its programs change to slot.uid
  // Empty: the slot has namespaces and a tree. Otherwise (L0) the folder in
  // which /w is "w" and /tmp is "tmp" (workplace.h).
  std::string workplace{};
  std::span<const int> group{};  // the files of its control group
  const AgentFilters* filters = nullptr;
};

// Gives up what no run needs, says that the slot is ready, and carries out
// orders until there are no more; then the slot is done for. Returns what kept
// it from becoming ready.
[[nodiscard]] Trouble RunAgent(const AgentPlan& plan);

}  // namespace sandbox

#endif  // SANDBOX_AGENT_H_
