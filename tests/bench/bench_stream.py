#!/usr/bin/env python3
"""How soon the first result of a large request comes.

    bench_stream.py build/release/bin [--items 1000] [--rounds 30]

Starts an assayd, sends one request of short maths items again and again, and
prints the median and the worst time to the first result and to the last one:
streamed (application/x-ndjson), and in one answer (application/json).
"""

import argparse
import http.client
import json
import re
import statistics
import subprocess
import time


def start(folder):
    process = subprocess.Popen(
        [f"{folder}/assayd", "--listen", "127.0.0.1:0"],
        stderr=subprocess.PIPE, text=True)
    line = process.stderr.readline()
    return process, int(re.search(r":(\d+)$", line.strip())[1])


def ask(client, body, accept):
    """Seconds from the last byte sent to the first result, and to the end."""
    client.putrequest("POST", "/v1/score")
    client.putheader("Content-Type", "application/json")
    client.putheader("Accept", accept)
    client.putheader("Content-Length", str(len(body)))
    client.endheaders()
    client.send(body)
    began = time.perf_counter()
    response = client.getresponse()
    assert response.status == 200, response.status
    response.read(1)
    first = time.perf_counter() - began
    response.read()
    return first, time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", help="where assayd is")
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()

    body = json.dumps({"items": [
        {"id": f"q{i}", "response": f"so the answer is \\boxed{{{i}}}",
         "checks": [{"checker": "math", "gold": str(i)}]}
        for i in range(options.items)]}).encode()
    process, port = start(options.folder)
    try:
        client = http.client.HTTPConnection("127.0.0.1", port)
        kinds = ("application/x-ndjson", "application/json")
        times = {kind: [] for kind in kinds}
        for _ in range(options.rounds):
            for kind in kinds:
                times[kind].append(ask(client, body, kind))
        print(f"{options.items} maths items in one request, ms, "
              f"{options.rounds} rounds")
        for kind in kinds:
            first, last = zip(*times[kind])
            print(f"  {kind:22} first result: median "
                  f"{1e3 * statistics.median(first):.2f}, worst "
                  f"{1e3 * max(first):.2f}; last: median "
                  f"{1e3 * statistics.median(last):.2f}")
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
