"""The losses of UntunedLosses in PyTorch's words."""

import math

import torch
from torch.nn import functional as F

from cases import ELEMENTS, POSITIVE, ROWS, Case, bits, chosen, classes, distribution, normal, of, uniform
from functools import partial

CASES = []


def case(loss, function, predictions, targets, params=None, title="", grows=False):
    CASES.append(Case("untuned", loss, function, predictions, targets, params or {}, title, grows))


def element(loss, function, **params):
    case(loss, function, {"p": of(normal, ELEMENTS, scale=2.0)}, {"y": of(normal, ELEMENTS)}, params)


def wing(p, y):
    r = (p - y).abs()
    return torch.where(r < 1, torch.log(1 + r / 0.5), r - (1 - math.log(1 + 1 / 0.5)))


def tukey(p, y, c):
    u = (p - y) / c
    return torch.where(u.abs() <= 1, c * c / 6 * (1 - (1 - u**2) ** 3), c * c / 6)


element("wing", wing)
element("tukey", tukey, c=3.0)
element("cauchy", lambda p, y, c: 0.5 * c * c * torch.log(1 + ((p - y) / c) ** 2), c=1.5)
element("charbonnier", lambda p, y, eps: torch.sqrt((p - y) ** 2 + eps * eps), eps=1e-3)
element("expectile", lambda p, y, tau: torch.where(y - p < 0, 1 - tau, tau) * (y - p) ** 2, tau=0.3)


def student(mean, logScale, y, nu):
    z = (y - mean) * torch.exp(-logScale)
    constant = math.lgamma(0.5 * nu) - math.lgamma(0.5 * (nu + 1)) + 0.5 * math.log(nu * math.pi)
    return logScale + 0.5 * (nu + 1) * torch.log(1 + z * z / nu) + constant


case("studentT", student, {"mean": of(normal, ELEMENTS), "logScale": of(normal, ELEMENTS, scale=0.5)},
     {"y": of(normal, ELEMENTS)}, {"nu": 3.0})


def normal_inverse_gamma(mean, nu, alpha, beta, y):
    omega = 2 * beta * (1 + nu)
    return (0.5 * torch.log(math.pi / nu) - alpha * torch.log(omega) + (alpha + 0.5) * torch.log((y - mean) ** 2 * nu + omega)
            + torch.lgamma(alpha) - torch.lgamma(alpha + 0.5))


above_one = partial(uniform, low=1.1, high=4.0)
case("normalInverseGamma", normal_inverse_gamma, {"mean": of(normal, ELEMENTS), "nu": of(POSITIVE, ELEMENTS),
                                                  "alpha": of(above_one, ELEMENTS), "beta": of(POSITIVE, ELEMENTS)},
     {"y": of(normal, ELEMENTS)})


def asymmetric(z, y, gammaPositive, gammaNegative):
    p = torch.sigmoid(z)
    shifted = (p - 0.05).clamp(min=0)
    positive = (1 - p) ** gammaPositive * torch.log(p)
    return -torch.where(y > 0.5, positive, shifted**gammaNegative * torch.log(1 - shifted)).sum(-1)


case("asymmetricMultilabel", asymmetric, {"z": of(normal, (16384, 80))}, {"y": of(bits, (16384, 80))},
     {"gammaPositive": 1.0, "gammaNegative": 4.0})


def smoothed_focal(logits, label, gamma, smoothing):
    logp = torch.log_softmax(logits, -1)
    terms = (1 - logp.exp()) ** gamma * logp
    return -(1 - smoothing) * chosen(terms, label) - smoothing * terms.mean(-1)


case("smoothedFocal", smoothed_focal, {"logits": of(normal, ROWS)}, {"label": of(classes, ROWS[:1])},
     {"gamma": 2.0, "smoothing": 0.1})


def distillation(student, teacher, label, temperature, alpha):
    soft = torch.softmax(teacher / temperature, -1)
    agreement = (soft * torch.log_softmax(student / temperature, -1)).sum(-1)
    return -alpha * temperature**2 * agreement + (1 - alpha) * F.cross_entropy(student, label.long(), reduction="none")


case("temperedDistillation", distillation, {"student": of(normal, ROWS)},
     {"teacher": of(normal, ROWS), "label": of(classes, ROWS[:1])}, {"temperature": 2.0, "alpha": 0.5})

for shape in ((65536, 10), (4096, 100)):
    case("squaredEarthMover", lambda p, y: ((p.cumsum(-1) - y.cumsum(-1)) ** 2).sum(-1), {"p": of(distribution, shape)},
         {"y": of(distribution, shape)}, title="squaredEarthMover of %d" % shape[1])


def concordance(p, y):
    covariance = ((p - p.mean()) * (y - y.mean())).mean()
    variances = ((p - p.mean()) ** 2).mean() + ((y - y.mean()) ** 2).mean()
    return 1 - 2 * covariance / (variances + (p.mean() - y.mean()) ** 2 + 1e-6)


case("concordance", concordance, {"p": of(normal, (1 << 20, 1))}, {"y": of(normal, (1 << 20, 1))}, grows=True)


def focal_tversky(p, y, alpha, gamma):
    tp, fp, fn = (p * y).sum(-1), (p * (1 - y)).sum(-1), ((1 - p) * y).sum(-1)
    return (1 - (tp + 1) / (tp + alpha * fn + (1 - alpha) * fp + 1)).clamp(min=0) ** gamma


case("focalTversky", focal_tversky, {"p": of(uniform, (64, 65536))}, {"y": of(bits, (64, 65536))}, {"alpha": 0.7, "gamma": 0.75})


def supervised_contrastive(embeddings, label, temperature):
    rows = F.normalize(embeddings, dim=-1)
    similarity = rows @ rows.T / temperature
    itself = torch.eye(len(rows), dtype=torch.bool)
    positive = (label[:, None] == label[None, :]) & ~itself
    every = torch.logsumexp(similarity.masked_fill(itself, -math.inf), -1, keepdim=True)
    count = positive.sum(-1)
    alike = ((every - similarity) * positive).sum(-1)
    return torch.where(count > 0, alike / count.clamp(min=1), 0).mean()


case("supervisedContrastive", supervised_contrastive, {"embeddings": of(normal, (512, 128))},
     {"label": of(classes, (512,), count=16)}, {"temperature": 0.1}, grows=True)
