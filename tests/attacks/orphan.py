# A grandchild in a session of its own holds standard output open.
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(1000)
    os._exit(0)
print("done", flush=True)
os._exit(0)
