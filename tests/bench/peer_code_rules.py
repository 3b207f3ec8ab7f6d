#!/usr/bin/env python3
"""What the reward hacks of tests/attacks/hacks would have been paid elsewhere.

Restates, in our own words, the rule by which each of five other judges pays a
Python program, and runs every hack under it, with a right and a wrong program as
controls. All of it runs inside our own jail, by `assay run`: the rule and the
hack together, in one process, where the original has them so. The last column is
what `assay score` pays for the same hack, the most of all kinds of test.

    peer_code_rules.py ASSAY [HACKS]     prints a table in Markdown

Paid: every test passed. A dash: the rule has no tests of this kind, or the hack
is not in Python.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

CASES = [((123456, 654321), 777777), ((40, 2), 42), ((-100, 1), -99)]
RIGHT = """def add(a, b):
    return a + b


if __name__ == "__main__":
    a, b = map(int, input().split())
    print(add(a, b))
    print(a - b)
"""
WRONG = RIGHT.replace("return a + b", "return a - b - 1")
TOKEN = "the rule says: "
LIMITS = ["--cpu", "1s", "--wall", "2s", "-q"]


def stream_of(arguments, total):
    a, b = arguments
    return "%d %d\n" % (a, b), "%d\n%d\n" % (total, a - b)


# The rules that run the program in their own process: what stands below is put
# before a call of `rule`, with the program as text.

IN_PROCESS = '''
import io, sys, types
import os as _os
_write = _os.write

def load(source):
    module = types.ModuleType("solution")
    sys.modules["solution"] = module
    exec(source, module.__dict__)
    return module

def verl_call(source, in_outs):
    # One list of inputs and outputs; a tuple counts as its list; then ==.
    method = load(source).add
    results = []
    for index, inputs in enumerate(in_outs["inputs"]):
        try:
            output = method(*inputs)
            if isinstance(output, tuple):
                output = list(output)
            results.append(output == in_outs["outputs"][index])
        except Exception:
            results.append(False)
    return results

def livecodebench_call(source, all_inputs, all_outputs):
    # The same, each expected output in a local of its own.
    method = load(source).add
    results = []
    for inputs, gt_out in zip(all_inputs, all_outputs):
        try:
            prediction = method(*inputs)
            if isinstance(prediction, tuple):
                prediction = list(prediction)
            results.append(prediction == gt_out)
        except Exception:
            results.append(False)
    return results

def captured(source, given):
    output, sys.stdin, sys.stdout = io.StringIO(), io.StringIO(given), None
    sys.stdout = output
    try:
        exec(source, {"__name__": "__main__"})
    except SystemExit:
        pass
    finally:
        sys.stdin, sys.stdout = sys.__stdin__, sys.__stdout__
    return output.getvalue()

def verl_stream(source, in_outs):
    # The program's text runs once a test, its output is compared by lines.
    results = []
    for index, inputs in enumerate(in_outs["inputs"]):
        try:
            lines = captured(source, inputs).strip().split("\\n")
        except Exception:
            lines = []
        wanted = in_outs["outputs"][index].strip().split("\\n")
        results.append([line.strip() for line in lines] ==
                       [line.strip() for line in wanted])
    return results

def livecodebench_stream(source, all_inputs, all_outputs):
    results = []
    for inputs, gt_out in zip(all_inputs, all_outputs):
        try:
            prediction = captured(source, inputs)
        except Exception:
            prediction = ""
        results.append(
            [line.strip() for line in prediction.strip().split("\\n")] ==
            [line.strip() for line in gt_out.strip().split("\\n")])
    return results

def report(results, token):
    # What the originals send to the process that made this one.
    _write(1, token + b"".join([b"1" if one else b"0" for one in results]))
'''


class Jail:
    """Runs one Python program; (exit code is 0, what it printed)."""

    def __init__(self, assay, folder):
        self._assay = assay
        self._path = os.path.join(folder, "program.py")

    def run(self, program, given=""):
        with open(self._path, "w") as file:
            file.write(program)
        done = subprocess.run(
            [self._assay, "run", "--language", "python"] + LIMITS +
            [self._path], input=given.encode(), stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=60)
        if done.returncode not in (0, 1):
            sys.exit("assay run: exit %d" % done.returncode)
        return done.returncode == 0, done.stdout.decode(errors="replace")


def in_process(rule, stream):
    def pays(jail, source):
        pairs = [stream_of(*case) if stream else case for case in CASES]
        inputs = [pair[0] for pair in pairs]
        outputs = [pair[1] for pair in pairs]
        tests = ("%r, %r" % (inputs, outputs) if rule.startswith("live") else
                 repr({"inputs": inputs, "outputs": outputs}))
        _, out = jail.run(IN_PROCESS + "\nreport(%s(%r, %s), %r)\n" %
                          (rule, source, tests, TOKEN.encode()))
        return TOKEN + "1" * len(pairs) in out
    return pays


def exit_code(jail, source):
    """One file, the assertion at its end: exit code 0 is a pass."""
    return all(
        jail.run("%s\nassert add(%d, %d) == %d\n" % (source, *given, total),
                 stream_of(given, total)[0])[0] for given, total in CASES)


def zipped_lines(jail, source):
    """Lines beside lines, as many as the shorter side has."""
    for case in CASES:
        given, wanted = stream_of(*case)
        ended, out = jail.run(source, given)
        if not ended:
            return False
        for line, want in zip(out.strip().split("\n"), wanted.split("\n")):
            if line.strip() != want.strip():
                return False
    return True


def close_lines(jail, source):
    """As many lines, each alike in either case, or a number close to it."""
    for case in CASES:
        given, wanted = stream_of(*case)
        ended, out = jail.run(source, given)
        lines, want = out.strip().split("\n"), wanted.strip().split("\n")
        if not ended or len(lines) != len(want):
            return False
        for line, right in zip(lines, want):
            if line.strip().lower() == right.strip().lower():
                continue
            try:
                number, goal = float(line), float(right)
            except ValueError:
                return False
            if not abs(number - goal) <= 1e-5 * abs(goal):
                return False
    return True


PEERS = [
    ("verl prime_code, calls", in_process("verl_call", False)),
    ("verl prime_code, stdin", in_process("verl_stream", True)),
    ("LiveCodeBench, calls", in_process("livecodebench_call", False)),
    ("LiveCodeBench, stdin", in_process("livecodebench_stream", True)),
    ("verl assert_case", exit_code),
    ("open-r1 code_reward", zipped_lines),
    ("SandboxFusion lines", close_lines),
]


def tests_of_ours():
    asserts = ["assert add(%d, %d) == %d" % (*given, total)
               for given, total in CASES]
    streams = [stream_of(*case) for case in CASES]
    harness = "def check(candidate):\n" + "".join(
        "    assert candidate(%d, %d) == %d\n" % (*given, total)
        for given, total in CASES)
    return {
        "stdin": [{"stdin": a, "stdout": b} for a, b in streams],
        "call": [{"call": "add", "args": list(given), "returns": total}
                 for given, total in CASES],
        "assert": [{"assert": line} for line in asserts],
        "harness": [{"harness": harness, "entry_point": "add"}],
    }


def ours(assay, responses):
    """The most that each response earns, of all kinds of test."""
    items, names = [], list(responses)
    for name in names:
        for kind, tests in tests_of_ours().items():
            items.append({"id": "%s/%s" % (name, kind),
                          "response": responses[name],
                          "deadline_ms": 60000,
                          "checks": [{"checker": "code", "language": "python",
                                      "tests": tests,
                                      "limits": {"cpu_s": 1, "wall_s": 3}}]})
    text = "".join(json.dumps(item) + "\n" for item in items)
    done = subprocess.run([assay, "score", "--json", "-"], input=text.encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    most = {}
    for line in done.stdout.decode().splitlines():
        result = json.loads(line)
        name = result["id"].rsplit("/", 1)[0]
        if result["status"] == "invalid":  # a kind that is not there
            continue
        if result["reward"] is None:
            sys.exit("not judged: " + line)
        # The calls of one harness are one test, which knows its own order.
        if name.startswith("r08") and result["id"].endswith("/harness"):
            continue
        most[name] = max(most.get(name, 0), result["reward"])
    if set(most) != set(names):
        sys.exit("assay score: " + done.stderr.decode()[-400:])
    return most


def last_block(text):
    """The last block of Python in a response, up to its fence or the end."""
    return re.split(r"```python\n", text)[-1].split("\n```")[0] + "\n"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    assay = os.path.abspath(sys.argv[1])
    folder = sys.argv[2] if len(sys.argv) == 3 else os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "../attacks/hacks")
    programs = {"(right)": RIGHT, "(wrong)": WRONG}
    responses = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name)) as file:
            text = file.read()
        if name.endswith(".md"):
            programs[name], responses[name] = last_block(text), text
        elif name.endswith(".py"):
            programs[name] = text
    for name, program in programs.items():
        responses.setdefault(name, "```python\n%s```\n" % program)
    earned = ours(assay, responses)
    heads = [peer for peer, _ in PEERS] + ["Assay"]
    print("| hack | " + " | ".join(heads) + " |")
    print("|---" * (len(heads) + 1) + "|")
    paid = [0] * len(heads)
    with tempfile.TemporaryDirectory() as scratch:
        jail = Jail(assay, scratch)
        for name, program in programs.items():
            row = [pays(jail, program) for _, pays in PEERS]
            row.append(earned[name] > 0)
            print("| `%s` | " % name.rsplit(".", 1)[0] +
                  " | ".join("**paid**" if one else "0" for one in row) + " |",
                  flush=True)
            if not name.startswith("("):
                paid = [sum(pair) for pair in zip(paid, row)]
    print("| hacks paid | " + " | ".join(map(str, paid)) + " |")


if __name__ == "__main__":
    main()
