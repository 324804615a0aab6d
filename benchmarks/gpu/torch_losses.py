#!/usr/bin/env python3
"""Times PyTorch's value and gradient of the losses that LossBandwidth times, on the GPU.

    python torch_losses.py RESULTS SIZE...     256 for arrays of 256 MiB, 4096x1000 for rows

Forms: eager is forward and autograd's backward; compiled the same through torch.compile; fused torch.compile of
torch.func.grad_and_value, the best that a user could write. Each also replayed from a CUDA graph, without the host's launches.
"""

import functools
import sys

import torch
import torch.nn.functional as F
from torch_timing import DEVICE, Results, times

ELEMENT_LOSSES = {
    "mean squared error": F.mse_loss,
    "Huber": F.huber_loss,
    "binary cross-entropy with logits": F.binary_cross_entropy_with_logits,
}
ROW_LOSSES = {
    "softmax cross-entropy": F.cross_entropy,
    "smoothed softmax cross-entropy": functools.partial(F.cross_entropy, label_smoothing=0.1),
}


def graph_of(run):
    """The same from a CUDA graph."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            run()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        run()
    return graph.replay


def backward_of(loss, prediction, target):
    leaf = prediction.detach().requires_grad_()

    def run():
        leaf.grad = None
        loss(leaf, target).backward()

    return run


def forms(loss, prediction, target):
    """Name and function of each form, made when it is its turn: to make one compiles it."""
    yield "PyTorch eager", lambda: backward_of(loss, prediction, target)
    yield "PyTorch compiled", lambda: backward_of(torch.compile(loss, dynamic=False), prediction, target)
    fused = torch.compile(torch.func.grad_and_value(loss), dynamic=False)
    yield "PyTorch fused", lambda: functools.partial(fused, prediction, target)


def measure(results, subject, loss, prediction, target, amount, copy):
    def time_form(form, make):
        torch._dynamo.reset()
        run = make()
        results.add(subject, form, times(run), amount, "bytes", copy)
        if DEVICE == "cuda":
            graph = f"{form}, graph"
            results.attempt(f"{subject}: {graph}", lambda: results.add(subject, graph, times(graph_of(run)), amount, "bytes", copy))

    for form, make in forms(loss, prediction, target):
        results.attempt(f"{subject}: {form}", lambda form=form, make=make: time_form(form, make))


def measure_copy(results, floats):
    source, destination = torch.randn(floats, device=DEVICE), torch.empty(floats, device=DEVICE)
    name = f"copy of {floats} floats"
    results.add(name, "PyTorch", times(lambda: destination.copy_(source)), 8.0 * floats, "bytes")
    return name


def measure_elements(results, mebibytes):
    floats = round(float(mebibytes) * (1 << 18))
    copy = measure_copy(results, floats)
    prediction = torch.randn(floats, device=DEVICE)
    for name, loss in ELEMENT_LOSSES.items():
        target = torch.rand(floats, device=DEVICE)
        measure(results, f"{name}, {mebibytes} MiB", loss, prediction, target, 12.0 * floats, copy)


def measure_rows(results, rows, columns):
    copy = measure_copy(results, rows * columns)
    logits = torch.randn(rows, columns, device=DEVICE)
    labels = torch.randint(columns, (rows,), device=DEVICE)
    for name, loss in ROW_LOSSES.items():
        amount = 8.0 * rows * columns + 4.0 * rows
        measure(results, f"{name}, {rows} x {columns}", loss, logits, labels, amount, copy)


def main():
    torch.manual_seed(1)
    results = Results(sys.argv[1])
    for size in sys.argv[2:]:
        if "x" in size:
            measure_rows(results, *(int(extent) for extent in size.split("x")))
        else:
            measure_elements(results, size)
    sys.exit(results.failed)


if __name__ == "__main__":
    main()
