package dev.lossforge.benchmarks;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.cos;
import static dev.lossforge.dsl.Formulas.cosh;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.log1p;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.pow;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.softmax;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.tanh;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses as textbooks and posts write them, put down before one of them was measured, like {@link UnseenLosses}. */
@SuppressWarnings("FormulaDomain") // lengths of 0, values whose signs the data decides
public final class UnseenTextbookLosses {
    private UnseenTextbookLosses() {}

    @Loss
    static float gemanMcClure(@Prediction float p, @Target float y, @Param(min = 1e-3) float c) {
        float r2 = square((p - y) / c);
        return 2 * r2 / (r2 + 4);
    }

    @Loss
    static float welsch(@Prediction float p, @Target float y, @Param(min = 1e-3) float c) {
        return c * c / 2 * (1 - exp(-square((p - y) / c)));
    }

    @Loss
    static float sideLogCosh(@Prediction float p, @Target float y, @Param float a) {
        float r = p - y;
        return (r > 0 ? a : 1) * log(cosh(r));
    }

    @Loss
    static float smape(@Prediction float p, @Target float y) {
        return 2 * abs(p - y) / (abs(p) + abs(y) + 1e-3f);
    }

    @Loss
    static float softSign(@Prediction float p, @Target float y) {
        float t = (p - y) / (1 + abs(p - y));
        return t * tanh(p - y);
    }

    @Loss
    static float sigmoidFocal(@Prediction float z, @Target float y, @Param float alpha, @Param float gamma) {
        float p = sigmoid(z);
        float ce = softplus(z) - y * z;
        float pt = p * y + (1 - p) * (1 - y);
        return (alpha * y + (1 - alpha) * (1 - y)) * pow(1 - pt, gamma) * ce;
    }

    @Loss
    static float heteroscedastic(@Prediction float mean, @Prediction float raw, @Target float y) {
        float sigma = softplus(raw) + 1e-3f;
        return log(sigma) + 0.5f * square((y - mean) / sigma);
    }

    @Loss
    static float angular(@Prediction float a, @Target float y) {
        return 1 - cos(a - y) + 0.1f * abs(a - y);
    }

    @Loss
    static float cosineByHand(@Prediction float[] p, @Target float[] y) {
        float dot = sum(p.length, i -> p[i] * y[i]);
        float a = sqrt(sum(p.length, i -> p[i] * p[i]));
        float b = sqrt(sum(y.length, i -> y[i] * y[i]));
        return 1 - dot / max(a * b, 1e-8f);
    }

    @Loss
    static float pearson(@Prediction float[] p, @Target float[] y) {
        float mp = mean(p.length, i -> p[i]);
        float my = mean(y.length, i -> y[i]);
        float cov = sum(p.length, i -> (p[i] - mp) * (y[i] - my));
        float vp = sum(p.length, i -> square(p[i] - mp));
        float vy = sum(y.length, i -> square(y[i] - my));
        return 1 - cov / (sqrt(vp) * sqrt(vy) + 1e-6f);
    }

    @Loss
    static float normalizedError(@Prediction float[] p, @Target float[] y) {
        float a = sqrt(sum(p.length, i -> p[i] * p[i]) + 1e-6f);
        float b = sqrt(sum(y.length, i -> y[i] * y[i]) + 1e-6f);
        return sum(p.length, i -> square(p[i] / a - y[i] / b));
    }

    @Loss
    static float smoothedSoftmaxFocal(@Prediction float[] z, @Target int label, @Param float eps) {
        float norm = logSumExp(z);
        float ce = norm - (1 - eps) * z[label] - eps * mean(z.length, i -> z[i]);
        return square(1 - exp(z[label] - norm)) * ce;
    }

    @Loss
    static float confidencePenalty(@Prediction float[] z, @Target int label, @Param float beta) {
        float[] p = softmax(z);
        float entropy = -sum(z.length, i -> p[i] * log(p[i]));
        return -log(p[label]) - beta * entropy;
    }

    @Loss
    static float brier(@Prediction float[] z, @Target int label) {
        float[] p = softmax(z);
        return sum(z.length, i -> square(p[i] - (i == label ? 1 : 0)));
    }

    @Loss
    static float ldamMargin(@Prediction float[] z, @Target int label, @Param float margin, @Param float scale) {
        float own = scale * (z[label] - margin);
        return log(sum(z.length, i -> exp(i == label ? own : scale * z[i]))) - own;
    }

    @Loss
    static float multilabelRanking(@Prediction float[] z, @Target float[] y) {
        float positive = logSumExp(z.length, i -> y[i] > 0.5f ? -z[i] : -1e4f);
        float negative = logSumExp(z.length, i -> y[i] > 0.5f ? -1e4f : z[i]);
        return softplus(positive + negative);
    }

    @Loss
    static float temperatureKl(@Prediction float[] z, @Target float[] t, @Param(min = 0.1) float temperature) {
        float[] q = softmax(t.length, i -> t[i] / temperature);
        float[] p = softmax(z.length, i -> z[i] / temperature);
        return temperature * temperature * sum(z.length, i -> q[i] * (log(q[i]) - log(p[i])));
    }

    @Loss
    static float tripletOfCosines(@Prediction float[] a, @Prediction float[] p, @Prediction float[] n) {
        float na = sqrt(sum(a.length, i -> a[i] * a[i]) + 1e-8f);
        float np = sqrt(sum(p.length, i -> p[i] * p[i]) + 1e-8f);
        float nn = sqrt(sum(n.length, i -> n[i] * n[i]) + 1e-8f);
        float near = sum(a.length, i -> a[i] * p[i]) / (na * np);
        float far = sum(a.length, i -> a[i] * n[i]) / (na * nn);
        return max(0f, far - near + 0.2f);
    }

    @Loss
    static float logDice(@Prediction float[] z, @Target float[] y) {
        float both = sum(z.length, i -> sigmoid(z[i]) * y[i]);
        float all = sum(z.length, i -> sigmoid(z[i]) + y[i]);
        float bce = mean(z.length, i -> softplus(z[i]) - y[i] * z[i]);
        return bce - log((2 * both + 1) / (all + 1));
    }

    @Loss
    static float meanPlusSpread(@Prediction float[] p, @Target float[] y) {
        float m = mean(p.length, i -> abs(p[i] - y[i]));
        return m + sqrt(mean(p.length, i -> square(abs(p[i] - y[i]) - m)) + 1e-6f);
    }

    @Loss
    static float logRatio(@Prediction float[] p, @Target float[] y) {
        return mean(p.length, i -> square(log1p(abs(p[i])) - log1p(abs(y[i]))));
    }

    @Loss
    static float smoothness(@Prediction float[] p, @Target float[] y) {
        float fit = mean(p.length, i -> square(p[i] - y[i]));
        float steps = mean(p.length - 1, i -> sqrt(square(p[i + 1] - p[i]) + 1e-3f));
        return fit + 0.1f * steps;
    }

    @Loss
    static float coral(@Prediction float[][] a, @Prediction float[][] b) {
        return mean(
                a[0].length,
                i -> mean(
                        a[0].length,
                        j -> square(mean(
                                        a.length,
                                        k -> (a[k][i] - mean(a.length, m -> a[m][i]))
                                                * (a[k][j] - mean(a.length, m -> a[m][j])))
                                - mean(
                                        b.length,
                                        k -> (b[k][i] - mean(b.length, m -> b[m][i]))
                                                * (b[k][j] - mean(b.length, m -> b[m][j]))))));
    }

    @Loss
    static float centers(@Prediction float[][] x, @Target int[] label) {
        return mean(
                x.length,
                i -> log(sum(
                                x.length,
                                j -> label[j] != label[i] ? exp(-mean(x[i].length, k -> square(x[i][k] - x[j][k]))) : 0)
                        + 1e-6f));
    }
}
