# Asks whether it may signal the init of its namespace.
import os

try:
    os.kill(1, 0)
    print("may")
except PermissionError:
    print("may not")
