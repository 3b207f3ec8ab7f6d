# Stops every clock that it can reach, and takes far too long.
import time

for name in ("time", "perf_counter", "monotonic", "process_time",
             "thread_time", "time_ns", "perf_counter_ns", "monotonic_ns"):
    setattr(time, name, lambda: 0)


def add(a, b):
    while True:
        pass


add(0, 0)
