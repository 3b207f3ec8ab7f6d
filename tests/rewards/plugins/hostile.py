"""A checker that goes wrong in a way that its argument names. It pays 1 for
"good", 0 for anything else."""

import json
import os
import signal
import subprocess
import sys
import time

MODE = sys.argv[1] if len(sys.argv) > 1 else "honest"
ARGUMENT = sys.argv[2] if len(sys.argv) > 2 else ""

SCHEMA = {
    "type": "object",
    "properties": {"mode": {"type": "string"}},
    "examples": [{}],
}
HELLO = {"assay_plugin": 1, "version": "1", "summary": "For tests.",
         "schema": SCHEMA}


def say(text):
    sys.stdout.write(text)
    sys.stdout.flush()


def answer(item, **fields):
    score = 1 if item["response"] == "good" else 0
    return json.dumps({"id": item["id"], "score": score, **fields}) + "\n"


def flood(stream):
    while True:
        stream.write("x" * 65536)


def sleep_for_ever():
    while True:
        time.sleep(1000)


def die_by(number):
    os.kill(os.getpid(), number)


def misbehave(mode, item):
    """True where the item still wants its honest answer."""
    if mode == "wrong_id":
        say(json.dumps({"id": "other", "score": 1}) + "\n")
    elif mode == "no_id":
        say('{"score": 1}\n')
    elif mode == "nan":
        say('{"id": "%s", "score": NaN}\n' % item["id"])
    elif mode == "huge_number":
        say('{"id": "%s", "score": 1e999}\n' % item["id"])
    elif mode == "score_2":
        say(answer(item, score=2))
    elif mode == "score_negative":
        say(answer(item, score=-0.25))
    elif mode == "score_text":
        say(answer(item, score="1"))
    elif mode == "score_null":
        say(answer(item, score=None))
    elif mode == "score_twice":
        say('{"id": "%s", "score": 0, "score": 1}\n' % item["id"])
    elif mode == "outcome_lie":
        say(answer(item, score=0, outcome="correct"))
    elif mode == "unknown_key":
        say(answer(item, reward=1))
    elif mode == "detail_text":
        say(answer(item, detail="words"))
    elif mode == "detail_large":
        say(answer(item, detail={"text": "x" * 70_000}))
    elif mode == "html":
        say("<html><body>502 Bad Gateway</body></html>\n")
    elif mode == "array":
        say("[1]\n")
    elif mode == "deep":
        say('{"id": "%s", "score": 1, "detail": {"a": %s1%s}}\n'
            % (item["id"], "[" * 40, "]" * 40))
    elif mode == "empty_line":
        say("\n")
    elif mode == "two_lines":
        say(answer(item) + answer(item))
    elif mode == "not_utf8":
        sys.stdout.buffer.write(b'{"id": "%s", "score": 1, "detail": {"a": '
                                b'"\xff"}}\n' % item["id"].encode())
        sys.stdout.flush()
    elif mode == "partial_line":
        say(answer(item)[:-5])
        sleep_for_ever()
    elif mode == "partial_then_exit":
        say(answer(item)[:-5])
        sys.exit(0)
    elif mode == "long_line":
        say("x" * 2_000_000 + "\n")
    elif mode == "flood_out":
        flood(sys.stdout)
    elif mode == "flood_err":
        flood(sys.stderr)
    elif mode == "hang":
        sleep_for_ever()
    elif mode == "spin":
        while True:
            pass
    elif mode == "exit":
        sys.exit(3)
    elif mode == "raise":
        raise ValueError("on purpose")
    elif mode == "abort":
        die_by(signal.SIGABRT)
    elif mode == "kill_self":
        die_by(signal.SIGKILL)
    elif mode == "stop_self":
        die_by(signal.SIGSTOP)
    elif mode == "close_out":
        os.close(1)
        sleep_for_ever()
    elif mode == "close_in":
        os.close(0)
        sleep_for_ever()
    elif mode == "hold_pipe":
        subprocess.Popen(["/bin/sleep", "987654"])
        os._exit(0)
    elif mode == "not_judged":
        say(answer(item, score=None, outcome="not_judged"))
    elif mode == "partial":
        say(answer(item, score=0.25))
    elif mode == "unreadable":
        say(answer(item, score=0, outcome="unreadable"))
    elif mode == "noisy":
        sys.stderr.write("noise\x1b[31m %s\n" % item["id"])
        sys.stderr.flush()
        return True
    elif mode == "slow":
        time.sleep(float(ARGUMENT or "0.05"))
        return True
    else:
        return True
    return False


def begin():
    """What goes wrong before the first item."""
    if MODE == "never_ready":
        sleep_for_ever()
    elif MODE == "exit_at_once":
        sys.exit(7)
    elif MODE == "html_first":
        say("<html>\n")
    elif MODE == "bad_schema":
        say(json.dumps({**HELLO, "schema": {"type": "objekt"}}) + "\n")
    elif MODE == "other_protocol":
        say(json.dumps({**HELLO, "assay_plugin": 2}) + "\n")
    elif MODE == "two_hellos":
        say(json.dumps(HELLO) + "\n" + json.dumps(HELLO) + "\n")
    elif MODE == "long_hello":
        say(json.dumps({**HELLO, "summary": "x" * 2_000_000}) + "\n")
    elif MODE == "exit_after_hello":
        say(json.dumps(HELLO) + "\n")
        sys.exit(0)
    elif MODE == "ignores_sigterm":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        say(json.dumps(HELLO) + "\n")
        for line in sys.stdin:
            say(answer(json.loads(line)))
        sleep_for_ever()
    elif MODE == "changes":
        # Another version at each start; the file at ARGUMENT counts them.
        with open(ARGUMENT, "a+") as file:
            file.write("x")
            file.flush()
            version = str(file.tell())
        say(json.dumps({**HELLO, "version": version}) + "\n")
    elif MODE == "dies_second_time":
        with open(ARGUMENT, "a+") as file:
            file.write("x")
            file.flush()
            if file.tell() > 1:
                sys.exit(9)
        say(json.dumps(HELLO) + "\n")
    else:
        say(json.dumps(HELLO) + "\n")


def main():
    begin()
    asked = 0
    for line in sys.stdin:
        item = json.loads(line)
        asked += 1
        if MODE == "exit_after" and asked > int(ARGUMENT):
            sys.exit(0)
        if MODE == "dies_second_time":
            sys.exit(9)
        mode = item["params"].get("mode") or MODE
        if MODE == "on_evil":  # only for one answer
            mode = ARGUMENT if item["response"] == "evil" else "honest"
        if mode == "by_response":
            mode = item["response"]
        if misbehave(mode, item):
            say(answer(item))


main()
