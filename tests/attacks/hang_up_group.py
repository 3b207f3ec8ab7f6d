# Joins the process group of whoever leads the session, leaves a stopped child
# there, and ends: on a group that is orphaned so, the kernel hangs up.
import os
import signal

try:
    os.setpgid(0, os.getsid(0))
except PermissionError:
    pass
child = os.fork()
if child == 0:
    os.kill(os.getpid(), signal.SIGSTOP)
os.waitpid(child, os.WUNTRACED)
print("done")
