"""What a case of the comparison is: a loss' class and inputs, and the same loss in PyTorch's words.

Hyperparameters are constants on PyTorch's side, as its users write them: torch.compile then makes x * x of x**2.0. What the
generated kernels are given they learn when they run.
"""

from dataclasses import dataclass, field, replace
from functools import partial

import torch

ELEMENTS = (1 << 22,)
ROWS = (16384, 100)


@dataclass(frozen=True)
class Input:
    """A random tensor: its kind is a function of a shape, its first axis is the number of samples."""

    kind: object
    shape: tuple

    def tensor(self):
        return self.kind(*self.shape).contiguous()

    def shrunk(self, factor):
        return replace(self, shape=(max(1, self.shape[0] // factor), *self.shape[1:]))


@dataclass(frozen=True)
class Case:
    """One line of the table.

    loss: the formula's name; title: the name of the line, where two lines have the same loss.
    function: gives the losses of all units, of predictions, targets and parameters by name.
    grows: whether the work grows faster than the number of samples, so that a smaller size is tried first.
    """

    group: str
    loss: str
    function: object
    predictions: dict
    targets: dict = field(default_factory=dict)
    params: dict = field(default_factory=dict)
    title: str = ""
    grows: bool = False

    @property
    def name(self):
        return self.title or (f"{self.loss} (formula)" if self.group == "formula" else self.loss)

    @property
    def size(self):
        return " x ".join(str(extent) for extent in next(iter(self.predictions.values())).shape)

    @property
    def inputs(self):
        return {**self.predictions, **self.targets}

    def shrunk(self, factor):
        return replace(self, predictions={k: v.shrunk(factor) for k, v in self.predictions.items()},
                       targets={k: v.shrunk(factor) for k, v in self.targets.items()})

    def entries(self):
        """The entries of the largest prediction."""
        return max(torch.Size(i.shape).numel() for i in self.predictions.values())

    def moved_bytes(self):
        """Each input read once, each gradient written once, four bytes an entry."""
        return 4 * sum(torch.Size(i.shape).numel() for i in (*self.inputs.values(), *self.predictions.values()))


def normal(*shape, scale=1.0):
    return scale * torch.randn(*shape)


def uniform(*shape, low=0.02, high=0.98):
    return low + (high - low) * torch.rand(*shape)


def distribution(*shape):
    return torch.softmax(torch.randn(*shape), -1)


def log_distribution(*shape):
    return torch.log_softmax(torch.randn(*shape), -1)


def directions(*shape):
    return torch.nn.functional.normalize(torch.randn(*shape), dim=-1)


def bits(*shape):
    return torch.randint(0, 2, shape).float()


def signs(*shape):
    return 2 * bits(*shape) - 1


def counts(*shape):
    return torch.poisson(torch.full(shape, 2.0))


def one_hot(*shape):
    return torch.nn.functional.one_hot(torch.randint(shape[-1], shape[:-1]), shape[-1]).float()


def classes(*shape, count=100):
    return torch.randint(count, shape, dtype=torch.int32)


POSITIVE = partial(uniform, low=0.1, high=2.0)


def of(kind, shape, **options):
    return Input(partial(kind, **options) if options else kind, shape)


def given(kinds, shape):
    """Inputs by name, of a shape where they have none of their own."""
    return {name: kind if isinstance(kind, Input) else of(kind, shape) for name, kind in kinds.items()}


def chosen(rows, label):
    """The entry of each row that its label names."""
    return rows.gather(-1, label.long()[:, None])[:, 0]
