# Overflows the stack of the interpreter.
import ctypes

CALLBACK = ctypes.CFUNCTYPE(None)


@CALLBACK
def again():
    again()


import sys

sys.setrecursionlimit(1 << 30)
again()
