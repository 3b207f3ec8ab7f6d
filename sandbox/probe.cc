#include "sandbox/probe.h"

#include <errno.h>
#include <sys/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <memory>
#include <stdexcept>

namespace sandbox {
namespace {

bool HasAdminCapability() {
  const std::unique_ptr<_cap_struct, decltype(&cap_free)> caps(cap_get_proc(),
                                                               &cap_free);
  cap_flag_value_t set = CAP_CLEAR;
  return caps != nullptr &&
         cap_get_flag(caps.get(), CAP_SYS_ADMIN, CAP_EFFECTIVE, &set) == 0 &&
         set == CAP_SET;
}

// A call that this kernel knows fails with something else than ENOSYS.
bool KernelKnows(long number) {
  return syscall(number, -1, nullptr, -1, nullptr, 0) >= 0 || errno != ENOSYS;
}

}  // namespace

boost::system::result<Level, JailError> ProbeLevel() {
  if (!KernelKnows(SYS_mount_setattr)) {
    return JailError(
        "the kernel has no mount_setattr: Linux 5.12 or later is needed");
  }
  if (access("/proc/self/uid_map", F_OK) != 0) {
    return JailError("/proc is not mounted, or without user namespaces");
  }
  if (geteuid() != 0) return Level::kL1;
  if (HasAdminCapability()) return Level::kL2;
  return JailError(
      "root without CAP_SYS_ADMIN: grant it, or run as an ordinary user who "
      "may "
      "create user namespaces");
}

void throw_exception_from_error(const JailError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.message);
}

void throw_exception_from_error(const MissingGroups& missing,
                                const boost::source_location&) {
  throw std::logic_error(missing.why);
}

}  // namespace sandbox
