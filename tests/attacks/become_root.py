# Changes its user and its capabilities.
import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
seen = set()
for action in (lambda: os.setuid(0), lambda: os.setgid(0),
               lambda: os.setgroups([0]), lambda: os.setresuid(0, 0, 0),
               lambda: os.chown("/w", 0, 0), lambda: os.nice(-5)):
    try:
        action()
        seen.add("ok")
    except OSError as error:
        seen.add(errno.errorcode[error.errno])
print(*sorted(seen), os.getuid() != 0)
