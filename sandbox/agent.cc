#include "sandbox/agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "sandbox/capabilities.h"
#include "sandbox/child.h"
#include "sandbox/group_member.h"
#include "sandbox/scope.h"
#include "sandbox/zygote.h"

namespace sandbox {
namespace {

// The same on every machine; nothing of ours leaks in.
constexpr const char* kEnvironment[] = {
    "PATH=/usr/local/bin:/usr/bin:/bin",
    "LANG=C.UTF-8",
    "TZ=UTC",
    "PYTHONHASHSEED=0",
    "PYTHONUTF8=1",
    "PYTHONNOUSERSITE=1",
    "PYTHONDONTWRITEBYTECODE=1",
    "OPENBLAS_NUM_THREADS=1",
};
// The lines of a program that stays leave it at once, whatever its author
// remembered.
constexpr const char* kUnbuffered = "PYTHONUNBUFFERED=1";

long CallKernel(long number, auto... arguments) {
  return syscall(number, arguments...);
}

// Of which errno says why, where `done` is false.
Trouble Unless(bool done, Step step) {
  return done ? Trouble{} : Trouble{step, errno};
}

Trouble Install(const std::vector<sock_filter>& filter) {
  const sock_fprog program{static_cast<unsigned short>(filter.size()),
                           const_cast<sock_filter*>(filter.data())};
  return Unless(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                    prctl(PR_SET_SECCOMP, 2 /* filter */, &program, 0, 0) == 0,
                Step::kSeccomp);
}

// A file of the service, mapped to read.
class Bundle {
 public:
  Bundle() = default;
  Bundle(const Bundle&) = delete;
  Bundle& operator=(const Bundle&) = delete;
  ~Bundle() { Close(); }

  [[nodiscard]] bool Open(int fd) {
    struct stat status {};
    if (fstat(fd, &status) != 0) return false;
    size_ = static_cast<std::size_t>(status.st_size);
    void* place = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
    if (place == MAP_FAILED) return false;
    data_ = static_cast<const char*>(place);
    at_ = 0;
    return true;
  }

  void Close() {
    if (data_ != nullptr) munmap(const_cast<char*>(data_), size_);
    data_ = nullptr;
  }

  // The next `bytes`, or null where there are fewer.
  const char* Take(std::size_t bytes) {
    if (bytes > size_ - at_) return nullptr;
    return data_ + std::exchange(at_, at_ + bytes);
  }

  // The next word that ends with a NUL, or null.
  const char* TakeWord() {
    const void* end = std::memchr(data_ + at_, '\0', size_ - at_);
    if (end == nullptr) return nullptr;
    return Take(static_cast<std::size_t>(static_cast<const char*>(end) -
                                         (data_ + at_)) +
                1);
  }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t at_ = 0;
};

Trouble WriteFile(const char* path, unsigned mode, const char* data,
                  std::size_t size) {
  const Fd file(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!file) return {Step::kFiles, errno};
  for (std::size_t done = 0; done < size;) {
    const ssize_t wrote = write(file.get(), data + done, size - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return {Step::kFiles, wrote < 0 ? errno : ENOSPC};
    done += static_cast<std::size_t>(wrote);
  }
  return {};
}

Trouble WriteFiles(std::uint32_t count, const std::string& root,
                   Bundle* bundle) {
  umask(0);
  for (std::uint32_t i = 0; i < count; ++i) {
    FileHead head;
    const char* from = bundle->Take(sizeof(head));
    if (from == nullptr) return {Step::kOrder, EBADMSG};
    std::memcpy(&head, from, sizeof(head));
    const char* path = bundle->Take(std::size_t{head.path_bytes} + 1);
    const char* data = bundle->Take(head.bytes);
    if (path == nullptr || data == nullptr) return {Step::kOrder, EBADMSG};
    if (const Trouble trouble =
            WriteFile((root + path).c_str(), head.mode, data, head.bytes)) {
      return trouble;
    }
  }
  return {};
}

// Before anything untrusted runs: the descriptor names this folder for ever,
// whatever is done to names later.
Trouble HandOutWork(const char* path, int status) {
  const Fd work(open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!work) return {Step::kHandOut, errno};
  const StatusMessage message{.kind = StatusMessage::Kind::kWork};
  const int fds[] = {work.get()};
  return Unless(SendTo(status, message, fds), Step::kHandOut);
}

class Agent {
 public:
  explicit Agent(const AgentPlan& plan)
      : plan_(plan),
        group_(plan.group),
        work_(plan.workplace + "/w"),
        home_("HOME=" + work_),
        temporary_("TMPDIR=" + plan.workplace + "/tmp"),
        work_bytes_(has_namespaces() ? plan.slot.work_bytes : kStale) {}

  void Serve() {
    std::vector<Fd> fds;
    while (Wait()) {
      const auto order = ReceiveFrom<RunOrder>(plan_.orders, &fds);
      if (!order) return;
      if (order->kind == RunOrder::Kind::kClear) {
        if (!Clear()) return;
        continue;
      }
      if (fds.size() != kRunFds || stub_) return;
      const Trouble trouble = Start(*order, fds);
      if (trouble) SendTrouble(fds[kStateFd].get(), trouble);
      // What is in /w is unknown, or what the group holds to.
      if (trouble.step == Step::kFresh || trouble.step == Step::kLandlock ||
          trouble.step == Step::kGroup) {
        return;
      }
      fds.clear();
    }
  }

 private:
  static constexpr std::int64_t kStale = -1;  // as no order has it

  [[nodiscard]] bool has_namespaces() const { return plan_.workplace.empty(); }

  // Until there is an order; false: the keeper is gone. With namespaces, so are
  // we then.
  bool Wait() {
    if (has_namespaces()) return true;
    pollfd fds[] = {{plan_.orders, POLLIN, 0}, {plan_.keeper, 0, 0}};
    while (poll(fds, 2, -1) < 0) {
      if (errno != EINTR) return false;
    }
    return fds[1].revents == 0;
  }

  Trouble Start(const RunOrder& order, const std::vector<Fd>& fds) {
    order_ = order;
    if (const Trouble trouble = AwaitFresh()) return trouble;
    if (const Trouble trouble =
            group_.Hold(order_.group_bytes, order_.group_tasks)) {
      return trouble;
    }
    if (!bundle_.Open(fds[kBundleFd].get())) return {Step::kOrder, errno};
    if (!ReadWords()) return {Step::kOrder, EBADMSG};
    Zygote* const zygote = ReadyZygote();
    Trouble trouble = WriteFiles(order_.files, plan_.workplace, &bundle_);
    if (!trouble && order_.hands_out_work) {
      trouble = HandOutWork(work_.c_str(), fds[kStateFd].get());
    }
    if (trouble) return trouble;
    const auto& lock =
        order_.fork ? plan_.filters->fork_lock : plan_.filters->lock;
    lock_ = {static_cast<unsigned short>(lock.size()),
             const_cast<sock_filter*>(lock.data())};
    child_ = {.uid = plan_.slot.uid,
              .changes_user = plan_.own_user,
              .own_pids = has_namespaces(),
              .work = work_.c_str(),
              .file = file_.c_str(),
              .limits = order_.limits.data(),
              .limit_count = order_.limit_count,
              .lock = &lock_,
              .argv = argv_.data(),
              .envp = envp_.data()};
    for (std::size_t i = kInFd; i <= kStateFd; ++i) {
      child_.fds[i] = fds[i].get();
    }
    child_.fds[kRulesFd] = rules_.get();
    return zygote != nullptr ? StartInZygote(zygote, fds) : StartHere();
  }

  Trouble StartHere() {
    int pidfd = -1;
    const long pid = StartStub(child_, &pidfd);
    if (pid > 0) stub_ = Fd(pidfd);
    return TroubleOf(Step::kFork, pid);
  }

  Trouble StartInZygote(Zygote* zygote, const std::vector<Fd>& fds) {
    // The kernel lets a zygote into the namespace of the stub init, which
    // shares our memory, only if that may be looked into; each change of a
    // program's user undoes it. Nobody else can look: a program has another
    // user or sees no process but its own, and is killed where it calls ptrace.
    prctl(PR_SET_DUMPABLE, 1);
    int pidfd = -1;
    const long pid = StartEmptyStub(&pidfd);
    if (pid < 0) return TroubleOf(Step::kFork, pid);
    stub_ = Fd(pidfd);
    std::vector<int> passed;
    for (const Fd& fd : fds) passed.push_back(fd.get());
    passed.push_back(pidfd);
    if (rules_) passed.push_back(rules_.get());
    if (zygote->Run(order_, passed)) return {};
    return ReapStub() ? StartHere() : Trouble{Step::kFork, ECHILD};
  }

  // The one that the order asks for, which starts where there is none yet that
  // fits; null where there is none to be had. Requires: /w is fresh.
  Zygote* ReadyZygote() {
    if (order_.interpreter == Interpreter::kNone) return nullptr;
    Zygote& zygote =
        zygotes_.at(static_cast<std::size_t>(order_.interpreter) - 1);
    if (zygote.Fits(argv_.data())) return &zygote;
    if (zygote.gone()) return nullptr;
    ZygoteSetup setup{.uid = plan_.slot.uid, .own_user = plan_.own_user};
    const auto copy = [](const std::vector<sock_filter>& from, auto& to,
                         std::uint16_t& size) {
      if (from.size() > to.size()) return false;
      std::copy(from.begin(), from.end(), to.begin());
      size = static_cast<std::uint16_t>(from.size());
      return true;
    };
    const bool fits =
        copy(plan_.filters->lock, setup.lock, setup.lock_size) &&
        copy(plan_.filters->fork_lock, setup.fork_lock, setup.fork_lock_size);
    if (!fits) return nullptr;
    const bool started =
        !zygote.Start(order_.interpreter, argv_.data(), setup, envp_.data());
    return started ? &zygote : nullptr;
  }

  bool ReadWords() {
    argv_.clear();
    for (std::uint32_t i = 0; i < order_.argc; ++i) {
      argv_.push_back(bundle_.TakeWord());
      if (argv_.back() == nullptr) return false;
    }
    argv_.push_back(nullptr);
    if (order_.argc == 0) return false;
    file_ = argv_[0];
    if (file_.starts_with("/w/")) file_.insert(0, plan_.workplace);
    envp_.assign(std::begin(kEnvironment), std::end(kEnvironment));
    envp_.push_back(home_.c_str());
    envp_.push_back(temporary_.c_str());
    if (order_.unbuffered) envp_.push_back(kUnbuffered);
    envp_.push_back(nullptr);
    return true;
  }

  // When the stub init is reaped, the kernel has killed and reaped its whole
  // namespace.
  bool ReapStub() {
    CallKernel(SYS_pidfd_send_signal, stub_.get(), SIGKILL, nullptr, 0);
    siginfo_t ignored{};
    while (CallKernel(SYS_waitid, P_PIDFD, stub_.get(), &ignored,
                      WEXITED | __WALL, nullptr) != 0) {
      if (errno != EINTR) return false;
    }
    stub_.Close();
    return true;
  }

  // Ends what runs, says so, and asks for a fresh /w without waiting for it.
  bool Clear() {
    if (!EndRun()) return false;
    bundle_.Close();
    const SlotReply cleared{.kind = SlotReply::Kind::kCleared};
    if (!SendTo(plan_.orders, cleared)) return false;
    if (has_namespaces()) return AskFresh(work_bytes_);
    // There is but one /w, in which files of the run may still be read.
    work_bytes_ = kStale;
    return true;
  }

  bool EndRun() {
    if (has_namespaces()) return !stub_ || ReapStub();
    stub_.Close();
    return EndScope();
  }

  bool AskFresh(std::int64_t bytes) {
    work_bytes_ = bytes;
    // Whoever may make files without bound is trusted or wants some back.
    const bool makes_files = order_.fork || order_.hands_out_work;
    asked_ = SendTo(plan_.keeper, FreshOrder{bytes, makes_files});
    return asked_;
  }

  // /w and /tmp are fresh and have the size of the order.
  Trouble AwaitFresh() {
    Trouble trouble;
    if (asked_) trouble = TakeFresh();
    if (!trouble && work_bytes_ != order_.work_bytes) {
      if (!AskFresh(order_.work_bytes)) return {Step::kFresh, EPIPE};
      trouble = TakeFresh();
    }
    return trouble;
  }

  Trouble TakeFresh() {
    asked_ = false;
    std::vector<Fd> fds;
    const auto trouble = ReceiveFrom<Trouble>(plan_.keeper, &fds);
    rules_ = fds.empty() ? Fd() : std::move(fds.front());
    return trouble.value_or(Trouble{Step::kFresh, EPIPE});
  }

  const AgentPlan plan_;
  GroupMember group_;
  const std::string work_;       // where /w is
  const std::string home_;       // of the environment
  const std::string temporary_;  // the same
  std::int64_t work_bytes_;      // of /w as it is mounted or asked for
  bool asked_ = true;            // the keeper has not answered yet
  Fd rules_;                     // of Landlock, for what is mounted
  // Of what runs: borrowed by its processes until they are reaped.
  RunOrder order_;
  Bundle bundle_;
  std::vector<const char*> argv_;
  std::vector<const char*> envp_;
  std::string file_;  // argv[0], where it is
  sock_fprog lock_{};
  ChildPlan child_;
  Fd stub_;                        // its pidfd, while it is not reaped
  std::array<Zygote, 3> zygotes_;  // of each Interpreter
};

}  // namespace

Trouble RunAgent(const AgentPlan& plan) {
  const bool has_namespaces = plan.workplace.empty();
  if (!has_namespaces) {
    if (const Trouble trouble = EnterScope()) return trouble;
  }
  Trouble trouble = GroupMember(plan.group).Enter();
  if (!trouble) trouble = GiveUpCapabilities(has_namespaces, plan.own_user);
  if (!trouble) trouble = Install(plan.filters->agent);
  if (trouble) return trouble;
  if (SendTo(plan.orders, SlotReply{.kind = SlotReply::Kind::kReady})) {
    Agent(plan).Serve();
  }
  // The keeper would, if it is there still.
  if (!has_namespaces) static_cast<void>(EndScope());
  return {};
}

}  // namespace sandbox
