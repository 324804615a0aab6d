"""Times PyTorch's losses, value and gradient, eager and compiled, against a device-to-device copy.

usage: torch_losses.py MEGABYTES[,MEGABYTES...]   (of one array)
Forms: eager = forward and autograd backward; compiled = torch.compile of the forward, backward through it;
fused = torch.compile of torch.func.grad_and_value, the best a user could write.
"""
import sys
import time

import torch
import torch.nn.functional as F

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def median_ms(run, repeats=20):
    for _ in range(3):
        run()
    times = []
    for _ in range(repeats):
        if DEVICE == "cuda":
            start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
            torch.cuda.synchronize()
            start.record()
            run()
            end.record()
            end.synchronize()
            times.append(start.elapsed_time(end))
        else:
            start = time.perf_counter()
            run()
            times.append((time.perf_counter() - start) * 1e3)
    return sorted(times)[len(times) // 2]


def graph_ms(run):
    """The same in a CUDA graph: without the host's launches."""
    if DEVICE != "cuda":
        return float("nan")
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            run()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        run()
    return median_ms(graph.replay)


def both(name, form, run, nbytes, copy_rate):
    show(name, form, median_ms(run), nbytes, copy_rate)
    try:
        show(name, form + " graph", graph_ms(run), nbytes, copy_rate)
    except Exception as problem:
        print(f"torch {name} {form}: no graph: {str(problem)[:100]}")


def show(name, form, ms, nbytes, copy_rate):
    rate = nbytes / ms / 1e6
    print(f"torch {name:<24} {form:<14} {ms:9.4f} ms {rate:8.1f} GB/s {100 * rate / copy_rate:6.1f} % of copy", flush=True)


def time_case(name, loss, prediction, target, nbytes, copy_rate):
    leaf = prediction.detach().requires_grad_()

    def backward(function):
        def run():
            leaf.grad = None
            function(leaf, target).backward()
        return run

    both(name, "eager", backward(loss), nbytes, copy_rate)
    torch._dynamo.reset()
    both(name, "compiled", backward(torch.compile(loss, dynamic=False)), nbytes, copy_rate)
    torch._dynamo.reset()
    fused = torch.compile(torch.func.grad_and_value(loss), dynamic=False)
    both(name, "fused", lambda: fused(prediction, target), nbytes, copy_rate)


def copy_rate(n):
    source, destination = torch.randn(n, device=DEVICE), torch.empty(n, device=DEVICE)
    ms = median_ms(lambda: destination.copy_(source))
    show("copy", f"{n * 4 >> 20} MiB", ms, 8 * n, 8 * n / ms / 1e6)
    return 8 * n / ms / 1e6


def main():
    torch.manual_seed(1)
    for megabytes in sys.argv[1].split(","):
        n = int(float(megabytes) * (1 << 18))
        rate = copy_rate(n)
        p, y, t = (torch.randn(n, device=DEVICE), torch.randn(n, device=DEVICE), torch.rand(n, device=DEVICE))
        time_case(f"mse {megabytes}", lambda a, b: F.mse_loss(a, b), p, y, 12 * n, rate)
        time_case(f"huber {megabytes}", lambda a, b: F.huber_loss(a, b), p, y, 12 * n, rate)
        time_case(f"bce with logits {megabytes}", lambda a, b: F.binary_cross_entropy_with_logits(a, b), p, t, 12 * n, rate)
        del p, y, t
    for rows, classes in ((4096, 1000), (65536, 1000), (65536, 10), (4194304, 10)):
        z = torch.randn(rows, classes, device=DEVICE)
        label = torch.randint(classes, (rows,), device=DEVICE)
        time_case(f"softmax {rows}x{classes}", lambda a, b: F.cross_entropy(a, b), z, label, 8 * z.numel() + 4 * rows, rate)
        del z, label


if __name__ == "__main__":
    main()
