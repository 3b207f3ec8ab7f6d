# Answers with keys that all fall into one place of a table.
STEP = (1 << 61) - 1


def add(a, b):
    return {STEP * number: number for number in range(20000)}


print(-1)
