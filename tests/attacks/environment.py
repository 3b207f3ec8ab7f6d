# Prints what might tell one host or run from another.
import os

print(os.uname().nodename, os.getpid(), os.getcwd(), sorted(os.environ))
