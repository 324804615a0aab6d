#!/usr/bin/env python3
"""Times PyTorch's training steps of the network that StepRate times, on the GPU.

    python torch_steps.py RESULTS SECONDS BATCH...

Forms: eager; and the network and the loss through torch.compile with CUDA graphs, Adam fused. As with Lossforge a step takes a
batch from the host's memory to the device, and the loss back. TF32 is off: both compute in float32.
"""

import sys
import time

import torch
from torch_timing import DEVICE, Results
from train_step import network

BATCHES = 8
FEWEST_STEPS = 3


def batches(size):
    """Ten random prototypes under noise, as Lossforge's."""
    prototypes = torch.rand(10, 1, 28, 28)
    for _ in range(BATCHES):
        labels = torch.randint(10, (size,))
        yield 0.5 * prototypes[labels] + 0.5 * torch.rand(size, 1, 28, 28), labels


def measure(results, size, seconds, compiled):
    model = network().to(DEVICE)
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=compiled or None)

    def loss_of(images, labels):
        return criterion(model(images), labels)

    torch._dynamo.reset()
    evaluate = torch.compile(loss_of, mode="reduce-overhead", dynamic=False) if compiled else loss_of
    made = list(batches(size))

    def step(number):
        images, labels = made[number % BATCHES]
        optimizer.zero_grad()
        loss = evaluate(images.to(DEVICE), labels.to(DEVICE))
        loss.backward()
        optimizer.step()
        return loss.item()

    for number in range(3):
        step(number)
    milliseconds = []
    begin = time.perf_counter()
    while len(milliseconds) < FEWEST_STEPS or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        step(len(milliseconds))
        milliseconds.append((time.perf_counter() - start) * 1e3)
    form = "PyTorch compiled, graphs" if compiled else "PyTorch eager"
    results.add(f"training step, batch {size}", form, milliseconds, size, "images")


def main():
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    results = Results(sys.argv[1])
    for size in sys.argv[3:]:
        for compiled in (False, True):
            what = f"batch {size}{', compiled' if compiled else ''}"
            results.attempt(what, lambda size=int(size), compiled=compiled: measure(results, size, float(sys.argv[2]), compiled))
    sys.exit(results.failed)


if __name__ == "__main__":
    main()
