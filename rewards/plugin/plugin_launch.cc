#include "rewards/plugin/plugin_launch.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <boost/asio/io_context.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/stdio.hpp>
#include <cerrno>
#include <system_error>

#include "sandbox/short_turns.h"

namespace rewards::plugin {
namespace {

namespace process = boost::process::v2;

// Nothing of ours leaks in; the same on every machine. Python writes its lines
// at once, whatever the plugin's author remembered.
constexpr const char* kEnvironment[] = {
    "PATH=/usr/local/bin:/usr/bin:/bin",
    "HOME=/tmp",
    "TMPDIR=/tmp",
    "LANG=C.UTF-8",
    "TZ=UTC",
    "PYTHONHASHSEED=0",
    "PYTHONUTF8=1",
    "PYTHONNOUSERSITE=1",
    "PYTHONDONTWRITEBYTECODE=1",
    "PYTHONUNBUFFERED=1",
    "OPENBLAS_NUM_THREADS=1",
    nullptr,
};

// Below the service's own threads, which are at 0.
constexpr int kNiceness = 5;

// What the child does last, after the initializers before it: it becomes a
// group of its own, so that all of it can be killed; dies with the thread that
// started it; hands on nothing but its streams; and executes. Boost would do
// the last two, but in 1.81 it hands on more, and ends a child that cannot
// execute with exit(), which runs our destructors in the copy.
struct BecomePlugin {
  pid_t parent;

  template <typename Launcher, typename Path>
  boost::system::error_code on_exec_setup(Launcher& launcher,
                                          const Path& executable,
                                          const char* const* command) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // One that spins, or starts, takes what the service leaves.
    setpriority(PRIO_PROCESS, 0, kNiceness);
    sandbox::TakeShortTurns();
    if (getppid() != parent) _exit(127);
    for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    execve(executable.c_str(), const_cast<char* const*>(command),
           const_cast<char* const*>(kEnvironment));
    const int error = errno;
    const int report = launcher.fd_whitelist.back();  // a pipe to the parent
    if (write(report, &error, sizeof(error)) < 0) _exit(126);
    _exit(127);
  }
};

struct Pipe {
  sandbox::Fd read;
  sandbox::Fd write;
};

Pipe MakePipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe2");
  }
  return {sandbox::Fd(ends[0]), sandbox::Fd(ends[1])};
}

sandbox::Fd NonBlocking(sandbox::Fd end) {
  fcntl(end.get(), F_SETFL, fcntl(end.get(), F_GETFL) | O_NONBLOCK);
  return end;
}

}  // namespace

class LaunchedPlugin::Impl {
 public:
  Impl(const PluginCommand& command, Pipe& in, Pipe& out, Pipe& err)
      : child_(process::default_process_launcher()(
            context_, boost::filesystem::path(command.program),
            command.arguments,
            process::process_stdio{in.read.get(), out.write.get(),
                                   err.write.get()},
            BecomePlugin{getpid()})),
        pid_(child_.id()),
        pidfd_(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0))) {
    if (pidfd_.get() < 0) {
      throw std::system_error(errno, std::generic_category(), "pidfd_open");
    }
  }

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool reaped() const { return reaped_; }
  [[nodiscard]] int pidfd() const { return pidfd_.get(); }

  int Wait() {
    if (!reaped_) {
      boost::system::error_code ignored;
      child_.wait(ignored);
      reaped_ = true;
      child_.detach();  // its number may be another's from here
    }
    return child_.native_exit_code();
  }

 private:
  boost::asio::io_context context_{1};
  process::process child_;
  const pid_t pid_;
  const sandbox::Fd pidfd_;
  bool reaped_ = false;
};

LaunchedPlugin::LaunchedPlugin(const PluginCommand& command) {
  Pipe to = MakePipe();
  Pipe from = MakePipe();
  Pipe errors = MakePipe();
  impl_ = std::make_unique<Impl>(command, to, from, errors);
  in = NonBlocking(std::move(to.write));
  out = NonBlocking(std::move(from.read));
  err = NonBlocking(std::move(errors.read));
}

LaunchedPlugin::~LaunchedPlugin() { static_cast<void>(End()); }

pid_t LaunchedPlugin::pid() const { return impl_->pid(); }

int LaunchedPlugin::pidfd() const { return impl_->pidfd(); }

void LaunchedPlugin::Signal(int number) const {
  if (!impl_->reaped()) kill(pid(), number);
}

int LaunchedPlugin::End() {
  // Until it is reaped, no other group can have its number.
  if (!impl_->reaped()) kill(-pid(), SIGKILL);
  return impl_->Wait();
}

}  // namespace rewards::plugin
