"""The catalogue of runtime/losses in PyTorch's words, with the parameters' default values where there are some."""

import math
from functools import partial

import torch
from torch.nn import functional as F

from cases import (ELEMENTS, POSITIVE, ROWS, Case, bits, chosen, classes, counts, distribution, log_distribution, normal, of,
                   one_hot, signs, uniform)

CASES = []
LABEL = of(classes, ROWS[:1])
WEIGHT = [0.5 + 0.01 * i for i in range(ROWS[-1])]
PAIRS = (2048, 32)  # for losses that compare all entries of a row
EMBEDDINGS = (256, 64)
AFFINITY = of(partial(classes, count=16), EMBEDDINGS[:1])


def case(loss, function, predictions, targets=None, params=None, grows=False, title=""):
    CASES.append(Case("catalogue", loss, function, predictions, targets or {}, params or {}, title, grows))


def element(loss, function, p=normal, y=normal, names=("p", "y"), **params):
    case(loss, lambda **a: function(a.pop(names[0]), a.pop(names[1]), **a), {names[0]: of(p, ELEMENTS)},
         {names[1]: of(y, ELEMENTS)}, params)


def row(loss, function, predicted=("logits", normal), target=("label", None), **params):
    case(loss, function, {predicted[0]: of(predicted[1], ROWS)}, {target[0]: of(target[1], ROWS) if target[1] else LABEL}, params)


none = {"reduction": "none"}


def softplus(x):
    return F.softplus(x, threshold=1e9)


# ---------------------------------------------------------------------------------------------------- regression

element("meanSquaredError", lambda p, y: F.mse_loss(p, y, **none))
element("halfSquaredError", lambda p, y: F.mse_loss(p, y, **none) / 2)
element("meanAbsoluteError", lambda p, y: F.l1_loss(p, y, **none))
element("meanAbsolutePercentageError", lambda p, y, eps: 100 * (p - y).abs() / y.abs().clamp(min=eps), eps=1e-2)
element("meanSquaredLogarithmicError", lambda p, y, eps: (
    torch.log1p(p.clamp(min=eps)) - torch.log1p(y.clamp(min=eps))) ** 2, POSITIVE, POSITIVE, eps=1e-7)
element("huber", lambda p, y, delta: F.huber_loss(p, y, delta=delta, **none), delta=1.0)
element("smoothL1", lambda p, y, beta: F.smooth_l1_loss(p, y, beta=beta, **none), beta=1.0)
element("pseudoHuber", lambda p, y, delta: delta**2 * (torch.sqrt(1 + ((p - y) / delta) ** 2) - 1), delta=1.0)
element("logCosh", lambda p, y: (p - y).abs() + torch.log1p(torch.exp(-2 * (p - y).abs())) - math.log(2))
element("quantile", lambda p, y, q: torch.where(y > p, q * (y - p), (1 - q) * (p - y)), q=0.9)
case("rootMeanSquaredError", lambda p, y: F.mse_loss(p, y).sqrt(), {"p": of(normal, ROWS)}, {"y": of(normal, ROWS)})

# ---------------------------------------------------------------------------------------------------- likelihoods

element("poisson", lambda p, y, eps, full: F.poisson_nll_loss(p, y, log_input=False, eps=eps, **none), POSITIVE, counts,
        eps=1e-8, full=0)
element("poissonLog", lambda z, y, full: F.poisson_nll_loss(z, y, log_input=True, **none), y=counts, names=("z", "y"), full=0)
element("halfGamma", lambda z, y: z + y * torch.exp(-z), y=POSITIVE, names=("z", "y"))
element("halfTweedie", lambda z, y, power: torch.exp((2 - power) * z) / (2 - power) - y * torch.exp(
    (1 - power) * z) / (1 - power), y=counts, names=("z", "y"), power=1.5)
case("gaussianNegativeLogLikelihood", lambda mean, variance, y, eps, full: F.gaussian_nll_loss(
    mean, y, variance, eps=eps, **none), {"mean": of(normal, ELEMENTS), "variance": of(POSITIVE, ELEMENTS)},
    {"y": of(normal, ELEMENTS)}, {"eps": 1e-6, "full": 0})
case("gaussianNegativeLogLikelihoodWithLogVariance", lambda mean, logVariance, y, full: 0.5 * (
    logVariance + (mean - y) ** 2 * torch.exp(-logVariance)), {"mean": of(normal, ELEMENTS), "logVariance": of(
        normal, ELEMENTS)}, {"y": of(normal, ELEMENTS)}, {"full": 0})
case("mixtureDensity", lambda logits, means, logScales, y: -torch.logsumexp(
    torch.log_softmax(logits, -1) - 0.5 * (((y - means) * torch.exp(-logScales)) ** 2 + math.log(2 * math.pi)) - logScales, -1),
    {"logits": of(normal, (65536, 5)), "means": of(normal, (65536, 5)), "logScales": of(normal, (65536, 5), scale=0.5)},
    {"y": of(normal, (65536, 1))})

# ---------------------------------------------------------------------------------------------------- yes or no

logit = ("z", "y")
score = ("s", "y")
element("binaryCrossEntropy", lambda p, y: F.binary_cross_entropy(p, y, **none), uniform, bits)
element("binaryCrossEntropyWithLogits", lambda z, y: F.binary_cross_entropy_with_logits(z, y, **none), y=bits, names=logit)
element("weightedBinaryCrossEntropyWithLogits", lambda z, y, weight, smoothing: F.binary_cross_entropy_with_logits(
    z, y * (1 - smoothing) + smoothing / 2, pos_weight=torch.tensor(weight), **none), y=bits, names=logit, weight=3.0, smoothing=0.1)


def binary_focal(z, y, gamma, alpha):
    p = torch.sigmoid(z)
    loss = F.binary_cross_entropy_with_logits(z, y, **none) * (1 - (p * y + (1 - p) * (1 - y))) ** gamma
    return loss * (alpha * y + (1 - alpha) * (1 - y))


element("binaryFocal", binary_focal, y=bits, names=logit, gamma=2.0, alpha=0.25)
element("hinge", lambda s, y: (1 - y * s).clamp(min=0), y=signs, names=score)
element("squaredHinge", lambda s, y: (1 - y * s).clamp(min=0) ** 2, y=signs, names=score)
element("modifiedHuber", lambda s, y: torch.where(y * s >= -1, (1 - y * s).clamp(min=0) ** 2, -4 * y * s), y=signs, names=score)
element("perceptron", lambda s, y: (-y * s).clamp(min=0), y=signs, names=score)
element("softMargin", lambda s, y: F.soft_margin_loss(s, y, **none), y=signs, names=score)
element("hingeEmbedding", lambda d, y, margin: F.hinge_embedding_loss(d, y, margin=margin, **none), POSITIVE, signs,
        ("d", "y"), margin=1.0)

# ---------------------------------------------------------------------------------------------------- classes


def entropy(logits, label, weight=None, labelSmoothing=0.0):
    label = label if label.is_floating_point() else label.long()
    weight = None if weight is None else torch.tensor(weight, dtype=logits.dtype)
    return F.cross_entropy(logits, label, weight=weight, label_smoothing=labelSmoothing, **none)


row("crossEntropy", lambda p, y: -(y * p.log()).sum(-1), ("p", distribution), ("y", distribution))
row("sparseCrossEntropy", lambda p, label: -chosen(p, label).log(), ("p", distribution))
row("negativeLogLikelihood", lambda logp, label: F.nll_loss(logp, label.long(), **none), ("logp", log_distribution))
row("weightedNegativeLogLikelihood", lambda logp, label, weight: F.nll_loss(
    logp, label.long(), weight=torch.tensor(weight, dtype=logp.dtype), **none), ("logp", log_distribution), weight=WEIGHT)
row("softmaxCrossEntropy", entropy)
case("softmaxCrossEntropy", entropy, {"logits": of(normal, (65536, 10))}, {"label": of(classes, (65536,), count=10)},
     title="softmaxCrossEntropy of 10 classes")
row("smoothedSoftmaxCrossEntropy", entropy, labelSmoothing=0.1)
row("softmaxCrossEntropyWithProbabilities", lambda logits, y, labelSmoothing: entropy(logits, y, None, labelSmoothing),
    target=("y", distribution), labelSmoothing=0.1)
row("weightedSoftmaxCrossEntropy", entropy, weight=WEIGHT, labelSmoothing=0.1)
row("weightedSoftmaxCrossEntropyWithProbabilities", lambda logits, y, weight, labelSmoothing: entropy(
    logits, y, weight, labelSmoothing), target=("y", distribution), weight=WEIGHT, labelSmoothing=0.1)
row("weightedMeanSoftmaxCrossEntropy", lambda logits, label, weight, labelSmoothing, ignoreIndex: F.cross_entropy(
    logits, label.long(), weight=torch.tensor(weight, dtype=logits.dtype), label_smoothing=labelSmoothing,
    ignore_index=ignoreIndex), weight=WEIGHT, labelSmoothing=0.1, ignoreIndex=-100)
row("softmaxCrossEntropyWithZLoss", lambda logits, label, zWeight: entropy(logits, label)
    + zWeight * torch.logsumexp(logits, -1) ** 2, zWeight=1e-4)
case("zLoss", lambda logits: torch.logsumexp(logits, -1) ** 2, {"logits": of(normal, ROWS)})


def focal(logits, label, gamma):
    logq = chosen(torch.log_softmax(logits, -1), label)
    return -((1 - logq.exp()) ** gamma) * logq


row("focal", focal, gamma=2.0)
row("weightedFocal", lambda logits, label, weight, gamma: torch.tensor(weight, dtype=logits.dtype)[label.long()] * focal(
    logits, label, gamma), weight=WEIGHT, gamma=2.0)
row("categoricalFocal", lambda logits, y, alpha, gamma: -(alpha * y * (1 - torch.softmax(logits, -1)) ** gamma
                                                          * torch.log_softmax(logits, -1)).sum(-1),
    target=("y", distribution), alpha=0.25, gamma=2.0)
row("generalizedCrossEntropy", lambda p, label, q: (1 - chosen(p, label) ** q) / q, ("p", distribution), q=0.7)
row("poly", lambda logits, label, epsilon: entropy(logits, label) + epsilon * (1 - chosen(torch.softmax(logits, -1), label)),
    epsilon=1.0)
row("multiMargin", lambda scores, label, margin, p: F.multi_margin_loss(scores, label.long(), p=p, margin=margin, **none),
    ("scores", normal), margin=1.0, p=1)
row("weightedMultiMargin", lambda scores, label, weight, margin, p: F.multi_margin_loss(
    scores, label.long(), p=p, margin=margin, weight=torch.tensor(weight, dtype=scores.dtype), **none), ("scores", normal),
    weight=WEIGHT, margin=1.0, p=1)
row("multiclassHinge", lambda scores, label: (1 + scores.scatter(-1, label.long()[:, None], -math.inf).amax(-1)
                                              - chosen(scores, label)).clamp(min=0), ("scores", normal))
row("categoricalHinge", lambda scores, y: (1 + ((1 - y) * scores).amax(-1) - (y * scores).sum(-1)).clamp(min=0),
    ("scores", normal), ("y", one_hot))
row("multiclassPerceptron", lambda scores, label: scores.amax(-1) - chosen(scores, label), ("scores", normal))


def sparsemax(scores, label):
    ordered, _ = scores.sort(-1, descending=True)
    k = torch.arange(1, scores.shape[-1] + 1)
    inside = (1 + k * ordered > ordered.cumsum(-1)).to(scores.dtype)
    threshold = ((ordered * inside).sum(-1, keepdim=True) - 1) / inside.sum(-1, keepdim=True)
    within = (scores > threshold).to(scores.dtype)
    return 0.5 * (within * (scores**2 - threshold**2)).sum(-1) + 0.5 - chosen(scores, label)


row("sparsemax", sparsemax, ("scores", normal))

# ---------------------------------------------------------------------------------------------------- distributions


def kl(logp, y):
    return F.kl_div(logp, y, **none).sum(-1)


y = ("y", distribution)
row("kullbackLeibler", lambda p, y: kl(p.log(), y), ("p", distribution), y)
row("kullbackLeiblerWithLogProbabilities", kl, ("logp", log_distribution), y)
row("kullbackLeiblerWithLogTargets", lambda logp, logy: F.kl_div(logp, logy, log_target=True, **none).sum(-1),
    ("logp", log_distribution), ("logy", log_distribution))
row("softmaxKullbackLeibler", lambda logits, y: kl(torch.log_softmax(logits, -1), y), target=y)
row("distillation", lambda student, teacher, temperature: temperature**2 * kl(
    torch.log_softmax(student / temperature, -1), torch.softmax(teacher / temperature, -1)), ("student", normal),
    ("teacher", normal), temperature=2.0)
row("jensenShannon", lambda p, y: (kl(((p + y) / 2).log(), p) + kl(((p + y) / 2).log(), y)) / 2, ("p", distribution), y)
row("totalVariation", lambda p, y: (p - y).abs().sum(-1) / 2, ("p", distribution), y)
