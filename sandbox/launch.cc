#include "sandbox/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <system_error>
#include <utility>

#include "sandbox/signals_blocked.h"

namespace sandbox {
namespace {

// The same on every machine; nothing of ours leaks in.
constexpr const char* kEnvironment[] = {
    "PATH=/usr/local/bin:/usr/bin:/bin",
    "HOME=/w",
    "TMPDIR=/tmp",
    "LANG=C.UTF-8",
    "TZ=UTC",
    "PYTHONHASHSEED=0",
    "PYTHONUTF8=1",
    "PYTHONNOUSERSITE=1",
    "PYTHONDONTWRITEBYTECODE=1",
    "OPENBLAS_NUM_THREADS=1",
    nullptr,
};

JailError SystemError(const char* call) {
  return JailError(std::string(call) + ": " +
                   std::system_category().message(errno));
}

std::string Map(unsigned inside, unsigned outside) {
  return std::to_string(inside) + " " + std::to_string(outside) + " 1";
}

boost::system::result<Fd, JailError> InputFile(const std::string& input) {
  Fd file(memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file) return SystemError("memfd_create");
  std::size_t done = 0;
  while (done < input.size()) {
    const ssize_t wrote =
        write(file.get(), input.data() + done, input.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return SystemError("write input");
    done += static_cast<std::size_t>(wrote);
  }
  constexpr int kSeals =
      F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (lseek(file.get(), 0, SEEK_SET) != 0 ||
      fcntl(file.get(), F_ADD_SEALS, kSeals) != 0) {
    return SystemError("seal input");
  }
  return file;
}

struct Pipe {
  Fd read;
  Fd write;
};

boost::system::result<Pipe, JailError> OutputPipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return SystemError("pipe2");
  Pipe pipe{Fd(ends[0]), Fd(ends[1])};
  if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) return SystemError("fcntl");
  return pipe;
}

// Messages on it carry the sender's PID as this process sees it.
boost::system::result<Pipe, JailError> StatusSocket() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return SystemError("socketpair");
  }
  Pipe pair{Fd(ends[0]), Fd(ends[1])};
  const int on = 1;
  if (setsockopt(ends[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) != 0) {
    return SystemError("setsockopt");
  }
  return pair;
}

}  // namespace

Launch::Launch(const Program& program, const RunLimits& limits,
               const Tree& tree, const std::vector<sock_filter>& filter,
               Level level, unsigned user)
    : program_(program) {
  plan_.uid = user;
  if (level == Level::kL1) {
    uid_map_ = Map(user, geteuid());
    gid_map_ = Map(user, getegid());
    plan_.uid_map = uid_map_.c_str();
    plan_.gid_map = gid_map_.c_str();
  }
  const std::string id = std::to_string(user);
  work_options_ = "mode=700,uid=" + id + ",gid=" + id +
                  ",nr_inodes=" + std::to_string(kMaxFiles) +
                  ",size=" + std::to_string(limits.file_bytes);
  tree_ = tree.Steps(work_options_.c_str());
  AddFiles(program);
  AddLimits(limits, level);
  for (const std::string& word : program.argv) argv_.push_back(word.c_str());
  argv_.push_back(nullptr);
  filter_.len = static_cast<unsigned short>(filter.size());
  filter_.filter = const_cast<sock_filter*>(filter.data());

  plan_.tree = {tree_.data(), tree_.size()};
  plan_.files = {files_.data(), files_.size()};
  plan_.limits = {limits_.data(), limits_.size()};
  plan_.hands_out_work = !program.wanted.empty();
  plan_.filter = &filter_;
  plan_.argv = argv_.data();
  plan_.envp = kEnvironment;
}

void Launch::AddFiles(const Program& program) {
  paths_.reserve(program.files.size());
  for (const ProgramFile& file : program.files) {
    paths_.push_back("/w/" + file.name);
    files_.push_back({paths_.back().c_str(), file.content.data(),
                      file.content.size(), file.executable ? 0755U : 0644U});
  }
}

void Launch::AddLimits(const RunLimits& limits, Level level) {
  const auto add = [this](unsigned resource, std::int64_t wanted) {
    rlimit64 now{};
    getrlimit64(static_cast<__rlimit_resource>(resource), &now);
    const rlim64_t value =
        std::min(static_cast<rlim64_t>(wanted), now.rlim_max);
    limits_.push_back({resource, {value, value}});
  };
  // Whole seconds: a back-stop for the deadline that the monitor holds.
  const auto seconds =
      std::chrono::ceil<std::chrono::seconds>(limits.cpu).count() + 1;
  add(RLIMIT_CPU, seconds);
  add(RLIMIT_DATA, limits.memory_bytes);
  add(RLIMIT_AS, limits.memory_bytes + kAddressSlackBytes);
  add(RLIMIT_STACK, std::min(kStackBytes, limits.memory_bytes));
  add(RLIMIT_FSIZE, limits.file_bytes);
  add(RLIMIT_NOFILE, kMaxOpenFiles);
  // Threads count. In a user namespace the stub init has the same user.
  const int stub = level == Level::kL1 ? 1 : 0;
  add(RLIMIT_NPROC, limits.processes + kMaxThreads + stub);
  add(RLIMIT_MEMLOCK, 0);
  add(RLIMIT_MSGQUEUE, 0);
  add(RLIMIT_SIGPENDING, kMaxSignals);
  // 1, not 0: a handler behind a pipe in core_pattern ignores 0.
  add(RLIMIT_CORE, 1);
}

boost::system::result<Launched, JailError> Launch::Start() {
  auto input = InputFile(program_.input);
  if (!input) return input.error();
  auto out = OutputPipe();
  if (!out) return out.error();
  auto err = OutputPipe();
  if (!err) return err.error();
  auto launched = Clone(input->get(), out->write.get(), err->write.get());
  if (!launched) return launched;
  launched->out = std::move(out->read);
  launched->err = std::move(err->read);
  return launched;
}

boost::system::result<Launched, JailError> Launch::StartResident() {
  for (ChildLimit& limit : limits_) {
    if (limit.resource != RLIMIT_CPU) continue;
    rlimit now{};
    getrlimit(RLIMIT_CPU, &now);
    limit.limit = {now.rlim_max, now.rlim_max};
  }
  environment_.assign(std::begin(kEnvironment), std::end(kEnvironment));
  // Its lines leave it at once, whatever its author remembered.
  environment_.back() = "PYTHONUNBUFFERED=1";
  environment_.push_back(nullptr);
  plan_.envp = environment_.data();
  return Clone(STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
}

boost::system::result<Launched, JailError> Launch::Clone(int in, int out,
                                                         int err) {
  auto status = StatusSocket();
  if (!status) return status.error();
  plan_.stdin_fd = in;
  plan_.stdout_fd = out;
  plan_.stderr_fd = err;
  plan_.status_fd = status->write.get();
  int pidfd = -1;
  pid_t pid = -1;
  {
    // The child starts with no handler of ours able to run in it.
    const SignalsBlocked blocked;
    pid = StartChild(plan_, &pidfd);
  }
  if (pid < 0) return SystemError("clone");
  return Launched{Fd(pidfd), Fd(), Fd(), std::move(status->read)};
}

}  // namespace sandbox
