#include "sandbox/spawner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <system_error>
#include <utility>

#include "sandbox/limits.h"
#include "sandbox/signals_blocked.h"
#include "sandbox/spawner_image.h"
#include "sandbox/tree.h"

namespace sandbox {
namespace {

JailError SystemError(const char* call) {
  return JailError(std::string(call) + ": " +
                   std::system_category().message(errno));
}

// The image as a file that nobody can change.
boost::system::result<Fd, JailError> ImageFile() {
  const std::span<const char> image = SpawnerImage();
  Fd file(memfd_create("assay-spawner", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file) return SystemError("memfd_create");
  for (std::size_t done = 0; done < image.size();) {
    const ssize_t wrote =
        write(file.get(), image.data() + done, image.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return SystemError("write the spawner");
    done += static_cast<std::size_t>(wrote);
  }
  constexpr int kSeals =
      F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (fcntl(file.get(), F_ADD_SEALS, kSeals) != 0) {
    return SystemError("seal the spawner");
  }
  return file;
}

}  // namespace

boost::system::result<std::unique_ptr<Spawner>, JailError> Spawner::Start(
    Level level, const std::vector<Folder>& folders) {
  std::unique_ptr<Spawner> spawner(new Spawner);
  spawner->folders_ = folders;
  auto image = ImageFile();
  if (!image) return image.error();
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return SystemError("socketpair");
  }
  spawner->control_ = Fd(ends[0]);
  const Fd theirs(ends[1]);
  const Fd service(static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0)));
  if (!service) return SystemError("pidfd_open");
  const std::string level_name(LevelName(level));
  std::vector<const char*> argv = {"assay-spawner", level_name.c_str()};
  for (const Folder& folder : folders) {
    argv.push_back(folder.source.c_str());
    argv.push_back(folder.target.c_str());
  }
  argv.push_back(nullptr);
  int pidfd = -1;
  long pid = -1;
  {
    // It starts with no handler of ours able to run in it.
    const SignalsBlocked blocked;
    pid = ExecuteSpawner({.image = image->get(),
                          .control = theirs.get(),
                          .service = service.get(),
                          .argv = argv.data()},
                         &pidfd);
  }
  if (pid < 0) {
    errno = static_cast<int>(-pid);
    return SystemError("clone");
  }
  spawner->pidfd_ = Fd(pidfd);
  return spawner;
}

Spawner::~Spawner() {
  if (!pidfd_) return;
  syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
  siginfo_t ignored{};
  while (syscall(SYS_waitid, P_PIDFD, pidfd_.get(), &ignored, WEXITED | __WALL,
                 nullptr) != 0 &&
         errno == EINTR) {
  }
}

boost::system::result<Fd, JailError> Spawner::MakeSlot(
    const SlotOrder& order, const std::vector<Fd>& group) const {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return SystemError("socketpair");
  }
  Fd ours(ends[0]);
  Fd theirs(ends[1]);
  std::vector<int> fds = {theirs.get()};
  for (const Fd& file : group) fds.push_back(file.get());
  if (!SendTo(control_.get(), order, fds)) {
    return SystemError("order a slot of the spawner");
  }
  theirs.Close();
  pollfd ready{ours.get(), POLLIN, 0};
  const int milliseconds =
      static_cast<int>(std::chrono::milliseconds(kSetUpTime).count());
  int polled = -1;
  do {
    polled = poll(&ready, 1, milliseconds);
  } while (polled < 0 && errno == EINTR);
  if (polled == 0) return JailError("building the jail took too long");
  const auto reply = ReceiveFrom<SlotReply>(ours.get());
  if (!reply) return JailError("the jail ended without a report");
  if (reply->kind == SlotReply::Kind::kReady) return ours;
  return JailError(Why(reply->trouble));
}

std::string Spawner::Why(const Trouble& trouble) const {
  std::string why = "cannot ";
  why += StepText(trouble.step);
  if (trouble.step == Step::kTree)
    why += " " + Tree(folders_).Name(trouble.index);
  return why + ": " + std::system_category().message(trouble.error);
}

}  // namespace sandbox
