package dev.lossforge.boosting;

import static dev.lossforge.boosting.XGBoostRuns.greatestDifference;
import static dev.lossforge.boosting.XGBoostRuns.margins;
import static dev.lossforge.boosting.XGBoostRuns.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

/** Losses of more than a label, by XGBoost. */
class TargetsTest {
    private static final int COUNT = 600;
    private static final float SCALE = 0.5f;

    private static double meanSquare(float[] scores, Rows truth) {
        double sum = 0;
        for (int row = 0; row < scores.length; row++) {
            sum += Math.pow(scores[row] - truth.score(row), 2);
        }
        return sum / scores.length;
    }

    private static float[] boosted(XGBoostObjective objective, DMatrix data) throws XGBoostError {
        return scores(margins(data, Map.of("base_score", objective.baseScore(data)), objective));
    }

    /** Times are seen exactly, or only known to be before, after or between bounds. */
    @Test
    void failureTimesWithinBounds() throws XGBoostError {
        Rows rows = Rows.of(COUNT, (score, random) -> score + SCALE * random.nextGaussian());
        float[] lower = rows.labels().clone();
        float[] upper = rows.labels().clone();
        Random random = new Random(3);
        for (int i = 0; i < COUNT; i++) {
            float end = (float) (rows.labels()[i] - Math.abs(random.nextGaussian()));
            switch (i % 4) {
                case 0 -> {
                    lower[i] = end;
                    upper[i] = Float.POSITIVE_INFINITY;
                }
                case 1 -> {
                    lower[i] -= 0.3f;
                    upper[i] += 0.2f;
                }
                case 2 -> lower[i] = i % 8 == 2 ? Float.NEGATIVE_INFINITY : lower[i];
                default -> {}
            }
        }
        DMatrix data = rows.matrix();
        XGBoostObjective objective = XGBoostObjective.of(new FailureTimeLoss(SCALE))
                .withTarget("lower", lower)
                .withTarget("upper", upper);
        float[] own = boosted(objective, data);
        for (int i = 0; i < COUNT; i++) {
            lower[i] = Math.max(lower[i], -4);
        }
        data.setLabel(lower);
        float[] naive = scores(margins(data, Map.of("objective", "reg:squarederror"), null));
        assertThat(meanSquare(own, rows)).isLessThan(0.2).isLessThan(0.5 * meanSquare(naive, rows));
    }

    @Test
    void amountsThatAreSeenAboveZeroOnly() throws XGBoostError {
        Rows rows = Rows.of(COUNT, (score, random) -> Math.max(0, score + SCALE * random.nextGaussian()));
        DMatrix data = rows.matrix();
        double own = meanSquare(boosted(XGBoostObjective.of(new TobitLoss()), data), rows);
        double naive = meanSquare(scores(margins(data, Map.of("objective", "reg:squarederror"), null)), rows);
        assertThat(own).isLessThan(0.7 * naive);
    }

    /** The exposure as a second target is what XGBoost calls a base margin. */
    @Test
    void countsOverExposures() throws XGBoostError {
        float[] logExposure = new float[COUNT];
        Random random = new Random(4);
        for (int i = 0; i < COUNT; i++) {
            logExposure[i] = (float) Math.log(0.2 + 2 * random.nextDouble());
        }
        int[] row = {0};
        Rows rows = Rows.of(COUNT, (score, r) -> Rows.poisson(Math.exp(score / 2 + logExposure[row[0]++]), r));
        DMatrix data = rows.matrix();
        XGBoostObjective objective = XGBoostObjective.of(
                        ScoreLoss.of(new RateLoss()).withCurvatureFactor(Math.exp(0.7)))
                .withTarget("logExposure", logExposure);
        float[][] own = margins(data, Map.of("base_score", 0, "max_delta_step", 0.7), objective);
        data.setBaseMargin(logExposure);
        float[][] builtIn = margins(data, Map.of("objective", "count:poisson", "base_score", 1), null);
        for (int i = 0; i < COUNT; i++) {
            builtIn[i][0] -= logExposure[i];
        }
        assertThat(greatestDifference(own, builtIn)).isLessThan(1e-4);
        double counts = 0;
        double exposures = 0;
        for (int i = 0; i < COUNT; i++) {
            counts += rows.labels()[i];
            exposures += Math.exp(logExposure[i]);
        }
        data.setLabel(rows.labels());
        assertThat(Double.parseDouble(objective.baseScore(data))).isCloseTo(Math.log(counts / exposures), within(1e-5));
    }

    /** XGBoost has this one itself: there the label of a row without an event is negative. */
    @Test
    void proportionalHazards() throws XGBoostError {
        Rows rows = Rows.of(COUNT, (score, random) -> Math.exp(score) * -Math.log(1 - random.nextDouble()));
        DMatrix data = rows.matrix();
        float[] events = new float[COUNT];
        float[] signed = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            events[i] = i % 3 == 0 ? 0 : 1;
            signed[i] = i % 3 == 0 ? -rows.labels()[i] : rows.labels()[i];
        }
        XGBoostObjective objective =
                XGBoostObjective.of(new ProportionalHazardsLoss()).withTarget("event", events);
        float[][] own = margins(data, Map.of("base_score", 0), objective);
        data.setLabel(signed);
        float[][] builtIn = margins(data, Map.of("objective", "survival:cox", "base_score", 1), null);
        assertThat(greatestDifference(own, builtIn)).isLessThan(1e-4);
    }

    @Test
    void namesTheTargetsThatAreMissing() {
        BoostingRows rows = BoostingRows.of(new float[2]);
        ScoreLoss loss = ScoreLoss.of(new FailureTimeLoss(1));
        assertThatThrownBy(() -> loss.at(new float[2], rows))
                .hasMessage("The loss failureTime(score, lower, upper, scale) has the targets lower, upper, of which"
                        + " only one can be the label; give the others by withTarget.");
        assertThatThrownBy(() -> loss.at(new float[2], rows.withTarget("uper", new float[2])))
                .hasMessage("The loss failureTime(score, lower, upper, scale) has no target 'uper'; it has lower,"
                        + " upper.");
        assertThatThrownBy(() -> ScoreLoss.of(new ProportionalHazardsLoss())
                        .at(new float[2], rows.withTarget("event", new float[2]).withWeights(new float[2])))
                .hasMessage("The loss proportionalHazards(score, time, event) is one over all rows and takes no"
                        + " weights; put them into the formula as a target.");
    }
}
