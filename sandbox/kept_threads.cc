#include "sandbox/kept_threads.h"

#include <dlfcn.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "sandbox/raw_call.h"

// The C library's, since 2.35: where a thread's area of restartable sequences
// is, which the kernel has to be told of.
extern "C" {
extern const std::ptrdiff_t __rseq_offset __attribute__((weak));
extern const unsigned __rseq_size __attribute__((weak));

// Ends this thread, having written to `stack` where its stack is; returns in
// the thread that a fork starts there.
void assay_leave_thread(void** stack);
}

asm(".pushsection .text\n"
    ".globl assay_leave_thread\n"
    ".hidden assay_leave_thread\n"
    ".type assay_leave_thread, @function\n"
    "assay_leave_thread:\n"
    "push %rbx\n"
    "push %rbp\n"
    "push %r12\n"
    "push %r13\n"
    "push %r14\n"
    "push %r15\n"
    "mov %rsp, (%rdi)\n"
    "xor %edi, %edi\n"
    "mov $60, %eax\n"  // SYS_exit
    "syscall\n"
    "hlt\n"
    ".globl assay_enter_thread\n"
    ".hidden assay_enter_thread\n"
    "assay_enter_thread:\n"
    "pop %r15\n"
    "pop %r14\n"
    "pop %r13\n"
    "pop %r12\n"
    "pop %rbp\n"
    "pop %rbx\n"
    "ret\n"
    ".size assay_leave_thread, . - assay_leave_thread\n"
    ".popsection\n");

namespace sandbox {
namespace {

constexpr std::size_t kMostThreads = 64;
// A signal that no program of this process's kind has a use for while it
// starts.
const int kStopSignal = SIGRTMAX;

enum class State { kNone, kCreated, kRuns, kStopped, kEnded };

struct Thread {
  std::atomic<State> state = State::kNone;
  std::atomic<bool> was_busy = false;  // when it was asked to stop
  void* (*routine)(void*) = nullptr;
  void* argument = nullptr;
  pthread_t self{};
  pid_t tid = 0;
  bool blocked = false;  // the signal, but for us
  void* stack = nullptr;
};

std::array<Thread, kMostThreads> threads;
std::atomic<std::size_t> made = 0;  // may be more than there is room for
std::atomic<bool> keeps = true;

// Where the C library keeps the TID of a thread, in what pthread_t points to.
std::size_t tid_offset = 0;

pid_t* TidOf(pthread_t thread) {
  return reinterpret_cast<pid_t*>(static_cast<std::uintptr_t>(thread) +
                                  tid_offset);
}

void* Run(void* given) {
  Thread& thread = *static_cast<Thread*>(given);
  sigset_t stop;
  sigset_t before;
  sigemptyset(&stop);
  sigaddset(&stop, kStopSignal);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  thread.blocked = sigismember(&before, kStopSignal) == 1;
  thread.self = pthread_self();
  thread.tid = static_cast<pid_t>(Call(SYS_gettid));
  thread.state = State::kRuns;
  void* const result = thread.routine(thread.argument);
  thread.state = State::kEnded;
  return result;
}

// It waited in a call, which the kernel starts again or has ended with EINTR.
bool Waited(const mcontext_t& registers) {
  constexpr unsigned char kSyscall[] = {0x0f, 0x05};
  const auto* at =
      reinterpret_cast<const unsigned char*>(registers.gregs[REG_RIP]);
  const auto answer = registers.gregs[REG_RAX];
  if (answer == -EINTR) return std::memcmp(at - 2, kSyscall, 2) == 0;
  return answer == SYS_futex && std::memcmp(at, kSyscall, 2) == 0;
}

void Stop(int, siginfo_t*, void* given) {
  auto* context = static_cast<ucontext_t*>(given);
  const pthread_t self = pthread_self();
  for (Thread& thread : threads) {
    if (thread.state != State::kRuns || thread.self != self) continue;
    if (!Waited(context->uc_mcontext)) {
      thread.was_busy = true;
      return;
    }
    if (thread.blocked) sigaddset(&context->uc_sigmask, kStopSignal);
    thread.state = State::kStopped;
    assay_leave_thread(&thread.stack);
    // In a fork.
    if (&__rseq_size != nullptr && __rseq_size != 0) {
      constexpr unsigned kSignature = 0x53053053;
      constexpr unsigned kAreaBytes = 32;
      Call(SYS_rseq, static_cast<std::uintptr_t>(self) + __rseq_offset,
           kAreaBytes, 0, kSignature);
    }
    return;
  }
}

void SleepMillisecond() {
  constexpr timespec kMillisecond{0, 1'000'000};
  Call(SYS_nanosleep, &kMillisecond, nullptr);
}

// The one place that holds the TID of each of them; 0: there is no such one.
std::size_t FindTidOffset() {
  constexpr std::size_t kEnd = 1024;
  const auto holds = [](pthread_t thread, std::size_t offset, pid_t tid) {
    pid_t found = 0;
    std::memcpy(&found, reinterpret_cast<const char*>(thread) + offset,
                sizeof(found));
    return found == tid;
  };
  std::size_t result = 0;
  for (std::size_t at = sizeof(pid_t); at < kEnd; at += sizeof(pid_t)) {
    bool fits = holds(pthread_self(), at, static_cast<pid_t>(Call(SYS_gettid)));
    for (const Thread& thread : threads) {
      if (thread.state == State::kRuns) {
        fits = fits && holds(thread.self, at, thread.tid);
      }
    }
    if (!fits) continue;
    if (result != 0) return 0;
    result = at;
  }
  return result;
}

// True once it has ended, or it had.
bool StopOne(Thread& thread) {
  constexpr int kTries = 5000;
  for (int i = 0; i < kTries; ++i) {
    if (thread.state == State::kEnded) return true;
    if (thread.state == State::kStopped) {
      // The kernel writes this when it has let go of the stack.
      if (*static_cast<volatile pid_t*>(TidOf(thread.self)) == 0) return true;
    } else if (i == 0 || thread.was_busy.exchange(false)) {
      pthread_kill(thread.self, kStopSignal);
    }
    SleepMillisecond();
  }
  return false;
}

bool StartOne(Thread& thread) {
  constexpr long kFlags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM |
                          CLONE_SIGHAND | CLONE_THREAD | CLONE_SETTLS |
                          CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
  thread.state = State::kRuns;
  register long tid asm("r10") = Word(TidOf(thread.self));
  register long storage asm("r8") = Word(thread.self);
  long result = SYS_clone;
  asm volatile(
      "syscall\n"
      "test %%rax, %%rax\n"
      "jz assay_enter_thread\n"
      : "+a"(result)
      : "D"(kFlags), "S"(thread.stack), "d"(tid), "r"(tid), "r"(storage)
      : "rcx", "r11", "memory");
  return result > 0;
}

}  // namespace

int CreateThread(pthread_t* thread, const pthread_attr_t* attributes,
                 void* (*routine)(void*), void* argument) {
  using Create =
      int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto create =
      reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
  const std::size_t index = keeps ? made++ : threads.size();
  if (index >= threads.size()) {
    return create(thread, attributes, routine, argument);
  }
  Thread& one = threads[index];
  one.routine = routine;
  one.argument = argument;
  one.state = State::kCreated;
  const int error = create(thread, attributes, &Run, &one);
  if (error != 0) one.state = State::kNone;
  return error;
}

bool StopThreads() {
  keeps = false;
  if (made > threads.size()) return false;
  for (const Thread& thread : threads) {
    while (thread.state == State::kCreated) sched_yield();
  }
  tid_offset = FindTidOffset();
  if (tid_offset == 0) return false;
  struct sigaction stop {};
  struct sigaction before {};
  stop.sa_sigaction = &Stop;
  stop.sa_flags = SA_SIGINFO | SA_RESTART;
  sigfillset(&stop.sa_mask);
  if (sigaction(kStopSignal, &stop, &before) != 0) return false;
  for (Thread& thread : threads) {
    if (thread.state != State::kNone && !StopOne(thread)) return false;
  }
  return sigaction(kStopSignal, &before, nullptr) == 0;
}

long ForkStopped() {
  // The C library's own fork does as much, and gives up the other threads.
  pid_t* const tid = TidOf(pthread_self());
  return Call(SYS_clone, CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD,
              nullptr, nullptr, tid);
}

bool StartThreads() {
  for (Thread& thread : threads) {
    if (thread.state == State::kStopped && !StartOne(thread)) return false;
  }
  return true;
}

}  // namespace sandbox
