#!/usr/bin/python3
"""The project's model in PyTorch on the CPU: the peer that the figures in README.md stand beside.

Median milliseconds of a training step at W1, W3 and W4, eager mode, one thread:
    tests/bench/torch_peer.py W1 W3 W4
Held-out loss on a text (its last tenth is held out) at W3's size:
    tests/bench/torch_peer.py --corpus shakespeare.txt --steps 2000

Same architecture as core/engine/reference_forward.h: rmsnorm without gains, no biases, no final norm, ReLU MLP, an lm_head of
its own; Adam .85/.99, eps 1e-8, learning rate falling linearly, initial deviation 0.08. Debian:
    apt install python3-torch libopenblas0-pthread
(without OpenBLAS it multiplies with the reference BLAS, eight times slower at W3).
"""

import argparse
import math
import statistics
import time
from dataclasses import dataclass

import torch
from torch.nn import functional


@dataclass
class Shape:
    vocab: int
    layers: int
    width: int
    heads: int
    context: int
    batch: int


WORKLOADS = {
    "W1": Shape(vocab=74, layers=2, width=32, heads=4, context=64, batch=1),
    "W3": Shape(vocab=65, layers=4, width=128, heads=4, context=64, batch=12),
    "W4": Shape(vocab=65, layers=6, width=384, heads=6, context=256, batch=8),
}


def rmsnorm(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5)


class Model:
    def __init__(self, shape, deviation=0.08):
        self.shape = shape
        c = shape.width

        def matrix(rows, cols):
            return (torch.randn(rows, cols) * deviation).requires_grad_()

        self.wte, self.wpe, self.lm_head = matrix(shape.vocab, c), matrix(shape.context, c), matrix(shape.vocab, c)
        self.layers = [(matrix(3 * c, c), matrix(c, c), matrix(4 * c, c), matrix(c, 4 * c)) for _ in range(shape.layers)]
        self.mask = torch.full((shape.context, shape.context), -math.inf).triu(1)

    def parameters(self):
        return [self.wte, self.wpe, self.lm_head, *(w for layer in self.layers for w in layer)]

    def logits(self, tokens):  # (batch, T) -> (batch, T, vocab)
        batch, t = tokens.shape
        heads, head_dim = self.shape.heads, self.shape.width // self.shape.heads
        x = rmsnorm(self.wte[tokens] + self.wpe[:t])
        for wqkv, wo, fc1, fc2 in self.layers:
            qkv = functional.linear(rmsnorm(x), wqkv).view(batch, t, 3, heads, head_dim)
            q, k, v = qkv.permute(2, 0, 3, 1, 4)
            weights = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(head_dim) + self.mask[:t, :t], -1)
            x = x + functional.linear((weights @ v).transpose(1, 2).reshape(batch, t, -1), wo)
            x = x + functional.linear(functional.relu(functional.linear(rmsnorm(x), fc1)), fc2)
        return functional.linear(x, self.lm_head)

    def loss(self, windows):  # (batch, T + 1)
        return functional.cross_entropy(self.logits(windows[:, :-1]).flatten(0, 1), windows[:, 1:].flatten())


def draw_windows(tokens, shape):
    starts = torch.randint(len(tokens) - shape.context, (shape.batch, 1))
    return tokens[starts + torch.arange(shape.context + 1)]


class Training:
    """Steps with a learning rate that falls linearly to 0 at `horizon`."""

    def __init__(self, model, tokens, rate, horizon):
        self.model, self.tokens = model, tokens
        self.adam = torch.optim.Adam(model.parameters(), lr=rate, betas=(0.85, 0.99), eps=1e-8)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.adam, lambda step: max(0.0, 1 - (step + 1) / horizon))

    def step(self):
        self.adam.zero_grad()
        loss = self.model.loss(draw_windows(self.tokens, self.model.shape))
        loss.backward()
        self.adam.step()
        self.schedule.step()


def time_steps(name, seconds):
    shape = WORKLOADS[name]
    training = Training(Model(shape), torch.randint(shape.vocab, (100_000,)), rate=0.001, horizon=1_000_000)
    for _ in range(3):
        training.step()
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        training.step()
        times.append(time.perf_counter() - start)
    print(f"{name}: {statistics.median(times) * 1000:.3f} ms a step (median of {len(times)})", flush=True)


def held_out_loss(model, tokens):
    context = model.shape.context
    count = (len(tokens) - 1) // context
    windows = torch.stack([tokens[i * context : (i + 1) * context + 1] for i in range(count)])
    with torch.no_grad():
        losses = [model.loss(some) * len(some) for some in windows.split(64)]
    return sum(losses).item() / count


def train_on_text(path, steps, rate):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    characters = sorted(set(text))
    ids = {character: i for i, character in enumerate(characters)}
    tokens = torch.tensor([ids[character] for character in text])
    cut = len(tokens) - len(tokens) // 10
    shape = WORKLOADS["W3"]
    shape.vocab = len(characters)
    training = Training(Model(shape), tokens[:cut], rate, steps)
    start = time.perf_counter()
    for _ in range(steps):
        training.step()
    seconds = time.perf_counter() - start
    print(f"{path}: {steps} steps in {seconds:.1f} s, held-out loss {held_out_loss(training.model, tokens[cut:]):.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help="W1, W3, W4; all when nothing is given")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10, help="measured time of each workload")
    parser.add_argument("--corpus", metavar="FILE", help="train on this text instead and print the held-out loss")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--lr", type=float, default=0.003)
    options = parser.parse_args()
    if unknown := set(options.workloads) - set(WORKLOADS):
        parser.error(f"no such workload: {', '.join(sorted(unknown))}")
    torch.set_num_threads(options.threads)
    torch.manual_seed(42)
    print(f"PyTorch {torch.__version__}, {options.threads} thread(s), eager", flush=True)
    if options.corpus:
        train_on_text(options.corpus, options.steps, options.lr)
        return
    for name in options.workloads or WORKLOADS:
        time_steps(name, options.seconds)


if __name__ == "__main__":
    main()
