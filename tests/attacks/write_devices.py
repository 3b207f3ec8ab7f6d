# Writes to devices. Into /dev/urandom it would be for all of the machine.
import errno

for name in ("null", "full", "urandom", "random"):
    try:
        with open(f"/dev/{name}", "wb", buffering=0) as file:
            file.write(b"x")
        print("ok")
    except OSError as error:
        print(errno.errorcode[error.errno])
