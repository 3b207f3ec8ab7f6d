// Landlock: what programs may do with files and signals, held by the kernel
// beside the mounts and the filter. Any thread.

#ifndef SANDBOX_LANDLOCK_H_
#define SANDBOX_LANDLOCK_H_

#include <string>

#include "sandbox/fd.h"
#include "sandbox/step.h"
#include "sandbox/tree.h"

namespace sandbox {

// The version that holds signals, without which there is no L0: Linux 6.12.
inline constexpr int kScopeAbi = 6;

// The version of this kernel's Landlock; 0: it has none, or it is off.
[[nodiscard]] int LandlockAbi();

// The rules of one run, for landlock_restrict_self: every file below "/" may be
// read and executed; below /w and /tmp, as they are mounted now, files,
// folders, links, pipes and sockets made; /dev/null and /dev/full written. No
// TCP (ABI 4), no signal and no abstract socket beyond the run (ABI 6). `rules`
// stays empty where LandlockAbi is 0.
[[nodiscard]] Trouble MakeRules(Fd* rules);

// What a run without a tree of its own may do with the host's files.
struct HostFiles {
  const Tree* tree = nullptr;  // what it binds may be read and executed
  std::string work{};          // the folder of its "w" and "tmp"
  // In these: files may be made and removed, not only read and written.
  bool makes_files = false;
};

// The same rules for the host's own root, of which nothing else may be opened.
[[nodiscard]] Trouble MakeHostRules(const HostFiles& files, Fd* rules);

// No signal and no abstract socket beyond who restricts himself by them, and
// nothing else. Empty where the kernel cannot (ABI 6).
[[nodiscard]] Fd MakeScopeRules();

}  // namespace sandbox

#endif  // SANDBOX_LANDLOCK_H_
