#!/usr/bin/env python3
"""Measures what the annotation processor adds to javac: classes of many losses, compiled with and without it.

    python benchmarks/compile_time.py [--losses 50 100 200 400] [--runs 3]

Run it from the repository's root on an idle machine. Each figure is the fastest of some runs of a fresh javac, in seconds. The
losses are of mixed kinds: per element, per row and per batch, with one or more predictions, hyperparameters and Hessians.
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

from compare import class_path, newest_java

METHODS = [
    """@Loss static float huber%d(@Prediction float p, @Target float y, @Param float delta) {
        float r = abs(p - y);
        return r <= delta ? %ff * r * r : delta * (r - 0.5f * delta);
    }""",
    """@Loss(hessian = Hessian.DIAGONAL)
    static float logistic%d(@Prediction float logit, @Target float y) {
        return %ff * (log(1 + exp(logit)) - y * logit);
    }""",
    """@Loss static float crossEntropy%d(@Prediction float[] logits, @Target int label) {
        return %ff * (log(sum(logits.length, i -> exp(logits[i]))) - logits[label]);
    }""",
    """@Loss static float rootMeanSquare%d(@Prediction float[][] p, @Target float[][] y) {
        return %ff * sqrt(mean(p.length, i -> mean(p[i].length, j -> square(p[i][j] - y[i][j]))));
    }""",
    """@Loss static float gaussian%d(@Prediction float mean, @Prediction float logVariance, @Target float y) {
        return %ff * (logVariance + square(y - mean) * exp(-logVariance));
    }""",
    """@Loss static float focal%d(@Prediction float[] logits, @Target int label, @Param float gamma) {
        float logP = logits[label] - logSumExp(logits);
        return -pow(1 - exp(logP), gamma) * %ff * logP;
    }""",
    """@Loss static float overlap%d(@Prediction(min = 0, max = 1) float[] p, @Target float[] y, @Param float smooth) {
        float both = sum(p.length, i -> p[i] * y[i]);
        float all = sum(p.length, i -> p[i]) + sum(y.length, i -> y[i]);
        return 1 - (%ff * both + smooth) / (all + smooth);
    }""",
    """@Loss static float triplet%d(@Prediction float[] a, @Prediction float[] p, @Prediction float[] n, @Param float margin) {
        float near = sqrt(sum(a.length, i -> square(a[i] - p[i])) + 1e-6f);
        float far = sqrt(sum(a.length, i -> square(a[i] - n[i])) + 1e-6f);
        return %ff * max(0f, near - far + margin);
    }""",
]


def source(losses):
    """A class with so many losses, no two alike."""
    methods = [METHODS[i % len(METHODS)] % (i, 0.5 + i / 1000) for i in range(losses)]
    return "\n".join([
        "package example;",
        "import static dev.lossforge.dsl.Formulas.*;",
        "import dev.lossforge.dsl.*;",
        "final class Losses {",
        *(f"    {method}" for method in methods),
        "}",
    ])


def seconds(folder, options):
    """How long a fresh javac takes, and how many classes it writes."""
    output = Path(tempfile.mkdtemp(dir=folder))
    javac = newest_java() + "c"
    begin = time.perf_counter()
    run = subprocess.run([javac, *options, "-d", output, folder / "Losses.java"], capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(run.stderr)
    return time.perf_counter() - begin, len(list(output.rglob("*.class")))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--losses", type=int, nargs="+", default=[50, 100, 200, 400])
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    library = ["-cp", class_path("losses")]
    processor = ["-processorpath", class_path("processor")]
    print(f"{'losses':>6s} {'javac alone':>12s} {'with ours':>12s} {'added':>9s} {'per loss':>9s} {'classes':>8s}")
    for losses in arguments.losses:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "Losses.java").write_text(source(losses))
            alone = min(seconds(folder, [*library, "-proc:none"])[0] for _ in range(arguments.runs))
            ours, classes = min(seconds(folder, [*library, *processor]) for _ in range(arguments.runs))
            added = ours - alone
            print(f"{losses:6d} {alone:10.2f} s {ours:10.2f} s {added:7.2f} s {added / losses * 1e3:6.1f} ms {classes:8d}")


if __name__ == "__main__":
    main()
