package dev.lossforge.benchmarks;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.acos;
import static dev.lossforge.dsl.Formulas.atan;
import static dev.lossforge.dsl.Formulas.atan2;
import static dev.lossforge.dsl.Formulas.cos;
import static dev.lossforge.dsl.Formulas.cosineSimilarity;
import static dev.lossforge.dsl.Formulas.digamma;
import static dev.lossforge.dsl.Formulas.erf;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.hypot;
import static dev.lossforge.dsl.Formulas.lgamma;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logNormalCdf;
import static dev.lossforge.dsl.Formulas.logSoftmax;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.pow;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.sin;
import static dev.lossforge.dsl.Formulas.softmax;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.stopGradient;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.tanh;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses of elements and rows, of kinds that were not in use here when the compiler was written. They were put down
 * before one of them was measured; {@link UnseenBatchLosses} has those of batches and matrices.
 */
@SuppressWarnings("FormulaDomain") // boxes without a size, three equal limits
public final class UnseenLosses {
    private UnseenLosses() {}

    // ------------------------------------------------------------------------------------------------- elements

    /** A generalized normal distribution, all three parameters predicted. */
    @Loss
    static float exponentialPower(
            @Prediction float p,
            @Prediction(min = 0.05) float scale,
            @Prediction(min = 0.25) float shape,
            @Target float y) {
        return pow(abs(y - p) / scale, shape) + log(2f * scale) - log(shape) + lgamma(1f / shape);
    }

    /** A direction given by two outputs, whose length should be one. */
    @Loss
    static float bearing(@Prediction float east, @Prediction float north, @Target float y) {
        return 1f - cos(atan2(north, east) - y) + 0.1f * square(hypot(east, north) - 1f);
    }

    @Loss
    static float betaLikelihood(
            @Prediction(min = 0.05) float alpha,
            @Prediction(min = 0.05) float beta,
            @Target(min = 0.001, max = 0.999) float y) {
        return lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta) - (alpha - 1f) * log(y) - (beta - 1f) * log(1f - y);
    }

    /** Observations below a limit are known only to be below it. */
    @Loss
    static float tobit(@Prediction float p, @Prediction float logScale, @Target float y, @Param float limit) {
        float scale = exp(logScale);
        if (y <= limit) {
            return -logNormalCdf((limit - p) / scale);
        }
        float z = (y - p) / scale;
        return logScale + 0.5f * z * z;
    }

    /** Hampel's redescending function in three parts. */
    @Loss
    static float hampel(
            @Prediction float p,
            @Target float y,
            @Param(min = 0.1) float a,
            @Param(min = 0.1) float b,
            @Param(min = 0.1) float c) {
        float r = abs(p - y);
        float tail = a * (b - a + (c - b) / 2f);
        return r <= a
                ? r * r / 2f
                : r <= b
                        ? a * r - a * a / 2f
                        : r <= c ? tail + a * a / 2f - a * square(c - r) / (2f * (c - b)) : tail + a * a / 2f;
    }

    /** The expected absolute error under Gaussian noise. */
    @Loss
    static float noisyAbsoluteError(@Prediction float p, @Target float y, @Param(min = 0.05) float sigma) {
        float r = p - y;
        return r * erf(r / (sigma * 1.41421356f)) + sigma * 0.7978845f * exp(-r * r / (2f * sigma * sigma));
    }

    /** A squared error that forgives whole turns, and large errors. */
    @Loss
    static float periodic(@Prediction float p, @Target float y, @Param(min = 0.1) float omega) {
        float r = p - y;
        return tanh(square(sin(0.5f * omega * r))) + 0.01f * log(1f + abs(r)) * r;
    }

    /** Zero, or a gamma distribution. */
    @Loss
    static float hurdleGamma(
            @Prediction float logit,
            @Prediction float logMean,
            @Prediction(min = 0.1) float shape,
            @Target(min = 0) float y) {
        if (y == 0f) {
            return -log(1f - sigmoid(logit));
        }
        float rate = shape / exp(logMean);
        return -log(sigmoid(logit)) - shape * log(rate) + lgamma(shape) - (shape - 1f) * log(y) + rate * y;
    }

    /** The distance of two points, robust by a root. */
    @Loss
    static float endPoint(
            @Prediction float u, @Prediction float v, @Target float x, @Target float y, @Param(min = 0.1) float q) {
        return pow(hypot(u - x, v - y) + 0.01f, q);
    }

    // ----------------------------------------------------------------------------------------------------- rows

    /** The first four moments of a row should be those of the target. */
    @Loss
    static float moments(@Prediction float[] p, @Target float[] y) {
        float m = mean(p);
        float n = mean(y);
        float v = mean(p.length, i -> square(p[i] - m));
        float w = mean(y.length, i -> square(y[i] - n));
        float skewP = mean(p.length, i -> pow((p[i] - m) / sqrt(v + 1e-5f), 3));
        float skewY = mean(y.length, i -> pow((y[i] - n) / sqrt(w + 1e-5f), 3));
        float kurtosisP = mean(p.length, i -> pow((p[i] - m) / sqrt(v + 1e-5f), 4));
        float kurtosisY = mean(y.length, i -> pow((y[i] - n) / sqrt(w + 1e-5f), 4));
        return square(m - n)
                + square(sqrt(v + 1e-5f) - sqrt(w + 1e-5f))
                + square(skewP - skewY)
                + abs(kurtosisP - kurtosisY);
    }

    /** Correlation and a robust distance. */
    @Loss
    static float correlation(@Prediction float[] p, @Target float[] y, @Param(min = 0.1) float delta) {
        float mp = mean(p);
        float my = mean(y);
        float both = sum(p.length, i -> (p[i] - mp) * (y[i] - my));
        float pp = sum(p.length, i -> square(p[i] - mp));
        float yy = sum(y.length, i -> square(y[i] - my));
        float huber = mean(p.length, i -> {
            float r = abs(p[i] - y[i]);
            return r <= delta ? 0.5f * r * r : delta * (r - 0.5f * delta);
        });
        return 1f - both / (sqrt(pp * yy) + 1e-6f) + 0.1f * huber;
    }

    /** The margin to the best other class, with a weight and an entropy bonus. */
    @Loss
    static float runnerUp(@Prediction float[] z, @Target int label, @Target float weight, @Param float margin) {
        float best = max(z.length, j -> j == label ? Float.NEGATIVE_INFINITY : z[j]);
        float[] q = softmax(z);
        float[] logq = logSoftmax(z);
        float entropy = -sum(z.length, j -> q[j] * logq[j]);
        return weight * softplus(best - z[label] + margin) - 0.05f * entropy;
    }

    /** Evidential classification: the expected cross-entropy under a Dirichlet distribution. */
    @Loss
    static float dirichlet(@Prediction float[] z, @Target int label) {
        float[] alpha = vector(z.length, k -> softplus(z[k]) + 1f);
        float total = sum(alpha);
        return digamma(total) - digamma(alpha[label]) + 0.01f * sum(z.length, k -> k == label ? 0f : alpha[k] - 1f);
    }

    /** Huber over the observed entries of a row, each with its weight. */
    @Loss
    static float maskedHuber(
            @Prediction float[] p, @Target float[] y, @Target int[] observed, @Target(min = 0) float[] weight) {
        float count = sum(p.length, i -> observed[i] != 0 ? weight[i] : 0f);
        float total = sum(p.length, i -> {
            float r = abs(p[i] - y[i]);
            return observed[i] != 0 ? weight[i] * (r < 1f ? 0.5f * r * r : r - 0.5f) : 0f;
        });
        return count > 0f ? total / count : 0f;
    }

    /** Quantiles of one number, which should not cross. */
    @Loss
    static float quantiles(@Prediction float[] p, @Target float y) {
        float pinball = mean(p.length, k -> {
            float tau = (k + 0.5f) / p.length;
            float r = y - p[k];
            return max(tau * r, (tau - 1f) * r);
        });
        float crossing = sum(p.length - 1, k -> square(max(p[k] - p[k + 1], 0f)));
        return pinball + crossing;
    }

    /** All pairs of a short row, by how much they differ. */
    @Loss
    static float gapHinge(@Prediction float[] p, @Target float[] y, @Param(min = 0) float margin) {
        return sum(
                        p.length,
                        i -> sum(
                                p.length,
                                j -> y[i] > y[j] ? (y[i] - y[j]) * square(max(margin - (p[i] - p[j]), 0f)) : 0f))
                / (p.length * p.length);
    }

    /** Spearman's correlation with soft ranks. */
    @Loss
    static float softRanks(@Prediction float[] p, @Target float[] y, @Param(min = 0.01) float tau) {
        float[] r = vector(p.length, i -> sum(p.length, j -> sigmoid((p[i] - p[j]) / tau)));
        float[] s = vector(y.length, i -> sum(y.length, j -> sigmoid((y[i] - y[j]) / tau)));
        return mean(p.length, i -> square(r[i] - s[i]));
    }

    /** The ranked probability score of a softmax. */
    @Loss
    static float rankedProbability(@Prediction float[] z, @Target int label) {
        float[] q = softmax(z);
        return sum(z.length, k -> square(sum(k + 1, j -> q[j]) - (k >= label ? 1f : 0f)));
    }

    /** A box by its corners: overlap, the distance of the centres, and the shape. */
    @Loss
    static float completeIou(@Prediction float[] p, @Target float[] y) {
        float w = max(min(p[2], y[2]) - max(p[0], y[0]), 0f);
        float h = max(min(p[3], y[3]) - max(p[1], y[1]), 0f);
        float wp = p[2] - p[0];
        float hp = p[3] - p[1];
        float wy = y[2] - y[0];
        float hy = y[3] - y[1];
        float iou = w * h / (wp * hp + wy * hy - w * h + 1e-6f);
        float width = max(p[2], y[2]) - min(p[0], y[0]);
        float height = max(p[3], y[3]) - min(p[1], y[1]);
        float centres = square(p[0] + p[2] - y[0] - y[2]) + square(p[1] + p[3] - y[1] - y[3]);
        float v = 0.4052847f * square(atan(wy / hy) - atan(wp / hp));
        float alpha = stopGradient(v / (1f - iou + v + 1e-6f));
        return 1f - iou + centres / (4f * (width * width + height * height) + 1e-6f) + alpha * v;
    }

    /** The angle between two rotations. */
    @Loss
    static float rotation(@Prediction float[] q, @Target float[] y) {
        float length = sqrt(sum(4, i -> q[i] * q[i]) + 1e-8f);
        float cosine = abs(sum(4, i -> q[i] * y[i])) / length;
        return 2f * acos(min(cosine, 0.9999f));
    }

    /** A triplet by cosines. */
    @Loss
    static float cosineTriplet(
            @Prediction float[] a, @Prediction float[] p, @Prediction float[] n, @Param float scale) {
        return softplus(scale * (cosineSimilarity(a, n) - cosineSimilarity(a, p) + 0.2f));
    }

    /** Tsallis' entropy as a regularizer of a cross-entropy. */
    @Loss
    static float tsallis(@Prediction float[] z, @Target int label, @Param(min = 1.05) float q) {
        float[] s = softmax(z);
        float entropy = (1f - sum(z.length, i -> pow(s[i], q))) / (q - 1f);
        return logSumExp(z) - z[label] - 0.1f * entropy;
    }
}
