"""The JVM that serves losses to the comparison, and the class path that it needs."""

import re
import select
import subprocess
from pathlib import Path

from compare import ROOT, class_path, newest_java

PACKAGES = {"catalogue": "dev.lossforge.losses", "untuned": "dev.lossforge.benchmarks", "unseen": "dev.lossforge.benchmarks",
            "formula": "formulas"}
PATIENCE = 120  # seconds: some kernels take minutes at sizes that look small
FORMULAS = ROOT / "processor/src/test/resources/adversarial/formulas.txt"


def compile_formulas(names, path, folder):
    """Compiles the named formulas of the processor's tests into a folder, as the package "formulas"."""
    blocks = [b for b in FORMULAS.read_text().split("\n\n") if re.search(r"static float (\w+)\(", b).group(1) in names]
    head = ["package formulas;", "import static dev.lossforge.dsl.Formulas.*;", "import dev.lossforge.dsl.*;"]
    source = folder / "Written.java"
    source.write_text("\n".join([*head, "final class Written {", *blocks, "}"]))
    processor = class_path("processor")
    command = [newest_java() + "c", "-cp", path, "-processorpath", processor, "-Xlint:none", "-d", folder, source]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(run.stderr)


def whole_class_path(cases, folder):
    """Builds what the cases need; formulas of the processor's tests go into the folder."""
    path = class_path("benchmarks")
    formulas = {case.loss for case in cases if case.group == "formula"}
    if not formulas:
        return path
    compile_formulas(formulas, path, folder)
    return f"{folder}:{path}"


def generated_class(case):
    title = case.loss[0].upper() + case.loss[1:]
    return f"{PACKAGES[case.group]}.{title if title.endswith('Loss') else title + 'Loss'}"


def write_inputs(inputs, folder):
    """Each tensor into a file of its name; the server's words for them."""
    words = []
    for name, tensor in inputs.items():
        tensor.numpy().tofile(folder / name)
        words.append(f"{name}:{'x'.join(str(extent) for extent in tensor.shape)}:{folder / name}")
    return words


def word(parameter):
    """A hyperparameter as the server reads it."""
    return ";".join(str(entry) for entry in parameter) if isinstance(parameter, list) else str(parameter)


class Server:
    """A JVM with benchmarks.serve.CaseServer in it."""

    def __init__(self, path, threads, plain=False):
        self.options = path, threads, plain
        self.start()

    def start(self):
        path, threads, plain = self.options
        # beside the calling thread; with one processor, the common pool has a thread by default
        pool = f"-Djava.util.concurrent.ForkJoinPool.common.parallelism={threads - 1}"
        options = ["-Xmx6g", f"-XX:ActiveProcessorCount={threads}", pool]
        options += [] if plain else ["--add-modules=jdk.incubator.vector"]
        self.process = subprocess.Popen(
            [newest_java(), *options, "-cp", path, "dev.lossforge.benchmarks.serve.CaseServer"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def ask(self, command):
        """The words of the answer to a command; where none comes, there is a fresh JVM after the error."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            self.process.kill()
            self.start()
            raise RuntimeError(f"Lossforge: no answer after {PATIENCE} s to {command.split()[0]}")
        kind, _, rest = self.process.stdout.readline().rstrip("\n").partition(" ")
        if kind != "ok":
            raise RuntimeError(f"Lossforge: {rest}")
        return rest.split()

    def load(self, case, inputs):
        parameters = ",".join(word(p) for p in case.params.values()) or "-"
        self.ask(" ".join(["case", generated_class(case), parameters, *inputs]))

    @staticmethod
    def gradients(names, folder):
        """What the last check wrote."""
        import numpy
        import torch

        return [torch.from_numpy(numpy.fromfile(Path(folder) / name, dtype=numpy.float32)) for name in names]
