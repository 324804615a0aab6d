"""The losses of UnseenTextbookLosses in PyTorch's words."""

import torch
from torch.nn import functional as F

from cases import ELEMENTS, ROWS, Case, bits, chosen, classes, given, normal, of

CASES = []
LABEL = of(classes, ROWS[:1])


def case(loss, function, predictions, targets=None, shape=ROWS, **params):
    CASES.append(Case("unseen", loss, function, given(predictions, shape), given(targets or {}, shape), params))


def element(loss, function, kind=normal, **params):
    case(loss, function, {"p": normal}, {"y": kind}, ELEMENTS, **params)


def geman_mcclure(p, y, c):
    r2 = ((p - y) / c) ** 2
    return 2 * r2 / (r2 + 4)


def sigmoid_focal(z, y, alpha, gamma):
    p = torch.sigmoid(z)
    ce = F.softplus(z) - y * z
    pt = p * y + (1 - p) * (1 - y)
    return (alpha * y + (1 - alpha) * (1 - y)) * (1 - pt) ** gamma * ce


def heteroscedastic(mean, raw, y):
    sigma = F.softplus(raw) + 1e-3
    return torch.log(sigma) + 0.5 * ((y - mean) / sigma) ** 2


element("gemanMcClure", geman_mcclure, c=1.5)
element("welsch", lambda p, y, c: c * c / 2 * (1 - torch.exp(-(((p - y) / c) ** 2))), c=1.5)
element("sideLogCosh", lambda p, y, a: torch.where(p - y > 0, a, 1.0) * torch.log(torch.cosh(p - y)), a=2.0)
element("smape", lambda p, y: 2 * (p - y).abs() / (p.abs() + y.abs() + 1e-3))
element("softSign", lambda p, y: (p - y) / (1 + (p - y).abs()) * torch.tanh(p - y))
case("sigmoidFocal", sigmoid_focal, {"z": normal}, {"y": bits}, ELEMENTS, alpha=0.25, gamma=2.0)
case("heteroscedastic", heteroscedastic, {"mean": normal, "raw": normal}, {"y": normal}, ELEMENTS)
case("angular", lambda a, y: 1 - torch.cos(a - y) + 0.1 * (a - y).abs(), {"a": normal}, {"y": normal}, ELEMENTS)


def cosine(p, y):
    return 1 - (p * y).sum(-1) / ((p * p).sum(-1).sqrt() * (y * y).sum(-1).sqrt()).clamp(min=1e-8)


def pearson(p, y):
    p, y = p - p.mean(-1, keepdim=True), y - y.mean(-1, keepdim=True)
    return 1 - (p * y).sum(-1) / ((p * p).sum(-1).sqrt() * (y * y).sum(-1).sqrt() + 1e-6)


def normalized_error(p, y):
    a, b = torch.sqrt((p * p).sum(-1, keepdim=True) + 1e-6), torch.sqrt((y * y).sum(-1, keepdim=True) + 1e-6)
    return ((p / a - y / b) ** 2).sum(-1)


def smoothed_focal(z, label, eps):
    norm = torch.logsumexp(z, -1)
    own = chosen(z, label)
    return (1 - torch.exp(own - norm)) ** 2 * (norm - (1 - eps) * own - eps * z.mean(-1))


def confidence_penalty(z, label, beta):
    p = torch.softmax(z, -1)
    return -torch.log(chosen(p, label)) + beta * (p * torch.log(p)).sum(-1)


def brier(z, label):
    return ((torch.softmax(z, -1) - F.one_hot(label.long(), z.shape[-1])) ** 2).sum(-1)


def ldam(z, label, margin, scale):
    z = scale * (z - margin * F.one_hot(label.long(), z.shape[-1]))
    return torch.logsumexp(z, -1) - chosen(z, label)


def multilabel_ranking(z, y):
    positive = torch.logsumexp(torch.where(y > 0.5, -z, -1e4), -1)
    return F.softplus(positive + torch.logsumexp(torch.where(y > 0.5, -1e4, z), -1))


def temperature_kl(z, t, temperature):
    q, p = F.log_softmax(t / temperature, -1), F.log_softmax(z / temperature, -1)
    return temperature**2 * (q.exp() * (q - p)).sum(-1)


def triplet_of_cosines(a, p, n):
    na, np, nn = (torch.sqrt((x * x).sum(-1) + 1e-8) for x in (a, p, n))
    return ((a * n).sum(-1) / (na * nn) - (a * p).sum(-1) / (na * np) + 0.2).clamp(min=0)


def log_dice(z, y):
    p = torch.sigmoid(z)
    bce = (F.softplus(z) - y * z).mean(-1)
    return bce - torch.log((2 * (p * y).sum(-1) + 1) / ((p + y).sum(-1) + 1))


def mean_plus_spread(p, y):
    r = (p - y).abs()
    m = r.mean(-1, keepdim=True)
    return m[:, 0] + torch.sqrt(((r - m) ** 2).mean(-1) + 1e-6)


def smoothness(p, y):
    return ((p - y) ** 2).mean(-1) + 0.1 * torch.sqrt(p.diff(dim=-1) ** 2 + 1e-3).mean(-1)


case("cosineByHand", cosine, {"p": normal}, {"y": normal})
case("pearson", pearson, {"p": normal}, {"y": normal})
case("normalizedError", normalized_error, {"p": normal}, {"y": normal})
case("smoothedSoftmaxFocal", smoothed_focal, {"z": normal}, {"label": LABEL}, eps=0.1)
case("confidencePenalty", confidence_penalty, {"z": normal}, {"label": LABEL}, beta=0.1)
case("brier", brier, {"z": normal}, {"label": LABEL})
case("ldamMargin", ldam, {"z": normal}, {"label": LABEL}, margin=0.3, scale=4.0)
case("multilabelRanking", multilabel_ranking, {"z": normal}, {"y": bits})
case("temperatureKl", temperature_kl, {"z": normal}, {"t": normal}, temperature=3.0)
case("tripletOfCosines", triplet_of_cosines, {"a": normal, "p": normal, "n": normal})
case("logDice", log_dice, {"z": normal}, {"y": bits})
case("meanPlusSpread", mean_plus_spread, {"p": normal}, {"y": normal})
case("logRatio", lambda p, y: ((torch.log1p(p.abs()) - torch.log1p(y.abs())) ** 2).mean(-1), {"p": normal}, {"y": normal})
case("smoothness", smoothness, {"p": normal}, {"y": normal})


def covariance(x):
    x = x - x.mean(0)
    return x.T @ x / len(x)


def centers(x, label):
    d = ((x[:, None] - x[None]) ** 2).mean(-1)
    others = torch.where(label[:, None] != label[None], torch.exp(-d), 0)
    return torch.log(others.sum(-1) + 1e-6).mean()


CASES.append(Case("unseen", "coral", lambda a, b: ((covariance(a) - covariance(b)) ** 2).mean(),
                  {"a": of(normal, (512, 64)), "b": of(normal, (512, 64))}, grows=True))
CASES.append(Case("unseen", "centers", centers, {"x": of(normal, (256, 64))}, {"label": of(classes, (256,))}, grows=True))
