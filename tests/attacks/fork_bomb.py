# Forks for ever.
import os

refused = 0
while True:
    try:
        os.fork()
    except OSError:
        refused += 1
        if refused == 1000:
            break
print("refused", flush=True)
