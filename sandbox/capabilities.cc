#include "sandbox/capabilities.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <span>

namespace sandbox {
namespace {

// What agents have, and zygotes. Programs have none (child.h).
using Kept = std::span<const unsigned>;
constexpr unsigned kWithNamespaces[] = {
    CAP_SETUID,        // programs become their user
    CAP_SETGID,        //
    CAP_DAC_OVERRIDE,  // the /w of that user is written to and entered
    CAP_SYS_ADMIN,     // a PID namespace for each run
};
constexpr unsigned kWithoutNamespaces[] = {
    CAP_SETUID, CAP_SETGID, CAP_DAC_OVERRIDE,
    CAP_KILL,  // ends what that user left (scope.h)
};

// Of which errno says why, where `done` is false.
Trouble Unless(bool done, Step step) {
  return done ? Trouble{} : Trouble{step, errno};
}

bool SetCapabilities(const __user_cap_data_struct* sets) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  return syscall(SYS_capset, &header, sets) == 0;
}

// For zygotes. Before the bounding set is gone.
bool LetZygotesInherit(Kept kept) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  if (syscall(SYS_capget, &header, sets) != 0) return false;
  for (const unsigned one : kept) {
    sets[CAP_TO_INDEX(one)].inheritable |= CAP_TO_MASK(one);
  }
  return SetCapabilities(sets);
}

bool DropBoundingSet() {
  constexpr int kMost = 64;
  for (int capability = 0; capability < kMost; ++capability) {
    if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0) continue;
    return errno == EINVAL;  // past the last that this kernel knows
  }
  return true;
}

bool KeepFew(Kept kept) {
  __user_cap_data_struct sets[2] = {};
  for (const unsigned one : kept) {
    sets[CAP_TO_INDEX(one)].effective |= CAP_TO_MASK(one);
    sets[CAP_TO_INDEX(one)].permitted |= CAP_TO_MASK(one);
    sets[CAP_TO_INDEX(one)].inheritable |= CAP_TO_MASK(one);
  }
  if (!SetCapabilities(sets)) return false;
  for (const unsigned one : kept) {
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, one, 0, 0) != 0) {
      return false;
    }
  }
  return true;
}

// What is executed from here on can gain no capability, and keeps these only
// where it does not drop them before, as programs do.
Trouble KeepOnly(Kept kept) {
  constexpr unsigned long kBits =
      SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
      SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED;
  return Unless(LetZygotesInherit(kept) && DropBoundingSet() &&
                    prctl(PR_SET_SECUREBITS, kBits, 0, 0, 0) == 0 &&
                    KeepFew(kept),
                Step::kCapabilities);
}

// An ordinary user outside a user namespace: there is nothing to keep.
Trouble HaveNoCapabilities() {
  const __user_cap_data_struct none[2] = {};
  return Unless(SetCapabilities(none), Step::kCapabilities);
}

}  // namespace

Trouble GiveUpCapabilities(bool has_namespaces, bool own_user) {
  if (has_namespaces) return KeepOnly(kWithNamespaces);
  return own_user ? KeepOnly(kWithoutNamespaces) : HaveNoCapabilities();
}

}  // namespace sandbox
