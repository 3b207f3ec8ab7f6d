# Opens a performance counter.
import ctypes
import errno

libc = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return "ok" if result >= 0 else errno.errorcode[ctypes.get_errno()]


print(call(298, 0, 0, -1, -1, 0), flush=True)
