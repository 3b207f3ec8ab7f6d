#include "sandbox/resident.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <utility>

#include "sandbox/launch.h"
#include "sandbox/probe.h"
#include "sandbox/slots.h"
#include "sandbox/spawner.h"
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

ResidentEnd FailedEnd(const StatusMessage& message) {
  Kind kind = Kind::kNoJail;
  if (message.step == Step::kExec) {
    kind = message.error == ENOENT ? Kind::kNotFound : Kind::kNotExecuted;
  }
  return {kind, 0,
          std::string("cannot ") + StepText(message.step) + ": " +
              std::system_category().message(message.error)};
}

std::optional<ResidentEnd> ReadStatus(int status) {
  StatusMessage message{};
  while (recv(status, &message, sizeof(message), MSG_DONTWAIT) ==
         static_cast<ssize_t>(sizeof(message))) {
    if (message.kind == StatusMessage::Kind::kFailed) return FailedEnd(message);
    if (message.kind != StatusMessage::Kind::kEnded) continue;
    const int code = message.wait_code;
    if (WIFEXITED(code)) return ResidentEnd{Kind::kExited, WEXITSTATUS(code)};
    return ResidentEnd{Kind::kSignalled, WTERMSIG(code)};
  }
  return std::nullopt;
}

// Watches it to its end, or until `stop` can be read.
ResidentEnd Watch(int status, int stop) {
  std::optional<ResidentEnd> end;
  while (!end) {
    std::array<pollfd, 2> fds{{{status, POLLIN, 0}, {stop, POLLIN, 0}}};
    if (poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) {
      end = NoJail("poll: " + std::system_category().message(errno));
    }
    if (!end) end = ReadStatus(status);
    if (!end && fds[1].revents != 0) end = ResidentEnd{Kind::kStopped, 0};
    // Only a kill from outside ends a jail without a report.
    if (!end && (fds[0].revents & POLLHUP) != 0) {
      end = ResidentEnd{Kind::kSignalled, SIGKILL};
    }
  }
  return *end;
}

}  // namespace

ResidentEnd RunResident(const ResidentProgram& resident, int stop) {
  const auto level = ProbeLevel();
  if (!level) return NoJail(level.error().message);
  std::string problem = Problem(resident, *level);
  if (!problem.empty()) return NoJail(std::move(problem));
  Users users(kFirstLoneUser, kLoneUsers, 1);
  std::optional<unsigned> user;
  if (users.ok()) user = users.Take();
  if (!user) return NoJail("too many jails on this machine: no users are left");

  Program program;
  program.argv = resident.argv;
  RunLimits limits;
  limits.memory_bytes = resident.memory_bytes;
  limits.processes = resident.processes;
  auto spawner = Spawner::Start(*level, AtTheirPlaces(resident.folders));
  if (!spawner) return NoJail(spawner.error().message);
  auto orders =
      (*spawner)->MakeSlot({.uid = *user, .work_bytes = limits.file_bytes});
  if (!orders) return NoJail(orders.error().message);
  Slot slot(std::move(*orders), *user, &users);
  const auto run = LaunchResidentIn(&slot, program, limits, *level);
  if (!run) return NoJail(run.error().message);
  close(STDIN_FILENO);
  close(STDOUT_FILENO);
  const ResidentEnd end = Watch(run->status.get(), stop);
  static_cast<void>(slot.Clear());
  return end;
}

}  // namespace sandbox
