# Leaves a thread that the interpreter waits for.
import threading
import time

threading.Thread(target=time.sleep, args=(1000,)).start()
