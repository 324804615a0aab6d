package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.max;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.part;
import static dev.lossforge.dsl.Formulas.sqrt;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Formulas.vector;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;

/**
 * Losses of two views a and b of the same samples, {@code [samples, length]}. They need no negatives, because they keep
 * the columns from collapsing. The work is quadratic in the length.
 */
public final class SelfSupervisionLosses {

    private SelfSupervisionLosses() {}

    /**
     * {@code Σ (1 − Cⱼⱼ)² + λ Σ Cⱼₖ²}, the second sum over j ≠ k: C holds the correlations, over the batch, of the
     * columns of a with those of b. A constant column has correlation 0 with every other.
     *
     * <p>J. Zbontar et al., "Barlow Twins: Self-Supervised Learning via Redundancy Reduction", ICML 2021, eq. 1 and 2.
     *
     * @param lambda λ
     * @param eps added to variances, as in batch normalisation
     */
    @Loss
    static float barlowTwins(
            @Prediction float[][] a,
            @Prediction float[][] b,
            @Param(defaultValue = 0.005, min = 0) float lambda,
            @Param(defaultValue = 1e-5, min = Float.MIN_NORMAL) float eps) {
        int columns = a[0].length;
        float[] meanA = means(a);
        float[] meanB = means(b);
        float[] scaleA = vector(columns, j -> 1f / sqrt(variance(a, meanA, j, a.length) + eps));
        float[] scaleB = vector(columns, j -> 1f / sqrt(variance(b, meanB, j, a.length) + eps));
        return sum(
                columns,
                j -> sum(columns, k -> {
                    float product = mean(a.length, i -> (a[i][j] - meanA[j]) * (b[i][k] - meanB[k]));
                    float correlation = product * scaleA[j] * scaleB[k];
                    return j == k ? square(1f - correlation) : lambda * square(correlation);
                }));
    }

    /**
     * Invariance, the mean of {@code (a − b)²}; variance, the mean over the columns of a and of b of {@code max(0, γ −
     * √(var + eps))}; and covariance, {@code Σ cov² / length} of the different columns of a and of b; each times its
     * weight. The three terms without their weights are the parts. Variances and covariances divide by samples − 1.
     *
     * <p>A. Bardes, J. Ponce, Y. LeCun, "VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised
     * Learning", ICLR 2022, eq. 1 to 6, variance halved as in the authors' code.
     *
     * @param gamma γ, the standard deviation that a column should have
     */
    @Loss
    static float vicReg(
            @Prediction float[][] a,
            @Prediction float[][] b,
            @Param(defaultValue = 25, min = 0) float invarianceWeight,
            @Param(defaultValue = 25, min = 0) float varianceWeight,
            @Param(defaultValue = 1, min = 0) float covarianceWeight,
            @Param(defaultValue = 1, min = 0) float gamma,
            @Param(defaultValue = 1e-4, min = Float.MIN_NORMAL) float eps) {
        float[] meanA = means(a);
        float[] meanB = means(b);
        float invariance = mean(a.length, i -> mean(a[i].length, j -> square(a[i][j] - b[i][j])));
        float variance = 0.5f * (shortfall(a, meanA, gamma, eps) + shortfall(b, meanB, gamma, eps));
        float covariance = redundancy(a, meanA) + redundancy(b, meanB);
        return invarianceWeight * part("invariance", invariance)
                + varianceWeight * part("variance", variance)
                + covarianceWeight * part("covariance", covariance);
    }

    private static float[] means(float[][] a) {
        return vector(a[0].length, j -> mean(a.length, i -> a[i][j]));
    }

    private static float variance(float[][] a, float[] means, int j, int divisor) {
        return sum(a.length, i -> square(a[i][j] - means[j])) / divisor;
    }

    private static float shortfall(float[][] a, float[] means, float gamma, float eps) {
        int divisor = max(a.length - 1, 1);
        return mean(means.length, j -> max(0f, gamma - sqrt(variance(a, means, j, divisor) + eps)));
    }

    private static float redundancy(float[][] a, float[] means) {
        int divisor = max(a.length - 1, 1);
        return mean(
                means.length,
                j -> sum(means.length, k -> {
                    float product = sum(a.length, i -> (a[i][j] - means[j]) * (a[i][k] - means[k]));
                    return j == k ? 0f : square(product / divisor);
                }));
    }
}
