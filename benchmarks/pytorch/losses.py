#!/usr/bin/env python3
"""Milliseconds per value and gradient of losses in PyTorch on the CPU, to compare with LossKernelBenchmark.

    python losses.py [--threads 2] [--seconds 5] [--compile] [--tuned]

The cases are those of the benchmark: mean squared error, Huber and binary cross-entropy on logits over 2**24 floats, softmax
cross-entropy of 4096 x 1000, also where one logit of a row outweighs all others, and of 65536 x 10. Without --tuned it is
plain code; with it the C allocator keeps freed memory instead of returning it to the system after every call. --compile
measures torch.compile in place of eager code.
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
ELEMENTS = 1 << 24


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--tuned", action="store_true")
    return parser.parse_args()


def restart_with_allocator_settings():
    """glibc reads its settings when a process starts, so the script replaces itself once."""
    if any(name not in os.environ for name in ALLOCATOR):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ALLOCATOR})


def cases():
    """Name, loss, prediction and target of each case, made when it is its turn."""
    import torch
    from torch.nn import functional as losses

    def elements():
        return torch.randn(ELEMENTS)

    def rows(samples, classes):
        return torch.randn(samples, classes), torch.randint(classes, (samples,))

    yield "mean squared error", losses.mse_loss, elements(), elements()
    yield "Huber", losses.huber_loss, elements(), elements()
    yield (
        "binary cross-entropy with logits",
        losses.binary_cross_entropy_with_logits,
        elements(),
        torch.randint(2, (ELEMENTS,)).float(),
    )
    yield "softmax cross-entropy 4096 x 1000", losses.cross_entropy, *rows(4096, 1000)
    prediction, target = rows(4096, 1000)
    prediction[torch.arange(4096), torch.randint(1000, (4096,))] = 20
    yield "softmax cross-entropy 4096 x 1000, confident", losses.cross_entropy, prediction, target
    yield "softmax cross-entropy 65536 x 10", losses.cross_entropy, *rows(65536, 10)


def measure(loss, prediction, target, seconds):
    """The durations of single calls in milliseconds, after a warm-up of a fifth of the time."""
    prediction.requires_grad_()
    loss(prediction, target).backward()  # torch.compile compiles at the first call, for longer than the warm-up
    durations = []
    begin = time.perf_counter()
    while (now := time.perf_counter()) - begin < seconds * 1.2:
        prediction.grad = None
        loss(prediction, target).backward()
        if now - begin > seconds * 0.2:
            durations.append((time.perf_counter() - now) * 1e3)
    return durations


def main():
    arguments = parse_arguments()
    if arguments.tuned:
        restart_with_allocator_settings()
    import torch

    torch.manual_seed(1)
    torch.set_num_threads(arguments.threads)
    kind = ("compiled" if arguments.compile else "eager") + (" tuned" if arguments.tuned else "")
    print(f"PyTorch {torch.__version__}, {arguments.threads} threads, {kind}")
    for name, loss, prediction, target in cases():
        function = torch.compile(loss) if arguments.compile else loss
        durations = measure(function, prediction, target, arguments.seconds)
        print(f"{name:34s} min {min(durations):7.2f} ms   median {statistics.median(durations):7.2f} ms")


if __name__ == "__main__":
    main()
