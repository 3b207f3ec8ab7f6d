# Opens descriptors until it is refused.
import errno
import os

number = 0
try:
    while True:
        os.pipe()
        number += 1
except OSError as error:
    print(errno.errorcode[error.errno], number < 128)
