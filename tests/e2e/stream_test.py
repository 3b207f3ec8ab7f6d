"""Results as they come (Accept: application/x-ndjson), from a real assayd."""

import http.client
import json
import os
import re
import socket
import struct
import time
import unittest

from assayd_process import Assayd, item, parse_responses, post

NDJSON = "Accept: application/x-ndjson\r\n"


def ids(lines):
    return [line.get("id") for line in lines]


class Stream(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.assayd = Assayd("--workers", "2", "--slots", "1",
                            "--limit-stream-items", "100")

    @classmethod
    def tearDownClass(cls):
        assert cls.assayd.stop() == 0

    def setUp(self):
        self.client = http.client.HTTPConnection("127.0.0.1", self.assayd.port,
                                                 timeout=60)

    def tearDown(self):
        self.client.close()
        self.assayd.assert_honest()

    def ask(self, items, accept="application/x-ndjson"):
        self.client.request(
            "POST", "/v1/score", json.dumps({"items": items}),
            {"Content-Type": "application/json", "Accept": accept})
        return self.client.getresponse()

    def lines(self, response):
        self.assertEqual(response.status, 200)
        self.assertEqual(response.getheader("Content-Type"),
                         "application/x-ndjson")
        return [json.loads(line) for line in response.read().splitlines()]

    def idle(self):
        body = self.assayd.get("/readyz?verbose").body
        return b"waiting=0 running=0" in body

    def test_every_result_once_then_the_end_mark(self):
        names = [f"q{i}" for i in range(1_000)]
        lines = self.lines(self.ask(
            [item(name, "42" if i % 2 else "41")
             for i, name in enumerate(names)]))
        self.assertEqual(lines[-1], {"done": True, "items": 1_000})
        self.assertEqual(sorted(ids(lines[:-1])), sorted(names))
        for line in lines[:-1]:
            right = int(line["id"][1:]) % 2
            self.assertEqual(line["reward"], float(right), line)

    def test_the_same_results_as_in_one_answer(self):
        items = [item("a"), item("b", "41"), {"id": "c"},
                 item("d", "x", "throws", when="judge")]
        streamed = {line["id"]: line for line in self.lines(self.ask(items))
                    if "id" in line}
        whole = self.ask(items, "application/json")
        for one in json.loads(whole.read())["results"]:
            other = streamed[one["id"]]
            for each in (one, other):
                each.pop("queue_us"), each.pop("exec_us")
                for check in each["checks"]:
                    check.pop("elapsed_us")
            self.assertEqual(one, other)

    def test_the_first_result_does_not_wait_for_the_last(self):
        response = self.ask([item("slow", "42", "sleep", ms=2_000),
                             item("quick")])
        first = json.loads(response.readline())
        came = time.monotonic()
        rest = response.read().splitlines()
        self.assertEqual(first["id"], "quick")
        self.assertEqual(json.loads(rest[0])["id"], "slow")
        self.assertGreater(time.monotonic() - came, 1.0)

    def test_no_items_is_an_end_mark(self):
        self.assertEqual(self.lines(self.ask([])),
                         [{"done": True, "items": 0}])

    def test_a_connection_lives_on(self):
        for i in range(3):
            lines = self.lines(self.ask([item(f"{i}")]))
            self.assertEqual(ids(lines), [f"{i}", None])

    def test_a_bad_request_is_a_problem_not_a_stream(self):
        response = self.ask("nonsense")
        self.assertEqual(response.status, 400)
        self.assertEqual(response.getheader("Content-Type"),
                         "application/problem+json")
        response.read()

    def test_http_1_0_has_no_chunks(self):
        request = post({"items": [item("a"), item("b")]}, extra=NDJSON)
        with self.assayd.connect() as peer:
            peer.sendall(request.replace(b"HTTP/1.1", b"HTTP/1.0", 1))
            received = b""
            while some := peer.recv(1 << 16):
                received += some
        head, _, body = received.partition(b"\r\n\r\n")
        self.assertNotIn(b"chunked", head)
        self.assertIn(b"Connection: close", head)
        lines = [json.loads(line) for line in body.splitlines()]
        self.assertEqual(lines[-1], {"done": True, "items": 2})

    def test_the_rest_is_cancelled_when_the_client_leaves(self):
        # One slot: a hundred of these would take 50 s.
        items = [item(f"{i}", "42", "program", ms=500) for i in range(100)]
        with self.assayd.connect() as peer:
            peer.sendall(post({"items": items}, extra=NDJSON))
            received = b""
            while b'"id"' not in received:
                received += peer.recv(1 << 16)
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                            struct.pack("ii", 1, 0))  # a reset
        started = time.monotonic()
        self.assayd.wait_until(self.idle)
        self.assertLess(time.monotonic() - started, 20)

    def test_a_half_close_gets_what_was_done_and_the_rest_as_cancelled(self):
        items = [item(f"{i}", "42", "program", ms=400) for i in range(60)]
        with self.assayd.connect() as peer:
            peer.sendall(post({"items": items}, extra=NDJSON))
            peer.shutdown(socket.SHUT_WR)
            received = b""
            while some := peer.recv(1 << 16):
                received += some
        states = re.findall(rb'"status":"(\w+)"', received)
        self.assertEqual(len(states), 60)
        self.assertGreaterEqual(states.count(b"ok"), 1)
        self.assertGreater(states.count(b"cancelled"), 30)
        self.assertIn(b'{"done": true, "items": 60}', received)

    def test_who_does_not_read_holds_up_only_itself(self):
        # Results far over the socket's buffers, and over the stream's limit.
        name = "n" * 200
        items = [item(f"{name}{i}") for i in range(10_000)]
        before = self.assayd.memory_kb()
        with self.assayd.connect() as peer:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
            peer.sendall(post({"items": items}, extra=NDJSON))
            time.sleep(1.0)
            self.assayd.assert_honest()  # others are served
            growth = self.assayd.memory_kb() - before
            if "ASSAY_SANITIZED" not in os.environ:
                self.assertLess(growth, 120_000, "KB more than before")
            received = bytearray()
            while not received.endswith(b"\r\n0\r\n\r\n"):
                some = peer.recv(1 << 20)
                self.assertTrue(some, "the stream was cut")
                received += some
        self.assertEqual(received.count(b'"status":"ok"'), 10_000)

    def test_a_stream_in_flight_ends_whole_in_a_drain(self):
        assayd = Assayd("--workers", "2")
        with assayd.connect() as peer:
            items = [item(f"{i}", "42", "sleep", ms=300) for i in range(8)]
            peer.sendall(post({"items": items}, extra=NDJSON))
            received = peer.recv(1 << 16)
            assayd.process.terminate()
            while some := peer.recv(1 << 16):
                received += some
        self.assertEqual(received.count(b'"status":"ok"'), 8)
        self.assertIn(b'{"done": true, "items": 8}', received)
        self.assertEqual(assayd.process.wait(30), 0)
        assayd.end()

    def test_head_of_other_routes_is_as_before(self):
        with self.assayd.connect() as peer:
            peer.sendall(f"GET /livez HTTP/1.1\r\nHost: t\r\n{NDJSON}"
                         "Connection: close\r\n\r\n".encode())
            received = b""
            while some := peer.recv(1 << 16):
                received += some
        self.assertEqual(parse_responses(received)[0].body, b"ok\n")


if __name__ == "__main__":
    unittest.main()
