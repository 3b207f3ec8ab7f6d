"""Every kind of stage in one tiny pipeline, with reward models that are served
by assay-train and asked by assayd; killed in each stage, edited, done again.

The binaries are named by the environment variables ASSAYD and ASSAY_TRAIN.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest

ASSAYD = os.environ["ASSAYD"]
ASSAY_TRAIN = os.environ["ASSAY_TRAIN"]
LONG = 240  # seconds: a bound on what must end, never a measure of speed

RL = """
steps = 4
prompts_per_step = 4
group_size = 4
max_new_tokens = 16
lr = 1e-3
"""
STAGES = ["warm", "helpful", "safety", "base", "r1-zero", "cold-start", "dev1",
          "dev2", "collected", "dev3", "r1", "student-base", "distilled"]
RECIPE = f"""
name = "tiny"
seed = 5
stages = {json.dumps(STAGES)}
[warm]
kind = "pretrain"
steps = 4
batch_tokens = 512
lr = 3e-3
[helpful]
kind = "reward-model"
examples = 64
batch = 16
held_out = 20
lr = 1e-2
[safety]
kind = "reward-model"
from = "warm"
preference = "safety"
examples = 64
batch = 16
held_out = 20
lr = 1e-2
[base]
kind = "pretrain"
from = "warm"
steps = 8
batch_tokens = 512
lr = 3e-3
tagged_fraction = 0.5
general_fraction = 0.2
evaluate = true
eval_prompt = "r1-zero"
[r1-zero]
kind = "grpo"
from = "base"
prompt = "r1-zero"
template = "r1-zero"
eval_prompt = "r1-zero"
kl_beta = 0.01
reference_every = 2
{RL}
[cold-start]
kind = "sample"
prompt = "r1-zero"
template = "r1-zero"
refine = true
questions = 8
samples = 2
max_new_tokens = 16
traces = 12
general = 6
[dev1]
kind = "sft"
from = "base"
data = ["cold-start"]
epochs = 1
batch_tokens = 256
lr = 1e-3
[dev2]
kind = "grpo"
language_weight = 1
{RL}
[collected]
kind = "sample"
questions = 8
samples = 2
max_new_tokens = 16
general = 8
[dev3]
kind = "sft"
from = "base"
data = ["cold-start", "collected"]
epochs = 1
batch_tokens = 256
lr = 1e-3
[r1]
kind = "grpo"
temperature = 0.7
general_fraction = 0.5
general_from = 3
watch_every = 2
watch_items = 4
{RL}
[student-base]
kind = "pretrain"
from = "new"
model = "student"
steps = 4
batch_tokens = 512
lr = 3e-3
[distilled]
kind = "sft"
data = ["collected"]
epochs = 1
batch_tokens = 256
lr = 1e-3
[model]
hidden_size = 32
layers = 1
heads = 2
kv_heads = 1
intermediate_size = 32
max_positions = 160
[student]
hidden_size = 16
layers = 1
heads = 2
kv_heads = 1
intermediate_size = 16
max_positions = 160
[data]
count = 0.5
cipher = 0.5
choice = 0.5
[general]
helpful_checker = "helpful"
safety_checker = "safety"
[eval]
items = 6
samples = 4
general_items = 12
max_new_tokens = 16
[checkpoint]
every = 1
[verifier]
linger = "1ms"
wait_limit = "60s"
"""


class Service:
    """A process that says on standard error where it is ready."""

    def __init__(self, command, pattern):
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE,
                                        text=True)
        self.url = re.fullmatch(pattern, self.process.stderr.readline())[1]

    def stop(self):
        self.process.terminate()
        self.process.wait(LONG)
        self.process.stderr.close()


class R1(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.recipe = cls.folder / "tiny.toml"
        cls.recipe.write_text(RECIPE)
        # Reward models of a run that has not begun.
        models = cls.folder / "reference" / "checkpoints"
        cls.serve = Service(
            # One at a time: what else is in a call would move the last bits.
            [ASSAY_TRAIN, "serve", "--listen", "127.0.0.1:0", "--threads", "1",
             "--batch", "1", "--reward", f"helpful={models}/helpful",
             "--reward", f"safety={models}/safety"],
            r"assay-train serving on (\S+)\n")
        config = cls.folder / "assayd.toml"
        config.write_text(
            f'[http.helpful]\nurl = "{cls.serve.url}/v1/reward/helpful"\n'
            f'part = "answer"\n[http.safety]\n'
            f'url = "{cls.serve.url}/v1/reward/safety"\n')
        cls.assayd = Service(
            [ASSAYD, "--config", str(config), "--listen", "127.0.0.1:0"],
            r"assayd ready on (\S+)\n")
        done = cls.run_whole("reference")
        assert done.returncode == 0, done.stderr
        cls.reference = cls.folder / "reference"

    @classmethod
    def tearDownClass(cls):
        cls.assayd.stop()
        cls.serve.stop()
        cls.temporary.cleanup()

    @classmethod
    def start(cls, name, *more, server=None):
        return subprocess.Popen(
            [ASSAY_TRAIN, "run", str(cls.recipe), "--runs-dir",
             str(cls.folder), "--name", name, "--server",
             server or cls.assayd.url, *more],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"})

    @classmethod
    def run_whole(cls, name, *more, server=None):
        process = cls.start(name, *more, server=server)
        stdout, stderr = process.communicate(timeout=LONG)
        return subprocess.CompletedProcess(process.args, process.returncode,
                                           stdout, stderr)

    def summary(self, name):
        summary = json.loads((self.folder / name / "summary.json").read_text())
        for stage in summary["stages"]:
            stage["wall_s"] = None
        return summary

    def assert_same_run(self, name):
        self.assertEqual(self.summary(name), {**self.summary("reference"),
                                              "name": name})
        for stage in STAGES:
            for file in (f"checkpoints/{stage}/model.safetensors",
                         f"data/{stage}.jsonl", f"data/{stage}.card.json"):
                path = self.reference / file
                if path.exists():
                    self.assertEqual((self.folder / name / file).read_bytes(),
                                     path.read_bytes(), file)
        self.assertEqual((self.folder / name / "metrics.jsonl").read_bytes(),
                         (self.reference / "metrics.jsonl").read_bytes())

    def test_every_stage_leaves_what_it_should(self):
        summary = self.summary("reference")
        self.assertEqual([s["stage"] for s in summary["stages"]], STAGES)
        self.assertEqual([m["name"] for m in summary["reward_models"]],
                         ["helpful", "safety"])
        for model in summary["reward_models"]:
            self.assertGreaterEqual(model["pair_accuracy"], 0.0)
        by_name = {s["stage"]: s for s in summary["stages"]}
        for stage in ("base", "r1-zero", "dev1", "dev2", "dev3", "r1",
                      "distilled"):
            for key in ("pass_at_1", "cons_at_k", "pass_at_k", "general",
                        "preference", "format_rate", "language_rate"):
                self.assertIsInstance(by_name[stage][key], float, stage + key)
        for stage in ("cold-start", "collected"):
            card = json.loads((self.reference / "data" /
                               f"{stage}.card.json").read_text())
            self.assertEqual(card["sampled"], 16)
            lines = (self.reference / "data" /
                     f"{stage}.jsonl").read_text().splitlines()
            self.assertEqual(card["documents"], len(lines))
            kept = card["sampled"]
            for one in card["filters"]:
                self.assertEqual(one["kept"] + one["dropped"], kept)
                kept = one["kept"]
            made = 18 if stage == "cold-start" else 8
            self.assertEqual(card["documents"], kept + made)
        config = json.loads((self.reference / "checkpoints/distilled" /
                             "config.json").read_text())
        self.assertEqual(config["hidden_size"], 16)
        self.assertTrue((self.reference / "report.html").exists())

    def test_preferences_come_in_the_last_part_only(self):
        lines = [json.loads(line) for line in
                 (self.reference / "metrics.jsonl").read_text().splitlines()]
        r1 = [line for line in lines if line["stage"] == "r1"]
        self.assertEqual(["preference" in line or "instruction" in line
                          for line in r1], [False, False, True, True])
        self.assertEqual(["watch/accuracy" in line for line in r1],
                         [False, True, False, True])

    def test_killed_in_every_stage_it_ends_the_same(self):
        name = "killed"
        folder = self.folder / name
        killed = set()
        for _ in range(3 * len(STAGES)):
            process = self.start(name)
            deadline = time.monotonic() + LONG
            while time.monotonic() < deadline and process.poll() is None:
                done = {p.stem for p in (folder / "stages").glob("*.json")}
                now = [s for s in STAGES if s not in done]
                log = folder / "metrics.jsonl"
                begun = now and (
                    now[0] in ("cold-start", "collected") or
                    log.exists() and
                    f'"stage":"{now[0]}"' in log.read_text())
                if begun and now[0] not in killed:
                    killed.add(now[0])
                    process.kill()
                    break
                time.sleep(0.002)
            process.communicate()
            if process.returncode == 0:
                break
        self.assertEqual(process.returncode, 0)
        self.assertGreaterEqual(len(killed), len(STAGES) - 2, killed)
        self.assert_same_run(name)

    def test_edited_documents_are_what_is_learnt(self):
        name = "edited"
        done = self.run_whole(name, "--until", "cold-start")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("may be edited before it is learnt from", done.stderr)
        path = self.folder / name / "data/cold-start.jsonl"
        lines = path.read_text().splitlines()
        path.write_text("\n".join([lines[0].replace(
            '"keep":true', '"keep":false', 1)] + lines[1:]) + "\n")
        done = self.run_whole(name, "--until", "dev1")
        self.assertIn("cold-start is done: nothing", done.stderr)
        self.assertEqual(done.returncode, 0, done.stderr)
        edited = (self.folder / name /
                  "checkpoints/dev1/model.safetensors").read_bytes()
        self.assertNotEqual(edited, (self.reference / "checkpoints/dev1" /
                                     "model.safetensors").read_bytes())
        path.write_text("\n".join(lines) + "\n")
        done = self.run_whole(name, "--until", "dev1")
        self.assertIn("dev1 is done again: cold-start/documents is another",
                      done.stderr)
        self.assertEqual((self.folder / name /
                          "checkpoints/dev1/model.safetensors").read_bytes(),
                         (self.reference / "checkpoints/dev1" /
                          "model.safetensors").read_bytes())
        path.write_text(lines[0] + "\nnot JSON\n")
        done = self.run_whole(name, "--until", "dev1")
        self.assertEqual(done.returncode, 3)
        self.assertIn("cold-start.jsonl:2: byte", done.stderr)

    def test_a_branch_is_done_again_alone(self):
        self.assertEqual(self.run_whole("branch").returncode, 0)
        for key, stages in (
                ("collected.general=9",
                 {"collected", "dev3", "r1", "distilled"}),
                ("student.hidden_size=32", {"student-base", "distilled"})):
            done = self.run_whole("branch", "--set", "collected.general=9",
                                  "--set", key)
            self.assertEqual(done.returncode, 0, done.stderr)
            again = set(re.findall(r"^(\S+) is done again", done.stderr,
                                   re.M))
            self.assertEqual(again, stages, done.stderr)
        done = self.run_whole("branch")
        self.assertEqual(done.returncode, 0, done.stderr)
        # Steps count on where a stage is done again: all but those are equal.
        self.assertEqual(self.summary("branch"),
                         {**self.summary("reference"), "name": "branch"})

    def test_no_reward_model_is_no_number(self):
        # assayd asks for reward models that are not there.
        recipe = self.folder / "none.toml"
        recipe.write_text(RECIPE)
        config = self.folder / "none_assayd.toml"
        config.write_text(
            f'[http.helpful]\nurl = "{self.serve.url}/v1/reward/nobody"\n'
            f'[http.safety]\nurl = "{self.serve.url}/v1/reward/nobody"\n')
        assayd = Service(
            [ASSAYD, "--config", str(config), "--listen", "127.0.0.1:0"],
            r"assayd ready on (\S+)\n")
        done = self.run_whole("none", "--until", "base", server=assayd.url)
        assayd.stop()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("not judged", done.stderr)
        base = self.summary("none")["stages"][-1]
        self.assertEqual(base["stage"], "base")
        self.assertIsNone(base["preference"])
        self.assertIsInstance(base["general"], float)


if __name__ == "__main__":
    unittest.main()
