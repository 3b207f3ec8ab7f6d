# A grandchild keeps writing after its parent has ended.
import os

if os.fork() == 0:
    if os.fork() == 0:
        while True:
            try:
                os.write(2, b"x")
            except OSError:
                pass
    os._exit(0)
os.wait()
print("done", flush=True)
os._exit(0)
