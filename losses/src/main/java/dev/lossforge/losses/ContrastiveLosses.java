package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.cosineSimilarity;
import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.softplus;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.stopGradient;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/**
 * Losses over all pairs of embeddings in a batch, {@code [samples, length]}. Rows that belong together should be close,
 * all others far apart. The work is quadratic in the samples. Each loss is one value for the batch, already a mean.
 */
public final class ContrastiveLosses {

    private ContrastiveLosses() {}

    /**
     * The mean over all pairs of rows, including each row with itself, of {@code d²} for equal labels and {@code max(0,
     * margin − d)²} for different ones. Here d is the Euclidean distance, with gradient 0 at distance 0.
     *
     * <p>R. Hadsell et al., "Dimensionality Reduction by Learning an Invariant Mapping", CVPR 2006, eq. 4 (without the
     * ½).
     */
    @Loss
    static float contrastive(
            @Prediction float[][] embeddings, @Target int[] label, @Param(defaultValue = 1, min = 0) float margin) {
        return mean(
                embeddings.length,
                i -> mean(embeddings.length, j -> {
                    float d = sqrt(sum(embeddings[i].length, k -> square(embeddings[i][k] - embeddings[j][k])));
                    return label[i] == label[j] ? square(d) : square(max(0f, margin - d));
                }));
    }

    /**
     * For unit rows a and b where row i of a belongs to row i of b: the mean of {@code logΣexp_j(aᵢ·bⱼ / τ) − aᵢ·bᵢ /
     * τ}, the softmax cross-entropy of finding a's partner among all of b (InfoNCE). Nats. The rows are not normalised;
     * {@link #pairedNtXent} normalises them and also finds b's partners among a.
     *
     * <p>A. van den Oord et al., "Representation Learning with Contrastive Predictive Coding", 2018, eq. 4.
     */
    @Loss
    static float infoNce(
            @Prediction float[][] a,
            @Prediction float[][] b,
            @Param(defaultValue = 0.1, min = 1e-6) float temperature) {
        return mean(
                a.length, i -> logSumExp(a.length, j -> dot(a[i], b[j]) / temperature) - dot(a[i], b[i]) / temperature);
    }

    /**
     * NT-Xent of two views a and b of the same samples, as in SimCLR: the mean over all 2n rows of the softmax
     * cross-entropy of finding the row's partner among the 2n − 1 others, by cosine / τ. Nats. The cosine of a zero row
     * is 0.
     *
     * <p>T. Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations", ICML 2020, eq. 1.
     */
    @Loss
    static float pairedNtXent(
            @Prediction float[][] a,
            @Prediction float[][] b,
            @Param(defaultValue = 0.5, min = 1e-6) float temperature) {
        return 0.5f * mean(a.length, i -> partnerError(a, b, i, temperature) + partnerError(b, a, i, temperature));
    }

    /**
     * {@code −log} of the partner's share: the exponential of {@code a[i]} with {@code b[i]}, divided by the sum over
     * all other rows.
     */
    private static float partnerError(float[][] a, float[][] b, int i, float temperature) {
        float across = logSumExp(a.length, j -> cosineSimilarity(a[i], b[j]) / temperature);
        float within =
                logSumExp(a.length, j -> j == i ? Float.NEGATIVE_INFINITY : cosineSimilarity(a[i], a[j]) / temperature);
        float all = a.length == 1 ? across : across + softplus(within - across);
        return all - cosineSimilarity(a[i], b[i]) / temperature;
    }

    /**
     * NT-Xent of labelled rows: the mean over all ordered pairs of different rows i, j of equal label of
     * {@code −log(e^sᵢⱼ / (e^sᵢⱼ + Σ e^sᵢₖ))}, the sum over the rows k of another label, s the cosine / τ. Nats; NaN if
     * no two labels are equal. As in optax.
     *
     * <p>T. Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations", ICML 2020, eq. 1.
     */
    @Loss
    @SuppressWarnings("FormulaDomain") // the mean of nothing is NaN
    static float ntXent(
            @Prediction float[][] embeddings,
            @Target int[] label,
            @Param(defaultValue = 0.07, min = 1e-6) float temperature) {
        int n = embeddings.length;
        float total = sum(n, i -> {
            float others = logSumExp(
                    n,
                    k -> label[k] == label[i]
                            ? Float.NEGATIVE_INFINITY
                            : cosineSimilarity(embeddings[i], embeddings[k]) / temperature);
            return sum(
                    n,
                    j -> j != i && label[j] == label[i]
                            ? softplus(others - cosineSimilarity(embeddings[i], embeddings[j]) / temperature)
                            : 0f);
        });
        return total / sum(n, i -> sum(n, j -> j != i && label[j] == label[i] ? 1f : 0f));
    }

    /**
     * Circle loss of unit rows: the mean over the rows that have both an equal and a different label in the batch of
     * {@code log(1 + Σ e^(γ αₙ (sₙ − m)) · Σ e^(−γ αₚ (sₚ − 1 + m)))}, s the dot products with the rows n of another
     * label and p of the same (itself excepted), {@code αₙ = max(0, sₙ + m)} and {@code αₚ = max(0, 1 + m − sₚ)}. A dot
     * product above 1 counts as 1. Nats; NaN if no row has both. As in Keras, which also leaves out rows of loss 0.
     *
     * <p>Y. Sun et al., "Circle Loss: A Unified Perspective of Pair Similarity Optimization", CVPR 2020, eq. 6 to 8.
     *
     * @param gamma γ, the scale
     * @param margin m, the relaxation
     * @param detach 1 treats the factors α as constants, like the paper's gradient; 0 differentiates them as well, like
     *     Keras
     */
    @Loss
    @SuppressWarnings("FormulaDomain") // the mean of nothing is NaN
    static float circle(
            @Prediction float[][] embeddings,
            @Target int[] label,
            @Param(defaultValue = 80, min = 0) float gamma,
            @Param(defaultValue = 0.4, min = 0) float margin,
            @Param(defaultValue = 0, min = 0, max = 1) int detach) {
        int n = embeddings.length;
        float total = sum(n, i -> {
            float alike = logSumExp(n, j -> {
                float s = dot(embeddings[i], embeddings[j]);
                float apart = max(0f, 1f - s);
                float factor = margin + apart;
                float weight = detach == 1 ? stopGradient(factor) : factor;
                return j != i && label[j] == label[i] ? gamma * weight * (apart - margin) : Float.NEGATIVE_INFINITY;
            });
            float different = logSumExp(n, j -> {
                float s = dot(embeddings[i], embeddings[j]);
                float apart = max(0f, 1f - s);
                float factor = max(0f, 1f + margin - apart);
                float weight = detach == 1 ? stopGradient(factor) : factor;
                return label[j] == label[i] ? Float.NEGATIVE_INFINITY : gamma * weight * (1f - margin - apart);
            });
            return hasBoth(label, i, n) ? softplus(alike + different) : 0f;
        });
        return total / sum(n, i -> hasBoth(label, i, n) ? 1f : 0f);
    }

    /** Whether another row has the label of row i, and some row has a different label. */
    static boolean hasBoth(int[] label, int i, int n) {
        float alike = sum(n, j -> label[j] == label[i] ? 1f : 0f);
        return alike > 1f && alike < n;
    }
}
