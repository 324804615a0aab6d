"""What the scripts of figures share: random inputs as float32 holds them, and cases with what PyTorch makes of them."""

import json
import math

import torch

SEED = 20240217
torch.manual_seed(SEED)
torch.set_default_dtype(torch.float64)

CASES = []


def single(tensor):
    """The same numbers as float32 holds them, in float64."""
    return tensor.float().double()


def normal(*shape, scale=1.5):
    return single(scale * torch.randn(*shape))


def uniform(*shape, low=0.02, high=0.98):
    return single(low + (high - low) * torch.rand(*shape))


def distribution(*shape):
    return single(torch.softmax(torch.randn(*shape), -1))


def classes(n, count):
    return torch.randint(0, count, (n,))


def bits(*shape):
    return torch.randint(0, 2, shape).double()


def signs(*shape):
    return 2 * bits(*shape) - 1


def number(x):
    """As JSON has it; NaN and infinities as strings."""
    return x if math.isfinite(x) else {math.inf: "Infinity", -math.inf: "-Infinity"}.get(x, "NaN")


def listed(tensor):
    if isinstance(tensor, (int, float)):
        return tensor
    flat = tensor.detach().tolist()

    def clean(x):
        return [clean(e) for e in x] if isinstance(x, list) else x if isinstance(x, int) else number(x)

    return clean(flat)


def diagonal(function, tensors, name, gradient):
    """d(gradient[i]) / d(input[i]) for every entry."""
    if not gradient.requires_grad:
        return torch.zeros_like(gradient)
    entries = []
    for entry in gradient.flatten():
        (row,) = torch.autograd.grad(entry, tensors[name], retain_graph=True, allow_unused=True)
        entries.append(torch.zeros_like(gradient).flatten() if row is None else row.flatten())
    return torch.stack([row[i] for i, row in enumerate(entries)]).reshape(gradient.shape)


def case(loss, function, predictions, targets=None, params=None, hessian=False, trainable=(), weights=None,
         reduction="NONE"):
    """One case. The function takes all inputs and parameters by name and gives the loss of every unit."""
    targets, params = targets or {}, {k: single(torch.as_tensor(v)) if isinstance(v, (float, list)) else v
                                      for k, v in (params or {}).items()}
    tensors = {k: v.clone().requires_grad_() for k, v in predictions.items()}
    adapted = {k: params[k].clone().requires_grad_() for k in trainable}
    values = function(**tensors, **targets, **{**params, **adapted})
    total = values.sum() if weights is None else (weights * values).sum()
    if reduction == "MEAN":
        total = total / values.numel()
    elif reduction == "WEIGHTED_MEAN":
        total = total / weights.sum()
    wanted = [*tensors.values(), *adapted.values()]
    gradients = torch.autograd.grad(total, wanted, create_graph=True, allow_unused=True)
    gradients = [torch.zeros_like(w) if g is None else g for w, g in zip(wanted, gradients)]
    entry = {
        "loss": loss,
        "inputs": {k: listed(v) for k, v in {**predictions, **targets}.items()},
        "params": {k: listed(v) for k, v in params.items()},
        "reduction": reduction,
        "value": number(total.item()),
        "values": listed(values if weights is None else weights * values),
        "gradients": {k: listed(g) for k, g in zip(tensors, gradients)},
    }
    if weights is not None:
        entry["weights"] = listed(weights)
    if trainable:
        entry["parameterGradients"] = {k: listed(g) for k, g in zip(adapted, gradients[len(tensors):])}
    if hessian:
        entry["hessians"] = {k: listed(diagonal(function, tensors, k, g)) for k, g in zip(tensors, gradients)}
    CASES.append(entry)


def element(loss, function, p, y, hessian=True, **params):
    """A case of a loss of one prediction and one target per element."""
    names = ELEMENT_NAMES.get(loss, ("p", "y"))
    case(loss, lambda **a: function(a.pop(names[0]), a.pop(names[1]), **a), {names[0]: p}, {names[1]: y}, params, hessian)


ELEMENT_NAMES = {name: ("z", "y") for name in (
    "poissonLog", "halfGamma", "halfTweedie", "binaryCrossEntropyWithLogits", "weightedBinaryCrossEntropyWithLogits",
    "binaryFocal")}
ELEMENT_NAMES |= {name: ("s", "y") for name in (
    "hinge", "squaredHinge", "modifiedHuber", "perceptron", "softMargin")}
ELEMENT_NAMES["hingeEmbedding"] = ("d", "y")


def print_all(script):
    print("{")
    print(f' "about": "Computed by {script} with PyTorch {torch.__version__}, float64, seed {SEED}.",')
    print(' "cases": [')
    print(",\n".join("  " + json.dumps(c) for c in CASES))
    print(" ]")
    print("}")
