// Capabilities: what an agent keeps of them. For a process with one thread.

#ifndef SANDBOX_CAPABILITIES_H_
#define SANDBOX_CAPABILITIES_H_

#include "sandbox/step.h"

namespace sandbox {

// Of an agent, before its filter: from here on it has, and what it executes can
// gain, no capability but the few that starting and ending runs needs; none
// where the slot has no namespaces and its programs no user of their own.
[[nodiscard]] Trouble GiveUpCapabilities(bool has_namespaces, bool own_user);

}  // namespace sandbox

#endif  // SANDBOX_CAPABILITIES_H_
