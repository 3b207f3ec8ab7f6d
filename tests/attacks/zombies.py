# Leaves children that it never reaps.
import os

made = 0
while True:
    try:
        if os.fork() == 0:
            os._exit(0)
        made += 1
    except OSError:
        break
print("bounded" if made < 200 else made, flush=True)
