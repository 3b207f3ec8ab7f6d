# The first thread ends alone, and another one is busy.
import ctypes
import threading


def work():
    while True:
        pass


threading.Thread(target=work).start()
ctypes.CDLL(None).syscall(60, 0)
