// Resident: one program that stays, in a jail of its own, with the caller's
// standard streams. What assay-jail runs. For a process with one thread: the
// jail dies with it.
//
// It is held as a run of jail.h is, but for two things: nobody holds it to a
// time, and it reads the folders that it is given.

#ifndef SANDBOX_RESIDENT_H_
#define SANDBOX_RESIDENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/limits.h"

namespace sandbox {

// Further folders of one resident.
inline constexpr std::size_t kMostFolders = 16;

struct ResidentProgram {
  // argv[0] is an absolute path, the same inside the jail and outside.
  std::vector<std::string> argv{};

  // Absolute paths of folders to read, at the same place inside. Not "/".
  std::vector<std::string> folders{};

  // As RunLimits has them.
  std::int64_t memory_bytes = RunLimits{}.memory_bytes;
  int processes = 1;
};

struct ResidentEnd {
  enum class Kind {
    kNoJail,       // `problem`: why there was none, or what was wrong with it
    kNotFound,     // there is no program at argv[0]
    kNotExecuted,  // there is one that cannot be executed
    kExited,       // `code` holds
    kSignalled,    // `code` is the signal; SIGSYS: it broke the jail's policy
    kStopped,      // `stop` could be read
  };
  Kind kind = Kind::kNoJail;
  int code = 0;
  std::string problem{};
};

// Runs `program` on the descriptors 0, 1 and 2, of which it closes 0 and 1 once
// the program has them, until it ends or the descriptor `stop` can be read.
// Nothing of it is left when this returns.
[[nodiscard]] ResidentEnd RunResident(const ResidentProgram& program, int stop);

}  // namespace sandbox

#endif  // SANDBOX_RESIDENT_H_
