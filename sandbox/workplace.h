// Workplace: the folders in which a slot without mounts of its own (L0) runs
// its programs: "w", the working directory, and "tmp", in a folder of a random
// name below /tmp. One thread; its functions block for as long as files take.
//
// Their number and sum are bounded by nothing but what the rules of Landlock
// let a run make (landlock.h).

#ifndef SANDBOX_WORKPLACE_H_
#define SANDBOX_WORKPLACE_H_

#include <string>

#include "sandbox/fd.h"
#include "sandbox/step.h"

namespace sandbox {

class Workplace {
 public:
  Workplace() = default;
  ~Workplace() { Remove(); }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  // Makes it for programs of the user `uid`.
  [[nodiscard]] Trouble Make(unsigned uid);

  // Others take the place of both folders. Requires: no process uses them.
  [[nodiscard]] Trouble Refresh();

  void Remove();

  // "/tmp/assay-jail-..."; empty before Make.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  Trouble MakeFolder(const char* name) const;

  std::string path_;
  unsigned uid_ = 0;
  // Locked as long as a process has it open: a folder that nobody locks is of
  // a slot that is gone.
  Fd folder_;
};

// Removes the workplaces of this user whose slots are gone without having done
// so, as after a SIGKILL.
void SweepWorkplaces();

}  // namespace sandbox

#endif  // SANDBOX_WORKPLACE_H_
