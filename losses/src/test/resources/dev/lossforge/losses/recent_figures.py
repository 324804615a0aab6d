"""Figures as those of pytorch_figures.py, for the losses that joined the catalogue later.

    python recent_figures.py > recent-figures.json
"""

import math

import torch
import torch.nn.functional as F
from torch import distributions

from figures import ELEMENT_NAMES, bits, case, classes, distribution, element, normal, print_all, single, uniform


def counted(*shape, rate=3.0):
    return torch.poisson(torch.full(shape, rate))


# ---------------------------------------------------------------------------------------------------- regression

def regression():
    p, y = normal(4, 3, scale=3), normal(4, 3)

    def biweight(p, y, c):
        r = (p - y) / c
        return c**2 / 6 * torch.where(r.abs() <= 1, 1 - (1 - r**2) ** 3, torch.ones(()))

    element("tukey", biweight, p, y, c=4.685)
    element("tukey", biweight, p, y, c=1.5)
    element("fair", lambda p, y, c: c**2 * ((p - y).abs() / c - torch.log(1 + (p - y).abs() / c)), p, y, c=0.7)

    def wing(p, y, w, epsilon):
        r = (p - y).abs()
        return torch.where(r < w, w * torch.log(1 + r / epsilon), r - (w - w * torch.log(1 + w / epsilon)))

    element("wing", wing, p, y, w=10.0, epsilon=2.0)
    element("wing", wing, p, y, w=1.0, epsilon=0.5)
    element("symmetricMeanAbsolutePercentageError", lambda p, y, eps: 200 * (p - y).abs() / (p.abs() + y.abs()), p, y, eps=1e-7)

    def scaled(p, y, history, season, eps):
        naive = (history[:, season:] - history[:, :-season]).abs().mean(-1)
        return (p - y).abs().mean(-1) / naive

    for season in (1, 4):
        case("meanAbsoluteScaledError", scaled, {"p": normal(3, 5)}, {"y": normal(3, 5), "history": normal(3, 12)},
             {"season": season, "eps": 1e-7})


def quantiles():
    p, y = normal(4, 3), normal(4, 3)

    def side(u, q):
        return (q - (u < 0).double()).abs()

    for q in (0.1, 0.5, 0.9):
        element("expectile", lambda p, y, expectile: side(y - p, expectile) * (y - p) ** 2, p, y, expectile=q)
        element("quantileHuber", lambda p, y, quantile, kappa: side(y - p, quantile) * F.huber_loss(
            p, y, reduction="none", delta=kappa.item()) / kappa, p, y, quantile=q, kappa=0.8)
    case("multiQuantile", lambda p, y, quantiles: torch.maximum(quantiles * (y[:, None] - p), (quantiles - 1) * (
        y[:, None] - p)).mean(-1), {"p": p}, {"y": normal(4)}, {"quantiles": [0.1, 0.5, 0.9]})
    case("ensembleRankedProbability", lambda x, y: (x - y[:, None]).abs().mean(-1) - (
        x[:, :, None] - x[:, None, :]).abs().mean((-1, -2)) / 2, {"x": normal(4, 6)}, {"y": normal(4)})

    def crps(mean, logScale, y):
        scale, standard = logScale.exp(), distributions.Normal(0.0, 1.0)
        t = (y - mean) / scale
        return scale * (t * (2 * standard.cdf(t) - 1) + 2 * standard.log_prob(t).exp() - 1 / math.sqrt(math.pi))

    case("gaussianRankedProbability", crps, {"mean": normal(7), "logScale": normal(7, scale=0.7)}, {"y": normal(7)}, hessian=True)


# ---------------------------------------------------------------------------------------------------- likelihoods

def counted_things():
    z, a, g, y = normal(9), normal(9), normal(9), counted(9)
    y[:3] = 0

    def binomial(z, a):
        return distributions.NegativeBinomial(torch.exp(-a), logits=z + a)

    for scale in (1, -1):
        case("negativeBinomial", lambda z, a, y: -binomial(z, a).log_prob(y), {"z": z, "a": scale * a.abs()}, {"y": y},
             hessian=True)

    def inflated(count, g, y):
        pi = torch.sigmoid(g)
        return -torch.log(torch.where(y == 0, pi, 0.0) + (1 - pi) * count.log_prob(y).exp())

    case("zeroInflatedPoisson", lambda z, g, y: inflated(distributions.Poisson(z.exp()), g, y), {"z": z, "g": g}, {"y": y},
         hessian=True)
    case("zeroInflatedNegativeBinomial", lambda z, a, g, y: inflated(binomial(z, a), g, y), {"z": z, "a": a, "g": g},
         {"y": y}, hessian=True)


def densities():
    mean, s, d, y = normal(7), normal(7, scale=0.7), normal(7), normal(7)
    case("studentT", lambda mean, logScale, logDegrees, y: -distributions.StudentT(
        logDegrees.exp(), mean, logScale.exp()).log_prob(y), {"mean": mean, "logScale": s, "logDegrees": d}, {"y": y}, hessian=True)

    def beta(z, logPrecision, y):
        mu, phi = torch.sigmoid(z), logPrecision.exp()
        return -distributions.Beta(mu * phi, (1 - mu) * phi).log_prob(y)

    case("beta", beta, {"z": mean, "logPrecision": normal(7)}, {"y": uniform(7)})

    def von_mises(mean, logConcentration, y):
        kappa = logConcentration.exp()
        return math.log(2 * math.pi) + torch.log(torch.special.i0e(kappa)) + kappa - kappa * torch.cos(y - mean)

    for k in (d, single(4 + s), single(9 + s)):
        case("vonMises", von_mises, {"mean": mean, "logConcentration": k}, {"y": y}, hessian=True)

    def evidential(gamma, nu, alpha, beta, y, **params):
        omega = 2 * beta * (1 + nu)
        likelihood = (torch.log(math.pi / nu) / 2 - alpha * omega.log() + (alpha + 0.5) * torch.log(
            (y - gamma) ** 2 * nu + omega) + torch.lgamma(alpha) - torch.lgamma(alpha + 0.5))
        return likelihood + params["lambda"] * (y - gamma).abs() * (2 * nu + alpha)

    case("evidentialRegression", evidential, {"gamma": mean, "nu": uniform(7, high=3), "alpha": single(1 + uniform(7, high=3)),
                                              "beta": uniform(7, high=3)}, {"y": y}, {"lambda": 0.1})


# ---------------------------------------------------------------------------------------------------- survival and grades

NORMAL = distributions.Normal(0.0, 1.0)


def failure_times():
    """Seen, right-censored, left-censored and between two times."""
    lower = single(torch.tensor([0.7, 2.0, 5.0, 0.5, 0.0, 0.0, 1.0, 3.0, 0.2]))
    upper = single(torch.tensor([0.7, 2.0, math.inf, math.inf, 2.0, 0.3, 2.5, 3.5, 9.0]))

    def of(density, survival):
        def loss(p, lower, upper, scale):
            known = (torch.where(lower > 0, lower, 1.0).log() - p) / scale
            until = (torch.where(upper < math.inf, upper, 1.0).log() - p) / scale
            above = torch.where(lower > 0, survival(known), 1.0)
            below = torch.where(upper < math.inf, survival(until), 0.0)
            seen = lower == upper
            return -torch.where(seen, (density(known) / scale / lower.clamp(min=0.1)).log(), torch.where(seen, 1.0, above - below).log())
        return loss

    logistic = of(lambda z: torch.sigmoid(z) * torch.sigmoid(-z), lambda z: torch.sigmoid(-z))
    extreme = of(lambda z: torch.exp(z - torch.exp(z)), lambda z: torch.exp(-torch.exp(z)))
    gauss = of(lambda z: NORMAL.log_prob(z).exp(), lambda z: torch.erfc(z / math.sqrt(2)) / 2)
    for name, function in (("normal", gauss), ("logistic", logistic), ("extreme", extreme)):
        for scale in (1.0, 0.6):
            case(f"{name}FailureTime", function, {"p": normal(9, scale=0.7)}, {"lower": lower, "upper": upper}, {"scale": scale},
                 hessian=True, trainable=("scale",))


def survival():
    def efron(logHazard, time, event):
        h, total = logHazard[:, 0], torch.zeros(())
        for t in time[event == 1].unique():
            tied = (time == t) & (event == 1)
            d = int(tied.sum())
            risk, ties = h[time >= t].exp().sum(), h[tied].exp().sum()
            total = total - h[tied].sum() + sum(torch.log(risk - k / d * ties) for k in range(d))
        return total / max(event.sum(), 1)

    for times in (4, 30):
        case("coxEfron", efron, {"logHazard": normal(15, 1)},
             {"time": torch.randint(1, times, (15,)).double(), "event": torch.randint(0, 2, (15,))})
    case("coxEfron", efron, {"logHazard": normal(4, 1)}, {"time": torch.ones(4), "event": torch.ones(4, dtype=torch.int64)})

    def hazard(logits, bin, event):
        steps = torch.arange(logits.shape[-1])
        happened = ((steps == bin[:, None]) & (event[:, None] == 1)).double()
        errors = F.binary_cross_entropy_with_logits(logits, happened, reduction="none")
        return (errors * (steps <= bin[:, None])).sum(-1)

    case("discreteHazard", hazard, {"logits": normal(6, 5)}, {"bin": classes(6, 5), "event": torch.randint(0, 2, (6,))},
         hessian=True)
    ELEMENT_NAMES["probit"] = ("z", "y")
    element("probit", lambda z, y: -y * NORMAL.cdf(z).log() - (1 - y) * NORMAL.cdf(-z).log(), normal(7), bits(7))
    element("probit", lambda z, y: -y * NORMAL.cdf(z).log() - (1 - y) * NORMAL.cdf(-z).log(), normal(7), uniform(7))


def grades():
    def above(label, count):
        return (torch.arange(count) < label[:, None]).double()

    label = torch.tensor([0, 1, 2, 3, 4, 2])
    case("coral", lambda logits, label: F.binary_cross_entropy_with_logits(
        logits, above(label, 4), reduction="none").sum(-1), {"logits": normal(6, 4)}, {"label": label}, hessian=True)

    def corn(logits, label):
        """As coral-pytorch has it: a task for each column, on the samples that reach it."""
        total, count = torch.zeros(()), 0
        for k in range(logits.shape[-1]):
            reached = label > k - 1
            count += int(reached.sum())
            truth = (label[reached] > k).double()
            total = total + F.binary_cross_entropy_with_logits(logits[reached, k], truth, reduction="sum")
        return total / count

    case("corn", corn, {"logits": normal(6, 4)}, {"label": label})

    def cumulative(s, label, thresholds):
        ends = torch.cat([torch.tensor([-math.inf]), thresholds, torch.tensor([math.inf])])
        return -torch.log(torch.sigmoid(ends[label + 1] - s) - torch.sigmoid(ends[label] - s))

    case("cumulativeLogit", cumulative, {"s": normal(6)}, {"label": label}, {"thresholds": [-1.0, 0.2, 0.5, 2.0]}, hessian=True,
         trainable=("thresholds",))
    case("squaredEarthMovers", lambda logits, y: ((torch.softmax(logits, -1).cumsum(-1) - y.cumsum(-1)) ** 2).sum(-1),
         {"logits": normal(5, 6)}, {"y": distribution(5, 6)})


# ---------------------------------------------------------------------------------------------------- labels and boxes

def labels():
    logits, label = normal(6, 4, scale=2), classes(6, 4)

    def symmetric(logits, label, alpha, beta, logZero):
        p = torch.softmax(logits, -1)
        hot = F.one_hot(label, logits.shape[-1]).double()
        reverse = -(p * torch.where(hot == 1, 0.0, logZero)).sum(-1)
        return alpha * F.cross_entropy(logits, label, reduction="none") + beta * reverse

    case("symmetricCrossEntropy", symmetric, {"logits": logits}, {"label": label}, {"alpha": 0.1, "beta": 1.0, "logZero": -4.0},
         hessian=True)
    case("logitAdjusted", lambda logits, label, prior, tau: F.cross_entropy(logits + tau * prior.log(), label, reduction="none"),
         {"logits": logits}, {"label": label}, {"prior": [100.0, 30.0, 5.0, 1.0], "tau": 1.0}, hessian=True)

    def ldam(logits, label, counts, maxMargin, scale):
        margins = 1 / counts.sqrt().sqrt()
        margins = margins * (maxMargin / margins.max())
        hot = F.one_hot(label, logits.shape[-1]).double()
        return F.cross_entropy(scale * (logits - hot * margins), label, reduction="none")

    cosines = uniform(6, 4, low=-0.95, high=0.95)
    case("labelDistributionAwareMargin", ldam, {"logits": cosines}, {"label": label},
         {"counts": [100.0, 30.0, 5.0, 1.0], "maxMargin": 0.5, "scale": 5.0}, hessian=True)

    def arc(cosines, label, scale, margin, cosineMargin):
        hot = F.one_hot(label, cosines.shape[-1]).double()
        theta = torch.acos(cosines)
        turned = torch.where(theta + margin < math.pi, torch.cos(theta + margin), cosines - margin * torch.sin(margin))
        return F.cross_entropy(scale * torch.where(hot == 1, turned - cosineMargin, cosines), label, reduction="none")

    for margin, cosine_margin in ((0.5, 0.0), (0.0, 0.35), (0.3, 0.2)):
        case("arcFace", arc, {"cosines": cosines}, {"label": label}, {"scale": 8.0, "margin": margin, "cosineMargin": cosine_margin})
    case("arcFace", arc, {"cosines": -single(0.9 + cosines.abs() / 20)}, {"label": label},
         {"scale": 8.0, "margin": 0.5, "cosineMargin": 0.0})

    def asymmetric(logits, y, gammaPos, gammaNeg, clip):
        """As timm has it, without its least logarithm."""
        p = torch.sigmoid(logits)
        negative = (1 - p + clip).clamp(max=1)
        error = y * p.log() + (1 - y) * negative.log()
        pt = p * y + negative * (1 - y)
        return -(error * (1 - pt) ** (gammaPos * y + gammaNeg * (1 - y))).sum(-1)

    for pos, neg, clip in ((0.0, 4.0, 0.05), (1.0, 4.0, 0.05), (1.0, 2.0, 0.0)):
        case("asymmetricMultilabel", asymmetric, {"logits": normal(5, 6, scale=2)}, {"y": bits(5, 6)},
             {"gammaPos": pos, "gammaNeg": neg, "clip": clip})


def boxes():
    def box(n):
        corner, extent = uniform(n, 2, high=3), uniform(n, 2, low=0.5, high=3)
        return single(torch.cat([corner, corner + extent], -1))

    p, y = box(8), box(8)
    p[0] = y[0] + single(torch.tensor([0.1, 0.1, -0.1, -0.1]))
    p = single(p)

    def iou(p, y):
        inter = (torch.minimum(p[:, 2:], y[:, 2:]) - torch.maximum(p[:, :2], y[:, :2])).clamp(min=0).prod(-1)
        union = (p[:, 2:] - p[:, :2]).prod(-1) + (y[:, 2:] - y[:, :2]).prod(-1) - inter
        hull = torch.maximum(p[:, 2:], y[:, 2:]) - torch.minimum(p[:, :2], y[:, :2])
        return inter / union, union, hull

    def generalized(p, y, eps):
        overlap, union, hull = iou(p, y)
        return 1 - overlap + (hull.prod(-1) - union) / hull.prod(-1)

    def distance(p, y, eps):
        overlap, _, hull = iou(p, y)
        centres = (p[:, :2] + p[:, 2:] - y[:, :2] - y[:, 2:]) / 2
        return 1 - overlap + (centres**2).sum(-1) / (hull**2).sum(-1)

    def complete(p, y, eps, detach):
        def angle(b):
            return torch.atan((b[:, 2] - b[:, 0]) / (b[:, 3] - b[:, 1]))

        v = 4 / math.pi**2 * (angle(p) - angle(y)) ** 2
        alpha = v / (1 - iou(p, y)[0] + v)
        return distance(p, y, eps) + (alpha.detach() if detach else alpha) * v

    case("generalizedIou", generalized, {"p": p}, {"y": y}, {"eps": 1e-7})
    case("distanceIou", distance, {"p": p}, {"y": y}, {"eps": 1e-7})
    for detach in (0, 1):
        case("completeIou", complete, {"p": p}, {"y": y}, {"eps": 1e-7, "detach": detach})

    def varifocal(z, y, alpha, gamma):
        weight = torch.where(y > 0, y, alpha * torch.sigmoid(z) ** gamma)
        return weight * F.binary_cross_entropy_with_logits(z, y, reduction="none")

    ELEMENT_NAMES["varifocal"] = ("z", "y")
    element("varifocal", varifocal, normal(8), uniform(8) * bits(8), alpha=0.75, gamma=2.0)

    def distribution_focal(logits, y):
        left = y.long()
        ce = [F.cross_entropy(logits, left + side, reduction="none") for side in (0, 1)]
        return ce[0] * (left + 1 - y) + ce[1] * (y - left)

    case("distributionFocal", distribution_focal, {"logits": normal(5, 7)}, {"y": uniform(5, high=5.9)}, hessian=True)


# ---------------------------------------------------------------------------------------------------- embeddings

def alike(label):
    same = label[:, None] == label[None, :]
    return same & ~torch.eye(len(label), dtype=torch.bool), ~same


def metric():
    rows, label = normal(7, 4), torch.tensor([0, 1, 0, 2, 1, 0, 3])
    a, b = single(F.normalize(normal(5, 4), dim=-1)), single(F.normalize(normal(5, 4), dim=-1))

    def cosines(embeddings):
        unit = F.normalize(embeddings, dim=-1)
        return unit @ unit.T

    def supervised(embeddings, label, temperature):
        logits = cosines(embeddings) / temperature
        positive, _ = alike(label)
        logits = logits.masked_fill(torch.eye(len(label), dtype=torch.bool), -math.inf)
        error = logits.logsumexp(-1, keepdim=True) - logits
        each = torch.where(positive, error, 0.0).sum(-1) / positive.sum(-1).clamp(min=1)
        return each[positive.any(-1)].mean()

    for temperature in (0.1, 0.5):
        case("supervisedContrastive", supervised, {"embeddings": rows}, {"label": label}, {"temperature": temperature})
        case("symmetricInfoNce", lambda a, b, temperature: (
            F.cross_entropy(a @ b.T / temperature, torch.arange(5)) + F.cross_entropy(b @ a.T / temperature, torch.arange(5))) / 2,
            {"a": a, "b": b}, {}, {"temperature": temperature}, trainable=("temperature",))

    def multi(embeddings, label, alpha, beta, base):
        s, (positive, negative) = cosines(embeddings), alike(label)
        up = torch.log(1 + torch.where(positive, torch.exp(-alpha * (s - base)), 0.0).sum(-1)) / alpha
        return (up + torch.log(1 + torch.where(negative, torch.exp(beta * (s - base)), 0.0).sum(-1)) / beta).mean()

    case("multiSimilarity", multi, {"embeddings": rows}, {"label": label}, {"alpha": 2.0, "beta": 50.0, "base": 0.5})
    case("multiSimilarity", multi, {"embeddings": rows}, {"label": label}, {"alpha": 2.0, "beta": 10.0, "base": 0.1})

    def hard(embeddings, label, margin):
        d, (positive, negative) = torch.cdist(embeddings, embeddings), alike(label)
        both = positive.any(-1) & negative.any(-1)
        far = d.masked_fill(~positive, -math.inf).amax(-1)[both]
        return (margin + far - d.masked_fill(~negative, math.inf).amin(-1)[both]).clamp(min=0).mean()

    case("batchHardTriplet", hard, {"embeddings": rows}, {"label": label}, {"margin": 0.2})

    def sigmoids(a, b, logScale, bias):
        sign = 2 * torch.eye(len(a)) - 1
        return -F.logsigmoid(sign * (logScale.exp() * a @ b.T + bias)).sum() / len(a)

    case("sigLip", sigmoids, {"a": a, "b": b}, {}, {"logScale": 2.302585093, "bias": -10.0}, trainable=("logScale", "bias"))

    def cosent(a, b, y, scale):
        c = F.cosine_similarity(a, b) * scale
        wrong = (c[None, :] - c[:, None])[y[:, None] > y[None, :]]
        return torch.logsumexp(torch.cat([torch.zeros(1), wrong]), 0)

    for scale in (20.0, 2.0):
        case("coSent", cosent, {"a": normal(5, 4), "b": normal(5, 4)}, {"y": single(torch.tensor([0.1, 0.9, 0.5, 0.5, 0.0]))},
             {"scale": scale})


def self_supervision():
    views = {"a": normal(6, 4), "b": normal(6, 4)}

    def twins(a, b, eps, **params):
        a, b = [(v - v.mean(0)) / (v.var(0, unbiased=False) + eps).sqrt() for v in (a, b)]
        c = a.T @ b / len(a)
        on = (torch.diagonal(c) - 1) ** 2
        off = c - torch.diag(torch.diagonal(c))
        return on.sum() + params["lambda"] * (off**2).sum()

    case("barlowTwins", twins, views, {}, {"lambda": 0.005, "eps": 1e-5})

    def vicreg(a, b, invarianceWeight, varianceWeight, covarianceWeight, gamma, eps):
        def off(v):
            c = torch.cov(v.T)
            return ((c - torch.diag(torch.diagonal(c))) ** 2).sum() / v.shape[-1]

        def hinge(v):
            return F.relu(gamma - (v.var(0) + eps).sqrt()).mean()

        return (invarianceWeight * F.mse_loss(a, b) + varianceWeight * (hinge(a) + hinge(b)) / 2
                + covarianceWeight * (off(a) + off(b)))

    for gamma in (1.0, 3.0):
        case("vicReg", vicreg, views, {}, {"invarianceWeight": 25.0, "varianceWeight": 25.0, "covarianceWeight": 1.0,
                                           "gamma": gamma, "eps": 1e-4})

    def discrepancy(a, b, bandwidth):
        def squares(x, y):
            return ((x[:, None] - y[None, :]) ** 2).sum(-1)

        k = [torch.exp(-squares(x, y) / (2 * bandwidth**2)).mean() for x, y in ((a, a), (b, b), (a, b))]
        return k[0] + k[1] - 2 * k[2]

    for bandwidth in (1.0, 3.0):
        case("maximumMeanDiscrepancy", discrepancy, views, {}, {"bandwidth": bandwidth})
    case("correlation", lambda p, y: 1 - torch.stack([torch.corrcoef(torch.stack(r))[0, 1] for r in zip(p, y)]),
         {"p": normal(4, 7)}, {"y": normal(4, 7)})


# ---------------------------------------------------------------------------------------------------- masks and spectra

def masks():
    def focal_tversky(p, y, alpha, beta, gamma, eps, smooth):
        tp, fp, fn = (p * y).sum(-1), (p * (1 - y)).sum(-1), ((1 - p) * y).sum(-1)
        return (1 - (tp + smooth) / (tp + alpha * fp + beta * fn + smooth + eps)) ** gamma

    case("focalTversky", focal_tversky, {"p": uniform(3, 6)}, {"y": bits(3, 6)},
         {"alpha": 0.3, "beta": 0.7, "gamma": 0.75, "eps": 1e-7, "smooth": 1.0})
    label = torch.tensor([[0, 1, 1, 0, -100, 2], [0, 0, 0, 0, 3, 0], [-100, 2, 2, 2, 1, -100]])
    kept = (label != -100).double()[:, :, None]
    hot = F.one_hot(label.clamp(min=0), 4).double() * kept

    def generalized(p, label, eps, ignoreIndex):
        count = hot.sum(1)
        w = 1 / count**2
        most = torch.where(w == math.inf, 0.0, w).amax(-1, keepdim=True)
        w = torch.where(w == math.inf, most, w)
        return 1 - 2 * (w * (p * hot).sum(1)).sum(-1) / (w * ((p * kept).sum(1) + count)).sum(-1)

    case("generalizedDice", generalized, {"p": distribution(3, 6, 4)}, {"label": label}, {"eps": 1e-7, "ignoreIndex": -100})

    def compound(logits, label, ceWeight, diceWeight, eps, smooth, ignoreIndex):
        p = torch.softmax(logits, -1) * kept
        dice = (2 * (p * hot).sum(1) + smooth) / (p.sum(1) + hot.sum(1) + smooth + eps)
        ce = torch.stack([F.cross_entropy(z, t, ignore_index=-100) for z, t in zip(logits, label)])
        return ceWeight * ce + diceWeight * (1 - dice).mean(-1)

    for smooth in (0.0, 1.0):
        case("diceWithCrossEntropy", compound, {"logits": normal(3, 6, 4)}, {"label": label},
             {"ceWeight": 1.0, "diceWeight": 0.5, "eps": 1e-7, "smooth": smooth, "ignoreIndex": -100})
    case("logSpectralDistance", lambda p, y, eps: (10 * torch.log10((y + eps) / (p + eps))).square().mean(-1).sqrt().mean(-1),
         {"p": uniform(3, 5, 6, high=4)}, {"y": uniform(3, 5, 6, high=4)}, {"eps": 1e-8})


# ---------------------------------------------------------------------------------------------------- orders and distributions

def orders():
    def ndcg(scores, relevance, temperature):
        rank = 0.5 + torch.sigmoid((scores[:, None, :] - scores[:, :, None]) / temperature).sum(-1)
        ideal = relevance.sort(-1, descending=True).values
        best = ((2**ideal - 1) / torch.log2(torch.arange(ideal.shape[-1]) + 2)).sum(-1)
        return 1 - ((2**relevance - 1) / torch.log2(1 + rank)).sum(-1) / best

    scores, relevance = normal(4, 6), torch.randint(0, 4, (4, 6)).double()
    relevance[:, 0] = 3
    for temperature in (0.1, 1.0):
        case("approxNdcg", ndcg, {"scores": scores}, {"relevance": relevance}, {"temperature": temperature})

    def lambdas(scores, relevance, sigma):
        gain = 2**relevance - 1
        discount = 1 / torch.log2(scores.argsort(-1, descending=True).argsort(-1) + 2)
        ideal = relevance.sort(-1, descending=True).values
        best = ((2**ideal - 1) / torch.log2(torch.arange(ideal.shape[-1]) + 2)).sum(-1)
        change = ((gain[:, :, None] - gain[:, None, :]) * (discount[:, :, None] - discount[:, None, :])).abs()
        error = F.softplus(-sigma * (scores[:, :, None] - scores[:, None, :]))
        return (change * error * (relevance[:, :, None] > relevance[:, None, :])).sum((-1, -2)) / best

    for sigma in (1.0, 2.0):
        case("lambdaRank", lambdas, {"scores": scores}, {"relevance": relevance}, {"sigma": sigma}, hessian=True)


def divergences():
    student, teacher = normal(5, 4), normal(5, 4)

    def kl(p, q):
        return (p * (p / q).log()).sum(-1)

    def jsd(student, teacher, beta):
        s, t = torch.softmax(student, -1), torch.softmax(teacher, -1)
        m = beta * t + (1 - beta) * s
        return beta * kl(t, m) + (1 - beta) * kl(s, m)

    for beta in (0.1, 0.5, 0.9):
        case("generalizedJensenShannon", jsd, {"student": student}, {"teacher": teacher}, {"beta": beta})
    for temperature in (1.0, 2.0):
        case("reverseKullbackLeibler", lambda student, teacher, temperature: temperature**2 * kl(
            torch.softmax(student / temperature, -1), torch.softmax(teacher / temperature, -1)), {"student": student},
            {"teacher": teacher}, {"temperature": temperature})
    case("gaussianKullbackLeibler", lambda mean, logVariance: distributions.kl_divergence(
        distributions.Normal(mean, (logVariance / 2).exp()), distributions.Normal(0.0, 1.0)),
        {"mean": normal(7), "logVariance": normal(7)}, hessian=True)

    def calibration(logits, label, width):
        r, chosen = torch.softmax(logits, -1).max(-1)
        e = (chosen == label).double() - r
        return (e[:, None] * e[None, :] * torch.exp(-(r[:, None] - r[None, :]).abs() / width)).mean()

    case("maximumMeanCalibration", calibration, {"logits": normal(7, 4)}, {"label": classes(7, 4)}, {"width": 0.4})


# ---------------------------------------------------------------------------------------------------- preferences and policies

def policies():
    pair = {"chosen": normal(6, scale=5), "rejected": normal(6, scale=5)}
    case("contrastivePreference", lambda chosen, rejected, beta, **params: -F.logsigmoid(
        beta * (chosen - rejected)) - params["lambda"] * chosen, pair, {}, {"beta": 0.1, "lambda": 1.0})
    case("bradleyTerry", lambda chosen, rejected, margin, centering: -F.logsigmoid(
        chosen - rejected - margin) + centering * (chosen + rejected) ** 2, pair, {"margin": uniform(6)}, {"centering": 0.01})

    def surrogate(logp, old, advantage, lower, upper):
        ratio = torch.exp(logp - old)
        return -torch.minimum(ratio * advantage, ratio.clamp(1 - lower.item(), 1 + upper.item()) * advantage)

    logp = normal(8, scale=0.5)
    case("proximalPolicy", surrogate, {"logp": logp}, {"old": single(logp + normal(8, scale=0.3)), "advantage": normal(8)},
         {"lower": 0.2, "upper": 0.28})
    v, old = normal(8), normal(8)
    case("clippedValue", lambda v, old, returns, range: torch.maximum(
        (v - returns) ** 2, (old + (v - old).clamp(-range.item(), range.item()) - returns) ** 2) / 2, {"v": v},
        {"old": old, "returns": normal(8)}, {"range": 0.5})

    def group(logp, old, reference, advantage, length, lower, upper, beta):
        d = reference - logp
        each = surrogate(logp, old, advantage[:, None], lower, upper) + beta * (torch.exp(d) - d - 1)
        kept = torch.arange(logp.shape[-1]) < length[:, None]
        return (each * kept).sum(-1) / length

    rows = normal(4, 5, scale=0.5)
    case("groupRelativePolicy", group, {"logp": rows}, {
        "old": single(rows + normal(4, 5, scale=0.3)), "reference": normal(4, 5, scale=0.5), "advantage": normal(4),
        "length": torch.tensor([5, 1, 3, 2])}, {"lower": 0.2, "upper": 0.2, "beta": 0.04})

    def quantile_regression(p, y, kappa):
        tau = (torch.arange(p.shape[-1]) + 0.5) / p.shape[-1]
        u = y[:, None, :] - p[:, :, None]
        huber = F.huber_loss(u, torch.zeros_like(u), reduction="none", delta=kappa.item()) / kappa
        return ((tau[:, None] - (u < 0).double()).abs() * huber).mean(-1).sum(-1)

    for kappa in (1.0, 0.3):
        case("distributionalQuantile", quantile_regression, {"p": normal(4, 5)}, {"y": normal(4, 3)}, {"kappa": kappa})


for section in (regression, quantiles, counted_things, densities, failure_times, survival, grades, labels, boxes, metric,
                self_supervision, masks, orders, divergences, policies):
    section()

print_all("recent_figures.py")
