package dev.lossforge.benchmarks;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.cosineSimilarity;
import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.fold;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.sign;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.squaredNorm;
import static dev.lossforge.dsl.Formulas.stopGradient;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.tanh;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Scope;
import dev.lossforge.dsl.Target;

/** What {@link UnseenLosses} is, for losses over the batch and of matrices. */
@SuppressWarnings("FormulaDomain") // batches of one row, pictures of one line, boxes without a size
public final class UnseenBatchLosses {
    private UnseenBatchLosses() {}

    // --------------------------------------------------------------------------------------------------- batches

    /** Maximum mean discrepancy with a kernel of several widths. */
    @Loss
    static float multiscaleMmd(@Prediction float[][] x, @Prediction float[][] y) {
        int n = x.length;
        float xx = mean(n, i -> mean(n, j -> kernel(sum(x[i].length, k -> square(x[i][k] - x[j][k])))));
        float yy = mean(n, i -> mean(n, j -> kernel(sum(x[i].length, k -> square(y[i][k] - y[j][k])))));
        float xy = mean(n, i -> mean(n, j -> kernel(sum(x[i].length, k -> square(x[i][k] - y[j][k])))));
        return xx + yy - 2f * xy;
    }

    private static float kernel(float d) {
        return exp(-d / 8f) + exp(-d / 32f) + exp(-d / 128f);
    }

    /** The Hilbert–Schmidt independence criterion of two representations. */
    @Loss
    static float independence(@Prediction float[][] p, @Target float[][] y) {
        int n = p.length;
        float[] rows = vector(n, i -> mean(n, j -> exp(-sum(p[i].length, k -> square(p[i][k] - p[j][k])) / 64f)));
        float all = mean(rows);
        return mean(
                n,
                i -> mean(
                        n,
                        j -> (exp(-sum(p[i].length, k -> square(p[i][k] - p[j][k])) / 64f) - rows[i] - rows[j] + all)
                                * exp(-sum(y[i].length, k -> square(y[i][k] - y[j][k])) / 64f)));
    }

    /** Invariance, variance and covariance of two views. */
    @Loss
    static float invarianceCovariance(@Prediction float[][] a, @Prediction float[][] b) {
        int n = a.length;
        int d = a[0].length;
        float invariance = mean(n, i -> mean(d, k -> square(a[i][k] - b[i][k])));
        return 25f * invariance + spread(a) + spread(b);
    }

    private static float spread(float[][] x) {
        int n = x.length;
        int d = x[0].length;
        float[] centre = vector(d, k -> mean(n, i -> x[i][k]));
        float variance = mean(d, k -> max(1f - sqrt(sum(n, i -> square(x[i][k] - centre[k])) / (n - 1) + 1e-4f), 0f));
        float covariance = sum(
                        d,
                        k -> sum(
                                d,
                                l -> k == l
                                        ? 0f
                                        : square(sum(n, i -> (x[i][k] - centre[k]) * (x[i][l] - centre[l])) / (n - 1))))
                / d;
        return 25f * variance + covariance;
    }

    /** The N-pair loss with a penalty on lengths. */
    @Loss
    static float nPair(@Prediction float[][] a, @Prediction float[][] b) {
        int n = a.length;
        return mean(n, i -> log(1f + sum(n, j -> j == i ? 0f : exp(dot(a[i], b[j]) - dot(a[i], b[i])))))
                + 0.002f * mean(n, i -> squaredNorm(a[i]) + squaredNorm(b[i]));
    }

    /** The multi-similarity loss without mining. */
    @Loss
    static float multiSimilarity(
            @Prediction float[][] x, @Target int[] label, @Param(min = 0.1) float alpha, @Param(min = 0.1) float beta) {
        int n = x.length;
        return mean(
                n,
                i -> log(1f
                                        + sum(
                                                n,
                                                j -> j != i && label[j] == label[i]
                                                        ? exp(-alpha * (cosineSimilarity(x[i], x[j]) - 0.5f))
                                                        : 0f))
                                / alpha
                        + log(1f
                                        + sum(
                                                n,
                                                j -> label[j] != label[i]
                                                        ? exp(beta * (cosineSimilarity(x[i], x[j]) - 0.5f))
                                                        : 0f))
                                / beta);
    }

    /** A triplet of the hardest positive and the hardest negative of each row. */
    @Loss
    static float hardestTriplet(@Prediction float[][] x, @Target int[] label, @Param float margin) {
        int n = x.length;
        return mean(n, i -> {
            float far = max(n, j -> label[j] == label[i] ? distance(x[i], x[j]) : 0f);
            float near = min(n, j -> label[j] == label[i] ? 1e9f : distance(x[i], x[j]));
            return max(far - near + margin, 0f);
        });
    }

    private static float distance(float[] a, float[] b) {
        return sqrt(sum(a.length, k -> square(a[k] - b[k])) + 1e-6f);
    }

    /** Kendall's correlation over the batch, softly. */
    @Loss
    static float softConcordance(@Prediction float[][] p, @Target float[] y) {
        int n = p.length;
        return -sum(n, i -> sum(n, j -> sign(y[i] - y[j]) * tanh(p[i][0] - p[j][0]))) / (n * (n - 1));
    }

    /** Distance correlation of two sets of points. */
    @Loss
    static float distanceCorrelation(@Prediction float[][] p, @Target float[][] y) {
        int n = p.length;
        float[] a = vector(n, i -> mean(n, j -> distance(p[i], p[j])));
        float[] b = vector(n, i -> mean(n, j -> distance(y[i], y[j])));
        float ma = mean(a);
        float mb = mean(b);
        float ab = sum(
                n,
                i -> sum(
                        n, j -> (distance(p[i], p[j]) - a[i] - a[j] + ma) * (distance(y[i], y[j]) - b[i] - b[j] + mb)));
        float aa = sum(n, i -> sum(n, j -> square(distance(p[i], p[j]) - a[i] - a[j] + ma)));
        float bb = sum(n, i -> sum(n, j -> square(distance(y[i], y[j]) - b[i] - b[j] + mb)));
        return 1f - ab / (sqrt(aa * bb) + 1e-6f);
    }

    /** Alignment and uniformity on the sphere. */
    @Loss
    static float alignmentUniformity(@Prediction float[][] x, @Prediction float[][] y) {
        int n = x.length;
        float alignment = mean(n, i -> sum(x[i].length, k -> square(x[i][k] - y[i][k])));
        float uniformity = log(mean(n, i -> mean(n, j -> exp(-2f * sum(x[i].length, k -> square(x[i][k] - x[j][k]))))));
        return alignment + uniformity;
    }

    // -------------------------------------------------------------------------------------------------- matrices

    /** The gradients of an image should be those of the target. */
    @Loss(scope = Scope.SAMPLE)
    static float gradientDifference(@Prediction float[][] p, @Target float[][] y) {
        float down = sum(
                p.length - 1,
                i -> sum(p[0].length, j -> square(abs(p[i + 1][j] - p[i][j]) - abs(y[i + 1][j] - y[i][j]))));
        float across = sum(
                p.length,
                i -> sum(p[0].length - 1, j -> square(abs(p[i][j + 1] - p[i][j]) - abs(y[i][j + 1] - y[i][j]))));
        return down + across;
    }

    /** Log-probabilities should not jump from frame to frame: the truncated error of MS-TCN. */
    @Loss(scope = Scope.SAMPLE)
    static float frames(@Prediction float[][] z, @Target int[] label) {
        int n = z.length;
        int c = z[0].length;
        float[] norm = vector(n, t -> logSumExp(z[t]));
        float entropy = mean(n, t -> norm[t] - z[t][label[t]]);
        float jumps = mean(
                n - 1,
                t -> mean(c, k -> {
                    float jump = z[t + 1][k] - norm[t + 1] - stopGradient(z[t][k] - norm[t]);
                    return min(square(jump), 16f);
                }));
        return entropy + 0.15f * jumps;
    }

    /** The boxes of a picture against their targets. */
    @Loss(scope = Scope.SAMPLE)
    static float boxes(@Prediction float[][] p, @Target float[][] y, @Target int[] present) {
        float count = sum(p.length, b -> present[b] != 0 ? 1f : 0f);
        return sum(p.length, b -> present[b] != 0 ? 1f - overlap(p[b], y[b]) : 0f) / max(count, 1f);
    }

    private static float overlap(float[] p, float[] y) {
        float w = max(min(p[2], y[2]) - max(p[0], y[0]), 0f);
        float h = max(min(p[3], y[3]) - max(p[1], y[1]), 0f);
        return w * h / ((p[2] - p[0]) * (p[3] - p[1]) + (y[2] - y[0]) * (y[3] - y[1]) - w * h + 1e-6f);
    }

    /** The negative log-likelihood of a chain of labels whose transitions cost their distance. */
    @Loss(scope = Scope.SAMPLE)
    static float chain(@Prediction float[][] z, @Target int[] label) {
        int n = z.length;
        int c = z[0].length;
        float[] last = fold(
                n, vector(c, k -> 0f), (t, s) -> vector(c, k -> z[t][k] + logSumExp(c, l -> s[l] - 0.5f * abs(k - l))));
        float score = sum(n, t -> z[t][label[t]]) - sum(n - 1, t -> 0.5f * abs(label[t + 1] - label[t]));
        return logSumExp(last) - score;
    }
}
