# A child stops its parent, and sleeps.
import os
import signal
import time

parent = os.getpid()
if os.fork() == 0:
    os.kill(parent, signal.SIGSTOP)
time.sleep(1000)
