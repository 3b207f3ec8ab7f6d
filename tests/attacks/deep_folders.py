# Makes folders in folders until it is refused.
import errno
import os

depth = 0
try:
    while True:
        os.mkdir("d" * 100)
        os.chdir("d" * 100)
        depth += 1
except OSError as error:
    print(errno.errorcode[error.errno], depth <= 4096)
