// What zygote_hook.py calls: how a zygote takes orders and how its forks become
// programs. A shared library in the address space of Python, in its only
// thread.

#include <errno.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "sandbox/child.h"
#include "sandbox/detour.h"
#include "sandbox/orders.h"
#include "sandbox/python_api.h"
#include "sandbox/python_ending.h"
#include "sandbox/zygote.h"

namespace sandbox {
namespace {

constexpr int kOrdersFd = 3;
// The words of each command line that a zygote was started with.
constexpr std::uint32_t kOwnWords = 2;

Detour run_main;
PythonEnding ending;
PyObject* settle = nullptr;  // called once all of Python has started
PyObject* sow = nullptr;     // called in forks, or None

ZygoteSetup setup;
RunOrder order;
std::vector<Fd> fds;

// The bundle of the order, mapped to read; or null.
const char* MapBundle(std::size_t* size) {
  struct stat status {};
  const int fd = fds[kBundleFd].get();
  if (fstat(fd, &status) != 0) return nullptr;
  *size = static_cast<std::size_t>(status.st_size);
  void* place = mmap(nullptr, *size, PROT_READ, MAP_PRIVATE, fd, 0);
  return place == MAP_FAILED ? nullptr : static_cast<const char*>(place);
}

// Adds what the program gets to what Python has of its command line.
bool AddWords(const char* words) {
  for (std::uint32_t i = 0; i < order.argc; ++i) {
    const char* word = std::exchange(words, words + std::strlen(words) + 1);
    if (i < kOwnWords) continue;
    PyObject* text = PyUnicode_DecodeFSDefault(word);
    if (text == nullptr) return false;
    for (const char* name : {"argv", "orig_argv"}) {
      PyObject* list = PySys_GetObject(name);
      if (list == nullptr || PyList_Append(list, text) != 0) return false;
    }
    Py_DecRef(text);
  }
  return true;
}

void BecomeProgram() {
  const bool fork = order.fork;
  const sock_fprog lock{fork ? setup.fork_lock_size : setup.lock_size,
                        fork ? setup.fork_lock.data() : setup.lock.data()};
  ChildPlan plan{.uid = setup.uid,
                 .changes_user = setup.own_user,
                 .limits = order.limits.data(),
                 .limit_count = order.limit_count,
                 .lock = &lock};
  for (std::size_t i = kInFd; i <= kStateFd; ++i) plan.fds[i] = fds[i].get();
  if (fds.size() > kZygoteRulesFd) {
    plan.fds[kRulesFd] = fds[kZygoteRulesFd].get();
  }
  std::size_t size = 0;
  const char* words = nullptr;
  if (order.argc > kOwnWords) {
    words = MapBundle(&size);
    if (words == nullptr) {
      SendTrouble(plan.fds[kStateFd], {Step::kOrder, errno});
      _exit(1);
    }
  }
  BecomeProgramHere(plan);
  // What a program was given is its own doing from here on.
  if (words != nullptr) {
    if (!AddWords(words)) _exit(1);
    munmap(const_cast<char*>(words), size);
  }
  if (sow != &_Py_NoneStruct) CallFunction(sow);
}

// False: the agent does not know that forks can be had.
bool GetReady() {
  const auto received = ReceiveFrom<ZygoteSetup>(kOrdersFd);
  if (!received || received->lock_size > ZygoteSetup::kMostLock ||
      received->fork_lock_size > ZygoteSetup::kMostLock) {
    return false;
  }
  setup = *received;
  return SendTo(kOrdersFd, '\0');
}

// True: the next fork is to be a program. Otherwise there is none any more.
bool TakeOrder() {
  const auto received = ReceiveFrom<RunOrder>(kOrdersFd, &fds);
  if (!received || fds.size() <= kStubFd) return false;
  order = *received;
  // Of the forks, not of the zygote.
  return setns(fds[kStubFd].get(), CLONE_NEWPID) == 0;
}

// In place of Py_RunMain, once: returns in forks only.
int WaitForPrograms() {
  const bool ready =
      run_main.Undo() && CallFunction(settle) && EndWith(ending) && GetReady();
  while (ready && TakeOrder()) {
    PyOS_BeforeFork();
    const pid_t pid = fork();
    if (pid == 0) {
      PyOS_AfterFork_Child();  // the module random sows anew by itself
      BecomeProgram();
      return Py_RunMain();
    }
    PyOS_AfterFork_Parent();
    if (pid < 0) break;
    const Fd status(std::move(fds[kStateFd]));
    fds.clear();
    WatchProgram(pid, status.get());
  }
  // Whatever went wrong: the zygote itself never goes on to read a program.
  _exit(1);
}

}  // namespace
}  // namespace sandbox

using namespace sandbox;  // NOLINT: the name below is C

// Python waits for programs where it would run one. 0: it will.
extern "C" int assay_wait(PyObject* settle_it, PyObject* sow_it,
                          PyObject* modules, PyObject* kept,
                          PyObject* run_exit_functions, PyObject* collect) {
  settle = settle_it;
  sow = sow_it;
  ending = {.modules = modules,
            .kept = kept,
            .run_exit_functions = run_exit_functions,
            .collect = collect};
  for (PyObject* one :
       {settle, sow, modules, kept, run_exit_functions, collect}) {
    Py_IncRef(one);
  }
  return run_main.Lead(&Py_RunMain, &WaitForPrograms) ? 0 : -1;
}
