# Grows one file without end.
import errno
import os

fd = os.open("/w/big", os.O_CREAT | os.O_RDWR)
for action in (lambda: os.ftruncate(fd, 1 << 40),
               lambda: os.pwrite(fd, b"x", 1 << 40)):
    try:
        action()
        print("grew")
    except OSError as error:
        print(errno.errorcode[error.errno])
