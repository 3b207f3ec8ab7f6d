// What makes a Node a zygote: loaded before all else into a Node that starts
// (LD_PRELOAD), it waits for programs where Node first looks for its main file,
// and forks. Functions of the C library that Node calls on the way there are
// replaced, to know what a fork needs anew; in a fork they do what they always
// do.

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "sandbox/kept_descriptors.h"
#include "sandbox/kept_threads.h"
#include "sandbox/node_script.h"
#include "sandbox/raw_call.h"
#include "sandbox/zygote_orders.h"

asm(".pushsection .rodata\n"
    "assay_script_begin:\n"
    ".incbin \"" ASSAY_NODE_SCRIPT
    "\"\n"
    "assay_script_end:\n"
    ".popsection\n");
extern "C" __attribute__((visibility("hidden")))
const char assay_script_begin[];
extern "C" __attribute__((visibility("hidden"))) const char assay_script_end[];

namespace sandbox {
namespace {

// The words of each command line that a zygote was started with: the last one
// is the main file.
constexpr int kOwnWords = OwnWords(Interpreter::kNode);
// Where the agent's socket is out of Node's way: its numbers are then those of
// a Node that starts afresh.
constexpr int kSocketFd = 100;

std::string* main_file = nullptr;  // "/w/main.js"
std::atomic<bool> waits = true;    // this is no fork yet
pthread_t main_thread;

[[gnu::constructor]] void Prepare(int argc, char** argv) {
  unsetenv("LD_PRELOAD");
  unsetenv("LD_BIND_NOW");
  main_thread = pthread_self();
  if (argc != kOwnWords ||
      fcntl(ZygoteOrders::kFirstFd, F_DUPFD_CLOEXEC, kSocketFd) != kSocketFd) {
    _exit(1);
  }
  close(ZygoteOrders::kFirstFd);
  main_file = new std::string(std::string("/w/") + argv[kOwnWords - 1]);
}

void SowRandom(NodeScript* script) {
  std::uint32_t seed = 0;
  Call(SYS_getrandom, &seed, sizeof(seed), 0);
  seed = (seed & INT32_MAX) | 1;  // 0 is none
  script->SetFlag("--random-seed=" + std::to_string(seed));
}

// In a fork that has become the program.
bool GoOn(NodeScript* script, const std::string& words) {
  if (!RestoreDescriptors() || !StartThreads()) return false;
  SowRandom(script);
  const bool done = script->Call(std::to_string(getpid()) + '\0' + words);
  script->SetFlag("--random-seed=0");
  return done;
}

// Returns in forks only.
void WaitForPrograms() {
  NodeScript script;
  auto* const orders = new ZygoteOrders;
  const bool ready =
      script.Load({assay_script_begin, assay_script_end}) && StopThreads() &&
      SaveDescriptors(kSocketFd) &&
      chdir("/") == 0 &&  // /w is not ours to hold; forks enter it
      orders->GetReady(kSocketFd);
  waits = false;
  while (ready && orders->Take()) {
    const long pid = ForkStopped();
    if (pid == 0) {
      // As Node ends where it cannot have these.
      if (!GoOn(&script, orders->Become(kOwnWords))) abort();
      return;
    }
    if (pid < 0) break;
    orders->Watch(pid);
  }
  // Whatever went wrong: the zygote itself never goes on to read a program.
  _exit(1);
}

void Look(const char* path) {
  if (!waits || path == nullptr || main_file == nullptr || *main_file != path ||
      pthread_self() != main_thread) {
    return;
  }
  WaitForPrograms();
}

long AnswerOf(long result) {
  if (result >= 0 || result < -4095) return result;
  errno = static_cast<int>(-result);
  return -1;
}

}  // namespace
}  // namespace sandbox

using namespace sandbox;  // NOLINT: the names below are C

extern "C" {

// syscall of the C library, by which libuv asks for statx.
long assay_syscall(long number, long a, long b, long c, long d, long e,
                   long f) __asm__("syscall");
long assay_syscall(long number, long a, long b, long c, long d, long e,
                   long f) {
  if (number == SYS_statx) Look(reinterpret_cast<const char*>(b));
  register long fourth asm("r10") = d;
  register long fifth asm("r8") = e;
  register long sixth asm("r9") = f;
  long result = number;
  asm volatile("syscall"
               : "+a"(result)
               : "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth), "r"(sixth)
               : "rcx", "r11", "memory");
  return AnswerOf(result);
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                   void* (*routine)(void*), void* argument) noexcept {
  return CreateThread(thread, attributes, routine, argument);
}

int epoll_create1(int flags) noexcept { return MakeEpoll(flags); }

int epoll_ctl(int epoll, int operation, int fd, epoll_event* event) noexcept {
  return ChangeEpoll(epoll, operation, fd, event);
}

int eventfd(unsigned count, int flags) noexcept {
  return MakeEvent(count, flags);
}

// V8 keeps its heap from forks, for which it has no use in most programs.
int madvise(void* place, std::size_t size, int advice) noexcept {
  if (advice == MADV_DONTFORK && waits) return 0;
  return static_cast<int>(AnswerOf(Call(SYS_madvise, place, size, advice)));
}

int pipe2(int* ends, int flags) noexcept { return MakePipe(ends, flags); }
}
