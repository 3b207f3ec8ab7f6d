# Makes files until it is refused.
import errno

number = 0
try:
    while True:
        open(f"/w/{number}", "w").close()
        number += 1
except OSError as error:
    print(errno.errorcode[error.errno], number <= 4096)
