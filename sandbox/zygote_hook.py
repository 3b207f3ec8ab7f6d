"""Makes a Python that has started a zygote, of which programs are forks.

Python imports this as `sitecustomize` on its way to /w/main.py. It goes on as
always until it would run that; there it waits, and forks (zygote_library.cc).
Each fork is a program that has yet to be read: Python reads it and ends with it
as always, but for one thing. Taking the interpreter apart would write to each
page that the fork shares with its zygote, which costs more than all the rest,
so Py_FinalizeEx is replaced by one that does what a program can see of it:
threads, atexit, flushing, and the end of every object that is not the zygote's.
"""


def _prepare():
    import atexit
    import ctypes
    import gc
    import os
    import sys

    modules = sys.modules
    sow = None
    # What many programs import.
    for name in ("bisect", "collections", "copy", "datetime", "functools",
                 "heapq", "itertools", "json", "math", "operator", "random",
                 "re", "string", "time", "typing"):
        __import__(name)
    if os.environ.pop("ASSAY_NUMPY", None):
        try:
            import numpy
            sow = numpy.random.seed
        except ImportError:
            pass

    def settle():
        # No trace of the hook.
        for name in [name for name in modules if name == "sitecustomize" or
                     sow is None and name.split(".")[0] in hidden]:
            del modules[name]
        kept.update(modules)
        del kept["__main__"]
        gc.collect()
        gc.freeze()
        # A module that is not frozen, for the collector to find its objects.
        main = type(sys)("__main__")
        main.__dict__.update(modules["__main__"].__dict__)
        modules["__main__"] = main
        os.chdir("/")  # where there is no main.py; forks enter /w

    hidden = ("ctypes", "_ctypes")
    kept = {}
    for name in ("PYTHONPATH", "LD_BIND_NOW"):
        del os.environ[name]
    sys.path.remove("/w")
    sys.path_importer_cache.pop("/w", None)
    library = ctypes.CDLL("/w/zygote.so")
    if library.assay_wait(*map(ctypes.py_object, (
            settle, sow, modules, kept, atexit._run_exitfuncs, gc.collect))):
        os._exit(1)


try:
    _prepare()
except BaseException:
    # Whatever went wrong: the zygote itself never goes on to read a program.
    import os
    os._exit(1)
del _prepare
