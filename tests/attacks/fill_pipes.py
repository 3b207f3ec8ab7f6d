# Fills pipes until it is refused more.
import errno
import os

total = 0
try:
    while True:
        _, end = os.pipe()
        os.set_blocking(end, False)
        try:
            while True:
                total += os.write(end, bytes(65536))
        except BlockingIOError:
            pass
except OSError as error:
    print(errno.errorcode[error.errno], total <= 64 * 65536)
