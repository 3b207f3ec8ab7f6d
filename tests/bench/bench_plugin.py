#!/usr/bin/env python3
"""What an external checker costs, and what a bad one costs the others.

    bench_plugin.py build/release/bin [--items 2000] [--pool 2] [--rounds 5]

Starts an assayd with examples/plugins/word_limit.py and a plugin that goes
wrong, and prints: items per second through the plugin, and the p99 of other
items (math, and another plugin) beside each way of going wrong, as a ratio to a
well-behaved plugin under the same load in the same run.
"""

import argparse
import http.client
import json
import pathlib
import re
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOSTILE = ROOT / "tests" / "rewards" / "plugins" / "hostile.py"
WORD_LIMIT = ROOT / "examples" / "plugins" / "word_limit.py"
MODES = ("hang", "spin", "flood_out", "flood_err", "wrong_id", "nan", "html",
         "exit", "kill_self")


def start(folder, pool, config):
    config.write(
        f'[plugins.limit]\ncommand = ["python3", "{WORD_LIMIT}"]\n'
        f"pool = {pool}\n"
        f'[plugins.hostile]\ncommand = ["python3", "{HOSTILE}"]\n'
        "deadline_ms = 500\n")
    config.flush()
    process = subprocess.Popen(
        [f"{folder}/assayd", "--listen", "127.0.0.1:0", "--config",
         config.name], stderr=subprocess.PIPE, text=True)
    line = process.stderr.readline()
    threading.Thread(target=process.stderr.read, daemon=True).start()
    return process, int(re.search(r":(\d+)$", line.strip())[1])


def ask(client, items):
    client.request("POST", "/v1/score", json.dumps({"items": items}),
                   {"Content-Type": "application/json"})
    return json.loads(client.getresponse().read())["results"]


def others(port, until, times):
    client = http.client.HTTPConnection("127.0.0.1", port)
    while not until.is_set():
        began = time.perf_counter()
        out = ask(client, [
            {"id": "m", "response": "\\boxed{42}",
             "checks": [{"checker": "math", "gold": "42"}]},
            {"id": "w", "response": "one two three",
             "checks": [{"checker": "limit", "most": 2}]}])
        times.append(time.perf_counter() - began)
        assert [one["reward"] for one in out] == [1, 0.5], out
        time.sleep(0.002)


def during(port, mode, seconds):
    """The times of others while items with `mode` come all the time."""
    until, times = threading.Event(), []
    thread = threading.Thread(target=others, args=(port, until, times))
    thread.start()
    client = http.client.HTTPConnection("127.0.0.1", port)
    end = time.monotonic() + seconds
    asked = 0
    while time.monotonic() < end:
        ask(client, [{"id": "h", "response": "good", "checks": [
            {"checker": "hostile", "mode": mode}]}])
        asked += 1
        time.sleep(0.01)
    until.set()
    thread.join()
    return times, asked


def p99(times):
    return sorted(times)[int(0.99 * len(times))]


def compare(port, mode, seconds, rounds):
    """p99 of others beside an honest plugin and beside one that goes wrong, in
    turns, so that whatever else the machine does is in both."""
    honest, wrong, asked = [], [], 0
    for _ in range(rounds):
        honest += during(port, "honest", seconds)[0]
        times, its = during(port, mode, seconds)
        wrong += times
        asked += its
    return p99(honest), p99(wrong), len(wrong), asked


def throughput(port, count):
    client = http.client.HTTPConnection("127.0.0.1", port)
    items = [{"id": f"q{i}", "response": "word " * (i % 100),
              "checks": [{"checker": "limit", "most": 50}]}
             for i in range(count)]
    began = time.perf_counter()
    out = ask(client, items)
    assert all(one["status"] == "ok" for one in out)
    return count / (time.perf_counter() - began)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", help="where assayd is")
    parser.add_argument("--items", type=int, default=2_000)
    parser.add_argument("--pool", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        process, port = start(options.folder, options.pool, config)
        try:
            throughput(port, 100)
            rate = throughput(port, options.items)
            print(f"{rate:,.0f} items/s through a pool of {options.pool}")
            for mode in MODES:
                base, its, count, asked = compare(
                    port, mode, options.seconds, options.rounds)
                print(f"{mode:10} p99 of others {its * 1e3:6.2f} ms, beside an "
                      f"honest one {base * 1e3:6.2f}: {its / base:.2f} times "
                      f"({count} requests, {asked} of its own)", flush=True)
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
