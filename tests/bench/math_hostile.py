"""Pairs of a gold and an answer that hang, exhaust or fool checkers: (name, gold,
answer)."""

TOWER = "9^{9^{9^9}}"


def nested(n, opening, inside, closing):
    return opening * n + inside + closing * n


def determinant(n):
    rows = (" & ".join(f"a_{{{i}{j}}}" for j in range(n)) for i in range(n))
    return "\\begin{vmatrix}" + " \\\\ ".join(rows) + "\\end{vmatrix}"


LETTERS = "(a+b+c+d+f)"

ROWS = [
    ("tower, itself", TOWER, TOWER),
    ("5, tower", "5", TOWER),
    ("tower, another", TOWER, "9^{9^{9^8}}"),
    ("0, tower - tower", "0", f"{TOWER}-{TOWER}"),
    ("5, 10!!!!", "5", "((((10)!)!)!)!"),
    ("5, (10!)!", "5", "(10!)!"),
    ("5, 100000000!", "5", "100000000!"),
    ("5, 7^300000000", "5", "7^{300000000}"),
    ("5, a binomial of a billion", "5", "\\binom{1000000000}{500000000}"),
    ("9, 7^(10^9) mod 10", "9", "7^{1000000000} \\bmod 10"),
    ("5, a sum of a billion terms", "5", "\\sum_{k=1}^{1000000000} \\frac{1}{k^2}"),
    ("5, a determinant of 64 letters", "5", determinant(8)),
    ("(x+1)^2000, (x+1)^1999 (x+2)", "(x+1)^{2000}", "(x+1)^{1999}(x+2)"),
    ("(a+..)^40 - 1, (a+..)^40", LETTERS + "^{40}-1", LETTERS + "^{40}"),
    ("1, 5000 brackets around 1", "1", nested(5000, "(", "1", ")")),
    ("1, 20000 braces around 1", "1", nested(20000, "{", "1", "}")),
    ("5, a million digits", "5", "7" * 1_000_000),
    ("10^5 digits, themselves", "\\boxed{" + "7" * 100_000 + "}", "7" * 100_000),
    ("5, a million bytes of words", "5", "and so on " * 100_000),
    ("5, a million dollar signs", "5", "$" * 1_000_000),
    ("5, 10^5 open boxes", "5", "\\boxed{" * 100_000),
    ("5, 10^5 answers", "5", "the answer is 5. " * 100_000),
    ("5, 10^6 backslashes", "5", "\\" * 1_000_000),
    ("1/2004!, 1/2006!", "\\frac{1}{2004!}", "\\frac{1}{2006!}"),
    ("2^-99, 2^-98", "2^{-99}", "2^{-98}"),
    ("10^-20, 2 * 10^-20", "10^{-20}", "2 \\cdot 10^{-20}"),
    ("1, 1 + 10^-20", "1", "1+10^{-20}"),
    ("pi, 355/113", "\\pi", "\\frac{355}{113}"),
    ("1, root of 2 times a fraction", "1", "\\frac{665857 \\cdot \\sqrt{2}}{941664}"),
    ("e^(pi root 163), an integer", "262537412640768744", "e^{\\pi\\sqrt{163}}"),
    ("1e-7, 4e-7", "1e-7", "4e-7"),
    ("pi, 3.141593", "\\pi", "3.141593"),
    ("3, x = 2 = 3", "3", "\\boxed{x=2=3}"),
    ("3, three boxes", "3", "\\boxed{1} \\boxed{2} \\boxed{3}"),
    ("two equations in words", "x + y = 3", "the sum of both equals four"),
    ("1 - 1/e, 1 + 1/e", "1-\\frac{1}{\\mathrm{e}}", "1+\\frac{1}{\\mathrm{e}}"),
    ("1/0, 1/0", "1/0", "1/0"),
    ("cube roots, denested", "1", "\\sqrt[3]{2+\\sqrt{5}}+\\sqrt[3]{2-\\sqrt{5}}"),
    ("a sum of cosines", "\\frac{1}{2}",
     "\\cos\\frac{\\pi}{7}-\\cos\\frac{2\\pi}{7}+\\cos\\frac{3\\pi}{7}"),
    ("seven square roots, permuted",
     "\\sqrt{2}+\\sqrt{3}+\\sqrt{5}+\\sqrt{7}+\\sqrt{11}+\\sqrt{13}+\\sqrt{17}",
     "\\sqrt{17}+\\sqrt{13}+\\sqrt{11}+\\sqrt{7}+\\sqrt{5}+\\sqrt{3}+\\sqrt{2}"),
    ("ten square roots, a sum",
     "+".join(f"\\sqrt{{{p}}}" for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)),
     "+".join(f"\\sqrt{{{p}}}" for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 31))),
    ("roots nested 30 deep", "2", nested(30, "\\sqrt{2+", "2", "}")),
    ("roots nested 100 deep", "2", nested(100, "\\sqrt{2+", "3", "}")),
    ("sines nested 60 deep", "1", nested(60, "\\sin(", "1", ")")),
    ("exponents nested 60 deep", "1", nested(60, "e^{", "1", "}")),
    ("logarithms of sums", "1", nested(60, "\\ln(1+", "2", ")")),
    ("roots of unity", "0", "+".join(f"e^{{{2 * k}\\pi i/97}}" for k in range(97))),
    ("a cosine of a large fraction", "1", "\\cos\\frac{\\pi}{1000003}"),
    ("a power of a sum of roots", "1", "(\\sqrt{2}+\\sqrt{3}+\\sqrt{5})^{300}"),
    ("a product of sums", "1", "(a+b+c+d)" * 60),
    ("a fraction of fractions", "1", nested(60, "\\frac{1}{x+", "1", "}")),
    ("sets of 300", "\\{" + ",".join(map(str, range(300))) + "\\}",
     "\\{" + ",".join(map(str, reversed(range(300)))) + "\\}"),
    ("sets of 60 roots", "\\{" + ",".join(f"\\sqrt{{{k}}}+\\sqrt{{2}}" for k in range(2, 62)) + "\\}",
     "\\{" + ",".join(f"\\sqrt{{{k}}}+\\sqrt{{3}}" for k in range(2, 62)) + "\\}"),
    ("alternatives of ten signs", "1", "\\pm 1" + "".join(f" \\pm {k}" for k in range(2, 12))),
    ("unions of 300 intervals", "(0,1)",
     "\\cup".join(f"({2 * k},{2 * k + 1})" for k in range(300))),
    ("a matrix of 20 by 20", "1", "\\begin{pmatrix}" +
     "\\\\".join("&".join(str(i * j % 7) for j in range(20)) for i in range(20)) +
     "\\end{pmatrix}"),
    ("an equation of degree 200", "x^{200}+x=1", "(x+1)^{200}=x"),
    ("code", "1", "__import__('os').system('touch /tmp/x')"),
]
