"""Starts assayd as a process and speaks to it in raw bytes.

The binary is named by the environment variable ASSAYD; it is assayd over the
checkers of tests/verifier/test_checkers.h.
"""

import atexit
import json
import os
import re
import resource
import signal
import socket
import subprocess
import tempfile
import time

LONG = 30  # seconds: a bound on what must end, never a measure of speed


class Response:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"<{self.status} {self.fields} {self.body[:300]!r}>"


def parse_responses(data):
    """Every response in `data`; a cut one is an error."""
    responses = []
    while data:
        head, separator, rest = data.partition(b"\r\n\r\n")
        assert separator, f"a cut head: {data[:200]!r}"
        lines = head.decode("latin-1").split("\r\n")
        match = re.fullmatch(r"HTTP/1\.1 (\d{3}) .+", lines[0])
        assert match, f"not a status line: {lines[0]!r}"
        fields = {}
        for line in lines[1:]:
            name, colon, value = line.partition(": ")
            assert colon, line
            fields[name.lower()] = value
        length = int(fields.get("content-length", 0))
        assert len(rest) >= length, f"a cut body: {lines}"
        responses.append(Response(int(match[1]), fields, rest[:length]))
        data = rest[length:]
    return responses


def post(body, path="/v1/score", extra="", length=None):
    """The bytes of a good POST request."""
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    length = len(body) if length is None else length
    return (
        f"POST {path} HTTP/1.1\r\nHost: test\r\n"
        f"Content-Type: application/json\r\n{extra}"
        f"Content-Length: {length}\r\n\r\n"
    ).encode() + body


def item(name, response="42", checker="equals", **params):
    if checker == "equals":
        params.setdefault("gold", "42")
    return {"id": name, "response": response,
            "checks": [{"checker": checker, **params}]}


HONEST = post({"items": [item("right"), item("wrong", "41")]})


class Assayd:
    def __init__(self, *flags, nofile=None):
        self.log = tempfile.TemporaryFile()
        self.peers = []

        def limit_files():
            if nofile is not None:
                resource.setrlimit(resource.RLIMIT_NOFILE, (nofile, nofile))

        self.process = subprocess.Popen(
            [os.environ["ASSAYD"], "--listen", "127.0.0.1:0", *flags],
            stderr=self.log, preexec_fn=limit_files)
        atexit.register(self.end)  # a failed test leaves no process
        deadline = time.monotonic() + LONG
        pattern = rb"\Aassayd ready on http://127\.0\.0\.1:(\d+)\n"
        while not (match := re.match(pattern, self.log_text())):
            assert self.process.poll() is None, self.log_text()
            assert time.monotonic() < deadline, "not ready"
            time.sleep(0.01)
        self.port = int(match[1])

    def log_text(self):
        # pread: the child writes at the offset that it shares with us.
        return os.pread(self.log.fileno(), 1 << 24, 0)

    def connect(self, timeout=LONG):
        peer = socket.create_connection(("127.0.0.1", self.port), timeout)
        self.peers.append(peer)
        return peer

    def exchange(self, data, half_close=False, pieces=None):
        """Sends, reads to the end. Returns (responses, closed by the server)."""
        with self.connect() as peer:
            try:
                for piece in pieces or [data]:
                    peer.sendall(piece)
                if half_close:
                    peer.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError):
                pass
            received = b""
            while True:
                try:
                    some = peer.recv(1 << 16)
                except ConnectionResetError:
                    break
                if not some:
                    break
                received += some
        return parse_responses(received)

    def ask(self, data, peer=None):
        """One response, on a connection that may live on."""
        if peer is None:
            with self.connect() as peer:
                return self.ask(data, peer)
        peer.sendall(data)
        return self.read_one(peer)

    def read_one(self, peer):
        received = b""
        while b"\r\n\r\n" not in received:
            some = peer.recv(1 << 16)
            assert some, f"closed after {received!r}"
            received += some
        head, _, body = received.partition(b"\r\n\r\n")
        match = re.search(rb"(?i)content-length: (\d+)", head)
        length = int(match[1]) if match else 0
        while len(body) < length:
            some = peer.recv(1 << 16)
            assert some, "closed in a body"
            body += some
        assert len(body) == length, "more than one response"
        return parse_responses(received[: len(head)] + b"\r\n\r\n" + body)[0]

    def get(self, path):
        return self.ask(f"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n".encode())

    def assert_honest(self):
        """The process lives, and pays what is right and only that."""
        assert self.process.poll() is None, self.log_text()
        answer = self.ask(HONEST)
        rewards = [one["reward"] for one in answer.json()["results"]]
        assert rewards == [1.0, 0.0], answer

    def memory_kb(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_until(self, condition):
        deadline = time.monotonic() + LONG
        while not condition():
            assert time.monotonic() < deadline, "waited for too long"
            time.sleep(0.02)

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(LONG)
        finally:
            self.end()

    def end(self):
        self.process.kill()
        self.process.wait()
        self.log.close()
        for peer in self.peers:
            peer.close()
        self.peers.clear()
