package dev.lossforge.samples.s07_path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.loss.PenaltyFunction;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** The quantities are orthogonal, so the best weights are known: each follows from that without a regulariser alone. */
class RegularisationPathTest {
    private final RegularisationPath sample = new RegularisationPath();

    @Test
    void absoluteValuesTakeFromEveryWeightTheSameUntilItIsZero() {
        follow(new MagnitudeRegularizer(), 0.02, (w, lambda) -> Math.signum(w) * Math.max(0, Math.abs(w) - lambda));
    }

    @Test
    void squaresShrinkEveryWeightByTheSameFactor() {
        follow(new HalfSquaredWeightRegularizer(), 1e-5, (w, lambda) -> w / (1 + lambda));
    }

    private void follow(PenaltyFunction regularizer, double tolerance, DoubleBinaryOperator best) {
        double[] leastSquares = sample.leastSquares();
        for (RegularisationPath.Fit fit : sample.path(regularizer)) {
            for (int j = 0; j < leastSquares.length; j++) {
                assertThat((double) fit.weights()[j])
                        .as("weight %d at λ = %s", j, fit.lambda())
                        .isCloseTo(best.applyAsDouble(leastSquares[j], fit.lambda()), within(tolerance));
            }
        }
    }

    @Test
    void withoutARegulariserTheWeightsAreNearTheTruth() {
        double[] leastSquares = sample.leastSquares();
        for (int j = 0; j < leastSquares.length; j++) {
            assertThat(leastSquares[j]).isCloseTo(RegularisationPath.TRUTH[j], within(0.3));
        }
    }
}
