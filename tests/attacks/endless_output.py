# Writes for ever.
import os

while True:
    os.write(1, b"y\n" * 8192)
