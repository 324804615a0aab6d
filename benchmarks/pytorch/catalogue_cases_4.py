"""The rest of these: embeddings, masks, ranks, divergences, preferences, policies."""

import torch
from torch.nn import functional as F

from cases import ELEMENTS, ROWS, classes, directions, normal, of, uniform
from catalogue_cases import AFFINITY, EMBEDDINGS, PAIRS, case, row, softplus
from catalogue_cases_2 import alike, grades

# ---------------------------------------------------------------------------------------------------- embeddings

SIMILAR = {"embeddings": of(normal, EMBEDDINGS)}, {"label": AFFINITY}
VIEWS = {"a": of(directions, EMBEDDINGS), "b": of(directions, EMBEDDINGS)}
ORDER = torch.arange(EMBEDDINGS[0])


def cosines(rows):
    unit = F.normalize(rows, dim=-1)
    return unit @ unit.T


def supervised(embeddings, label, temperature):
    s, (_, positive) = cosines(embeddings) / temperature, alike(label)
    error = s.masked_fill(torch.eye(len(s), dtype=torch.bool), -torch.inf).logsumexp(-1, keepdim=True) - s
    each = torch.where(positive, error, 0).sum(-1) / positive.sum(-1).clamp(min=1)
    return each.sum() / positive.any(-1).sum()


def multi(embeddings, label, alpha, beta, base):
    s, (same, positive) = cosines(embeddings), alike(label)
    up = softplus((-alpha * (s - base)).masked_fill(~positive, -torch.inf).logsumexp(-1)) / alpha
    return (up + softplus((beta * (s - base)).masked_fill(same, -torch.inf).logsumexp(-1)) / beta).mean()


def batch_hard(embeddings, label, margin):
    squares = ((embeddings[:, None, :] - embeddings[None, :, :]) ** 2).sum(-1)
    same, positive = alike(label)
    far = torch.where(positive, squares, 0).amax(-1).clamp(min=1e-12).sqrt()
    near = torch.where(same, torch.inf, squares).amin(-1).sqrt()
    both = positive.any(-1) & ~same.all(-1)
    return torch.where(both, (margin + far - near).clamp(min=0), 0).sum() / both.sum()


def clip(a, b, temperature):
    s = a @ b.T / temperature
    return (F.cross_entropy(s, ORDER[:len(a)]) + F.cross_entropy(s.T, ORDER[:len(a)])) / 2


def cosent(a, b, y, scale):
    c = scale * F.cosine_similarity(a, b)
    wrong = (c[None, :] - c[:, None]).masked_fill(y[:, None] <= y[None, :], -torch.inf)
    return softplus(torch.logsumexp(wrong.flatten(), 0))


case("supervisedContrastive", supervised, *SIMILAR, {"temperature": 0.1}, grows=True)
case("multiSimilarity", multi, *SIMILAR, {"alpha": 2.0, "beta": 50.0, "base": 0.5}, grows=True)
case("batchHardTriplet", batch_hard, *SIMILAR, {"margin": 0.2}, grows=True)
case("symmetricInfoNce", clip, VIEWS, {}, {"temperature": 0.07}, grows=True)
case("sigLip", lambda a, b, logScale, bias: softplus(-(2 * torch.eye(len(a)) - 1) * (
    torch.exp(torch.tensor(logScale)) * a @ b.T + bias)).sum() / len(a), VIEWS, {}, {"logScale": 2.302585093, "bias": -10.0},
     grows=True)
case("coSent", cosent, VIEWS, {"y": of(uniform, EMBEDDINGS[:1])}, {"scale": 20.0}, grows=True)


def twins(a, b, weight, eps):
    a, b = [(v - v.mean(0)) / (v.var(0, unbiased=False) + eps).sqrt() for v in (a, b)]
    c, one = a.T @ b / len(a), torch.eye(a.shape[-1])
    return (((c - one) ** 2) * (one + weight * (1 - one))).sum()


def vicreg(a, b, invariance, variance, covariance, gamma, eps):
    def off(v):
        c = torch.cov(v.T)
        return ((c * (1 - torch.eye(v.shape[-1]))) ** 2).sum() / v.shape[-1]

    def hinge(v):
        return F.relu(gamma - (v.var(0) + eps).sqrt()).mean()

    return invariance * F.mse_loss(a, b) + variance * (hinge(a) + hinge(b)) / 2 + covariance * (off(a) + off(b))


def discrepancy(a, b, bandwidth):
    def affinity(x, y):
        squares = (x**2).sum(-1)[:, None] + (y**2).sum(-1)[None, :] - 2 * x @ y.T
        return torch.exp(-squares / (2 * bandwidth**2)).mean()

    return affinity(a, a) + affinity(b, b) - 2 * affinity(a, b)


case("barlowTwins", twins, VIEWS, {}, {"weight": 0.005, "eps": 1e-5}, grows=True)
case("vicReg", vicreg, VIEWS, {}, {"invariance": 25.0, "variance": 25.0, "covariance": 1.0, "gamma": 1.0, "eps": 1e-4}, grows=True)
case("maximumMeanDiscrepancy", discrepancy, VIEWS, {}, {"bandwidth": 1.0}, grows=True)


def correlation(p, y):
    return 1 - F.cosine_similarity(p - p.mean(-1, keepdim=True), y - y.mean(-1, keepdim=True))


row("correlation", correlation, ("p", normal), ("y", normal))

# ---------------------------------------------------------------------------------------------------- masks and ranks


def focal_tversky(p, y, alpha, beta, gamma, eps, smooth):
    tp, fp, fn = (p * y).sum(-1), (p * (1 - y)).sum(-1), ((1 - p) * y).sum(-1)
    return (1 - (tp + smooth) / (tp + alpha * fp + beta * fn + smooth + eps)) ** gamma


case("focalTversky", focal_tversky, {"p": of(uniform, (64, 65536))}, {"y": of(uniform, (64, 65536))},
     {"alpha": 0.3, "beta": 0.7, "gamma": 0.75, "eps": 1e-7, "smooth": 1.0})
PIXELS = (16, 4096, 8)


def compound(logits, label, ceWeight, diceWeight, eps, smooth, ignoreIndex):
    p, hot = torch.softmax(logits, -1), F.one_hot(label.long(), logits.shape[-1])
    dice = 1 - (2 * (p * hot).sum(1) + smooth) / (p.sum(1) + hot.sum(1) + smooth + eps)
    ce = F.cross_entropy(logits.transpose(1, 2), label.long(), reduction="none").mean(-1)
    return ceWeight * ce + diceWeight * dice.mean(-1)


case("diceWithCrossEntropy", compound, {"logits": of(normal, PIXELS)}, {"label": of(classes, PIXELS[:2], count=8)},
     {"ceWeight": 1.0, "diceWeight": 1.0, "eps": 1e-7, "smooth": 0.0, "ignoreIndex": -100})


def gains(relevance):
    ideal = relevance.sort(-1, descending=True).values
    return 2**relevance - 1, ((2**ideal - 1) / torch.log2(torch.arange(ideal.shape[-1]) + 2)).sum(-1)


def ndcg(scores, relevance, temperature):
    rank = 0.5 + torch.sigmoid((scores[:, None, :] - scores[:, :, None]) / temperature).sum(-1)
    gain, best = gains(relevance)
    return 1 - (gain / torch.log2(1 + rank)).sum(-1) / best.clamp(min=1e-30)


def lambdas(scores, relevance, sigma):
    gain, best = gains(relevance)
    discount = 1 / torch.log2(scores.argsort(-1, descending=True).argsort(-1) + 2)
    change = ((gain[:, :, None] - gain[:, None, :]) * (discount[:, :, None] - discount[:, None, :])).abs()
    error = softplus(-sigma * (scores[:, :, None] - scores[:, None, :]))
    return (change * error * (relevance[:, :, None] > relevance[:, None, :])).sum((-1, -2)) / best.clamp(min=1e-30)


LISTS = {"scores": of(normal, PAIRS)}, {"relevance": of(grades, PAIRS)}
case("approxNdcg", ndcg, *LISTS, {"temperature": 1.0})
case("lambdaRank", lambdas, *LISTS, {"sigma": 1.0})

# ---------------------------------------------------------------------------------------------------- distillation and policies


def jsd(student, teacher, beta):
    s, t = torch.log_softmax(student, -1), torch.log_softmax(teacher, -1)
    m = torch.log(beta * t.exp() + (1 - beta) * s.exp())
    return (beta * t.exp() * (t - m) + (1 - beta) * s.exp() * (s - m)).sum(-1)


def reverse(student, teacher, temperature):
    s, t = torch.log_softmax(student / temperature, -1), torch.log_softmax(teacher / temperature, -1)
    return temperature**2 * (s.exp() * (s - t)).sum(-1)


row("generalizedJensenShannon", jsd, ("student", normal), ("teacher", normal), beta=0.5)
row("reverseKullbackLeibler", reverse, ("student", normal), ("teacher", normal), temperature=2.0)
answers = {"chosen": of(normal, ELEMENTS), "rejected": of(normal, ELEMENTS)}
case("contrastivePreference", lambda chosen, rejected, beta, weight: softplus(-beta * (chosen - rejected)) - weight * chosen,
     answers, {}, {"beta": 0.1, "weight": 1.0})
case("bradleyTerry", lambda chosen, rejected, margin, centering: softplus(
    margin - (chosen - rejected)) + centering * (chosen + rejected) ** 2, answers, {"margin": of(uniform, ELEMENTS)},
    {"centering": 0.01})


def surrogate(logp, old, advantage, lower, upper):
    ratio = torch.exp(logp - old)
    return -torch.minimum(ratio * advantage, ratio.clamp(1 - lower, 1 + upper) * advantage)


def group(logp, old, reference, advantage, length, lower, upper, beta):
    d = reference - logp
    each = surrogate(logp, old, advantage[:, None], lower, upper) + beta * (torch.expm1(d) - d)
    return (each * (torch.arange(logp.shape[-1]) < length[:, None])).sum(-1) / length.clamp(min=1)


case("proximalPolicy", surrogate, {"logp": of(normal, ELEMENTS)}, {"old": of(normal, ELEMENTS), "advantage": of(normal, ELEMENTS)},
     {"lower": 0.2, "upper": 0.2})
case("clippedValue", lambda v, old, returns, clip: torch.maximum(
    (v - returns) ** 2, (old + (v - old).clamp(-clip, clip) - returns) ** 2) / 2, {"v": of(normal, ELEMENTS)},
    {"old": of(normal, ELEMENTS), "returns": of(normal, ELEMENTS)}, {"clip": 0.2})
case("groupRelativePolicy", group, {"logp": of(normal, ROWS)}, {
    "old": of(normal, ROWS), "reference": of(normal, ROWS), "advantage": of(normal, ROWS[:1]), "length": of(classes, ROWS[:1])},
    {"lower": 0.2, "upper": 0.2, "beta": 0.04})


def quantile_regression(p, y, kappa):
    u, tau = y[:, None, :] - p[:, :, None], (torch.arange(p.shape[-1]) + 0.5) / p.shape[-1]
    huber = torch.where(u.abs() <= kappa, 0.5 * u**2 / kappa, u.abs() - 0.5 * kappa)
    return ((tau[:, None] - (u < 0).to(u.dtype)).abs() * huber).mean(-1).sum(-1)


case("distributionalQuantile", quantile_regression, {"p": of(normal, PAIRS)}, {"y": of(normal, PAIRS)}, {"kappa": 1.0})


def calibration(logits, label, width):
    r, best = torch.softmax(logits, -1).max(-1)
    e = (best == label).to(logits.dtype) - r
    return (e[:, None] * e[None, :] * torch.exp(-(r[:, None] - r[None, :]).abs() / width)).mean()


case("maximumMeanCalibration", calibration, {"logits": of(normal, (1024, 16))}, {"label": of(classes, (1024,), count=16)},
     {"width": 0.4}, grows=True)
