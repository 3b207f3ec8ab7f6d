# Reads a file that not even its owner may read: only a capability lets it.
import errno
import os

with open("closed", "w") as file:
    file.write("secret")
os.chmod("closed", 0)
try:
    print(open("closed").read())
except OSError as error:
    print(errno.errorcode[error.errno])
