#!/usr/bin/env python3
"""Measures Lossforge and PyTorch on this machine, one after the other in one session, and prints the ratios.

    python benchmarks/compare.py [--tuned] [--compile] [--plain] [--seconds 5] [--threads 2] [--only losses|training]
    python benchmarks/compare.py --all | --small | --cold | --scaling ...      every loss, as all_losses.py says

Run it from the repository's root with the Python that has PyTorch, on an idle machine. Every figure is the fastest of many
calls, in milliseconds; a ratio above 1 means that Lossforge is faster. --tuned gives PyTorch an allocator that keeps freed
memory, channels-last tensors and the fused Adam; --compile measures PyTorch under torch.compile. --plain runs Lossforge
without the Vector API.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOSSES = {
    "MEAN_SQUARED_ERROR": "mean squared error",
    "HUBER": "Huber",
    "BINARY_CROSS_ENTROPY_WITH_LOGITS": "binary cross-entropy with logits",
    "SOFTMAX_CROSS_ENTROPY_1000": "softmax cross-entropy 4096 x 1000",
    "SOFTMAX_CROSS_ENTROPY_CONFIDENT": "softmax cross-entropy 4096 x 1000, confident",
    "SOFTMAX_CROSS_ENTROPY_10": "softmax cross-entropy 65536 x 10",
}


ALL_LOSSES = {"--all", "--small", "--cold", "--scaling"}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--only", choices=["losses", "training"])
    return parser.parse_args()


def class_path(module):
    """Builds a module; the module and what it needs."""
    with tempfile.NamedTemporaryFile() as file:
        build = ["./mvnw", "-q", "-pl", module, "-am", "-DskipTests", "package", "dependency:build-classpath"]
        subprocess.run([*build, f"-Dmdep.outputFile={file.name}"], cwd=ROOT, check=True)
        return f"{ROOT}/{module}/target/classes:{Path(file.name).read_text().strip()}"


def newest_java():
    """The java that Maven's wrapper would take."""
    script = 'JAVA_HOME=; . .mvn/newest-jdk.sh 2>/dev/null; echo "${JAVA_HOME:+$JAVA_HOME/bin/}java"'
    return subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True).stdout.strip()


def jmh(path, benchmark, seconds, *options):
    """The fastest call of each parameter value, in milliseconds."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        timing = ["-wi", "2", "-w", str(seconds), "-i", "2", "-r", str(seconds)]
        command = [newest_java(), "-cp", path, "org.openjdk.jmh.Main", benchmark, *timing, *options]
        subprocess.run([*command, "-rf", "json", "-rff", file.name], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        runs = json.loads(Path(file.name).read_text())
    return {tuple(run["params"].values())[0]: run["primaryMetric"]["scorePercentiles"]["0.0"] for run in runs}


def pytorch(script, pattern, arguments, *options):
    """The fastest call of each case that a PyTorch script prints, in milliseconds."""
    command = [sys.executable, f"benchmarks/pytorch/{script}", "--threads", str(arguments.threads), *options]
    command += ["--seconds", str(2 * arguments.seconds)] + (["--tuned"] if arguments.tuned else [])
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {name.strip(): float(fastest) for name, fastest in re.findall(pattern, output, re.MULTILINE)}


def report(title, ours, theirs):
    print(f"\n{title:36s} {'Lossforge':>10s} {'PyTorch':>10s} {'ratio':>7s}")
    for name, milliseconds in ours.items():
        print(f"{name:36s} {milliseconds:7.2f} ms {theirs[name]:7.2f} ms {theirs[name] / milliseconds:6.2f}x")


def main():
    if ALL_LOSSES.intersection(sys.argv):
        import all_losses

        return all_losses.main()
    arguments = parse_arguments()
    path = class_path("benchmarks")
    if arguments.only != "training":
        plain = ["-jvmArgs", "-Xmx4g"] if arguments.plain else []
        ours = jmh(path, "LossKernelBenchmark", arguments.seconds, "-p", "loss=" + ",".join(LOSSES), *plain)
        compiled = ["--compile"] if arguments.compile else []
        theirs = pytorch("losses.py", r"^(.*?) +min +([\d.]+) ms", arguments, *compiled)
        report("value and gradient", {LOSSES[case]: time for case, time in ours.items()}, theirs)
    if arguments.only != "losses":
        plain = ["-jvmArgsAppend", "-Xmx4g"] if arguments.plain else []
        ours = jmh(path, "TrainingStepBenchmark", arguments.seconds, "-p", f"threads={arguments.threads}", *plain)
        compiled = ["--compile"] if arguments.compile else []
        theirs = pytorch("train_step.py", r"^batch +(\d+): fastest +([\d.]+) ms", arguments, *compiled)
        report("training step, by batch size", ours, theirs)


if __name__ == "__main__":
    main()
