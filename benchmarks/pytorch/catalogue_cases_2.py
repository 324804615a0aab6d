"""The other half of the catalogue in PyTorch's words: labels, ranks, embeddings, overlaps, networks, preferences."""

import math

import torch
from torch.nn import functional as F

from cases import ELEMENTS, ROWS, bits, directions, normal, of, signs, uniform
from catalogue_cases import AFFINITY, EMBEDDINGS, PAIRS, WEIGHT, case, none, row, softplus

# ---------------------------------------------------------------------------------------------------- labels and ranks

y = ("y", bits)
row("multilabelSoftMargin", lambda logits, y: F.multilabel_soft_margin_loss(logits, y, **none), target=y)
row("weightedMultilabelSoftMargin", lambda logits, y, weight: F.multilabel_soft_margin_loss(
    logits, y, weight=torch.tensor(weight, dtype=logits.dtype), **none), target=y, weight=WEIGHT)


def multilabel_margin(scores, y):
    violation = (1 - (scores[:, :, None] - scores[:, None, :])).clamp(min=0)
    return (violation * (y[:, :, None] * (1 - y[:, None, :]))).sum((-1, -2)) / scores.shape[-1]


case("multilabelMargin", multilabel_margin, {"scores": of(normal, PAIRS)}, {"y": of(bits, PAIRS)})
case("marginRanking", lambda a, b, y, margin: F.margin_ranking_loss(a, b, y, margin=margin, **none),
     {"a": of(normal, ELEMENTS), "b": of(normal, ELEMENTS)}, {"y": of(signs, ELEMENTS)}, {"margin": 0.5})


def pairs(scores, relevance, loss):
    lead = scores[:, :, None] - scores[:, None, :]
    return ((relevance[:, :, None] > relevance[:, None, :]) * loss(lead)).sum((-1, -2))


def grades(*shape):
    return torch.randint(0, 5, shape).float()


ranked = {"scores": of(normal, PAIRS)}, {"relevance": of(grades, PAIRS)}
case("pairwiseLogistic", lambda scores, relevance: pairs(scores, relevance, lambda d: softplus(-d)), *ranked)
case("pairwiseHinge", lambda scores, relevance, margin: pairs(scores, relevance, lambda d: (margin - d).clamp(min=0)), *ranked,
     {"margin": 1.0})
row("listwiseSoftmax", lambda scores, relevance: -(relevance * torch.log_softmax(scores, -1)).sum(-1), ("scores", normal),
    ("relevance", grades))

# ---------------------------------------------------------------------------------------------------- embeddings

SHORT = (16384, 64)


def cosine(a, b):
    return (a * b).sum(-1) / (a.norm(dim=-1) * b.norm(dim=-1))


def simclr(a, b, temperature):
    rows = F.normalize(torch.cat([a, b]), dim=-1)
    similarity = (rows @ rows.T / temperature).masked_fill(torch.eye(len(rows), dtype=torch.bool), -math.inf)
    n = len(a)
    return F.cross_entropy(similarity, torch.cat([torch.arange(n, 2 * n), torch.arange(n)]))


def alike(label):
    same = label[:, None] == label[None, :]
    return same, same & ~torch.eye(len(label), dtype=torch.bool)


def ntxent(embeddings, label, temperature):
    rows = F.normalize(embeddings, dim=-1)
    similarity = rows @ rows.T / temperature
    same, positive = alike(label)
    others = torch.logsumexp(similarity.masked_fill(same, -math.inf), -1, keepdim=True)
    return (softplus(others - similarity) * positive).sum() / positive.sum()


def circle(embeddings, label, gamma, margin, detach):
    s = embeddings @ embeddings.T
    same, positive = alike(label)
    up = -gamma * (1 + margin - s).clamp(min=0) * (s - 1 + margin)
    down = gamma * (s + margin).clamp(min=0) * (s - margin)
    both = positive.any(-1) & ~same.all(-1)
    row = softplus(torch.logsumexp(up.masked_fill(~positive, -math.inf), -1)
                   + torch.logsumexp(down.masked_fill(same, -math.inf), -1))
    return torch.where(both, row, 0).sum() / both.sum()


def contrastive(embeddings, label, margin):
    square = ((embeddings[:, None, :] - embeddings[None, :, :]) ** 2).sum(-1)
    same, positive = alike(label)
    d = torch.where(same, 1.0, square).sqrt()
    return torch.where(same, square, (margin - d).clamp(min=0) ** 2).mean()


def triplet(anchor, positive, negative, margin, eps, rootEps, swap, p=2.0):
    return F.triplet_margin_loss(anchor, positive, negative, margin=margin, p=p, eps=eps, swap=swap == 1, **none)


case("cosineSimilarity", lambda p, y: 1 - cosine(p, y), {"p": of(normal, SHORT)}, {"y": of(normal, SHORT)})
case("cosineEmbedding", lambda a, b, y, margin: torch.where(y > 0, 1 - cosine(a, b), (cosine(a, b) - margin).clamp(min=0)),
     {"a": of(normal, SHORT), "b": of(normal, SHORT)}, {"y": of(signs, SHORT[:1])}, {"margin": 0.0})
three = {name: of(normal, SHORT) for name in ("anchor", "positive", "negative")}
case("triplet", triplet, three, {}, {"margin": 1.0, "eps": 1e-6, "rootEps": 0.0, "swap": 0})
case("tripletOfNorm", lambda anchor, positive, negative, margin, p, eps, swap: triplet(
    anchor, positive, negative, margin, eps, 0, swap, p), three, {}, {"margin": 1.0, "p": 3.0, "eps": 1e-6, "swap": 0})
rows, unit = of(normal, EMBEDDINGS), of(directions, EMBEDDINGS)
case("contrastive", contrastive, {"embeddings": of(normal, EMBEDDINGS, scale=0.1)}, {"label": AFFINITY}, {"margin": 2.0}, grows=True)
case("infoNce", lambda a, b, temperature: F.cross_entropy(a @ b.T / temperature, torch.arange(len(a))), {"a": unit, "b": unit},
     {}, {"temperature": 0.1}, grows=True)
case("pairedNtXent", simclr, {"a": rows, "b": rows}, {}, {"temperature": 0.5}, grows=True)
case("ntXent", ntxent, {"embeddings": rows}, {"label": AFFINITY}, {"temperature": 0.07}, grows=True)
case("circle", circle, {"embeddings": unit}, {"label": AFFINITY}, {"gamma": 80.0, "margin": 0.4, "detach": 0}, grows=True)

# ---------------------------------------------------------------------------------------------------- overlap


def overlap(axes):
    def areas(p, y):
        return (p * y).sum(axes), p.sum(axes), y.sum(axes)

    def dice(p, y, eps, smooth):
        both, predicted, actual = areas(p, y)
        return 1 - (2 * both + smooth) / (predicted + actual + smooth + eps)

    def tversky(p, y, alpha, beta, eps, smooth):
        both, predicted, actual = areas(p, y)
        return 1 - (both + smooth) / (both + alpha * (predicted - both) + beta * (actual - both) + smooth + eps)

    def jaccard(p, y, eps, smooth):
        both, predicted, actual = areas(p, y)
        return 1 - (both + smooth) / (predicted + actual - both + smooth + eps)

    def f_measure(p, y, beta, eps):
        both, predicted, actual = areas(p, y)
        return 1 - (1 + beta**2) * both / (predicted + beta**2 * actual + eps)

    return {"dice": dice, "tversky": tversky, "jaccard": jaccard, "fMeasure": f_measure}


PIXELS = (64, 65536)
small = {"eps": 1e-7, "smooth": 1.0}
overlap_params = {"dice": small, "tversky": {"alpha": 0.3, "beta": 0.7, **small}, "jaccard": small,
                  "fMeasure": {"beta": 1.0, "eps": 1e-7}}
for loss, function in overlap(-1).items():
    case(loss, function, {"p": of(uniform, PIXELS)}, {"y": of(bits, PIXELS)}, overlap_params[loss])
for loss, function in overlap((0, 1)).items():
    case("batch" + loss[0].upper() + loss[1:], function, {"p": of(uniform, PIXELS)}, {"y": of(bits, PIXELS)}, overlap_params[loss])

# ---------------------------------------------------------------------------------------------------- networks

real, fake = {"real": of(normal, ELEMENTS)}, {"fake": of(normal, ELEMENTS)}
case("minimaxDiscriminator", lambda real, fake: softplus(-real) + softplus(fake), real | fake)
case("minimaxGenerator", lambda fake: -softplus(fake), fake)
case("nonSaturatingGenerator", lambda fake: softplus(-fake), fake)
case("leastSquaresDiscriminator", lambda real, fake: ((real - 1) ** 2 + fake**2) / 2, real | fake)
case("leastSquaresGenerator", lambda fake: (fake - 1) ** 2 / 2, fake)
case("hingeDiscriminator", lambda real, fake: F.relu(1 - real) + F.relu(1 + fake), real | fake)
case("hingeGenerator", lambda fake: -fake, fake)
case("wassersteinCritic", lambda real, fake: fake - real, real | fake)
case("wassersteinGenerator", lambda fake: -fake, fake)
case("relativisticDiscriminator", lambda real, fake: softplus(fake - real), real | fake)
case("relativisticGenerator", lambda real, fake: softplus(real - fake), real | fake)


def average(above, below):
    return softplus(below.mean() - above).mean() + softplus(below - above.mean()).mean()


both = {"real": of(normal, (4096, 64)), "fake": of(normal, (4096, 64))}
case("relativisticAverageDiscriminator", lambda real, fake: average(real, fake), both)
case("relativisticAverageGenerator", lambda real, fake: average(fake, real), both)

# ---------------------------------------------------------------------------------------------------- preferences

answers = {"chosen": of(normal, ELEMENTS), "rejected": of(normal, ELEMENTS)}
reference = {"referenceChosen": of(normal, ELEMENTS), "referenceRejected": of(normal, ELEMENTS)}


def sides(m, labelSmoothing):
    return -(1 - labelSmoothing) * F.logsigmoid(m) - labelSmoothing * F.logsigmoid(-m)


def lead(chosen, rejected, referenceChosen, referenceRejected):
    return (chosen - referenceChosen) - (rejected - referenceRejected)


case("directPreference", lambda beta, labelSmoothing, **answers: sides(beta * lead(**answers), labelSmoothing), answers,
     reference, {"beta": 0.1, "labelSmoothing": 0.1})
case("simplePreference", lambda chosen, rejected, beta, gamma, labelSmoothing: sides(
    beta * (chosen - rejected) - gamma, labelSmoothing), answers, {}, {"beta": 2.0, "gamma": 1.0, "labelSmoothing": 0.1})
case("identityPreference", lambda beta, **answers: (lead(**answers) - 1 / (2 * beta)) ** 2, answers, reference, {"beta": 0.1})


def odds_ratio(chosen, rejected, weight):
    odds = (chosen - torch.log(-torch.expm1(chosen))) - (rejected - torch.log(-torch.expm1(rejected)))
    return -chosen - weight * F.logsigmoid(odds)


def below_zero(*shape):
    return -uniform(*shape, low=0.1, high=3)


case("oddsRatioPreference", odds_ratio, {"chosen": of(below_zero, ELEMENTS), "rejected": of(below_zero, ELEMENTS)}, {},
     {"weight": 0.1})


def prospect(logp, reference, desirable, divergence, beta, desirableWeight, undesirableWeight):
    gain = beta * (logp - reference - divergence)
    return torch.where(desirable > 0.5, desirableWeight * torch.sigmoid(-gain), undesirableWeight * torch.sigmoid(gain))


case("kahnemanTversky", prospect, {"logp": of(normal, ELEMENTS)},
     {"reference": of(normal, ELEMENTS), "desirable": of(bits, ELEMENTS), "divergence": of(uniform, ELEMENTS)},
     {"beta": 0.1, "desirableWeight": 1.0, "undesirableWeight": 1.33})

# ---------------------------------------------------------------------------------------------------- adaptive


def barron(p, y, alpha, scale):
    x = (p - y) / scale
    b = abs(alpha - 2)
    return b / alpha * ((x**2 / b + 1) ** (alpha / 2) - 1)


def normalised(p, y, alpha, scale):
    t = 0.1 * (torch.arange(65, dtype=p.dtype) - 32)
    log_x = math.pi / 2 * torch.sinh(t)
    points = log_x + torch.log(0.1 * math.pi * torch.cosh(t)) - barron(torch.exp(log_x), 0, alpha, 1.0)
    return barron(p, y, alpha, scale).mean() + math.log(scale) + torch.logsumexp(points, 0)


case("generalRobust", barron, {"p": of(normal, ELEMENTS)}, {"y": of(normal, ELEMENTS)}, {"alpha": 1.0, "scale": 0.7})
case("generalRobustNegativeLogLikelihood", normalised, {"p": of(normal, ROWS)}, {"y": of(normal, ROWS)},
     {"alpha": 1.0, "scale": 0.7})
case("uncertaintyWeighting", lambda losses, logVariances: (torch.exp(-torch.tensor(logVariances, dtype=losses.dtype)) * losses
                                                          + torch.tensor(logVariances, dtype=losses.dtype)).sum(-1) / 2,
     {"losses": of(uniform, (262144, 4))}, {}, {"logVariances": [0.3, -1.0, 2.0, 0.0]})
