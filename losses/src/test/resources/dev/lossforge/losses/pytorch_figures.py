"""Values, gradients and Hessians of the catalogue's losses, computed by PyTorch in double precision.

    python pytorch_figures.py > pytorch-figures.json

Each case gives the float32 inputs of one loss, what PyTorch makes of them in float64, and by automatic differentiation
the gradient of the sum of the units' losses, the diagonal of its Hessian and the gradients of trainable parameters.
Losses that PyTorch has are called as functions of torch.nn.functional; the others are written down in a few lines, from
the publication that the loss' Javadoc names and not from the Java formula.
"""

import math

import torch
import torch.nn.functional as F

from figures import (bits, case, classes, distribution, element, normal, print_all, signs, single, uniform)


# ---------------------------------------------------------------------------------------------------- regression

def percentage(p, y, eps):
    return 100 * (p - y).abs() / y.abs().clamp(min=eps)


def logarithmic(p, y, eps):
    return (torch.log(1 + p.clamp(min=eps)) - torch.log(1 + y.clamp(min=eps))) ** 2


def pinball(p, y, quantile):
    return torch.where(y > p, quantile * (y - p), (1 - quantile) * (p - y))


def log_cosh(p, y):
    r = (p - y).abs()
    return r + torch.log1p(torch.exp(-2 * r)) - math.log(2)


def regression():
    p, y = normal(4, 3), normal(4, 3)
    element("meanSquaredError", lambda p, y: F.mse_loss(p, y, reduction="none"), p, y)
    element("halfSquaredError", lambda p, y: F.mse_loss(p, y, reduction="none") / 2, p, y)
    element("meanAbsoluteError", lambda p, y: F.l1_loss(p, y, reduction="none"), p, y)
    element("meanAbsolutePercentageError", percentage, p, y, eps=1e-7)
    element("meanAbsolutePercentageError", percentage, p, y, eps=1.0)
    element("meanSquaredLogarithmicError", logarithmic, uniform(6, high=9), uniform(6, high=9), eps=1e-7)
    for delta in (0.5, 1.0, 2.5):
        element("huber", lambda p, y, delta: F.huber_loss(p, y, reduction="none", delta=delta.item()), p, y, delta=delta)
        element("smoothL1", lambda p, y, beta: F.smooth_l1_loss(p, y, reduction="none", beta=beta.item()), p, y,
                beta=delta)
        element("pseudoHuber", lambda p, y, delta: delta**2 * (torch.sqrt(1 + ((p - y) / delta) ** 2) - 1), p, y,
                delta=delta)
    element("smoothL1", lambda p, y, beta: F.smooth_l1_loss(p, y, reduction="none", beta=0.0), p, y, beta=0.0)
    element("logCosh", log_cosh, p, y)
    for quantile in (0.1, 0.5, 0.9):
        element("quantile", pinball, p, y, quantile=quantile)
    case("rootMeanSquaredError", lambda p, y: F.mse_loss(p, y).sqrt(), {"p": p}, {"y": y})
    weights = uniform(4, 3)
    for reduction in ("SUM", "MEAN", "WEIGHTED_MEAN"):
        case("meanSquaredError", lambda p, y: F.mse_loss(p, y, reduction="none"), {"p": p}, {"y": y}, hessian=True,
             weights=weights, reduction=reduction)
    far = single(torch.tensor([1e30, -1e30, 700.0, -700.0, 1e-4, 1e-20]))
    zero = torch.zeros(6)
    element("pseudoHuber", lambda p, y, delta: delta * (torch.hypot(delta, p - y) - delta), far[:4], zero[:4], delta=2.0)
    element("huber", lambda p, y, delta: F.huber_loss(p, y, reduction="none"), far, zero, delta=1.0)
    element("logCosh", lambda p, y: torch.where(p.abs() < 1e-3, p**2 / 2, log_cosh(p, y)), far, zero)


# ---------------------------------------------------------------------------------------------------- likelihoods

def tweedie(z, y, power):
    return torch.exp((2 - power) * z) / (2 - power) - y * torch.exp((1 - power) * z) / (1 - power)


def mixture(logits, means, logScales, y):
    k, d = logits.shape[-1], y.shape[-1]
    component = torch.distributions.Independent(torch.distributions.Normal(
        means.reshape(-1, k, d), logScales.reshape(-1, k, d).exp()), 1)
    return -torch.distributions.MixtureSameFamily(torch.distributions.Categorical(logits=logits), component).log_prob(y)


def likelihoods():
    z = normal(8)
    count = torch.tensor([0.0, 1.0, 2.0, 5.0, 0.0, 1.0, 3.0, 10.0])
    for full in (0, 1):
        for eps in (0.0, 1e-8, 0.5):
            element("poisson", lambda p, y, eps, full: F.poisson_nll_loss(
                p, y, log_input=False, full=full == 1, eps=eps.item(), reduction="none"), z.abs() + 0.01, count, eps=eps,
                full=full)
        element("poissonLog", lambda z, y, full: F.poisson_nll_loss(
            z, y, log_input=True, full=full == 1, reduction="none"), z, count, full=full)
        mean, variance, y = normal(7), uniform(7, high=3), normal(7)
        case("gaussianNegativeLogLikelihood", lambda mean, variance, y, eps, full: F.gaussian_nll_loss(
            mean, y, variance, full=full == 1, eps=eps.item(), reduction="none"), {"mean": mean, "variance": variance},
            {"y": y}, {"eps": 1e-6, "full": full}, hessian=True)
        case("gaussianNegativeLogLikelihoodWithLogVariance", lambda mean, logVariance, y, full: F.gaussian_nll_loss(
            mean, y, logVariance.exp(), full=full == 1, eps=0, reduction="none"),
            {"mean": mean, "logVariance": normal(7)}, {"y": y}, {"full": full}, hessian=True)
    amount = single(count * 0.7)
    element("halfGamma", lambda z, y: z + y * torch.exp(-z), z, amount)
    for power in (1.1, 1.5, 1.9, 2.5):
        element("halfTweedie", tweedie, z, amount, power=power)
    element("halfTweedie", lambda z, y, power: (torch.exp(z) - y) ** 2 / 2, z, amount, power=0.0)
    element("halfTweedie", lambda z, y, power: torch.exp(z) - y * z, z, amount, power=1.0)
    element("halfTweedie", lambda z, y, power: z + y * torch.exp(-z), z, amount, power=2.0)
    for k, d in ((1, 1), (3, 1), (2, 3)):
        case("mixtureDensity", mixture, {"logits": normal(4, k), "means": normal(4, k * d),
                                         "logScales": normal(4, k * d, scale=0.5)}, {"y": normal(4, d)})
    case("mixtureDensity", mixture, {"logits": torch.tensor([[900.0, -900.0]]), "means": torch.tensor([[50.0, 2.0]]),
                                     "logScales": torch.tensor([[-2.0, 3.0]])}, {"y": torch.tensor([[-50.0]])})


# ---------------------------------------------------------------------------------------------------- yes or no

def focal(z, y, gamma, alpha):
    p = torch.sigmoid(z)
    loss = F.binary_cross_entropy_with_logits(z, y, reduction="none") * (1 - (p * y + (1 - p) * (1 - y))) ** gamma
    return loss if alpha < 0 else loss * (alpha * y + (1 - alpha) * (1 - y))


def modified_huber(s, y):
    return torch.where(y * s >= -1, (1 - y * s).clamp(min=0) ** 2, -4 * y * s)


def binary():
    z, y, soft = normal(8, scale=3), bits(8), uniform(8)
    for target in (y, soft):
        element("binaryCrossEntropy", lambda p, y: F.binary_cross_entropy(p, y, reduction="none"), uniform(8), target)
        element("binaryCrossEntropyWithLogits", lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="none"),
                z, target)
        for weight, smoothing in ((1.0, 0.0), (3.0, 0.0), (0.5, 0.1)):
            element("weightedBinaryCrossEntropyWithLogits", lambda z, y, posWeight, labelSmoothing:
                    F.binary_cross_entropy_with_logits(z, y * (1 - labelSmoothing) + labelSmoothing / 2,
                                                       pos_weight=posWeight, reduction="none"),
                    z, target, posWeight=weight, labelSmoothing=smoothing)
    for gamma, alpha in ((0.0, -1.0), (2.0, -1.0), (2.0, 0.25), (0.5, 0.9)):
        for target in (y, soft):
            element("binaryFocal", focal, z, target, gamma=gamma, alpha=alpha)
    sure = torch.tensor([5.0, 10.0, 20.0, 50.0, 100.0, -5.0, -10.0, -20.0, -50.0, -80.0])
    right = (sure > 0).double()
    element("binaryCrossEntropyWithLogits", lambda z, y: F.softplus((1 - 2 * y) * z, threshold=1e9), sure, right)
    element("binaryCrossEntropyWithLogits", lambda z, y: F.softplus((1 - 2 * y) * z, threshold=1e9), sure, 1 - right)
    huge = single(torch.tensor([1e9, -1e9, 1e30, -1e30]))
    element("binaryCrossEntropyWithLogits", lambda z, y: (-z).clamp(min=0), huge, torch.ones(4))
    element("binaryFocal", lambda z, y, gamma, alpha: (-z).clamp(min=0), huge, torch.ones(4), gamma=0.5, alpha=-1.0)
    s, t = normal(8), signs(8)
    element("hinge", lambda s, y: (1 - y * s).clamp(min=0), s, t)
    element("hinge", lambda s, y: (1 - (2 * y - 1) * s).clamp(min=0), s, (t + 1) / 2)
    element("squaredHinge", lambda s, y: (1 - y * s).clamp(min=0) ** 2, s, t)
    element("modifiedHuber", modified_huber, s, t)
    element("perceptron", lambda s, y: (-y * s).clamp(min=0), s, t)
    element("softMargin", lambda s, y: F.soft_margin_loss(s, y, reduction="none"), s, t)
    element("hingeEmbedding", lambda d, y, margin: F.hinge_embedding_loss(d, y, margin=margin.item(), reduction="none"),
            s.abs(), t, margin=1.0)


# ---------------------------------------------------------------------------------------------------- classes

def smoothed_entropy(logits, label, weight=None, labelSmoothing=torch.tensor(0.0)):
    return F.cross_entropy(logits, label, weight=weight, label_smoothing=labelSmoothing.item(), reduction="none")


def sparsemax(scores, label):
    ordered, _ = scores.sort(-1, descending=True)
    k = torch.arange(1, scores.shape[-1] + 1)
    inside = (1 + k * ordered > ordered.cumsum(-1)).double()
    size = inside.sum(-1, keepdim=True)
    threshold = ((ordered * inside).sum(-1, keepdim=True) - 1) / size
    within = (scores > threshold).double()
    return 0.5 * (within * (scores**2 - threshold**2)).sum(-1) + 0.5 - scores.gather(-1, label[:, None])[:, 0]


def chosen(rows, label):
    return rows.gather(-1, label[:, None])[:, 0]


def others(scores, label):
    return scores.masked_fill(F.one_hot(label, scores.shape[-1]).bool(), -math.inf)


def multiclass():
    n, k = 5, 4
    logits, label, y, weight = normal(n, k, scale=2), classes(n, k), distribution(n, k), [0.5, 2.0, 1.0, 0.0]
    hot = F.one_hot(label, k).double()
    p = distribution(n, k)
    case("crossEntropy", lambda p, y: -(y * p.log()).sum(-1), {"p": p}, {"y": y})
    case("sparseCrossEntropy", lambda p, label: F.nll_loss(p.log(), label, reduction="none"), {"p": p}, {"label": label})
    logp = single(p.log())
    case("negativeLogLikelihood", lambda logp, label: F.nll_loss(logp, label, reduction="none"), {"logp": logp},
         {"label": label})
    case("weightedNegativeLogLikelihood", lambda logp, label, weight: F.nll_loss(
        logp, label, weight=weight, reduction="none"), {"logp": logp}, {"label": label}, {"weight": weight})
    case("softmaxCrossEntropy", smoothed_entropy, {"logits": logits}, {"label": label}, hessian=True)
    case("softmaxCrossEntropy", smoothed_entropy, {"logits": logits}, {"label": label}, hessian=True,
         weights=uniform(n), reduction="WEIGHTED_MEAN")
    for smoothing in (0.0, 0.1, 1.0):
        case("smoothedSoftmaxCrossEntropy", smoothed_entropy, {"logits": logits}, {"label": label},
             {"labelSmoothing": smoothing}, hessian=True)
        case("softmaxCrossEntropyWithProbabilities", lambda logits, y, labelSmoothing: smoothed_entropy(
            logits, y, labelSmoothing=labelSmoothing), {"logits": logits}, {"y": y}, {"labelSmoothing": smoothing},
             hessian=True)
        case("weightedSoftmaxCrossEntropy", smoothed_entropy, {"logits": logits}, {"label": label},
             {"weight": weight, "labelSmoothing": smoothing}, hessian=True)
        case("weightedSoftmaxCrossEntropyWithProbabilities", lambda logits, y, weight, labelSmoothing: smoothed_entropy(
            logits, y, weight, labelSmoothing), {"logits": logits}, {"y": y},
             {"weight": weight, "labelSmoothing": smoothing}, hessian=True)
        masked = label.clone()
        masked[1] = -100
        case("weightedMeanSoftmaxCrossEntropy", lambda logits, label, weight, labelSmoothing, ignoreIndex:
             F.cross_entropy(logits, label, weight=weight, label_smoothing=labelSmoothing.item(),
                             ignore_index=ignoreIndex), {"logits": logits}, {"label": masked},
             {"weight": [0.5, 2.0, 1.0, 0.25], "labelSmoothing": smoothing, "ignoreIndex": -100})
    case("softmaxCrossEntropyWithZLoss", lambda logits, label, zWeight: smoothed_entropy(logits, label)
         + zWeight * torch.logsumexp(logits, -1) ** 2, {"logits": logits}, {"label": label}, {"zWeight": 0.01}, hessian=True)
    case("zLoss", lambda logits: torch.logsumexp(logits, -1) ** 2, {"logits": logits}, hessian=True)
    for gamma in (0.0, 0.5, 2.0):
        def focused(logits, label, gamma, weight=torch.ones(k)):
            q = chosen(torch.softmax(logits, -1), label)
            return -weight[label] * (1 - q) ** gamma * q.log()
        case("focal", focused, {"logits": logits}, {"label": label}, {"gamma": gamma}, hessian=True)
        case("weightedFocal", focused, {"logits": logits}, {"label": label}, {"weight": weight, "gamma": gamma},
             hessian=True)
        case("categoricalFocal", lambda logits, y, alpha, gamma: -(alpha * y * (1 - torch.softmax(logits, -1)) ** gamma
             * torch.log_softmax(logits, -1)).sum(-1), {"logits": logits}, {"y": y}, {"alpha": 0.25, "gamma": gamma})
    for q in (0.01, 0.7, 1.0):
        case("generalizedCrossEntropy", lambda p, label, q: (1 - chosen(p, label) ** q) / q, {"p": p}, {"label": label},
             {"q": q})
    case("poly", lambda logits, label, epsilon: smoothed_entropy(logits, label)
         + epsilon * (1 - chosen(torch.softmax(logits, -1), label)), {"logits": logits}, {"label": label},
         {"epsilon": 2.0}, hessian=True)
    for power in (1, 2):
        for margin in (1.0, 0.5):
            case("multiMargin", lambda scores, label, margin, p: F.multi_margin_loss(
                scores, label, p=p, margin=margin.item(), reduction="none"), {"scores": logits}, {"label": label},
                {"margin": margin, "p": power})
            case("weightedMultiMargin", lambda scores, label, weight, margin, p: F.multi_margin_loss(
                scores, label, p=p, margin=margin.item(), weight=weight, reduction="none"), {"scores": logits},
                {"label": label}, {"weight": weight, "margin": margin, "p": power})
    case("multiclassHinge", lambda scores, label: (1 + others(scores, label).amax(-1) - chosen(scores, label)).clamp(min=0),
         {"scores": logits}, {"label": label})
    case("categoricalHinge", lambda scores, y: (1 + ((1 - y) * scores).amax(-1) - (y * scores).sum(-1)).clamp(min=0),
         {"scores": logits}, {"y": hot})
    case("multiclassPerceptron", lambda scores, label: scores.amax(-1) - chosen(scores, label), {"scores": logits},
         {"label": label})
    for scale in (0.3, 1.0, 5.0):
        case("sparsemax", sparsemax, {"scores": normal(6, 5, scale=scale)}, {"label": classes(6, 5)}, hessian=True)
    case("sparsemax", sparsemax, {"scores": torch.tensor([[1000.0, 1000.25, 999.5], [0.0, 0.0, 0.0]])},
         {"label": torch.tensor([0, 2])}, hessian=True)
    steep = torch.tensor([[1000.0, 990.0, 0.0], [-1000.0, -1000.0, -2000.0], [3.0, -math.inf, 2.0]])
    case("softmaxCrossEntropy", smoothed_entropy, {"logits": steep}, {"label": torch.tensor([1, 0, 2])}, hessian=True)
    case("focal", lambda logits, label, gamma: -(1 - chosen(torch.softmax(logits, -1), label)) ** gamma * chosen(
        torch.log_softmax(logits, -1), label), {"logits": steep}, {"label": torch.tensor([1, 0, 2])}, {"gamma": 2.0})


# ---------------------------------------------------------------------------------------------------- distributions

def divergences():
    p, y, logits = distribution(5, 4), distribution(5, 4), normal(5, 4)
    logp, logy = single(p.log()), single(y.log())

    def kl(logp, y):
        return F.kl_div(logp, y, reduction="none").sum(-1)

    case("kullbackLeibler", lambda p, y: kl(p.log(), y), {"p": p}, {"y": y})
    case("kullbackLeiblerWithLogProbabilities", kl, {"logp": logp}, {"y": y})
    case("kullbackLeiblerWithLogTargets", lambda logp, logy: F.kl_div(
        logp, logy, log_target=True, reduction="none").sum(-1), {"logp": logp}, {"logy": logy})
    case("softmaxKullbackLeibler", lambda logits, y: kl(torch.log_softmax(logits, -1), y), {"logits": logits}, {"y": y},
         hessian=True)
    zeros = torch.tensor([[0.0, 0.25, 0.75, 0.0], [1.0, 0.0, 0.0, 0.0]])
    case("kullbackLeibler", lambda p, y: kl(p.log(), y), {"p": p[:2]}, {"y": zeros})
    case("softmaxKullbackLeibler", lambda logits, y: kl(torch.log_softmax(logits, -1), y), {"logits": logits[:2]},
         {"y": zeros}, hessian=True)
    for temperature in (1.0, 2.0, 5.0):
        case("distillation", lambda student, teacher, temperature: temperature**2 * kl(
            torch.log_softmax(student / temperature, -1), torch.softmax(teacher / temperature, -1)), {"student": logits},
            {"teacher": normal(5, 4)}, {"temperature": temperature}, hessian=True)

    def jensen_shannon(p, y):
        m = (p + y) / 2
        return (kl(m.log(), p) + kl(m.log(), y)) / 2

    case("jensenShannon", jensen_shannon, {"p": p}, {"y": y})
    case("jensenShannon", lambda p, y: (kl(((p + y) / 2).log(), p) + kl(((p + y) / 2).log(), y)) / 2, {"p": p[:2]},
         {"y": zeros})
    case("totalVariation", lambda p, y: (p - y).abs().sum(-1) / 2, {"p": p}, {"y": y})


# ---------------------------------------------------------------------------------------------------- labels and ranks

def label_lists(y):
    """PyTorch's targets of the multi-label margin loss: indices, ended by −1."""
    rows = [[i for i, bit in enumerate(row) if bit] for row in y.tolist()]
    return torch.tensor([row + [-1] * (y.shape[-1] - len(row)) for row in rows])


def pairs(scores, relevance, loss):
    lead = scores[:, :, None] - scores[:, None, :]
    return ((relevance[:, :, None] > relevance[:, None, :]) * loss(lead)).sum((-1, -2))


def labels_and_ranks():
    logits, y, weight = normal(4, 5, scale=2), bits(4, 5), [1.0, 0.5, 2.0, 0.0, 3.0]
    case("multilabelSoftMargin", lambda logits, y: F.multilabel_soft_margin_loss(logits, y, reduction="none"),
         {"logits": logits}, {"y": y}, hessian=True)
    case("weightedMultilabelSoftMargin", lambda logits, y, weight: F.multilabel_soft_margin_loss(
        logits, y, weight=weight, reduction="none"), {"logits": logits}, {"y": y}, {"weight": weight}, hessian=True)
    case("multilabelMargin", lambda scores, y: F.multilabel_margin_loss(scores, label_lists(y), reduction="none"),
         {"scores": logits}, {"y": y})
    a, b, t = normal(7), normal(7), signs(7)
    for margin in (0.0, 0.5):
        case("marginRanking", lambda a, b, y, margin: F.margin_ranking_loss(
            a, b, y, margin=margin.item(), reduction="none"), {"a": a, "b": b}, {"y": t}, {"margin": margin})
    relevance = torch.randint(0, 4, (4, 5)).double()
    case("pairwiseLogistic", lambda scores, relevance: pairs(scores, relevance, lambda d: F.softplus(-d, threshold=1e9)),
         {"scores": logits}, {"relevance": relevance}, hessian=True)
    case("pairwiseHinge", lambda scores, relevance, margin: pairs(scores, relevance, lambda d: (margin - d).clamp(min=0)),
         {"scores": logits}, {"relevance": relevance}, {"margin": 1.0})
    case("listwiseSoftmax", lambda scores, relevance: -(relevance * torch.log_softmax(scores, -1)).sum(-1),
         {"scores": logits}, {"relevance": relevance}, hessian=True)


# ---------------------------------------------------------------------------------------------------- embeddings

def cosine(a, b):
    return (a * b).sum(-1) / (a.norm(dim=-1) * b.norm(dim=-1))


def simclr(a, b, temperature):
    rows = F.normalize(torch.cat([a, b]), dim=-1)
    similarity = (rows @ rows.T / temperature).masked_fill(torch.eye(len(rows)).bool(), -math.inf)
    n = len(a)
    return F.cross_entropy(similarity, torch.cat([torch.arange(n, 2 * n), torch.arange(n)]))


def labelled_ntxent(embeddings, label, temperature):
    rows = F.normalize(embeddings, dim=-1)
    similarity = rows @ rows.T / temperature
    same = label[:, None] == label[None, :]
    losses = []
    for i in range(len(rows)):
        for j in range(len(rows)):
            if i != j and same[i, j]:
                rivals = torch.cat([similarity[i, j][None], similarity[i][~same[i]]])
                losses.append(torch.logsumexp(rivals, 0) - similarity[i, j])
    return torch.stack(losses).mean()


def circle(embeddings, label, gamma, margin, detach):
    similarity = embeddings @ embeddings.T
    losses = []
    for i in range(len(embeddings)):
        same = label == label[i]
        alike = similarity[i][same & (torch.arange(len(label)) != i)]
        apart = similarity[i][~same]
        if len(alike) and len(apart):
            up = (1 + margin - alike).clamp(min=0)
            down = (apart + margin).clamp(min=0)
            if detach == 1:
                up, down = up.detach(), down.detach()
            positive = torch.logsumexp(-gamma * up * (alike - 1 + margin), 0)
            negative = torch.logsumexp(gamma * down * (apart - margin), 0)
            losses.append(F.softplus(positive + negative, threshold=1e9))
    return torch.stack(losses).mean()


def contrastive(embeddings, label, margin):
    n = len(embeddings)
    total = torch.zeros(())
    for i in range(n):
        for j in range(n):
            if i != j:
                d = (embeddings[i] - embeddings[j]).norm()
                total = total + (d**2 if label[i] == label[j] else (margin - d).clamp(min=0) ** 2)
    return total / n**2


def embeddings():
    a, b, c = normal(5, 4), normal(5, 4), normal(5, 4)
    case("cosineSimilarity", lambda p, y: 1 - cosine(p, y), {"p": a}, {"y": b})
    for margin in (0.0, 0.3):
        case("cosineEmbedding", lambda a, b, y, margin: torch.where(y > 0, 1 - cosine(a, b), (cosine(a, b) - margin).clamp(
            min=0)), {"a": a, "b": b}, {"y": signs(5)}, {"margin": margin})
    for swap in (0, 1):
        for eps in (0.0, 1e-6, 0.1):
            for p in (1.0, 2.0, 3.0):
                def triplet(anchor, positive, negative, margin, eps, swap, p=torch.tensor(2.0), rootEps=0.0):
                    return F.triplet_margin_loss(anchor, positive, negative, margin=margin.item(), p=p.item(),
                                                 eps=eps.item(), swap=swap == 1, reduction="none")
                rows = {"anchor": a, "positive": b, "negative": c}
                case("tripletOfNorm", triplet, rows, {}, {"margin": 1.5, "p": p, "eps": eps, "swap": swap})
                if p == 2:
                    case("triplet", triplet, rows, {}, {"margin": 1.5, "eps": eps, "rootEps": 0.0, "swap": swap})
    case("triplet", lambda anchor, positive, negative, margin, eps, rootEps, swap: (
        (((anchor - positive) ** 2).sum(-1) + rootEps).sqrt() - (((anchor - negative) ** 2).sum(-1) + rootEps).sqrt()
        + margin).clamp(min=0), {"anchor": a, "positive": b, "negative": c}, {},
        {"margin": 1.5, "eps": 0.0, "rootEps": 0.01, "swap": 0})
    label = torch.tensor([0, 1, 0, 2, 1, 0])
    rows = normal(6, 4)
    unit = single(F.normalize(rows, dim=-1))
    case("contrastive", contrastive, {"embeddings": rows}, {"label": label}, {"margin": 2.0})
    for temperature in (0.1, 0.5):
        case("infoNce", lambda a, b, temperature: F.cross_entropy(a @ b.T / temperature, torch.arange(len(a))),
             {"a": unit[:3], "b": unit[3:]}, {}, {"temperature": temperature})
        case("pairedNtXent", simclr, {"a": rows[:3], "b": rows[3:]}, {}, {"temperature": temperature})
        case("ntXent", labelled_ntxent, {"embeddings": rows}, {"label": label}, {"temperature": temperature})
    for gamma in (1.0, 10.0, 80.0):
        for detach in (0, 1):
            case("circle", circle, {"embeddings": unit}, {"label": label},
                 {"gamma": gamma, "margin": 0.4, "detach": detach})


# ---------------------------------------------------------------------------------------------------- overlap

def segmentation():
    for prefix, axes in (("", -1), ("batch", (0, 1))):
        def named(loss):
            return prefix + loss[0].upper() + loss[1:] if prefix else loss

        p, y = uniform(3, 6), bits(3, 6)
        for smooth in (0.0, 1.0):
            def counts(p, y, axes=axes):
                return (p * y).sum(axes), (p * (1 - y)).sum(axes), ((1 - p) * y).sum(axes)

            def dice(p, y, eps, smooth):
                tp, fp, fn = counts(p, y)
                return 1 - (2 * tp + smooth) / (2 * tp + fp + fn + smooth + eps)

            def tversky(p, y, alpha, beta, eps, smooth):
                tp, fp, fn = counts(p, y)
                return 1 - (tp + smooth) / (tp + alpha * fp + beta * fn + smooth + eps)

            def jaccard(p, y, eps, smooth):
                tp, fp, fn = counts(p, y)
                return 1 - (tp + smooth) / (tp + fp + fn + smooth + eps)

            small = {"eps": 1e-7, "smooth": smooth}
            case(named("dice"), dice, {"p": p}, {"y": y}, small)
            case(named("tversky"), tversky, {"p": p}, {"y": y}, {"alpha": 0.3, "beta": 0.7, **small})
            case(named("jaccard"), jaccard, {"p": p}, {"y": y}, small)
        for beta in (1.0, 2.0):
            def f_measure(p, y, beta, eps):
                tp, fp, fn = counts(p, y)
                return 1 - (1 + beta**2) * tp / ((1 + beta**2) * tp + beta**2 * fn + fp + eps)

            case(named("fMeasure"), f_measure, {"p": p}, {"y": y}, {"beta": beta, "eps": 1e-7})


# ---------------------------------------------------------------------------------------------------- networks

def adversarial():
    real, fake = normal(6, scale=2), normal(6, scale=2)
    both = {"real": real, "fake": fake}
    one, zero = torch.ones(6), torch.zeros(6)

    def bce(z, y):
        return F.binary_cross_entropy_with_logits(z, y, reduction="none")

    case("minimaxDiscriminator", lambda real, fake: bce(real, one) + bce(fake, zero), both)
    case("minimaxGenerator", lambda fake: -bce(fake, zero), {"fake": fake})
    case("nonSaturatingGenerator", lambda fake: bce(fake, one), {"fake": fake})
    case("leastSquaresDiscriminator", lambda real, fake: ((real - 1) ** 2 + fake**2) / 2, both)
    case("leastSquaresGenerator", lambda fake: (fake - 1) ** 2 / 2, {"fake": fake})
    case("hingeDiscriminator", lambda real, fake: F.relu(1 - real) + F.relu(1 + fake), both)
    case("hingeGenerator", lambda fake: -fake, {"fake": fake})
    case("wassersteinCritic", lambda real, fake: fake - real, both)
    case("wassersteinGenerator", lambda fake: -fake, {"fake": fake})
    case("relativisticDiscriminator", lambda real, fake: bce(real - fake, one), both)
    case("relativisticGenerator", lambda real, fake: bce(fake - real, one), both)

    def average(above, below):
        return (F.binary_cross_entropy_with_logits(above - below.mean(), torch.ones_like(above))
                + F.binary_cross_entropy_with_logits(below - above.mean(), torch.zeros_like(below)))

    both = {"real": normal(3, 2), "fake": normal(3, 2)}
    case("relativisticAverageDiscriminator", lambda real, fake: average(real, fake), both)
    case("relativisticAverageGenerator", lambda real, fake: average(fake, real), both)


# ---------------------------------------------------------------------------------------------------- preferences

def preferences():
    pair = {"chosen": normal(6, scale=20), "rejected": normal(6, scale=20)}
    reference = {"referenceChosen": normal(6, scale=20), "referenceRejected": normal(6, scale=20)}

    def sides(m, labelSmoothing):
        return -(1 - labelSmoothing) * F.logsigmoid(m) - labelSmoothing * F.logsigmoid(-m)

    def lead(chosen, rejected, referenceChosen, referenceRejected):
        return (chosen - referenceChosen) - (rejected - referenceRejected)

    for smoothing in (0.0, 0.1, 0.5):
        case("directPreference", lambda beta, labelSmoothing, **answers: sides(beta * lead(**answers), labelSmoothing), pair,
             reference, {"beta": 0.1, "labelSmoothing": smoothing})
        case("simplePreference", lambda chosen, rejected, beta, gamma, labelSmoothing: sides(
            beta * (chosen - rejected) - gamma, labelSmoothing), pair, {},
            {"beta": 0.5, "gamma": 0.8, "labelSmoothing": smoothing})
    case("identityPreference", lambda beta, **answers: (lead(**answers) - 1 / (2 * beta)) ** 2, pair, reference,
         {"beta": 0.1})

    def odds_ratio(chosen, rejected, **params):
        odds = [torch.exp(x) / (1 - torch.exp(x)) for x in (chosen, rejected)]
        return -chosen - params["lambda"] * F.logsigmoid(torch.log(odds[0] / odds[1]))

    case("oddsRatioPreference", odds_ratio, {"chosen": -normal(6).abs() - 0.01, "rejected": -normal(6).abs() - 0.01}, {},
         {"lambda": 0.25})

    def prospect(logp, reference, desirable, divergence, beta, desirableWeight, undesirableWeight):
        gain = beta * (logp - reference - divergence)
        return torch.where(desirable > 0.5, desirableWeight * (1 - torch.sigmoid(gain)),
                           undesirableWeight * (1 - torch.sigmoid(-gain)))

    case("kahnemanTversky", prospect, {"logp": normal(6, scale=9)},
         {"reference": normal(6, scale=9), "desirable": bits(6), "divergence": normal(6).abs()},
         {"beta": 0.1, "desirableWeight": 1.0, "undesirableWeight": 1.33})


# ---------------------------------------------------------------------------------------------------- adaptive

def barron(p, y, alpha, scale):
    x = (p - y) / scale
    b = (alpha - 2).abs()
    return b / alpha * ((x**2 / b + 1) ** (alpha / 2) - 1)


def adaptive():
    p, y = normal(7), normal(7)

    def robust(function, alpha, scale, trainable=("alpha", "scale")):
        case("generalRobust", function, {"p": p}, {"y": y}, {"alpha": alpha, "scale": scale}, hessian=True,
             trainable=trainable)

    for alpha in (1.0, -2.0, 1.5, 0.5, -0.5, 3.0, -10.0, 1e-2, -1e-2, 1.99, 2.01):
        robust(barron, alpha, 0.7)
        robust(barron, alpha, 3.0)
    only = ("scale",)
    robust(lambda p, y, alpha, scale: ((p - y) / scale) ** 2 / 2, 2.0, 0.7, only)
    robust(lambda p, y, alpha, scale: torch.log1p(((p - y) / scale) ** 2 / 2), 0.0, 0.7, only)
    robust(lambda p, y, alpha, scale: -torch.expm1(-(((p - y) / scale) ** 2) / 2), -1e9, 0.7, only)
    rows = {"p": normal(3, 2)}, {"y": normal(3, 2)}

    def likelihood(name, function, alpha, scale, trainable):
        case(name, function, *rows, {"alpha": alpha, "scale": scale}, trainable=trainable)

    def normalised(p, y, alpha, scale):
        t = torch.arange(-400, 401) / 100
        x = torch.exp(math.pi / 2 * torch.sinh(t))
        width = math.pi / 2 * torch.cosh(t) * x / 100
        partition = 2 * (width * torch.exp(-barron(x, torch.zeros(()), alpha, torch.ones(())))).sum()
        return barron(p, y, alpha, scale).mean() + scale.log() + partition.log()

    loss = "generalRobustNegativeLogLikelihood"
    for alpha in (0.1, 0.5, 1.0, 1.5, 1.9, 3.0):
        likelihood(loss, normalised, alpha, 0.7, ("alpha", "scale"))
    likelihood(loss, lambda p, y, alpha, scale: -torch.distributions.Normal(y, scale).log_prob(p).mean(), 2.0, 0.7, only)
    likelihood(loss, lambda p, y, alpha, scale: -torch.distributions.Cauchy(y, math.sqrt(2) * scale).log_prob(p).mean(),
               0.0, 0.7, only)
    case("uncertaintyWeighting", lambda losses, logVariances: (torch.exp(-logVariances) * losses + logVariances).sum(-1) / 2,
         {"losses": uniform(4, 3, high=5)}, {}, {"logVariances": [0.3, -1.0, 2.0]}, trainable=("logVariances",))


# ---------------------------------------------------------------------------------------------------- orders

def jaccard_steps(truth):
    """Of the Jaccard loss, as in the authors' code: truth is sorted by falling errors."""
    intersection = truth.sum() - truth.cumsum(0)
    union = truth.sum() + (1 - truth).cumsum(0)
    jaccard = 1 - intersection / union
    return torch.cat([jaccard[:1], jaccard[1:] - jaccard[:-1]])


def lovasz(errors, truth):
    ordered, order = torch.sort(errors, descending=True)
    return (F.relu(ordered) * jaccard_steps(truth[order])).sum()


def orders():
    def list_mle(scores, relevance):
        def of(s, r):
            s = s[torch.sort(r, descending=True, stable=True).indices]
            return (torch.logcumsumexp(s.flip(0), 0).flip(0) - s).sum()
        return torch.stack([of(s, r) for s, r in zip(scores, relevance)])

    for scale in (1.5, 30):
        case("listMle", list_mle, {"scores": normal(4, 7, scale=scale)}, {"relevance": torch.randint(0, 4, (4, 7)).double()})

    case("wassersteinDistance", lambda p, y: (p.sort(-1).values - y.sort(-1).values).abs().mean(-1),
         {"p": normal(4, 9)}, {"y": normal(4, 9)})
    case("lovaszHinge", lambda z, y: torch.stack([lovasz(1 - (2 * t - 1) * s, t) for s, t in zip(z, y)]),
         {"z": normal(4, 12)}, {"y": torch.cat([bits(3, 12), torch.zeros(1, 12)])})

    def lovasz_softmax(p, label):
        return torch.stack([lovasz(((label == c).double() - p[:, c]).abs(), (label == c).double())
                            for c in label.unique()]).mean()

    case("lovaszSoftmax", lovasz_softmax, {"p": distribution(20, 4)}, {"label": classes(20, 3)})

    def cox(logHazard, time, event):
        h = logHazard[:, 0]
        at_risk = time[None, :] >= time[:, None]
        log_risk = torch.logsumexp(torch.where(at_risk, h[None, :], -math.inf), 1)
        return (event * (log_risk - h)).sum() / max(event.sum(), 1)

    for scale in (1.5, 60):
        case("coxPartialLikelihood", cox, {"logHazard": normal(15, 1, scale=scale)},
             {"time": torch.randint(1, 9, (15,)).double(), "event": torch.randint(0, 2, (15,))})
    case("coxPartialLikelihood", cox, {"logHazard": normal(5, 1)},
         {"time": torch.arange(5).double(), "event": torch.zeros(5, dtype=torch.int64)})


for section in (regression, likelihoods, binary, multiclass, divergences, labels_and_ranks, embeddings, segmentation,
                adversarial, preferences, adaptive, orders):
    section()

print_all("pytorch_figures.py")
