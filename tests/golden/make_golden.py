#!/usr/bin/env python3
"""Writes the golden files beside it: what PyTorch says in float64.

    pip install torch==2.11.0 && python3 tests/golden/make_golden.py

Nothing here is shared with the C++ code: the decoder is written out after the
published description of Llama, gradients are autograd's, the optimizer is
torch.optim's.
"""

import json
import math
import pathlib
import struct

import torch

HERE = pathlib.Path(__file__).parent
torch.set_default_dtype(torch.float64)


def save(name, tensors):
    """Safetensors by hand: header, then the tensors in the header's order."""
    header, data = {}, b""
    for key in sorted(tensors):
        tensor = tensors[key].detach().contiguous()
        kind = {torch.float64: "F64", torch.int64: "I64"}[tensor.dtype]
        raw = tensor.numpy().tobytes()
        header[key] = {
            "dtype": kind,
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (HERE / f"{name}.safetensors").write_bytes(
        struct.pack("<Q", len(text)) + text + data)


VOCABULARY, HIDDEN, LAYERS, HEADS, KV_HEADS, WIDE = 29, 16, 2, 4, 2, 20
THETA, EPSILON = 1e4, 1e-5
SEQUENCES = [[3, 1, 4, 1, 5], [9], [2, 6, 5, 3, 5, 8, 9, 7, 9]]


def make_weights(tied, generator):
    def draw(*shape, scale=0.4):
        return torch.randn(*shape, generator=generator) * scale

    dim = HIDDEN // HEADS
    weights = {"model.embed_tokens.weight": draw(VOCABULARY, HIDDEN)}
    for i in range(LAYERS):
        layer = f"model.layers.{i}."
        weights |= {
            layer + "input_layernorm.weight": 1 + draw(HIDDEN),
            layer + "self_attn.q_proj.weight": draw(HEADS * dim, HIDDEN),
            layer + "self_attn.k_proj.weight": draw(KV_HEADS * dim, HIDDEN),
            layer + "self_attn.v_proj.weight": draw(KV_HEADS * dim, HIDDEN),
            layer + "self_attn.o_proj.weight": draw(HIDDEN, HEADS * dim),
            layer + "post_attention_layernorm.weight": 1 + draw(HIDDEN),
            layer + "mlp.gate_proj.weight": draw(WIDE, HIDDEN),
            layer + "mlp.up_proj.weight": draw(WIDE, HIDDEN),
            layer + "mlp.down_proj.weight": draw(HIDDEN, WIDE),
        }
    weights["model.norm.weight"] = 1 + draw(HIDDEN)
    if not tied:
        weights["lm_head.weight"] = draw(VOCABULARY, HIDDEN)
    return {name: w.requires_grad_() for name, w in weights.items()}


def norm(x, w):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + EPSILON) * w


def rotate(x):  # [L, d]
    length, dim = x.shape
    rows = []
    for position in range(length):
        row = [None] * dim
        for i in range(dim // 2):
            angle = position / THETA ** (2 * i / dim)
            a, b = x[position, i], x[position, i + dim // 2]
            row[i] = a * math.cos(angle) - b * math.sin(angle)
            row[i + dim // 2] = b * math.cos(angle) + a * math.sin(angle)
        rows.append(torch.stack(row))
    return torch.stack(rows)


def forward(weights, ids):
    """The hidden states after the last norm, of one sequence."""
    dim = HIDDEN // HEADS
    x = weights["model.embed_tokens.weight"][ids]
    future = torch.ones(len(ids), len(ids)).triu(1).bool()
    for i in range(LAYERS):
        w = {k.split(f"layers.{i}.")[1]: v for k, v in weights.items()
             if f"layers.{i}." in k}
        y = norm(x, w["input_layernorm.weight"])
        q = y @ w["self_attn.q_proj.weight"].T
        k = y @ w["self_attn.k_proj.weight"].T
        v = y @ w["self_attn.v_proj.weight"].T
        out = []
        for h in range(HEADS):
            g = h // (HEADS // KV_HEADS)
            scores = rotate(q[:, h * dim:(h + 1) * dim]) @ rotate(
                k[:, g * dim:(g + 1) * dim]).T / math.sqrt(dim)
            scores = scores.masked_fill(future, float("-inf"))
            out.append(scores.softmax(-1) @ v[:, g * dim:(g + 1) * dim])
        x = x + torch.cat(out, -1) @ w["self_attn.o_proj.weight"].T
        z = norm(x, w["post_attention_layernorm.weight"])
        gate = z @ w["mlp.gate_proj.weight"].T
        up = z @ w["mlp.up_proj.weight"].T
        x = x + (gate * torch.sigmoid(gate) * up) @ w["mlp.down_proj.weight"].T
    return norm(x, weights["model.norm.weight"])


def logprobs_of(weights, head, temperature):
    """Of each next token, and the entropies; of all sequences, end to end."""
    chosen, entropies = [], []
    for ids in SEQUENCES:
        logits = forward(weights, ids)[:-1] @ head.T / temperature
        every = torch.log_softmax(logits, -1)
        chosen.append(every[range(len(ids) - 1), ids[1:]])
        entropies.append(-(every.exp() * every).sum(-1))
    return torch.cat(chosen), torch.cat(entropies)


def grpo(logprobs, old, ref, advantages, lengths, norm_name, beta, low, high):
    """Token by token, as the papers write it."""
    total = 0.0
    tokens = len(logprobs)
    sequences = sum(1.0 / n for n in lengths)  # each token counts 1 / length
    for t in range(tokens):
        ratio = torch.exp(torch.clamp(logprobs[t] - old[t], -20, 20))
        bounded = min(max(ratio, torch.tensor(1 - low)),
                      torch.tensor(1 + high))
        gain = torch.min(ratio * advantages[t], bounded * advantages[t])
        gap = torch.clamp(ref[t] - logprobs[t], -20, 20)
        kl = torch.exp(gap) - gap - 1
        weight = {
            "sequence_mean": 1 / (sequences * lengths[t]),
            "token_mean": 1 / tokens,
            "constant": 1 / (sequences * 64),
        }[norm_name]
        total = total + weight * (beta * kl - gain)
    return total


GRPO_CASES = [(n, beta, low, high)
              for n in ("sequence_mean", "token_mean", "constant")
              for beta in (0.0, 0.04)
              for low, high in ((0.2, 0.2), (0.2, 0.28), (10.0, 10.0))]


def make_decoder(tied):
    generator = torch.Generator().manual_seed(11 + tied)
    weights = make_weights(tied, generator)
    head = weights["model.embed_tokens.weight" if tied else "lm_head.weight"]
    out = dict(weights)
    out["out.hidden"] = torch.cat([forward(weights, s) for s in SEQUENCES])
    logprobs, entropy = logprobs_of(weights, head, 0.7)
    out["out.logprobs"], out["out.entropy"] = logprobs, entropy

    # Completion-only loss: the last 2 and the last 5 tokens are completions.
    plain, _ = logprobs_of(weights, head, 1.0)
    mask = torch.tensor([0, 0, 1, 1] + [0, 0, 0, 1, 1, 1, 1, 1.0])
    loss = -(plain * mask).sum() / mask.sum()
    out["out.sft_loss"] = loss
    for key, grad in zip(weights, torch.autograd.grad(loss, weights.values(),
                                                      retain_graph=True)):
        out["sft_grad." + key] = grad

    # GRPO through the whole model, at temperature 0.7.
    rows = mask.nonzero().squeeze(-1)
    old = logprobs.detach()[rows] + 0.3 * torch.randn(7, generator=generator)
    ref = logprobs.detach()[rows] + 0.3 * torch.randn(7, generator=generator)
    advantages = torch.tensor([0.8, 0.8] + [-1.1] * 5)
    lengths = [2, 2, 5, 5, 5, 5, 5]
    out |= {"in.rows": rows, "in.old": old, "in.ref": ref,
            "in.advantages": advantages, "in.lengths": torch.tensor(lengths)}
    loss = grpo(logprobs[rows], old, ref, advantages, lengths,
                "sequence_mean", 0.04, 0.2, 0.28)
    out["out.grpo_loss"] = loss
    for key, grad in zip(weights, torch.autograd.grad(loss, weights.values())):
        out["grpo_grad." + key] = grad
    save("decoder_tied" if tied else "decoder", out)


def make_grpo():
    generator = torch.Generator().manual_seed(5)
    lengths = [3] * 3 + [7] * 7 + [1] + [5] * 5
    size = len(lengths)
    logprobs = -torch.rand(size, generator=generator) * 3
    old = logprobs + 0.5 * torch.randn(size, generator=generator)
    ref = logprobs + 0.5 * torch.randn(size, generator=generator)
    old[2], ref[4], ref[12] = logprobs[2] + 30, logprobs[4] + 25, -60.0
    by_sequence = torch.randn(4, generator=generator)
    advantages = torch.cat([by_sequence[i].repeat(n)
                            for i, n in enumerate((3, 7, 1, 5))])
    out = {"in.logprobs": logprobs, "in.old": old, "in.ref": ref,
           "in.advantages": advantages, "in.lengths": torch.tensor(lengths)}
    for i, case in enumerate(GRPO_CASES):
        leaf = logprobs.clone().requires_grad_()
        loss = grpo(leaf, old, ref, advantages, lengths, *case)
        out[f"out.loss.{i}"] = loss
        out[f"out.grad.{i}"] = torch.autograd.grad(loss, leaf)[0]
    save("grpo", out)


def make_adamw():
    generator = torch.Generator().manual_seed(3)
    decayed = torch.nn.Parameter(torch.randn(12, generator=generator))
    spared = torch.nn.Parameter(torch.randn(5, generator=generator))
    optimizer = torch.optim.AdamW(
        [{"params": [decayed], "weight_decay": 0.1},
         {"params": [spared], "weight_decay": 0.0}],
        lr=0.05, betas=(0.9, 0.99), eps=1e-8)
    warm = torch.optim.lr_scheduler.LinearLR(
        optimizer, start_factor=1 / 3, end_factor=1.0, total_iters=2)
    cosine = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, T_max=5, eta_min=0.005)
    schedule = torch.optim.lr_scheduler.SequentialLR(
        optimizer, [warm, cosine], milestones=[2])
    out = {"in.weights": torch.cat([decayed, spared]).clone()}
    gradients, trajectory, norms, rates = [], [], [], []
    for _ in range(8):
        # Some of the norms are over the bound of 3, some below.
        gradient = torch.randn(17, generator=generator) * (1.5 ** len(norms)) / 3
        gradients.append(gradient)
        decayed.grad, spared.grad = gradient[:12].clone(), gradient[12:].clone()
        norms.append(torch.nn.utils.clip_grad_norm_([decayed, spared], 3.0))
        rates.append(torch.tensor(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        schedule.step()
        trajectory.append(torch.cat([decayed, spared]).detach().clone())
    out |= {"in.gradients": torch.stack(gradients),
            "out.weights": torch.stack(trajectory),
            "out.norms": torch.stack(norms), "out.lr": torch.stack(rates)}
    save("adamw", out)


make_decoder(tied=False)
make_decoder(tied=True)
make_grpo()
make_adamw()
