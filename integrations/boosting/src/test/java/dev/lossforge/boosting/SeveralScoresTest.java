package dev.lossforge.boosting;

import static dev.lossforge.boosting.XGBoostRuns.margins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.GaussianNegativeLogLikelihoodWithLogVarianceLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import java.util.Map;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

/** Losses of several scores per row, by XGBoost. */
class SeveralScoresTest {
    private static final float[] LEVELS = {0.1f, 0.5f, 0.9f};

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    @Test
    void quantilesDoNotCrossAndCoverTheirShare() throws XGBoostError {
        Rows rows = Rows.of(1000, (score, random) -> score + random.nextGaussian());
        DMatrix data = rows.matrix();
        XGBoostObjective objective = XGBoostObjective.of(
                ScoreLoss.of(new QuantilesLoss(LEVELS), Curvature.ONE).withCurvatureFactor(0.2));
        float[][] own = margins(data, Map.of("base_score", objective.baseScore(data, 3), "num_class", 3), objective);
        double[] below = new double[3];
        for (int row = 0; row < own.length; row++) {
            double quantile = own[row][0];
            for (int k = 0; k < 3; k++) {
                quantile += k == 0 ? 0 : softplus(own[row][k]);
                below[k] += rows.labels()[row] < quantile ? 1.0 / own.length : 0;
            }
        }
        for (int k = 0; k < 3; k++) {
            assertThat(below[k]).isCloseTo(LEVELS[k], within(0.06));
        }
    }

    /** The noise of a row depends on a feature, so that the second score has something to learn. */
    @Test
    void meanAndVarianceByNaturalGradients() throws XGBoostError {
        Rows rows = Rows.of(2000, (score, random) -> score + (score > 0 ? 1 : 0.2) * random.nextGaussian());
        DMatrix data = rows.matrix();
        ScoreLoss loss = ScoreLoss.of(new GaussianNegativeLogLikelihoodWithLogVarianceLoss())
                .withFisher(scores -> new float[] {(float) Math.exp(-scores[1]), 0.5f});
        XGBoostObjective objective = XGBoostObjective.of(loss);
        float[][] own = margins(data, Map.of("base_score", objective.baseScore(data, 2), "num_class", 2), objective);
        double[] deviation = new double[2];
        int[] count = new int[2];
        for (int row = 0; row < own.length; row++) {
            int side = rows.score(row) > 0 ? 1 : 0;
            deviation[side] += Math.exp(own[row][1] / 2);
            count[side]++;
        }
        assertThat(deviation[0] / count[0]).isCloseTo(0.2, within(0.1));
        assertThat(deviation[1] / count[1]).isCloseTo(1, within(0.2));
    }

    /** The starting scores are the logarithms of the shares, up to a constant, and the deviation of all labels. */
    @Test
    void startsAtTheBestConstants() {
        float[] labels = {0, 0, 0, 1, 1, 2};
        float[] start = ScoreLoss.of(new SoftmaxCrossEntropyLoss()).startingScores(BoostingRows.of(labels), 3);
        assertThat(start[0] - start[2]).isCloseTo((float) Math.log(3), within(1e-5f));
        assertThat(start[1] - start[2]).isCloseTo((float) Math.log(2), within(1e-5f));
        float[] normal = ScoreLoss.of(new GaussianNegativeLogLikelihoodWithLogVarianceLoss())
                .startingScores(BoostingRows.of(new float[] {1, 3, 5, 7}), 2);
        assertThat(normal[0]).isCloseTo(4, within(1e-5f));
        assertThat(normal[1]).isCloseTo((float) Math.log(5), within(1e-5f));
    }
}
