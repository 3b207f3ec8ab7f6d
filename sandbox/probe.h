// Probe: what this machine lets us enforce. Made once; a plain value.

#ifndef SANDBOX_PROBE_H_
#define SANDBOX_PROBE_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "sandbox/level.h"

namespace sandbox {

struct JailError {
  explicit JailError(std::string message_in = {})
      : message(std::move(message_in)) {}
  std::string message;  // what failed and what would help
};
[[noreturn]] void throw_exception_from_error(const JailError& error,
                                             const boost::source_location&);

// Why there are no control groups, and what would help. Both empty: there are.
struct MissingGroups {
  std::string why{};
  std::string fix{};
};
[[noreturn]] void throw_exception_from_error(const MissingGroups& missing,
                                             const boost::source_location&);

// What every run is held by. Reported as it is; nothing is claimed that the
// trial run did not pass.
struct Enforced {
  Level level = Level::kL0;
  bool namespaces = false;      // PID, mount, network, IPC, UTS, cgroup
  bool user_namespace = false;  // L1
  bool own_user = false;        // no two runs at once share a user
  bool system_call_filter = false;
  bool landlock = false;  // where the kernel has it
  bool control_groups = false;
  MissingGroups missing_groups{};
  // Where processor time comes from, and what limits memory: of a process, and
  // with control groups also of all that a run is.
  std::string_view cpu_source = "rusage";
  std::string_view memory_source = "rlimit_data";
};

// The level this process can reach without control groups (control_groups.h):
// L2 for root with CAP_SYS_ADMIN, L1 for anyone else. An error where neither
// can work; never a weaker level in silence.
[[nodiscard]] boost::system::result<Level, JailError> ProbeLevel();

}  // namespace sandbox

#endif  // SANDBOX_PROBE_H_
