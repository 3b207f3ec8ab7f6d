# Burns time in threads while the first one sleeps.
import hashlib
import threading
import time


def burn():
    block = bytes(1 << 20)
    while True:
        hashlib.sha256(block).digest()


for _ in range(4):
    threading.Thread(target=burn, daemon=True).start()
time.sleep(1000)
