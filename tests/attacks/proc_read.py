# Reads the supervisor through /proc.
import glob

found = glob.glob("/proc/*") + glob.glob("/sys/*")
for path in ("/proc/1/environ", "/proc/self/maps", "/proc/1/mem"):
    try:
        open(path, "rb").read(1)
        found.append(path)
    except FileNotFoundError:
        pass
print(found)
