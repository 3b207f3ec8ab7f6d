"""assay-train as a process: trains a tiny model with rewards of a real assayd,
is killed, stopped, resumed, split over ranks and starved of its service.

The binaries are named by the environment variables ASSAYD and ASSAY_TRAIN.
"""

import json
import os
import pathlib
import random
import re
import signal
import socket
import struct
import subprocess
import tempfile
import time
import unittest

ASSAYD = os.environ["ASSAYD"]
ASSAY_TRAIN = os.environ["ASSAY_TRAIN"]
LONG = 120  # seconds: a bound on what must end, never a measure of speed

RECIPE = """
name = "tiny"
seed = 5
stages = ["base", "cold", "rl"]
[base]
kind = "pretrain"
steps = 20
batch_tokens = 256
lr = 3e-3
weight_decay = 0.01
[cold]
kind = "sft"
examples = 40
epochs = 2
batch_tokens = 256
lr = 3e-3
evaluate = false
[rl]
kind = "grpo"
steps = 12
prompts_per_step = 6
group_size = 4
minibatches = 2
max_new_tokens = 16
lr = 1e-3
language_weight = 1
kl_beta = 0.01
reference_every = 3
[model]
hidden_size = 32
layers = 1
heads = 2
kv_heads = 1
intermediate_size = 32
max_positions = 128
[eval]
items = 8
samples = 2
max_new_tokens = 16
[checkpoint]
every = 1
[verifier]
linger = "1ms"
wait_limit = "60s"
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Assayd:
    """A real assayd on loopback."""

    def __init__(self, port=0):
        self.process = subprocess.Popen(
            [ASSAYD, "--listen", f"127.0.0.1:{port}"],
            stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        self.url = re.fullmatch(r"assayd ready on (\S+)\n", line)[1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self):
        self.process.terminate()
        self.process.wait(LONG)
        self.process.stderr.close()


def read_tensors(path):
    """Name to (dtype, bytes) of a safetensors file."""
    data = pathlib.Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)
    return {name: (t["dtype"], data[8 + size:][slice(*t["data_offsets"])])
            for name, t in header.items()}


def floats(blob):
    return struct.unpack(f"<{len(blob[1]) // 4}f", blob[1])


class Train(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.recipe = cls.folder / "tiny.toml"
        cls.recipe.write_text(RECIPE)
        cls.assayd = Assayd()
        begin = time.monotonic()
        done = cls.run_whole("reference")
        assert done.returncode == 0, done.stderr
        cls.seconds = time.monotonic() - begin
        cls.stdout = done.stdout
        cls.reference = cls.folder / "reference"

    @classmethod
    def tearDownClass(cls):
        cls.assayd.stop()
        cls.temporary.cleanup()

    @classmethod
    def start(cls, arguments, environment=None, server=None):
        return subprocess.Popen(
            [ASSAY_TRAIN, *arguments, "--server", server or cls.assayd.url],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", **(environment or {})})

    @classmethod
    def new_run(cls, name, *more):
        return ["run", str(cls.recipe), "--runs-dir", str(cls.folder),
                "--name", name, *more]

    @classmethod
    def finish(cls, process, timeout=LONG):
        stdout, stderr = process.communicate(timeout=timeout)
        return subprocess.CompletedProcess(process.args, process.returncode,
                                           stdout, stderr)

    @classmethod
    def run_whole(cls, name, *more):
        return cls.finish(cls.start(cls.new_run(name, *more)))

    def resume(self, name):
        return self.start(["resume", str(self.folder / name)])

    def metrics(self, name):
        return (self.folder / name / "metrics.jsonl").read_bytes()

    def model(self, name, stage):
        return read_tensors(self.folder / name / "checkpoints" / stage /
                            "model.safetensors")

    def assert_same_run(self, name):
        # The name of the run is in its recipe, not in what it measured.
        self.assertEqual(self.metrics(name), self.metrics("reference"))
        for stage in ("base", "cold", "rl"):
            self.assertEqual(self.model(name, stage),
                             self.model("reference", stage), stage)

    def test_a_run_leaves_what_the_contract_names(self):
        names = {p.name for p in self.reference.iterdir()}
        self.assertLessEqual(
            {"recipe.resolved.toml", "manifest.json", "metrics.jsonl",
             "timings.jsonl", "completions", "checkpoints", "summary.json"},
            names)
        summary = json.loads((self.reference / "summary.json").read_text())
        self.assertEqual([s["stage"] for s in summary["stages"]],
                         ["base", "cold", "rl"])
        rl = summary["stages"][2]
        for key in ("pass_at_1", "format_rate", "language_rate", "mean_tokens",
                    "wall_s"):
            self.assertIsInstance(rl[key], float, key)
        for stage in summary["stages"]:
            files = {p.name for p in
                     (self.reference / stage["model"]).iterdir()}
            self.assertEqual(
                files, {"config.json", "tokenizer.json", "model.safetensors"})
        lines = self.metrics("reference").decode().splitlines()
        steps = [json.loads(line) for line in lines]
        self.assertEqual([s["step"] for s in steps],
                         list(range(1, len(steps) + 1)))
        for step in steps:
            if step["stage"] == "rl":
                self.assertEqual(step["updates"], 2)
                self.assertAlmostEqual(step["ratio/mean"], 1.0, delta=0.2)
                self.assertEqual(step["dropped"], 0)
        completions = sorted((self.reference / "completions").glob("step_*"))
        self.assertEqual(len(completions), 12)
        records = [json.loads(line)
                   for line in completions[0].read_text().splitlines()]
        self.assertEqual(len(records), 24)
        self.assertEqual(len({r["id"] for r in records}), 24)
        for record in records:
            self.assertIsNotNone(record["reward"])
            self.assertTrue(record["results"])
        self.assertIn("pass@1", self.stdout)

    def test_the_same_recipe_gives_the_same_bytes(self):
        self.assertEqual(self.run_whole("again").returncode, 0)
        self.assert_same_run("again")
        other = self.run_whole("other_seed", "--set", "seed=6")
        self.assertEqual(other.returncode, 0)
        self.assertNotEqual(self.metrics("other_seed"),
                            self.metrics("reference"))

    def test_kill_nine_at_twenty_points(self):
        draw = random.Random(1)
        kills, runs = 0, 0
        while kills < 20:
            name = f"killed_{runs}"
            runs += 1
            process = self.start(self.new_run(name))
            while True:
                try:
                    process.communicate(
                        timeout=draw.uniform(0.2, 1.0) * self.seconds)
                    break
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.communicate()
                    kills += 1
                there = (self.folder / name / "recipe.resolved.toml").exists()
                process = (self.resume(name) if there
                           else self.start(self.new_run(name)))
            self.assertEqual(process.returncode, 0)
            self.assert_same_run(name)
            self.assertLess(runs, 40)

    def test_a_signal_saves_and_resume_goes_on(self):
        for number, signal_number in ((130, signal.SIGINT),
                                      (143, signal.SIGTERM)):
            name = f"stopped_{number}"
            process = self.start(self.new_run(name))
            log = self.folder / name / "metrics.jsonl"
            deadline = time.monotonic() + LONG
            while time.monotonic() < deadline:
                if log.exists() and log.read_bytes().count(b"\n") >= 3:
                    break
                time.sleep(0.005)
            process.send_signal(signal_number)
            done = self.finish(process)
            self.assertEqual(done.returncode, number, done.stderr)
            self.assertIn(f"assay-train resume {self.folder}/{name}",
                          done.stderr)
            self.assertEqual(self.finish(self.resume(name)).returncode, 0)
            self.assert_same_run(name)

    def test_a_constant_reward_moves_no_bit(self):
        done = self.run_whole("control", "--set", "rl.reward=constant",
                              "--set", "rl.kl_beta=0")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.model("control", "rl"),
                         self.model("control", "cold"))
        self.assertNotEqual(self.model("reference", "rl"),
                            self.model("reference", "cold"))

    def test_two_ranks_equal_one(self):
        # Ranks sum in another order. Small, few steps keep the difference from
        # where a sampled token would turn over.
        gentle = ("--set", "rl.steps=4", "--set", "rl.lr=1e-4")
        done = self.run_whole("alone", *gentle)
        self.assertEqual(done.returncode, 0, done.stderr)
        port = str(free_port())
        ranks = [self.start(
            self.new_run("ranks", *gentle),
            {"RANK": str(r), "LOCAL_RANK": str(r), "WORLD_SIZE": "2",
             "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1",
             "MASTER_PORT": port}) for r in range(2)]
        for rank in ranks:
            done = self.finish(rank)
            self.assertEqual(done.returncode, 0, done.stderr)
        one = self.metrics("alone").decode().splitlines()
        two = self.metrics("ranks").decode().splitlines()
        self.assertEqual(len(one), len(two))
        for a, b in zip(map(json.loads, one), map(json.loads, two)):
            self.assertEqual(a.keys(), b.keys())
            for key, value in a.items():
                if isinstance(value, (int, float)):
                    self.assertAlmostEqual(
                        value, b[key], delta=2e-4 * max(1, abs(value)),
                        msg=f"{key} of step {a['step']}")
                else:
                    self.assertEqual(value, b[key])
        for stage in ("base", "cold", "rl"):
            first, second = self.model("alone", stage), self.model(
                "ranks", stage)
            for name, blob in first.items():
                for x, y in zip(floats(blob), floats(second[name])):
                    self.assertAlmostEqual(x, y, delta=2e-4, msg=name)

    def test_a_service_that_goes_is_waited_for(self):
        assayd = Assayd()
        process = self.start(self.new_run("starved"), server=assayd.url)
        log = self.folder / "starved" / "metrics.jsonl"
        deadline = time.monotonic() + LONG
        while time.monotonic() < deadline:
            if log.exists() and b'"stage":"rl"' in log.read_bytes():
                break
            time.sleep(0.005)
        assayd.stop()
        line = ""
        while "does not answer" not in line:
            line = process.stderr.readline()
            self.assertTrue(line, "it ended")
        self.assertIn("training waits, up to 60 s; nothing is lost", line)
        self.assertIsNone(process.poll())
        assayd = Assayd(assayd.port)
        # Not communicate(), which does not see what readline() read ahead.
        rest = process.stderr.read()
        process.stdout.read()
        self.assertEqual(process.wait(LONG), 0, rest)
        assayd.stop()
        self.assertIn("is back after", rest)
        self.assert_same_run("starved")

    def test_no_service_is_exit_4_before_anything_runs(self):
        process = self.start(self.new_run("nobody"),
                             server=f"http://127.0.0.1:{free_port()}")
        done = self.finish(process)
        self.assertEqual(done.returncode, 4)
        self.assertIn("no assayd at", done.stderr)
        self.assertEqual(self.metrics("nobody"), b"")

    def test_what_is_done_is_not_done_again(self):
        before = self.model("reference", "rl")
        done = self.run_whole("reference")
        self.assertEqual(done.returncode, 0, done.stderr)
        for stage in ("base", "cold", "rl"):
            self.assertIn(f"{stage} is done: nothing it was made of has "
                          "changed", done.stderr)
        self.assertNotIn("[ ", done.stderr)  # no step was done
        self.assertEqual(self.model("reference", "rl"), before)

    def test_expected_gains(self):
        for gain, code in (("rl:base:-1", 1), ("rl:rl:0", 0), ("rl:rl:0.1", 1),
                           ("rl:nobody:0", 2), ("rl:rl", 2), ("rl:rl:x", 2),
                           ("rl:rl:2", 2)):
            done = self.run_whole("reference", "--expect-gain", gain)
            self.assertEqual(done.returncode, code, gain + done.stderr)
            if code == 1:
                self.assertIn("not as expected: pass@1 of rl", done.stderr)
            if code == 2:
                self.assertIn("expected STAGE:STAGE:GAIN", done.stderr)

    def test_clean_begins_anew(self):
        done = self.run_whole("twice", "--until", "base")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.run_whole("twice", "--clean")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("is done: nothing", done.stderr)
        self.assert_same_run("twice")

    def test_a_changed_stage_and_what_hangs_on_it_is_done_again(self):
        self.assertEqual(self.run_whole("changed").returncode, 0)
        done = self.run_whole("changed", "--set", "cold.lr=0.002")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("base is done: nothing", done.stderr)
        self.assertIn("cold is done again: cold.lr was 0.003 and is 0.002",
                      done.stderr)
        self.assertIn("rl is done again: cold is done again", done.stderr)
        for stage, same in (("base", True), ("cold", False), ("rl", False)):
            self.assertEqual(self.model("changed", stage) ==
                             self.model("reference", stage), same, stage)
        steps = [json.loads(line)["step"]
                 for line in self.metrics("changed").splitlines()]
        self.assertEqual(steps, list(range(1, len(steps) + 1)))
        # And back again: what was is no more.
        self.assertEqual(self.run_whole("changed").returncode, 0)
        self.assert_same_run("changed")

    def test_a_model_that_is_gone_is_made_again(self):
        self.assertEqual(self.run_whole("gone").returncode, 0)
        (self.folder / "gone/checkpoints/rl/model.safetensors").unlink()
        done = self.run_whole("gone")
        self.assertIn("rl is done again: its model is gone", done.stderr)
        self.assert_same_run("gone")

    def test_ranks_of_one_command(self):
        done = self.run_whole("launched", "--ranks", "2")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.metrics("launched").count(b"\n"),
                         self.metrics("reference").count(b"\n"))
        process = self.start(self.new_run("interrupted", "--ranks", "2"))
        log = self.folder / "interrupted" / "metrics.jsonl"
        deadline = time.monotonic() + LONG
        while time.monotonic() < deadline:
            if log.exists() and log.read_bytes().count(b"\n") >= 3:
                break
            time.sleep(0.005)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(self.finish(process).returncode, 143)
        done = self.finish(self.start(
            ["resume", str(self.folder / "interrupted"), "--ranks", "2"]))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.metrics("interrupted"), self.metrics("launched"))
        self.assertEqual(self.run_whole("refused", "--ranks", "2", "--from",
                                        "nobody").returncode, 2)

    def test_one_rank_that_is_lost_ends_them_all(self):
        process = self.start(self.new_run("lost", "--ranks", "2"))
        log = self.folder / "lost" / "metrics.jsonl"
        deadline = time.monotonic() + LONG
        while time.monotonic() < deadline:
            if log.exists() and log.read_bytes().count(b"\n") >= 3:
                break
            time.sleep(0.005)
        children = pathlib.Path(
            f"/proc/{process.pid}/task/{process.pid}/children")
        ranks = [int(pid) for pid in children.read_text().split()]
        self.assertEqual(len(ranks), 2)
        os.kill(ranks[1], signal.SIGKILL)
        self.assertNotEqual(self.finish(process).returncode, 0)
        for pid in ranks:
            self.assertFalse(pathlib.Path(f"/proc/{pid}").exists())
        done = self.finish(self.start(
            ["resume", str(self.folder / "lost"), "--ranks", "2"]))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_from_repeats_a_stage_to_the_byte(self):
        self.assertEqual(self.run_whole("partly", "--until", "cold").returncode,
                         0)
        self.assertNotIn(b'"rl"', self.metrics("partly"))
        self.assertEqual(self.finish(self.resume("partly")).returncode, 0)
        self.assert_same_run("partly")
        for stage in ("base", "cold", "rl"):
            done = self.run_whole("partly", "--from", stage)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assert_same_run("partly")

    def test_further_checks_are_asked_and_measured(self):
        done = self.run_whole("further", "--set", "rl.steps=2", "--set",
                              'rl.checks=[{checker="format",template="boxed",'
                              'weight=0.25}]')
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = [json.loads(line) for line in
                 self.metrics("further").splitlines()]
        self.assertTrue(all("check1/format" in line for line in lines
                            if line["stage"] == "rl"))
        resolved = (self.folder / "further" / "recipe.resolved.toml").read_text()
        self.assertIn('"template" = "boxed"', resolved)
        record = json.loads(next((self.folder / "further" / "completions")
                                 .glob("step*")).read_text().splitlines()[0])
        self.assertEqual([one["checker"] for one in record["results"]],
                         ["math", "format", "language", "format"])
        self.assertEqual(record["results"][3]["weight"], 0.25)
        done = self.run_whole("unknown", "--set", "rl.steps=1", "--set",
                              'rl.checks=[{checker="nobody"}]')
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertIn("/checks/3/checker: unknown checker", done.stderr)

    def test_an_evaluation_is_a_stage(self):
        recipe = self.folder / "stages.toml"
        recipe.write_text(RECIPE.replace('["base", "cold", "rl"]',
                                         '["base", "cold", "before", "rl"]') +
                          '[before]\nkind = "eval"\nitems = 5\nsamples = 3\n'
                          'max_new_tokens = 8\n')
        command = ["run", str(recipe), "--runs-dir", str(self.folder),
                   "--name", "stages"]
        done = self.finish(self.start(command))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr + done.stdout,
                         r"eval before: pass@1 .* over 5 held-out problems x 3")
        folder = self.folder / "stages"
        stages = json.loads((folder / "summary.json").read_text())["stages"]
        self.assertEqual([one["stage"] for one in stages],
                         ["base", "cold", "before", "rl"])
        self.assertIsNotNone(stages[2]["pass_at_1"])
        self.assertGreater(stages[2]["wall_s"], 0.0)
        self.assertEqual(stages[2]["model"], stages[1]["model"])
        whole = self.metrics("stages")
        for stage in ("before", "rl"):
            done = self.finish(self.start(command + ["--from", stage]))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.metrics("stages"), whole)

    def test_what_moves_no_weight_may_change(self):
        done = self.finish(self.start(
            ["resume", str(self.reference), "--set", "checkpoint.every=7"]))
        self.assertEqual(done.returncode, 0, done.stderr)  # nothing to do
        self.assertIn("rl is done: nothing", done.stderr)

    def test_errors_of_a_recipe_come_at_once(self):
        done = self.run_whole("broken", "--set", "rl.group_szie=4", "--set",
                              "rl.lr=-1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("did you mean group_size?", done.stderr)
        self.assertIn("2 errors, nothing was started.", done.stderr)
        self.assertFalse((self.folder / "broken").exists())

    def test_eval_and_generate(self):
        model = str(self.reference / "checkpoints" / "rl")
        done = self.finish(self.start(
            ["eval", "--model", model, "--suite", "arithmetic", "--items", "6",
             "-k", "2", "--max-new-tokens", "16", "--json"]))
        self.assertEqual(done.returncode, 0, done.stderr)
        stage = json.loads(done.stdout)["stages"][0]
        self.assertGreaterEqual(stage["pass_at_1"], 0.0)
        process = subprocess.run(
            [ASSAY_TRAIN, "generate", "--model", model, "-n", "3",
             "--max-new-tokens", "8", "What is 12+34"],
            capture_output=True, timeout=LONG)
        self.assertEqual(process.returncode, 0, process.stderr)
        done = self.finish(self.start(["eval", "--model", "/nonexistent"]))
        self.assertEqual(done.returncode, 3)


if __name__ == "__main__":
    unittest.main()
