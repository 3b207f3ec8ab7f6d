# Executes itself for ever.
import os
import sys

os.execv("/usr/bin/python3", ["/usr/bin/python3"] + sys.argv)
