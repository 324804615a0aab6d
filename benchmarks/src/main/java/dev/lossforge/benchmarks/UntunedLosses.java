package dev.lossforge.benchmarks;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.cosineSimilarity;
import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.lgamma;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.logSoftmax;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.pow;
import static dev.lossforge.dsl.Formulas.sigmoid;
import static dev.lossforge.dsl.Formulas.softmax;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses as users write them, outside the catalogue: nobody tuned a kernel for one of them. {@code compare.py} measures
 * them beside the catalogue.
 */
public final class UntunedLosses {
    private static final float PI = 3.14159265f;

    private UntunedLosses() {}

    @Loss
    static float wing(@Prediction float p, @Target float y) {
        float r = abs(p - y);
        if (r < 1f) {
            return log(1f + r / 0.5f);
        }
        return r - (1f - log(1f + 1f / 0.5f));
    }

    @Loss
    static float tukey(@Prediction float p, @Target float y, @Param(min = 1e-3) float c) {
        float u = (p - y) / c;
        float inside = 1f - square(u);
        return abs(u) <= 1f ? c * c / 6f * (1f - inside * inside * inside) : c * c / 6f;
    }

    @Loss
    static float cauchy(@Prediction float p, @Target float y, @Param(min = 1e-3) float c) {
        return 0.5f * c * c * log(1f + square((p - y) / c));
    }

    @Loss
    static float charbonnier(@Prediction float p, @Target float y, @Param(min = 1e-6) float eps) {
        return sqrt(square(p - y) + eps * eps);
    }

    @Loss
    static float expectile(@Prediction float p, @Target float y, @Param(min = 0, max = 1) float tau) {
        float r = y - p;
        if (r < 0f) {
            return (1f - tau) * r * r;
        }
        return tau * r * r;
    }

    @Loss
    static float studentT(
            @Prediction float mean, @Prediction float logScale, @Target float y, @Param(min = 1e-3) float nu) {
        float z = (y - mean) * exp(-logScale);
        return logScale
                + 0.5f * (nu + 1f) * log(1f + z * z / nu)
                + lgamma(0.5f * nu)
                - lgamma(0.5f * (nu + 1f))
                + 0.5f * log(nu * PI);
    }

    @Loss
    static float normalInverseGamma(
            @Prediction float mean,
            @Prediction(min = 1e-3) float nu,
            @Prediction(min = 1) float alpha,
            @Prediction(min = 1e-3) float beta,
            @Target float y) {
        float omega = 2f * beta * (1f + nu);
        return 0.5f * log(PI / nu)
                - alpha * log(omega)
                + (alpha + 0.5f) * log(square(y - mean) * nu + omega)
                + lgamma(alpha)
                - lgamma(alpha + 0.5f);
    }

    @Loss
    static float asymmetricMultilabel(
            @Prediction float[] z,
            @Target(min = 0, max = 1) float[] y,
            @Param(min = 0) float gammaPositive,
            @Param(min = 0) float gammaNegative) {
        return -sum(z.length, i -> {
            float p = sigmoid(z[i]);
            float shifted = max(p - 0.05f, 0f);
            return y[i] > 0.5f ? pow(1f - p, gammaPositive) * log(p) : pow(shifted, gammaNegative) * log(1f - shifted);
        });
    }

    @Loss
    static float smoothedFocal(
            @Prediction float[] logits,
            @Target int label,
            @Param(min = 0) float gamma,
            @Param(min = 0, max = 1) float smoothing) {
        float[] logp = logSoftmax(logits);
        return -sum(
                logits.length,
                i -> (i == label ? 1f - smoothing + smoothing / logits.length : smoothing / logits.length)
                        * pow(1f - exp(logp[i]), gamma)
                        * logp[i]);
    }

    @Loss
    static float temperedDistillation(
            @Prediction float[] student,
            @Target float[] teacher,
            @Target int label,
            @Param(min = 0.0625) float temperature,
            @Param(min = 0, max = 1) float alpha) {
        float[] soft = softmax(vector(teacher.length, i -> teacher[i] / temperature));
        float[] logp = logSoftmax(vector(student.length, i -> student[i] / temperature));
        float hard = logSumExp(student) - student[label];
        return alpha * temperature * temperature * -dot(soft, logp) + (1f - alpha) * hard;
    }

    @Loss
    static float squaredEarthMover(@Prediction float[] p, @Target float[] y) {
        return sum(p.length, k -> square(sum(k + 1, j -> p[j]) - sum(k + 1, j -> y[j])));
    }

    @Loss
    static float concordance(@Prediction float[][] p, @Target float[][] y) {
        float meanP = mean(p.length, i -> p[i][0]);
        float meanY = mean(p.length, i -> y[i][0]);
        float varianceP = mean(p.length, i -> square(p[i][0] - meanP));
        float varianceY = mean(p.length, i -> square(y[i][0] - meanY));
        float covariance = mean(p.length, i -> (p[i][0] - meanP) * (y[i][0] - meanY));
        return 1f - 2f * covariance / (varianceP + varianceY + square(meanP - meanY) + 1e-6f);
    }

    @Loss
    static float focalTversky(
            @Prediction(min = 0, max = 1) float[] p,
            @Target(min = 0, max = 1) float[] y,
            @Param(min = 0, max = 1) float alpha,
            @Param(min = 0.0625) float gamma) {
        float tp = dot(p, y);
        float fp = sum(p.length, i -> p[i] * (1f - y[i]));
        float fn = sum(p.length, i -> (1f - p[i]) * y[i]);
        float index = (tp + 1f) / (tp + alpha * fn + (1f - alpha) * fp + 1f);
        return pow(max(1f - index, 0f), gamma);
    }

    @Loss
    static float supervisedContrastive(
            @Prediction float[][] embeddings, @Target int[] label, @Param(min = 0.01) float temperature) {
        int n = embeddings.length;
        return mean(n, i -> {
            float positives = sum(n, j -> j != i && label[j] == label[i] ? 1f : 0f);
            float all = logSumExp(
                    n,
                    j -> j == i
                            ? Float.NEGATIVE_INFINITY
                            : cosineSimilarity(embeddings[i], embeddings[j]) / temperature);
            float alike = sum(
                    n,
                    j -> j != i && label[j] == label[i]
                            ? all - cosineSimilarity(embeddings[i], embeddings[j]) / temperature
                            : 0f);
            return positives > 0f ? alike / positives : 0f;
        });
    }
}
