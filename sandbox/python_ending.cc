#include "sandbox/python_ending.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "sandbox/detour.h"

namespace sandbox {
namespace {

PythonEnding with;
Detour finalize;
unsigned long long loaded_by_zygote = 0;

// What was raised is said, where nobody can catch it.
bool Finish(PyObject* answer, PyObject* of) {
  if (answer == nullptr) {
    PyErr_WriteUnraisable(of);
    return false;
  }
  Py_DecRef(answer);
  return true;
}

void EndThreads() {
  PyObject* threading = PyDict_GetItemString(with.modules, "threading");
  if (threading == nullptr) return;
  Py_IncRef(threading);
  Finish(PyObject_CallMethod(threading, "_shutdown", nullptr), threading);
  Py_DecRef(threading);
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
  if (says_why || answer != nullptr) return Finish(answer, stream);
  PyErr_Clear();
  return false;
}

bool FlushStreams(bool says_why) {
  const bool out = Flush("stdout", says_why);
  return Flush("stderr", false) && out;
}

// Without a reference to those that are the zygote's: a count that changes is a
// page that is copied.
std::vector<PyObject*> NamesOfModules() {
  std::vector<PyObject*> names;
  ssize_t place = 0;
  PyObject* name = nullptr;
  PyObject* module = nullptr;
  while (PyDict_Next(with.modules, &place, &name, &module) != 0) {
    if (PyDict_GetItem(with.kept, name) == module) continue;
    Py_IncRef(name);
    names.push_back(name);
  }
  return names;
}

void ForgetModules() {
  for (PyObject* name : NamesOfModules()) {
    if (PyDict_DelItem(with.modules, name) != 0) PyErr_Clear();
    Py_DecRef(name);
  }
  for (const auto& [name, first] :
       {std::pair("stdin", "__stdin__"), std::pair("stdout", "__stdout__"),
        std::pair("stderr", "__stderr__")}) {
    PyObject* stream = PySys_GetObject(first);
    PySys_SetObject(name, stream == nullptr ? &_Py_NoneStruct : stream);
  }
  CallFunction(with.collect);
}

// In the order of Py_FinalizeEx.
int Finalize() {
  EndThreads();
  CallFunction(with.run_exit_functions);
  const bool flushed = FlushStreams(true);
  ForgetModules();
  FlushStreams(false);
  return flushed ? 0 : -1;
}

// How many objects this process has loaded.
unsigned long long Loaded() {
  unsigned long long loaded = 0;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* result) {
        *static_cast<unsigned long long*>(result) = info->dlpi_adds;
        return 1;
      },
      &loaded);
  return loaded;
}

// `exit` calls it before the ends of what the zygote had loaded, which write to
// pages of each and do nothing that can be seen.
void EndProcess(int code, void*) {
  if (Loaded() != loaded_by_zygote) return;
  fflush(nullptr);
  _exit(code);
}

}  // namespace

bool CallFunction(PyObject* function) {
  return Finish(PyObject_CallObject(function, nullptr), function);
}

bool EndWith(const PythonEnding& ending) {
  with = ending;
  loaded_by_zygote = Loaded();
  return finalize.Lead(&Py_FinalizeEx, &Finalize) &&
         on_exit(&EndProcess, nullptr) == 0;
}

}  // namespace sandbox
