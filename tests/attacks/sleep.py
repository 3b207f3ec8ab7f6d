# Sleeps through every deadline.
import time

time.sleep(1e6)
