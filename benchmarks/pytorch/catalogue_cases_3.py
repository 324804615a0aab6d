"""Losses that joined the catalogue later, in PyTorch's words: numbers, counts, times, grades, labels, boxes."""

import math

import torch
from torch.nn import functional as F

from cases import ELEMENTS, POSITIVE, ROWS, bits, chosen, classes, counts, distribution, normal, of, uniform
from catalogue_cases import WEIGHT, case, element, none, row, softplus

# ---------------------------------------------------------------------------------------------------- numbers


def wing(p, y, w, epsilon):
    r = (p - y).abs()
    return torch.where(r < w, w * torch.log(1 + r / epsilon), r - w * (1 - math.log(1 + w / epsilon)))


def side(u, q):
    return torch.where(u < 0, 1 - q, q)


element("tukey", lambda p, y, c: c**2 / 6 * (1 - (1 - ((p - y) / c) ** 2).clamp(min=0) ** 3), c=3.0)
element("fair", lambda p, y, c: c**2 * ((p - y).abs() / c - torch.log(1 + (p - y).abs() / c)), c=1.0)
element("wing", wing, w=1.0, epsilon=0.5)
element("symmetricMeanAbsolutePercentageError", lambda p, y, eps: 200 * (p - y).abs() / (p.abs() + y.abs()).clamp(min=eps),
        eps=1e-7)
element("expectile", lambda p, y, q: side(y - p, q) * (y - p) ** 2, q=0.9)
element("quantileHuber", lambda p, y, q, kappa: side(y - p, q) * F.huber_loss(p, y, delta=kappa, **none) / kappa, q=0.9, kappa=1.0)
case("multiQuantile", lambda p, y, quantiles: torch.maximum(
    torch.tensor(quantiles) * (y[:, None] - p), (torch.tensor(quantiles) - 1) * (y[:, None] - p)).mean(-1),
    {"p": of(normal, (262144, 3))}, {"y": of(normal, (262144,))}, {"quantiles": [0.1, 0.5, 0.9]})
case("gaussianRankedProbability", lambda mean, logScale, y: torch.exp(logScale) * (
    (y - mean) * torch.exp(-logScale) * torch.erf((y - mean) * torch.exp(-logScale) / math.sqrt(2))
    + math.sqrt(2 / math.pi) * torch.exp(-0.5 * ((y - mean) * torch.exp(-logScale)) ** 2) - 1 / math.sqrt(math.pi)),
    {"mean": of(normal, ELEMENTS), "logScale": of(normal, ELEMENTS)}, {"y": of(normal, ELEMENTS)})
case("ensembleRankedProbability", lambda x, y: (x - y[:, None]).abs().mean(-1) - (
    x[:, :, None] - x[:, None, :]).abs().mean((-1, -2)) / 2, {"x": of(normal, (16384, 20))}, {"y": of(normal, ROWS[:1])})

# ---------------------------------------------------------------------------------------------------- counts and densities

COUNTED = (1 << 20,)  # each entry takes several gamma functions


def binomial(z, a, y):
    r = torch.exp(-a)
    return torch.lgamma(y + 1) - torch.lgamma(y + r) + torch.lgamma(r) + (y + r) * softplus(z + a) - y * (z + a)


def inflated(g, zero, other, y):
    return softplus(g) + torch.where(y == 0, -torch.logaddexp(g, zero), other)


def student(mean, logScale, logDegrees, y):
    nu, t = torch.exp(logDegrees), (y - mean) * torch.exp(-logScale)
    return ((nu + 1) / 2 * torch.log1p(t * t / nu) + 0.5 * (logDegrees + math.log(math.pi)) + torch.lgamma(nu / 2)
            - torch.lgamma((nu + 1) / 2) + logScale)


def beta(z, logPrecision, y):
    a, b = torch.sigmoid(z) * torch.exp(logPrecision), torch.sigmoid(-z) * torch.exp(logPrecision)
    return torch.lgamma(a) + torch.lgamma(b) - torch.lgamma(a + b) - (a - 1) * y.log() - (b - 1) * torch.log1p(-y)


z, y = {"z": of(normal, COUNTED)}, {"y": of(counts, COUNTED)}
case("negativeBinomial", binomial, z | {"a": of(normal, COUNTED)}, y)
case("zeroInflatedPoisson", lambda z, g, y: inflated(g, -torch.exp(z), torch.exp(z) - y * z + torch.lgamma(y + 1), y),
     z | {"g": of(normal, COUNTED)}, y)
case("zeroInflatedNegativeBinomial", lambda z, a, g, y: inflated(
    g, -torch.exp(-a) * softplus(z + a), binomial(z, a, y), y), z | {"a": of(normal, COUNTED), "g": of(normal, COUNTED)}, y)
case("studentT", student, {"mean": of(normal, COUNTED), "logScale": of(normal, COUNTED, scale=0.5),
                           "logDegrees": of(normal, COUNTED)}, {"y": of(normal, COUNTED)}, title="studentT of trained degrees")
case("beta", beta, {"z": of(normal, COUNTED), "logPrecision": of(normal, COUNTED)}, {"y": of(uniform, COUNTED)})
case("gaussianKullbackLeibler", lambda mean, logVariance: 0.5 * (mean**2 + torch.exp(logVariance) - 1 - logVariance),
     {"mean": of(normal, ELEMENTS), "logVariance": of(normal, ELEMENTS)})

# ---------------------------------------------------------------------------------------------------- times and grades


def logistic_time(p, lower, upper, scale):
    low = (lower.log() - p) / scale
    high = (upper.log() - p) / scale
    return softplus(-high) + softplus(low) - torch.log(-torch.expm1(low - high))


def later(*shape):
    return uniform(*shape, low=3, high=9)


case("logisticFailureTime", logistic_time, {"p": of(normal, ELEMENTS)}, {
    "lower": of(POSITIVE, ELEMENTS), "upper": of(later, ELEMENTS)}, {"scale": 0.7})
case("discreteHazard", lambda logits, bin, event: (softplus(logits) * (
    torch.arange(logits.shape[-1]) <= bin[:, None])).sum(-1) - event * chosen(logits, bin), {"logits": of(normal, ROWS)},
    {"bin": of(classes, ROWS[:1]), "event": of(classes, ROWS[:1], count=2)})
element("probit", lambda z, y: -torch.special.log_ndtr((2 * y - 1) * z), y=bits, names=("z", "y"))
row("coral", lambda logits, label: softplus(torch.where(torch.arange(logits.shape[-1]) < label[:, None], -logits, logits)).sum(-1))
row("squaredEarthMovers", lambda logits, y: ((torch.softmax(logits, -1) - y).cumsum(-1) ** 2).sum(-1), target=("y", distribution))

# ---------------------------------------------------------------------------------------------------- labels and boxes


def symmetric(logits, label, alpha, beta, logZero):
    error = F.cross_entropy(logits, label.long(), **none)
    return alpha * error - beta * logZero * (1 - torch.exp(-error))


def margin(logits, label, counts, maxMargin, scale):
    n = torch.tensor(counts)
    hot = F.one_hot(label.long(), logits.shape[-1])
    return F.cross_entropy(scale * (logits - hot * maxMargin * (n.min() / n) ** 0.25), label.long(), **none)


def arc(cosines, label, scale, margin, cosineMargin):
    c = chosen(cosines, label)
    turned = c * math.cos(margin) - (1 - c * c).sqrt() * math.sin(margin)
    moved = torch.where(c > -math.cos(margin), turned, c - margin * math.sin(margin)) - cosineMargin
    return F.cross_entropy(scale * cosines.scatter(-1, label.long()[:, None], moved[:, None]), label.long(), **none)


def asymmetric(logits, y, gammaPos, gammaNeg, clip):
    p = torch.sigmoid(logits)
    wrong = (p - clip).clamp(min=0)
    return -(y * (1 - p) ** gammaPos * p.log() + (1 - y) * wrong**gammaNeg * torch.log(1 - wrong)).sum(-1)


row("symmetricCrossEntropy", symmetric, alpha=0.1, beta=1.0, logZero=-4.0)
row("logitAdjusted", lambda logits, label, prior, tau: F.cross_entropy(
    logits + tau * torch.tensor(prior).log(), label.long(), **none), prior=WEIGHT, tau=1.0)
row("labelDistributionAwareMargin", margin, counts=WEIGHT, maxMargin=0.5, scale=30.0)
row("arcFace", arc, ("cosines", lambda *shape: uniform(*shape, low=-0.95, high=0.95)), scale=16.0, margin=0.5, cosineMargin=0.0)
row("asymmetricMultilabel", asymmetric, target=("y", bits), gammaPos=1.0, gammaNeg=4.0, clip=0.05)
element("varifocal", lambda z, y, alpha, gamma: torch.where(y > 0, y, alpha * torch.sigmoid(z) ** gamma)
        * F.binary_cross_entropy_with_logits(z, y, **none), y=bits, names=("z", "y"), alpha=0.75, gamma=2.0)
case("distributionFocal", lambda logits, y: -((1 - (y[:, None] - torch.arange(logits.shape[-1])).abs()).clamp(min=0)
                                              * torch.log_softmax(logits, -1)).sum(-1), {"logits": of(normal, ROWS)},
     {"y": of(uniform, ROWS[:1], high=98.0)})


def boxes(*shape):
    corner = uniform(*shape[:-1], 2, high=3)
    return torch.cat([corner, corner + uniform(*shape[:-1], 2, low=0.5, high=3)], -1)


def overlap(p, y):
    inter = (torch.minimum(p[:, 2:], y[:, 2:]) - torch.maximum(p[:, :2], y[:, :2])).clamp(min=0).prod(-1)
    union = (p[:, 2:] - p[:, :2]).prod(-1) + (y[:, 2:] - y[:, :2]).prod(-1) - inter
    return inter / union, union, torch.maximum(p[:, 2:], y[:, 2:]) - torch.minimum(p[:, :2], y[:, :2])


def generalized(p, y, eps):
    iou, union, hull = overlap(p, y)
    return 1 - iou + (hull.prod(-1) - union) / hull.prod(-1)


def distance(p, y, eps):
    iou, _, hull = overlap(p, y)
    return 1 - iou + ((p[:, :2] + p[:, 2:] - y[:, :2] - y[:, 2:]) ** 2).sum(-1) / 4 / (hull**2).sum(-1)


def complete(p, y, eps, detach):
    def slope(b):
        return torch.atan2(b[:, 2] - b[:, 0], b[:, 3] - b[:, 1])

    v = 4 / math.pi**2 * (slope(p) - slope(y)) ** 2
    return distance(p, y, eps) + (v / (1 - overlap(p, y)[0] + v)).detach() * v


BOXES = {"p": of(boxes, (262144, 4))}, {"y": of(boxes, (262144, 4))}
case("generalizedIou", generalized, *BOXES, {"eps": 1e-7})
case("distanceIou", distance, *BOXES, {"eps": 1e-7})
case("completeIou", complete, *BOXES, {"eps": 1e-7, "detach": 1})
