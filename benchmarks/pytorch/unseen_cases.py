"""The losses of UnseenLosses in PyTorch's words."""

import math
from functools import partial

import torch
from torch.nn import functional as F

from cases import ELEMENTS, POSITIVE, ROWS, Case, bits, chosen, classes, normal, of, uniform

CASES = []
PAIRS = (65536, 8)


def case(loss, function, predictions, targets=None, title="", **params):
    CASES.append(Case("unseen", loss, function, predictions, targets or {}, params, title))


def element(loss, function, kinds, targets, **params):
    case(loss, function, {k: of(v, ELEMENTS) for k, v in kinds.items()}, {k: of(v, ELEMENTS) for k, v in targets.items()}, **params)


# ---------------------------------------------------------------------------------------------------------------- elements

element("exponentialPower", lambda p, scale, shape, y: ((y - p).abs() / scale) ** shape + torch.log(2 * scale) - torch.log(shape)
        + torch.lgamma(1 / shape), {"p": normal, "scale": POSITIVE, "shape": partial(uniform, low=0.5, high=3.0)}, {"y": normal})
element("bearing", lambda east, north, y: 1 - torch.cos(torch.atan2(north, east) - y) + 0.1 * (torch.hypot(east, north) - 1) ** 2,
        {"east": normal, "north": normal}, {"y": normal})
element("betaLikelihood", lambda alpha, beta, y: torch.lgamma(alpha) + torch.lgamma(beta) - torch.lgamma(alpha + beta)
        - (alpha - 1) * torch.log(y) - (beta - 1) * torch.log(1 - y), {"alpha": POSITIVE, "beta": POSITIVE}, {"y": uniform})


def tobit(p, logScale, y, limit):
    scale = torch.exp(logScale)
    return torch.where(y <= limit, -torch.special.log_ndtr((limit - p) / scale), logScale + 0.5 * ((y - p) / scale) ** 2)


element("tobit", tobit, {"p": normal, "logScale": partial(normal, scale=0.3)}, {"y": normal}, limit=0.0)


def hampel(p, y, a, b, c):
    r = (p - y).abs()
    tail = a * (b - a + (c - b) / 2) + a * a / 2
    far = torch.where(r <= c, tail - a * (c - r) ** 2 / (2 * (c - b)), tail)
    return torch.where(r <= a, r * r / 2, torch.where(r <= b, a * r - a * a / 2, far))


element("hampel", hampel, {"p": partial(normal, scale=2.0)}, {"y": normal}, a=1.0, b=2.0, c=4.0)
element("noisyAbsoluteError", lambda p, y, sigma: (p - y) * torch.erf((p - y) / (sigma * math.sqrt(2)))
        + sigma * math.sqrt(2 / math.pi) * torch.exp(-(p - y) ** 2 / (2 * sigma * sigma)), {"p": normal}, {"y": normal}, sigma=0.5)
element("periodic", lambda p, y, omega: torch.tanh(torch.sin(0.5 * omega * (p - y)) ** 2)
        + 0.01 * torch.log(1 + (p - y).abs()) * (p - y), {"p": normal}, {"y": normal}, omega=2.0)


def hurdle(logit, logMean, shape, y):
    rate = shape / torch.exp(logMean)
    positive = torch.where(y == 0, 1.0, y)
    gamma = -shape * torch.log(rate) + torch.lgamma(shape) - (shape - 1) * torch.log(positive) + rate * y
    return torch.where(y == 0, -F.logsigmoid(-logit), -F.logsigmoid(logit) + gamma)


def amounts(*shape):
    return bits(*shape) * POSITIVE(*shape)


element("hurdleGamma", hurdle, {"logit": normal, "logMean": normal, "shape": POSITIVE}, {"y": amounts})
element("endPoint", lambda u, v, x, y, q: (torch.hypot(u - x, v - y) + 0.01) ** q, {"u": normal, "v": normal},
        {"x": normal, "y": normal}, q=0.4)

# -------------------------------------------------------------------------------------------------------------------- rows


def standard_moments(p):
    m = p.mean(-1, keepdim=True)
    s = torch.sqrt(((p - m) ** 2).mean(-1, keepdim=True) + 1e-5)
    z = (p - m) / s
    return m[:, 0], s[:, 0], (z**3).mean(-1), (z**4).mean(-1)


def moments(p, y):
    a, b = standard_moments(p), standard_moments(y)
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2 + (a[3] - b[3]).abs()


def correlation(p, y, delta):
    a, b = p - p.mean(-1, keepdim=True), y - y.mean(-1, keepdim=True)
    cosine = (a * b).sum(-1) / (torch.sqrt((a * a).sum(-1) * (b * b).sum(-1)) + 1e-6)
    return 1 - cosine + 0.1 * F.huber_loss(p, y, reduction="none", delta=delta).mean(-1)


for shape in (ROWS, (4096, 1000)):
    case("moments", moments, {"p": of(normal, shape)}, {"y": of(normal, shape)}, title="moments of %d" % shape[1])
    case("correlation", correlation, {"p": of(normal, shape)}, {"y": of(normal, shape)}, title="correlation of %d" % shape[1],
         delta=1.0)


def runner_up(z, label, weight, margin):
    named = F.one_hot(label.long(), z.shape[-1]).bool()
    best = z.masked_fill(named, -math.inf).amax(-1)
    logq = torch.log_softmax(z, -1)
    entropy = -(logq.exp() * logq).sum(-1)
    return weight * F.softplus(best - chosen(z, label) + margin) - 0.05 * entropy


for shape in ((65536, 10), ROWS):
    case("runnerUp", runner_up, {"z": of(normal, shape)}, {"label": of(classes, shape[:1], count=shape[1]),
                                                          "weight": of(uniform, shape[:1])}, "runnerUp of %d" % shape[1], margin=0.5)


def dirichlet(z, label):
    alpha = F.softplus(z) + 1
    named = chosen(alpha, label)
    total = alpha.sum(-1)
    return torch.digamma(total) - torch.digamma(named) + 0.01 * (total - named - (z.shape[-1] - 1))


case("dirichlet", dirichlet, {"z": of(normal, (65536, 10))}, {"label": of(classes, (65536,), count=10)})


def masked_huber(p, y, observed, weight):
    weight = torch.where(observed != 0, weight, 0.0)
    count = weight.sum(-1)
    total = (weight * F.smooth_l1_loss(p, y, reduction="none")).sum(-1)
    return torch.where(count > 0, total / count, 0.0)


case("maskedHuber", masked_huber, {"p": of(normal, ROWS)}, {"y": of(normal, ROWS), "observed": of(classes, ROWS, count=2),
                                                           "weight": of(uniform, ROWS)})


def quantiles(p, y):
    tau = (torch.arange(p.shape[-1], device=p.device) + 0.5) / p.shape[-1]
    r = y[:, None] - p
    return torch.maximum(tau * r, (tau - 1) * r).mean(-1) + ((p[:, :-1] - p[:, 1:]).clamp(min=0) ** 2).sum(-1)


case("quantiles", quantiles, {"p": of(normal, (262144, 9))}, {"y": of(normal, (262144,))})


def gap_hinge(p, y, margin):
    gap = y[:, :, None] - y[:, None, :]
    hinge = (margin - (p[:, :, None] - p[:, None, :])).clamp(min=0) ** 2
    return (gap.clamp(min=0) * hinge).mean((-1, -2))


for shape in (PAIRS, (2048, 40)):
    case("gapHinge", gap_hinge, {"p": of(normal, shape)}, {"y": of(normal, shape)}, "gapHinge of %d" % shape[1], margin=1.0)


def soft_rank(p, tau):
    return torch.sigmoid((p[:, :, None] - p[:, None, :]) / tau).sum(-1)


case("softRanks", lambda p, y, tau: ((soft_rank(p, tau) - soft_rank(y, tau)) ** 2).mean(-1), {"p": of(normal, (2048, 40))},
     {"y": of(normal, (2048, 40))}, tau=0.5)


def ranked_probability(z, label):
    reached = torch.arange(z.shape[-1]) >= label[:, None]
    return ((torch.softmax(z, -1).cumsum(-1) - reached.to(z.dtype)) ** 2).sum(-1)


for shape in ((65536, 10), (1024, 2000)):
    case("rankedProbability", ranked_probability, {"z": of(normal, shape)}, {"label": of(classes, shape[:1], count=shape[1])},
         "rankedProbability of %d" % shape[1])


def complete_iou(p, y):
    w = (torch.minimum(p[:, 2], y[:, 2]) - torch.maximum(p[:, 0], y[:, 0])).clamp(min=0)
    h = (torch.minimum(p[:, 3], y[:, 3]) - torch.maximum(p[:, 1], y[:, 1])).clamp(min=0)
    wp, hp, wy, hy = p[:, 2] - p[:, 0], p[:, 3] - p[:, 1], y[:, 2] - y[:, 0], y[:, 3] - y[:, 1]
    iou = w * h / (wp * hp + wy * hy - w * h + 1e-6)
    width = torch.maximum(p[:, 2], y[:, 2]) - torch.minimum(p[:, 0], y[:, 0])
    height = torch.maximum(p[:, 3], y[:, 3]) - torch.minimum(p[:, 1], y[:, 1])
    centres = (p[:, 0] + p[:, 2] - y[:, 0] - y[:, 2]) ** 2 + (p[:, 1] + p[:, 3] - y[:, 1] - y[:, 3]) ** 2
    v = 0.4052847 * (torch.atan(wy / hy) - torch.atan(wp / hp)) ** 2
    alpha = (v / (1 - iou + v + 1e-6)).detach()
    return 1 - iou + centres / (4 * (width**2 + height**2) + 1e-6) + alpha * v


def corners(*shape):
    low = torch.rand(*shape[:-1], 2)
    return torch.cat([low, low + 0.2 + torch.rand(*shape[:-1], 2)], -1)


case("completeIou", complete_iou, {"p": of(corners, (262144, 4))}, {"y": of(corners, (262144, 4))})


def rotation(q, y):
    length = torch.sqrt((q * q).sum(-1) + 1e-8)
    return 2 * torch.acos(((q * y).sum(-1).abs() / length).clamp(max=0.9999))


def unit(*shape):
    return F.normalize(torch.randn(*shape), dim=-1)


case("rotation", rotation, {"q": of(normal, (262144, 4))}, {"y": of(unit, (262144, 4))})

for shape in ((65536, 16), (8192, 128)):
    case("cosineTriplet", lambda a, p, n, scale: F.softplus(scale * (
        F.cosine_similarity(a, n, dim=-1) - F.cosine_similarity(a, p, dim=-1) + 0.2)), {k: of(normal, shape) for k in "apn"}, {},
         "cosineTriplet of %d" % shape[1], scale=4.0)


def tsallis(z, label, q):
    entropy = (1 - (torch.softmax(z, -1) ** q).sum(-1)) / (q - 1)
    return F.cross_entropy(z, label.long(), reduction="none") - 0.1 * entropy


case("tsallis", tsallis, {"z": of(normal, ROWS)}, {"label": of(classes, ROWS[:1])}, q=1.3)
