package dev.lossforge.samples.s02_outliers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.samples.s02_outliers.OutlierRegression.Fit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutlierRegressionTest {
    private static final Map<String, Fit> FITS = new OutlierRegression().fits();

    /** A fifth of the points lies 6 too high on average. */
    @Test
    void leastSquaresFollowTheOutliers() {
        assertThat(FITS.get("least squares").intercept()).isCloseTo(1 + 6 / 5f, within(0.2f));
    }

    @Test
    void huberFollowsThemLess() {
        assertThat(FITS.get("Huber").intercept()).isCloseTo(1, within(0.15f));
    }

    @Test
    void theTrainedShapeIgnoresThem() {
        Fit robust = FITS.get("general robust");
        assertThat(robust.intercept()).isCloseTo(1, within(0.05f));
        assertThat(robust.slope()).isCloseTo(2, within(0.05f));
        assertThat(robust.shape()).isLessThan(0.5f);
        assertThat(robust.scale()).isBetween(0.05f, 0.2f);
    }
}
