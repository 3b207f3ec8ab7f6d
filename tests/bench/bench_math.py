"""Math checks a second and verdicts, beside Math-Verify in the same run: the golds of
GSM8K's test set written in many ways, right and perturbed.

Usage: bench_math.py BIN_DIR [ITEMS]    (reads $ASSAY_DATA/data/gsm8k/test.jsonl;
run it with a python that has math-verify installed, or it measures Assay alone)
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "e2e"))
import gsm8k_test  # noqa: E402


def assay(binaries, rows, repeats):
    """Seconds for all rows in process on one worker, and the verdicts."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "items.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            for n in range(repeats):
                for _, item in rows:
                    file.write(json.dumps(item | {"id": f"{n}/{item['id']}"}) + "\n")
        start = time.perf_counter()
        out = subprocess.run([binaries / "assay", "score", path, "--json",
                              "--workers", "1"],
                             stdout=subprocess.PIPE, check=True).stdout
        seconds = time.perf_counter() - start
    lines = [json.loads(line) for line in out.splitlines()[:len(rows)]]
    own = sum(c["elapsed_us"] for line in lines for c in line["checks"]) / 1e6
    return seconds / repeats, own, [line["reward"] == 1 for line in lines]


def math_verify(rows):
    from math_verify import parse, verify
    start = time.perf_counter()
    verdicts = [verify(parse("$" + item["checks"][0]["gold"].replace(",", "") + "$"),
                       parse(item["response"])) for _, item in rows]
    return time.perf_counter() - start, verdicts


def report(name, seconds, rows, verdicts):
    paid = sum(v and not right for (right, _), v in zip(rows, verdicts))
    missed = sum(right and not v for (right, _), v in zip(rows, verdicts))
    print(f"{name:34} {len(rows) / seconds:12,.0f} /s   "
          f"wrong answers paid {paid}, right ones missed {missed} of {len(rows)}")
    return len(rows) / seconds


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    every = list(gsm8k_test.items())
    rows = every[:: max(1, len(every) // count)]
    seconds, own, verdicts = assay(pathlib.Path(sys.argv[1]), rows, 20)
    whole = report("assay score, file to results", seconds, rows, verdicts)
    alone = report("assay, the check alone", own, rows, verdicts)
    try:
        seconds, verdicts = math_verify(rows)
    except ImportError:
        print("math-verify is not installed: no peer")
        return
    peer = report("math-verify parse and verify", seconds, rows, verdicts)
    print(f"ratio {whole / peer:.0f} (whole command), {alone / peer:.0f} (check)")


if __name__ == "__main__":
    main()
