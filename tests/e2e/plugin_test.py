"""External checkers in a real assayd: killed, hanging, flooding, lying."""

import json
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import time
import unittest

from assayd_process import LONG, Assayd, post

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOSTILE = ROOT / "tests" / "rewards" / "plugins" / "hostile.py"
WORD_LIMIT = ROOT / "examples" / "plugins" / "word_limit.py"


class Plugins:
    """A configuration with plugins, and an assayd that has them."""

    def __init__(self, **plugins):
        self.folder = tempfile.TemporaryDirectory()
        self.marker = os.path.basename(self.folder.name)
        self.config = os.path.join(self.folder.name, "assayd.toml")
        with open(self.config, "w") as file:
            for name, options in plugins.items():
                options = {"start_timeout_ms": 60_000, **options}
                options["command"] = [*options["command"], self.marker]
                file.write(f"[plugins.{name}]\n")
                for key, value in options.items():
                    file.write(f"{key} = {json.dumps(value)}\n")

    def start(self):
        return Assayd("--config", self.config, "--workers", "2",
                      "--slots", "2")

    def processes(self):
        """{pid: arguments} of what was started for these plugins; without those
        that wait to be reaped by somebody else's init."""
        found = {}
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if self.marker.encode() in words:
                found[int(entry.name)] = [word.decode() for word in words]
        return found

    def programs(self):
        """Those that run the script itself."""
        return [pid for pid, words in self.processes().items()
                if words[0].endswith("python3")]

    def await_none(self):
        deadline = time.monotonic() + LONG
        while self.processes():
            assert time.monotonic() < deadline, self.processes()
            time.sleep(0.02)
        self.folder.cleanup()


def hostile(*arguments, **options):
    # A first argument of its own, so that the marker is none that it reads.
    arguments = [*arguments, *[""] * (2 - len(arguments))]
    return {"command": ["python3", str(HOSTILE), *arguments], **options}


def item(name, response, checker="hostile", **params):
    return {"id": name, "response": response,
            "checks": [{"checker": checker, **params}]}


def items(count, **params):
    """Every third is right."""
    return [item(f"q{i}", "bad" if i % 3 else "good", **params)
            for i in range(count)]


def results(server, batch):
    answer = server.ask(post({"items": batch}))
    assert answer.status == 200, answer
    return answer.json()["results"]


class KilledTest(unittest.TestCase):
    def check(self, which, jailed):
        plugins = Plugins(hostile=hostile("slow", "0.005", pool=2,
                                          jailed=jailed))
        server = plugins.start()
        out = []
        asked = threading.Thread(
            target=lambda: out.extend(results(server, items(1_000))))
        asked.start()
        killed = 0
        while asked.is_alive() and killed < 3:
            time.sleep(0.25)
            for pid in which(plugins)[:1]:
                os.kill(pid, signal.SIGKILL)
                killed += 1
        asked.join(10 * LONG)
        self.assertEqual(len(out), 1_000)
        self.assertEqual(killed, 3)
        lost = [one for one in out if one["status"] == "not_judged"]
        self.assertGreaterEqual(len(lost), 1)
        self.assertLessEqual(len(lost), killed)
        for one in lost:
            self.assertIsNone(one["reward"])
        for i, one in enumerate(out):
            self.assertEqual(one["id"], f"q{i}")
            if one["status"] != "not_judged":
                self.assertEqual(one["reward"], 0 if i % 3 else 1, one)
        # It came back, all of it.
        for one in results(server, items(20)):
            self.assertEqual(one["status"], "ok", one)
        self.assertEqual(server.stop(), 0)
        plugins.await_none()

    def test_without_a_jail(self):
        self.check(lambda plugins: plugins.programs(), False)

    def test_the_program_in_its_jail(self):
        self.check(lambda plugins: plugins.programs(), True)

    def test_the_jail_itself(self):
        self.check(lambda plugins: [
            pid for pid, words in plugins.processes().items()
            if words[0].endswith("assay-jail")][:1], True)


class NothingIsLeftTest(unittest.TestCase):
    def test_after_an_order_to_stop_and_after_a_kill(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            for jailed in (True, False):
                for mode in ("honest", "ignores_sigterm"):
                    with self.subTest(number.name, jailed=jailed, mode=mode):
                        plugins = Plugins(hostile=hostile(
                            mode, pool=2, jailed=jailed))
                        server = plugins.start()
                        self.assertEqual(
                            results(server, items(1))[0]["reward"], 1)
                        self.assertGreaterEqual(len(plugins.processes()), 2)
                        server.process.send_signal(number)
                        server.process.wait(LONG)
                        plugins.await_none()
                        server.end()

    def test_after_a_kill_with_an_item_in_hand(self):
        plugins = Plugins(hostile=hostile("hang", deadline_ms=600_000))
        server = plugins.start()
        server.connect().sendall(post({"items": items(3)}))
        time.sleep(0.2)
        server.process.kill()
        server.process.wait(LONG)
        plugins.await_none()
        server.end()


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


class OthersTest(unittest.TestCase):
    """A plugin that goes wrong costs its own items, and no others."""

    MODES = ("hang", "spin", "flood_out", "flood_err", "wrong_id", "nan",
             "html", "exit", "kill_self", "stop_self")

    def ask_others(self, server, times, until):
        peer = server.connect()
        while not until.is_set():
            began = time.perf_counter()
            answer = server.ask(post({"items": [
                item("m", "\\boxed{42}", "math", gold="42"),
                item("w", "one two three", "limit", most=2),
                item("o", "good", "other")]}), peer)
            times.append(time.perf_counter() - began)
            rewards = [one["reward"] for one in answer.json()["results"]]
            assert rewards == [1, 0.5, 1], answer

    def others_during(self, server, work):
        """The times of other plugins' and checkers' items during `work`."""
        times, until = [], threading.Event()
        thread = threading.Thread(
            target=self.ask_others, args=(server, times, until))
        thread.start()
        out = work()
        until.set()
        thread.join(LONG)
        return times, out

    def test_every_way_to_go_wrong(self):
        plugins = Plugins(
            hostile=hostile("honest", deadline_ms=500),
            other=hostile("honest"),
            limit={"command": ["python3", str(WORD_LIMIT)]})
        server = plugins.start()
        quiet, _ = self.others_during(server, lambda: time.sleep(2))
        for mode in self.MODES:
            with self.subTest(mode):
                times, out = self.others_during(
                    server, lambda: results(server, items(3, mode=mode)))
                self.assertEqual([one["reward"] for one in out], [None] * 3)
                for one in out:
                    self.assertIn("the plugin ",
                                  one["checks"][0]["detail"]["reason"])
                print(f"{mode}: p99 of others "
                      f"{percentile(times, .99) / percentile(quiet, .99):.2f}"
                      f" times that of a quiet service, {len(times)} requests")
                # It is tried again after its rest.
                server.wait_until(lambda: results(
                    server, items(1))[0]["status"] == "ok")
        self.assertEqual(server.stop(), 0)
        plugins.await_none()

    def test_an_answer_never_buys_a_null(self):
        for mode, outcome in (("raise", "wrong"), ("abort", "wrong"),
                              ("nan", "wrong"), ("kill_self", "wrong"),
                              ("hang", "timeout")):
            with self.subTest(mode):
                plugins = Plugins(hostile=hostile("on_evil", mode,
                                                  deadline_ms=500))
                server = plugins.start()
                out = results(server, [item("a", "evil"), item("b", "good"),
                                       item("c", "evil"), item("d", "good")])
                self.assertEqual([one["reward"] for one in out], [0, 1, 0, 1])
                self.assertEqual(out[0]["checks"][0]["outcome"], outcome)
                self.assertEqual(server.stop(), 0)
                plugins.await_none()


class DeclaredTest(unittest.TestCase):
    def refused(self, **plugins):
        declared = Plugins(**plugins)
        ended = subprocess.run(
            [os.environ["ASSAYD"], "--listen", "127.0.0.1:0", "--config",
             declared.config], capture_output=True, text=True, timeout=LONG)
        declared.await_none()
        self.assertEqual(ended.returncode, 2, ended.stderr)
        self.assertNotIn("ready", ended.stderr)
        return ended.stderr

    def test_a_plugin_that_does_not_start_is_named(self):
        for mode, why in (("never_ready", "within its start_timeout"),
                          ("exit_at_once", "exited with code 7"),
                          ("html_first", "does not describe a checker"),
                          ("bad_schema", "its type must be object")):
            with self.subTest(mode):
                said = self.refused(
                    hostile=hostile("honest"),
                    broken=hostile(mode, start_timeout_ms=1_000))
                self.assertIn("plugin broken", said)
                self.assertIn(why, said)

    def test_it_is_listed_and_used_like_a_built_in_one(self):
        plugins = Plugins(limit={"command": ["python3", str(WORD_LIMIT)]})
        server = plugins.start()
        listed = {one["name"]: one
                  for one in server.get("/v1/checkers").json()["checkers"]}
        self.assertEqual(listed["math"]["origin"], "built_in")
        self.assertEqual(listed["limit"]["origin"], "plugin")
        self.assertEqual(listed["limit"]["schema"]["required"], ["most"])
        mixed = {"id": "m", "response": "<think>x</think> \\boxed{42}",
                 "checks": [{"checker": "limit", "most": 2, "weight": 2},
                            {"checker": "math", "gold": "42"},
                            {"checker": "limit", "most": 1}]}
        out = results(server, [
            mixed, item("n", "x", "limit"), item("o", "x", "limit", most="2"),
            item("p", "x", "limit", most=1, word=1)])
        self.assertEqual(out[0]["reward"], 3)
        self.assertEqual([check["checker"] for check in out[0]["checks"]],
                         ["limit", "math", "limit"])
        self.assertEqual([one["error"]["pointer"] for one in out[1:]],
                         ["/checks/0/most", "/checks/0/most",
                          "/checks/0/word"])
        self.assertEqual(server.stop(), 0)
        plugins.await_none()


class NewcomerTest(unittest.TestCase):
    """From nothing to a reward, by what the commands themselves say."""

    def test_new_test_declare_use(self):
        assay = os.environ["ASSAY"]
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            made = subprocess.run(
                [assay, "plugin", "new", "brief", folder],
                capture_output=True, text=True, timeout=LONG)
            self.assertEqual(made.returncode, 0, made.stderr)
            said = [line.strip() for line in made.stdout.splitlines()]
            command = next(line for line in said
                           if line.startswith("assay plugin test"))
            tested = subprocess.run(
                [assay, *command.split()[1:]],
                capture_output=True, text=True, timeout=4 * LONG)
            self.assertEqual(tested.returncode, 0,
                             tested.stdout + tested.stderr)
            self.assertNotIn("[FAIL]", tested.stdout)
            config = os.path.join(folder, "assayd.toml")
            with open(config, "w") as file:
                file.write("\n".join(
                    line for line in said
                    if line.startswith(("[plugins.", "command ="))) + "\n")
            server = Assayd("--config", config)
            out = results(server, [item("a", "one two three", "brief",
                                        most=2)])
            self.assertEqual(out[0]["reward"], 0.5)
            self.assertEqual(server.stop(), 0)
            again = subprocess.run(
                [assay, "plugin", "new", "brief", folder],
                capture_output=True, text=True, timeout=LONG)
            self.assertEqual(again.returncode, 2)
            self.assertIn("File exists", again.stderr)


if __name__ == "__main__":
    unittest.main()
