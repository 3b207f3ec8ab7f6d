# Kills its parent, whoever that is.
import os
import signal

os.setpgid(0, 0) if os.getpgid(0) != os.getpid() else None
if os.getppid() > 0:
    os.kill(os.getppid(), signal.SIGKILL)
print("alive")
