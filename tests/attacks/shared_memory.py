# Asks for memory that no limit of one process counts.
import ctypes
import errno
import mmap
import os

seen = set()
try:
    mmap.mmap(-1, 1 << 30)
    seen.add("mapped")
except OSError as error:
    seen.add(errno.errorcode[error.errno])
try:
    os.memfd_create("x")
    seen.add("memfd")
except OSError as error:
    seen.add(errno.errorcode[error.errno])
libc = ctypes.CDLL(None, use_errno=True)
seen.add("shm" if libc.shmget(0, 1 << 30, 0o1600) >= 0 else
         errno.errorcode[ctypes.get_errno()])
print(*sorted(seen), os.path.exists("/dev/zero"), os.path.exists("/dev/shm"))
