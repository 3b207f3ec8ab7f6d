// What the Python that loads zygote_library.cc offers to it: declared here, so
// that its headers need not be there to build it. Part of its stable interface,
// but for PyOS_*, which are public since 3.7, and Py_RunMain, since 3.8.

#ifndef SANDBOX_PYTHON_API_H_
#define SANDBOX_PYTHON_API_H_

#include <sys/types.h>

extern "C" {
struct PyObject;
extern PyObject _Py_NoneStruct;

void Py_IncRef(PyObject* object);
void Py_DecRef(PyObject* object);

// What they return is borrowed.
PyObject* PySys_GetObject(const char* name);
PyObject* PyDict_GetItem(PyObject* dict, PyObject* key);
PyObject* PyDict_GetItemString(PyObject* dict, const char* key);
int PyDict_Next(PyObject* dict, ssize_t* place, PyObject** key,
                PyObject** value);

PyObject* PyObject_GetAttrString(PyObject* object, const char* name);
PyObject* PyObject_CallMethod(PyObject* object, const char* name,
                              const char* format, ...);
PyObject* PyObject_CallObject(PyObject* function, PyObject* arguments);
int PyObject_IsTrue(PyObject* object);
int PyDict_DelItem(PyObject* dict, PyObject* key);
int PyList_Append(PyObject* list, PyObject* object);
int PySys_SetObject(const char* name, PyObject* object);
PyObject* PyUnicode_DecodeFSDefault(const char* text);

void PyErr_Clear();
void PyErr_WriteUnraisable(PyObject* object);

void PyOS_BeforeFork();
void PyOS_AfterFork_Parent();
void PyOS_AfterFork_Child();
int Py_RunMain();
int Py_FinalizeEx();
}

#endif  // SANDBOX_PYTHON_API_H_
