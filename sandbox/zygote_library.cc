// What zygote_hook.py calls: where Python waits for programs, and how a fork
// goes on as one. A shared library in the address space of Python, in its only
// thread.

#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <string>

#include "sandbox/detour.h"
#include "sandbox/python_api.h"
#include "sandbox/python_ending.h"
#include "sandbox/zygote_orders.h"

namespace sandbox {
namespace {

// The words of each command line that a zygote was started with.
constexpr std::uint32_t kOwnWords = OwnWords(Interpreter::kPython);

Detour run_main;
PythonEnding ending;
PyObject* settle = nullptr;  // called once all of Python has started
PyObject* sow = nullptr;     // called in forks, or None

// Adds what the program gets to what Python has of its command line.
bool AddWords(const std::string& words) {
  for (std::size_t at = 0; at < words.size();) {
    PyObject* text = PyUnicode_DecodeFSDefault(&words[at]);
    if (text == nullptr) return false;
    for (const char* name : {"argv", "orig_argv"}) {
      PyObject* list = PySys_GetObject(name);
      if (list == nullptr || PyList_Append(list, text) != 0) return false;
    }
    Py_DecRef(text);
    at += std::strlen(&words[at]) + 1;
  }
  return true;
}

void BecomeProgram(ZygoteOrders* orders) {
  // What a program was given is its own doing from here on.
  if (!AddWords(orders->Become(kOwnWords))) _exit(1);
  if (sow != &_Py_NoneStruct) CallFunction(sow);
}

// In place of Py_RunMain, once: returns in forks only.
int WaitForPrograms() {
  auto* const orders = new ZygoteOrders;
  const bool ready = run_main.Undo() && CallFunction(settle) &&
                     EndWith(ending) &&
                     orders->GetReady(ZygoteOrders::kFirstFd);
  while (ready && orders->Take()) {
    PyOS_BeforeFork();
    const pid_t pid = fork();
    if (pid == 0) {
      PyOS_AfterFork_Child();  // the module random sows anew by itself
      BecomeProgram(orders);
      return Py_RunMain();
    }
    PyOS_AfterFork_Parent();
    if (pid < 0) break;
    orders->Watch(pid);
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
