"""Losses of the catalogue that had no case for long: directions, order, segmentation by classes, signals."""

import math
from functools import partial

import torch
from torch.nn import functional as F

from cases import ELEMENTS, ROWS, classes, normal, of, uniform
from catalogue_cases import PAIRS, case, softplus
from catalogue_cases_4 import PIXELS

FEWER = (ELEMENTS[0] // 4,)
positive = partial(uniform, low=0.5, high=3.0)

# ---------------------------------------------------------------------------------------------------- numbers


def von_mises(mean, logConcentration, y):
    kappa = torch.exp(logConcentration)
    return math.log(2 * math.pi) + torch.log(torch.special.i0e(kappa)) + 2 * kappa * torch.sin((y - mean) / 2)**2


def evidential(gamma, nu, alpha, beta, y, **params):
    omega, error = 2 * beta * (1 + nu), y - gamma
    normalizer = 0.5 * (math.log(math.pi) - torch.log(nu) + torch.log(omega)) - torch.lgamma(alpha + 0.5) + torch.lgamma(alpha)
    likelihood = normalizer + (alpha + 0.5) * torch.log1p(nu * error**2 / omega)
    return likelihood + params["lambda"] * error.abs() * (2 * nu + alpha)


def cumulative(s, label, thresholds):
    bounds = torch.tensor([-torch.inf, *thresholds, torch.inf], dtype=s.dtype)
    low, high = bounds[label.long()], bounds[label.long() + 1]
    return softplus(low - s) + softplus(s - high) - torch.log1p(-torch.exp(low - high))


def scaled(p, y, history, season, eps):
    return (p - y).abs().mean(-1) / (history[:, season:] - history[:, :-season]).abs().mean(-1).clamp(min=eps)


case("vonMises", von_mises, {"mean": of(normal, FEWER), "logConcentration": of(normal, FEWER)}, {"y": of(normal, FEWER)})
case("evidentialRegression", evidential, {"gamma": of(normal, FEWER), "nu": of(positive, FEWER), "alpha": of(
    partial(uniform, low=1.1, high=4.0), FEWER), "beta": of(positive, FEWER)}, {"y": of(normal, FEWER)}, {"lambda": 0.01})
case("cumulativeLogit", cumulative, {"s": of(normal, FEWER)}, {"label": of(partial(classes, count=5), FEWER)},
     {"thresholds": [-1.0, -0.2, 0.4, 1.5]})
case("meanAbsoluteScaledError", scaled, {"p": of(normal, ROWS)}, {"y": of(normal, ROWS), "history": of(normal, ROWS)},
     {"season": 7, "eps": 1e-7})

# ---------------------------------------------------------------------------------------------------- order


def list_mle(scores, relevance):
    ordered = scores.gather(-1, relevance.argsort(dim=-1, descending=True))
    return (ordered.flip(-1).logcumsumexp(-1).flip(-1) - ordered).sum(-1)


def corn(logits, label):
    rank = torch.arange(logits.shape[-1])
    counted = rank <= label[:, None]
    return torch.where(counted, softplus(torch.where(rank < label[:, None], -logits, logits)), 0).sum() / counted.sum()


case("wassersteinDistance", lambda p, y: (p.sort(-1).values - y.sort(-1).values).abs().mean(-1), {"p": of(normal, ROWS)},
     {"y": of(normal, ROWS)})
case("listMle", list_mle, {"scores": of(normal, PAIRS)}, {"relevance": of(uniform, PAIRS)})
case("corn", corn, {"logits": of(normal, (16384, 9))}, {"label": of(partial(classes, count=10), (16384,))})

# ---------------------------------------------------------------------------------------------------- images and signals

IMAGES = (256, 64, 64)
PROBABILITIES = {"p": of(partial(uniform, low=0.01, high=0.99), PIXELS)}, {"label": of(partial(classes, count=8), PIXELS[:2])}


def class_dice(p, label, eps, smooth, ignoreIndex):
    hot = F.one_hot(label.long(), p.shape[-1])
    return (1 - (2 * (p * hot).sum(1) + smooth) / (p.sum(1) + hot.sum(1) + smooth + eps)).mean(-1)


def generalized_dice(p, label, eps, ignoreIndex):
    hot = F.one_hot(label.long(), p.shape[-1]).to(p.dtype)
    counts = hot.sum(1)
    rarest = torch.where(counts > 0, counts, torch.inf).amin(-1, keepdim=True).clamp(min=1)
    weight = (rarest / torch.maximum(counts, rarest))**2
    return 1 - 2 * (weight * (p * hot).sum(1)).sum(-1) / ((weight * (p.sum(1) + counts)).sum(-1) + eps)


def spectral(p, y, eps):
    return 10 / math.log(10) * ((torch.log(y + eps) - torch.log(p + eps))**2).mean(-1).sqrt().mean(-1)


case("imageTotalVariation", lambda p: (p[:, 1:] - p[:, :-1]).abs().sum((-1, -2)) + (p[:, :, 1:] - p[:, :, :-1]).abs().sum((-1, -2)),
     {"p": of(normal, IMAGES)})
case("classDice", class_dice, *PROBABILITIES, {"eps": 1e-7, "smooth": 0.0, "ignoreIndex": -100})
case("generalizedDice", generalized_dice, *PROBABILITIES, {"eps": 1e-7, "ignoreIndex": -100})
case("logSpectralDistance", spectral, {"p": of(positive, IMAGES)}, {"y": of(positive, IMAGES)}, {"eps": 1e-8})
