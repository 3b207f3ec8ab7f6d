// Jail: runs untrusted programs, one process tree a run. Thread-safe: any
// number of threads may be in Run at once.
//
//   auto jail = sandbox::Jail::Create();
//   if (!jail) return jail.error().message;
//   const RunResult result =
//       (*jail)->Run(PythonProgram("print(input())", "42\n"), RunLimits{});
//
// What a run may trust in (README.md says how): it sees fresh namespaces, a
// read-only tree, no network and no other run; nothing of it is left when Run
// returns; its figures are measured outside it. How it ended is data
// (RunResult); only Create has errors.

#ifndef SANDBOX_JAIL_H_
#define SANDBOX_JAIL_H_

#include <boost/system/result.hpp>
#include <memory>
#include <vector>

#include "sandbox/cancel.h"
#include "sandbox/folder.h"
#include "sandbox/limits.h"
#include "sandbox/probe.h"
#include "sandbox/program.h"
#include "sandbox/run_result.h"

namespace sandbox {

// The exit code of a program that no kernel executes, as shells have it.
inline constexpr int kCannotExecute = 126;

class ControlGroups;
class Slot;
class Slots;
class Users;

class Jail {
 public:
  ~Jail();
  Jail(const Jail&) = delete;
  Jail& operator=(const Jail&) = delete;

  // Finds the level of this machine and proves it by a trial run. The error
  // says which step failed and what would help. Blocks for the trial: some
  // milliseconds, at most kSetUpTime. Below `least` is an error too; kL0, which
  // has no namespaces, is taken only where `least` says so and no other level
  // can be had. No level above `most` is looked for.
  [[nodiscard]] static boost::system::result<std::shared_ptr<const Jail>,
                                             JailError>
  Create(Level least = Level::kL1, Level most = Level::kL3);

  // Another jail of the same level, whose programs see `folders` too. It takes
  // its users from this one's, so that kMaxRunsAtOnce is of both together.
  // Blocks as Create does.
  [[nodiscard]] boost::system::result<std::shared_ptr<const Jail>, JailError>
  With(const std::vector<Folder>& folders) const;

  // Runs `program` to its end, or until `cancel` (null: never) is set, and adds
  // what was not cancelled to RunCounts. Blocks up to limits.wall and the time
  // to build and clear the jail. A limit out of its range, a program that
  // cannot be started, kMaxRunsAtOnce and a run that was cancelled are
  // Ending::kFailed; but where it lies in /w, one that the kernel will not
  // execute ends as it would in a shell, with exit code kCannotExecute. Does
  // not touch the signal state of the process, whose only child by this is the
  // spawner, for the life of the jail; what runs dies with the process.
  [[nodiscard]] RunResult Run(const Program& program, const RunLimits& limits,
                              const Cancel* cancel = nullptr) const;

  [[nodiscard]] const Enforced& enforced() const noexcept { return enforced_; }

 private:
  Jail();

  [[nodiscard]] static boost::system::result<std::shared_ptr<Jail>, JailError>
  Make(Level level, const std::vector<Folder>& folders,
       std::shared_ptr<Users> users,
       std::shared_ptr<ControlGroups> groups = nullptr);
  // L3 if it can be had, else L2 and why that is all; but not below `least`.
  [[nodiscard]] static boost::system::result<std::shared_ptr<const Jail>,
                                             JailError>
  MakeForRoot(Level least, Level most, const std::vector<Folder>& folders,
              const std::shared_ptr<Users>& users);
  void SayGroups();
  RunResult RunUncounted(const Program& program, const RunLimits& limits,
                         const Cancel* cancel = nullptr) const;
  RunResult RunIn(Slot* slot, const Program& program, const RunLimits& limits,
                  const Cancel* cancel) const;

  Enforced enforced_;
  std::shared_ptr<Users> users_;
  std::shared_ptr<ControlGroups> groups_;  // null below L3
  std::unique_ptr<Slots> slots_;
};

}  // namespace sandbox

#endif  // SANDBOX_JAIL_H_
