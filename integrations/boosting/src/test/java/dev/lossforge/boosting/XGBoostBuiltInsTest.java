package dev.lossforge.boosting;

import static dev.lossforge.boosting.XGBoostRuns.greatestDifference;
import static dev.lossforge.boosting.XGBoostRuns.margins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import dev.lossforge.losses.HalfGammaLoss;
import dev.lossforge.losses.HalfSquaredErrorLoss;
import dev.lossforge.losses.HalfTweedieLoss;
import dev.lossforge.losses.PoissonLogLoss;
import dev.lossforge.losses.QuantileLoss;
import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.loss.LossFunction;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

/**
 * XGBoost with a formula of ours grows the trees that it grows with its own, from the starting score that it finds. The
 * data have no two splits that are as good as each other: there a last bit decides which one is taken, and all that
 * follows is another model.
 */
class XGBoostBuiltInsTest {
    private static final double TOLERANCE = 1e-4;

    private static void assertSameAsBuiltIn(LossFunction loss, double factor, Rows rows, Map<String, Object> builtIn)
            throws XGBoostError {
        DMatrix data = rows.weightedMatrix();
        XGBoostObjective objective = XGBoostObjective.of(ScoreLoss.of(loss).withCurvatureFactor(factor));
        float[][] own = margins(
                data, Map.of("base_score", objective.baseScore(data), "max_delta_step", maxStep(builtIn)), objective);
        assertThat(greatestDifference(own, margins(data, builtIn, null))).isLessThan(TOLERANCE);
    }

    /** XGBoost's Poisson objective alone sets one. */
    private static double maxStep(Map<String, Object> builtIn) {
        return builtIn.containsValue("count:poisson") ? 0.7 : 0;
    }

    @Test
    void squaredError() throws XGBoostError {
        Rows rows = Rows.of(1000, (score, random) -> 3 + score + random.nextGaussian());
        assertSameAsBuiltIn(new HalfSquaredErrorLoss(), 1, rows, Map.of("objective", "reg:squarederror"));
    }

    @Test
    void logistic() throws XGBoostError {
        Rows rows = Rows.of(1000, (score, random) -> random.nextDouble() < 1 / (1 + Math.exp(-1 - score)) ? 1 : 0);
        assertSameAsBuiltIn(new BinaryCrossEntropyWithLogitsLoss(), 1, rows, Map.of("objective", "binary:logistic"));
    }

    @Test
    void poisson() throws XGBoostError {
        Rows rows = Rows.of(1000, (score, random) -> Rows.poisson(Math.exp(0.8 + score / 2), random));
        assertSameAsBuiltIn(new PoissonLogLoss(), Math.exp(0.7), rows, Map.of("objective", "count:poisson"));
    }

    @Test
    void gamma() throws XGBoostError {
        Rows rows = Rows.of(1000, (score, random) -> 0.1 - Math.exp(score / 2) * Math.log(1 - random.nextDouble()));
        assertSameAsBuiltIn(new HalfGammaLoss(), 1, rows, Map.of("objective", "reg:gamma"));
    }

    @Test
    void tweedie() throws XGBoostError {
        Rows rows = Rows.of(1000, XGBoostBuiltInsTest::claims);
        assertSameAsBuiltIn(
                new HalfTweedieLoss(1.3f), 1, rows, Map.of("objective", "reg:tweedie", "tweedie_variance_power", 1.3));
    }

    private static double claims(double score, Random random) {
        double sum = 0;
        for (int left = Rows.poisson(0.7, random); left > 0; left--) {
            sum -= Math.exp(score / 2) * Math.log(1 - random.nextDouble());
        }
        return sum;
    }

    /** XGBoost starts from other logits, but from the same probabilities: they are compared as logarithms. */
    @Test
    void softmax() throws XGBoostError {
        DMatrix data = Rows.of(1000, 3).weightedMatrix();
        XGBoostObjective objective =
                XGBoostObjective.of(ScoreLoss.of(new SoftmaxCrossEntropyLoss()).withCurvatureFactor(2));
        float[][] own = margins(data, Map.of("num_class", 3, "base_score", objective.baseScore(data, 3)), objective);
        float[][] builtIn = margins(data, Map.of("num_class", 3, "objective", "multi:softprob"), null);
        assertThat(greatestDifference(logProbabilities(own), logProbabilities(builtIn)))
                .isLessThan(TOLERANCE);
    }

    private static float[][] logProbabilities(float[][] logits) {
        return Arrays.stream(logits)
                .map(row -> {
                    double sum = 0;
                    for (float logit : row) {
                        sum += Math.exp(logit);
                    }
                    float[] logs = row.clone();
                    for (int j = 0; j < logs.length; j++) {
                        logs[j] -= (float) Math.log(sum);
                    }
                    return logs;
                })
                .toArray(float[][]::new);
    }

    /** The trees of its quantile objective get leaves of their own, which no custom objective can ask for. */
    @Test
    void quantilesStartAlike() throws XGBoostError {
        Rows rows = Rows.of(1001, (score, random) -> 3 + score + random.nextGaussian());
        float[] sorted = rows.labels().clone();
        Arrays.sort(sorted);
        float start = ScoreLoss.of(new QuantileLoss(0.7f)).startingScores(BoostingRows.of(rows.labels()), 1)[0];
        assertThat(start).isCloseTo(sorted[700], within(1e-6f * sorted[700]));
    }
}
