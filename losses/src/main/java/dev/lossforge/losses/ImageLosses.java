package dev.lossforge.losses;

import static dev.lossforge.dsl.Formulas.abs;
import static dev.lossforge.dsl.Formulas.mean;
import static dev.lossforge.dsl.Formulas.square;
import static dev.lossforge.dsl.Formulas.sum;
import static dev.lossforge.dsl.Scope.SAMPLE;

import dev.lossforge.dsl.Loss;
import dev.lossforge.dsl.Param;
import dev.lossforge.dsl.Prediction;
import dev.lossforge.dsl.Target;

/** Losses on images: a sample is a matrix of pixels, {@code [rows, columns]}, of one channel. */
public final class ImageLosses {
    private static final int WINDOW = 7;

    private ImageLosses() {}

    /**
     * {@code Σ |p[i + 1][j] − p[i][j]| + Σ |p[i][j + 1] − p[i][j]|}: how much neighbours differ, down and across.
     * Gradient 0 where neighbours are equal. A penalty to add to a loss that compares images.
     *
     * <p>L. Rudin et al., "Nonlinear total variation based noise removal algorithms", Physica D 60, 1992, with absolute
     * values instead of the norm, as in kornia and torchmetrics.
     */
    @Loss(scope = SAMPLE)
    static float imageTotalVariation(@Prediction float[][] p) {
        float down = sum(p.length - 1, i -> sum(p[0].length, j -> abs(p[i + 1][j] - p[i][j])));
        float across = sum(p.length, i -> sum(p[0].length - 1, j -> abs(p[i][j + 1] - p[i][j])));
        return down + across;
    }

    /**
     * One minus the mean structural similarity of all windows of 7 × 7 pixels that lie in the image, of {@code (2 μp μy
     * + c₁) (2 σpy + c₂) / ((μp² + μy² + c₁) (σp² + σy² + c₂))} with {@code c₁ = (0.01 range)²}, {@code c₂ = (0.03
     * range)²}, and means and variances over the window, in which all pixels have the same weight.
     *
     * <p>Z. Wang et al., "Image quality assessment: from error visibility to structural similarity", IEEE TIP 13, 2004,
     * eq. 13; windows and moments as in scikit-image with {@code use_sample_covariance=False}.
     *
     * @param range the difference between the largest and the smallest possible pixel value
     */
    @Loss(scope = SAMPLE)
    @SuppressWarnings("FormulaDomain") // the mean over the windows of an image that has none is NaN
    static float structuralSimilarity(
            @Prediction float[][] p,
            @Target float[][] y,
            @Param(defaultValue = 1, min = Float.MIN_NORMAL) float range) {
        int rows = p.length - (WINDOW - 1);
        int columns = p[0].length - (WINDOW - 1);
        return 1f - mean(rows, i -> mean(columns, j -> similarity(p, y, i, j, range)));
    }

    private static float similarity(float[][] p, float[][] y, int i, int j, float range) {
        float meanP = mean(WINDOW, k -> mean(WINDOW, l -> p[i + k][j + l]));
        float meanY = mean(WINDOW, k -> mean(WINDOW, l -> y[i + k][j + l]));
        float varianceP = mean(WINDOW, k -> mean(WINDOW, l -> square(p[i + k][j + l] - meanP)));
        float varianceY = mean(WINDOW, k -> mean(WINDOW, l -> square(y[i + k][j + l] - meanY)));
        float covariance = mean(WINDOW, k -> mean(WINDOW, l -> (p[i + k][j + l] - meanP) * (y[i + k][j + l] - meanY)));
        float c1 = square(0.01f * range);
        float c2 = square(0.03f * range);
        return (2f * meanP * meanY + c1)
                * (2f * covariance + c2)
                / ((square(meanP) + square(meanY) + c1) * (varianceP + varianceY + c2));
    }
}
