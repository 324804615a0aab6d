"""Formulas of processor/src/test/resources/adversarial/formulas.txt in PyTorch's words: those that it can say in a line."""

import math
from functools import partial

import torch
from torch.nn import functional as F

from cases import ELEMENTS, POSITIVE, ROWS, Case, bits, chosen, classes, distribution, normal, of, uniform
from catalogue_cases import softplus

CASES = []
PAIRS = (2048, 32)
small = partial(classes, count=4)
between = partial(uniform, low=-0.9, high=0.9)


def case(loss, function, predictions, targets=None, params=None):
    CASES.append(Case("formula", loss, function, predictions, targets or {}, params or {}))


def element(loss, function, kinds, targets=None, **params):
    case(loss, function, {k: of(v, ELEMENTS) for k, v in kinds.items()}, {k: of(v, ELEMENTS) for k, v in (targets or {}).items()},
         params)


def row(loss, function, kinds, targets=None, shape=ROWS, **params):
    def whole(k, v):
        return of(v, shape[:1] if k in ("label", "advantage", "reward") else shape)

    case(loss, function, {k: of(v, shape) for k, v in kinds.items()}, {k: whole(k, v) for k, v in (targets or {}).items()}, params)


Z, P, ZY = {"z": normal}, {"p": normal}, {"y": normal}
NAMED = {"label": partial(classes, count=100)}
entropy = partial(F.cross_entropy, reduction="none")

# ---------------------------------------------------------------------------------------------------- per element

element("naiveBinaryCrossEntropy", lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="none"), Z, {"y": bits})
element("binaryCrossEntropyOfProbability", lambda p, y: -y * torch.log(p) - (1 - y) * torch.log(1 - p), {"p": uniform}, {"y": bits})


def naive_focal(z, y, tau):
    q = torch.sigmoid(torch.where(y > 0, z, -z))
    return -((1 - q) ** tau) * torch.log(q)


element("naiveFocal", naive_focal, Z, {"y": bits}, tau=1.5)
element("gaussianNegativeLogLikelihood", lambda p, q, y: 0.5 * (q + (y - p) ** 2 / torch.exp(q)), {"p": normal, "q": normal}, ZY)
element("gaussianWithSigma", lambda p, q, y: torch.log(q) + 0.5 * ((y - p) / q) ** 2 + 0.5 * math.log(2 * math.pi),
        {"p": normal, "q": POSITIVE}, ZY)
element("mixtureOfTwo", lambda p, q, y: -torch.log(torch.exp(-0.5 * (y - p) ** 2) + torch.exp(-0.5 * (y - q) ** 2)),
        {"p": normal, "q": normal}, ZY)
element("studentT", lambda p, y, tau: 0.5 * (tau + 1) * torch.log(1 + (y - p) ** 2 / tau) + math.lgamma(0.5 * tau)
        - math.lgamma(0.5 * (tau + 1)) + 0.5 * math.log(tau * math.pi), P, ZY, tau=1.5)
element("poisson", lambda z, y: torch.exp(z) - y * z + torch.lgamma(y.abs() + 1), Z, ZY)
element("gammaDeviance", lambda p, y: 2 * (y / p - 1 - torch.log(y / p)), {"p": POSITIVE}, {"y": POSITIVE})
element("tweedie", lambda p, y: 2 * y * p**-0.5 + 2 * p**0.5, {"p": POSITIVE}, {"y": POSITIVE})
element("pseudoHuber", lambda p, y, tau: tau * tau * (torch.sqrt(1 + ((p - y) / tau) ** 2) - 1), P, ZY, tau=1.5)
element("logCoshByHand", lambda p, y: torch.log((torch.exp(p - y) + torch.exp(y - p)) / 2), P, ZY)


def robust(p, y, alpha):
    b = abs(alpha - 2)
    return b / alpha * (((p - y) ** 2 / b + 1) ** (alpha / 2) - 1)


element("adaptiveRobust", robust, P, ZY, alpha=1.25)
element("expectile", lambda p, y, tau: (tau - (y - p < 0).to(p.dtype)).abs() * (y - p) ** 2, P, ZY, tau=0.3)
element("betaNegativeLogLikelihood", lambda p, q, y, tau: 0.5 * ((y - p) ** 2 / q + torch.log(q)) * q.detach() ** tau,
        {"p": normal, "q": POSITIVE}, ZY, tau=0.5)
element("itakuraSaito", lambda p, y: y / p - torch.log(y / p) - 1, {"p": POSITIVE}, {"y": POSITIVE})
element("betaDivergence", lambda p, y, tau: (y**tau + (tau - 1) * p**tau - tau * y * p ** (tau - 1)) / (tau * (tau - 1)),
        {"p": POSITIVE}, {"y": POSITIVE}, tau=1.5)
element("weibullNegativeLogLikelihood", lambda p, y, tau: -torch.log(tau / p) - (tau - 1) * torch.log(y / p) + (y / p) ** tau,
        {"p": POSITIVE}, {"y": POSITIVE}, tau=1.25)


def negative_binomial(p, q, k):
    mean, r = torch.exp(p), F.softplus(q) + 0.0625
    return (torch.lgamma(r) + torch.lgamma(k + 1.0) - torch.lgamma(k + r) - r * torch.log(r / (r + mean))
            - k * torch.log(mean / (r + mean)))


element("negativeBinomial", negative_binomial, {"p": normal, "q": normal}, {"k": small})


def zero_inflated(p, q, k):
    pi, rate = torch.sigmoid(q), torch.exp(p)
    return torch.where(k == 0, -torch.log(pi + (1 - pi) * torch.exp(-rate)),
                       -torch.log(1 - pi) + rate - k * p + torch.lgamma(k + 1.0))


element("zeroInflatedPoisson", zero_inflated, {"p": normal, "q": normal}, {"k": small})


def asymmetric_laplace(p, q, y, tau):
    r = (y - p) / torch.exp(q)
    return q - math.log(tau * (1 - tau)) + torch.where(r > 0, tau * r, (tau - 1) * r)


element("asymmetricLaplace", asymmetric_laplace, {"p": normal, "q": normal}, ZY, tau=0.3)


def robust_family(p, y, tau):
    u = (p - y) / tau
    return (torch.where(u.abs() <= 1, 1 - (1 - u * u) ** 3, 1.0) + 1 - torch.exp(-0.5 * u * u) + u * u / (1 + u * u)
            + torch.log(1 + u * u) + torch.sqrt(u * u + 1e-6))


element("robustFamily", robust_family, P, ZY, tau=1.5)
element("insensitive", lambda p, y, tau: ((p - y).abs() - tau).clamp(min=0) ** 2, P, ZY, tau=0.5)
element("crps", lambda p, q, y: q * ((y - p) / q * torch.erf((y - p) / q / math.sqrt(2)) + 2 * torch.exp(
    -0.5 * ((y - p) / q) ** 2) / math.sqrt(2 * math.pi) - 1 / math.sqrt(math.pi)), {"p": normal, "q": POSITIVE}, ZY)
element("angles", lambda p, q, y: torch.atan2(torch.sin(p - y), torch.cos(p - y)) ** 2 + 1 - torch.cos(q - y) + torch.atan2(
    p, 1 + q * q), {"p": normal, "q": normal}, ZY)
element("wassersteinWithPenalty", lambda p, q: q - p + 0.1 * (p.abs() - 1).clamp(min=0) ** 2, {"p": normal, "q": normal})
element("leastSquaresGan", lambda p, q: 0.5 * (p - 1) ** 2 + 0.5 * q * q, {"p": normal, "q": normal})
element("powers", lambda p, y: (p.abs() + 0.5) ** y + p**2 + p**3 + 2**p + p + 1 + 1 / (p.abs() + 0.5) + torch.sqrt(p * p + 1),
        P, ZY)
element("clippedSurrogate", lambda p, y, advantage, tau: -torch.minimum(torch.exp(p - y) * advantage, torch.exp(p - y).clamp(
    1 - tau, 1 + tau) * advantage), P, {"y": normal, "advantage": normal}, tau=0.2)


def box_cox(p, y, tau):
    return ((p**tau - 1) / tau - (y**tau - 1) / tau) ** 2


element("boxCox", box_cox, {"p": POSITIVE}, {"y": POSITIVE}, tau=0.3)
element("inverseGaussian", lambda p, y: (y - p) ** 2 / (p * p * y) + 0.5 * torch.log(2 * math.pi * y * y * y), {"p": POSITIVE},
        {"y": POSITIVE})
element("hypotOfMany", lambda p, q, y: torch.sqrt(p * p + q * q) + torch.sqrt((p - y) ** 2 + (q - y) ** 2) + torch.sqrt(p * p + 1),
        {"p": normal, "q": normal}, ZY)

# ---------------------------------------------------------------------------------------------------- per row


def log_softmax(z, label):
    return chosen(torch.log_softmax(z, -1), label)


row("naiveSoftmaxCrossEntropy", lambda z, label: entropy(z, label.long()), Z, NAMED)
row("shiftedSoftmaxCrossEntropy", lambda z, label: entropy(z, label.long()), Z, NAMED)
row("crossEntropyWithSoftTargets", lambda z, y: entropy(z, y), Z, {"y": distribution})
row("entropyOfLogits", lambda z: -(torch.softmax(z, -1) * torch.log_softmax(z, -1)).sum(-1), Z)
row("labelSmoothing", lambda z, label, tau: entropy(z, label.long(), label_smoothing=tau), Z, NAMED, tau=0.1)
row("temperature", lambda z, label, tau: torch.logsumexp(z / tau, -1) - chosen(z, label) / tau, Z, NAMED, tau=0.5)
row("distillation", lambda z, y, tau: tau * tau * F.kl_div(torch.log_softmax(z / tau, -1), torch.log_softmax(
    y / tau, -1), log_target=True, reduction="none").sum(-1), Z, ZY, tau=2.0)
row("relativeEntropyByHand", lambda p, y: (y * torch.log(y / p)).sum(-1), {"p": distribution}, {"y": distribution})


def jensen_shannon(p, y):
    m = 0.5 * (p + y)
    return 0.5 * (p * torch.log(p / m) + y * torch.log(y / m)).sum(-1)


row("jensenShannon", jensen_shannon, {"p": distribution}, {"y": distribution})
row("dice", lambda p, y: 1 - (2 * (p * y).sum(-1) + 1) / (p.sum(-1) + y.sum(-1) + 9), {"p": uniform}, {"y": bits})
row("iou", lambda p, y: 1 - (torch.minimum(p, y).sum(-1) + 1e-3) / (torch.maximum(p, y).sum(-1) + 1e-3), {"p": uniform},
    {"y": uniform})


def tversky(z, y, alpha):
    p = torch.sigmoid(z)
    tp, fp, fn = (p * y).sum(-1), (p * (1 - y)).sum(-1), ((1 - p) * y).sum(-1)
    return 1 - (tp + 1) / (tp + alpha * fp + (1 - alpha) * fn + 1)


row("tversky", tversky, Z, {"y": bits}, alpha=0.3)
row("multiLabelSoftMargin", lambda z, k: F.multilabel_soft_margin_loss(z, (k % 2).to(z.dtype), reduction="none"), Z, {"k": small})
row("multiMargin", lambda z, label, delta: F.multi_margin_loss(z, label.long(), margin=delta, reduction="none"), Z, NAMED, delta=0.5)
row("crammerSinger", lambda z, label: (1 + z.scatter(-1, label.long()[:, None], -math.inf).amax(-1) - chosen(z, label)).clamp(
    min=0), Z, NAMED)
row("rankNet", lambda z, y: ((y[:, :, None] > y[:, None, :]) * softplus(z[:, None, :] - z[:, :, None])).sum((-1, -2)), Z, ZY, PAIRS)
row("listNet", lambda z, y: -(torch.softmax(y, -1) * torch.log_softmax(z, -1)).sum(-1), Z, ZY)
row("listMle", lambda z: (z.flip(-1).logcumsumexp(-1).flip(-1) - z).sum(-1), Z)
row("runningNormalizer", lambda z: (z.logcumsumexp(-1) - z).sum(-1), Z)
row("weightedNormalizerOfLast", lambda z, w: (w * ((2 * z).flip(-1).logcumsumexp(-1).flip(-1) - z)).sum(-1), Z, {"w": uniform})
row("sumsOfLast", lambda p, y: ((p - y).flip(-1).cumsum(-1) ** 2).sum(-1), P, ZY)
row("prefixSums", lambda p, y: ((p - y).cumsum(-1) ** 2).sum(-1), P, ZY)
row("earthMover", lambda z, label: ((torch.softmax(z, -1).cumsum(-1) - (
    torch.arange(z.shape[-1]) >= label[:, None]).to(z.dtype)) ** 2).sum(-1), Z, NAMED)
row("ordinal", lambda z, label: softplus(torch.where(torch.arange(z.shape[-1]) < label[:, None], -z, z)).sum(-1), Z, NAMED)
row("totalVariation", lambda p: (p[:, 1:] - p[:, :-1]).abs().sum(-1) + 0.1 * (
    (p[:, :-2] - 2 * p[:, 1:-1] + p[:, 2:]) ** 2).sum(-1), P)
row("cyclicDifferences", lambda p: ((p.roll(-1, -1) - p) ** 2).sum(-1) + (p * p.flip(-1)).sum(-1), P)
row("arcFace", lambda p, label, delta: entropy(4 * p.scatter(-1, label.long()[:, None], torch.cos(
    torch.acos(chosen(p, label)) + delta)[:, None]), label.long()), {"p": between}, NAMED, delta=0.3)
row("generalizedCrossEntropy", lambda z, label, tau: (1 - chosen(torch.softmax(z, -1), label) ** tau) / tau, Z, NAMED, tau=0.7)
row("symmetricCrossEntropy", lambda z, label: -log_softmax(z, label) + 0.4 * (1 - chosen(torch.softmax(z, -1), label)), Z, NAMED)
row("polyOne", lambda z, label, epsilon: -log_softmax(z, label) + epsilon * (1 - torch.exp(log_softmax(z, label))), Z, NAMED,
    epsilon=1.0)


def asymmetric(z, label):
    s = torch.sigmoid(z)
    shifted = (s - 0.05).clamp(min=0)
    return -torch.where(label > 0, (1 - s) * torch.log(s), shifted**4 * torch.log(1 - shifted)).sum(-1)


CASES.append(Case("formula", "asymmetricMultiLabel", asymmetric, {"z": of(normal, ROWS)}, {"label": of(partial(
    classes, count=2), ROWS)}))
row("rootMeanSquaredLogarithm", lambda p, y: torch.sqrt(((torch.log(p + 1) - torch.log(y + 1)) ** 2).mean(-1)), {"p": POSITIVE},
    {"y": POSITIVE})
row("symmetricPercentage", lambda p, y: (2 * (p - y).abs() / (p.abs() + y.abs())).mean(-1), P, ZY)
row("policyWithEntropy", lambda z, label, advantage: -log_softmax(z, label) * advantage + 0.01 * (
    torch.softmax(z, -1) * torch.log_softmax(z, -1)).sum(-1), Z, {**NAMED, "advantage": normal})
row("selfNormalized", lambda z, label, tau: entropy(z, label.long()) + tau * torch.logsumexp(z, -1) ** 2, Z, NAMED, tau=0.1)
row("commitment", lambda p, q, tau: ((p.detach() - q) ** 2).sum(-1) + tau * ((p - q.detach()) ** 2).sum(-1),
    {"p": normal, "q": normal}, tau=0.25)


def nested_maxima(p, y):
    apart = (p[:, :, None] - y[:, None, :]).abs()
    return apart.amin(-1).amax(-1) + apart.amin(-2).amax(-1)


row("nestedMaxima", nested_maxima, P, ZY, PAIRS)


def evidential(z, label):
    a = 1 + F.softplus(z)
    s = a.sum(-1)
    return torch.digamma(s) - torch.digamma(chosen(a, label)) + torch.lgamma(s) - torch.lgamma(a).sum(-1)


row("evidential", evidential, Z, NAMED)


def approximate_ranks(p, label):
    rank = 0.5 + torch.sigmoid((p[:, None, :] - p[:, :, None]) / 0.5).sum(-1)
    return -((2.0 ** label.clamp(max=3) - 1) / (torch.log(1 + rank) / math.log(2))).sum(-1)


CASES.append(Case("formula", "approximateNdcg", approximate_ranks, {"p": of(normal, PAIRS)}, {"label": of(small, PAIRS)}))
row("sinkhornTwice", lambda p, y: sinkhorn((p[:, :, None] - y[:, None, :]) ** 2), P, ZY, PAIRS)


def sinkhorn(cost):
    f = -torch.logsumexp(-cost, -1) + math.log(cost.shape[-1])
    g = -torch.logsumexp(f[:, :, None] - cost, -2)
    return (torch.exp(f[:, :, None] + g[:, None, :] - cost) * cost).sum((-1, -2))


def interleaved_phase(p, y):
    a, b, c, d = p[:, 0::2], p[:, 1::2], y[:, 0::2], y[:, 1::2]
    return ((a - c) ** 2 + (b - d) ** 2 + 0.125 * (a * d - b * c) ** 2).sum(-1)


row("interleavedPhase", interleaved_phase, P, ZY)
row("ringCurvature", lambda p: ((p.roll(-1, -1) - 2 * p + p.roll(1, -1)) ** 2).sum(-1), P)
row("mirroredDistance", lambda p, y: torch.log(1 + (p - y.flip(-1)) ** 2).sum(-1), P, ZY)
element("chosenLink", lambda p, y, tau: torch.log(1 + torch.exp(tau * p)) / tau - y * p, P, ZY, tau=1.5)
