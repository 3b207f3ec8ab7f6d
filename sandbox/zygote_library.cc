// What zygote_hook.py calls: how a zygote takes orders and how its forks become
// programs. A shared library in the address space of Python. Its functions are
// called by one thread, in the order in which the hook has them.

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "sandbox/child.h"
#include "sandbox/orders.h"
#include "sandbox/zygote.h"

// Of the Python that loads this; its headers need not be there to build it.
extern "C" {
struct PyObject;
extern PyObject _Py_NoneStruct;
PyObject* PySys_GetObject(const char* name);  // borrowed
PyObject* PyObject_GetAttrString(PyObject* object, const char* name);
PyObject* PyObject_CallMethod(PyObject* object, const char* name,
                              const char* format, ...);
PyObject* PyObject_CallObject(PyObject* function, PyObject* arguments);
int PyObject_IsTrue(PyObject* object);
void PyErr_Clear();
void PyErr_WriteUnraisable(PyObject* object);
void Py_IncRef(PyObject* object);
void Py_DecRef(PyObject* object);
int Py_FinalizeEx();
}

namespace sandbox {
namespace {

constexpr int kOrdersFd = 3;

// What the end of a program calls, in this order.
PyObject* end_threads = nullptr;
PyObject* run_exit_functions = nullptr;
PyObject* forget_modules = nullptr;

ZygoteSetup setup;
RunOrder order;
std::vector<Fd> fds;
const char* words = nullptr;  // argc of them, each with a NUL
std::size_t words_size = 0;

bool MapWords(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return false;
  words_size = static_cast<std::size_t>(status.st_size);
  void* place = mmap(nullptr, words_size, PROT_READ, MAP_PRIVATE, fd, 0);
  words = place == MAP_FAILED ? nullptr : static_cast<const char*>(place);
  return words != nullptr;
}

void CallFunction(PyObject* function) {
  PyObject* answer = PyObject_CallObject(function, nullptr);
  if (answer == nullptr) {
    PyErr_WriteUnraisable(function);
  } else {
    Py_DecRef(answer);
  }
}

bool IsClosed(PyObject* stream) {
  PyObject* closed = PyObject_GetAttrString(stream, "closed");
  const int is_true = closed == nullptr ? -1 : PyObject_IsTrue(closed);
  if (is_true < 0) PyErr_Clear();
  if (closed != nullptr) Py_DecRef(closed);
  return is_true > 0;
}

bool Flush(const char* name, bool says_why) {
  PyObject* stream = PySys_GetObject(name);
  if (stream == nullptr || stream == &_Py_NoneStruct || IsClosed(stream)) {
    return true;
  }
  PyObject* answer = PyObject_CallMethod(stream, "flush", nullptr);
  if (answer != nullptr) {
    Py_DecRef(answer);
    return true;
  }
  if (says_why) {
    PyErr_WriteUnraisable(stream);
  } else {
    PyErr_Clear();
  }
  return false;
}

bool FlushStreams(bool says_why) {
  const bool out = Flush("stdout", says_why);
  return Flush("stderr", false) && out;
}

// In place of Py_FinalizeEx; zygote_hook.py says why. The order is Python's.
int Finalize() {
  CallFunction(end_threads);
  CallFunction(run_exit_functions);
  const bool flushed = FlushStreams(true);
  CallFunction(forget_modules);
  FlushStreams(false);
  return flushed ? 0 : -1;
}

// Calls of `function` go to `replacement` from here on.
bool Replace(int (*function)(), int (*replacement)()) {
  // mov rax, replacement; jmp rax
  unsigned char code[] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};
  std::memcpy(code + 2, &replacement, sizeof(replacement));
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto address = reinterpret_cast<std::uintptr_t>(function);
  const std::uintptr_t begin = address / page * page;
  const std::size_t size = address + sizeof(code) - begin;
  auto* place = reinterpret_cast<void*>(begin);
  if (mprotect(place, size, PROT_READ | PROT_WRITE) != 0) return false;
  std::memcpy(reinterpret_cast<void*>(address), code, sizeof(code));
  return mprotect(place, size, PROT_READ | PROT_EXEC) == 0;
}

}  // namespace
}  // namespace sandbox

using namespace sandbox;  // NOLINT: the names below are C

extern "C" {

// Programs that are forked from here on end with calls of these. 0: it is so.
int assay_end_with(PyObject* threads, PyObject* exit_functions,
                   PyObject* modules) {
  for (PyObject* one : {threads, exit_functions, modules}) Py_IncRef(one);
  end_threads = threads;
  run_exit_functions = exit_functions;
  forget_modules = modules;
  return Replace(&Py_FinalizeEx, &Finalize) ? 0 : -1;
}

// 0: the agent knows that forks can be had.
int assay_ready() {
  const auto received = ReceiveFrom<ZygoteSetup>(kOrdersFd);
  if (!received || received->lock_size > ZygoteSetup::kMostLock ||
      received->fork_lock_size > ZygoteSetup::kMostLock) {
    return -1;
  }
  setup = *received;
  return SendTo(kOrdersFd, '\0') ? 0 : -1;
}

// 0: the next fork is to be a program. Otherwise there is none any more.
int assay_next() {
  const auto received = ReceiveFrom<RunOrder>(kOrdersFd, &fds);
  if (!received || fds.size() <= kStubFd) return -1;
  order = *received;
  // Of the forks, not of the zygote.
  return setns(fds[kStubFd].get(), CLONE_NEWPID);
}

// In the zygote: waits for the end of the fork, and reports it.
void assay_watch(int pid) {
  const Fd status(std::move(fds[kStateFd]));
  fds.clear();
  WatchProgram(pid, status.get());
}

// In the fork: it is the program from here on, or ends with a report.
void assay_become() {
  const bool mapped = MapWords(fds[kBundleFd].get());
  const int error = errno;
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
  if (!mapped) {
    SendTrouble(plan.fds[kStatusFd], {Step::kOrder, error});
    _exit(1);
  }
  BecomeProgramHere(plan);
}

// The word of the command line at `index`, or null behind the last.
const char* assay_word(int index) {
  if (index < 0 || static_cast<std::uint32_t>(index) >= order.argc) {
    return nullptr;
  }
  const char* word = words;
  for (int i = 0; i < index; ++i) word += std::strlen(word) + 1;
  return word;
}

// Nothing is left that the program could not make itself.
void assay_forget() {
  munmap(const_cast<char*>(words), words_size);
  words = nullptr;
}

}  // extern "C"
