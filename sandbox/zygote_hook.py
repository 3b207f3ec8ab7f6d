"""Holds a Python that has started, and forks the programs from it.

Python imports this as `sitecustomize` on its way to /w/main.py. It returns from
here in forks only, each of which is a program that has yet to be read: Python
reads it and ends with it as always, but for one thing. Taking the interpreter
apart would write to each page that the fork shares with its zygote, which costs
more than all the rest, so Py_FinalizeEx is replaced by one that does what a
program can see of it: threads, atexit, flushing, and the end of every object
that is not the zygote's.
"""


def _fork():
    import atexit
    import ctypes
    import gc
    import os
    import sys

    library = ctypes.CDLL("/w/zygote.so")
    library.assay_word.restype = ctypes.c_char_p
    collect = gc.collect
    modules = sys.modules
    numpy = None
    # What many programs import.
    for name in ("bisect", "collections", "copy", "datetime", "functools",
                 "heapq", "itertools", "json", "math", "operator", "random",
                 "re", "string", "time", "typing"):
        __import__(name)
    if os.environ.pop("ASSAY_NUMPY", None):
        try:
            import numpy
        except ImportError:
            pass

    def end_threads():
        if "threading" in modules:
            modules["threading"]._shutdown()

    def forget_modules():
        for name in [name for name, module in modules.items()
                     if kept.get(name) is not module]:
            modules.pop(name, None)
        for name in ("stdin", "stdout", "stderr"):
            setattr(sys, name, getattr(sys, f"__{name}__", None))
        collect()

    # No trace of the hook.
    del os.environ["PYTHONPATH"]
    sys.path.remove("/w")
    sys.path_importer_cache.pop("/w", None)
    library.assay_end_with(*map(ctypes.py_object, (
        end_threads, atexit._run_exitfuncs, forget_modules)))
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))
    if numpy is None:
        for name in [name for name in modules
                     if name.split(".")[0] in ("ctypes", "_ctypes")]:
            del modules[name]
    kept = {name: module for name, module in modules.items()
            if name != "__main__"}
    collect()
    gc.freeze()
    os.chdir("/")  # where there is no main.py; forks enter /w
    if library.assay_ready() != 0:
        os._exit(1)
    while True:
        if library.assay_next() != 0:
            os._exit(0)
        pid = os.fork()  # the module random sows anew by itself
        if pid == 0:
            break
        library.assay_watch(pid)
    library.assay_become()
    place = 0
    words = []
    while (word := library.assay_word(place)) is not None:
        words.append(os.fsdecode(word))
        place += 1
    sys.argv[1:] = words[2:]
    sys.orig_argv[:] = words
    library.assay_forget()
    # A module that is not frozen, for the collector to find its objects.
    main = type(sys)("__main__")
    main.__dict__.update(modules["__main__"].__dict__)
    modules["__main__"] = main
    if numpy is not None:
        numpy.random.seed()


try:
    _fork()
except BaseException:
    # Whatever went wrong: the zygote itself never goes on to read a program.
    import os
    os._exit(1)
del _fork
