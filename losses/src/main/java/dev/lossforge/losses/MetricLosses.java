package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.cosineSimilarity;
import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.exp;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.min;
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
 * Further losses over a batch of embeddings, next to {@link ContrastiveLosses}: for labelled rows {@code [samples,
 * length]}, or for two encoders whose rows belong together. Each is one value for the batch, already a mean; the work
 * is quadratic in the samples.
 */
public final class MetricLosses {

    private MetricLosses() {}

    /**
     * Supervised contrastive loss (SupCon), in nats. For each row i that shares its label with other rows p, it takes
     * the mean over p of {@code logΣexp sᵢₐ − sᵢₚ}. The sum runs over all rows a except i, and s is the cosine / τ. The
     * loss is the mean over these rows i; NaN if no two labels are equal.
     *
     * <p>P. Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020, eq. 2.
     *
     * @param temperature τ
     */
    @Loss
    @SuppressWarnings("FormulaDomain") // the mean of nothing is NaN
    static float supervisedContrastive(
            @Prediction float[][] embeddings,
            @Target int[] label,
            @Param(defaultValue = 0.1, min = 1e-6) float temperature) {
        int n = embeddings.length;
        float total = sum(n, i -> {
            float all = logSumExp(
                    n,
                    a -> a == i
                            ? Float.NEGATIVE_INFINITY
                            : cosineSimilarity(embeddings[i], embeddings[a]) / temperature);
            float errors = sum(
                    n,
                    j -> j != i && label[j] == label[i]
                            ? all - cosineSimilarity(embeddings[i], embeddings[j]) / temperature
                            : 0f);
            return errors / max(others(label, i), 1f);
        });
        return total / sum(n, i -> others(label, i) > 0f ? 1f : 0f);
    }

    /** How many other rows have the label of row i. */
    private static float others(int[] label, int i) {
        return sum(label.length, j -> j != i && label[j] == label[i] ? 1f : 0f);
    }

    /**
     * The mean over the rows of {@code 1/α log(1 + Σ e^(−α (sₚ − λ))) + 1/β log(1 + Σ e^(β (sₙ − λ)))}, s the cosines
     * with rows p of the same label and n of others: a pair's weight depends on how it compares with the rest. All
     * pairs are used; selecting hard pairs is left to the caller.
     *
     * <p>X. Wang et al., "Multi-Similarity Loss with General Pair Weighting for Deep Metric Learning", CVPR 2019, eq.
     * 15.
     *
     * @param base λ
     */
    @Loss
    static float multiSimilarity(
            @Prediction float[][] embeddings,
            @Target int[] label,
            @Param(defaultValue = 2, min = 1e-6) float alpha,
            @Param(defaultValue = 50, min = 1e-6) float beta,
            @Param(defaultValue = 0.5, min = -1, max = 1) float base) {
        int n = embeddings.length;
        return mean(n, i -> {
            float alike = logSumExp(
                    n,
                    j -> j != i && label[j] == label[i]
                            ? -alpha * (cosineSimilarity(embeddings[i], embeddings[j]) - base)
                            : Float.NEGATIVE_INFINITY);
            float different = logSumExp(
                    n,
                    j -> label[j] == label[i]
                            ? Float.NEGATIVE_INFINITY
                            : beta * (cosineSimilarity(embeddings[i], embeddings[j]) - base));
            return softplus(alike) / alpha + softplus(different) / beta;
        });
    }

    /**
     * The mean of {@code max(0, margin + dₚ − dₙ)} over the rows for which the batch has both another row of the same
     * label and a row of a different label. Here dₚ is the distance to the farthest row of the same label, and dₙ the
     * distance to the nearest row of a different one. Gradient 0 at the kink and at distance 0; of equal distances, the
     * first counts. NaN if there is no such row.
     *
     * <p>A. Hermans, L. Beyer, B. Leibe, "In Defense of the Triplet Loss for Person Re-Identification", 2017, eq. 5.
     */
    @Loss
    @SuppressWarnings("FormulaDomain") // the mean of nothing is NaN
    static float batchHardTriplet(
            @Prediction float[][] embeddings, @Target int[] label, @Param(defaultValue = 0.2, min = 0) float margin) {
        int n = embeddings.length;
        float total = sum(n, i -> {
            float farthest = max(
                    n,
                    j -> j != i && label[j] == label[i]
                            ? distance(embeddings[i], embeddings[j])
                            : Float.NEGATIVE_INFINITY);
            float nearest = min(
                    n, j -> label[j] == label[i] ? Float.POSITIVE_INFINITY : distance(embeddings[i], embeddings[j]));
            return ContrastiveLosses.hasBoth(label, i, n) ? max(0f, margin + farthest - nearest) : 0f;
        });
        return total / sum(n, i -> ContrastiveLosses.hasBoth(label, i, n) ? 1f : 0f);
    }

    private static float distance(float[] a, float[] b) {
        return sqrt(sum(a.length, k -> square(a[k] - b[k])));
    }

    /**
     * For unit rows a and b where row i of a belongs to row i of b: half the softmax cross-entropy of finding a's
     * partner among all of b, plus half of finding b's among all of a, by dot product / τ (CLIP). Nats. It is
     * {@link ContrastiveLosses#infoNce} in both directions, with a trainable temperature.
     *
     * <p>A. Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", ICML 2021, figure
     * 3.
     *
     * @param temperature τ
     */
    @Loss
    static float symmetricInfoNce(
            @Prediction float[][] a,
            @Prediction float[][] b,
            @Param(defaultValue = 0.07, min = 1e-6, trainable = true) float temperature) {
        return mean(
                a.length,
                i -> 0.5f * logSumExp(a.length, j -> dot(a[i], b[j]) / temperature)
                        + 0.5f * logSumExp(a.length, j -> dot(a[j], b[i]) / temperature)
                        - dot(a[i], b[i]) / temperature);
    }

    /**
     * {@code −1/n Σᵢ Σⱼ log σ(±(t aᵢ·bⱼ + bias))} of unit rows, + for partners (i = j), − for the others, {@code t =
     * e^logScale}: each pair is independent, so no row needs the whole batch. Nats.
     *
     * <p>X. Zhai et al., "Sigmoid Loss for Language Image Pre-Training", ICCV 2023, eq. 2 (SigLIP).
     *
     * @param logScale log t; the default is log 10
     */
    @Loss
    static float sigLip(
            @Prediction float[][] a,
            @Prediction float[][] b,
            @Param(defaultValue = 2.302585093, trainable = true) float logScale,
            @Param(defaultValue = -10, trainable = true) float bias) {
        float scale = exp(logScale);
        return mean(
                a.length,
                i -> sum(a.length, j -> {
                    float z = scale * dot(a[i], b[j]) + bias;
                    return softplus(i == j ? -z : z);
                }));
    }

    /**
     * {@code log(1 + Σ e^(scale (cⱼ − cᵢ)))} over all i and j with {@code yᵢ > yⱼ}, c is the cosine of row i of a with
     * row i of b, and y is the similarity of the two. More similar rows should have a larger cosine (CoSENT). Nats.
     *
     * <p>J. Su, "CoSENT: A more efficient sentence vector scheme than Sentence-BERT", 2022; sentence-transformers'
     * CoSENTLoss.
     */
    @Loss
    static float coSent(
            @Prediction float[][] a,
            @Prediction float[][] b,
            @Target float[] y,
            @Param(defaultValue = 20, min = 0) float scale) {
        float[] cosines = vector(a.length, i -> scale * cosineSimilarity(a[i], b[i]));
        return softplus(logSumExp(
                a.length,
                i -> logSumExp(a.length, j -> y[i] > y[j] ? cosines[j] - cosines[i] : Float.NEGATIVE_INFINITY)));
    }
}
