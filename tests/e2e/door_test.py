"""Bad requests and bad bodies, each against the whole process.

After every row: the same process, an honest request paid right, and at the end
no descriptor and little memory more than before.
"""

import json
import os
import socket
import struct
import unittest
import urllib.parse

from assayd_process import HONEST, Assayd, item, parse_responses, post

EMPTY = b'{"items":[]}'  # answered with 200 where the framing is accepted
NEXT = b"GET /livez HTTP/1.1\r\nHost: smuggled\r\n\r\n"
CHUNKED = (b"POST /v1/score HTTP/1.1\r\nHost: a\r\n"
           b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
           b"\r\n")


def head(*lines, first=b"POST /v1/score HTTP/1.1", host=b"Host: a"):
    json_type = b"Content-Type: application/json"
    fixed = [first] + ([host] if host else []) + [json_type]
    return b"\r\n".join(fixed + list(lines)) + b"\r\n\r\n"


def get(first, *lines):
    return b"\r\n".join([first, b"Host: a", *lines]) + b"\r\n\r\n"


TLS_HELLO = bytes.fromhex(
    "16030100c8010000c40303" + "5a" * 32 + "20" + "6b" * 32
    + "0004130113020100") + b"\0" * 80

# name, bytes, status. Where the framing is in doubt, an innocent request
# follows: it must not be served.
BAD_REQUESTS = [
    ("trailer of 70 KB", CHUNKED + b"0\r\nT: " + b"x" * 70_000 + b"\r\n\r\n" + NEXT, 411),
    ("50,000 trailers", CHUNKED + b"0\r\n" + b"T: x\r\n" * 50_000 + b"\r\n" + NEXT, 411),
    ("chunk extension of 1 MB", CHUNKED + b"3;" + b"x" * 1_000_000 + b"\r\nabc\r\n0\r\n\r\n" + NEXT, 411),
    ("20,000 chunks of one byte", CHUNKED + b"1\r\na\r\n" * 20_000 + b"0\r\n\r\n" + NEXT, 411),
    ("chunk size overflow", CHUNKED + b"fffffffffffffffff\r\n" + NEXT, 411),
    ("chunk size ends in a bare LF", CHUNKED + b"3\nabc\r\n0\r\n\r\n" + NEXT, 411),
    ("chunk extension with a LF", CHUNKED + b"3;a\nb\r\nabc\r\n0\r\n\r\n" + NEXT, 411),
    ("2 MB in one chunk", CHUNKED + b"200000\r\n" + b"x" * 0x200000 + b"\r\n0\r\n\r\n" + NEXT, 411),
    ("Transfer-Encoding gzip and a length", head(b"Transfer-Encoding: gzip", b"Content-Length: 12") + EMPTY + NEXT, 411),
    ("Transfer-Encoding identity", head(b"Transfer-Encoding: identity", b"Content-Length: 12") + EMPTY + NEXT, 411),
    ("Transfer-Encoding empty", head(b"Transfer-Encoding:", b"Content-Length: 12") + EMPTY + NEXT, 411),
    ("HTTP/1.0 and chunked", head(b"Transfer-Encoding: chunked", first=b"POST /v1/score HTTP/1.0") + b"0\r\n\r\n" + NEXT, 411),
    ("length, then chunked", head(b"Content-Length: 12", b"Transfer-Encoding: chunked") + b"0\r\n\r\n" + NEXT, 411),
    ("chunked, then length", head(b"Transfer-Encoding: chunked", b"Content-Length: 12") + b"0\r\n\r\n" + NEXT, 411),
    ("two lengths that differ", head(b"Content-Length: 12", b"Content-Length: 13") + EMPTY + NEXT, 400),
    ("two lengths that agree", head(b"Content-Length: 12", b"Content-Length: 12") + EMPTY + NEXT, 400),
    ("length 12, 12", head(b"Content-Length: 12, 12") + EMPTY + NEXT, 400),
    ("length 12, 13", head(b"Content-Length: 12, 13") + EMPTY + NEXT, 400),
    ("length +12", head(b"Content-Length: +12") + EMPTY + NEXT, 400),
    ("length -1", head(b"Content-Length: -1") + NEXT, 400),
    ("length 0xc", head(b"Content-Length: 0xc") + EMPTY + NEXT, 400),
    ("length 12 12", head(b"Content-Length: 12 12") + EMPTY + NEXT, 400),
    ("length empty", head(b"Content-Length:") + NEXT, 400),
    ("length 2^64", head(b"Content-Length: 18446744073709551616") + NEXT, 413),
    ("length 2^64 - 1", head(b"Content-Length: 18446744073709551615") + NEXT, 413),
    ("space before the colon", head(b"Content-Length : 12") + EMPTY + NEXT, 400),
    ("bare LF", b"GET /livez HTTP/1.1\nHost: a\n\n" + NEXT, 400),
    ("bare LF in a field", get(b"GET /livez HTTP/1.1", b"A: b\nC: d") + NEXT, 400),
    ("bare CR", get(b"GET /livez HTTP/1.1", b"A: b\rC: d") + NEXT, 400),
    ("NUL in a field", get(b"GET /livez HTTP/1.1", b"A: b\0c") + NEXT, 400),
    ("NUL in the target", get(b"GET /li\0vez HTTP/1.1") + NEXT, 400),
    ("escape in a field", get(b"GET /livez HTTP/1.1", b"A: \x1b[31m") + NEXT, 400),
    ("no Host", b"GET /livez HTTP/1.1\r\n\r\n" + NEXT, 400),
    ("two Hosts", get(b"GET /livez HTTP/1.1", b"Host: b") + NEXT, 400),
    ("two equal Hosts", get(b"GET /livez HTTP/1.1", b"Host: a") + NEXT, 400),
    ("Host that is a path", b"GET /livez HTTP/1.1\r\nHost: a/b\r\n\r\n" + NEXT, 400),
    ("folded line", get(b"GET /livez HTTP/1.1", b"A: b\r\n c") + NEXT, 400),
    ("folded length", head(b"Content-Length:\r\n 12") + EMPTY + NEXT, 400),
    ("space before the first field", b"GET /livez HTTP/1.1\r\n Host: a\r\n\r\n" + NEXT, 400),
    ("head of 9 KB", get(b"GET /livez HTTP/1.1", b"A: " + b"x" * 9_000) + NEXT, 431),
    ("target of 9 KB", get(b"GET /" + b"x" * 9_000 + b" HTTP/1.1") + NEXT, 414),
    ("2,000 fields", get(b"GET /livez HTTP/1.1", *[b"A: b"] * 2_000) + NEXT, 431),
    ("body of 2 MB over the limit", post(b"x" * 2_000_000) + NEXT, 413),
    ("HTTP/1.2", get(b"GET /livez HTTP/1.2") + NEXT, 505),
    ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 505),
    ("HTTP/0.9", b"GET /livez\r\n\r\n" + NEXT, 400),
    ("http in small letters", get(b"GET /livez http/1.1") + NEXT, 400),
    ("TLS hello", TLS_HELLO, 400),
    ("garbage", b"\x93\x01\xff\xfe\0\0garbage\r\n\r\n", 400),
    ("an empty line", b"\r\n" + NEXT, 400),
    ("method of 300 bytes", get(b"X" * 300 + b" /livez HTTP/1.1") + NEXT, 400),
    ("method with a bracket", get(b"G(T /livez HTTP/1.1") + NEXT, 400),
    ("two spaces", get(b"GET  /livez HTTP/1.1") + NEXT, 400),
    ("absolute target", get(b"GET http://a/livez HTTP/1.1") + NEXT, 400),
    ("asterisk target", get(b"OPTIONS * HTTP/1.1") + NEXT, 400),
    ("target that is not ASCII", get(b"GET /\xc3\xa9 HTTP/1.1") + NEXT, 400),
    ("field without a colon", get(b"GET /livez HTTP/1.1", b"Nonsense") + NEXT, 400),
    ("field without a name", get(b"GET /livez HTTP/1.1", b": b") + NEXT, 400),
    ("Expect something else", head(b"Expect: 200-ok", b"Content-Length: 12") + EMPTY + NEXT, 417),
    ("gzip body", post(b"\x1f\x8b\x08\0" * 9, extra="Content-Encoding: gzip\r\n") + NEXT, 415),
    ("form body", b"POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\n" + EMPTY + NEXT, 415),
    ("no media type", b"POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n" + EMPTY + NEXT, 415),
    ("body to a route that has none", post(EMPTY, path="/nowhere") + NEXT, 404),
    ("body to another method's route", post(EMPTY, path="/livez") + NEXT, 405),
]

# name, bytes, status: well framed and refused; the connection may live on.
REFUSED = [
    ("dots", get(b"GET /../livez HTTP/1.1"), 404),
    ("encoded dots", get(b"GET /%2e%2e/livez HTTP/1.1"), 404),
    ("encoded NUL", get(b"GET /livez%00 HTTP/1.1"), 404),
    ("encoded line end", get(b"GET /livez%0d%0aX:%20y HTTP/1.1"), 404),
    ("slash at the end", get(b"GET /v1/checkers/ HTTP/1.1"), 404),
    ("GET of the score", get(b"GET /v1/score HTTP/1.1"), 405),
    ("DELETE", get(b"DELETE /v1/score HTTP/1.1"), 405),
    ("TRACE", get(b"TRACE /livez HTTP/1.1"), 405),
]


def nested(depth):
    """A request whose deepest value is `depth` levels down."""
    # {items: [ {id, response, checks: [ {checker, x: ...: levels 1 to 5.
    inner = "[" * (depth - 5) + "]" * (depth - 5)
    return ('{"items":[{"id":"a","response":"","checks":[{"checker":"equals",'
            '"gold":"","x":' + inner + "}]}]}").encode()


def with_number(number):
    return ('{"items":[{"id":"a","response":"42","checks":[{"checker":"equals",'
            '"gold":"42","weight":' + number + "}]}]}").encode()


WEIGHT = "/items/0/checks/0/weight"
BAD_BODIES = [
    # name, body, pointer, words of the reason
    ("nothing", b"", "", "ends too early"),
    ("cut short", b'{"items":[', "/items/0", "ends too early"),
    ("an array", b"[]", "", "items"),
    ("no items", b"{}", "/items", "required"),
    ("items that are no array", b'{"items":{}}', "/items", "array"),
    ("unknown field", b'{"items":[],"itmes":[]}', "/itmes", "unknown"),
    ("33 levels", nested(33), None, "32 levels"),
    ("100,000 levels", b"[" * 100_000, None, "32 levels"),
    ("duplicate key", b'{"items":[],"items":[]}', "/items", "duplicate"),
    ("duplicate gold", b'{"items":[{"id":"a","response":"","checks":[{"checker":"equals","gold":"1","gold":"2"}]}]}', "/items/0/checks/0/gold", "duplicate"),
    ("duplicate key, escaped", b'{"items":[{"gold":"1","g\\u006fld":"2"}]}', "/items/0/gold", "duplicate"),
    ("invalid UTF-8", b'{"items":[{"id":"\xff"}]}', "/items/0/id", "not JSON"),
    ("overlong UTF-8", b'{"items":[{"id":"\xc0\x80"}]}', "/items/0/id", "not JSON"),
    ("lone surrogate", b'{"items":[{"id":"\\ud800"}]}', "/items/0/id", "not JSON"),
    ("NaN", with_number("NaN"), WEIGHT, "not JSON"),
    ("Infinity", with_number("Infinity"), WEIGHT, "not JSON"),
    ("1e999", with_number("1e999"), WEIGHT, "range"),
    ("-1e999", with_number("-1e999"), WEIGHT, "range"),
    ("1e-400", with_number("1e-400"), WEIGHT, "range"),
    ("2^64", with_number("18446744073709551616"), WEIGHT, "precision"),
    ("400 digits", with_number("1" * 400), WEIGHT, "precision"),
    ("400 decimals", with_number("0." + "1" * 400), WEIGHT, "precision"),
    ("byte order mark", b"\xef\xbb\xbf{\"items\":[]}", "", "not JSON"),
    ("text after the value", b'{"items":[]} x', "", "after"),
    ("a second value", b'{"items":[]}{"items":[]}', "", "after"),
    ("comment", b'{"items":[]/**/}', None, "not JSON"),
    ("trailing comma", b'{"items":[],}', None, "not JSON"),
    ("single quotes", b"{'items':[]}", "", "not JSON"),
    ("control character in a string", b'{"items":[{"id":"\n"}]}', "/items/0/id", "not JSON"),
]


class DoorTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Assayd("--limit-body-bytes", "1000000",
                            "--header-timeout-ms", "1000",
                            "--transfer-timeout-ms", "1000",
                            "--leave-grace-ms", "20000",
                            "--limit-items", "50")
        cls.server.assert_honest()

    @classmethod
    def tearDownClass(cls):
        code = cls.server.stop()
        assert code == 0, code

    def check_alone(self, responses, status):
        self.assertEqual([r.status for r in responses], [status], responses)
        answer = responses[0]
        self.assertEqual(answer.fields["content-type"],
                         "application/problem+json")
        problem = answer.json()
        self.assertEqual(problem["status"], status)
        self.assertRegex(problem["type"], r"\A/problems/[a-z-]+\Z")
        self.assertTrue(problem["title"] and problem["detail"])
        self.assertIn("x-request-id", answer.fields)
        self.assertEqual(answer.fields["connection"], "close")
        return answer

    def test_bad_requests_get_one_answer_and_the_door(self):
        server = self.server
        pid, fds = server.process.pid, server.descriptors()
        memory = server.memory_kb()
        for name, data, status in BAD_REQUESTS:
            with self.subTest(name):
                self.check_alone(server.exchange(data), status)
                server.assert_honest()
        self.assertEqual(server.process.pid, pid)
        server.wait_until(lambda: server.descriptors() <= fds)
        if "ASSAY_SANITIZED" not in os.environ:
            self.assertLess(server.memory_kb() - memory, 10_000)
        self.assertLess(len(server.log_text()), 10_000)

    def test_the_answer_does_not_depend_on_how_the_bytes_were_split(self):
        rows = [(n, d, s) for n, d, s in BAD_REQUESTS if len(d) < 300]
        self.assertGreater(len(rows), 30)
        rows.append(("honest", HONEST.replace(
            b"Host: test", b"Host: test\r\nConnection: close"), 200))
        for name, data, status in rows:
            step = 1 if name in ("honest", "length 12, 12", "folded line") else 23
            for split in range(1, len(data), step):
                with self.subTest(name, split=split):
                    pieces = [data[:split], data[split:]]
                    responses = self.server.exchange(None, pieces=pieces)
                    self.assertEqual([r.status for r in responses], [status])
        with self.subTest("every byte alone"):
            pieces = [HONEST[i:i + 1] for i in range(len(HONEST))]
            with self.server.connect() as peer:
                peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for piece in pieces:
                    peer.sendall(piece)
                self.assertEqual(self.server.read_one(peer).status, 200)

    def test_refused_requests_leave_the_connection_usable(self):
        for name, data, status in REFUSED:
            with self.subTest(name), self.server.connect() as peer:
                answer = self.server.ask(data, peer)
                self.assertEqual(answer.status, status)
                self.assertEqual("allow" in answer.fields, status == 405)
                self.assertEqual(self.server.ask(HONEST, peer).status, 200)

    def test_bad_bodies_name_the_place_and_the_reason(self):
        for name, body, pointer, words in BAD_BODIES:
            with self.subTest(name):
                answer = self.check_alone(
                    self.server.exchange(post(body) + NEXT), 400)
                error = answer.json()["errors"][0]
                if pointer is not None:
                    self.assertEqual(error["pointer"], "#" + pointer)
                self.assertIn(words, error["detail"])
                self.server.assert_honest()

    def test_good_bodies_at_the_edge(self):
        rows = [("32 levels", nested(32), "ok"),
                ("2^53 as an integer", with_number("9007199254740992"), "invalid"),
                ("17 digits", with_number("0.12345678901234567"), "ok"),
                ("1e5", with_number("1e5"), "ok"),
                ("weight 0", with_number("0"), "ok")]
        for name, body, status in rows:
            with self.subTest(name):
                answer = self.server.ask(post(body))
                self.assertEqual(answer.status, 200, answer)
                self.assertEqual(answer.json()["results"][0]["status"], status)
        answer = self.server.ask(post(b'{"items":[]}'))
        self.assertEqual(answer.json(), {"results": []})

    def test_limits_of_a_request_hold_at_the_limit_and_not_one_past(self):
        good = json.dumps({"items": [item("a")]}).encode()
        answer = self.server.ask(post(good.ljust(1_000_000)))
        self.assertEqual(answer.status, 200)
        answer = self.check_alone(
            self.server.exchange(post(good.ljust(1_000_001))), 413)
        self.assertIn("limit.body_bytes = 1000000 bytes",
                      answer.json()["detail"])
        items = [item(str(i)) for i in range(51)]
        self.assertEqual(
            self.server.ask(post({"items": items[:50]})).status, 200)
        answer = self.check_alone(
            self.server.exchange(post({"items": items})), 413)
        self.assertIn("limit.items = 50", answer.json()["detail"])

    def test_a_refusal_reaches_a_client_that_sends_its_whole_body_first(self):
        with self.server.connect() as peer:
            peer.sendall(post(b"x" * 30_000_000))  # not broken off
            self.assertEqual(self.server.read_one(peer).status, 413)

    def test_limit_fields_of_an_item(self):
        for value in ["-1", "0", "1000000000000000000", "1.5", '"2"', "null"]:
            with self.subTest(value):
                body = json.dumps({"items": [item("a")]})[:-3]
                body += f', "deadline_ms": {value}' + "}]}"
                answer = self.server.ask(post(body.encode()))
                result = answer.json()["results"][0]
                self.assertEqual(result["status"], "invalid", answer)
                self.assertEqual(result["error"]["pointer"], "/deadline_ms")

    def test_what_the_peer_sent_is_never_echoed_raw(self):
        key = "\u001b[31m\r\nX-Evil: 1\"<script>"
        answer = self.server.ask(post({key: 1}))
        self.assertEqual(answer.status, 400)
        self.assertNotIn("x-evil", answer.fields)
        self.assertNotIn(b"\x1b", answer.body)
        pointer = answer.json()["errors"][0]["pointer"]
        self.assertRegex(pointer, r"\A#/[!-~]*\Z")
        self.assertEqual(urllib.parse.unquote(pointer),
                         "#/" + key.replace("/", "~1"))

    def test_slow_heads_and_bodies_get_408(self):
        for name, data in [("head", b"GET /livez HT"),
                           ("body", post(b"{}", length=100))]:
            with self.subTest(name):
                self.check_alone(self.server.exchange(data), 408)
                self.server.assert_honest()
        with self.subTest("nothing at all"):
            self.assertEqual(self.server.exchange(b""), [])

    def test_requests_cut_by_a_half_close_get_400(self):
        for name, data in [("head", b"GET /livez HT"),
                           ("body", post(b"{}", length=100))]:
            with self.subTest(name):
                self.check_alone(
                    self.server.exchange(data, half_close=True), 400)

    def test_a_half_close_after_the_request_is_answered(self):
        slow = post({"items": [item("a", checker="sleep", ms=300)]})
        for data in [HONEST, slow]:
            responses = self.server.exchange(data, half_close=True)
            self.assertEqual([r.status for r in responses], [200])
            self.assertEqual(responses[0].json()["results"][0]["reward"], 1.0)

    def test_expect_continue_is_answered_before_the_body(self):
        body = json.dumps({"items": [item("a")]}).encode()
        with self.server.connect() as peer:
            peer.sendall(post(b"", extra="Expect: 100-continue\r\n",
                              length=len(body)))
            self.assertEqual(peer.recv(1000), b"HTTP/1.1 100 Continue\r\n\r\n")
            self.assertEqual(self.server.ask(body, peer).status, 200)
        with self.server.connect() as peer:  # refused before it is sent
            peer.sendall(post(b"", extra="Expect: 100-continue\r\n",
                              length=2_000_000))
            self.assertEqual(self.server.read_one(peer).status, 413)

    def test_1000_pipelined_requests_are_answered_in_order(self):
        requests = [post({"items": [item(f"q{i}", str(i % 2), gold="1")]})
                    for i in range(1_000)]
        requests[-1] = requests[-1].replace(
            b"Host: test", b"Host: test\r\nConnection: close")
        responses = self.server.exchange(b"".join(requests))
        with self.server.connect() as other:
            self.server.ask(HONEST, other)
        results = [r.json()["results"][0] for r in responses]
        self.assertEqual([r["id"] for r in results],
                         [f"q{i}" for i in range(1_000)])
        self.assertEqual([r["reward"] for r in results],
                         [float(i % 2) for i in range(1_000)])

    def test_resets_at_any_time_hurt_nobody(self):
        big = post({"items": [item(f"q{i}", "x" * 9_000) for i in range(50)]})
        linger = struct.pack("ii", 1, 0)  # close sends RST
        for data in [b"", b"GET /", HONEST[:-5], HONEST, big, big * 3]:
            with self.subTest(bytes=len(data)):
                with self.server.connect() as peer:
                    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    peer.sendall(data)
                self.server.assert_honest()

    def test_upgrade_is_ignored_and_head_has_no_body(self):
        answer = self.server.ask(get(b"GET /livez HTTP/1.1", b"Upgrade: h2c",
                                     b"Connection: Upgrade"))
        self.assertEqual((answer.status, answer.body), (200, b"ok\n"))
        with self.server.connect() as peer:
            peer.sendall(get(b"HEAD /livez HTTP/1.1", b"Connection: close"))
            received = b""
            while some := peer.recv(1000):
                received += some
        self.assertTrue(received.endswith(b"\r\n\r\n"), received)
        self.assertIn(b"Content-Length: 3\r\n", received)


if __name__ == "__main__":
    unittest.main()
