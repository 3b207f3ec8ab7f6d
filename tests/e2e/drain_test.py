"""Ends, overload and the command line of the process."""

import os
import signal
import socket
import struct
import subprocess
import threading
import unittest

from assayd_process import HONEST, LONG, Assayd, item, post


def ask_in_thread(server, data):
    """Asks in a thread; the list gets the response."""
    out = []
    thread = threading.Thread(target=lambda: out.append(server.ask(data)))
    thread.start()
    return thread, out


def gauge(server, name):
    text = server.get("/readyz?verbose").body.decode()
    return int(text.split(name + "=")[1].split()[0])


def running(server):
    return gauge(server, "running")


class DrainTest(unittest.TestCase):
    def test_sigterm_answers_what_is_in_flight(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number.name):
                server = Assayd("--workers", "2", "--drain-delay-ms", "1000")
                self.assertEqual(server.get("/readyz").status, 200)
                slow = post({"items": [item("a", checker="sleep", ms=2500),
                                       item("b", checker="program", ms=2500)]})
                asked = [ask_in_thread(server, slow) for _ in range(2)]
                server.wait_until(lambda: running(server) >= 3)
                idle = server.connect()
                livez = b"GET /livez HTTP/1.1\r\nHost: test\r\n\r\n"
                self.assertEqual(server.ask(livez, idle).status, 200)
                server.process.send_signal(number)
                # First /readyz says so, while the door is still open.
                server.wait_until(lambda: server.get("/readyz").status == 503)
                self.assertEqual(server.get("/livez").status, 200)
                for thread, out in asked:
                    thread.join(LONG)
                    results = out[0].json()["results"]
                    self.assertEqual([r["reward"] for r in results], [1, 1])
                    self.assertEqual(out[0].fields["connection"], "close")
                self.assertEqual(idle.recv(1), b"")  # closed, not reset
                self.assertEqual(server.process.wait(LONG), 0)
                with self.assertRaises(ConnectionRefusedError):
                    server.connect()
                self.assertEqual(server.stop(), 0)

    def test_an_idle_service_ends_though_connections_are_open(self):
        server = Assayd()
        peers = [server.connect() for _ in range(20)]
        server.ask(HONEST, peers[0])
        self.assertEqual(server.stop(), 0)

    def test_drain_timeout_cuts_off_what_takes_too_long(self):
        server = Assayd("--drain-timeout-ms", "200")
        peer = server.connect()
        peer.sendall(post({"items": [
            {**item("a", checker="sleep", ms=60_000),
             "deadline_ms": 60_000}]}))
        server.wait_until(lambda: running(server) == 1)
        self.assertEqual(server.stop(), 0)

    def test_a_second_signal_ends_at_once(self):
        for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            with self.subTest(number.name):
                server = Assayd()
                peer = server.connect()
                peer.sendall(post({"items": [
                    {**item("a", checker="sleep", ms=60_000),
                     "deadline_ms": 60_000}]}))
                server.wait_until(lambda: running(server) == 1)
                server.process.send_signal(number)
                server.wait_until(lambda: b"draining" in server.log_text())
                self.assertEqual(server.stop(number), code)


class OverloadTest(unittest.TestCase):
    def test_a_full_queue_says_503_and_recovers(self):
        server = Assayd("--workers", "1", "--limit-queue-items", "100",
                        "--limit-items", "60")
        batch = post({"items": [item(f"q{i}", checker="sleep", ms=20)
                                for i in range(60)]})
        first, out = ask_in_thread(server, batch)
        server.wait_until(lambda: running(server) == 1)
        memory = server.memory_kb()
        peer = server.connect()
        delays = set()
        for _ in range(30):
            answer = server.ask(batch, peer)  # the connection lives on
            self.assertEqual(answer.status, 503)
            self.assertIn("limit.queue_items", answer.json()["detail"])
            delays.add(answer.fields["retry-after"])
        self.assertLessEqual(delays, {"1", "2", "3"})
        self.assertGreater(len(delays), 1)
        if "ASSAY_SANITIZED" not in os.environ:
            self.assertLess(server.memory_kb() - memory, 5_000)
        # What still fits is taken: 60 + 40 is the limit.
        fits = post({"items": [item(f"r{i}") for i in range(40)]})
        self.assertEqual(server.ask(fits).status, 200)
        first.join(LONG)
        self.assertEqual(out[0].status, 200)
        self.assertEqual(server.ask(batch, peer).status, 200)
        server.assert_honest()
        self.assertEqual(server.stop(), 0)

    def test_the_sum_of_bodies_is_bounded(self):
        server = Assayd("--limit-body-bytes", "1000000",
                        "--limit-held-bytes", "1000000")
        body = b" " * 1_000_000
        holder = server.connect()
        holder.sendall(post(body[:900_000], length=1_000_000))
        server.wait_until(lambda: gauge(server, "held_bytes") == 1_000_000)
        answer = server.ask(post(body[:200_000]))
        self.assertIn("limit.held_bytes", answer.json()["detail"])
        self.assertIn("retry-after", answer.fields)
        holder.close()
        server.wait_until(lambda: gauge(server, "held_bytes") == 0)
        answer = server.ask(post(body[:200_000]))
        self.assertEqual(answer.status, 400)  # read, and found to be no JSON
        server.assert_honest()
        self.assertEqual(server.stop(), 0)

    def test_a_peer_that_left_is_not_worked_for(self):
        batch = post({"items": [item(f"q{i}", checker="sleep", ms=100)
                                for i in range(1_000)]})
        for name, reset in (("reset", True), ("closed", False)):
            with self.subTest(name):
                server = Assayd("--workers", "1", "--leave-grace-ms", "100")
                with server.connect() as peer:
                    if reset:
                        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                        struct.pack("ii", 1, 0))
                    peer.sendall(batch)
                    server.wait_until(lambda: running(server) == 1)
                # 100 s of work; LONG would not be enough.
                server.wait_until(lambda: running(server) == 0)
                server.assert_honest()
                self.assertEqual(server.stop(), 0)


class ExceptionTest(unittest.TestCase):
    def test_checkers_that_throw_end_nothing(self):
        server = Assayd()
        answer = server.ask(post({"items": [
            item("a", checker="throws", when="judge"),
            item("b", checker="throws", when="answer"),
            item("c", checker="throws", when="prepare"),
            item("d")]}))
        results = answer.json()["results"]
        self.assertEqual([r["status"] for r in results],
                         ["not_judged", "ok", "not_judged", "ok"])
        self.assertEqual([r["reward"] for r in results], [None, 0, None, 1])
        server.assert_honest()
        self.assertEqual(server.stop(), 0)


class FlagsTest(unittest.TestCase):
    def run_flags(self, *flags):
        return subprocess.run([os.environ["ASSAYD"], *flags],
                              capture_output=True, text=True, timeout=LONG)

    def test_flags(self):
        rows = [
            (["--help"], 0, "", "--limit-body-bytes"),
            (["--version"], 0, "", "assayd "),
            (["--check-config"], 0, "", ""),
            (["--lissten", "127.0.0.1:0"], 2, "did you mean --listen?", ""),
            (["--limit-items", "-1"], 2, "--limit-items", ""),
            (["--limit-items", "0"], 2, "--limit-items", ""),
            (["--limit-items", "many"], 2, "--limit-items", ""),
            (["--limit-held-bytes", "5"], 2, "limit.body_bytes", ""),
            (["--limit-items", "0", "--workers", "x"], 2, "2 errors", ""),
            (["--config", "/nonexistent"], 2,
             "/nonexistent: No such file or directory", ""),
            (["--print-config"], 0, "", "[limit]"),
            (["--listen", "0.0.0.0:0"], 2, "loopback", ""),
            (["--listen", "[::]:0"], 2, "loopback", ""),
            (["--listen", "192.0.2.1:0"], 2, "loopback", ""),
            (["--listen", "[::ffff:127.0.0.1]:0"], 2, "loopback", ""),
            (["--listen", "127.0.0.1"], 2, "ADDR:PORT", ""),
            (["--listen", "127.0.0.1:65536"], 2, "port", ""),
            (["--listen", "127.0.0.1:1x"], 2, "port", ""),
            (["--listen", "assay.example:80"], 2, "IP address", ""),
            (["--require", "L9"], 2, "--require", ""),
        ]
        for flags, code, error, output in rows:
            with self.subTest(flags):
                result = self.run_flags(*flags)
                self.assertEqual(result.returncode, code, result)
                self.assertIn(error, result.stderr)
                self.assertIn(output, result.stdout)
                self.assertEqual(result.stderr == "", code == 0)

    def test_a_port_that_is_taken_is_refused(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            address = f"127.0.0.1:{other.getsockname()[1]}"
            result = self.run_flags("--listen", address)
        self.assertEqual(result.returncode, 4, result)
        self.assertIn("cannot listen", result.stderr)
        self.assertNotIn("assayd ready", result.stderr)


if __name__ == "__main__":
    unittest.main()
