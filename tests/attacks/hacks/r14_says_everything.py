# Says every number that it could be.
def add(a, b):
    return list(range(-1000, 1000)) + [777777]


for number in range(-1000, 1000):
    print(number)
print(777777)
