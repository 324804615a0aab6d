"""What the scripts beside it share: timing on the GPU, or without one on the CPU, and lines of JSON as Lossforge's own."""

import json
import statistics
import time

import torch

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
WARM_UP = 3
REPETITIONS = 20


def times(run, repetitions=REPETITIONS):
    """Milliseconds of each repetition; on a GPU those between two events on its stream."""
    for _ in range(WARM_UP):
        run()
    return [once(run) for _ in range(repetitions)]


def once(run):
    if DEVICE == "cpu":
        begin = time.perf_counter()
        run()
        return (time.perf_counter() - begin) * 1e3
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    torch.cuda.synchronize()
    begin.record()
    run()
    end.record()
    end.synchronize()
    return begin.elapsed_time(end)


class Results:
    """A file of one JSON object a line; a line is written when its result is there."""

    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8")
        self.failed = False

    def add(self, subject, form, milliseconds, amount, unit, copy=None):
        median, fastest = statistics.median_high(milliseconds), min(milliseconds)
        print(f"{subject:46} {form:26} {median:10.4f} ms (fastest {fastest:10.4f})", flush=True)
        members = {"subject": subject, "form": form, "milliseconds": median, "fastest": fastest}
        self.file.write(json.dumps({**members, "amount": amount, "unit": unit, "copy": copy}) + "\n")
        self.file.flush()

    def attempt(self, what, work):
        """Does some work; if it fails, says so and goes on."""
        try:
            work()
        except Exception as problem:  # whatever a compiler throws costs this form alone
            self.failed = True
            print(f"{what} FAILED: {type(problem).__name__}: {str(problem)[:300]}", flush=True)
