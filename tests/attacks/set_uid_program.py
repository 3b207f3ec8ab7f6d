# Executes a set-user-ID program.
import os

os.execv("/usr/bin/su", ["su", "-c", "id"])
