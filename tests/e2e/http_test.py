"""Checkers that are servers elsewhere, and judges, in a real assayd: honest,
hanging, flooding, redirecting, lying, gone and back."""

import http.server
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from assayd_process import LONG, Assayd, post

ASSAY = os.environ["ASSAY"]


class Server:
    """A reward server on loopback; `answer(handler, body)` sends the answer."""

    def __init__(self, answer, port=0):
        outer = self
        self.seen = []
        self.bearers = []
        self.peers = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(length))
                outer.seen.append(body)
                outer.bearers.append(self.headers["Authorization"])
                answer(self, body)

            def setup(self):
                outer.peers.append(self.request)
                super().setup()

            def log_message(self, *_):
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            allow_reuse_address = True
            daemon_threads = True

            def handle_error(self, *_):
                pass  # the other side may go at any time

        self.server = Quiet(("127.0.0.1", port), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def url(self, path="/v1/reward"):
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
        for peer in self.peers:  # those that are kept, too
            try:
                peer.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def send(handler, body, status=200, fields=()):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    for name, value in fields:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def hostile(handler, body):
    """Good is right; "mode" says how it goes wrong, "evil" for that response
    alone."""
    mode = body["params"].get("mode", "honest")
    if mode.startswith("evil_"):
        mode = mode[5:] if body["response"] == "evil" else "honest"
    answer = {"id": body["id"], "score": float(body["response"] == "good")}
    if mode == "honest":
        send(handler, answer)
    elif mode == "hang":
        time.sleep(2)
        handler.close_connection = True
    elif mode == "flood":
        send(handler, b" " * (2 << 20))
    elif mode == "redirect":
        send(handler, b"", 302, [("Location", "http://127.0.0.1:1/")])
    elif mode == "html":
        send(handler, b"<html>")
    elif mode == "nan":
        send(handler, f'{{"id": "{body["id"]}", "score": NaN}}'.encode())
    elif mode == "wrong_id":
        send(handler, {**answer, "id": "x"})
    elif mode == "error":
        send(handler, b"{}", 500)
    elif mode == "bad_request":
        send(handler, b"{}", 400)
    elif mode == "close":
        handler.close_connection = True


MODES = ("hang", "flood", "redirect", "html", "nan", "wrong_id", "error",
         "bad_request", "close")


def judge(handler, body):
    user = body["messages"][1]["content"]
    right = "forty-two" in user.split("begin submitted answer>>>")[-1]
    send(handler, {"choices": [{"finish_reason": "stop", "message": {
        "role": "assistant", "content": json.dumps(
            {"analysis": "compared", "correctness": right})}}]})


def item(name, response, checker="helpful", **params):
    return {"id": name, "response": response,
            "checks": [{"checker": checker, **params}]}


def results(server, batch):
    answer = server.ask(post({"items": batch}))
    assert answer.status == 200, answer
    return answer.json()["results"]


class HttpTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "assayd.toml")

    def serve(self, answer, port=0):
        server = Server(answer, port)
        self.addCleanup(server.stop)
        return server

    def declare(self, **tables):
        """tables: http_NAME or judges_NAME = options."""
        with open(self.path, "w", encoding="utf-8") as file:
            for name, options in tables.items():
                section, _, name = name.partition("_")
                file.write(f"[{section}.{name}]\n")
                for key, value in options.items():
                    file.write(f"{key} = {json.dumps(value)}\n")

    def start(self):
        return Assayd("--config", self.path, "--workers", "2", "--slots", "2")

    def reload(self, server, says=b"configuration reloaded"):
        before = server.log_text().count(says)
        server.process.send_signal(signal.SIGHUP)
        server.wait_until(lambda: server.log_text().count(says) == before + 1)

    def assay(self, *words):
        return subprocess.run([ASSAY, *words], capture_output=True, text=True,
                              timeout=LONG, check=False)

    def test_it_is_listed_and_used_like_a_built_in_one(self):
        remote = self.serve(hostile)
        self.declare(http_helpful={"url": remote.url(), "part": "answer"})
        server = self.start()
        listed = {one["name"]: one for one in
                  server.get("/v1/checkers").json()["checkers"]}
        self.assertEqual(listed["helpful"]["origin"], "http")
        self.assertEqual(listed["text"]["origin"], "built_in")
        self.assertEqual(listed["choice"]["origin"], "built_in")
        out = results(server, [
            item("a", "<think>x</think>good", note=1),
            item("b", "<think>x</think>bad"), item("c", "<think>x</think>"),
            {"id": "d", "response": "\\boxed{good}", "checks": [
                {"checker": "text", "gold": "Good"},
                {"checker": "choice", "gold": "B", "weight": 0.5}]}])
        self.assertEqual([one["reward"] for one in out], [1, 0, 0, 1])
        self.assertEqual(out[2]["checks"][0]["outcome"], "unreadable")
        self.assertEqual(len(remote.seen), 2)
        seen = {one["response"]: one for one in remote.seen}
        self.assertEqual(set(seen), {"good", "bad"})
        self.assertEqual(seen["good"]["params"], {"note": 1})
        self.assertEqual(seen["good"]["template"], "r1")
        self.assertEqual(server.stop(), 0)

    def test_every_way_to_go_wrong_is_null_and_costs_nobody_else(self):
        remote = self.serve(hostile)
        self.declare(http_helpful={"url": remote.url(), "deadline_ms": 500},
                     http_other={"url": remote.url()})
        server = self.start()
        for mode in MODES:
            with self.subTest(mode):
                out = []
                asked = threading.Thread(target=lambda: out.extend(results(
                    server, [item(f"q{i}", "good", mode=mode)
                             for i in range(3)])))
                asked.start()
                while asked.is_alive():
                    others = results(server, [
                        item("m", "\\boxed{42}", "math", gold="42"),
                        item("o", "good", "other")])
                    self.assertEqual([one["reward"] for one in others], [1, 1])
                asked.join()
                self.assertEqual([one["reward"] for one in out], [None] * 3)
                for one in out:
                    self.assertEqual(one["status"], "not_judged")
                    self.assertIn("the server ",
                                  one["checks"][0]["detail"]["reason"])
                # It is tried again after its rest.
                server.wait_until(lambda: results(
                    server, [item("a", "good")])[0]["status"] == "ok")
        self.assertIn(b'assay_not_judged_total{checker="helpful",'
                      b'reason="server_failed"}', server.get("/metrics").body)
        self.assertEqual(server.stop(), 0)

    def test_an_answer_never_buys_a_null(self):
        remote = self.serve(hostile)
        self.declare(http_helpful={"url": remote.url(), "deadline_ms": 500})
        server = self.start()
        for mode in MODES:
            with self.subTest(mode):
                out = results(server, [
                    item(f"q{i}", response, mode="evil_" + mode)
                    for i, response in enumerate(["evil", "good", "evil",
                                                  "bad"])])
                self.assertEqual([one["reward"] for one in out], [0, 1, 0, 0])
                self.assertEqual(
                    out[0]["checks"][0]["outcome"],
                    "timeout" if mode == "hang" else "wrong")
        self.assertEqual(server.stop(), 0)

    def test_gone_and_back(self):
        remote = Server(hostile)
        self.declare(http_helpful={"url": remote.url()})
        server = self.start()
        self.assertEqual(results(server, [item("a", "good")])[0]["reward"], 1)
        remote.stop()
        out = results(server, [item("a", "good")])[0]
        self.assertIsNone(out["reward"])
        again = self.serve(hostile, remote.port)
        server.wait_until(lambda: results(
            server, [item("a", "good")])[0]["reward"] == 1)
        self.assertEqual(again.seen[-1]["response"], "good")
        self.assertEqual(server.stop(), 0)

    def test_come_change_and_go_on_sighup(self):
        remote = self.serve(hostile)
        flipped = self.serve(lambda handler, body: send(
            handler, {"id": body["id"], "score": 0.25}))
        self.declare()
        server = self.start()

        def reward():
            return results(server, [item("a", "good")])[0]["reward"]
        self.assertIsNone(reward())
        self.declare(http_helpful={"url": remote.url()})
        self.reload(server)
        self.assertEqual(reward(), 1)
        self.declare(http_helpful={"url": flipped.url()})
        self.reload(server)
        self.assertEqual(reward(), 0.25)
        # All or nothing: a bad one beside it leaves the old one.
        for bad in ({"http_other": {"url": "http://10.0.0.1/"}},
                    {"judges_other": {"url": remote.url(), "model": "m",
                                      "api_key_file": "/nonexistent"}}):
            self.declare(http_helpful={"url": remote.url()}, **bad)
            self.reload(server, b"not reloaded")
            self.assertEqual(reward(), 0.25)
        self.declare()
        self.reload(server)
        self.assertIsNone(reward())
        self.assertEqual(server.stop(), 0)

    def test_a_bad_declaration_is_named_and_nothing_starts(self):
        for tables, says in (
                ({"http_a": {"url": "http://10.0.0.1/"}},
                 ":2:7: http.a.url: its host 10.0.0.1 is neither loopback"),
                ({"http_a": {"part": "all"}}, ":1:7: http.a has no url"),
                ({"http_math": {"url": "http://127.0.0.1/"}},
                 "is the name of a built-in checker"),
                ({"judges_a": {"url": "http://127.0.0.1/"}},
                 ":1:9: judges.a has no model"),
                ({"http_a": {"url": "http://127.0.0.1/"},
                  "judges_a": {"url": "http://127.0.0.1/", "model": "m"}},
                 "another checker has this name"),
                ({"http_a": {"url": "http://127.0.0.1/",
                             "schema_file": "/nonexistent.json"}},
                 "http a: cannot read /nonexistent.json")):
            with self.subTest(says):
                self.declare(**tables)
                ended = subprocess.run(
                    [os.environ["ASSAYD"], "--listen", "127.0.0.1:0",
                     "--config", self.path], capture_output=True, text=True,
                    timeout=LONG, check=False)
                self.assertEqual(ended.returncode, 2, ended.stderr)
                self.assertIn(says, ended.stderr)
                self.assertNotIn("ready", ended.stderr)

    def test_a_judge_and_its_key(self):
        remote = self.serve(judge)
        key = os.path.join(self.folder.name, "key")
        with open(key, "w", encoding="utf-8") as file:
            file.write("s3cr3t-k3y\n")
        self.declare(judges_grader={
            "url": remote.url("/v1/chat/completions"), "model": "judge-7b",
            "api_key_file": key})
        server = self.start()
        out = results(server, [
            item("a", "<think>x</think>forty-two", "grader", gold="42"),
            item("b", "<think>forty-two</think>no", "grader", gold="42"),
            item("c", "x", "grader")])
        self.assertEqual([one["reward"] for one in out], [1, 0, None])
        self.assertEqual(out[2]["status"], "invalid")
        self.assertEqual(set(remote.bearers), {"Bearer s3cr3t-k3y"})
        for shown in (server.get("/v1/checkers").body, server.log_text(),
                      server.get("/metrics").body, json.dumps(out).encode(),
                      self.assay("config", "show", "--config",
                                 self.path).stdout.encode(),
                      self.assay("doctor", "--config",
                                 self.path).stdout.encode()):
            self.assertNotIn(b"s3cr3t", shown)
        self.assertEqual(server.stop(), 0)

    def test_doctor_and_config_show(self):
        remote = self.serve(hostile)
        self.declare(http_helpful={"url": remote.url()},
                     http_gone={"url": "http://127.0.0.1:1/"})
        ran = self.assay("doctor", "--color=never", "--config", self.path)
        self.assertIn("http helpful reached", ran.stdout)
        self.assertIn("http gone: took no connection", ran.stdout)
        self.assertEqual(ran.returncode, 0, ran.stdout)  # warned of
        ran = self.assay("config", "show", "--origin", "--config", self.path)
        self.assertIn("[http.helpful]", ran.stdout)
        self.assertIn(f"{self.path}:2:7", ran.stdout)
        ran = self.assay("config", "check", self.path)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        ran = self.assay("explain", "--config", self.path, "--check",
                         '{"checker": "helpful"}', "good")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn(remote.url(), ran.stdout)

    def test_in_the_process_of_assay(self):
        remote = self.serve(hostile)
        self.declare(http_helpful={"url": remote.url()})
        path = os.path.join(self.folder.name, "items.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.write(json.dumps(item("a", "good")) + "\n")
        ran = self.assay("score", "--config", self.path, "--json", path)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(json.loads(ran.stdout)["reward"], 1)


if __name__ == "__main__":
    unittest.main()
