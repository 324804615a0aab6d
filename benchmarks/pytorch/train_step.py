#!/usr/bin/env python3
"""Milliseconds per training step of the MNIST network in PyTorch on the CPU, to compare with TrainingStepBenchmark.

    python train_step.py [--batch 32 128] [--threads 2] [--seconds 10] [--tuned] [--compile]

The network, the loss and the optimiser are those of the sample: Conv2D(32) - MaxPool - Conv2D(64) - MaxPool - Conv2D(64)
- Flatten - Dense(64) - Dense(10) on 28x28x1, softmax cross-entropy, Adam 1e-3. Without --tuned it is plain eager code;
with it, tensors are channels-last, Adam is fused, and the C allocator keeps freed memory instead of returning it to the
system after every step, which is what costs plain eager code most. With --compile, torch.compile makes one graph of the
network and the loss, forward and backward.
"""

import argparse
import os
import statistics
import sys
import time

ALLOCATOR = {
    "MALLOC_MMAP_THRESHOLD_": "4294967296",
    "MALLOC_TRIM_THRESHOLD_": "4294967296",
    "MALLOC_TOP_PAD_": "268435456",
}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch", type=int, nargs="+", default=[32, 128])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--compile", action="store_true")
    return parser.parse_args()


def restart_with_allocator_settings():
    """glibc reads its settings when a process starts, so the script replaces itself once."""
    if any(name not in os.environ for name in ALLOCATOR):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ALLOCATOR})


def network():
    from torch import nn

    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(64, 64, 3), nn.ReLU(),
        nn.Flatten(),
        nn.Linear(576, 64), nn.ReLU(), nn.Linear(64, 10),
    )


def measure(batch, seconds, tuned, compiled):
    """The durations of single steps in milliseconds, after ten steps and a warm-up of a tenth of the time."""
    import torch

    torch.manual_seed(1)
    layout = torch.channels_last if tuned else torch.contiguous_format
    model = network().to(memory_format=layout)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=tuned or None)
    loss_function = torch.nn.CrossEntropyLoss()

    def objective(images, chosen):
        return loss_function(model(images), chosen)

    if compiled:
        objective = torch.compile(objective)
    prototypes = torch.rand(10, 1, 28, 28)
    labels = [torch.randint(10, (batch,)) for _ in range(64)]
    inputs = [
        (0.5 * prototypes[chosen] + 0.5 * torch.rand(batch, 1, 28, 28)).contiguous(memory_format=layout)
        for chosen in labels
    ]

    def train(step):
        optimizer.zero_grad()
        loss = objective(inputs[step % 64], labels[step % 64])
        loss.backward()
        optimizer.step()
        loss.item()

    for step in range(10):
        train(step)
    durations = []
    begin = time.perf_counter()
    step = 0
    while (now := time.perf_counter()) - begin < seconds * 1.1:
        train(step)
        if now - begin > seconds * 0.1:
            durations.append((time.perf_counter() - now) * 1e3)
        step += 1
    return durations


def main():
    arguments = parse_arguments()
    if arguments.tuned:
        restart_with_allocator_settings()
    import torch

    torch.set_num_threads(arguments.threads)
    mode = ("compiled" if arguments.compile else "eager") + (", tuned" if arguments.tuned else "")
    print(f"PyTorch {torch.__version__}, {arguments.threads} threads, {mode}")
    for batch in arguments.batch:
        durations = measure(batch, arguments.seconds, arguments.tuned, arguments.compile)
        best = min(durations)
        print(
            f"batch {batch:4d}: fastest {best:7.3f} ms ({batch / best * 1e3:6.0f} images/s), "
            f"median {statistics.median(durations):7.3f} ms, {len(durations)} steps"
        )


if __name__ == "__main__":
    main()
