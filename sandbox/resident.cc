#include "sandbox/resident.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <utility>

#include "sandbox/launch.h"
#include "sandbox/monitor.h"
#include "sandbox/policy.h"
#include "sandbox/probe.h"
#include "sandbox/tree.h"
#include "sandbox/users.h"

namespace sandbox {
namespace {

using Kind = ResidentEnd::Kind;

ResidentEnd NoJail(std::string problem) {
  return {Kind::kNoJail, 0, std::move(problem)};
}

// What is wrong with `folder`, or empty. As root the program runs as a user of
// its own, who must be able to read it.
std::string FolderProblem(const std::string& folder, Level level) {
  struct stat status {};
  if (!folder.starts_with('/') || folder == "/") {
    return "not an absolute path of a folder below /: " + folder;
  }
  if (stat(folder.c_str(), &status) != 0) {
    return folder + ": " + std::system_category().message(errno);
  }
  if (!S_ISDIR(status.st_mode)) return folder + ": not a folder";
  constexpr unsigned kReadable = S_IROTH | S_IXOTH;
  if (level >= Level::kL2 && (status.st_mode & kReadable) != kReadable) {
    return folder +
           ": other users cannot read it, and the program runs as one "
           "of them (chmod o+rx)";
  }
  return "";
}

std::string Problem(const ResidentProgram& program, Level level) {
  if (program.argv.empty() || !program.argv[0].starts_with('/')) {
    return "the program must be an absolute path";
  }
  RunLimits limits;
  limits.memory_bytes = program.memory_bytes;
  limits.processes = program.processes;
  const std::string_view field = OutOfRange(limits);
  if (!field.empty()) return std::string(field) + " is out of range";
  if (program.folders.size() > kMostFolders) {
    return "more than " + std::to_string(kMostFolders) + " folders";
  }
  for (const std::string& folder : program.folders) {
    std::string problem = FolderProblem(folder, level);
    if (!problem.empty()) return problem;
  }
  return "";
}

boost::system::result<std::vector<sock_filter>, PolicyError> Filter(
    int processes) {
  PolicyBuilder builder;
  builder.AllowProgram();
  if (processes > 1) builder.Allow(WeakenWithFork());
  const auto policy = builder.Build();
  if (!policy) return policy.error();
  return policy->Compile();
}

// Watches a started child to its end, and clears it away.
class Watch {
 public:
  Watch(Launched child, const Tree& tree, int stop)
      : child_(std::move(child)), tree_(tree), stop_(stop) {}

  ResidentEnd Run() {
    std::optional<ResidentEnd> end;
    while (!end) {
      std::array<pollfd, 3> fds{{{child_.status.get(), POLLIN, 0},
                                 {child_.pidfd.get(), POLLIN, 0},
                                 {stop_, POLLIN, 0}}};
      if (poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) {
        end = NoJail("poll: " + std::system_category().message(errno));
      }
      if (!end) end = ReadStatus();
      if (!end && fds[2].revents != 0) end = ResidentEnd{Kind::kStopped, 0, ""};
      // Only a kill from outside ends a jail without a report.
      if (!end && fds[1].revents != 0) {
        end = ResidentEnd{Kind::kSignalled, SIGKILL, ""};
      }
    }
    Clear();
    return *end;
  }

 private:
  std::optional<ResidentEnd> ReadStatus() {
    StatusMessage message{};
    while (recv(child_.status.get(), &message, sizeof(message), MSG_DONTWAIT) ==
           static_cast<ssize_t>(sizeof(message))) {
      if (message.kind == StatusMessage::Kind::kFailed) return Failed(message);
      if (message.kind != StatusMessage::Kind::kEnded) continue;
      const int status = message.wait_code;
      if (WIFEXITED(status)) {
        return ResidentEnd{Kind::kExited, WEXITSTATUS(status), ""};
      }
      return ResidentEnd{Kind::kSignalled, WTERMSIG(status), ""};
    }
    return std::nullopt;
  }

  [[nodiscard]] ResidentEnd Failed(const StatusMessage& message) const {
    std::string why = std::string("cannot ") + StepText(message.step);
    if (message.step == Step::kTree) why += " " + tree_.Name(message.index);
    why += ": " + std::system_category().message(message.error);
    Kind kind = Kind::kNoJail;
    if (message.step == Step::kExec) {
      kind = message.error == ENOENT ? Kind::kNotFound : Kind::kNotExecuted;
    }
    return {kind, 0, std::move(why)};
  }

  // When the stub init is reaped, the kernel has killed and reaped its whole
  // namespace.
  void Clear() {
    syscall(SYS_pidfd_send_signal, child_.pidfd.get(), SIGKILL, nullptr, 0);
    siginfo_t ignored{};
    while (syscall(SYS_waitid, P_PIDFD, child_.pidfd.get(), &ignored,
                   WEXITED | __WALL, nullptr) != 0 &&
           errno == EINTR) {
    }
  }

  Launched child_;
  const Tree& tree_;
  const int stop_;
};

}  // namespace

ResidentEnd RunResident(const ResidentProgram& resident, int stop) {
  const auto level = ProbeLevel();
  if (!level) return NoJail(level.error().message);
  std::string problem = Problem(resident, *level);
  if (!problem.empty()) return NoJail(std::move(problem));
  const auto filter = Filter(resident.processes);
  if (!filter) return NoJail(filter.error().message);
  Users users(kFirstLoneUser, kLoneUsers, 1);
  std::optional<unsigned> user;
  if (users.ok()) user = users.Take();
  if (!user) return NoJail("too many jails on this machine: no users are left");

  Program program;
  program.argv = resident.argv;
  RunLimits limits;
  limits.memory_bytes = resident.memory_bytes;
  limits.processes = resident.processes;
  const Tree tree(resident.folders);
  Launch launch(program, limits, tree, *filter, *level, *user);
  auto child = launch.StartResident();
  if (!child) return NoJail(child.error().message);
  close(STDIN_FILENO);
  close(STDOUT_FILENO);
  return Watch(std::move(*child), tree, stop).Run();
}

}  // namespace sandbox
