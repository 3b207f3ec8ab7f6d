"""A child that outlives the program goes on changing the file that is wanted."""
import os
import time

with open("good", "w") as file:
    file.write("good")
os.symlink("/etc/passwd", "link")
if os.fork() == 0:
    os.setsid()
    while True:
        os.rename("good", "other")
        os.rename("link", "good")
        os.rename("good", "link")
        os.rename("other", "good")
time.sleep(0.05)
print("done", flush=True)
