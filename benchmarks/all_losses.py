"""Every loss against PyTorch: what `compare.py --all` does.

    python benchmarks/compare.py --all [--only NAME ...] [--group catalogue|untuned|formula|unseen ...] [--threads 1|2] [--seconds 0.2]
                                       [--plain] [--json FILE] [--markdown FILE] [--prepare]
    python benchmarks/compare.py --small      the same at 8 rows of 10 and at 128 x 10
    python benchmarks/compare.py --scaling    Lossforge alone with 1 and 2 threads
    python benchmarks/compare.py --cold       the first call in a fresh JVM, and the first second

Both sides get the same inputs, compute the mean loss and the gradients of all predictions, and take turns: Lossforge in one JVM
that serves all cases, PyTorch in this process, eager and as one compiled function of value and gradients, with an allocator
that keeps freed memory. A figure is the fastest call of all turns. A case is timed only if both agree with PyTorch in double
precision. --prepare only lets torch.compile fill its cache, which takes most of the time of a first run.
"""

import argparse
import json
import math
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from lossforge_server import Server, whole_class_path, write_inputs

TOLERANCE = 1e-4
TURNS = 2
WARM_UP = 3.0  # seconds that the JIT compiler has, as torch.compile has its time; --cold times the first second
LONGEST_CALL = 5.0
LONGEST_COMPILATION = 120  # seconds; of a function that PyTorch compiles longer, the eager form is timed
SHARED_MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None
ALLOCATOR = {
    "MALLOC_MMAP_THRESHOLD_": "4294967296",
    "MALLOC_TRIM_THRESHOLD_": "4294967296",
    "MALLOC_TOP_PAD_": "268435456",
}


def restart_with_allocator_settings():
    """glibc reads its settings when a process starts, so the script replaces itself once."""
    if any(name not in os.environ for name in ALLOCATOR):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ALLOCATOR})


class PyTorchSide:
    """A case as PyTorch computes it."""

    def __init__(self, case, inputs):
        import torch

        names = list(case.predictions)
        rest = {k: v for k, v in inputs.items() if k not in names}

        def mean(*predictions):
            return case.function(**dict(zip(names, predictions)), **rest, **case.params).mean()

        self.predictions = [inputs[name] for name in names]
        self.joint = torch.func.grad_and_value(mean, argnums=tuple(range(len(names))))
        self.mean = mean
        self.compiled = None
        self.names = names

    def eager(self):
        """Value and gradients as a user of eager PyTorch gets them."""
        import torch

        leaves = [p.detach().requires_grad_() for p in self.predictions]
        value = self.mean(*leaves)
        return torch.autograd.grad(value, leaves, allow_unused=True), value

    def compile(self):
        import torch

        torch._dynamo.reset()
        self.compiled = torch.compile(self.joint, dynamic=False)
        return within(LONGEST_COMPILATION, self.call_compiled)

    def call_compiled(self):
        return self.compiled(*self.predictions)


class TooLong(BaseException):
    """A call takes longer than it may. No Exception: PyTorch's compiler catches these, and tries something else."""


def within(seconds, call):
    """What a call returns; TooLong if it takes longer."""
    def end(*_):
        raise TooLong(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        return call()
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def fastest(call, seconds):
    """The fastest of the calls within so long, one at least."""
    shortest = math.inf
    end = time.perf_counter() + seconds
    begin = time.perf_counter()
    while True:
        call()
        now = time.perf_counter()
        shortest = min(shortest, now - begin)
        begin = now
        if begin >= end:
            return shortest


def double(inputs):
    return {k: v.double() if v.is_floating_point() else v for k, v in inputs.items()}


def deviation(value, gradients, reference):
    """How far value and gradients are from the reference: relative to the value or 1e-3, and to the greatest entry of each gradient."""
    wanted_gradients, wanted = reference
    worst = abs(float(value) - float(wanted.detach())) / max(1e-3, abs(float(wanted.detach())))
    for gradient, expected in zip(gradients, wanted_gradients):
        if expected is None:
            continue
        scale = max(float(expected.abs().max()), 1e-30)
        worst = max(worst, float((gradient.double().reshape(expected.shape) - expected).abs().max()) / scale)
    return worst if worst == worst else math.inf


def names_of(error):
    return f"{type(error).__name__}: {error}".splitlines()[0][:160]


class Comparison:
    """Measures cases one after the other."""

    def __init__(self, server, seconds):
        self.server = server
        self.seconds = seconds
        self.bandwidths = {}

    def bandwidth(self, footprint):
        """Bytes a second of the triad over arrays that have this size together, to the next power of two."""
        floats = 1 << max(10, math.ceil(math.log2(footprint / 12)))
        if floats not in self.bandwidths:
            nanos = self.server.ask(f"triad {floats} 0.5")[0]
            self.bandwidths[floats] = 12 * floats / float(nanos) * 1e9
        return self.bandwidths[floats]

    def measure(self, case):
        """A line of the table as a dictionary; with "problem" where there is nothing to time."""
        line = {"name": case.name, "group": case.group, "size": case.size, "entries": case.entries()}
        with tempfile.TemporaryDirectory(dir=SHARED_MEMORY) as folder:
            try:
                return {**line, **self.times(case, Path(folder), line)}
            except Exception as error:  # a case that fails is a line of the report
                return {**line, "problem": names_of(error)}

    def load(self, case, folder):
        inputs = {name: given.tensor() for name, given in case.inputs.items()}
        self.server.load(case, write_inputs(inputs, folder))
        return inputs

    def smaller_sizes(self, case, folder):
        """The call's estimated seconds at full size, from a sixteenth and an eighth of the samples; 0 where it is clearly fast."""
        durations = []
        for factor in (16, 8):
            self.load(case.shrunk(factor), folder)
            warm = self.server.ask(f"check {folder}")
            seconds = float(warm[1]) / 1e9
            if seconds < LONGEST_CALL:
                seconds = min(seconds, float(self.server.ask("time 0.2")[0]) / 1e9)
            durations.append(seconds)
            if durations[0] < 0.02:
                return 0
            if durations[0] > LONGEST_CALL:
                return durations[0] * 16**2  # work that grows with the square of the samples, at least
        return durations[1] * (durations[1] / durations[0]) ** 3

    def beside_eager(self, side):
        """What there is to say of a case without a compiled function."""
        self.server.ask(f"time {WARM_UP}")
        ours = float(self.server.ask(f"time {self.seconds}")[0]) / 1e9
        eager = fastest(side.eager, self.seconds)
        return f"; eager {eager * 1e3:.4g} ms, Lossforge {ours * 1e3:.4g} ms, ratio {eager / ours:.2f}"

    def times(self, case, folder, line):
        estimate = self.smaller_sizes(case, folder) if case.grows else 0
        slow = estimate > LONGEST_CALL
        inputs = {name: given.tensor() for name, given in case.inputs.items()} if slow else self.load(case, folder)
        side = PyTorchSide(case, inputs)
        reference = PyTorchSide(case, double(inputs)).eager()
        if not slow:
            value = float(self.server.ask(f"check {folder}")[0])
            ours = deviation(value, self.server.gradients(side.names, folder), reference)
            if not ours <= TOLERANCE:
                return {"problem": f"Lossforge is {ours:.1e} from double precision"}
        try:
            gradients, value = side.compile()
        except TooLong as error:
            return {"problem": f"PyTorch's compiler took {error}" + ("" if slow else self.beside_eager(side))}
        theirs = deviation(value, gradients, reference)
        if not theirs <= TOLERANCE:
            return {"problem": f"compiled PyTorch is {theirs:.1e} from double precision" + (
                "" if slow else f", Lossforge {ours:.1e}")}
        ours_s, compiled_s, eager_s = [estimate] if slow else [], [], []
        if not slow:
            self.server.ask(f"time {max(WARM_UP, 2 * self.seconds)}")
        for _ in range(TURNS):
            if not slow:
                ours_s.append(float(self.server.ask(f"time {self.seconds}")[0]) / 1e9)
            compiled_s.append(fastest(side.call_compiled, self.seconds))
            eager_s.append(fastest(side.eager, self.seconds / 2))
        limit = case.moved_bytes() / self.bandwidth(case.moved_bytes())
        ours, compiled, eager = min(ours_s), min(compiled_s), min(eager_s)
        return {"ours_ms": ours * 1e3, "compiled_ms": compiled * 1e3, "eager_ms": eager * 1e3, "ratio": compiled / ours,
                "eager_ratio": eager / ours, "ns_per_entry": ours / line["entries"] * 1e9, "limit_share": limit / ours,
                "estimated": slow}


def prepare(cases):
    """Lets torch.compile compile every case into its cache."""
    for case in cases:
        try:
            PyTorchSide(case, {name: given.tensor() for name, given in case.inputs.items()}).compile()
        except (Exception, TooLong) as error:
            print(f"{case.name}: {names_of(error)}", flush=True)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    for kind in ("all", "small", "scaling", "cold"):
        what.add_argument(f"--{kind}", action="store_true")
    parser.add_argument("--only", nargs="+", default=[], help="parts of names")
    parser.add_argument("--group", nargs="+", default=[], choices=["catalogue", "untuned", "formula", "unseen"])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, default=0.2)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--prepare", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    return parser.parse_args()


def selected(arguments):
    """The cases that the arguments name."""
    from case_lists import all_cases, small_cases

    return [case for case in (small_cases() if arguments.small else all_cases())
            if (not arguments.only or any(part.lower() in case.name.lower() for part in arguments.only))
            and (not arguments.group or case.group in arguments.group)]


def compare(cases, path, arguments):
    """The lines of all cases, told as they come."""
    import torch

    lines = []
    with Server(path, arguments.threads, arguments.plain) as server:
        comparison = Comparison(server, arguments.seconds)
        for case in cases:
            torch.manual_seed(1)
            begin = time.perf_counter()
            line = comparison.measure(case)
            lines.append(line)
            told = line.get("problem") or f"{line['ratio']:.2f}  {line['ours_ms']:.4g} ms, compiled {line['compiled_ms']:.4g}"
            print(f"{case.name}: {told}  ({time.perf_counter() - begin:.1f} s)", file=sys.stderr, flush=True)
    return {"threads": arguments.threads, "torch": torch.__version__, "date": time.strftime("%Y-%m-%d"),
            "seconds": arguments.seconds, "triad_bytes_per_second": comparison.bandwidths, "losses": lines}


def main():
    arguments = parse_arguments()
    restart_with_allocator_settings()
    sys.path.insert(0, str(Path(__file__).parent / "pytorch"))
    import torch
    from all_losses_report import cold_report, report, scaling_report
    from lossforge_alone import cold, scaling

    torch.set_num_threads(arguments.threads)
    cases = selected(arguments)
    if arguments.prepare:
        return prepare(cases)
    with tempfile.TemporaryDirectory() as folder:
        path = whole_class_path(cases, Path(folder))
        if arguments.scaling:
            result, text = scaling(cases, path, arguments), scaling_report
        elif arguments.cold:
            result, text = cold(cases, path, arguments), cold_report
        else:
            result, text = compare(cases, path, arguments), report
    text = text(result)
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1))
    if arguments.markdown:
        arguments.markdown.write_text(text)
    print(text)
