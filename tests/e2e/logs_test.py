"""Logs: every line is one, says when and how bad, and holds nothing of what is
scored."""

import json
import os
import pty
import re
import signal
import subprocess
import tempfile
import unittest

from assayd_process import LONG, Assayd, item, post

CANARY = "c4n4ry"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
TEXT = re.compile(TIME.pattern + r" (trace|debug|info |warn |error) \S.*")
LEVELS = ("trace", "debug", "info", "warn", "error")


def lines(server):
    """The lines after the one that says ready."""
    text = server.log_text().decode()
    first, *rest = text.split("\n")
    assert first.startswith("assayd ready on http://127.0.0.1:"), first
    assert rest[-1] == "", rest
    return rest[:-1]


class FormatTest(unittest.TestCase):
    def assert_json(self, server):
        found = []
        for line in lines(server):
            entry = json.loads(line)
            self.assertIsInstance(entry, dict, line)
            self.assertRegex(entry["ts"], TIME)
            self.assertIn(entry["level"], LEVELS)
            self.assertEqual(entry["logger"], "assayd")
            self.assertTrue(entry["msg"])
            found.append(entry["msg"])
        return found

    def drained(self, *flags):
        server = Assayd(*flags)
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(LONG), 0)
        self.addCleanup(server.end)
        return server

    def test_json_where_nobody_watches(self):
        for flags in ((), ("--log-format", "json")):
            with self.subTest(flags):
                found = self.assert_json(self.drained(*flags))
                self.assertEqual(found[-1], "drained")

    def test_text_where_it_is_asked_for(self):
        for line in lines(self.drained("--log-format", "text")):
            self.assertRegex(line, TEXT)

    def test_a_level_hides_what_is_below_it(self):
        self.assertEqual(lines(self.drained("--log-level", "error")), [])

    def test_text_on_a_terminal(self):
        for flag, is_json in (("auto", False), ("text", False),
                              ("json", True)):
            with self.subTest(flag):
                ours, theirs = pty.openpty()
                server = subprocess.Popen(
                    [os.environ["ASSAYD"], "--listen", "127.0.0.1:0",
                     "--log-format", flag], stderr=theirs)
                os.close(theirs)
                text = b""
                while b"\n" not in text:
                    text += os.read(ours, 4096)
                server.terminate()
                self.assertEqual(server.wait(LONG), 0)
                while True:
                    try:
                        some = os.read(ours, 4096)
                    except OSError:  # the other end is closed
                        break
                    text += some
                os.close(ours)
                first, *rest = text.decode().split("\r\n")
                self.assertRegex(first, r"^assayd ready on http://127\.0\.0\."
                                        r"1:\d+$")
                self.assertGreater(len(rest), 1)
                for line in rest[:-1]:
                    if is_json:
                        json.loads(line)
                    else:
                        self.assertRegex(line, TEXT)

    def test_what_is_in_a_file_breaks_no_line(self):
        with tempfile.NamedTemporaryFile("wb", suffix=".toml") as file:
            server = Assayd("--config", file.name)
            for text in (b'"a\\u001b[31m\\n{\\"level\\":\\"x\\"}" = 1\n',
                         b'[log]\nlevel = "two\\nlines \\u001b[0m \\u202e"\n',
                         b'[limit]\nitems = "\\u0000\\u0007"\n',
                         b"x = '\xff\xfe'\n"):
                file.seek(0)
                file.truncate()
                file.write(text)
                file.flush()
                before = server.log_text().count(b"not reloaded")
                server.process.send_signal(signal.SIGHUP)
                server.wait_until(lambda n=before: server.log_text().count(
                    b"not reloaded") == n + 1)
            self.assertGreaterEqual(len(self.assert_json(server)), 8)
            self.assertNotIn(b"\x1b", server.log_text())
            self.assertEqual(server.stop(), 0)


class CanaryTest(unittest.TestCase):
    def requests(self):
        c = CANARY
        bodies = [
            {"items": [item(c, c, gold=c), {**item("p", c), "prompt": c}]},
            {"items": [item("a", c, checker=c)]},
            {"items": [item("a", c, checker="throws", when="judge"),
                       item("b", c, checker="throws", when="answer"),
                       item("c", c, checker="throws", when="prepare"),
                       item("d", c, checker="throws", when="number")]},
            {"items": [{**item("a", c), "template": c}]},
            {"items": [{**item("a", c), c: c}]},
            {"items": [{"id": c, "response": [c]}]},
            {c: c},
            c.encode() + b"{",
            b'{"items": [{"id": "' + c.encode() + b'\xff"}]}',
            b'{"items": "' + c.encode(),
        ]
        yield from (post(body) for body in bodies)
        yield post({"pairs": [[c, c]], "policy": {c: c}}, path="/v1/equal")
        yield post(bodies[0], path="/" + c)
        yield post(bodies[0], path="/v1/score?" + c)
        yield post(bodies[0], extra=f"X-Canary: {c}\r\nAuthorization: {c}\r\n")
        yield post(bodies[0], extra=f"Accept: {c}\r\n")
        yield post(bodies[0], extra="Accept: application/x-ndjson\r\n")
        yield f"{c} / HTTP/1.1\r\nHost: {c}\r\n\r\n".encode()
        yield f"GET /livez HTTP/1.1\r\nHost: {c}\r\n{c}\r\n\r\n".encode()

    def test_nothing_of_an_item_is_in_the_logs(self):
        for flags in (("--log-format", "json"), ("--log-format", "text"),
                      ("--limit-response-bytes", "3"),
                      ("--limit-gold-bytes", "3"), ("--limit-id-bytes", "3")):
            with self.subTest(flags):
                server = Assayd("--log-level", "trace", *flags)
                for request in self.requests():
                    # A stream has no length: read to the end.
                    with server.connect() as peer:
                        peer.sendall(request)
                        peer.shutdown(1)
                        while peer.recv(1 << 16):
                            pass
                # The report of what was refused: the log is not just empty.
                server.wait_until(
                    lambda: b"requests refused" in server.log_text())
                server.process.send_signal(signal.SIGHUP)
                server.wait_until(
                    lambda: b"configuration reloaded" in server.log_text())
                server.process.send_signal(signal.SIGTERM)
                self.assertEqual(server.process.wait(LONG), 0)
                self.assertNotIn(CANARY.encode(), server.log_text())
                server.end()


if __name__ == "__main__":
    unittest.main()
