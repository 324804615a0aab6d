package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.min;
import static dev.lossforge.dsl.Formulas.pow;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Formulas;
import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses on embeddings, rows that should be close or far apart: two or three rows per sample. */
public final class SimilarityLosses {

    private SimilarityLosses() {}

    /**
     * {@code 1 − cos(p, y)}: 0 for the same direction, 2 for the opposite; 1 with gradient 0 if either is the zero
     * vector. Keras gives {@code −cos}, 1 less.
     */
    @Loss
    static float cosineSimilarity(@Prediction float[] p, @Target float[] y) {
        return 1f - Formulas.cosineSimilarity(p, y);
    }

    /**
     * {@code 1 − r}, r the correlation coefficient of the two rows: 0 if one is the other up to a scale and an offset.
     * 1 with gradient 0 if a row is constant. For images flattened to rows, it is the global normalised
     * cross-correlation.
     *
     * <p>K. Pearson, "Notes on regression and inheritance in the case of two parents", Proceedings of the Royal Society
     * of London 58 (1895).
     */
    @Loss
    static float correlation(@Prediction float[] p, @Target float[] y) {
        float meanP = mean(p);
        float meanY = mean(y);
        return 1f - Formulas.cosineSimilarity(vector(p.length, i -> p[i] - meanP), vector(y.length, i -> y[i] - meanY));
    }

    /**
     * {@code 1 − cos(a, b)} if they belong together (y = 1), {@code max(0, cos(a, b) − margin)} if not (y = −1 or 0).
     * The cosine of a zero vector is 0 with gradient 0.
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
     * {@code max(0, d(anchor, positive) − d(anchor, negative) + margin)}: the anchor should be nearer to the positive
     * than to the negative. Euclidean distances {@code d(a, b) = √(Σ (aᵢ − bᵢ + eps)² + rootEps)}, with both terms 0 by
     * default. The gradient of a zero distance is then 0, and so is the gradient at the kink.
     *
     * <p>F. Schroff et al., "FaceNet", CVPR 2015, eq. 2 (with distances instead of their squares); V. Balntas et al.,
     * BMVC 2016, section 3.3, for the swap.
     *
     * @param eps added to each difference; PyTorch adds 1e-6
     * @param rootEps added under the root; optax adds 1e-6
     * @param swap 1 measures the negative from the anchor or the positive, whichever is nearer; 0 from the anchor
     */
    @Loss
    static float triplet(
            @Prediction float[] anchor,
            @Prediction float[] positive,
            @Prediction float[] negative,
            @Param(defaultValue = 1, min = 0) float margin,
            @Param(defaultValue = 0, min = 0) float eps,
            @Param(defaultValue = 0, min = 0) float rootEps,
            @Param(defaultValue = 0, min = 0, max = 1) int swap) {
        float apart = distance(anchor, negative, eps, rootEps);
        float nearest = swap == 1 ? min(apart, distance(positive, negative, eps, rootEps)) : apart;
        return max(0f, distance(anchor, positive, eps, rootEps) - nearest + margin);
    }

    private static float distance(float[] a, float[] b, float eps, float rootEps) {
        return sqrt(sum(a.length, i -> square(a[i] - b[i] + eps)) + rootEps);
    }

    /**
     * {@link #triplet} with the distances of the p-norm, {@code (Σ |aᵢ − bᵢ + eps|^p)^(1/p)}. Gradient 0 where a
     * difference is 0.
     *
     * @param p the order of the norm, at least 1; 1 is the sum of absolute differences
     * @param eps added to each difference; PyTorch adds 1e-6
     * @param swap 1 measures the negative from the anchor or the positive, whichever is nearer; 0 from the anchor
     */
    @Loss
    static float tripletOfNorm(
            @Prediction float[] anchor,
            @Prediction float[] positive,
            @Prediction float[] negative,
            @Param(defaultValue = 1, min = 0) float margin,
            @Param(defaultValue = 1, min = 1) float p,
            @Param(defaultValue = 0, min = 0) float eps,
            @Param(defaultValue = 0, min = 0, max = 1) int swap) {
        float apart = distanceOfNorm(anchor, negative, p, eps);
        float nearest = swap == 1 ? min(apart, distanceOfNorm(positive, negative, p, eps)) : apart;
        return max(0f, distanceOfNorm(anchor, positive, p, eps) - nearest + margin);
    }

    private static float distanceOfNorm(float[] a, float[] b, float p, float eps) {
        float powers = sum(a.length, i -> pow(abs(a[i] - b[i] + eps), p));
        return powers > 0f ? pow(powers, 1f / p) : 0f * powers;
    }
}
