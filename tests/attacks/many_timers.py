# Makes timers until it is refused.
import ctypes
import errno

libc = ctypes.CDLL(None, use_errno=True)
timer = ctypes.c_int()
count = 0
while libc.syscall(ctypes.c_long(222), 1, None, ctypes.byref(timer)) == 0:
    count += 1
print(errno.errorcode[ctypes.get_errno()], count <= 128)
