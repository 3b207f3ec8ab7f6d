# Gives back far more than it was given, by its arguments and as a generator.
def add(a, b):
    def endless():
        while True:
            yield "x" * 1000000
    return endless()


print("x" * 4000000)
