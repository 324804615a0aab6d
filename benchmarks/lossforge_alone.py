"""What is measured of Lossforge alone: the scaling over threads, and kernels that are cold."""

import os
import sys
import tempfile
import time
from pathlib import Path

from lossforge_server import Server, write_inputs

COLD = ("huber", "binaryFocal", "softmaxCrossEntropy", "dice", "ntXent", "studentT")


def on_each(cases, measured):
    """What a function measures of each case, told as it comes; cases that fail are left out, by name."""
    lines = []
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            inputs = write_inputs({name: given.tensor() for name, given in case.inputs.items()}, Path(folder))
            try:
                lines.append({"name": case.name, "size": case.size, **measured(case, inputs)})
                print(lines[-1], file=sys.stderr, flush=True)
            except RuntimeError as error:
                print(f"{case.name}: {error}", file=sys.stderr, flush=True)
    return {"date": time.strftime("%Y-%m-%d"), "losses": lines}


def scaling(cases, path, arguments):
    """The fastest call with one thread and with all, in turns; cases that may take seconds a call are left out."""
    threads = (1, os.cpu_count())
    with Server(path, threads[0], arguments.plain) as one, Server(path, threads[1], arguments.plain) as all_threads:

        def measured(case, inputs):
            times = {1: [], threads[1]: []}
            for server in (one, all_threads):
                server.load(case, inputs)
                server.ask(f"time {3 * arguments.seconds}")
            for _ in range(2):
                for count, server in ((1, one), (threads[1], all_threads)):
                    times[count].append(float(server.ask(f"time {arguments.seconds}")[0]) / 1e6)
            return {"one_ms": min(times[1]), "all_ms": min(times[threads[1]]), "threads": threads[1]}

        return on_each([case for case in cases if not case.grows], measured)


def cold(cases, path, arguments):
    """The first call of a loss in a fresh JVM, the calls within the first second, and the fastest call later."""

    def measured(case, inputs):
        with Server(path, arguments.threads, arguments.plain) as server:
            server.load(case, inputs)
            first, calls, _ = server.ask("first 1")
            steady = server.ask("time 2")[0]
        return {"first_ms": float(first) / 1e6, "calls_in_first_second": int(calls), "steady_ms": float(steady) / 1e6}

    return on_each([case for case in cases if arguments.only or case.loss in COLD and case.group != "formula"], measured)
