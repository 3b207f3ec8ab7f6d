// Scope: what holds the processes of a slot together where it has no PID
// namespace (L0): a domain of Landlock that no signal leaves. For a process
// with one thread.
//
// Whoever enters a scope can end everything in it at once, and nothing else:
// the kernel delivers its kill(-1) within the scope alone. Everything that it
// starts is in the scope, for ever, whatever sessions, parents and users it
// takes; a scope that is entered from within is a part of the outer one, and no
// signal leaves it either.

#ifndef SANDBOX_SCOPE_H_
#define SANDBOX_SCOPE_H_

#include "sandbox/step.h"

namespace sandbox {

// Enters a scope of its own; orphans in it become children of this process. An
// error too where the parent, which is outside, could still be signalled: then
// EndScope would end more than the scope. Sets no_new_privs.
[[nodiscard]] Trouble EnterScope();

// Ends all others in the scope and waits until nothing of them is left. False:
// something is. Requires: EnterScope succeeded, in this process.
[[nodiscard]] bool EndScope();

}  // namespace sandbox

#endif  // SANDBOX_SCOPE_H_
