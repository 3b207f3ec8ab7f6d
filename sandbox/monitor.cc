#include "sandbox/monitor.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "sandbox/control_groups.h"
#include "sandbox/read_files.h"

namespace sandbox {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

constexpr std::size_t kReadBytes = 64 * 1024;
// However little is left of a limit, it is looked at no sooner.
constexpr std::chrono::nanoseconds kLeastWait = microseconds(100);

// Takes what `fd` holds now, up to `limit` bytes in `text`; true if there was
// more than that. Closes it at its end, so that nobody waits for it again.
bool Drain(Fd* fd, std::int64_t limit, std::string* text) {
  std::array<char, kReadBytes> buffer;
  while (*fd) {
    const ssize_t got = read(fd->get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) fd->Close();
    if (got <= 0) break;
    const auto room = static_cast<std::size_t>(limit) - text->size();
    const auto size = static_cast<std::size_t>(got);
    text->append(buffer.data(), std::min(size, room));
    if (size > room) return true;
  }
  return false;
}

// How often it is asked what memory the program has; and where it may fork,
// whether the kernel has killed in its group: the others might wait for who was
// killed.
constexpr std::chrono::milliseconds kLookEvery{50};

// Asked once: it is read from a file.
unsigned Processors() {
  static const unsigned count =
      std::max(1U, std::thread::hardware_concurrency());
  return count;
}

// The peak of `process`, in KiB, while it lives; 0 where it cannot be read.
std::int64_t PeakMemory(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  constexpr std::string_view kName = "VmHWM:";
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(kName)) return std::atoll(&line[kName.size()]);
  }
  return 0;
}

// What `process` has written of its own memory, in bytes, whether or not it may
// write there still; 0 where it cannot be read.
std::int64_t OwnMemory(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/statm");
  std::int64_t all = 0;
  std::int64_t resident = 0;
  std::int64_t of_files = 0;
  file >> all >> resident >> of_files;
  return file ? (resident - of_files) * sysconf(_SC_PAGESIZE) : 0;
}

// steady_clock is CLOCK_MONOTONIC.
std::chrono::steady_clock::time_point TimeOf(const StatusMessage& message) {
  return std::chrono::steady_clock::time_point(
      std::chrono::nanoseconds(message.time_ns));
}

struct Received {
  StatusMessage message;
  pid_t sender = -1;
  Fd passed{};
};

std::optional<Received> Receive(int socket) {
  Received received{};
  iovec part{&received.message, sizeof(received.message)};
  alignas(cmsghdr) char
      control[CMSG_SPACE(sizeof(ucred)) + CMSG_SPACE(sizeof(int))];
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof(control);
  const ssize_t got = recvmsg(socket, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (got != static_cast<ssize_t>(sizeof(received.message))) {
    return std::nullopt;
  }
  for (cmsghdr* one = CMSG_FIRSTHDR(&header); one != nullptr;
       one = CMSG_NXTHDR(&header, one)) {
    if (one->cmsg_type == SCM_CREDENTIALS) {
      ucred credentials{};
      std::memcpy(&credentials, CMSG_DATA(one), sizeof(credentials));
      received.sender = credentials.pid;
    } else if (one->cmsg_type == SCM_RIGHTS) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(one), sizeof(fd));
      received.passed = Fd(fd);
    }
  }
  return received;
}

}  // namespace

Monitor::Monitor(Slot* slot, Launched run, const RunLimits& limits,
                 const std::vector<std::string>& wanted, const Cancel* cancel)
    : slot_(slot),
      run_(std::move(run)),
      limits_(limits),
      wanted_(wanted),
      cancel_(cancel),
      started_(Clock::now()) {}

RunResult Monitor::Watch() {
  while (!ended_) WaitOnce();
  Clear();
  return std::move(result_);
}

void Monitor::WaitOnce() {
  // poll leaves a negative descriptor alone.
  const int cancel = cancel_ == nullptr ? -1 : cancel_->fd();
  std::array<pollfd, 4> fds{{{run_.status.get(), POLLIN, 0},
                             {run_.out.get(), POLLIN, 0},
                             {run_.err.get(), POLLIN, 0},
                             {cancel, POLLIN, 0}}};
  const std::int64_t wait = TimeToLimit().count();
  const timespec timeout{wait / kNanosecondsPerSecond,
                         wait % kNanosecondsPerSecond};
  if (ppoll(fds.data(), fds.size(), &timeout, nullptr) < 0 && errno != EINTR) {
    Fail("ppoll: " + std::system_category().message(errno));
    return;
  }
  ReadOutput();
  if (!ended_) ReadStatus();
  if (!ended_ && (fds[0].revents & POLLHUP) != 0) {
    Fail("the jail ended without a report");
  }
  if (!ended_ && (fds[3].revents & POLLIN) != 0) Fail("cancelled");
  if (!ended_) HoldToLimits();
}

void Monitor::ReadStatus() {
  while (auto received = Receive(run_.status.get())) {
    const StatusMessage& message = received->message;
    switch (message.kind) {
      case StatusMessage::Kind::kStarted:
        program_ = received->sender;
        started_ = TimeOf(message);
        next_look_ = started_ + kLookEvery;
        StartCounting();
        break;
      case StatusMessage::Kind::kWork:
        work_ = std::move(received->passed);
        break;
      case StatusMessage::Kind::kEnded:
        EndWith(message);
        return;
      case StatusMessage::Kind::kFailed: {
        std::string why = "cannot ";
        why += StepText(message.step);
        result_.refused_to_execute = message.step == Step::kExec;
        Fail(why + ": " + std::system_category().message(message.error));
        return;
      }
    }
  }
}

void Monitor::ReadOutput() {
  result_.out_truncated |= Drain(&run_.out, limits_.output_bytes, &result_.out);
  result_.err_truncated |= Drain(&run_.err, limits_.output_bytes, &result_.err);
  if (!ended_ && (result_.out_truncated || result_.err_truncated)) {
    Stop(Ending::kOutputLimit);
  }
}

void Monitor::HoldToLimits() {
  const auto wall = Clock::now() - started_;
  if (program_ < 0) {
    if (wall > kSetUpTime) Fail("building the jail took too long");
    return;
  }
  if ((MayFork() && RanOutOfMemory()) || HoldsTooMuch()) {
    Stop(Ending::kMemoryLimit);
    return;
  }
  const microseconds cpu = Cpu();
  if (cpu <= limits_.cpu && wall <= limits_.wall) return;
  Stop(cpu > limits_.cpu ? Ending::kCpuLimit : Ending::kWallLimit);
}

nanoseconds Monitor::TimeToLimit() const {
  const auto now = Clock::now();
  if (program_ < 0) {
    return std::max<nanoseconds>(started_ + kSetUpTime - now, kLeastWait);
  }
  // No sooner than this can all processors together use up what is left.
  const nanoseconds cpu_left = limits_.cpu - Cpu();
  const auto cpu_wait = cpu_left / Processors();
  const nanoseconds wall_wait = started_ + limits_.wall - now;
  nanoseconds wait = std::min(cpu_wait, wall_wait);
  if (slot_->group() == nullptr || MayFork()) {
    wait = std::min<nanoseconds>(wait, kLookEvery);
  }
  return std::max(wait, kLeastWait);
}

std::optional<microseconds> Monitor::ProgramCpu() const {
  if (program_ < 0) return std::nullopt;
  // The processor clock of a process, as clock_getcpuclockid makes it.
  const auto clock =
      static_cast<clockid_t>((~static_cast<unsigned>(program_) << 3) | 2U);
  timespec time{};
  if (clock_gettime(clock, &time) != 0) return std::nullopt;
  return std::chrono::duration_cast<microseconds>(
      std::chrono::seconds(time.tv_sec) +
      std::chrono::nanoseconds(time.tv_nsec));
}

// A program that cannot fork is one process, whose own clock is exact.
void Monitor::StartCounting() {
  const ControlGroup* const group = slot_->group();
  if (group == nullptr || !MayFork()) return;
  // Asked first: the kernel then counts up to now for the group too.
  const microseconds own = ProgramCpu().value_or(microseconds(0));
  if (const auto all = group->Cpu()) group_base_ = *all - own;
}

microseconds Monitor::Cpu() const {
  const microseconds own = ProgramCpu().value_or(microseconds(0));
  return std::max(own, GroupCpu());
}

microseconds Monitor::GroupCpu() const {
  if (!group_base_) return microseconds(0);
  return slot_->group()->Cpu().value_or(*group_base_) - *group_base_;
}

bool Monitor::RanOutOfMemory() {
  ControlGroup* const group = slot_->group();
  if (group != nullptr && group->TakeOutOfMemory()) out_of_memory_ = true;
  return out_of_memory_;
}

// The kernel counts what may be written to now (RLIMIT_DATA), so memory that is
// filled and then made read-only, or that grows like a stack, is counted here.
bool Monitor::HoldsTooMuch() {
  const auto now = Clock::now();
  if (slot_->group() != nullptr || now < next_look_) return false;
  next_look_ = now + kLookEvery;
  return OwnMemory(program_) >
         limits_.memory_bytes + kStackBytes + kGroupSlackBytes;
}

void Monitor::Stop(Ending limit) {
  // It may have ended by itself just now, or have started: output comes first.
  ReadStatus();
  if (ended_) return;
  result_.cpu = Cpu();
  result_.max_rss_kb = PeakMemory(program_);
  End(limit);
}

void Monitor::End(Ending ending) {
  if (ended_) return;
  ended_ = true;
  result_.ending = ending;
  result_.wall =
      std::chrono::duration_cast<microseconds>(Clock::now() - started_);
}

void Monitor::EndWith(const StatusMessage& message) {
  result_.cpu = std::max(microseconds(message.cpu_us), GroupCpu());
  result_.max_rss_kb = message.max_rss_kb;
  if (WIFEXITED(message.wait_code)) {
    result_.exit_code = WEXITSTATUS(message.wait_code);
    End(Ending::kExited);
  } else if (WTERMSIG(message.wait_code) == SIGSYS) {
    result_.signal = SIGSYS;
    End(Ending::kViolation);
  } else {
    result_.signal = WTERMSIG(message.wait_code);
    End(Ending::kSignalled);
  }
  // By its own clock: we may have been late to hear of both.
  result_.wall =
      std::chrono::duration_cast<microseconds>(TimeOf(message) - started_);
  // The limit holds however the program came to its end.
  if (result_.ending != Ending::kViolation && result_.cpu > limits_.cpu) {
    result_.ending = Ending::kCpuLimit;
  }
}

void Monitor::Fail(std::string why) {
  result_.failure = std::move(why);
  End(Ending::kFailed);
  result_.ending = Ending::kFailed;
}

// Whatever of the slot the kernel chose to kill, and whatever came of that.
void Monitor::EndForMemory() {
  slot_->Retire();
  const bool cancelled = cancel_ != nullptr && cancel_->is_set();
  if (cancelled || result_.ending == Ending::kViolation) return;
  result_.failure.clear();
  result_.ending = Ending::kMemoryLimit;
}

// Kills what is left and takes what the pipes hold.
void Monitor::Clear() {
  if (!slot_->Clear()) Fail("the slot could not be cleared");
  ReadOutput();
  const bool over = result_.out_truncated || result_.err_truncated;
  const bool by_itself =
      result_.ending == Ending::kExited || result_.ending == Ending::kSignalled;
  if (over && by_itself) {
    result_.ending = Ending::kOutputLimit;
  }
  if (RanOutOfMemory()) EndForMemory();
  // Nothing of the run is alive: what /w holds is what it will ever hold.
  result_.files = ReadFiles(work_.get(), wanted_, limits_.returned_bytes);
}

}  // namespace sandbox
