"""Every gold of GSM8K's test set, written in many ways, scored over HTTP and in
process: right answers are paid, perturbed ones are not, and both ways give the same
bytes but for the timings.

Usage: gsm8k_test.py BIN_DIR    (reads $ASSAY_DATA/data/gsm8k/test.jsonl)
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SKIP = 77  # ctest: SKIP_RETURN_CODE
TIMINGS = re.compile(rb'"(queue_us|exec_us|elapsed_us)":\d+')


def golds():
    path = pathlib.Path(os.environ["ASSAY_DATA"]) / "data/gsm8k/test.jsonl"
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            answer = json.loads(line)["answer"]
            yield answer.rsplit("####", 1)[1].strip()


def number(gold):
    return int(gold.replace(",", ""))


def grouped(n, separator):
    return f"{n:,}".replace(",", separator)


# name -> the response that writes the number n in another way
RIGHT = {
    "boxed": lambda n: f"<think>so</think> \\boxed{{{n}}}",
    "point zero": lambda n: f"\\boxed{{{n}.0}}",
    "fraction": lambda n: f"\\boxed{{\\frac{{{2 * n}}}{{2}}}}",
    "latex thousands": lambda n: f"\\boxed{{{grouped(n, '{,}')}}}",
    "thousands": lambda n: f"\\boxed{{{grouped(n, ',')}}}",
    "assignment": lambda n: f"\\boxed{{x={n}}}",
    "unit": lambda n: f"\\boxed{{{n}\\ \\text{{dollars}}}}",
    "bold": lambda n: f"The answer is **{n}**.",
    "latex bold": lambda n: f"\\boxed{{\\textbf{{{n}}}}}",
    "sentence": lambda n: f"So she has to pay it all. The final answer is {n}.",
    "sentence with unit": lambda n: f"The answer is {n} dollars.",
    "dollar sign": lambda n: f"The answer is ${n}.",
    "inline math": lambda n: f"Therefore the answer is \\({n}\\).",
    "chinese": lambda n: f"所以答案是{n}。",
    "published": lambda n: f"16 - 3 - 4 = 9 and so on.\n#### {n}",
}


def drop_digit(n):
    text = str(abs(n))
    shorter = int(text[:-1] or "0")
    return shorter if shorter != abs(n) else abs(n) + 3


WRONG = {
    "plus one": lambda n: n + 1,
    "sign": lambda n: -n if n != 0 else 1,
    "digit dropped": drop_digit,
    "times ten": lambda n: n * 10 if n != 0 else 10,
}


def items():
    for line, gold in enumerate(golds()):
        n = number(gold)
        check = {"checker": "math", "gold": gold}
        for name, write in RIGHT.items():
            yield True, {"id": f"{line}/{name}", "response": write(n),
                         "checks": [check]}
        for wrong, change in WRONG.items():
            for name in ("boxed", "thousands", "sentence", "unit", "published"):
                yield False, {"id": f"{line}/{wrong}/{name}",
                              "response": RIGHT[name](change(n)),
                              "checks": [check]}


def main():
    if not os.environ.get("ASSAY_DATA"):
        print("ASSAY_DATA is not set: skipped")
        return SKIP
    binaries = pathlib.Path(sys.argv[1])
    rows = list(items())
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "items.jsonl"
        path.write_text("".join(json.dumps(i) + "\n" for _, i in rows),
                        encoding="utf-8")
        score = [str(binaries / "assay"), "score", str(path), "--json"]
        local = subprocess.run(score, stdout=subprocess.PIPE, check=True).stdout
        server = subprocess.Popen(
            [str(binaries / "assayd"), "--listen", "127.0.0.1:0"],
            stderr=subprocess.PIPE)
        try:
            ready = server.stderr.readline().decode()
            url = ready.removeprefix("assayd ready on ").strip()
            remote = subprocess.run(score + ["--server", url],
                                    stdout=subprocess.PIPE, check=True).stdout
        finally:
            server.terminate()
            server.stderr.read()
            server.wait(timeout=60)
    assert server.returncode == 0, server.returncode

    same = TIMINGS.sub(rb'"\1":0', local) == TIMINGS.sub(rb'"\1":0', remote)
    failures = [] if same else ["over HTTP and in process differ"]
    counts = {}
    results = [json.loads(line) for line in local.splitlines()]
    assert len(results) == len(rows), (len(results), len(rows))
    for (right, item), result in zip(rows, results):
        assert result["id"] == item["id"]
        kind = item["id"].split("/", 1)[1]
        good = result["status"] == "ok" and (result["reward"] == 1) == right
        done, total = counts.get(kind, (0, 0))
        counts[kind] = (done + good, total + 1)
        if not good:
            failures.append(f'{item["id"]}: {item["response"]!r} '
                            f'{item["checks"]} -> {result}')
    for kind, (done, total) in counts.items():
        print(f"{kind:32} {done}/{total}")
    print(f"over HTTP and in process equal but for timings: {same}")
    for failure in failures[:20]:
        print("FAIL", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
