package dev.lossforge.processor.rewrite;

import static dev.lossforge.processor.rewrite.SameKernelTest.element;
import static dev.lossforge.processor.rewrite.SameKernelTest.row;

import dev.lossforge.processor.rewrite.SameKernelTest.Case;
import java.util.List;

/** Cases from likelihoods that are the logarithms of densities, and from probabilities that are 1 less another. */
final class NaiveLikelihoods {

    static final List<Case> CASES = List.of(
            element("log-of-power", "log(q * pow(q, 200 * p))", "", -601 * Math.log(100), 3, 1e-2),
            element("log-of-power", "log(1 + pow(q, p))", "", 200 * Math.log(1000), 200, 1000),
            element("log-share-of-whole", "log(exp(p) / (exp(p) + q))", "", -3 * Math.exp(-80), 80, 3),
            element(
                    "difference-of-log-sum-exps",
                    "log(exp(p) + 2) - log(exp(p) + 2 + exp(q))",
                    "",
                    -Math.exp(-80),
                    80,
                    0),
            element("removable-singularity-of-sum", "(1 / p + q) * log(1 + p)", "", 1, 1e-20, 3),
            element("square-of-arc-cosine", "square(acos(p))", "", 0x1p-39 + 0x1p-80 / 3, 1 - 0x1p-40, 0),
            element("taylor-rest", "1 / tanh(p) - 1 / p", "cosh(p) / sinh(p) - 1 / p", 1e-20 / 3, 1e-20, 0),
            element("one-plus-tanh", "1 + tanh(p)", "2 * sigmoid(2 * p)", 2 * Math.exp(-100), -50, 0),
            element("inverse", "asinh(sinh(p))", "p", 1000, 1000, 0),
            element("complement-of-expm1", "log(1 - (1 - exp(-exp(p))))", "-exp(p)", -Math.exp(10), 10, 0),
            element("sum-by-exp", "(exp(p) + q) / exp(p - 1)", "", Math.E, 800, 1),
            element("gamma-of-exponential", "lgamma(exp(p) + q) - lgamma(exp(p))", "", Math.log(2) - 1000, -1000, 3),
            element("beta-difference", "lbeta(p + q, q + 3) - lbeta(p, q)", "", -Math.log(30), 2, 1),
            element("log-of-sech", "log(1 - square(tanh(p)))", "-2 * logCosh(p)", -1e-20, 1e-10, 0),
            element("log-of-squares", "log(1 + square(p))", "", 400 * Math.log(10), 1e200, 0),
            element(
                    "power-divergence",
                    "(pow(p, q) - 1 - q * (p - 1)) / (q * (q - 1))",
                    "",
                    0x1p-81 * (1 + 0x1p-40 / 3),
                    1 + 0x1p-40,
                    3),
            element(
                    "relative-entropies",
                    "p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))",
                    "",
                    0x1p-79,
                    0.5,
                    0.5 + 0x1p-40),
            element(
                    "entropies-to-middle",
                    "p * log(p / ((p + q) / 2)) + q * log(q / ((p + q) / 2))",
                    "",
                    0x1p-81 / (1 + 0x1p-40),
                    0.5,
                    0.5 + 0x1p-40),
            element(
                    "entropies-of-exponentials-to-middle",
                    "exp(p) * (p - log((exp(p) + exp(q)) / 2)) + exp(q) * (q - log((exp(p) + exp(q)) / 2))",
                    "",
                    0x1p-82 * (1 + 0x1p-41),
                    0,
                    0x1p-40),
            row(
                    "relative-entropy-of-softmaxes",
                    "sum(z.length, i -> softmax(z)[i] * log(softmax(z)[i] / softmax(t)[i]))",
                    "",
                    Math.log(3),
                    1000,
                    0,
                    0),
            element(
                    "exponential-beside-logarithm",
                    "exp(p) - q - q * (p - log(q))",
                    "",
                    0x1p-81 * (1 + 0x1p-40 / 3),
                    0x1p-40,
                    1),
            element(
                    "one-minus-mean-of-sigmoids",
                    "1 - (sigmoid(p) + sigmoid(q)) / 2",
                    "0.5f * sigmoid(-p) + 0.5f * sigmoid(-q)",
                    1 / (1 + Math.exp(50)),
                    50,
                    50),
            element(
                    "log-of-mean-of-sigmoids",
                    "log((sigmoid(p) + sigmoid(q)) / 2)",
                    "",
                    -Math.log1p(Math.exp(-50)),
                    50,
                    50),
            element("log-of-inverse", "log(1 / (1 + p))", "-log1p(p)", -1e-20, 1e-20, 0),
            element(
                    "log-difference-expm1",
                    "log((exp(p) - 1) - (exp(q) - 1))",
                    "",
                    -50 + Math.log1p(-Math.exp(-10)),
                    -50,
                    -60),
            element("share-of-sum", "square(p) / (1 + square(p))", "", 1, 1e200, 0),
            element("exp-of-no-multiple", "(q - exp(p)) / exp(p)", "", 3 / Math.E - 1, 1, 3),
            element("x-log-own-quotient", "xlogy(p, p / q)", "", -4e-198 * Math.log(10), 1e-200, 1e200),
            element("x-log-x-among-others", "p * (log(p) + q)", "", 0, 0, 2),
            element(
                    "logs-of-part-and-whole",
                    "p * log(p) - (p + 3) * log(p + q)",
                    "",
                    -1 - 180 * Math.log(2),
                    0x1p60,
                    1),
            row(
                    "powers-of-shares",
                    "(1 - sum(z.length, i -> pow(softmax(z)[i], t[0]))) / (t[0] - 1)",
                    "",
                    Math.log(3),
                    0,
                    0,
                    0),
            row(
                    "affinity",
                    "1 - sum(z.length, i -> sqrt(softmax(z)[i] * softmax(t)[i]))",
                    "",
                    1 - Math.sqrt(1 / 3.0),
                    1000,
                    0,
                    0),
            element("square-of-exponentials", "square(exp(p) - exp(q)) / exp(p)", "", Math.exp(600), 600, 0),
            row(
                    "entropies-apart",
                    "sum(z.length, i -> softmax(z)[i] * log(softmax(z)[i]))"
                            + " - sum(z.length, i -> softmax(z)[i] * log(softmax(t)[i]))",
                    "",
                    Math.log(3),
                    1000,
                    0,
                    0),
            element(
                    "relative-entropy-of-logits",
                    "sigmoid(q) * log(sigmoid(q) / sigmoid(p)) + sigmoid(-q) * log(sigmoid(-q) / sigmoid(-p))",
                    "",
                    0x1p-83,
                    0x1p-40,
                    0),
            row("logistic-error", "softplus(z[0]) - t[0] * z[0]", "", Math.log1p(Math.exp(-28)), 28, 0, 0),
            element("law-of-cosines", "1 + p * p - 2 * p * cos(q)", "", 0x1p-80, 1 + 0x1p-40, 0),
            row(
                    "log-weighted-sum-exp",
                    "log(sum(z.length, i -> t[i] * (sigmoid(z[i] + 2) - sigmoid(z[i]))))",
                    "",
                    Math.log(3) - 800 + Math.log1p(-Math.exp(-2)),
                    800,
                    800,
                    800),
            row("cosine-distance", "1 - dot(z, t) / (norm(z) * norm(t))", "", 1 - Math.sqrt(1 / 3.0), 1, 0, 0),
            row(
                    "probability-of-wrong-class",
                    "1 - exp(z[0] * t[0] - softplus(z[0]))",
                    "",
                    1 / (1 + Math.exp(50)),
                    50,
                    0,
                    0),
            row(
                    "power-of-wrong-class",
                    "pow(t[0] * sigmoid(-z[0]) + (1 - t[0]) * sigmoid(z[0]), 0.25f)",
                    "",
                    Math.exp(-250),
                    1000,
                    0,
                    0),
            row("log-of-other-classes", "log(1 - softmax(z)[k])", "", Math.log(2) - 50, 50, 0, 0),
            row("log-of-later-classes", "log(1 - sum(k + 1, i -> softmax(z)[i]))", "", Math.log(2) - 50, 50, 0, 0),
            row(
                    "log-of-opposite-sigmoids",
                    "log(1 - mean(z.length, i -> sigmoid(z[i])))",
                    "",
                    -41.091851845121,
                    40,
                    50,
                    45));

    private NaiveLikelihoods() {}
}
