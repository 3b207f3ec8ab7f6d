# Starts threads for ever.
import threading
import time

made = 0
try:
    while True:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
        made += 1
except RuntimeError:
    pass
print("bounded" if 0 < made < 100 else made, flush=True)
