# Maps memory that it does not touch, locks it, and fills it at once.
import ctypes
import errno
import mmap

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_long
FLAGS = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS


def attempt(size, flags):
    place = libc.mmap(None, ctypes.c_size_t(size), mmap.PROT_READ |
                      mmap.PROT_WRITE, flags, -1, ctypes.c_long(0))
    return "ok" if place != -1 else errno.errorcode[ctypes.get_errno()]


print(attempt(100 << 30, FLAGS))
print(attempt(100 << 30, FLAGS | 0x4000))  # MAP_NORESERVE
print(attempt(1 << 30, FLAGS | 0x8000))  # MAP_POPULATE
print(attempt(1 << 21, FLAGS | 0x40000))  # MAP_HUGETLB
print(libc.mlock(ctypes.create_string_buffer(4096), 4096),
      errno.errorcode[ctypes.get_errno()])
