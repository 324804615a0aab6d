package dev.lossforge.boosting;

import dev.lossforge.losses.BinaryCrossEntropyWithLogitsLoss;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Times an objective within rounds of boosting, for docs/integrations.md, which says how to run it. */
@EnabledIfSystemProperty(named = "lossforge.measure", matches = "true", disabledReason = "measures, and tests nothing")
class ObjectiveTimes {
    private static final int ROWS = 1_000_000;
    private static final int FEATURES = Integer.getInteger("lossforge.features", 25);
    private static final int ROUNDS = 24;

    /** Passes on to an objective, and takes the time. */
    private static final class Timed implements IObjective {
        private static final long serialVersionUID = 1;

        private final transient IObjective objective;
        private final double[] millis = new double[ROUNDS];
        private transient List<float[]> last = List.of();
        private int round;

        Timed(IObjective objective) {
            this.objective = objective;
        }

        @Override
        public List<float[]> getGradient(float[][] scores, DMatrix data) {
            long start = System.nanoTime();
            last = objective.getGradient(scores, data);
            millis[round++] = (System.nanoTime() - start) * 1e-6;
            return last;
        }
    }

    @Test
    void logistic() throws XGBoostError {
        DMatrix data = data();
        XGBoostObjective own = XGBoostObjective.of(new BinaryCrossEntropyWithLogitsLoss());
        Timed timed = new Timed(own);
        double[] builtIn = rounds(data, Map.of("objective", "binary:logistic", "base_score", 0.5), null);
        double[] custom = rounds(data, Map.of("base_score", 0), timed);
        List<float[]> known = timed.last;
        double[] free = rounds(data, Map.of("base_score", 0), (scores, same) -> known);
        System.out.printf(
                Locale.ROOT,
                "%d rows of %d features, 2 threads, medians: a round of the built-in objective %.1f ms, of an objective that"
                        + " costs nothing %.1f ms, of a formula %.1f ms; in it the objective %.1f ms, %.1f %%%n",
                ROWS,
                FEATURES,
                median(builtIn),
                median(free),
                median(custom),
                median(timed.millis),
                100 * median(timed.millis) / median(custom));
    }

    private static DMatrix data() throws XGBoostError {
        SplittableRandom random = new SplittableRandom(1);
        float[] features = new float[ROWS * FEATURES];
        float[] labels = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double score = 0;
            for (int j = 0; j < FEATURES; j++) {
                features[i * FEATURES + j] = (float) random.nextGaussian();
                score += (j % 3 - 1) * features[i * FEATURES + j] * features[i * FEATURES];
            }
            labels[i] = score + random.nextGaussian() > 0 ? 1 : 0;
        }
        DMatrix data = new DMatrix(features, ROWS, FEATURES, Float.NaN);
        data.setLabel(labels);
        return data;
    }

    /** In milliseconds, by round. */
    private static double[] rounds(DMatrix data, Map<String, Object> more, @Nullable IObjective objective)
            throws XGBoostError {
        Map<String, Object> parameters =
                new HashMap<>(Map.of("max_depth", 6, "eta", 0.1, "nthread", 2, "verbosity", 0, "tree_method", "hist"));
        parameters.putAll(more);
        Booster booster = XGBoost.train(data, parameters, 0, Map.of(), null, null);
        double[] millis = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            if (objective == null) {
                booster.update(data, round);
            } else {
                booster.update(data, round, objective);
            }
            millis[round] = (System.nanoTime() - start) * 1e-6;
        }
        booster.dispose();
        return millis;
    }

    /** Of the second half, in which Java has compiled. */
    private static double median(double[] millis) {
        double[] later = Arrays.copyOfRange(millis, millis.length / 2, millis.length);
        Arrays.sort(later);
        return later[later.length / 2];
    }
}
