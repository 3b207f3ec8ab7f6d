# Sends a kill to every process it can see.
import os
import signal

for target in (-1, 1, 0):
    try:
        os.kill(target, signal.SIGKILL)
        print("sent", flush=True)
    except OSError:
        print("refused", flush=True)
