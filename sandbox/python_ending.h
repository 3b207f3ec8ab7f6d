// PythonEnding: how a program ends that is a fork of a zygote, in place of
// Py_FinalizeEx and of what `exit` does last. zygote_hook.py says why. In the
// address space of Python; its only thread.

#ifndef SANDBOX_PYTHON_ENDING_H_
#define SANDBOX_PYTHON_ENDING_H_

#include "sandbox/python_api.h"

namespace sandbox {

// Calls `function` without arguments; what it raises is said on stderr. False:
// it raised something.
bool CallFunction(PyObject* function);

// What an ending needs of Python. Each is held for ever.
struct PythonEnding {
  PyObject* modules = nullptr;             // sys.modules
  PyObject* kept = nullptr;                // of these, the zygote's
  PyObject* run_exit_functions = nullptr;  // of the module atexit
  PyObject* collect = nullptr;             // gc.collect
};

// Forks end so from here on. False: it cannot be had.
// Requires: the zygote loads nothing any more.
[[nodiscard]] bool EndWith(const PythonEnding& ending);

}  // namespace sandbox

#endif  // SANDBOX_PYTHON_ENDING_H_
