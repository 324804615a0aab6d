package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.LOG_2;
import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.expm1;
import static dev.lossforge.dsl.Formulas.log;
import static dev.lossforge.dsl.Formulas.log1p;
import static dev.lossforge.dsl.Formulas.logSoftmax;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.sort;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Hessian;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Distances between distributions, one row of probabilities per sample: p is predicted, y is given. In nats, with
 * {@code 0 · log 0 = 0}. The value of a sample is the sum over its row, so the mean is PyTorch's {@code batchmean}.
 */
public final class DivergenceLosses {

    private DivergenceLosses() {}

    /** {@code Σ yᵢ log(yᵢ / pᵢ)}: ∞ where p is 0 and y is not. */
    @Loss
    static float kullbackLeibler(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
        return sum(p.length, i -> y[i] * log(y[i] / p[i]));
    }

    /** The Kullback–Leibler divergence on log-probabilities: {@code Σ yᵢ (log yᵢ − logpᵢ)}. */
    @Loss
    static float kullbackLeiblerWithLogProbabilities(
            @Prediction(max = 0) float[] logp, @Target(min = 0, max = 1) float[] y) {
        return sum(logp.length, i -> y[i] == 0f ? 0f : y[i] * (log(y[i]) - logp[i]));
    }

    /**
     * {@code Σ e^(logyᵢ) (logyᵢ − logpᵢ)}: the target is also given as log-probabilities (PyTorch's {@code log_target =
     * True}). A target of −∞ counts as 0.
     */
    @Loss
    static float kullbackLeiblerWithLogTargets(@Prediction(max = 0) float[] logp, @Target(max = 0) float[] logy) {
        return sum(logp.length, i -> {
            float y = exp(logy[i]);
            return y == 0f ? 0f : y * (logy[i] - logp[i]);
        });
    }

    /**
     * {@code Σ yᵢ (log yᵢ − log softmax(z)ᵢ)} on logits z: the softmax cross-entropy less the entropy of y, so 0 where
     * softmax(z) = y.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float softmaxKullbackLeibler(@Prediction float[] logits, @Target(min = 0, max = 1) float[] y) {
        float normalizer = logSumExp(logits);
        return sum(logits.length, i -> y[i] == 0f ? 0f : y[i] * (log(y[i]) + (normalizer - logits[i])));
    }

    /**
     * {@code T² KL(softmax(teacher / T) ‖ softmax(student / T))}: a small network learns the answers of a large one.
     * For T &gt; 1 it also learns the ratios of unlikely answers. The factor T² keeps the size of the gradient.
     *
     * <p>G. Hinton, O. Vinyals, J. Dean, "Distilling the Knowledge in a Neural Network", 2015, section 2.
     *
     * @param temperature T
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float distillation(
            @Prediction float[] student,
            @Target float[] teacher,
            @Param(defaultValue = 2, min = 1e-6) float temperature) {
        float[] logy = logSoftmax(vector(teacher.length, i -> teacher[i] / temperature));
        float[] logp = logSoftmax(vector(student.length, i -> student[i] / temperature));
        return square(temperature)
                * sum(student.length, i -> exp(logy[i]) == 0f ? 0f : exp(logy[i]) * (logy[i] - logp[i]));
    }

    /**
     * {@code ½ KL(p ‖ m) + ½ KL(y ‖ m)} with {@code m = ½ (p + y)}: symmetric, at most log 2. Zeros in either or both
     * are fine; the slope is −∞ where p is 0 and y is not.
     *
     * <p>J. Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Trans. Inform. Theory 37 (1991), eq. 4.2.
     */
    @Loss
    static float jensenShannon(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
        return 0.5f
                * sum(p.length, i -> {
                    float apart = (p[i] - y[i]) / (p[i] + y[i]);
                    return y[i] == 0f ? p[i] * LOG_2 : p[i] * log1p(apart) + y[i] * log1p(-apart);
                });
    }

    /** {@code ½ Σ |pᵢ − yᵢ|}, between 0 and 1. Gradient 0 where they are equal. */
    @Loss
    static float totalVariation(@Prediction(min = 0, max = 1) float[] p, @Target(min = 0, max = 1) float[] y) {
        return 0.5f * sum(p.length, i -> abs(p[i] - y[i]));
    }

    /**
     * {@code 1/n Σ |p₍ₖ₎ − y₍ₖ₎|} of the sorted rows: the Wasserstein-1 or earth mover's distance of two samples of
     * equally many points on a line. Gradient 0 where a pair is equal.
     *
     * <p>C. Villani, "Topics in Optimal Transportation", 2003, theorem 2.18 and remark 2.19.
     *
     * @param p points, in any order
     */
    @Loss
    static float wassersteinDistance(@Prediction float[] p, @Target float[] y) {
        float[] points = sort(p);
        float[] given = sort(y);
        return mean(p.length, k -> abs(points[k] - given[k]));
    }

    /**
     * {@code β KL(t ‖ m) + (1 − β) KL(s ‖ m)} with {@code m = β t + (1 − β) s}, s and t the softmax of the student's
     * and the teacher's logits: between the forward (β near 0) and the reverse (β near 1) Kullback–Leibler divergence,
     * up to a factor; β = ½ is {@link #jensenShannon}.
     *
     * <p>R. Agarwal et al., "On-Policy Distillation of Language Models: Learning from Self-Generated Mistakes", ICLR
     * 2024, section 2 (GKD); Liger's JSD.
     */
    @Loss
    static float generalizedJensenShannon(
            @Prediction float[] student,
            @Target float[] teacher,
            @Param(defaultValue = 0.5, min = 1e-6, max = 0.999999) float beta) {
        float[] logs = logSoftmax(student);
        float[] logt = logSoftmax(teacher);
        return sum(student.length, i -> {
            float logm = logSumExp(2, k -> k == 0 ? logt[i] + log(beta) : logs[i] + log1p(-beta));
            return beta * excess(logt[i], logm) + (1f - beta) * excess(logs[i], logm);
        });
    }

    /**
     * {@code T² KL(softmax(student / T) ‖ softmax(teacher / T))}: {@link #distillation} the other way round. The
     * student keeps to answers that the teacher finds likely, possibly to only one of them. +∞ if the teacher excludes
     * an answer that the student does not.
     *
     * <p>Y. Gu et al., "MiniLLM: Knowledge Distillation of Large Language Models", ICLR 2024, eq. 1.
     *
     * @param temperature T
     */
    @Loss
    static float reverseKullbackLeibler(
            @Prediction float[] student,
            @Target float[] teacher,
            @Param(defaultValue = 1, min = 1e-6) float temperature) {
        float[] logs = logSoftmax(vector(student.length, i -> student[i] / temperature));
        float[] logt = logSoftmax(vector(teacher.length, i -> teacher[i] / temperature));
        return square(temperature) * sum(student.length, i -> excess(logs[i], logt[i]));
    }

    @SuppressWarnings("FormulaEquality") // asks whether the exponential has underflown
    private static float excess(float logp, float logq) {
        return exp(logp) == 0f ? 0f : exp(logp) * (logp - logq);
    }

    /**
     * {@code ½ (mean² + e^logVariance − 1 − logVariance)}: the Kullback–Leibler divergence of a normal distribution
     * from the standard one, as in a variational autoencoder. Per element; sum it over the latent dimensions.
     *
     * <p>D. P. Kingma, M. Welling, "Auto-Encoding Variational Bayes", ICLR 2014, appendix B.
     */
    @Loss(hessian = Hessian.DIAGONAL)
    static float gaussianKullbackLeibler(@Prediction float mean, @Prediction float logVariance) {
        return 0.5f * (square(mean) + (expm1(logVariance) - logVariance));
    }

    /**
     * The mean of {@code k(aᵢ, aⱼ)} plus that of {@code k(bᵢ, bⱼ)} less twice that of {@code k(aᵢ, bⱼ)} over all pairs
     * of rows, {@code k(x, y) = e^(−|x − y|² / (2 bandwidth²))}: the squared maximum mean discrepancy of two samples. 0
     * where they are the same. Over the batch {@code [samples, length]}; the work is quadratic in the samples.
     *
     * <p>A. Gretton et al., "A Kernel Two-Sample Test", JMLR 13 (2012), eq. 5.
     */
    @Loss
    static float maximumMeanDiscrepancy(
            @Prediction float[][] a, @Prediction float[][] b, @Param(defaultValue = 1, min = 1e-6) float bandwidth) {
        return affinity(a, a, bandwidth) + affinity(b, b, bandwidth) - 2f * affinity(a, b, bandwidth);
    }

    private static float affinity(float[][] a, float[][] b, float bandwidth) {
        float factor = -0.5f / square(bandwidth);
        return mean(a.length, i -> mean(b.length, j -> exp(factor * sum(a[i].length, k -> square(a[i][k] - b[j][k])))));
    }
}
