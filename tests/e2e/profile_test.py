"""Profiles and templates of the configuration, from the file to the reward."""

import json
import os
import signal
import subprocess
import tempfile
import unittest

from assayd_process import Assayd, post

EXAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        "..", "..", "examples")
RIGHT = "<think>a</think><answer>\\boxed{42}</answer>"
WRONG = "<think>a</think><answer>\\boxed{41}</answer>"
BARE = "\\boxed{42}"


def item(name, profile, response, **more):
    return {"id": name, "profile": profile, "response": response,
            "checks": [{"checker": "math", "gold": "42"}], **more}


class ProfileTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "assayd.toml")

    def write(self, text):
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.rename(self.path + ".new", self.path)

    def score(self, server, *items):
        return server.ask(post({"items": list(items)})).json()["results"]

    def test_the_examples(self):
        server = Assayd("--config", os.path.join(EXAMPLES, "profiles.toml"))
        results = self.score(
            server,
            item("a", "r1-zero", RIGHT), item("b", "r1-zero", BARE),
            item("c", "r1-reasoning", "<think>So it is.</think>\\boxed{42}",
                 prompt="What is it?"),
            item("d", "r1-reasoning", BARE, prompt="What is it?"),
            item("e", "dapo", RIGHT), item("f", "dapo", "x" * 70_000 + RIGHT),
            item("g", "cosine", BARE), item("h", "cosine", "no " * 20),
            item("i", "cosine", BARE + " " * 40_000),
            item("j", "cosine", " " * 40_000), item("k", "r1-zer", RIGHT))
        by_id = {result["id"]: result for result in results}
        self.assertEqual(by_id["a"]["reward"], 2)
        self.assertEqual(by_id["b"]["reward"], 1)  # no form, right
        self.assertAlmostEqual(by_id["c"]["reward"], 2.1)
        self.assertEqual(by_id["d"]["checks"][0]["score"], 1)
        self.assertEqual(by_id["d"]["checks"][0]["gate"], "closed")
        self.assertEqual(by_id["d"]["checks"][0]["weight"], 0)
        self.assertEqual(by_id["e"]["reward"], 2)
        self.assertEqual(by_id["f"]["reward"], 1)
        self.assertAlmostEqual(by_id["g"]["reward"], 2, places=5)
        self.assertAlmostEqual(by_id["h"]["reward"], -10, places=3)
        self.assertAlmostEqual(by_id["i"]["reward"], -10)
        self.assertAlmostEqual(by_id["j"]["reward"], -10)
        self.assertEqual(by_id["k"]["status"], "invalid")
        self.assertEqual(by_id["k"]["error"]["pointer"], "/profile")
        self.assertIn("did you mean r1-zero?", by_id["k"]["error"]["detail"])
        for result in by_id.values():  # the contract's sum
            if result["status"] == "ok":
                self.assertAlmostEqual(result["reward"], sum(
                    c["weight"] * c["score"] for c in result["checks"]))
        listed = server.get("/v1/checkers").json()
        self.assertEqual([p["name"] for p in listed["profiles"]],
                         ["cosine", "dapo", "r1-reasoning", "r1-zero"])
        fields = server.get("/openapi.json").json()["components"]["schemas"]
        self.assertIn("dapo", fields["Item"]["properties"]["profile"]["enum"])
        self.assertEqual(server.stop(), 0)

    def test_a_reload_brings_and_takes_them(self):
        self.write("")
        server = Assayd("--config", self.path)
        sky = {"id": "a", "response": "<|t|>x<|/t|>4", "template": "sky",
               "checks": [{"checker": "format"}]}
        self.assertEqual(self.score(server, sky)[0]["status"], "invalid")
        self.write('[templates.sky]\nopen = "<|t|>"\nclose = "<|/t|>"\n'
                   '[profiles.form]\ntemplate = "sky"\n'
                   'checks = [{checker = "format", weight = 3.0}]\n')
        server.process.send_signal(signal.SIGHUP)
        server.wait_until(
            lambda: b"configuration reloaded" in server.log_text())
        self.assertEqual(self.score(server, sky)[0]["reward"], 1)
        form = {"id": "a", "response": sky["response"], "profile": "form"}
        self.assertEqual(self.score(server, form)[0]["reward"], 3)
        # One that cannot be used changes nothing.
        self.write('[profiles.form]\nchecks = [{checker = "formt"}]\n')
        server.process.send_signal(signal.SIGHUP)
        server.wait_until(
            lambda: b"configuration not reloaded" in server.log_text())
        self.assertEqual(self.score(server, form)[0]["reward"], 3)
        self.assertEqual(server.stop(), 0)

    def test_in_process_and_over_http_give_the_same(self):
        config = os.path.join(EXAMPLES, "profiles.toml")
        server = Assayd("--config", config)
        path = os.path.join(self.folder.name, "items.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for name, response in (("a", RIGHT), ("b", WRONG), ("c", BARE)):
                for profile in ("r1-zero", "cosine"):
                    file.write(json.dumps(
                        item(name + profile, profile, response)) + "\n")

        def lines(*flags):
            run = subprocess.run(
                [os.environ["ASSAY"], "score", path, "--json", *flags],
                check=False, capture_output=True)
            self.assertEqual(run.returncode, 0, run.stderr)
            results = [json.loads(line) for line in run.stdout.splitlines()]
            for result in results:
                del result["queue_us"], result["exec_us"]
                for check in result["checks"]:
                    del check["elapsed_us"]
            return results

        here = lines("--config", config)
        self.assertEqual(len(here), 6)
        self.assertEqual(here, lines("--server", f"http://127.0.0.1:{server.port}"))
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
