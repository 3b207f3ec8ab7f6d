# Reads files of the host.
import os

found = []
for path in ("/etc/passwd", "/etc/shadow", "/root", "/home", "/var", "/work"):
    if os.path.exists(path):
        found.append(path)
print(found, sorted(os.listdir("/dev")), os.listdir("/tmp"), os.listdir("/w"))
