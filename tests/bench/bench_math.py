"""The math checker beside Math-Verify in the same run: checks a second and wrong
verdicts on the golds of GSM8K's test set written in many ways, and on the cases of
other checkers; then inputs made to hang a checker.

Usage: bench_math.py BIN_DIR [gsm8k] [cases] [hostile] [--items 3000] [--memory N]
(reads $ASSAY_DATA; run it with a python that has math-verify installed, or it
measures Assay alone; all three parts where none is named)
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "e2e"))
import gsm8k_test  # noqa: E402
import math_hostile  # noqa: E402

try:
    import math_verify
except ImportError:
    math_verify = None


def native(binaries, pairs, checks=0):
    """One line of bench_math for each pair, and what it says at the end."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for gold, pred in pairs:
            file.write(json.dumps({"gold": gold, "pred": pred}) + "\n")
        file.flush()
        done = subprocess.run(
            [binaries / "bench_math", file.name] + ([str(checks)] if checks else []),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def whole_command(binaries, pairs, repeats):
    """Seconds for all pairs by `assay score` on one worker, file to results."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "items.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            for n in range(repeats):
                for i, (gold, pred) in enumerate(pairs):
                    check = {"checker": "math", "gold": gold}
                    file.write(json.dumps({"id": f"{n}/{i}", "response": pred,
                                           "checks": [check]}) + "\n")
        start = time.perf_counter()
        done = subprocess.run(
            [binaries / "assay", "score", path, "--json", "--workers", "1"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert done.returncode in (0, 3, 5), done  # 3: a gold that cannot be read
        return (time.perf_counter() - start) / repeats


def peer_parse(text):
    parse = math_verify.parse
    return parse(text if "$" in text or "\\boxed" in text else f"${text}$") or parse(text)


def peer(pairs):
    """Math-Verify's verdicts, its processor seconds for each pair, and the seconds of
    all by the clock."""
    verdicts, times = [], []
    began = time.perf_counter()
    for gold, pred in pairs:
        start = time.thread_time()
        verdicts.append(bool(math_verify.verify(peer_parse(gold),
                                                math_verify.parse(pred))))
        times.append(time.thread_time() - start)
    return verdicts, times, time.perf_counter() - began


def quantile(times, q):
    return sorted(times)[round(q * (len(times) - 1))]


def report(name, seconds, rights, verdicts):
    paid = sum(v and not right for right, v in zip(rights, verdicts))
    missed = sum(right and not v for right, v in zip(rights, verdicts))
    print(f"{name:34} {len(rights) / seconds:12,.0f} /s   "
          f"wrong answers paid {paid}, right ones missed {missed} of {len(rights)}")
    return len(rights) / seconds


def compare(binaries, rows, repeats):
    """rows: (right, gold, pred). Prints both checkers and the ratio."""
    rights = [right for right, _, _ in rows]
    pairs = [(gold, pred) for _, gold, pred in rows]
    lines, summary = native(binaries, pairs)
    verdicts = [line["outcome"] == "correct" for line in lines]
    whole = report("assay score, file to results",
                   whole_command(binaries, pairs, repeats), rights, verdicts)
    alone = report("assay, the check alone",
                   sum(line["us"] for line in lines) / 1e6, rights, verdicts)
    print("  ", summary.strip())
    if math_verify is None:
        print("math-verify is not installed: no peer")
        return verdicts, None
    theirs, times, clock = peer(pairs)
    rate = report("math-verify parse and verify", sum(times), rights, theirs)
    print(f"   {len(times)} pairs; microseconds p50 {quantile(times, .5) * 1e6:.0f}, "
          f"p99 {quantile(times, .99) * 1e6:.0f}, max {max(times) * 1e6:.0f}")
    print(f"ratio {whole * clock / len(pairs):.0f} (whole command, by the clock), "
          f"{alone / rate:.0f} (check, processor time)")
    return verdicts, theirs


def gsm8k(binaries, count):
    print("== GSM8K golds, right and perturbed")
    every = list(gsm8k_test.items())
    rows = [(right, item["checks"][0]["gold"], item["response"])
            for right, item in every[:: max(1, len(every) // count)]]
    compare(binaries, rows, 20)


def cases(binaries):
    print("== cases of other checkers")
    path = pathlib.Path(os.environ["ASSAY_DATA"]) / "cases/math_cases_open.jsonl"
    table = [json.loads(line) for line in open(path, encoding="utf-8")]
    rows = [(row["expected"], row["gold"], row["pred"]) for row in table]
    ours, theirs = compare(binaries, rows, 20)
    for policy in (False, True):
        counts = collections.defaultdict(lambda: [0, 0, 0])
        for i, row in enumerate(table):
            if ("policy" in row) != policy:
                continue
            for name in (row["source"].split("/")[0], "all"):
                counts[name][0] += 1
                counts[name][1] += ours[i] == row["expected"]
                counts[name][2] += theirs is not None and theirs[i] == row["expected"]
        print("rows of a convention" if policy else "rows without a convention")
        for name, (rows_of, we, they) in sorted(counts.items()):
            print(f"   {name:16} {rows_of:4} rows: assay {we:4}, math-verify {they:4}")


def hostile(binaries, memory):
    print("== inputs made to hang a checker")
    names = [name for name, _, _ in math_hostile.ROWS]
    pairs = [(gold, pred) for _, gold, pred in math_hostile.ROWS]
    lines, summary = native(binaries, pairs, memory)
    for name, line in zip(names, lines):
        print(f"   {name:44} {line['outcome']:10} {line['evidence']:10} "
              f"{line['us'] / 1000:9.2f} ms")
    print(summary.strip())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binaries", type=pathlib.Path)
    parser.add_argument("parts", nargs="*", default=[])
    parser.add_argument("--items", type=int, default=3000)
    parser.add_argument("--memory", type=int, default=0,
                        help="judge the hostile pairs in turn until there are N")
    options = parser.parse_args()
    parts = options.parts or ["gsm8k", "cases", "hostile"]
    if "gsm8k" in parts:
        gsm8k(options.binaries, options.items)
    if "cases" in parts:
        cases(options.binaries)
    if "hostile" in parts:
        hostile(options.binaries, options.memory)


if __name__ == "__main__":
    main()
