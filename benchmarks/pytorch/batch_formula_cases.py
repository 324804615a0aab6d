"""Formulas over the batch of processor/src/test/resources/adversarial/formulas.txt in PyTorch's words."""

import math
from functools import partial

import torch
from torch.nn import functional as F

from cases import ROWS, Case, classes, directions, normal, of, uniform
from catalogue_cases import AFFINITY, EMBEDDINGS, softplus

CASES = []
P, ZY = {"p": normal}, {"y": normal}


def batch(loss, function, kinds, targets=None, shape=EMBEDDINGS, **params):
    def whole(k, v):
        return v if k in ("label", "event") else of(v, shape[:1] if k in ("x", "time") else shape)

    CASES.append(Case("formula", loss, function, {k: of(v, shape) for k, v in kinds.items()},
                      {k: whole(k, v) for k, v in (targets or {}).items()}, params, grows=True))


def info_nce(p, q, tau):
    similarity = F.normalize(p, dim=-1) @ F.normalize(q, dim=-1).T / tau
    return F.cross_entropy(similarity, torch.arange(len(p)))


def supervised(p, label):
    similarity = p @ p.T
    itself = torch.eye(len(p), dtype=torch.bool)
    positive = (label[:, None] == label[None, :]) & ~itself
    norm = torch.logsumexp(similarity.masked_fill(itself, -math.inf), -1, keepdim=True)
    return -(((similarity - norm) * positive).sum(-1) / positive.sum(-1).clamp(min=1)).sum()


def barlow(p, q):
    c = p.T @ q / len(p)
    itself = torch.eye(len(c), dtype=torch.bool)
    return torch.where(itself, (1 - c) ** 2, 0.1 * c * c).sum()


def squared_distances(a, b):
    return ((a[:, None, :] - b[None, :, :]) ** 2).sum(-1)


batch("batchRmse", lambda p, y: F.mse_loss(p, y).sqrt(), P, ZY, ROWS)
batch("infoNce", info_nce, {"p": normal, "q": normal}, tau=0.5)
batch("supervisedContrastive", supervised, {"p": directions}, {"label": AFFINITY})
batch("barlowTwins", barlow, {"p": normal, "q": normal})
batch("vicReg", lambda p: (1 - torch.sqrt(((p - p.mean(0)) ** 2).mean(0) + 1e-3)).clamp(min=0).sum(), {"p": partial(
    normal, scale=0.5)})
batch("kernelMmd", lambda p, q: torch.exp(-squared_distances(p, p)).mean() - 2 * torch.exp(-squared_distances(p, q)).mean(),
      {"p": partial(normal, scale=0.1), "q": partial(normal, scale=0.1)})
batch("meanOverRowsOfMax", lambda p, y: (p - y).abs().amax(-1).mean() + p.amin(-1).amax(), P, ZY)
batch("unexplained", lambda p, y: ((y - p) ** 2).sum() / (((y - y.mean()) ** 2).sum() + 1e-3), P, ZY, ROWS)
batch("covarianceAlignment", lambda p, y: ((covariance(p) - covariance(y)) ** 2).sum(), P, ZY)


def covariance(p):
    centred = p - p.mean(0)
    return centred.T @ centred / len(p)


def cox(p, x, label):
    at_risk = x[None, :] >= x[:, None]
    risk = torch.log((at_risk * torch.exp(p[:, 0])[None, :]).sum(-1))
    return -((p[:, 0] - risk) * (label > 0)).sum()


batch("cox", cox, P, {"x": normal, "label": of(partial(classes, count=2), (1024,))}, (1024, 1))


def risk_sets(h, time, event):
    order = torch.argsort(-time)
    score = h[order, 0]
    return ((score.logcumsumexp(0) - score) * event[order]).sum() / event.sum().clamp(min=1)


batch("riskSets", risk_sets, {"h": normal}, {"time": uniform, "event": of(partial(classes, count=2), (1 << 16,))}, (1 << 16, 1))
batch("relativisticAverage", lambda real, fake: softplus(-(real - fake.mean())).mean() + softplus(fake - real.mean()).mean(),
      {"real": normal, "fake": normal}, shape=(1 << 18, 1))
batch("trainedScale", lambda p, y, tau: torch.log(1 + ((p - y) / tau) ** 2).mean() + math.log(tau), P, ZY, shape=ROWS, tau=1.5)
