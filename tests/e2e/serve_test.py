"""assay-train serve as a process, over a tiny model that assay-train trains:
every route, bodies that are wrong, limits, a model that comes late and changes,
SIGTERM.

The binaries are named by the environment variables ASSAYD and ASSAY_TRAIN.
"""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest

ASSAYD = os.environ["ASSAYD"]
ASSAY_TRAIN = os.environ["ASSAY_TRAIN"]
LONG = 120  # seconds: a bound on what must end, never a measure of speed
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1"}

RECIPE = """
name = "tiny"
seed = 5
stages = ["base"]
[base]
kind = "pretrain"
steps = 1
batch_tokens = 256
evaluate = false
[model]
hidden_size = 32
layers = 1
heads = 2
kv_heads = 1
intermediate_size = 32
max_positions = 128
"""


class Server:
    """assay-train serve on a free port of loopback."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [ASSAY_TRAIN, "serve", *arguments], stderr=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
        line = self.process.stderr.readline()
        match = re.fullmatch(
            r"assay-train serving on http://127\.0\.0\.1:(\d+)\n", line)
        assert match, line
        self.port = int(match[1])

    def ask(self, method, path, body=None, raw=None):
        """(status, headers, text)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port,
                                                timeout=LONG)
        data = raw if body is None else json.dumps(body)
        headers = {} if data is None else {"Content-Type": "application/json"}
        connection.request(method, path, data, headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, response.headers, text

    def post(self, path, **body):
        status, headers, text = self.ask("POST", path, body)
        return status, headers, json.loads(text)

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=LONG)
        return self.process.returncode, out, err


def run(*arguments):
    return subprocess.run([ASSAY_TRAIN, *arguments], capture_output=True,
                          text=True, timeout=LONG, env=ENVIRONMENT)


class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        recipe = cls.folder / "tiny.toml"
        recipe.write_text(RECIPE)
        assayd = subprocess.Popen([ASSAYD, "--listen", "127.0.0.1:0"],
                                  stderr=subprocess.PIPE, text=True)
        url = assayd.stderr.readline().split()[-1]
        done = run("run", str(recipe), "--runs-dir", str(cls.folder), "--server",
                   url)
        assayd.terminate()
        assayd.wait(LONG)
        assayd.stderr.close()
        assert done.returncode == 0, done.stderr
        cls.model = cls.folder / "tiny" / "checkpoints" / "base"
        cls.server = Server("--model", f"tiny={cls.model}", "--body-bytes",
                            "2000", "--choices", "8", "--max-tokens", "64")

    @classmethod
    def tearDownClass(cls):
        code, out, err = cls.server.stop()
        cls.temporary.cleanup()
        assert (code, out, err) == (0, "", ""), (code, out, err)

    def test_probes_and_models(self):
        for path, word in (("/livez", "ok"), ("/readyz", "ready")):
            status, _, text = self.server.ask("GET", path)
            self.assertEqual((status, json.loads(text)), (200, {"status": word}))
        _, _, text = self.server.ask("GET", "/v1/models")
        self.assertEqual([one["id"] for one in json.loads(text)["data"]],
                         ["tiny"])

    def complete(self, **more):
        return self.server.post("/v1/completions", model="tiny",
                                prompt="User: What is 1+1. Assistant:",
                                **{"max_tokens": 8, "seed": 1, **more})

    def test_completions(self):
        status, _, answer = self.complete(n=3, logprobs=1)
        self.assertEqual(status, 200, answer)
        self.assertEqual(len(answer["choices"]), 3)
        for choice in answer["choices"]:
            self.assertIn(choice["finish_reason"], ("stop", "length"))
            logprobs = choice["logprobs"]["token_logprobs"]
            self.assertEqual(len(logprobs), len(choice["logprobs"]["tokens"]))
            self.assertTrue(all(one <= 0 for one in logprobs))
        self.assertEqual(self.complete(n=3, logprobs=1)[2]["choices"],
                         answer["choices"])
        self.assertNotEqual(self.complete(n=3, seed=2)[2]["choices"][0]["text"],
                            answer["choices"][0]["text"])
        greedy = self.complete(temperature=0, seed=None)[2]["choices"]
        self.assertEqual(self.complete(temperature=0, seed=None)[2]["choices"],
                         greedy)

    def test_a_stream_is_the_whole_in_pieces(self):
        for arguments in ({}, {"n": 4}, {"temperature": 0}, {"max_tokens": 64}):
            _, _, whole = self.complete(**arguments)
            status, headers, text = self.server.ask(
                "POST", "/v1/completions",
                {"model": "tiny", "prompt": "User: What is 1+1. Assistant:",
                 "max_tokens": 8, "seed": 1, "stream": True, **arguments})
            self.assertEqual(status, 200)
            self.assertEqual(headers["Content-Type"], "text/event-stream")
            events = text.strip().split("\n\n")
            self.assertEqual(events.pop(), "data: [DONE]")
            texts = {}
            reasons = {}
            for event in events:
                choice = json.loads(event.removeprefix("data: "))["choices"][0]
                texts[choice["index"]] = (texts.get(choice["index"], "") +
                                          choice["text"])
                if choice["finish_reason"]:
                    reasons[choice["index"]] = choice["finish_reason"]
            for choice in whole["choices"]:
                self.assertEqual(texts[choice["index"]], choice["text"])
                self.assertEqual(reasons[choice["index"]],
                                 choice["finish_reason"])

    def test_chat(self):
        status, _, answer = self.server.post(
            "/v1/chat/completions", model="tiny", seed=1, max_tokens=8,
            messages=[{"role": "user", "content": "What is 1+1"}])
        self.assertEqual(status, 200, answer)
        # The frame is that of the model's training.
        self.assertEqual(answer["choices"][0]["message"]["content"],
                         self.complete()[2]["choices"][0]["text"])
        status, _, answer = self.server.post(
            "/v1/chat/completions", model="tiny",
            messages=[{"role": "user", "content": "Go on"}])
        self.assertEqual(status, 200, answer)
        self.assertLessEqual(answer["usage"]["completion_tokens"], 64)

    def test_what_is_wrong_is_named(self):
        for path, body, status, want in (
                ("/v1/completions", "{", 400, "ends too early"),
                ("/v1/completions", "[]", 400, "object"),
                ("/v1/completions", '{"model":"no","prompt":"a"}', 404,
                 "model_not_found"),
                ("/v1/completions", '{"model":"tiny","prompt":"a","n":9}', 400,
                 "limit.choices"),
                ("/v1/completions",
                 '{"model":"tiny","prompt":"a","max_tokens":65}', 400,
                 "limit.max_tokens"),
                ("/v1/completions",
                 json.dumps({"model": "tiny", "prompt": "a" * 120}), 400,
                 "128 that the model has room for"),
                ("/v1/completions", " " * 2001, 413, "limit.body_bytes = 2000"),
                ("/v1/chat/completions", '{"model":"tiny","messages":[]}', 400,
                 "messages"),
                ("/v1/reward/no", '{"response":"a"}', 404, "no reward model"),
                ("/v1/nothing", "{}", 404, "the paths are"),
                ("/livez", "{}", 405, "another method")):
            got, headers, text = self.server.ask("POST", path, raw=body)
            self.assertEqual(got, status, (path, body, text))
            self.assertIn(want, text)
            problem = json.loads(text)
            if path.endswith("completions"):
                self.assertEqual(list(problem), ["error"])
            else:
                self.assertEqual(headers["Content-Type"],
                                 "application/problem+json")
                self.assertEqual(problem["status"], status)

    def test_many_at_once(self):
        results = [None] * 16

        def ask(number):
            results[number] = self.complete(seed=number % 4)[2]["choices"]

        threads = [threading.Thread(target=ask, args=(i,))
                   for i in range(len(results))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LONG)
        for number, choices in enumerate(results):
            self.assertEqual(choices, results[number % 4])

    def test_a_model_that_comes_late_and_changes(self):
        late = self.folder / "late"
        server = Server("--model", str(late))
        ask = {"model": "late", "prompt": "a", "temperature": 0}
        status, headers, answer = server.post("/v1/completions", **ask)
        self.assertEqual((status, headers["Retry-After"]), (503, "1"), answer)
        self.assertIn("model.safetensors yet", answer["error"]["message"])
        shutil.copytree(self.model, late)
        status, _, first = server.post("/v1/completions", **ask)
        self.assertEqual(status, 200, first)
        weights = late / "model.safetensors"
        data = bytearray(weights.read_bytes())
        # Other weights: every other float of the last half changes its sign.
        for i in range(len(data) // 2 | 3, len(data), 8):
            data[i] ^= 0x80
        weights.write_bytes(data)
        status, _, second = server.post("/v1/completions", **ask)
        self.assertEqual(status, 200, second)
        self.assertNotEqual(first["choices"], second["choices"])
        weights.write_bytes(data[:100])
        status, _, broken = server.post("/v1/completions", **ask)
        self.assertEqual(status, 500, broken)
        self.assertIn("model.safetensors", broken["error"]["message"])
        self.assertEqual(server.stop(signal.SIGINT), (0, "", ""))

    def test_sigterm_answers_what_is_in_flight(self):
        server = Server("--model", f"tiny={self.model}")
        connection = http.client.HTTPConnection("127.0.0.1", server.port,
                                                timeout=LONG)
        body = json.dumps({"model": "tiny", "prompt": "a", "max_tokens": 100,
                           "n": 64, "stream": True, "seed": 3})
        connection.request("POST", "/v1/completions", body,
                           {"Content-Type": "application/json"})
        response = connection.getresponse()  # it has begun
        server.process.send_signal(signal.SIGTERM)
        text = response.read().decode()
        connection.close()
        self.assertTrue(text.endswith("data: [DONE]\n\n"))
        out, err = server.process.communicate(timeout=LONG)
        self.assertEqual((server.process.returncode, out, err), (0, "", ""))

    def test_the_command_line_is_held(self):
        for arguments, want in (
                ([], "nothing to serve"),
                (["--model", "a b=x"], "--model a b=x"),
                (["--model", "a=x", "--model", "a=y"], "of this name"),
                (["--reward", "x"], "NAME=DIR"),
                (["--model", "x", "--listen", "localhost"], "--listen"),
                (["--model", "x", "--queue", "0"], "--queue")):
            done = run("serve", *arguments)
            self.assertEqual(done.returncode, 2, (arguments, done.stderr))
            self.assertIn(want, done.stderr)
        done = run("serve", "--model", "x", "--listen",
                   f"127.0.0.1:{self.server.port}")
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("cannot listen", done.stderr)


if __name__ == "__main__":
    unittest.main()
