#!/usr/bin/env python3
"""GRPO steps per second beside TRL's GRPOTrainer: same model, weights, batch,
lengths, type, device and threads. Needs TRL in the Python that runs it:

    pip install trl torch && python3 tests/bench/bench_grpo.py build/release/bin
    python3 tests/bench/bench_grpo.py build/cuda/bin --device cuda --size large

Both begin with the same random weights, take 32 questions x 8 completions of up
to 40 tokens a step (`--length`), one update a step, on one thread. Ours asks a
real assayd; TRL's rewards are random numbers, free of charge. Interleaved
rounds; of each the median step, the first left out. --size large is a body of
358 million parameters in bfloat16, for which TRL needs --trl-batch 32.
"""

import argparse
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile

STEPS, QUESTIONS, GROUP = 6, 32, 8

RECIPE = """
name = "bench"
stages = ["base", "rl"]
[base]
kind = "pretrain"
steps = 1
lr = 1e-6
[rl]
kind = "grpo"
steps = {steps}
prompts_per_step = {questions}
group_size = {group}
max_new_tokens = {length}
language_weight = 1
lr = 1e-5
evaluate = false
{model}
"""

SIZES = {
    "small": "",
    "large": """
[model]
hidden_size = 896
layers = 24
heads = 14
kv_heads = 2
intermediate_size = 4864
max_positions = 1024
dtype = "bfloat16"
""",
}


def ours(folder, binaries, url, options):
    recipe = folder / "bench.toml"
    recipe.write_text(RECIPE.format(
        steps=STEPS, questions=QUESTIONS, group=GROUP, length=options.length,
        model=SIZES[options.size]))
    subprocess.run(
        [binaries / "assay-train", "run", recipe, "--clean", "--runs-dir",
         folder, "--server", url, "--threads", "1", "--device",
         options.device], check=True, capture_output=True)
    run = folder / "bench"
    steps = [json.loads(line) for line in
             (run / "timings.jsonl").read_text().splitlines()]
    metrics = [json.loads(line) for line in
               (run / "metrics.jsonl").read_text().splitlines()]
    steps = [s for s in steps if s["stage"] == "rl"][1:]
    rl = [m for m in metrics if m["stage"] == "rl"][1:]
    assert all(m["updates"] == 1 for m in rl), "a step without an update"
    return {"step_s": statistics.median(s["time/step"] for s in steps),
            "generate_s": statistics.median(s["time/generate"] for s in steps),
            "train_s": statistics.median(s["time/train"] for s in steps),
            "mixed": statistics.mean(1 - m["groups/zero_variance"] for m in rl),
            "tokens": statistics.mean(m["tokens"] for m in rl)}


def trl(folder, options):
    done = subprocess.run([sys.executable, __file__, "--trl", str(folder),
                           *sys.argv[1:]],
                          check=True, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "OMP_NUM_THREADS": "1"})
    return json.loads(done.stdout.splitlines()[-1])


def run_trl(folder, options):
    import time

    import torch
    from datasets import Dataset
    from transformers import (AutoModelForCausalLM, PreTrainedTokenizerFast,
                              TrainerCallback)
    from trl import GRPOConfig, GRPOTrainer

    torch.set_num_threads(1)
    on_cpu = options.device == "cpu"
    dtype = torch.bfloat16 if options.size == "large" else torch.float32
    base = folder / "bench" / "checkpoints" / "base"
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(base / "tokenizer.json"), bos_token="<|bos|>",
        eos_token="<|eos|>", pad_token="<|eos|>", padding_side="left")
    model = AutoModelForCausalLM.from_pretrained(base, dtype=dtype)
    prompts = []
    for path in sorted((folder / "bench" / "completions").glob("step_*")):
        for line in path.read_text().split("\n")[:-1]:
            prompts.append("<|bos|>" + json.loads(line)["prompt"])
    prompts = list(dict.fromkeys(prompts))[:QUESTIONS * STEPS]
    draw = random.Random(1)
    times, tokens = [], []

    def reward(completions, completion_ids=None, **_):
        tokens.append(sum(len(ids) for ids in completion_ids))
        return [draw.random() for _ in completions]

    class Watch(TrainerCallback):
        def on_step_begin(self, *_, **__):
            self.begin = time.monotonic()

        def on_step_end(self, *_, **__):
            times.append(time.monotonic() - self.begin)

    config = GRPOConfig(
        output_dir=str(folder / "trl"), use_cpu=on_cpu, bf16=False,
        per_device_train_batch_size=options.trl_batch,
        gradient_accumulation_steps=QUESTIONS * GROUP // options.trl_batch,
        num_generations=GROUP, max_completion_length=options.length,
        max_steps=STEPS, learning_rate=1e-5,
        beta=0.0, temperature=1.0, gradient_checkpointing=False,
        report_to="none", save_strategy="no", logging_strategy="no",
        disable_tqdm=True, dataloader_pin_memory=False)
    GRPOTrainer(model=model, processing_class=tokenizer, reward_funcs=reward,
                args=config, train_dataset=Dataset.from_dict(
                    {"prompt": prompts}), callbacks=[Watch()]).train()
    print(json.dumps({"step_s": statistics.median(times[1:]),
                      "tokens": statistics.mean(tokens[1:])}))


def parsed():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("binaries", type=pathlib.Path)
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    parser.add_argument("--size", default="small", choices=sorted(SIZES))
    parser.add_argument("--length", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--trl-batch", type=int, default=QUESTIONS * GROUP,
                        help="completions of one backward pass of TRL")
    parser.add_argument("--trl", type=pathlib.Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main():
    options = parsed()
    if options.trl:
        return run_trl(options.trl, options)
    binaries = options.binaries.resolve()
    assayd = subprocess.Popen([binaries / "assayd", "--listen", "127.0.0.1:0"],
                              stderr=subprocess.PIPE, text=True)
    try:
        url = re.search(r"http://\S+", assayd.stderr.readline())[0]
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            rounds = []
            for _ in range(options.rounds):
                rounds.append((ours(folder, binaries, url, options),
                               trl(folder, options)))
                print(json.dumps(rounds[-1]), flush=True)
    finally:
        assayd.terminate()
        assayd.wait()
    a = statistics.median(o["step_s"] for o, _ in rounds)
    b = statistics.median(t["step_s"] for _, t in rounds)
    ratio = statistics.median(t["step_s"] / o["step_s"] for o, t in rounds)
    print(f"assay {a:.3f} s a step, TRL {b:.3f} s a step: {ratio:.2f} times "
          "as many steps a second")


if __name__ == "__main__":
    main()
