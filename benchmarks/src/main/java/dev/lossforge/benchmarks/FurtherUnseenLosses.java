package dev.lossforge.benchmarks;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.argSort;
import static dev.lossforge.dsl.Formulas.clamp;
import static dev.lossforge.dsl.Formulas.cosh;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.isNaN;
import static dev.lossforge.dsl.Formulas.lgamma;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.log1p;
import static dev.lossforge.dsl.Formulas.logNormalCdf;
import static dev.lossforge.dsl.Formulas.logSoftmax;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.pow;
import static dev.lossforge.dsl.Formulas.scan;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.softmax;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * More losses of elements and rows as papers and forums write them, put down before one of them was measured, like
 * {@link UnseenLosses}.
 */
@SuppressWarnings("FormulaDomain") // lengths of 0, values whose signs the data decides
public final class FurtherUnseenLosses {
    private FurtherUnseenLosses() {}

    /** A mixture of normal distributions, each with its weight, mean and scale. */
    @Loss
    static float mixtureDensity(
            @Prediction float[] logits, @Prediction float[] mu, @Prediction float[] logSigma, @Target float y) {
        float[] lw = logSoftmax(logits);
        return -logSumExp(
                lw.length, k -> lw[k] - logSigma[k] - 0.9189385f - 0.5f * square((y - mu[k]) * exp(-logSigma[k])));
    }

    /** The continuous ranked probability score of an ensemble. */
    @Loss
    static float ensembleCrps(@Prediction float[] x, @Target float y) {
        float spread = mean(x.length, i -> mean(x.length, j -> abs(x[i] - x[j])));
        return mean(x.length, i -> abs(x[i] - y)) - 0.5f * spread;
    }

    /** The likelihood of shares under a Dirichlet distribution. */
    @Loss
    static float dirichletDensity(@Prediction(min = 0.01) float[] alpha, @Target(min = 0.0001) float[] y) {
        return sum(alpha.length, k -> lgamma(alpha[k]) - (alpha[k] - 1f) * log(y[k])) - lgamma(sum(alpha));
    }

    /** A scale-invariant ratio of signal and distortion. */
    @Loss
    static float siSdr(@Prediction float[] p, @Target float[] y) {
        float dot = sum(p.length, i -> p[i] * y[i]);
        float energy = sum(y.length, i -> y[i] * y[i]);
        float a = dot / (energy + 1e-8f);
        float noise = sum(p.length, i -> square(p[i] - a * y[i]));
        return -10f * (log(a * a * energy + 1e-8f) - log(noise + 1e-8f)) / 2.302585f;
    }

    /** The cross-entropy of two softmaxes with temperatures of their own. */
    @Loss
    static float dino(@Prediction float[] student, @Target float[] teacher, @Target float[] center) {
        float[] t = softmax(vector(teacher.length, k -> (teacher[k] - center[k]) / 0.04f));
        float[] s = logSoftmax(vector(student.length, k -> student[k] / 0.1f));
        return -sum(s.length, k -> t[k] * s[k]);
    }

    /** A place among bins by its two neighbours, and by the expected bin. */
    @Loss
    static float distributionFocal(@Prediction float[] logits, @Target(min = 0) float y) {
        float[] q = softmax(logits);
        float e = sum(q.length, k -> k * q[k]);
        float sharp = -sum(q.length, k -> max(0f, 1f - abs(k - y)) * log(q[k]));
        return sharp + 0.1f * abs(e - y);
    }

    /** A trend whose second differences are small. */
    @Loss
    static float trend(@Prediction float[] g, @Target float[] y, @Param float lambda) {
        return sum(y.length, i -> square(y[i] - g[i]))
                + lambda * sum(g.length - 2, i -> square(g[i + 2] - 2f * g[i + 1] + g[i]));
    }

    /** Residuals of a process of first order, with heavy tails. */
    @Loss
    static float autoregressive(@Prediction float[] p, @Target float[] y, @Param float phi) {
        return mean(p.length - 1, i -> {
            float r = (y[i + 1] - p[i + 1]) - phi * (y[i] - p[i]);
            return log(1f + r * r / 3f);
        });
    }

    /** Hazards of discrete times until an event or the end of observation. */
    @Loss
    static float discreteSurvival(@Prediction float[] z, @Target int time, @Target int event) {
        float alive = sum(z.length, j -> j < time ? softplus(z[j]) : 0f);
        return alive + (event != 0 ? softplus(-z[time]) : softplus(z[time]));
    }

    /** All pairs of a row that are in the wrong order. */
    @Loss
    static float pairwiseLogistic(@Prediction float[] s, @Target float[] y) {
        return sum(s.length, i -> sum(s.length, j -> y[i] > y[j] ? softplus(s[j] - s[i]) : 0f));
    }

    /** A mixture of four vectors of bits, its logits side by side in one row. */
    @Loss
    static float bernoulliMixture(@Prediction float[] z, @Target float[] x) {
        return -logSumExp(4, k -> sum(16, d -> x[d] * z[k * 16 + d] - softplus(z[k * 16 + d])));
    }

    /** The angle between two rotations. */
    @Loss
    static float quaternion(@Prediction float[] q, @Target float[] t) {
        float n = sqrt(sum(4, i -> q[i] * q[i]) + 1e-8f);
        float d = sum(4, i -> q[i] * t[i]) / n;
        return 1f - d * d;
    }

    /** A box by its corners: overlap, and distance of the centres. */
    @Loss
    static float boxDistance(@Prediction float[] p, @Target float[] t) {
        float w = max(min(p[2], t[2]) - max(p[0], t[0]), 0f);
        float h = max(min(p[3], t[3]) - max(p[1], t[1]), 0f);
        float inter = w * h;
        float union = (p[2] - p[0]) * (p[3] - p[1]) + (t[2] - t[0]) * (t[3] - t[1]) - inter;
        float cw = max(p[2], t[2]) - min(p[0], t[0]);
        float ch = max(p[3], t[3]) - min(p[1], t[1]);
        float d = square(p[0] + p[2] - t[0] - t[2]) + square(p[1] + p[3] - t[1] - t[3]);
        return 1f - inter / (union + 1e-6f) + d / (4f * (cw * cw + ch * ch) + 1e-6f);
    }

    /** A focal loss over a heat map, divided by its number of peaks. */
    @Loss
    static float heatmap(@Prediction float[] z, @Target float[] t) {
        float positives = sum(t.length, i -> t[i] == 1f ? 1f : 0f);
        float total = sum(t.length, i -> {
            float p = clamp(sigmoid(z[i]), 1e-4f, 1f - 1e-4f);
            return t[i] == 1f ? -square(1f - p) * log(p) : -pow(1f - t[i], 4) * square(p) * log(1f - p);
        });
        return positives > 0f ? total / positives : total;
    }

    /** One minus the F1 score of probabilities. */
    @Loss
    static float softF1(@Prediction float[] z, @Target float[] y) {
        float tp = sum(z.length, i -> sigmoid(z[i]) * y[i]);
        float fp = sum(z.length, i -> sigmoid(z[i]) * (1f - y[i]));
        float fn = sum(z.length, i -> (1f - sigmoid(z[i])) * y[i]);
        return 1f - 2f * tp / (2f * tp + fp + fn + 1e-6f);
    }

    /** Soft labels of a teacher, and a hard one. */
    @Loss
    static float hintonDistillation(
            @Prediction float[] z, @Target float[] t, @Target int label, @Param float temperature) {
        float[] q = softmax(vector(t.length, k -> t[k] / temperature));
        float[] lq = logSoftmax(vector(t.length, k -> t[k] / temperature));
        float[] lp = logSoftmax(vector(z.length, k -> z[k] / temperature));
        return 0.7f * temperature * temperature * sum(q.length, k -> q[k] * (lq[k] - lp[k]))
                - 0.3f * logSoftmax(z)[label];
    }

    /** A logit against the mean of the others, in standard deviations. */
    @Loss
    static float marginToMean(@Prediction float[] z, @Target int label) {
        float others = (sum(z) - z[label]) / (z.length - 1);
        float sd = sqrt(mean(z.length, k -> square(z[k] - mean(z))) + 1e-5f);
        return softplus((others - z[label]) / sd);
    }

    /** A scale-invariant error of logarithms. */
    @Loss
    static float depth(@Prediction(min = 0.001) float[] p, @Target(min = 0.001) float[] y) {
        float m = mean(p.length, i -> log(p[i]) - log(y[i]));
        return sqrt(mean(p.length, i -> square(log(p[i]) - log(y[i]))) - 0.85f * m * m + 1e-6f);
    }

    /** Mean and logarithm of the variance in turns. */
    @Loss
    static float interleaved(@Prediction float[] p, @Target float[] y) {
        return mean(y.length, i -> 0.5f * (p[2 * i + 1] + square(y[i] - p[2 * i]) * exp(-p[2 * i + 1])));
    }

    /** A row that should be symmetric. */
    @Loss
    static float mirrored(@Prediction float[] p, @Target float[] y) {
        return mean(p.length, i -> square(p[i] - y[i]) + 0.1f * abs(p[i] - p[p.length - 1 - i]));
    }

    /** Means in the first half of a row, logarithms of scales in the second. */
    @Loss
    static float halves(@Prediction float[] p, @Target float[] y) {
        int n = p.length / 2;
        return mean(n, i -> square(p[i] - y[i]) * exp(-p[n + i]) + p[n + i]);
    }

    /** Each column with its weight, missing ones left out. */
    @Loss
    static float columnWeighted(@Prediction float[] p, @Target float[] y, @Target float[] w) {
        float total = sum(p.length, i -> isNaN(y[i]) ? 0f : w[i] * log(cosh(p[i] - y[i])));
        float n = sum(p.length, i -> isNaN(y[i]) ? 0f : w[i]);
        return total / max(n, 1e-6f);
    }

    /** A multivariate Student distribution with a scale for each column. */
    @Loss
    static float multivariateT(@Prediction float[] mu, @Prediction float[] logScale, @Target float[] y) {
        float nu = 4f;
        float d = mu.length;
        float q = sum(mu.length, i -> square((y[i] - mu[i]) * exp(-logScale[i])));
        return sum(logScale) + 0.5f * (nu + d) * log1p(q / nu);
    }

    /** The logarithm of an exponentially smoothed error. */
    @Loss
    static float smoothedError(@Prediction float[] p, @Target float[] y) {
        float[] level = scan(p.length, 0f, (i, s) -> 0.9f * s + 0.1f * square(p[i] - y[i]));
        return mean(p.length, i -> log(level[i] + 1e-3f));
    }

    /** The distance of two samples in order. */
    @Loss
    static float wasserstein(@Prediction float[] p, @Target float[] y) {
        int[] a = argSort(p.length, i -> p[i]);
        int[] b = argSort(y.length, i -> y[i]);
        return mean(p.length, i -> abs(p[a[i]] - y[b[i]]));
    }

    /** Energies of known and unknown classes on both sides of a gap. */
    @Loss
    static float energyMargin(@Prediction float[] z, @Target int inside) {
        float e = -logSumExp(z);
        return inside != 0 ? square(max(e + 5f, 0f)) : square(max(-2f - e, 0f));
    }

    /** A triplet whose negative is compared with both others. */
    @Loss
    static float tripletRows(@Prediction float[] a, @Prediction float[] p, @Prediction float[] n, @Param float margin) {
        float dp = sqrt(sum(a.length, i -> square(a[i] - p[i])) + 1e-8f);
        float dn = sqrt(sum(a.length, i -> square(a[i] - n[i])) + 1e-8f);
        float swap = sqrt(sum(a.length, i -> square(p[i] - n[i])) + 1e-8f);
        return max(dp - min(dn, swap) + margin, 0f);
    }

    /** A likelihood, and the unlikelihood of banned classes. */
    @Loss
    static float unlikelihood(@Prediction float[] z, @Target int label, @Target int[] banned) {
        float[] q = softmax(z);
        float[] lq = logSoftmax(z);
        return -lq[label] - 0.5f * sum(z.length, k -> banned[k] != 0 && k != label ? log(max(1f - q[k], 1e-5f)) : 0f);
    }

    /** Logits shifted by how often classes are, relative to the label. */
    @Loss
    static float reweighted(@Prediction float[] z, @Target int label, @Target float[] prior) {
        float lse =
                logSumExp(z.length, k -> k == label ? z[k] : z[k] + 0.8f * log(prior[k] / max(prior[label], 1e-6f)));
        return lse - z[label];
    }

    /** A generalized mean of probabilities. */
    @Loss
    static float generalizedMean(@Prediction float[] z, @Target float y, @Param(min = 1) float r) {
        float p = pow(mean(z.length, i -> pow(sigmoid(z[i]), r)), 1f / r);
        return -(y * log(p) + (1f - y) * log(1f - p));
    }

    /** A direction with its certainty. */
    @Loss
    static float direction(@Prediction float[] v, @Target float[] u) {
        float n = sqrt(sum(v.length, i -> v[i] * v[i]) + 1e-6f);
        float c = sum(v.length, i -> v[i] * u[i]) / n;
        return n - 0.5f * log(n) - c * n * 0.9f;
    }

    /** The likelihood of a skew normal distribution. */
    @Loss
    static float skewNormal(
            @Prediction float mu, @Prediction float logSigma, @Prediction float alpha, @Target float y) {
        float z = (y - mu) / exp(logSigma);
        return logSigma + 0.5f * z * z - logNormalCdf(alpha * z);
    }

    /** A count that is 0 more often than a Poisson distribution allows. */
    @Loss
    static float zeroInflatedPoisson(@Prediction float logit, @Prediction float logRate, @Target float y) {
        float pi = sigmoid(logit);
        float rate = exp(logRate);
        return y == 0f ? -log(pi + (1f - pi) * exp(-rate)) : -log(1f - pi) + rate - y * logRate + lgamma(y + 1f);
    }

    /** An asymmetric Laplace distribution. */
    @Loss
    static float asymmetricLaplace(@Prediction float p, @Prediction float logB, @Target float y, @Param float tau) {
        float u = (y - p) / exp(logB);
        return logB - log(tau * (1f - tau)) + u * (tau - (u < 0f ? 1f : 0f));
    }

    /** Hazards that grow exponentially. */
    @Loss
    static float gompertz(@Prediction float a, @Prediction float b, @Target(min = 0) float t, @Target float event) {
        float h = exp(a) * (exp(exp(b) * t) - 1f) / exp(b);
        return h - event * (a + exp(b) * t);
    }

    /** A log-logistic distribution of times. */
    @Loss
    static float logLogistic(
            @Prediction float mu, @Prediction float s, @Target(min = 0.001) float t, @Target float event) {
        float z = (log(t) - mu) * exp(-s);
        return (1f + event) * log(1f + exp(z)) - event * (z - s - log(t));
    }
}
