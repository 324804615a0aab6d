"""The losses of FurtherUnseenLosses in PyTorch's words."""

import math
from functools import partial

import torch
from torch.nn import functional as F

from cases import ELEMENTS, POSITIVE, ROWS, Case, bits, chosen, classes, counts, directions, given, normal, of, uniform

CASES = []
LABEL = of(classes, ROWS[:1])
HALF = of(normal, (ROWS[0], ROWS[1] // 2))


def case(loss, function, predictions, targets=None, shape=ROWS, **params):
    CASES.append(Case("unseen", loss, function, given(predictions, shape), given(targets or {}, shape), params))


# ---------------------------------------------------------------------------------------------------------------- elements


def skew_normal(mu, logSigma, alpha, y):
    z = (y - mu) / torch.exp(logSigma)
    return logSigma + 0.5 * z * z - torch.special.log_ndtr(alpha * z)


def zero_inflated(logit, logRate, y):
    rate = torch.exp(logRate)
    none = -torch.logaddexp(F.logsigmoid(logit), F.logsigmoid(-logit) - rate)
    return torch.where(y == 0, none, -F.logsigmoid(-logit) + rate - y * logRate + torch.lgamma(y + 1))


def asymmetric_laplace(p, logB, y, tau):
    u = (y - p) / torch.exp(logB)
    return logB - math.log(tau * (1 - tau)) + u * (tau - (u < 0).float())


def log_logistic(mu, s, t, event):
    z = (torch.log(t) - mu) * torch.exp(-s)
    return (1 + event) * F.softplus(z) - event * (z - s - torch.log(t))


NARROW = partial(normal, scale=0.3)

case("skewNormal", skew_normal, {"mu": normal, "logSigma": NARROW, "alpha": normal}, {"y": normal}, shape=ELEMENTS)
case("zeroInflatedPoisson", zero_inflated, {"logit": normal, "logRate": normal}, {"y": counts}, shape=ELEMENTS)
case("asymmetricLaplace", asymmetric_laplace, {"p": normal, "logB": normal}, {"y": normal}, shape=ELEMENTS, tau=0.3)
case("gompertz", lambda a, b, t, event: torch.exp(a) * torch.expm1(torch.exp(b) * t) / torch.exp(b) - event * (a + torch.exp(b) * t),
     {"a": normal, "b": NARROW}, {"t": POSITIVE, "event": bits}, shape=ELEMENTS)
case("logLogistic", log_logistic, {"mu": normal, "s": NARROW}, {"t": POSITIVE, "event": bits}, shape=ELEMENTS)

# --------------------------------------------------------------------------------------------------------- rows of a few


def mixture_density(logits, mu, logSigma, y):
    z = (y[:, None] - mu) * torch.exp(-logSigma)
    return -torch.logsumexp(F.log_softmax(logits, -1) - logSigma - 0.9189385 - 0.5 * z**2, -1)


def bernoulli_mixture(z, x):
    z = z.view(-1, 4, 16)
    return -torch.logsumexp((x[:, None, :] * z - F.softplus(z)).sum(-1), -1)


def quaternion(q, t):
    return 1 - ((q * t).sum(-1) / torch.sqrt((q * q).sum(-1) + 1e-8)) ** 2


def corners(rows, _):
    near = torch.rand(rows, 2)
    return torch.cat([near, near + 0.1 + torch.rand(rows, 2)], -1)


def box_distance(p, t):
    w = (torch.minimum(p[:, 2], t[:, 2]) - torch.maximum(p[:, 0], t[:, 0])).clamp(min=0)
    h = (torch.minimum(p[:, 3], t[:, 3]) - torch.maximum(p[:, 1], t[:, 1])).clamp(min=0)
    union = (p[:, 2] - p[:, 0]) * (p[:, 3] - p[:, 1]) + (t[:, 2] - t[:, 0]) * (t[:, 3] - t[:, 1]) - w * h
    cw = torch.maximum(p[:, 2], t[:, 2]) - torch.minimum(p[:, 0], t[:, 0])
    ch = torch.maximum(p[:, 3], t[:, 3]) - torch.minimum(p[:, 1], t[:, 1])
    d = (p[:, 0] + p[:, 2] - t[:, 0] - t[:, 2]) ** 2 + (p[:, 1] + p[:, 3] - t[:, 1] - t[:, 3]) ** 2
    return 1 - w * h / (union + 1e-6) + d / (4 * (cw * cw + ch * ch) + 1e-6)


def direction(v, u):
    n = torch.sqrt((v * v).sum(-1) + 1e-6)
    return n - 0.5 * torch.log(n) - (v * u).sum(-1) * 0.9


def distribution_focal(logits, y):
    k = torch.arange(logits.shape[-1])
    nearness = (1 - (k - y[:, None]).abs()).clamp(min=0)
    sharp = -(nearness * F.log_softmax(logits, -1)).sum(-1)
    return sharp + 0.1 * ((F.softmax(logits, -1) * k).sum(-1) - y).abs()


FIVE = (262144, 5)
BOXES = (524288, 4)
case("mixtureDensity", mixture_density, {"logits": normal, "mu": normal, "logSigma": NARROW}, {"y": of(normal, FIVE[:1])}, shape=FIVE)
case("bernoulliMixture", bernoulli_mixture, {"z": normal}, {"x": of(bits, (32768, 16))}, shape=(32768, 64))
case("quaternion", quaternion, {"q": normal}, {"t": normal}, shape=BOXES)
case("boxDistance", box_distance, {"p": corners}, {"t": corners}, shape=BOXES)
case("direction", direction, {"v": normal}, {"u": directions}, shape=(524288, 3))
case("distributionFocal", distribution_focal, {"logits": normal}, {"y": of(partial(uniform, low=0.1, high=14.9), (65536,))},
     shape=(65536, 16))

# -------------------------------------------------------------------------------------------------------------------- rows


def crps(x, y):
    return (x - y[:, None]).abs().mean(-1) - 0.5 * (x[:, :, None] - x[:, None, :]).abs().mean((-1, -2))


def dirichlet_density(alpha, y):
    return (torch.lgamma(alpha) - (alpha - 1) * torch.log(y)).sum(-1) - torch.lgamma(alpha.sum(-1))


def si_sdr(p, y):
    energy = (y * y).sum(-1)
    a = (p * y).sum(-1) / (energy + 1e-8)
    noise = ((p - a[:, None] * y) ** 2).sum(-1)
    return -10 * (torch.log(a * a * energy + 1e-8) - torch.log(noise + 1e-8)) / 2.302585


def like(*shape):
    """Signals whose ratio to others of this kind is no matter of rounding."""
    return 1 + normal(*shape)


def dino(student, teacher, center):
    return -(torch.softmax((teacher - center) / 0.04, -1) * F.log_softmax(student / 0.1, -1)).sum(-1)


def trend(g, y, **params):
    return ((y - g) ** 2).sum(-1) + params["lambda"] * (g.diff(n=2, dim=-1) ** 2).sum(-1)


def autoregressive(p, y, phi):
    e = y - p
    return torch.log(1 + (e[:, 1:] - phi * e[:, :-1]) ** 2 / 3).mean(-1)


def discrete_survival(z, time, event):
    k = torch.arange(z.shape[-1])
    alive = torch.where(k < time[:, None], F.softplus(z), 0).sum(-1)
    last = chosen(z, time)
    return alive + torch.where(event != 0, F.softplus(-last), F.softplus(last))


def pairwise_logistic(s, y):
    return torch.where(y[:, :, None] > y[:, None, :], F.softplus(s[:, None, :] - s[:, :, None]), 0).sum((-1, -2))


def peaks(*shape):
    x = torch.rand(*shape)
    return torch.where(x > 0.98, 1.0, x)


def heatmap(z, t):
    p = torch.sigmoid(z).clamp(1e-4, 1 - 1e-4)
    total = torch.where(t == 1, -((1 - p) ** 2) * torch.log(p), -((1 - t) ** 4) * p**2 * torch.log(1 - p)).sum(-1)
    positives = (t == 1).float().sum(-1)
    return torch.where(positives > 0, total / positives.clamp(min=1), total)


def soft_f1(z, y):
    s = torch.sigmoid(z)
    tp, fp, fn = (s * y).sum(-1), (s * (1 - y)).sum(-1), ((1 - s) * y).sum(-1)
    return 1 - 2 * tp / (2 * tp + fp + fn + 1e-6)


def hinton(z, t, label, temperature):
    teacher, student = F.log_softmax(t / temperature, -1), F.log_softmax(z / temperature, -1)
    soft = (teacher.exp() * (teacher - student)).sum(-1)
    return 0.7 * temperature * temperature * soft - 0.3 * chosen(F.log_softmax(z, -1), label)


def margin_to_mean(z, label):
    own = chosen(z, label)
    others = (z.sum(-1) - own) / (z.shape[-1] - 1)
    return F.softplus((others - own) / torch.sqrt(((z - z.mean(-1, keepdim=True)) ** 2).mean(-1) + 1e-5))


def depth(p, y):
    d = torch.log(p) - torch.log(y)
    return torch.sqrt((d * d).mean(-1) - 0.85 * d.mean(-1) ** 2 + 1e-6)


def interleaved(p, y):
    return (0.5 * (p[:, 1::2] + (y - p[:, ::2]) ** 2 * torch.exp(-p[:, 1::2]))).mean(-1)


def halves(p, y):
    n = p.shape[-1] // 2
    return ((p[:, :n] - y) ** 2 * torch.exp(-p[:, n:]) + p[:, n:]).mean(-1)


def gaps(*shape):
    return torch.where(torch.rand(*shape) < 0.1, math.nan, torch.randn(*shape))


def column_weighted(p, y, w):
    known = ~torch.isnan(y)
    r = (p - torch.where(known, y, p.detach())).abs()
    total = torch.where(known, w * (r + F.softplus(-2 * r) - math.log(2)), 0).sum(-1)
    return total / torch.where(known, w, 0).sum(-1).clamp(min=1e-6)


def multivariate_t(mu, logScale, y):
    q = (((y - mu) * torch.exp(-logScale)) ** 2).sum(-1)
    return logScale.sum(-1) + 0.5 * (4 + mu.shape[-1]) * torch.log1p(q / 4)


def smoothed_error(p, y):
    k = torch.arange(p.shape[-1])
    ages = (k[:, None] - k[None, :]).clamp(min=0)
    shares = torch.where(k[None, :] <= k[:, None], 0.1 * 0.9**ages, 0).to(p.dtype)
    return torch.log((p - y) ** 2 @ shares.T + 1e-3).mean(-1)


def energy_margin(z, inside):
    e = -torch.logsumexp(z, -1)
    return torch.where(inside != 0, (e + 5).clamp(min=0) ** 2, (-2 - e).clamp(min=0) ** 2)


def triplet(a, p, n, margin):
    def distance(x, y):
        return torch.sqrt(((x - y) ** 2).sum(-1) + 1e-8)

    return (distance(a, p) - torch.minimum(distance(a, n), distance(p, n)) + margin).clamp(min=0)


def unlikelihood(z, label, banned):
    k = torch.arange(z.shape[-1])
    banned = (banned != 0) & (k != label[:, None])
    others = torch.where(banned, torch.log((1 - F.softmax(z, -1)).clamp(min=1e-5)), 0).sum(-1)
    return -chosen(F.log_softmax(z, -1), label) - 0.5 * others


def reweighted(z, label, prior):
    own = chosen(prior, label).clamp(min=1e-6)
    k = torch.arange(z.shape[-1])
    shifted = torch.where(k == label[:, None], z, z + 0.8 * torch.log(prior / own[:, None]))
    return torch.logsumexp(shifted, -1) - chosen(z, label)


def generalized_mean(z, y, r):
    p = (torch.sigmoid(z) ** r).mean(-1) ** (1 / r)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p))


COLD = partial(normal, scale=0.1)
TWO = of(partial(classes, count=2), ROWS[:1])

case("ensembleCrps", crps, {"x": normal}, {"y": of(normal, (8192,))}, shape=(8192, 20))
case("dirichletDensity", dirichlet_density, {"alpha": POSITIVE}, {"y": partial(uniform, low=0.001, high=0.1)})
case("siSdr", si_sdr, {"p": like}, {"y": like})
case("dino", dino, {"student": COLD}, {"teacher": COLD, "center": COLD})
case("trend", trend, {"g": normal}, {"y": normal}, **{"lambda": 10.0})
case("autoregressive", autoregressive, {"p": normal}, {"y": normal}, phi=0.5)
case("discreteSurvival", discrete_survival, {"z": normal}, {"time": LABEL, "event": TWO})
case("pairwiseLogistic", pairwise_logistic, {"s": normal}, {"y": normal}, shape=(4096, 32))
case("heatmap", heatmap, {"z": normal}, {"t": peaks}, shape=(1024, 4096))
case("softF1", soft_f1, {"z": normal}, {"y": bits})
case("hintonDistillation", hinton, {"z": normal}, {"t": normal, "label": LABEL}, temperature=4.0)
case("marginToMean", margin_to_mean, {"z": normal}, {"label": LABEL})
case("depth", depth, {"p": POSITIVE}, {"y": POSITIVE})
case("interleaved", interleaved, {"p": normal}, {"y": HALF})
case("mirrored", lambda p, y: ((p - y) ** 2 + 0.1 * (p - p.flip(-1)).abs()).mean(-1), {"p": normal}, {"y": normal})
case("halves", halves, {"p": normal}, {"y": HALF})
case("columnWeighted", column_weighted, {"p": normal}, {"y": gaps, "w": POSITIVE})
case("multivariateT", multivariate_t, {"mu": normal, "logScale": NARROW}, {"y": normal})
case("smoothedError", smoothed_error, {"p": normal}, {"y": normal})
case("wasserstein", lambda p, y: (p.sort(-1).values - y.sort(-1).values).abs().mean(-1), {"p": normal}, {"y": normal})
case("energyMargin", energy_margin, {"z": normal}, {"inside": TWO})
case("tripletRows", triplet, {"a": normal, "p": normal, "n": normal}, margin=1.0)
case("unlikelihood", unlikelihood, {"z": normal}, {"label": LABEL, "banned": partial(classes, count=2)})
case("reweighted", reweighted, {"z": normal}, {"label": LABEL, "prior": POSITIVE})
case("generalizedMean", generalized_mean, {"z": normal}, {"y": of(bits, ROWS[:1])}, r=3.0)
