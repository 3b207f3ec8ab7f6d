# Children burn time that is not counted for a parent who ignores their end.
import os
import signal

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(4):
    if os.fork() == 0:
        while True:
            pass
while True:
    pass
