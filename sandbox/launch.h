// Launch: one program on its way into a slot: the order for its agent, and the
// descriptors that go with it. Free functions; any thread.

#ifndef SANDBOX_LAUNCH_H_
#define SANDBOX_LAUNCH_H_

#include <boost/system/result.hpp>

#include "sandbox/fd.h"
#include "sandbox/limits.h"
#include "sandbox/probe.h"
#include "sandbox/program.h"
#include "sandbox/slots.h"

namespace sandbox {

// Our ends of a run.
struct Launched {
  Fd out;     // read end, does not block; none of a resident
  Fd err;     // the same
  Fd status;  // StatusMessage, with the sender's PID; hung up: the run is gone
};

// Sends `program` to `slot`, which runs nothing. The error names the call that
// failed; then the slot runs nothing still.
[[nodiscard]] boost::system::result<Launched, JailError> LaunchIn(
    Slot* slot, const Program& program, const RunLimits& limits, Level level);

// The same with the standard streams of this process in place of pipes, and no
// limit of processor time: nobody says how long it stays.
[[nodiscard]] boost::system::result<Launched, JailError> LaunchResidentIn(
    Slot* slot, const Program& program, const RunLimits& limits, Level level);

}  // namespace sandbox

#endif  // SANDBOX_LAUNCH_H_
