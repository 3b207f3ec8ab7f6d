// LaunchPlugin: starts a process with pipes at its standard streams. For the
// thread that keeps the process: it dies with that thread.

#ifndef REWARDS_PLUGIN_PLUGIN_LAUNCH_H_
#define REWARDS_PLUGIN_PLUGIN_LAUNCH_H_

#include <sys/types.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>

#include "rewards/plugin/plugin_command.h"

namespace rewards::plugin {

// Owns one file descriptor. One thread.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  ~Descriptor() { Close(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    Close();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }

  [[nodiscard]] int get() const noexcept { return fd_; }
  void Close() noexcept {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_ = -1;
};

// A process that was started. Destruction kills and reaps it.
class LaunchedPlugin {
 public:
  // Throws std::exception (no program, no process, no descriptors).
  explicit LaunchedPlugin(const PluginCommand& command);
  ~LaunchedPlugin();
  LaunchedPlugin(const LaunchedPlugin&) = delete;
  LaunchedPlugin& operator=(const LaunchedPlugin&) = delete;

  Descriptor in;   // write end; does not block
  Descriptor out;  // read end; does not block
  Descriptor err;  // read end; does not block

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
