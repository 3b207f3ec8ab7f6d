# Never says anything, and uses no time.
import threading


def add(a, b):
    threading.Event().wait()


add(0, 0)
