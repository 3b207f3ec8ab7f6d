# Writes below /usr and at the root.
import errno
import os
import sys

seen = set()
for path in ("/usr/x", "/usr/lib/x", os.__file__, sys.executable, "/x", "/dev/x",
             "/bin/sh"):
    try:
        open(path, "w")
        seen.add(path)
    except OSError as error:
        seen.add(errno.errorcode[error.errno])
print(*sorted(seen))
