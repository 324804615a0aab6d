package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.dot;
import static dev.lossforge.dsl.Formulas.logSumExp;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;

import dev.lossforge.dsl.Formulas;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses on embeddings: rows that should be alike or apart. */
public final class SimilarityLosses {

    private SimilarityLosses() {}

    /** {@code 1 − cos(p, y)}, 0 for the same direction, 2 for the opposite; 1 if either is zero. */
    @Loss
    static float cosineSimilarity(@Prediction float[] p, @Target float[] y) {
        return 1f - Formulas.cosineSimilarity(p, y);
    }

    /**
     * {@code 1 − cos(a, b)} if they belong together (y = 1), {@code max(0, cos(a, b) − margin)} if not (y = −1 or 0).
     */
    @Loss
    static float cosineEmbedding(
            @Prediction float[] a,
            @Prediction float[] b,
            @Target(min = -1, max = 1) float y,
            @Param(defaultValue = 0, min = -1, max = 1) float margin) {
        float cosine = Formulas.cosineSimilarity(a, b);
        return y > 0f ? 1f - cosine : max(0f, cosine - margin);
    }

    /**
     * {@code max(0, ‖a − p‖ − ‖a − n‖ + margin)}: the anchor a nearer to the positive p than to the negative n.
     * Euclidean distances, nothing added under the root or to the difference; the gradient of a zero distance is 0.
     *
     * <p>F. Schroff et al., "FaceNet", CVPR 2015, eq. 2 (with distances where they have squares).
     */
    @Loss
    static float triplet(
            @Prediction float[] anchor,
            @Prediction float[] positive,
            @Prediction float[] negative,
            @Param(defaultValue = 1, min = 0) float margin) {
        return max(0f, distance(anchor, positive) - distance(anchor, negative) + margin);
    }

    private static float distance(float[] a, float[] b) {
        return sqrt(sum(a.length, i -> square(a[i] - b[i])));
    }

    /**
     * Over the batch, for unit rows a and b where row i of a belongs to row i of b: the mean of {@code logΣexp_j(aᵢ·bⱼ
     * / τ) − aᵢ·bᵢ / τ}, the softmax cross-entropy of finding the partner (NT-Xent, InfoNCE). Nats.
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
     * Over the batch: the mean over all pairs of rows of {@code d²} for equal labels and {@code max(0, margin − d)²}
     * for different ones, d their Euclidean distance.
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
                    float d = distance(embeddings[i], embeddings[j]);
                    return label[i] == label[j] ? square(d) : square(max(0f, margin - d));
                }));
    }
}
