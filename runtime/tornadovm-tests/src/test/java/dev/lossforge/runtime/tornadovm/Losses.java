package dev.lossforge.runtime.tornadovm;

import static dev.lossforge.dsl.Formulas.*;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Regularizer;
import dev.lossforge.dsl.Scope;
import dev.lossforge.dsl.Target;
import dev.lossforge.dsl.Weight;

/** Formulas whose kernels are generated for these tests, as those of a user are. */
final class Losses {

    private Losses() {}

    @Loss
    static float huber(@Prediction float p, @Target float y, @Param float delta) {
        float r = abs(p - y);
        return r <= delta ? 0.5f * r * r : delta * (r - 0.5f * delta);
    }

    @Loss(hessian = Hessian.DIAGONAL)
    static float logistic(@Prediction float z, @Target float t) {
        return softplus(z) - z * t;
    }

    @Loss
    static float squaredError(@Target float y, @Prediction float p) {
        return square(p - y);
    }

    /** Its gradient is the target. */
    @Loss
    static float alongTarget(@Prediction float p, @Target float gradient) {
        return p * gradient;
    }

    @Loss
    static float softmaxCrossEntropy(@Prediction float[] logits, @Target int label) {
        return logSumExp(logits) - logits[label];
    }

    /** The length of its loop is an entry of an input. */
    @Loss
    static float prefix(@Prediction float[] p, @Target int[] last) {
        return logSumExp(last[0] + 1, i -> p[i]) + sum(last[1], i -> square(p[i]));
    }

    @Loss
    static float adversary(@Prediction float real, @Prediction float fake) {
        return max(0f, 1f - real) + max(0f, 1f + fake);
    }

    @Loss
    static float cosine(@Prediction float[] p, @Target float[] y) {
        return 1f - dot(p, y) / (norm(p) * norm(y) + 1e-6f);
    }

    @Loss
    static float hyperbolic(@Prediction float p, @Target float y) {
        return sinh(0.5f * p) + cosh(0.25f * p) + tanh(p) + asinh(p) + logCosh(p - y) + atan(p);
    }

    @Loss
    static float logarithmic(@Prediction float p, @Target float y) {
        return log1p(p * p) + expm1(p) + sqrt(1f + p * p) + log(1f + exp(p)) + sigmoid(p) * pow(1.5f, p) + erf(p) * y;
    }

    /** Conditions within conditions, of both kinds. */
    @Loss
    static float conditional(@Prediction float p, @Target float y) {
        boolean inside = p > -1f && p < 1f;
        boolean alike = p > 0f && y > 0f || p < 0f && y < 0f;
        boolean odd = !(inside && alike) && (inside || y > 1f);
        return (alike ? square(p - y) : abs(p)) + (odd ? 2f * p : p * y) + (!inside || alike && y < 2f ? p * p * p : y);
    }

    /** Finite wherever p is: no comparison with NaN holds. */
    @Loss
    static float compared(@Prediction float p, @Target float y) {
        float scale = (y <= 0f ? 1f : 2f) + (y >= 0f ? 10f : 20f) + (y < 0f ? 100f : 200f) + (y > 0f ? 1000f : 2000f);
        return square(clamp(p, -1f, 1f)) * scale;
    }

    /** The greatest column, and the least: NaN if any is. */
    @Loss
    static float spread(@Prediction float[] p, @Target float[] y) {
        return max(p.length, i -> p[i] * y[i]) - min(p.length, i -> p[i] * y[i]);
    }

    @Loss
    static float gamma(@Prediction float p, @Target float y) {
        return lgamma(abs(p) + 0.5f) * y;
    }

    @Loss
    static float rounded(@Prediction float p, @Target float y) {
        return square(p - floor(p)) + square(p - round(y)) + ceil(p) * p + clamp(p, -1f, 1f) * sign(y) + p % 1.5f;
    }

    @Loss
    static float scaled(@Prediction float p, @Target float y, @Param(trainable = true) float scale) {
        return square(p - y) * exp(-scale) + scale;
    }

    @Loss
    static float boundedScale(
            @Prediction float p, @Target float y, @Param(trainable = true, min = 0.01, max = 2) float scale) {
        return square(p - y) / scale + log(scale);
    }

    @Loss
    static float weighedClasses(@Prediction float[] p, @Target float[] y, @Param(trainable = true) float[] weights) {
        return sum(p.length, i -> weights[i] * square(p[i] - y[i])) + logSumExp(weights);
    }

    /** The distance of each row to the row that its label picks, and to the nearest other one. */
    @Loss
    static float nearest(@Prediction float[][] p, @Target int[] label) {
        return mean(
                p.length,
                i -> distance(p[i], p[label[i]])
                        - min(p.length, j -> j == i ? Float.POSITIVE_INFINITY : distance(p[i], p[j])));
    }

    private static float distance(float[] a, float[] b) {
        return sum(a.length, k -> square(a[k] - b[k]));
    }

    /** All triples of rows, as many as their cube. */
    @Loss
    static float triples(@Prediction float[][] p, @Param(defaultValue = 1) float margin) {
        return mean(
                p.length,
                i -> mean(
                        p.length,
                        j -> mean(p.length, k -> max(0f, distance(p[i], p[j]) - distance(p[i], p[k]) + margin))));
    }

    /** Between each row and the next; loops whose extents no host knows before. */
    @Loss
    static float steps(@Prediction float[][] p) {
        return sum(p.length - 1, i -> sqrt(1f + distance(p[i], p[i + 1])))
                + sum(p.length, i -> sum(i, j -> dot(p[i], p[j])));
    }

    /** Whole numbers in tables: the best column of each row, and how many rows share it. */
    @Loss
    static float votes(@Prediction float[][] p) {
        return mean(p.length, i -> {
            int best = argMax(p[i]);
            float votes = sum(p.length, j -> argMax(p[j]) == best ? 1f : 0f);
            return p[i][best] / max(votes, 1f);
        });
    }

    /** A scan whose state is a number; each entry sees all that follow. */
    @Loss
    static float recurrence(@Prediction float[] p, @Target float[] y) {
        float[] state = scan(p.length, 0f, (i, before) -> tanh(0.5f * before + p[i]));
        return sum(p.length, i -> square(state[i] - y[i]));
    }

    /** A fold whose state is a row, mixed by trained numbers; steps end where the sample says. */
    @Loss
    static float mixture(@Prediction float[] p, @Target int steps, @Param(trainable = true) float[] mix) {
        int n = mix.length;
        float[] last = fold(
                p.length,
                vector(n, k -> 1f),
                (t, before) -> vector(
                        n,
                        k -> t >= steps
                                ? before[k]
                                : 0.5f * before[k] + sum(n, m -> mix[m] * before[(k + m) % n]) / n + sin(p[t])));
        return sum(n, k -> square(last[k])) / n;
    }

    /** A scan in each step of another, and one that runs as often as a constant says. */
    @Loss
    static float nested(
            @Prediction float[] p, @Target float[] y, @Param(trainable = true, defaultValue = 0.5) float keep) {
        float root = fold(5, 1f, (i, x) -> 0.5f * x + sqrt(1f + squaredNorm(p)));
        return fold(
                        p.length,
                        0f,
                        (i, outer) -> keep * outer
                                + fold(y.length, 0f, (j, inner) -> 0.25f * inner + sin(p[i] * y[j] + outer)))
                + root;
    }

    /** Running sums, greatest and log-sum-exps of first and of last entries. */
    @Loss
    static float prefixes(@Prediction float[] p, @Target float[] y) {
        int n = p.length;
        return mean(
                n,
                k -> square(sum(k + 1, j -> p[j] - y[j]))
                        + logSumExp(k + 1, j -> p[j])
                        - 0.5f * logSumExp(n - k, j -> p[k + j])
                        + max(k + 1, j -> p[j] * y[j]));
    }

    /** The row in its order against the target in its own: both gradients go back through a permutation. */
    @Loss
    static float transport(@Prediction float[] p, @Target float[] y) {
        int[] ofP = argSort(p.length, i -> p[i]);
        int[] ofY = argSort(y.length, i -> y[i]);
        return sum(p.length, k -> (k + 1) * square(p[ofP[k]] - y[ofY[k]]));
    }

    /** Ranks as weights, from the greatest down, of the three entries that are first. */
    @Loss
    static float topRanked(@Prediction float[] p, @Target float[] y) {
        int[] place = rank(p.length, i -> -p[i]);
        return sum(p.length, i -> (place[i] < 3 ? square(p[i] - y[i]) : 0f) / (1 + place[i]));
    }

    /** Running sums and log-sum-exps in the order of the targets, as a partial likelihood has them. */
    @Loss
    static float inOrder(@Prediction float[] p, @Target float[] y) {
        int[] order = argSort(p.length, i -> -y[i]);
        return mean(
                p.length,
                k -> logSumExp(k + 1, j -> p[order[j]]) - p[order[k]] + 0.1f * square(sum(k + 1, j -> p[order[j]])));
    }

    /** An order by what is trained, with a gradient for it. */
    @Loss
    static float trainedOrder(@Prediction float[] p, @Target float[] y, @Param(trainable = true) float temperature) {
        int[] order = argSort(p.length, i -> y[i] * temperature);
        return sum(p.length, k -> square(p[order[k]] * temperature - y[order[k]]) / (k + 1));
    }

    @Loss(hessian = Hessian.DIAGONAL)
    static float discounted(@Prediction float[] p, @Target float[] y) {
        int[] order = argSort(p.length, i -> -y[i]);
        return sum(p.length, k -> softplus(p[order[k]]) / (k + 2));
    }

    /** Orders of as many keys as the data says, and as the round says, are found by counting. */
    @Loss
    static float partialOrders(@Prediction float[] p, @Target int count) {
        int[] some = argSort(count, i -> p[i]);
        return sum(count, k -> (k + 1) * p[some[k]])
                + sum(p.length, i -> {
                    int[] first = argSort(i + 1, j -> p[j]);
                    return square(p[first[0]]);
                });
    }

    /** A scan over the entries in the order of others. */
    @Loss
    static float scanInOrder(@Prediction float[] p, @Target float[] y) {
        int[] order = argSort(y);
        float[] state = scan(p.length, 0f, (k, before) -> 0.5f * before + sin(p[order[k]]));
        return sum(p.length, k -> square(state[k] - y[order[k]]));
    }

    /** One order for each column of a matrix, within the sample. */
    @Loss(scope = Scope.SAMPLE)
    static float sortedColumns(@Prediction float[][] p, @Target float[][] y) {
        return sum(p[0].length, j -> {
            int[] order = argSort(p.length, i -> p[i][j]);
            return sum(p.length, k -> square(p[order[k]][j] - y[k][j]));
        });
    }

    @Regularizer
    static float groupLasso(@Weight float[] w) {
        return norm(w);
    }
}
