# Stays busy once the program itself has ended.
import atexit


def stay():
    while True:
        pass


atexit.register(stay)
