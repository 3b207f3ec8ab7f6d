# Takes memory until it is refused.
hoard = []
try:
    while True:
        hoard.append(bytearray(16 << 20))
except MemoryError:
    print("refused", len(hoard) < 64)
