# Fills every folder that can be written.
import errno

for folder in ("/w", "/tmp"):
    total, number = 0, 0
    try:
        while True:
            with open(f"{folder}/{number}", "wb", buffering=0) as file:
                while True:
                    total += file.write(bytes(1 << 20))
                    if file.tell() >= 16 << 20:
                        break
            number += 1
    except OSError as error:
        print(errno.errorcode[error.errno], total <= 64 << 20)
