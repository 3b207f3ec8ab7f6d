# A child that has left the session keeps the output open and goes on writing.
import os
import time

if os.fork() == 0:
    os.setsid()
    while True:
        os.write(1, b"late\n")
        time.sleep(0.01)
time.sleep(0.05)
