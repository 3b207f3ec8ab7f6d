# Fills memory that may not be written to when the kernel counts it, and memory
# that grows like a stack.
import ctypes
import mmap

BYTES = 16 << 20
GROWS_DOWN = 0x100
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
for i in range(256):
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | GROWS_DOWN * (i % 2)
    place = libc.mmap(None, ctypes.c_size_t(BYTES),
                      mmap.PROT_READ | mmap.PROT_WRITE, flags, -1,
                      ctypes.c_long(0))
    if place == ctypes.c_void_p(-1).value:
        break
    libc.memset(place, 1, BYTES)
    libc.mprotect(place, BYTES, mmap.PROT_READ)
print(i, "of 256")
