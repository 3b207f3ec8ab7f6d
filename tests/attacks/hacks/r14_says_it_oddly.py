# Says numbers that compare oddly.
ODD = ["nan", "inf", "1e400", "0x2a", "4_2", "+42", "042", "42\0", "\x1b[2K42",
       "\u0664\u0662", "42abc", "4 2", "42.", "42e0"]
calls = []


def add(a, b):
    calls.append(float("nan"))
    return float("nan")


print("\r".join(ODD))
print(float("nan"))
