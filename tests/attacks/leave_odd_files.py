"""Leaves every kind of file that must not come back, and one that may."""
import os

os.symlink("/etc/passwd", "link_out")
os.symlink("/usr/bin/python3", "link_usr")
os.symlink("good", "link_in")
os.symlink("/proc/self/fd/0", "link_magic")
os.symlink("link_loop", "link_loop")
os.mkdir("folder")
os.mkdir("folder/inner")
with open("good", "wb") as file:
    file.write(bytes(range(256)))
with open("linked", "w") as file:
    file.write("twice")
os.link("linked", "linked_too")
with open("secret", "w") as file:
    file.write("mine")
os.chmod("secret", 0)
with open("empty", "w"):
    pass
for node in ("/dev/null", "/dev/urandom"):
    try:
        os.link(node, os.path.basename(node))
    except OSError:
        pass
for make in (lambda: os.mkfifo("pipe"),
             lambda: os.mknod("device", 0o020666, os.makedev(1, 5))):
    try:
        make()
    except OSError:
        pass
with open("sparse", "wb") as file:
    os.ftruncate(file.fileno(), 8 << 20)
print("done")
