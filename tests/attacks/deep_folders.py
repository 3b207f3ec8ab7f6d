# Makes folders in folders, deeper than any path can name.
import os

for _ in range(500):
    os.mkdir("d" * 100)
    os.chdir("d" * 100)
print("done")
