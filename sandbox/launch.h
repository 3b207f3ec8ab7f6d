// Launch: one program on its way into a jail: everything the child needs,
// prepared and owned here while the child borrows it. One thread.

#ifndef SANDBOX_LAUNCH_H_
#define SANDBOX_LAUNCH_H_

#include <linux/filter.h>

#include <boost/system/result.hpp>
#include <string>
#include <vector>

#include "sandbox/child.h"
#include "sandbox/fd.h"
#include "sandbox/limits.h"
#include "sandbox/probe.h"
#include "sandbox/program.h"
#include "sandbox/tree.h"

namespace sandbox {

// Our ends of a child that was started.
struct Launched {
  Fd pidfd;
  Fd out;     // read end, does not block; none of a resident
  Fd err;     // the same
  Fd status;  // StatusMessage, with the sender's PID
};

class Launch {
 public:
  // Borrows all of them.
  Launch(const Program& program, const RunLimits& limits, const Tree& tree,
         const std::vector<sock_filter>& filter, Level level, unsigned user);

  // Starts the child. The error names the call that failed.
  [[nodiscard]] boost::system::result<Launched, JailError> Start();

  // The same with the standard streams of this process in place of pipes, and
  // no limit of processor time: nobody says how long it stays.
  [[nodiscard]] boost::system::result<Launched, JailError> StartResident();

 private:
  boost::system::result<Launched, JailError> Clone(int in, int out, int err);
  void AddFiles(const Program& program);
  void AddLimits(const RunLimits& limits, Level level);

  const Program& program_;
  ChildPlan plan_;
  std::string uid_map_;
  std::string gid_map_;
  std::string work_options_;
  std::vector<TreeStep> tree_;
  std::vector<std::string> paths_;
  std::vector<ChildFile> files_;
  std::vector<ChildLimit> limits_;
  std::vector<const char*> argv_;
  std::vector<const char*> environment_;  // of a resident
  sock_fprog filter_{};
};

}  // namespace sandbox

#endif  // SANDBOX_LAUNCH_H_
