# Sends every signal to the init of its namespace.
import os

for number in range(1, 65):
    try:
        os.kill(1, number)
    except OSError:
        pass
print("alive")
