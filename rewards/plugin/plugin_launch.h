// LaunchPlugin: starts a process with pipes at its standard streams. For the
// thread that keeps the process: it dies with that thread.

#ifndef REWARDS_PLUGIN_PLUGIN_LAUNCH_H_
#define REWARDS_PLUGIN_PLUGIN_LAUNCH_H_

#include <sys/types.h>

#include <memory>
#include <string>

#include "rewards/plugin/plugin_command.h"
#include "sandbox/fd.h"

namespace rewards::plugin {

// A process that was started. Destruction kills and reaps it.
class LaunchedPlugin {
 public:
  // Throws std::exception (no program, no process, no descriptors).
  explicit LaunchedPlugin(const PluginCommand& command);
  ~LaunchedPlugin();
  LaunchedPlugin(const LaunchedPlugin&) = delete;
  LaunchedPlugin& operator=(const LaunchedPlugin&) = delete;

  sandbox::Fd in;   // write end; does not block
  sandbox::Fd out;  // read end; does not block
  sandbox::Fd err;  // read end; does not block

  [[nodiscard]] pid_t pid() const;

  // Can be read once it has ended.
  [[nodiscard]] int pidfd() const;

  // To the process alone; nothing once it was reaped.
  void Signal(int number) const;

  // Kills the process and all of its group, reaps it, and returns its status as
  // wait4 has it: that of its own end where it had ended before.
  int End();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_LAUNCH_H_
