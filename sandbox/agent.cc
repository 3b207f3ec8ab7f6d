#include "sandbox/agent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/securebits.h>
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
#include <utility>

#include "sandbox/child.h"
#include "sandbox/zygote.h"

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
};
// The lines of a program that stays leave it at once, whatever its author
// remembered.
constexpr const char* kUnbuffered = "PYTHONUNBUFFERED=1";

// What agents have, and zygotes. Programs have none (child.h).
constexpr unsigned kKeptCapabilities[] = {
    CAP_SYS_ADMIN,     // a PID namespace for each run
    CAP_SETUID,        // programs become their user
    CAP_SETGID,        //
    CAP_DAC_OVERRIDE,  // the /w of that user is written to and entered
};

long CallKernel(long number, auto... arguments) {
  return syscall(number, arguments...);
}

// Of which errno says why, where `done` is false.
Trouble Unless(bool done, Step step) {
  return done ? Trouble{} : Trouble{step, errno};
}

bool SetCapabilities(const __user_cap_data_struct* sets) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  return CallKernel(SYS_capset, &header, sets) == 0;
}

// For zygotes. Before the bounding set is gone.
bool LetZygotesInherit() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  if (CallKernel(SYS_capget, &header, sets) != 0) return false;
  for (const unsigned one : kKeptCapabilities) {
    sets[CAP_TO_INDEX(one)].inheritable |= CAP_TO_MASK(one);
  }
  return SetCapabilities(sets);
}

bool DropBoundingSet() {
  constexpr int kMost = 64;
  for (int capability = 0; capability < kMost; ++capability) {
    if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0) continue;
    return errno == EINVAL;  // past the last that this kernel knows
  }
  return true;
}

bool KeepFew() {
  __user_cap_data_struct sets[2] = {};
  for (const unsigned one : kKeptCapabilities) {
    sets[CAP_TO_INDEX(one)].effective |= CAP_TO_MASK(one);
    sets[CAP_TO_INDEX(one)].permitted |= CAP_TO_MASK(one);
    sets[CAP_TO_INDEX(one)].inheritable |= CAP_TO_MASK(one);
  }
  if (!SetCapabilities(sets)) return false;
  for (const unsigned one : kKeptCapabilities) {
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, one, 0, 0) != 0) {
      return false;
    }
  }
  return true;
}

// What is executed from here on can gain no capability, and keeps these only
// where it does not drop them before, as programs do.
Trouble GiveUpCapabilities() {
  constexpr unsigned long kBits =
      SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
      SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED;
  return Unless(LetZygotesInherit() && DropBoundingSet() &&
                    prctl(PR_SET_SECUREBITS, kBits, 0, 0, 0) == 0 && KeepFew(),
                Step::kCapabilities);
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

Trouble WriteFiles(std::uint32_t count, Bundle* bundle) {
  umask(0);
  for (std::uint32_t i = 0; i < count; ++i) {
    FileHead head;
    const char* from = bundle->Take(sizeof(head));
    if (from == nullptr) return {Step::kOrder, EBADMSG};
    std::memcpy(&head, from, sizeof(head));
    const char* path = bundle->Take(std::size_t{head.path_bytes} + 1);
    const char* data = bundle->Take(head.bytes);
    if (path == nullptr || data == nullptr) return {Step::kOrder, EBADMSG};
    if (const Trouble trouble = WriteFile(path, head.mode, data, head.bytes)) {
      return trouble;
    }
  }
  return {};
}

// Before anything untrusted runs: the descriptor names this folder for ever,
// whatever is done to names later.
Trouble HandOutWork(int status) {
  const Fd work(open("/w", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!work) return {Step::kHandOut, errno};
  const StatusMessage message{.kind = StatusMessage::Kind::kWork};
  const int fds[] = {work.get()};
  return Unless(SendTo(status, message, fds), Step::kHandOut);
}

class Agent {
 public:
  explicit Agent(const AgentPlan& plan)
      : plan_(plan), work_bytes_(plan.slot.work_bytes) {}

  void Serve() {
    std::vector<Fd> fds;
    while (const auto order = ReceiveFrom<RunOrder>(plan_.orders, &fds)) {
      if (order->kind == RunOrder::Kind::kClear) {
        if (!Clear()) return;
        continue;
      }
      if (fds.size() != kRunFds || stub_) return;
      const Trouble trouble = Start(*order, fds);
      if (trouble) SendTrouble(fds[kStateFd].get(), trouble);
      // What is in /w is unknown.
      if (trouble.step == Step::kFresh || trouble.step == Step::kLandlock) {
        return;
      }
      fds.clear();
    }
  }

 private:
  Trouble Start(const RunOrder& order, const std::vector<Fd>& fds) {
    order_ = order;
    if (const Trouble trouble = AwaitFresh()) return trouble;
    if (!bundle_.Open(fds[kBundleFd].get())) return {Step::kOrder, errno};
    if (!ReadWords()) return {Step::kOrder, EBADMSG};
    Zygote* const zygote = ReadyZygote();
    Trouble trouble = WriteFiles(order_.files, &bundle_);
    if (!trouble && order_.hands_out_work) {
      trouble = HandOutWork(fds[kStateFd].get());
    }
    if (trouble) return trouble;
    const auto& lock =
        order_.fork ? plan_.filters->fork_lock : plan_.filters->lock;
    lock_ = {static_cast<unsigned short>(lock.size()),
             const_cast<sock_filter*>(lock.data())};
    child_ = {.uid = plan_.slot.uid,
              .changes_user = plan_.own_user,
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

  // The one that the order asks for, which starts where there is none yet; null
  // where there is none to be had. Requires: /w is fresh.
  Zygote* ReadyZygote() {
    if (order_.interpreter == Interpreter::kNone) return nullptr;
    Zygote& zygote = zygotes_[order_.interpreter == Interpreter::kNumpy];
    if (zygote.started()) return &zygote;
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
    const bool started = !zygote.Start(order_.interpreter, setup, envp_.data());
    return started ? &zygote : nullptr;
  }

  bool ReadWords() {
    argv_.clear();
    for (std::uint32_t i = 0; i < order_.argc; ++i) {
      argv_.push_back(bundle_.TakeWord());
      if (argv_.back() == nullptr) return false;
    }
    argv_.push_back(nullptr);
    envp_.assign(std::begin(kEnvironment), std::end(kEnvironment));
    if (order_.unbuffered) envp_.push_back(kUnbuffered);
    envp_.push_back(nullptr);
    return order_.argc > 0;
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
    if (stub_ && !ReapStub()) return false;
    bundle_.Close();
    return SendTo(plan_.orders, SlotReply{.kind = SlotReply::Kind::kCleared}) &&
           AskFresh(work_bytes_);
  }

  bool AskFresh(std::int64_t bytes) {
    work_bytes_ = bytes;
    asked_ = SendTo(plan_.keeper, FreshOrder{bytes});
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
  std::int64_t work_bytes_;  // of /w as it is mounted or asked for
  bool asked_ = true;        // the keeper has not answered yet
  Fd rules_;                 // of Landlock, for what is mounted
  // Of what runs: borrowed by its processes until they are reaped.
  RunOrder order_;
  Bundle bundle_;
  std::vector<const char*> argv_;
  std::vector<const char*> envp_;
  sock_fprog lock_{};
  ChildPlan child_;
  Fd stub_;                        // its pidfd, while it is not reaped
  std::array<Zygote, 2> zygotes_;  // without numpy, and with it
};

}  // namespace

Trouble RunAgent(const AgentPlan& plan) {
  if (const Trouble trouble = GiveUpCapabilities()) return trouble;
  if (const Trouble trouble = Install(plan.filters->agent)) return trouble;
  if (SendTo(plan.orders, SlotReply{.kind = SlotReply::Kind::kReady})) {
    Agent(plan).Serve();
  }
  return {};
}

}  // namespace sandbox
