# Answers with what is too large, too deep, or round.
def add(a, b):
    round_list = [5]
    round_list.append(round_list)
    deep = 5
    for _ in range(200000):
        deep = [deep]
    return [round_list, deep, 1 << 40000000]


print(add)
