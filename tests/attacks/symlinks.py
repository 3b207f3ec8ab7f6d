# Points links at the host and through each other.
import os

os.symlink("/etc/shadow", "/w/a")
os.symlink("/proc/1/root/etc/shadow", "/w/b")
os.symlink("../../../../../../etc/passwd", "/w/c")
os.symlink("/w/d", "/w/d")
read = []
for name in "abcd":
    try:
        read.append(open("/w/" + name).read())
    except OSError:
        pass
print(read)
