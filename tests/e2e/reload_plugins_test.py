"""Plugins come, change and go on SIGHUP, also in the process of assay; nothing
of the old ones is left, and no request is lost to the change."""

import json
import os
import signal
import subprocess
import tempfile
import threading
import unittest

from assayd_process import LONG, Assayd, post

ASSAY = os.path.join(os.path.dirname(os.environ["ASSAYD"]), "assay")
PLUGIN = """
import json, sys
score = float(sys.argv[1])
print(json.dumps({"assay_plugin": 1, "version": sys.argv[1],
                  "schema": {"type": "object", "examples": [{}]},
                  "summary": "always the same"}), flush=True)
for line in sys.stdin:
    item = json.loads(line)
    print("seen " + item["response"], file=sys.stderr, flush=True)
    print(json.dumps({"id": item["id"], "score": score}), flush=True)
"""
ITEM = {"id": "a", "response": "c4n4ry", "checks": [{"checker": "fixed"}]}
REQUEST = post({"items": [ITEM]})


class PluginsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.program = os.path.join(self.folder.name, "fixed.py")
        self.path = os.path.join(self.folder.name, "assayd.toml")
        with open(self.program, "w", encoding="utf-8") as file:
            file.write(PLUGIN)

    def declare(self, score, command="/usr/bin/python3"):
        command = json.dumps([command, "-B", self.program, str(score)])
        with open(self.path, "w", encoding="utf-8") as file:
            if score is not None:
                file.write(f"[plugins.fixed]\ncommand = {command}\n"
                           "jailed = false\nstart_timeout_ms = \"60s\"\n"
                           "deadline_ms = \"60s\"\n")

    def reload(self, server, says=b"configuration reloaded"):
        before = server.log_text().count(says)
        server.process.send_signal(signal.SIGHUP)
        server.wait_until(lambda: server.log_text().count(says) == before + 1)

    def processes(self):
        """Processes of the plugin that run on this machine."""
        found = 0
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as file:
                    found += self.program.encode() in file.read()
            except OSError:
                pass
        return found

    def reward(self, server, peer=None):
        return server.ask(REQUEST, peer).json()["results"][0]["reward"]

    def test_come_change_and_go(self):
        self.declare(None)
        server = Assayd("--config", self.path)
        self.assertIsNone(self.reward(server))
        self.declare(0.25)
        self.reload(server)
        self.assertEqual(self.reward(server), 0.25)
        self.assertIn(b'"fixed"', server.get("/v1/checkers").body)
        self.declare(0.75)
        self.reload(server)
        self.assertEqual(self.reward(server), 0.75)
        server.wait_until(lambda: self.processes() == 1)
        # One that does not start leaves the old one.
        self.declare(0.5, command="/nonexistent/python")
        self.reload(server, b"not reloaded")
        self.assertEqual(self.reward(server), 0.75)
        self.declare(None)
        self.reload(server)
        self.assertIsNone(self.reward(server))
        server.wait_until(lambda: self.processes() == 0)
        # What a plugin writes to standard error is in the log.
        self.assertIn(b"plugin fixed: seen c4n4ry", server.log_text())
        self.assertEqual(server.stop(), 0)

    def test_change_under_load(self):
        self.declare(0.25)
        server = Assayd("--config", self.path)
        stop = threading.Event()
        seen, failures = set(), []

        def ask_on():
            peer = server.connect()
            while not stop.is_set():
                try:
                    seen.add(self.reward(server, peer))
                except Exception as error:  # pylint: disable=broad-except
                    failures.append(error)
                    return

        threads = [threading.Thread(target=ask_on) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            for score in (0.5, 0.75, 0.25, 0.5, 0.75):
                self.declare(score)
                self.reload(server)
                self.assertEqual(self.reward(server), score)
        finally:
            stop.set()
            for thread in threads:
                thread.join(LONG)
        self.assertEqual(failures, [])
        self.assertLessEqual(seen, {0.25, 0.5, 0.75})
        server.wait_until(lambda: self.processes() == 1)
        self.assertEqual(server.stop(), 0)
        self.assertEqual(self.processes(), 0)

    def test_one_that_does_not_start_keeps_assayd_from_starting(self):
        self.declare(0.5, command="/nonexistent/python")
        ended = subprocess.run(
            [os.environ["ASSAYD"], "--listen", "127.0.0.1:0",
             "--config", self.path],
            stderr=subprocess.PIPE, text=True, timeout=LONG, check=False)
        self.assertEqual(ended.returncode, 2, ended.stderr)
        self.assertIn("plugin fixed", ended.stderr)
        self.assertNotIn("assayd ready", ended.stderr)

    def assay(self, *arguments, given=None):
        return subprocess.run([ASSAY, *arguments, "--config", self.path],
                              input=given, capture_output=True, text=True,
                              timeout=LONG, check=False)

    def test_in_the_process_of_assay(self):
        self.declare(0.5)
        scored = self.assay("score", "-", given=json.dumps(ITEM) + "\n")
        self.assertEqual(scored.returncode, 0, scored.stderr)
        self.assertEqual(json.loads(scored.stdout)["reward"], 0.5)
        listed = self.assay("checkers")
        self.assertIn("fixed", listed.stdout)
        explained = self.assay("explain", "--check", '{"checker":"fixed"}',
                               "--json", "words")
        self.assertEqual(explained.returncode, 0, explained.stderr)
        doctor = self.assay("doctor", "--json")
        self.assertEqual(doctor.returncode, 0, doctor.stdout)
        self.assertEqual(json.loads(doctor.stdout)["plugins"],
                         [{"name": "fixed", "version": "0.5",
                           "problem": None}])
        self.assertEqual(self.processes(), 0)
        self.declare(0.5, command="/nonexistent/python")
        for arguments in (("checkers",), ("score", "-"),
                          ("check-answer", "1", "1")):
            refused = self.assay(*arguments, given=json.dumps(ITEM) + "\n")
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn("plugin fixed", refused.stderr)
        self.assertEqual(self.assay("doctor").returncode, 1)
        both = self.assay("score", "-", "--server", "http://127.0.0.1:1",
                          given="")
        self.assertEqual(both.returncode, 2)


if __name__ == "__main__":
    unittest.main()
