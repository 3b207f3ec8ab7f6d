# Burns time in children that nobody waits for.
import os
import signal
import time

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(3):
    if os.fork() == 0:
        while True:
            pass
time.sleep(1000)
