"""The losses of UnseenBatchLosses in PyTorch's words."""

from functools import partial

import torch
from torch.nn import functional as F

from cases import Case, classes, normal, of
from unseen_cases import corners, unit

CASES = []
EMBEDDINGS = (256, 64)
LABELS = of(partial(classes, count=32), EMBEDDINGS[:1])


def batch(loss, function, predictions, targets=None, shape=EMBEDDINGS, **params):
    targets = {k: v if k in ("label", "y1") else of(v, shape) for k, v in (targets or {}).items()}
    CASES.append(Case("unseen", loss, function, {k: of(v, shape) for k, v in predictions.items()}, targets, params, grows=True))


def matrices(loss, function, prediction, shape, targets):
    CASES.append(Case("unseen", loss, function, {prediction[0]: of(prediction[1], shape)}, targets))


def squared(a, b):
    """Squared distances by a product, as one writes them for speed."""
    return ((a * a).sum(-1)[:, None] + (b * b).sum(-1)[None, :] - 2 * a @ b.T).clamp(min=0)


def kernel(d):
    return torch.exp(-d / 8) + torch.exp(-d / 32) + torch.exp(-d / 128)


batch("multiscaleMmd", lambda x, y: kernel(squared(x, x)).mean() + kernel(squared(y, y)).mean() - 2 * kernel(squared(x, y)).mean(),
      {"x": normal, "y": partial(normal, scale=0.5)})


def independence(p, y):
    k, l = torch.exp(-squared(p, p) / 64), torch.exp(-squared(y, y) / 64)
    rows = k.mean(-1)
    return ((k - rows[:, None] - rows[None, :] + rows.mean()) * l).mean()


batch("independence", independence, {"p": normal}, {"y": normal})


def spread(x):
    centred = x - x.mean(0)
    variance = (1 - torch.sqrt((centred**2).sum(0) / (len(x) - 1) + 1e-4)).clamp(min=0).mean()
    covariance = centred.T @ centred / (len(x) - 1)
    return 25 * variance + ((covariance**2).sum() - (covariance.diagonal() ** 2).sum()) / x.shape[1]


batch("invarianceCovariance", lambda a, b: 25 * ((a - b) ** 2).mean() + spread(a) + spread(b),
      {"a": partial(normal, scale=0.8), "b": normal}, shape=(512, 64))


def n_pair(a, b):
    s = a @ b.T
    itself = torch.eye(len(a), dtype=torch.bool)
    others = torch.logsumexp((s - s.diagonal()[:, None]).masked_fill(itself, 0.0), -1)
    return others.mean() + 0.002 * ((a * a).sum(-1) + (b * b).sum(-1)).mean()


batch("nPair", n_pair, {"a": partial(normal, scale=0.3), "b": partial(normal, scale=0.3)})


def multi_similarity(x, label, alpha, beta):
    s = F.normalize(x, dim=-1)
    s = s @ s.T
    same = label[:, None] == label[None, :]
    positive = same & ~torch.eye(len(x), dtype=torch.bool)
    near = torch.where(positive, torch.exp(-alpha * (s - 0.5)), 0.0).sum(-1)
    far = torch.where(same, 0.0, torch.exp(beta * (s - 0.5))).sum(-1)
    return (torch.log(1 + near) / alpha + torch.log(1 + far) / beta).mean()


batch("multiSimilarity", multi_similarity, {"x": normal}, {"label": LABELS}, alpha=2.0, beta=8.0)


def distances(x):
    return torch.sqrt(squared(x, x) + 1e-6)


def hardest(x, label, margin):
    d = distances(x)
    same = label[:, None] == label[None, :]
    far = torch.where(same, d, 0.0).amax(-1)
    near = torch.where(same, 1e9, d).amin(-1)
    return (far - near + margin).clamp(min=0).mean()


batch("hardestTriplet", hardest, {"x": normal}, {"label": LABELS}, margin=0.3)


def soft_concordance(p, y):
    p = p[:, 0]
    return -(torch.sign(y[:, None] - y[None, :]) * torch.tanh(p[:, None] - p[None, :])).sum() / (len(p) * (len(p) - 1))


CASES.append(Case("unseen", "softConcordance", soft_concordance, {"p": of(normal, (2048, 1))}, {"y": of(normal, (2048,))}, grows=True))


def distance_correlation(p, y):
    a, b = (torch.sqrt(((x[:, None] - x[None, :]) ** 2).sum(-1) + 1e-6) for x in (p, y))
    a = a - a.mean(0) - a.mean(1)[:, None] + a.mean()
    b = b - b.mean(0) - b.mean(1)[:, None] + b.mean()
    return 1 - (a * b).sum() / (torch.sqrt((a * a).sum() * (b * b).sum()) + 1e-6)


batch("distanceCorrelation", distance_correlation, {"p": normal}, {"y": normal}, shape=(256, 16))
batch("alignmentUniformity", lambda x, y: ((x - y) ** 2).sum(-1).mean() + torch.log(torch.exp(-2 * squared(x, x)).mean()),
      {"x": unit, "y": unit}, shape=(512, 64))

# ---------------------------------------------------------------------------------------------------------------- matrices


def gradient_difference(p, y):
    down = (p.diff(dim=1).abs() - y.diff(dim=1).abs()) ** 2
    across = (p.diff(dim=2).abs() - y.diff(dim=2).abs()) ** 2
    return down.sum((1, 2)) + across.sum((1, 2))


matrices("gradientDifference", gradient_difference, ("p", normal), (256, 64, 64), {"y": of(normal, (256, 64, 64))})


def frames(z, label):
    logq = torch.log_softmax(z, -1)
    entropy = -logq.gather(-1, label.long()[..., None])[..., 0].mean(-1)
    jumps = ((logq[:, 1:] - logq[:, :-1].detach()) ** 2).clamp(max=16).mean((1, 2))
    return entropy + 0.15 * jumps


matrices("frames", frames, ("z", normal), (256, 100, 20), {"label": of(partial(classes, count=20), (256, 100))})


def boxes(p, y, present):
    w = (torch.minimum(p[..., 2], y[..., 2]) - torch.maximum(p[..., 0], y[..., 0])).clamp(min=0)
    h = (torch.minimum(p[..., 3], y[..., 3]) - torch.maximum(p[..., 1], y[..., 1])).clamp(min=0)
    area = (p[..., 2] - p[..., 0]) * (p[..., 3] - p[..., 1]) + (y[..., 2] - y[..., 0]) * (y[..., 3] - y[..., 1])
    lost = torch.where(present != 0, 1 - w * h / (area - w * h + 1e-6), 0.0)
    return lost.sum(-1) / (present != 0).sum(-1).clamp(min=1)


matrices("boxes", boxes, ("p", corners), (8192, 16, 4), {"y": of(corners, (8192, 16, 4)),
                                                        "present": of(partial(classes, count=2), (8192, 16))})


def chain(z, label):
    steps = torch.arange(z.shape[-1])
    cost = -0.5 * (steps[:, None] - steps[None, :]).abs()
    state = torch.zeros_like(z[:, 0])
    for t in range(z.shape[1]):
        state = z[:, t] + torch.logsumexp(state[:, None, :] + cost, -1)
    label = label.long()
    score = z.gather(-1, label[..., None])[..., 0].sum(-1) - 0.5 * label.diff(dim=1).abs().sum(-1)
    return torch.logsumexp(state, -1) - score


matrices("chain", chain, ("z", normal), (256, 30, 8), {"label": of(partial(classes, count=8), (256, 30))})
