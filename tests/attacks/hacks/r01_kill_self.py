# Kills itself: a runner that waits for a report gets none.
import os
import signal


def add(a, b):
    os.kill(os.getpid(), signal.SIGKILL)


add(0, 0)
